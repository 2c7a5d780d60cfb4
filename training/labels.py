"""The encoder's output classes, and which of them a corpus' annotation allows for a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPES = ("PERSON", "PLACE", "ORG", "GROUP", "MISC")
LABELS = ("O", *(f"{position}-{kind}" for kind in TYPES for position in "BI"))
NUMBER = {label: number for number, label in enumerate(LABELS)}

IGNORED = -100
# Corpora that mark only people, places and organisations leave demonyms, events and works outside:
# there, "outside" means any of these.
OUTSIDE_OR_UNMARKED = len(LABELS)
UNMARKED_TYPES = ("GROUP", "MISC")


def allowed() -> list[list[bool]]:
    """Row per target (the labels, then OUTSIDE_OR_UNMARKED): which labels it allows."""
    rows = [[target == label for label in range(len(LABELS))] for target in range(len(LABELS))]
    rows.append([label == "O" or label[2:] in UNMARKED_TYPES for label in LABELS])
    return rows


def word_targets(
    words: Iterable[tuple[int, int]], entities: Iterable[tuple[int, int, str]], complete: bool
) -> list[int]:
    """The target of every word; ``complete`` says whether all five types were annotated."""
    outside = NUMBER["O"] if complete else OUTSIDE_OR_UNMARKED
    spans = sorted(entities)
    targets = []
    for start, end in words:
        target = outside
        for first, last, kind in spans:
            if first < end and start < last:
                inside = start >= first and end <= last
                target = NUMBER[f"{'B' if start == first else 'I'}-{kind}"] if inside else IGNORED
                break
        targets.append(target)
    return targets
