"""What was learnt about furniture: weights of words and shapes, and small trees over where lines stand.

``data/weights.json`` is written by ``training/cleaning``. It names the rows it was trained on by a hash, so
that weights and rows that do not belong together are never combined.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.ingest.cleaning.evidence import SHAPES, terms, tokens, wording
from reader.ingest.cleaning.surroundings import PLACES, TITLES, probability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.cleaning.lines import Features

PATH = Path(__file__).with_name("data") / "weights.json"

# A leaf is a number; any other node is [place in the row, threshold, node when at most that, node above].
Node = Any


@dataclass(frozen=True, slots=True)
class Weights:
    """``lenient`` says how probable it must be that a short line outside the body is furniture for it to go,
    ``strict`` the same of paragraphs and of lines inside the body."""

    bias: float
    shapes: list[float]
    words: dict[str, float]
    base: float
    trees: list[Node]
    title_bias: float
    title: list[float]
    lenient: float
    strict: float

    def wording(self, line: Features) -> float:
        """The log odds that a line is furniture, by its wording alone."""
        words = tokens(line.text)
        shape = sum(weight for weight, true in zip(self.shapes, wording(line, words), strict=True) if true)
        known = [self.words[term] for term in terms(words) if term in self.words]
        # A long line has more words for and against: their sum is held to the size of a short one's.
        return self.bias + shape + (sum(known) / len(known) ** 0.5 if known else 0.0)

    def place(self, row: Sequence[float]) -> float:
        """The probability that a line is furniture where it stands."""
        total = self.base
        for tree in self.trees:
            node = tree
            while isinstance(node, list):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return probability(total)

    def entitled(self, row: Sequence[float]) -> float:
        """The probability that a line is the title."""
        weighed = sum(weight * value for weight, value in zip(self.title, row, strict=True))
        return probability(self.title_bias + weighed)


def fingerprint() -> str:
    """A hash of the names of all columns, in order."""
    return sha256("\n".join((*SHAPES, "", *PLACES, "", *TITLES)).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def learnt() -> Weights:
    """Return the weights of the package. Raises ``ValueError`` when they were trained on other rows."""
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    if stored.pop("fingerprint") != fingerprint():
        raise ValueError(f"{PATH.name} was trained on other features: train again (training/cleaning)")
    return Weights(**stored)
