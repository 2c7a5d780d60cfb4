"""A web page to an article: trafilatura, then readability, then the page's plain text.

The page's own words decide which blocks are headings, lists, block quotations and captions. What the
page shows beside the article is kept among the removed lines.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from reader.ingest.assembly import NO_ARTICLE_FOUND, Dropped, Metadata, Piece
from reader.ingest.cleaning.lines import features
from reader.ingest.cleaning.phrases import Proof, phrase_of
from reader.ingest.formats.markup import (
    DEEPEST,
    anchors,
    captions,
    depth,
    flattened,
    harmless,
    headings,
    kinds,
    parse,
    stripped,
    visible_lines,
)
from reader.ingest.formats.text import pieces_from_text
from reader.model.article import Link
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.formats.markup import Anchor, Element, Seen
    from reader.model.article import BlockKind

    Items = list[Piece | Dropped]

_NO_LETTER = re.compile(r"[\W_]+")
_FEWEST_WORDS = 20
_LONGEST_LEFTOVER = 300
_MOST_REMOVED = 3000
# What an extractor lets through and what is never an article's own line; everything else it judges better.
_LEFTOVERS = {
    "share buttons", "comment widget", "newsletter prompt", "advertisement", "cookie notice",
    "app prompt", "subscription prompt", "media player", "poll or form", "page code", "related links",
    "site navigation",
}  # fmt: skip


def extract(html: str, address: str | None = None) -> tuple[Items, Metadata, tuple[str, ...]]:
    """Return the blocks and removed lines of a page, its metadata and the notices for the reader.

    ``address`` is where the page came from; links relative to it become absolute. Nothing is fetched.
    """
    html = harmless(html)
    if depth(html) > DEEPEST:
        html = flattened(html)
    tree = parse(html)
    if tree is None:
        items, metadata = pieces_from_text(stripped(html))
        return items, metadata, (NO_ARTICLE_FOUND,)
    pieces, metadata = _by_trafilatura(html, address)
    shown = visible_lines(tree)
    enough = min(_FEWEST_WORDS, sum(len(line.text.split()) for line in shown) // 2)
    if _words(pieces) < enough:
        pieces = _by_readability(html) or pieces
    if _words(pieces) < enough:
        items, found = pieces_from_text("\n\n".join(line.text for line in shown))
        return items, metadata.or_else(found), (NO_ARTICLE_FOUND,)
    named = kinds(tree)
    pieces = [
        Piece(named[piece.text], piece.text, 0)
        if piece.kind == "paragraph" and piece.text in named
        else piece
        for piece in pieces
    ]
    pieces = _with_lost(pieces, headings(tree), "heading")
    pieces = _with_lost(pieces, captions(tree), "caption")
    pieces = [_with_links(piece, anchors_of) for anchors_of in (anchors(tree, address),) for piece in pieces]
    return _with_removed(_marked(pieces, metadata.title), shown, metadata), metadata, ()


def _words(pieces: list[Piece]) -> int:
    return sum(len(piece.text.split()) for piece in pieces)


def _by_trafilatura(html: str, address: str | None) -> tuple[list[Piece], Metadata]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(html, url=address, with_metadata=True, include_comments=False)
    except Exception:  # a page that breaks it is a page for the next extractor
        return [], Metadata()
    if document is None or isinstance(document, dict):
        return [], Metadata()
    pieces = [
        Piece(kind, text, 0)
        for kind, raw in _blocks(document.body)
        for line in sanitise(raw).split("\n")
        if (text := " ".join(line.split()))
    ]
    return pieces, Metadata(
        title=_one_line(document.title),
        byline=_one_line(document.author),
        published=_one_line(document.date),
        site=_one_line(document.sitename),
        language=_language(html),
    )


def _one_line(text: str | None) -> str | None:
    return " ".join(sanitise(text).split()) or None if text else None


def _language(html: str) -> str | None:
    match = re.search(r"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", html[:20000], re.I)
    return match[1].lower() if match else None


def _blocks(body: Element) -> Iterator[tuple[BlockKind, str]]:
    """Yield the blocks of trafilatura's own XML, in order."""
    kinds: dict[str, BlockKind] = {"head": "heading", "item": "list_item", "quote": "block_quotation"}
    stack: list[tuple[Any, BlockKind]] = [(body, "paragraph")]
    while stack:
        element, kind = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        kind = kinds.get(tag, kind)
        if tag == "row":
            yield (
                "paragraph",
                " | ".join(filter(None, (_text(cell) for cell in element if cell.tag == "cell"))),
            )
        elif len(element) and any(
            child.tag in ("p", "head", "item", "list", "quote", "row", "table", "code") for child in element
        ):
            yield kind, element.text or ""
            for child in reversed(element):
                if child.tail and child.tail.strip():
                    stack.append((_Loose(child.tail), kind))
                stack.append((child, kind))
        elif isinstance(element, _Loose):
            yield kind, element.text
        else:
            yield kind, _text(element)


class _Loose:
    """Text that stands between elements, in the shape of an element."""

    tag = "p"

    def __init__(self, text: str) -> None:
        self.text = text

    def __len__(self) -> int:
        return 0


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element.iter():
        if child is element:
            continue
        if child.tag == "lb":
            parts.append("\n")
        elif child.text:
            parts.append(child.text)
        parts.append(child.tail or "")
    return "".join(parts)


def _by_readability(html: str) -> list[Piece]:
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        tree = parse(Document(html).summary())
    except Exception:  # it raises whatever its cleaning runs into; the plain text is the next resort
        return []
    if tree is None:
        return []
    return [
        Piece("paragraph", text, 0)
        for line in visible_lines(tree)
        if (text := " ".join(sanitise(line.text).split()))
    ]


def _with_lost(pieces: list[Piece], found: list[tuple[str, str]], kind: BlockKind) -> list[Piece]:
    """Put subheads or captions that the extractor dropped before the block they stood before.

    A subhead before the first block is the page's, not the article's.
    """
    known = {piece.text: index for index, piece in reversed(list(enumerate(pieces)))}
    texts = {piece.text for piece in pieces}
    whole = "\n".join(texts)
    placed: dict[int, list[Piece]] = {}
    for raw, after in found:
        text = " ".join(sanitise(raw).split())
        index = known.get(" ".join(sanitise(after).split()))
        if index is None or text in texts or (kind == "heading" and index == 0):
            continue
        seen = features(text)
        if seen.proof == Proof.SURE or not (1 if kind == "heading" else 4) <= seen.words <= 80:
            continue
        if kind == "caption" and text in whole:
            continue
        placed.setdefault(index, []).append(Piece(kind, text, 0))
        texts.add(text)
    return [each for index, piece in enumerate(pieces) for each in (*placed.get(index, ()), piece)]


def _with_links(piece: Piece, anchors_of: dict[str, list[Anchor]]) -> Piece:
    found = anchors_of.get(piece.text)
    if not found:
        return piece
    links = tuple(
        Link(link.start, link.end, sanitise(link.url)) for link in found if link.end <= len(piece.text)
    )
    return Piece(piece.kind, piece.text, piece.line, links)


def _marked(pieces: list[Piece], title: str | None) -> Items:
    """Name the title among the blocks and drop the leftovers that are surely no article."""
    items: Items = []
    for index, piece in enumerate(pieces):
        if len(piece.text) > _LONGEST_LEFTOVER or (piece.kind != "paragraph" and index >= 3):
            items.append(piece)
            continue
        seen = features(piece.text)
        if index < 3 and title and piece.text.casefold() == title.casefold():
            items.append(Piece("title", piece.text, piece.line, piece.links))
        elif (
            piece.kind == "paragraph"
            and seen.phrase
            and seen.proof == Proof.SURE
            and seen.phrase.reason in _LEFTOVERS
            and seen.words <= 40
            and len(pieces) > 2
        ):
            items.append(Dropped(0, piece.text, seen.phrase.reason))
        else:
            items.append(piece)
    title_at = next(
        (index for index, item in enumerate(items[:3]) if isinstance(item, Piece) and item.kind == "title"), 0
    )
    for index, item in enumerate(items[:title_at]):
        if isinstance(item, Piece) and len(item.text.split()) <= 3:
            items[index] = Dropped(0, item.text, "section label")
    return items


def _with_removed(items: Items, shown: list[Seen], metadata: Metadata) -> Items:
    """Add what the page shows beside the article, each line at its place among the blocks.

    Lines are numbered as the page shows them. A line belongs to the article when one of its blocks, or
    the run of its text, has the same words.
    """
    keys = [_key(item.text) for item in items]
    places: dict[str, int] = {key: index for index, key in reversed(list(enumerate(keys)))}
    whole = "".join(keys)
    before: dict[int, list[Dropped]] = {}
    lines: dict[int, int] = {}
    current = 0
    count = 0
    for number, line in enumerate(shown, 1):
        text = " ".join(sanitise(line.text).split())
        key = _key(text)
        if not key:
            continue
        if key in places:
            index = places[key]
            lines.setdefault(index, number)
            current = max(current, index + 1) if index - current < 40 else current
        elif len(key) < 12 or key not in whole:
            count += 1
            if count <= _MOST_REMOVED:
                before.setdefault(current, []).append(Dropped(number, text, _reason(text, line, metadata)))
    arranged: Items = []
    for index, item in enumerate(items):
        arranged += before.get(index, [])
        number = lines.get(index, len(shown) + 1 + index if isinstance(item, Dropped) else 0)
        arranged.append(
            Dropped(number, item.text, item.reason)
            if isinstance(item, Dropped)
            else Piece(item.kind, item.text, number, item.links)
        )
    return arranged + before.get(len(items), [])


def _key(text: str) -> str:
    return _NO_LETTER.sub("", text.casefold())


def _reason(text: str, line: Seen, metadata: Metadata) -> str:
    if metadata.title and _key(text) == _key(metadata.title):
        return "title (shown above the article)"
    if metadata.byline and len(text) < 120 and metadata.byline.casefold() in text.casefold():
        return "byline"
    phrase = phrase_of(text)
    return (phrase.reason if phrase else None) or line.place or "outside the article"
