"""The words of Universal Dependencies treebanks with their lemmas.

Curly marks are written straight, as the engine does before it parses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STRAIGHT = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "``": '"', "''": '"'}


@dataclass(frozen=True)
class Word:
    """One syntactic word of a treebank."""

    form: str
    lemma: str
    pos: str
    space: bool


def straight(form: str) -> str:
    """The form with typographic quotation marks written straight."""
    return STRAIGHT.get(form) or "".join(STRAIGHT.get(character, character) for character in form)


def sentences(path: Path) -> Iterator[list[Word]]:
    """The sentences of a CoNLL-U file; empty nodes are skipped, contractions keep their spacing."""
    words: list[Word] = []
    contraction_end, contraction_space = 0, True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line:
            if words:
                yield words
            words, contraction_end = [], 0
            continue
        columns = line.split("\t")
        number, space = columns[0], "SpaceAfter=No" not in columns[9]
        if "." in number:
            continue
        if "-" in number:
            contraction_end, contraction_space = int(number.split("-")[1]), space
            continue
        position = int(number)
        if position < contraction_end:
            space = False
        elif position == contraction_end:
            space = contraction_space
        words.append(
            Word(
                form=straight(columns[1]),
                lemma=columns[2],
                pos=columns[3],
                space=space,
            )
        )
    if words:
        yield words
