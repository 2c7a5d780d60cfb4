"""Word lists: data files of sections, each a set of words.

A line ``[name]`` starts a section, lines that start with ``= `` hold its words, separated by semicolons;
lines that start with ``# `` are comments.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """The sections of the word list ``data/NAME.txt``.

    Raises :class:`ValueError` for a line that is neither section, words nor comment: the lists ship with
    the package, so that is a mistake of ours.
    """
    found: dict[str, set[str]] = {}
    section: set[str] | None = None
    for number, line in enumerate((_DATA / f"{name}.txt").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = found.setdefault(line[1:-1], set())
        elif line.startswith("= ") and section is not None:
            section.update(word for part in line[2:].split(";") if (word := part.strip()))
        else:
            raise ValueError(f"{name}.txt, line {number}: neither a section nor words")
    return {title: frozenset(words) for title, words in found.items()}
