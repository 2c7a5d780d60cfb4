"""Training sequences: paragraphs of a document packed side by side, as the component packs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.language.encoder.wordpieces import LOWER, SPECIAL, TITLE, pieces, without_case
from training.labels import IGNORED, word_targets

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from tokenizers import Tokenizer

    from training.corpora import Document

CLS, SEP, PAD = 101, 102, 0
LONGEST = 320
# How many pieces a sequence may have; the smallest leaves every paragraph alone.
BUDGETS = (1, 96, 160, 224)
CASELESS_SHARE, TITLED_SHARE = 0.11, 0.04


@dataclass(frozen=True)
class Sample:
    """One input: piece numbers, case classes and targets, all of the same length."""

    ids: list[int]
    cases: list[int]
    targets: list[int]

    def __len__(self) -> int:
        return len(self.ids)


def encode(tokenizer: Tokenizer, documents: Sequence[Document]) -> list[list[Sample]]:
    """Every document as its paragraphs' pieces; paragraphs longer than LONGEST are cut off."""
    encoded = []
    for document in documents:
        parts = []
        found = pieces(tokenizer, [paragraph.text for paragraph in document.paragraphs])
        for paragraph, piece in zip(document.paragraphs, found, strict=True):
            targets = [IGNORED] * len(piece.ids)
            of_words = word_targets(piece.words, paragraph.entities, document.complete)
            for first, target in zip(piece.first, of_words, strict=True):
                targets[first] = target
            if piece.ids:
                parts.append(Sample(piece.ids[:LONGEST], piece.cases[:LONGEST], targets[:LONGEST]))
        encoded.append(parts)
    return encoded


def titled(cases: Iterable[int]) -> list[int]:
    """The classes of a headline in which most words are capitalised."""
    return [TITLE if case == LOWER else case for case in cases]


def pack(document: Sequence[Sample], chance: random.Random) -> list[Sample]:
    """A document as sequences of a random budget, some with their case changed."""
    budget = chance.choice(BUDGETS)
    packed: list[Sample] = []
    ids, cases, targets = [CLS], [SPECIAL], [IGNORED]
    for part in document:
        draw = chance.random()
        part_cases = part.cases
        if draw < TITLED_SHARE:
            part_cases = titled(part_cases)
        if len(ids) > 1 and len(ids) + len(part) + 1 > budget:
            packed.append(Sample(ids, cases, targets))
            ids, cases, targets = [CLS], [SPECIAL], [IGNORED]
        ids = [*ids, *part.ids, SEP]
        cases = [*cases, *part_cases, SPECIAL]
        targets = [*targets, *part.targets, IGNORED]
    if len(ids) > 1:
        packed.append(Sample(ids, cases, targets))
    return [
        Sample(item.ids, without_case(item.cases), item.targets) if chance.random() < CASELESS_SHARE else item
        for item in packed
    ]


def batches(sequences: Sequence[Sample], size: int, chance: random.Random) -> list[list[Sample]]:
    """Batches of about ``size`` pieces, of sequences of like length, in random order."""
    ordered = sorted(sequences, key=lambda item: len(item) + chance.random() * 8)
    groups: list[list[Sample]] = [[]]
    longest = 0
    for item in ordered:
        longest = max(longest, len(item))
        if groups[-1] and longest * (len(groups[-1]) + 1) > size:
            groups.append([])
            longest = len(item)
        groups[-1].append(item)
    chance.shuffle(groups)
    return groups
