"""The annotated corpora as documents of paragraphs, and the one rule for what is held out.

A document's paragraphs stand in reading order; spans count code points within their paragraph.
"""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as tree
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
HELD_OUT_EVERY, HELD_OUT_REST = 10, 7

# Corpora whose lines are consecutive sentences of running text: a few of them make a paragraph.
RUNNING = ("GUM", "UNER English-EWT", "WikiGold")
SENTENCES_PER_PARAGRAPH = (1, 1, 2, 3, 4)

Entity = tuple[int, int, str]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its entities (start, end, type)."""

    text: str
    entities: list[Entity] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """Paragraphs in order; ``complete`` when groups and other names were annotated too."""

    corpus: str
    paragraphs: list[Paragraph]
    complete: bool


def articles(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """Every article of our own corpus as ``read_corpus.read`` gives it: the news, then the other genres.

    Both in sorted file order, each numbered from 0 (``number``), so that neither renumbers the other.
    """
    sys.path.insert(0, str(CORPUS))
    from read_corpus import read  # type: ignore[import-not-found]

    found = []
    for part in (folder, folder / "genres"):
        number = 0
        for path in sorted(part.glob("*.xml")):
            for element in tree.parse(path).getroot():
                record, problems = read(element)
                if problems:
                    raise ValueError(f"{path}: {problems[0]}")
                found.append({**record, "file": path.name, "number": number})
                number += 1
    return found


def held_out(article: dict[str, Any]) -> bool:
    """Whether an article of ``articles()`` is kept out of all training."""
    return int(article["number"]) % HELD_OUT_EVERY == HELD_OUT_REST


def paragraphs(text: str, entities: list[Entity]) -> list[Paragraph]:
    """The lines of a text as paragraphs, each with the entities that lie inside it."""
    found = []
    for match in re.finditer(r"\S[^\n]*", text):
        start, end = match.start(), match.start() + len(match.group().rstrip())
        inside = [(a - start, b - start, kind) for a, b, kind in entities if a >= start and b <= end]
        found.append(Paragraph(text[start:end], inside))
    return found


def own_documents(kept_out: bool) -> list[Document]:
    """Our own corpus: the held-out articles, or all the others."""
    return [
        Document(record["file"], paragraphs(record["text"], [tuple(e[:3]) for e in record["entities"]]), True)
        for record in articles()
        if held_out(record) == kept_out
    ]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON lines file."""
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                yield json.loads(line)


def open_documents(path: Path) -> list[Document]:
    """The public corpora, one file of ``{"corpus", "text", "entities"}`` lines.

    Sentences of running text are joined to paragraphs of one to four, and eight paragraphs to a document.
    """
    documents: list[Document] = []
    pending: list[Paragraph] = []
    name = ""

    def flush() -> None:
        if pending:
            documents.append(Document(name, list(pending), False))
            pending.clear()

    group: list[Paragraph] = []
    for number, record in enumerate(lines(path)):
        if record["corpus"] != name:
            if group:
                pending.append(merged(group))
                group = []
            flush()
            name = record["corpus"]
        found = paragraphs(record["text"], [tuple(entity[:3]) for entity in record["entities"]])
        if not name.startswith(RUNNING):
            pending.extend(found)
        else:
            group.extend(found)
            if len(group) >= SENTENCES_PER_PARAGRAPH[number % len(SENTENCES_PER_PARAGRAPH)]:
                pending.append(merged(group))
                group = []
        if len(pending) >= 8:
            flush()
    if group:
        pending.append(merged(group))
    flush()
    return documents


def merged(group: list[Paragraph]) -> Paragraph:
    """Several sentences as one paragraph, a space between them."""
    text, entities = "", list[Entity]()
    for part in group:
        offset = len(text) + 1 if text else 0
        text = f"{text} {part.text}" if text else part.text
        entities.extend((a + offset, b + offset, kind) for a, b, kind in part.entities)
    return Paragraph(text, entities)
