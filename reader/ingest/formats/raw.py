"""A file's text as it is, for those who lay offsets over it (``--raw``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest.assembly import language_and_notices
from reader.model.article import Article, Block

if TYPE_CHECKING:
    from collections.abc import Iterator


def raw_article(text: str, source: str) -> Article:
    """Return text as it is, character for character, each line that is not blank as a paragraph."""
    language, notices = language_and_notices(text)
    return Article(text=text, blocks=tuple(_lines(text)), source=source, language=language, notices=notices)


def _lines(text: str) -> Iterator[Block]:
    position = 0
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            start = position + line.index(stripped[0])
            yield Block("paragraph", start, start + len(stripped))
        position += len(line)
