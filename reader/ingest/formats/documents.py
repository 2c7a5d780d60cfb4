"""PDF and Word documents, through libraries that come with the extras ``pdf`` and ``docx``."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from reader.ingest.assembly import Dropped, Metadata, Piece
from reader.ingest.formats.text import pieces_from_text
from reader.model.article import BlockKind, Link
from reader.model.errors import MissingExtraError, SourceError
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.text.paragraph import Paragraph

_MOST_PAGES = 400
_MOST_CHARACTERS = 4_000_000
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*", re.I)


def extract_document(kind: str, data: bytes) -> tuple[list[Piece | Dropped], Metadata, tuple[str, ...]]:
    """Return the blocks, removed lines and metadata of a document of kind "pdf" or "docx".

    Raises :class:`MissingExtraError` when its library is not installed, and :class:`SourceError` when the
    document is damaged, encrypted or holds no text.
    """
    return _pdf(data) if kind == "pdf" else _docx(data)


def _pdf(data: bytes) -> tuple[list[Piece | Dropped], Metadata, tuple[str, ...]]:
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
    known = Metadata(title=_line(title) if not found.title else None, byline=_line(author))
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


def _docx(data: bytes) -> tuple[list[Piece | Dropped], Metadata, tuple[str, ...]]:
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from docx.table import Table
    except ImportError as error:
        raise MissingExtraError(
            "Reading Word files needs an extra library", "Install it with: pip install 'onrecord[docx]'"
        ) from error
    import zipfile

    from lxml.etree import XMLSyntaxError

    _check_size(data)
    try:
        document = docx.Document(io.BytesIO(data))
        pieces: list[Piece | Dropped] = []
        for element in document.iter_inner_content():
            if isinstance(element, Table):
                for row in element.rows:
                    pieces += _pieces("paragraph", " | ".join(cell.text.strip() for cell in row.cells))
            else:
                pieces += _paragraph(element)
        properties = document.core_properties
        title, author, created = properties.title, properties.author, properties.created
    except (
        OpcError,
        zipfile.BadZipFile,
        XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        raise SourceError("The Word document is damaged", "Open it in Word and save it again") from error
    first = next((piece for piece in pieces if isinstance(piece, Piece)), None)
    named = first.text if first and first.kind in ("title", "heading") else None
    return (
        pieces,
        Metadata(
            title=named or _line(title),
            byline=_line(author),
            published=created.date().isoformat() if created else None,
        ),
        (),
    )


def _check_size(data: bytes) -> None:
    """Refuse a document that unpacks to far more than an article."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = sum(
                member.file_size
                for member in archive.infolist()
                if member.filename.endswith((".xml", ".rels"))
            )
    except zipfile.BadZipFile as error:
        raise SourceError("The Word document is damaged", "Open it in Word and save it again") from error
    if text > 50 << 20:
        raise SourceError("The Word document is too large", "Copy the part you want to read into a text file")


def _paragraph(paragraph: Paragraph) -> Iterator[Piece]:
    style = ((paragraph.style.name if paragraph.style else None) or "").lower()
    kind: BlockKind = "paragraph"
    if style == "title":
        kind = "title"
    elif style.startswith(("heading", "subtitle")):
        kind = "heading"
    elif style.startswith("list"):
        kind = "list_item"
    elif "quote" in style:
        kind = "block_quotation"
    elif style == "caption":
        kind = "caption"
    text = paragraph.text
    links = []
    for link in paragraph.hyperlinks:
        start = text.find(link.text)
        if link.text and start >= 0 and (link.address or "").lower().startswith(("http://", "https://")):
            links.append(Link(start, start + len(link.text), sanitise(link.url)))
    if links and sanitise(text) == text == " ".join(text.split()):
        yield Piece(kind, text, 0, tuple(sorted(links, key=lambda link: link.start)))
    else:
        yield from _pieces(kind, text)


def _pieces(kind: BlockKind, text: str) -> Iterator[Piece]:
    for line in sanitise(text).split("\n"):
        if line := " ".join(line.split()):
            yield Piece(kind, line, 0)


def _line(text: object) -> str | None:
    return " ".join(sanitise(text).split()) or None if isinstance(text, str) else None
