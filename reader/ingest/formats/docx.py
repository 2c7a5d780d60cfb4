"""Word documents, through the library that comes with the extra ``docx``."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reader.ingest.assembly import Draft, Metadata, plain_line
from reader.model.article import BlockKind, Link
from reader.model.errors import MissingExtraError, SourceError
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.text.paragraph import Paragraph

    from reader.ingest.assembly import Dropped


def extract_docx(data: bytes) -> tuple[list[Draft | Dropped], Metadata, tuple[str, ...]]:
    """Return the blocks and metadata of a Word document; nothing is removed.

    Raises :class:`MissingExtraError` when its library is not installed, and :class:`SourceError` when the
    document is damaged or too large.
    """
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
        pieces: list[Draft | Dropped] = []
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
    first = next((piece for piece in pieces if isinstance(piece, Draft)), None)
    named = first.text if first and first.kind in ("title", "heading") else None
    return (
        pieces,
        Metadata(
            title=named or plain_line(title),
            byline=plain_line(author),
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


def _paragraph(paragraph: Paragraph) -> Iterator[Draft]:
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
        yield Draft(kind, text, 0, tuple(sorted(links, key=lambda link: link.start)))
    else:
        yield from _pieces(kind, text)


def _pieces(kind: BlockKind, text: str) -> Iterator[Draft]:
    for line in sanitise(text).split("\n"):
        if line := " ".join(line.split()):
            yield Draft(kind, line, 0)
