"""Pasted and scraped text to an article: lines, then what is furniture, then blocks and metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest.assembly import Piece, assemble
from reader.ingest.sanitise import sanitise
from reader.ingest.wrapping import read_lines

if TYPE_CHECKING:
    from reader.article import Article


def from_text(text: str, *, source: str = "") -> Article:
    """Return pasted text as a clean article."""
    return assemble([Piece("paragraph", line.text, line.number) for line in read_lines(sanitise(text))], source=source)
