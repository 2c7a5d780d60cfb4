"""Train the upper half of the encoder: tags, parse and speakers, on the recogniser's lower half as it stands.

usage: python -m training.encoder.tower --data data.npz --pretrained weights.npz --lower model.onnx
       --output tower.npz [--teachers WEIGHTS.npz ...] [--fold N]

The recogniser of names stays as it is, to the bit: its graph gives out what its third layer says, and three
more layers with heads for tags, parse and speakers go on from there. With ``--whole`` all six layers learn:
the tower may begin as the upper half of such a network (``--start``), and on texts that nobody parsed it
learns the mean opinion of such ``--teachers``. ``--fold N`` leaves out a third of the articles with
quotations, for the training of what listens to it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from training.encoder import scoring
from training.encoder.lower import Lower
from training.encoder.network import LAYERS, MIXED, Hidden, Network, Sizes
from training.encoder.objective import FORBIDDEN, WEIGHTS, arc_scores, losses
from training.encoder.packs import IN_USE, batches, collate, load, pack
from training.encoder.train import permitted, start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.encoder.packs import Group, Stream

LOWER = 3
MIDDLE = f"/LayerNorm_{2 * LOWER}/LayerNormalization_output_0"
BUDGETS = (1, 1, 96, 160, 208)
WARM_UP = 0.05
# Pieces of a batch for which the fixed number of questions in the loss of the pointers was chosen.
USUAL = 768


class Raised(nn.Module):
    """The recogniser's lower half, and the upper half that learns; with ``whole``, all of it learns."""

    def __init__(self, network: Network, lower: Lower, *, whole: bool) -> None:
        super().__init__()
        self.network = network
        self.heads = network.heads
        self.whole = whole
        # Kept out of the module's own parts: it is neither trained nor written.
        self.below = [lower]

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor) -> Hidden:
        """Read pieces, shaped (batch, pieces)."""
        if self.whole:
            hidden: Hidden = self.network(ids, cases, mask)
            return hidden
        with torch.no_grad(), torch.autocast(ids.device.type, enabled=False):
            middle = self.below[0](ids, cases, mask)
        bias = torch.zeros(mask.shape, device=ids.device).masked_fill(~mask, -1e4)[:, None, None, :]
        if torch.is_autocast_enabled(ids.device.type):
            bias = bias.to(torch.get_autocast_dtype(ids.device.type))
        found = [middle]
        for layer in list(self.network.layers)[LOWER:]:
            found.append(layer(found[-1], bias))
        layers = torch.stack([layer.float() for layer in found[-MIXED:]])
        heads = self.heads
        return Hidden(
            *(heads.dropout(mix(layers)) for mix in (heads.mix_names, heads.mix_syntax, heads.mix_speech))
        )


class Steps(torch.utils.data.IterableDataset[dict[str, Any]]):
    """Batches without end: trees and quotations and texts that nobody parsed, in turn."""

    def __init__(self, streams: dict[str, Stream], arguments: argparse.Namespace, seed: int) -> None:
        self.streams = streams
        self.arguments = arguments
        self.seed = seed

    def __iter__(self) -> Iterator[dict[str, Any]]:
        worker = torch.utils.data.get_worker_info()
        chance = random.Random(self.seed * 100 + (worker.id if worker else 0))
        turns = [
            self._endless(("tree",), 1.0, BUDGETS, chance),
            self._endless(("press", "own", "own"), 1.0, BUDGETS[2:], chance),
        ]
        if self.arguments.teachers:
            turns.append(self._endless(("names", "press", "own", "own"), 0.6, BUDGETS[2:], chance))
        # Each worker begins elsewhere, so that as many workers as turns give one of each to every step.
        number = worker.id if worker else 0
        while True:
            batch = collate(next(turns[number % len(turns)]))
            batch["turn"] = number % len(turns)
            yield batch
            number += 1

    def _endless(
        self, sources: Sequence[str], share: float, budgets: Sequence[int], chance: random.Random
    ) -> Iterator[list[Group]]:
        while True:
            found: list[Group] = []
            for source in sources:
                stream = self.streams[source]
                documents = stream.all_documents(without=self.arguments.fold)
                for number in documents:
                    if share == 1.0 or chance.random() < share:
                        found += pack(stream, number, chance.choice(budgets), chance)
            made = batches(found, self.arguments.pieces, chance)
            chance.shuffle(made)
            yield from made


def opinions(
    network: Any, hidden: Hidden, batch: dict[str, Any], above: torch.Tensor | None
) -> list[torch.Tensor]:
    """Log probabilities of heads, relations (to ``above`` or the likeliest head), tags, parts and starts of
    all words, and the likeliest heads."""
    heads = network.heads
    word = batch["word"] == 1
    asked = {"head": torch.where(word, -1, -2), "segment": batch["segment"]}
    scores = arc_scores(network, hidden.syntax, asked)[word].log_softmax(-1)
    best = scores.argmax(-1) if above is None else above
    rows = word.nonzero()[:, 0]
    relation = heads.relation_scores(
        heads.relation_dependent(hidden.syntax)[word], heads.relation_head(hidden.syntax)[rows, best]
    )
    syntax = hidden.syntax[word]
    told = [relation, heads.tags(syntax), heads.parts(syntax), heads.starts(syntax)]
    return [scores, *(part.float().log_softmax(-1) for part in told), best]


def taught(raised: Raised, hidden: Hidden, batch: dict[str, Any], teachers: Sequence[Raised]) -> torch.Tensor:
    """How far the parse is from the teachers' mean."""
    with torch.no_grad():
        read = [teacher(batch["ids"], batch["cases"], batch["segment"] >= 0) for teacher in teachers]
        floats = [Hidden(*(layer.float() for layer in told)) for told in read]
        first = [
            opinions(teacher, told, batch, None)[0].exp()
            for teacher, told in zip(teachers, floats, strict=True)
        ]
        above = torch.stack(first).mean(0).argmax(-1)
        said = [opinions(t, told, batch, above)[:5] for t, told in zip(teachers, floats, strict=True)]
        means = [torch.stack([part.exp() for part in parts]).mean(0) for parts in zip(*said, strict=True)]
    own = opinions(raised, hidden, batch, above)[:5]
    shares = (1.0, 1.0, 0.5, 0.5, 0.5)
    total = torch.zeros((), device=above.device)
    for share, mean, told in zip(shares, means, own, strict=True):
        total = total - share * (mean * told.clamp(min=FORBIDDEN)).sum(-1).mean()
    return total


def evaluate(raised: Raised, streams: dict[str, Stream], device: str) -> dict[str, Any]:
    """Scores on what is kept aside."""
    size = 16384 if device == "cuda" else 1024
    found: dict[str, Any] = {
        "sentences": scoring.parse(raised, streams["tree_dev"], device, size, 1),
        "paragraphs": scoring.parse(raised, streams["tree_dev"], device, size, IN_USE),
    }
    found["press"] = scoring.pointers(raised, streams["press_dev"], device, size)
    found["own"] = scoring.pointers(raised, streams["own_dev"], device, size)
    return found


def write(path: Path, raised: Raised) -> None:
    """The trained weights in 16 bits."""
    kept = ("heads.", *(f"layers.{n}." for n in range(0 if raised.whole else LOWER, LAYERS)))
    if raised.whole:
        kept = (*kept, "case.", "norm.", "positions")
    state = raised.network.state_dict()
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {
        key: value.cpu().numpy().astype(np.float16) for key, value in state.items() if key.startswith(kept)
    }
    np.savez_compressed(path, **halves)


def built(meta: dict[str, Any], lower: Lower, *, whole: bool, weights: Path | None = None) -> Raised:
    """A network for the labels of ``meta``, with the weights that :func:`write` wrote."""
    sizes = Sizes(len(meta["names"]), len(meta["tags"]), len(meta["pos"]), len(meta["relations"]))
    network = Network(sizes)
    network.words.weight.data = lower.words.clone()
    network.words.weight.requires_grad_(False)
    if weights is not None:
        with np.load(weights) as stored:
            state = {key: torch.from_numpy(stored[key].astype(np.float32)) for key in stored.files}
        _, unexpected = network.load_state_dict(state, strict=False)
        if unexpected or "heads.relations" not in state:
            raise ValueError(f"{weights} holds other weights: {unexpected[:3]}")
    return Raised(network, lower, whole=whole)


def main() -> None:
    """Train by the clock, score, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--lower", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs="*", default=[])
    parser.add_argument("--whole", action="store_true", help="train all six layers")
    parser.add_argument("--start", type=Path, help="weights whose upper half to begin with")
    parser.add_argument("--fold", type=int, default=-9)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--pieces", type=int, default=3072, help="of each batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    device = arguments.device
    streams, meta = load(arguments.data)
    lower = Lower(arguments.lower, LOWER).to(device)
    raised = built(meta, lower, whole=arguments.whole)
    start(raised.network, arguments.pretrained)
    if arguments.start:
        with np.load(arguments.start) as stored:
            upper = ("heads.", *(f"layers.{n}." for n in range(LOWER, LAYERS)))
            state = {
                k: torch.from_numpy(stored[k].astype(np.float32)) for k in stored.files if k.startswith(upper)
            }
        raised.network.load_state_dict(state, strict=False)
    raised.to(device)
    teachers = [built(meta, lower, whole=True, weights=path).to(device).eval() for path in arguments.teachers]
    first = 0 if arguments.whole else LOWER
    body = [p for layer in list(raised.network.layers)[first:] for p in layer.parameters()]
    heads = [*raised.heads.parameters(), *(raised.network.case.parameters() if arguments.whole else ())]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": arguments.rate}, {"params": heads, "lr": arguments.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    allowed = permitted(meta["names"]).to(device)
    turns = 3 if teachers else 2
    workers = turns if device == "cuda" else 0
    loader = iter(
        torch.utils.data.DataLoader(
            Steps(streams, arguments, arguments.seed),
            batch_size=None,
            num_workers=workers,
            pin_memory=device == "cuda",
            prefetch_factor=16 if workers else None,
        )
    )
    raised.train()
    began = time.monotonic()
    sums: dict[str, torch.Tensor] = {}
    told = number = 0

    def tell(what: str) -> None:
        print(f"[{arguments.output.stem}] {time.monotonic() - began:4.0f} s  {what}", flush=True)

    while (done := (time.monotonic() - began) / arguments.seconds) < 1:
        number += 1
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * max(0.005, min(done / WARM_UP, 1 - done))
        for _ in range(turns):
            batch = scoring.on(device, next(loader))
            batch["name"].fill_(-1)
            with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
                hidden = raised(batch["ids"], batch["cases"], batch["segment"] >= 0)
                unparsed = batch["turn"] == 2
            hidden = Hidden(*(layer.float() for layer in hidden))
            if unparsed:
                parts = {"taught": taught(raised, hidden, batch, teachers)}
                value = parts["taught"]
            else:
                parts = losses(raised, hidden, batch, allowed)
                for name in ("speakers", "meant"):
                    if name in parts:
                        parts[name] = parts[name] * USUAL / arguments.pieces
                if not parts:
                    continue
                value = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
            value.backward()
            for name, part in parts.items():
                part = part.detach()
                sums[name] = 0.98 * sums[name] + 0.02 * part if name in sums else part
        torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if time.monotonic() - began > told * 30:
            told += 1
            tell(f"{number} steps " + " ".join(f"{name} {float(part):.3f}" for name, part in sums.items()))
            if told % 3 == 0 and arguments.fold < 0:
                tell(json.dumps(evaluate(raised, streams, device)))
    write(arguments.output, raised)
    tell(f"{number} steps " + json.dumps(evaluate(raised, streams, device)))


if __name__ == "__main__":
    main()
