"""The network: MiniLM with an embedding of letter case, and a head for everything that is asked of a word.

Plain torch, so that the training needs no other library; weights are named as the exporter reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, MIDDLE = 384, 12, 6, 1536
POSITIONS = 512
CASES = 8
EPSILON = 1e-12
DROPOUT = 0.1
ARC, RELATION, POINT = 192, 64, 128
ROLES = 3
# The last layers that each group of heads mixes, with weights of its own.
MIXED = 4


@dataclass(frozen=True)
class Sizes:
    """How many labels each head has."""

    names: int
    tags: int
    parts: int
    relations: int


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, MIDDLE)
        self.down = nn.Linear(MIDDLE, WIDTH)
        self.norm_down = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, hidden: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """Shaped (batch, pieces, width); ``bias`` is added to the attention's scores."""
        size = hidden.shape[:2]

        def split(part: nn.Linear) -> torch.Tensor:
            return part(hidden).view(*size, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = split(self.query), split(self.key), split(self.value)
        rate = DROPOUT if self.training else 0.0
        context = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=rate)
        context = context.transpose(1, 2).reshape(*size, WIDTH)
        hidden = self.norm(self.dropout(self.out(context)) + hidden)
        middle = functional.gelu(self.up(hidden))
        result: torch.Tensor = self.norm_down(self.dropout(self.down(middle)) + hidden)
        return result


class Mix(nn.Module):
    """A learned mean of the last layers."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([0.0] * (MIXED - 1) + [2.0]))

    def forward(self, layers: torch.Tensor) -> torch.Tensor:
        """From (mixed, ...) to (...)."""
        shares = self.weights.softmax(0)
        return (layers * shares.view(-1, *[1] * (layers.dim() - 1))).sum(0)


def projection(width: int, size: int, rate: float = 0.2) -> nn.Sequential:
    """A layer that makes of a word what one kind of question looks at."""
    return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(rate))


class Pointer(nn.Module):
    """Scores of every word as the answer to every question: bilinear, with a score of the word by itself."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.matrix = nn.Parameter(torch.randn(size, size) / size)
        self.alone = nn.Linear(size, 1)

    def forward(self, questions: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
        """Shaped (batch, questions, answers)."""
        scores: torch.Tensor = questions @ self.matrix @ answers.transpose(1, 2) + self.alone(
            answers
        ).transpose(1, 2)
        return scores


class Heads(nn.Module):
    """Everything that is asked of the encoder's output."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.mix_names, self.mix_syntax, self.mix_speech = Mix(), Mix(), Mix()
        self.names = nn.Linear(WIDTH, sizes.names)
        self.tags = nn.Linear(WIDTH, sizes.tags)
        self.parts = nn.Linear(WIDTH, sizes.parts)
        self.starts = nn.Linear(WIDTH, 2)
        self.arc_dependent = projection(WIDTH, ARC)
        self.arc_head = projection(WIDTH, ARC)
        self.arcs = Pointer(ARC)
        self.relation_dependent = projection(WIDTH, RELATION)
        self.relation_head = projection(WIDTH, RELATION)
        self.relations = nn.Parameter(torch.randn(sizes.relations, RELATION + 1, RELATION + 1) / RELATION)
        self.roles = nn.Linear(WIDTH, ROLES)
        self.quotation = projection(2 * WIDTH, POINT)
        self.source = projection(WIDTH, POINT)
        self.speakers = Pointer(POINT)
        self.genuine = nn.Linear(POINT, 1)
        self.anaphor = projection(WIDTH, POINT)
        self.antecedent = projection(WIDTH, POINT)
        self.meant = Pointer(POINT)
        self.dropout = nn.Dropout(DROPOUT)

    def relation_scores(self, dependents: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Scores of the relations between paired words, shaped (pairs, relations)."""
        return torch.einsum("ni,rij,nj->nr", with_one(dependents), self.relations, with_one(heads))


def with_one(vectors: torch.Tensor) -> torch.Tensor:
    """The vectors with a 1 after each."""
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], -1)


class Hidden(NamedTuple):
    """The mixed layers for names, syntax and speech, shaped (batch, pieces, width)."""

    names: torch.Tensor
    syntax: torch.Tensor
    speech: torch.Tensor


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, sizes: Sizes, vocabulary: int = 30522) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Parameter(torch.zeros(POSITIONS, WIDTH))
        self.case = nn.Embedding(CASES, WIDTH)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = Heads(sizes)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor) -> Hidden:
        """Read pieces, shaped (batch, pieces)."""
        embedded = self.words(ids) + self.case(cases) + self.positions[: ids.shape[1]]
        hidden = self.dropout(self.norm(embedded))
        bias = torch.zeros(
            mask.shape,
            device=ids.device,
            dtype=torch.get_autocast_dtype(ids.device.type)
            if torch.is_autocast_enabled(ids.device.type)
            else hidden.dtype,
        )
        bias = bias.masked_fill(~mask, -1e4)[:, None, None, :]
        found = []
        for number, layer in enumerate(self.layers):
            hidden = layer(hidden, bias)
            if number >= LAYERS - MIXED:
                found.append(hidden)
        layers = torch.stack(found)
        heads = self.heads
        return Hidden(
            *(heads.dropout(mix(layers)) for mix in (heads.mix_names, heads.mix_syntax, heads.mix_speech))
        )
