"""The encoder with a class per word: MiniLM, an embedding of case, and a linear layer."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import torch
from transformers import AutoModel

from reader.language.encoder.wordpieces import CASES
from training.labels import LABELS

if TYPE_CHECKING:
    from pathlib import Path

# all-MiniLM-L6-v2 as its authors published it.
PRETRAINED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Tagger(torch.nn.Module):
    """Word-piece numbers and case classes in, a score per piece and label out."""

    def __init__(self, pretrained: Path) -> None:
        super().__init__()
        digest = hashlib.sha256((pretrained / "model.safetensors").read_bytes()).hexdigest()
        if digest != PRETRAINED_SHA256:
            raise ValueError(f"{pretrained}: not the published weights")
        self.encoder = AutoModel.from_pretrained(pretrained, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.case = torch.nn.Embedding(CASES, width)
        torch.nn.init.zeros_(self.case.weight)
        self.dropout = torch.nn.Dropout(0.1)
        self.output = torch.nn.Linear(width, len(LABELS))

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores, shaped (batch, pieces, labels)."""
        words = self.encoder.embeddings.word_embeddings(ids)
        hidden = self.encoder(inputs_embeds=words + self.case(cases), attention_mask=mask)[0]
        scores: torch.Tensor = self.output(self.dropout(hidden))
        return scores
