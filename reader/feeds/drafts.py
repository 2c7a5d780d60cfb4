"""From what a format says of an entry to the entry: text made safe, set in blocks; links absolute; a key."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from reader.feeds.feed import Entry
from reader.ingest import markup
from reader.ingest.assembly import Draft, Metadata, assemble, plain_line
from reader.ingest.webpage.outline import outline
from reader.model.source import document
from reader.text.safety import sanitise, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_TEXT = 400_000
"""Characters of one entry's text, markup included, that are read."""
_LONGEST_TITLE = 1_000
_LONGEST_KEY = 500
_EARLIEST = 1990
"""The year before which no feed has news: programs that know no date write 1970 or 0001."""
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|em|font|i|img|mark|p|q|s|small|span|strong|sub|sup|tt|u)\b[^<>]*>", re.I
)
_COUNTED = r"(?:comments?|points?|replies|reply|views?|likes?|shares?|votes?|reads?|score)"
_BRACKETED = re.compile(rf"[(\[]\d[\d,.]*(?:\s+(?:new\s+)?{_COUNTED})?[)\]]", re.I)
# Only on a line of their own: "fell 300 points" and "won 312 votes" are news.
_COUNTERS = re.compile(rf"^\W*\d[\d,.]*\s*{_COUNTED}\W*$|^\W*{_COUNTED}\s*:\s*\d[\d,.]*\W*$", re.I | re.M)
_ANY_TAG = re.compile(r"<[a-zA-Z/!?]")
_ADDRESS = re.compile(r"https?://\S+", re.I)
_NOT_WORDS = re.compile(r"[\W_]+")
_FEW_WORDS = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a format says of one entry, as it says it, but for the title, which is safe to show.

    ``html`` says whether ``text`` is markup, ``base`` what its links are relative to.
    """

    name: str | None = None
    link: str | None = None
    title: str | None = None
    author: str | None = None
    published: datetime | None = None
    text: str = ""
    html: bool = True
    base: str = ""


def entries(said: Sequence[Said], *, address: str, site: str | None) -> tuple[Entry, ...]:
    """Return the entries of a feed that was read from an address; what is there twice comes once."""
    made = [_entry(one, address, site) for one in said]
    names = Counter(one.name for one in said)
    pages = Counter(entry.page for entry in made)
    found: dict[str, Entry] = {}
    for one, entry in zip(said, made, strict=True):
        # A name or a link that several entries share tells none of them from the others.
        if one.name and names[one.name] == 1:
            key = f"name {one.name[:_LONGEST_KEY]}"
        elif entry.page and pages[entry.page] == 1:
            key = f"page {entry.page[:_LONGEST_KEY]}"
        else:
            key = f"text {_digest(entry.page or '', entry.fingerprint)}"
        found.setdefault(key, replace(entry, key=key))
    return tuple(found.values())


def title_of(text: str | None, *, html: bool = False) -> str | None:
    """Return a title as one safe line; feeds put markup into titles without saying so."""
    if not text:
        return None
    text = text[:_LONGEST_TITLE]
    if html or _INLINE.search(text):
        text = markup.stripped(text)
    return plain_line(text)


def link_of(link: str | None, base: str) -> str | None:
    """Return a link as an absolute http(s) address, or None when it leads nowhere that can be fetched."""
    if not link or not link.strip():
        return None
    try:
        return web_address(urljoin(base, link.strip()))
    except ValueError:  # "http://[broken"
        return None


def moment(value: datetime | None) -> str | None:
    """Return a time as UTC, ISO 8601, to the second; None for one that can only be a program's mistake."""
    if value is None or value.year < _EARLIEST:
        return None
    try:
        return value.astimezone(UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return None


def _entry(said: Said, address: str, site: str | None) -> Entry:
    link = link_of(said.link, said.base or address)
    page = document(link, "") if link else None
    title, author = said.title, title_of(said.author)
    published = moment(said.published)
    # What an author says links are relative to counts; else, as everybody writes them, the page.
    base = said.base if said.base not in ("", address) else link or address
    pieces = _pieces(said, base, title)
    fingerprint = fingerprint_of("\n".join(piece.text for piece in pieces), title)
    if title:
        pieces.insert(0, Draft("title", title, 1))
    own = f"{page or document(address, '')}#{'' if page else fingerprint[:16]}"
    metadata = Metadata(title, author, published, site or urlsplit(link or address).hostname)
    # What a feed says of a page is a document apart from the page: the one is no version of the other.
    article = replace(assemble(pieces, metadata, source=link or address), document=own)
    return Entry("", page, link, title, author, published, fingerprint, article)


def _pieces(said: Said, base: str, title: str | None) -> list[Draft]:
    text = said.text[:LONGEST_TEXT]
    if said.html and _ANY_TAG.search(text):
        lines = _lines(text, base)
    else:
        text = unescape(text) if said.html else text
        lines = [Draft("paragraph", line, number) for number, line in enumerate(_paragraphs(text), 1)]
    if lines and lines[0].text == title:
        del lines[0]
    return lines


def _lines(html: str, base: str) -> list[Draft]:
    html = markup.harmless(html)
    if markup.depth(html) > markup.DEEPEST:
        html = markup.flattened(html)
    tree = markup.parse(f"<html><body>{html}</body></html>")
    if tree is None:
        return [Draft("paragraph", line, 1) for line in _paragraphs(markup.stripped(html))]
    return [
        Draft(line.kind, line.text, number, line.links)
        for number, line in enumerate(outline(tree, base), 1)
        if line.text
    ]


def _paragraphs(text: str) -> Iterable[str]:
    return filter(None, (" ".join(line.split()) for line in re.split(r"\n\s*\n", sanitise(text))))


def fingerprint_of(text: str, title: str | None) -> str:
    """Return what stands for the words of an entry, whatever its spaces, marks, counters and links.

    The title counts only where the text is too short to tell entries apart: outlets retouch titles, and
    put counters into them.
    """
    words = _words(text)
    if len(words) < _FEW_WORDS:
        words += ["|", *_words(title or "")]
    return _digest(*words)


def _words(text: str) -> list[str]:
    for ignored in (_ADDRESS, _BRACKETED, _COUNTERS, _NOT_WORDS):
        text = ignored.sub(" ", text)
    return text.casefold().split()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
