"""Word lists: data files of sections, each with lines of words.

A line ``[name]`` starts a section, lines that start with ``= `` hold its words, separated by semicolons;
lines that start with ``# `` are comments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def read_lines(file: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sections of a word list, each as its lines, and each line as its words in order.

    Raises :class:`ValueError` for a line that is neither section, words nor comment: the lists ship with
    the package, so that is a mistake of ours.
    """
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    section = ""
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            found.setdefault(section, ())
        elif line.startswith("= ") and section:
            words = tuple(word for part in line[2:].split(";") if (word := part.strip()))
            found[section] += (words,)
        else:
            raise ValueError(f"{file.name}, line {number}: neither a section nor words")
    return found
