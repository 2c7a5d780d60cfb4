"""PDF documents, through the library that comes with the extra ``pdf``."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from reader.ingest.assembly import Metadata, plain_line
from reader.ingest.formats.text import pieces_from_text
from reader.model.errors import MissingExtraError, SourceError

if TYPE_CHECKING:
    from reader.ingest.assembly import Draft, Dropped

_MOST_PAGES = 400
_MOST_CHARACTERS = 4_000_000
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*", re.I)


def extract_pdf(data: bytes) -> tuple[list[Draft | Dropped], Metadata, tuple[str, ...]]:
    """Return the blocks, removed lines and metadata of a PDF.

    Raises :class:`MissingExtraError` when its library is not installed, and :class:`SourceError` when the
    document is damaged, encrypted or holds no text.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtraError(
            "Reading PDF files needs an extra library", "Install it with: pip install 'onrecord[pdf]'"
        ) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise SourceError("The PDF is protected by a password", "Save an unprotected copy")
        pages = [page.extract_text() for page in document.pages[:_MOST_PAGES]]
        info = document.metadata
        title, author = (info.title, info.author) if info else (None, None)
    except SourceError:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        OverflowError,
    ) as error:
        raise SourceError("The PDF is damaged", "Open it in a PDF viewer and copy its text") from error
    text = _joined_pages(pages)
    if not text.strip():
        raise SourceError(
            "The PDF holds no text, only pictures of it", "Run it through character recognition (OCR) first"
        )
    items, found = pieces_from_text(text[:_MOST_CHARACTERS])
    known = Metadata(title=plain_line(title) if not found.title else None, byline=plain_line(author))
    return items, found.or_else(known), ()


def _joined_pages(pages: list[str]) -> str:
    """Return the pages as one text, without page numbers, running heads and the breaks they make."""
    lines = [[line.rstrip() for line in page.split("\n")] for page in pages]
    for page in lines:
        while page and (not page[-1].strip() or (len(lines) > 1 and _PAGE_NUMBER.fullmatch(page[-1]))):
            page.pop()
    for edge in (0, -1):
        edges = [page[edge].strip() for page in lines if page]
        repeated = {text for text in edges if text and edges.count(text) * 2 > len(lines) > 2}
        for page in lines[1:]:
            if page and page[edge].strip() in repeated:
                del page[edge]
    joined: list[str] = []
    for page in lines:
        if joined and page and joined[-1] and not re.search(r"[.!?”\"’:]\s*$", joined[-1]):
            joined += page  # the paragraph runs on over the page
        else:
            joined += ["", *page]
    return "\n".join(joined)
