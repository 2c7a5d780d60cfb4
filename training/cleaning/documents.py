"""Labelled texts: every line with what it is.

Labels: T title, A article, J junk; B byline, D date, C caption and N note belong to neither side and teach
nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from training.cleaning.synthetic import Maker

OURS = Path(__file__).parents[2] / "tests" / "data" / "ingest" / "labelled"
_LABELS = {
    "title": "T",
    "article": "A",
    "junk": "J",
    "byline": "B",
    "dateline": "D",
    "caption": "C",
    "note": "N",
}


class Document(NamedTuple):
    """A text. ``group`` names what it must not be parted from when files are kept aside: its site."""

    name: str
    group: str
    labels: list[str]
    lines: list[str]


def ours() -> list[Document]:
    """The pages that are in the repository."""
    rows = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in sorted(OURS.glob("*.txt"))}
    return [
        _document("ours", name, None, [(line[0], line[2:]) for line in lines if line])
        for name, lines in rows.items()
    ]


def from_jsonl(path: Path) -> list[Document]:
    """Texts as ``{"file", "lines": [[label, text], ...], "group": optional}``, one a line."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        _document(
            path.stem,
            record["file"],
            record.get("group"),
            [(_LABELS.get(label, label), text) for label, text in record["lines"]],
        )
        for record in records
    ]


def from_notes(path: Path, folder: Path) -> list[Document]:
    """Texts that stay where they are: ``path/in/folder.txt J7 N9-12``, one file a line.

    Numbers count the lines that are not blank, from 0. Line 0 is the title, what is not named is article.
    """
    found = []
    for note in path.read_text(encoding="utf-8").splitlines():
        name, *marks = note.split()
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        rows = [["A", line] for line in lines if line.strip()]
        rows[0][0] = "T"
        for mark in marks:
            first, _, last = mark[1:].partition("-")
            for index in range(int(first), int(last or first) + 1):
                rows[index][0] = mark[0]
        found.append(_document(path.stem, name, None, [(label, text) for label, text in rows]))
    return found


def made(count: int, seed: int) -> list[Document]:
    """Pages put together at random."""
    maker = Maker(seed)
    return [_document("made", str(number), None, maker.page()) for number in range(count)]


def _document(kind: str, name: str, group: str | None, rows: list[tuple[str, str]]) -> Document:
    rows = [(label, " ".join(text.split())) for label, text in rows if text.strip()]
    return Document(
        f"{kind}/{name}", group or f"{kind}/{name}", [row[0] for row in rows], [row[1] for row in rows]
    )
