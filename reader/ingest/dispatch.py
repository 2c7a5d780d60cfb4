"""From a document's bytes to an article, whatever the format; the kind is decided by the content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest import markup, sniffing
from reader.ingest.assembly import NO_ARTICLE_FOUND, Draft, Metadata, assemble
from reader.ingest.decoding import decode, repair
from reader.ingest.formats.raw import raw_article
from reader.ingest.formats.text import from_text, pieces_from_text
from reader.model.errors import SourceError
from reader.text.safety import printable

if TYPE_CHECKING:
    from reader.ingest.decoding import Decoded
    from reader.ingest.isolation import Extraction
    from reader.ingest.sniffing import Kind
    from reader.model.article import Article

TOO_HEAVY = "This document was too heavy to take apart, so its plain text is shown."
REPAIRED = "Letters damaged by a wrong encoding were repaired."
# Below these, extraction takes well under a second and runs in this process.
LIGHT_CHARACTERS = 800_000
_LIGHT_TAGS = 8_000
MOST_TAGS = 80_000
"""Tags beyond which a page is not even tried: taking apart 1,000 of them costs a tenth of a second."""
_LIGHT_SIGNS = 10_000
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.I)
_TAG_START = re.compile(r"<[a-z]", re.I)


def article_from(
    data: bytes,
    *,
    source: str,
    name: str = "",
    content_type: str = "",
    raw: bool = False,
) -> Article:
    """Return the article in a document.

    ``name`` (a path or an address) and ``content_type`` help where the content leaves its kind open.
    Raises :class:`SourceError` when the document is empty, binary or holds no text.
    """
    shown = "Standard input" if source == "-" else printable(source)
    if not data.strip():
        raise SourceError(f"{shown} is empty", "There is nothing to read in it")
    kind = sniffing.document_kind(data)
    if kind is None and (binary := sniffing.binary_kind(data)):
        raise SourceError(f"{shown} is {binary}, not an article", _formats_hint())
    if kind:
        return _document(kind, data, source, shown, raw)
    declared = _CHARSET.search(content_type)
    decoded = decode(data, declared[1] if declared else markup.declared_charset(data))
    if sniffing.looks_binary(decoded.text):
        raise SourceError(f"{shown} is a binary file, not an article", _formats_hint())
    if raw:
        return raw_article(decoded.text, source)
    if sniffing.is_feed(decoded.text):
        raise SourceError(f"{shown} is a news feed, not an article", "Open one of the articles that it lists")
    article = _text(decoded, data, source, name, content_type)
    if not article.text:
        raise SourceError(f"{shown} holds no text", "If it is a web page, open it in a browser and save it")
    return article


def site_trial(data: bytes, *, name: str, content_type: str = "") -> list[str]:
    """Return what the user's rules for single sites do to a web page, as lines for the user.

    Raises :class:`SourceError` when the document is no web page.
    """
    declared = _CHARSET.search(content_type)
    text = decode(data, declared[1] if declared else markup.declared_charset(data)).text
    if sniffing.text_kind(text, name, content_type) != "html":
        raise SourceError(f"{printable(name)} is no web page", "Rules for single sites are for pages")
    from reader.ingest.webpage.sites import trial

    return trial(text, name if name.lower().startswith(("http://", "https://")) else None)


def _formats_hint() -> str:
    return "Text, Markdown, HTML, MHTML, EML, PDF and DOCX can be read"


def _document(kind: Kind, data: bytes, source: str, shown: str, raw: bool) -> Article:
    from reader.ingest.isolation import TooHeavy, isolated

    try:
        items, metadata, notices = isolated(kind, data)
    except TooHeavy:
        raise SourceError(f"{shown} took too long to take apart", "Copy its text into a text file") from None
    except SourceError as error:
        raise type(error)(f"{shown}: {error.title[0].lower()}{error.title[1:]}", error.hint) from None
    article = assemble(items, metadata, source=source, notices=notices)
    return raw_article("\n".join(_source_lines(article)), source) if raw else article


def _source_lines(article: Article) -> list[str]:
    """Return every line of a document that has no text of its own to be raw: its blocks and removed lines."""
    placed = [(block.start, 1, article.text[block.start : block.end]) for block in article.blocks]
    placed += [(line.position, 0, line.text) for line in article.removed]
    return [text for _, _, text in sorted(placed, key=lambda item: item[:2])]


def _text(decoded: Decoded, data: bytes, source: str, name: str, content_type: str) -> Article:
    kind = sniffing.text_kind(decoded.text, name, content_type)
    if kind == "mhtml":
        from reader.ingest.formats.mail import saved_page

        if page := saved_page(data):
            return _assembled(page_from(page[0], page[1]), source)
        kind = "eml"
    if kind == "eml":
        return _assembled(_letter(data), source)
    decoded = repair(decoded)
    notices = (REPAIRED,) if decoded.repaired else ()
    if kind == "html":
        address = name if name.lower().startswith(("http://", "https://")) else None
        return _assembled(page_from(decoded.text, address), source, notices)
    if kind == "markdown":
        return _assembled(_markdown(decoded.text), source, notices)
    return from_text(decoded.text, source=source, notices=notices)


def _assembled(extraction: Extraction, source: str, notices: tuple[str, ...] = ()) -> Article:
    items, metadata, found = extraction
    return assemble(items, metadata, source=source, notices=notices + found)


def page_from(html: str, address: str | None) -> Extraction:
    """Extract a page: here when it is light, in a process of its own when it is not."""
    tags = sum(1 for _ in _TAG_START.finditer(html))
    heavy = len(html) > LIGHT_CHARACTERS or tags > _LIGHT_TAGS or markup.depth(html) > markup.DEEPEST
    from reader.ingest.isolation import TooHeavy

    try:
        if tags > MOST_TAGS:
            raise TooHeavy
        extraction = _heavy(html, address) if heavy else _light(html, address)
    except TooHeavy:
        items, metadata = pieces_from_text(markup.stripped(markup.harmless(html)))
        return items, metadata, (TOO_HEAVY,)
    if not extraction[0]:  # all of it inside a script that never ends, for instance
        items, metadata = pieces_from_text(markup.stripped(markup.harmless(html)))
        return items, metadata, (NO_ARTICLE_FOUND,)
    return extraction


def _light(html: str, address: str | None) -> Extraction:
    from reader.ingest.formats.html import extract

    return extract(html, address)


def _heavy(html: str, address: str | None) -> Extraction:
    from reader.ingest.isolation import isolated

    return isolated("html", html.encode("utf-8", "surrogatepass"), address=address)


def _markdown(text: str) -> Extraction:
    if len(text) <= LIGHT_CHARACTERS and sum(map(text.count, "[*_`<>")) <= _LIGHT_SIGNS:
        from reader.ingest.formats.markdown import extract_markdown

        return (*extract_markdown(text), ())
    from reader.ingest.isolation import TooHeavy, isolated

    try:
        return isolated("markdown", text.encode("utf-8", "surrogatepass"))
    except TooHeavy:
        return (*pieces_from_text(text), (TOO_HEAVY,))


def _letter(data: bytes) -> Extraction:
    from reader.ingest.formats.letters import letter_pieces, without_headers
    from reader.ingest.formats.mail import letter

    html, plain, metadata = letter(data)
    extraction: Extraction = ([], Metadata(), ())
    if plain and plain.strip():
        items, found = letter_pieces(plain)
        extraction = (items, found, ())
    if html and html.strip():
        page = page_from(html, None)
        # A newsletter's plain part is often a stub ("View this mail in a browser"): the fuller one counts.
        if _words(page) * 2 > _words(extraction):
            extraction = page
    items, found, notices = extraction
    items, forwarded = without_headers(items, metadata.title)
    return items, forwarded.or_else(metadata).or_else(found), notices


def _words(extraction: Extraction) -> int:
    return sum(len(item.text.split()) for item in extraction[0] if isinstance(item, Draft))
