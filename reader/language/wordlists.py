"""The word lists of the language package: ``data/NAME.txt``, as :mod:`reader.text.wordlists` reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reader.text.wordlists import read_lines

_DATA = Path(__file__).parent / "data"


@cache
def lines(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sections of a word list, each as its lines, and each line as its words in order."""
    return read_lines(_DATA / f"{name}.txt")


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """The sections of a word list, each as the set of its words."""
    return {title: frozenset(word for line in rows for word in line) for title, rows in lines(name).items()}
