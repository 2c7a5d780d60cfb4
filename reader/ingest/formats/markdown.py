"""Markdown to an article: headings, lists, block quotations and links stay what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.assembly import Draft, Dropped, Metadata
from reader.ingest.cleaning.bylines import byline_in, date_in, is_date_line
from reader.ingest.cleaning.lines import features
from reader.ingest.cleaning.phrases import Proof
from reader.ingest.numbering import Numbering
from reader.model.article import BlockKind, Link
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.S)
_FIELD = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(\S.*|(?:\n[ \t]*-[ \t]+\S.*)+)$", re.M)
_ENTRY = re.compile(r"^[ \t]*-[ \t]+(\S.*)$", re.M)
_NOTE = re.compile(r"\[\^[\w-]{1,20}\](?!:)")
_NOTE_TEXT = re.compile(r"\[\^([\w-]{1,20})\]:\s*")
_FIELDS = {
    "title": "title", "author": "byline", "authors": "byline", "byline": "byline", "date": "published",
    "published": "published", "site": "site", "source": "site", "publication": "site",
    "lang": "language", "language": "language",
}  # fmt: skip
_CONTAINERS: dict[str, BlockKind] = {
    "blockquote_open": "block_quotation", "list_item_open": "list_item", "heading_open": "heading",
}  # fmt: skip
_HARMLESS = {
    "share buttons", "comment widget", "newsletter prompt", "advertisement", "cookie notice",
    "app prompt", "subscription prompt", "copyright notice", "site navigation", "related links",
    "media player",
}  # fmt: skip


def extract_markdown(text: str) -> tuple[list[Draft | Dropped], Metadata]:
    """Return the blocks, the removed lines and the metadata of a Markdown document.

    Front matter becomes metadata; the first heading is the title. Only lines that are surely page
    furniture are removed: the structure is the writer's own.
    """
    from markdown_it import MarkdownIt

    text = sanitise(text)
    metadata, skipped = _front_matter(text)
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    items: list[Draft | Dropped] = []
    kinds: list[BlockKind] = []
    row: list[str] | None = None
    lists = Numbering()
    marker = ""
    for token in parser.parse(text[skipped:]):
        line = (token.map[0] if token.map else 0) + text.count("\n", 0, skipped) + 1
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            items += _pieces("paragraph", " | ".join(row), line)
            row = None
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            lists.begin(ordered=token.type[0] == "o", start=int(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.end()
        elif token.type in _CONTAINERS:
            kinds.append(_CONTAINERS[token.type])
            marker = lists.marker() if token.type == "list_item_open" else ""
        elif token.type in ("blockquote_close", "list_item_close", "heading_close"):
            kinds.pop()
        elif token.type in ("fence", "code_block"):
            if code := token.content.expandtabs(4).strip("\n").rstrip():
                items.append(Draft("code", code, line))
        elif token.type == "html_block":
            items += _pieces("paragraph", _tagless(token.content), line)
        elif token.type == "inline":
            if row is not None:
                row.append(_inline(token.children or [])[0])
            else:
                for tokens in _entries(token.children or []):
                    items += _lines(kinds[-1] if kinds else "paragraph", tokens, line, marker)
                    marker = ""
    return _cleaned(items, metadata)


def _front_matter(text: str) -> tuple[Metadata, int]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Metadata(), 0
    fields = {
        _FIELDS[name.lower()]: _value(value)
        for name, value in _FIELD.findall(match[1])
        if name.lower() in _FIELDS
    }
    if published := fields.get("published"):
        fields["published"] = date_in(published) or ""
    return Metadata(**{name: value or None for name, value in fields.items()}), match.end()


def _value(text: str) -> str:
    """Return a value of the front matter in words; of a list, its entries as a sentence names them."""
    entries = _ENTRY.findall(text) if text.lstrip().startswith("-") else [text]
    if text.strip().startswith("["):
        entries = text.strip().strip("[]").split(",")
    words = [" ".join(entry.removeprefix("name:").strip().strip("\"'").split()) for entry in entries]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _tagless(html: str) -> str:
    from reader.ingest.markup import stripped

    return stripped(html)


def _inline(tokens: Sequence[Token]) -> tuple[str, list[Link]]:
    """Return the text of inline tokens, a hard break as a newline, and the links in it."""
    parts: list[str] = []
    links: list[Link] = []
    opened: list[tuple[int, str]] = []
    length = 0
    for token in tokens:
        piece = ""
        if token.type == "text":
            piece = _NOTE.sub("", token.content if parts else _NOTE_TEXT.sub("", token.content))
        elif token.type == "code_inline":
            piece = token.content
        elif token.type == "softbreak":
            piece = " "
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and token.content.lower().startswith("<br")
        ):
            piece = "\n"
        elif token.type == "link_open":
            opened.append((length, str(token.attrGet("href") or "")))
        elif token.type == "link_close" and opened:
            start, url = opened.pop()
            if url.lower().startswith(("http://", "https://")) and start < length:
                links.append(Link(start, length, sanitise(url)))
        parts.append(piece)
        length += len(piece)
    return "".join(parts), links


def _entries(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of a paragraph, in parts where each line of it is a footnote's text."""
    start = 0
    for at in range(1, len(tokens)):
        if tokens[at - 1].type == "softbreak" and _NOTE_TEXT.match(tokens[at].content):
            yield tokens[start : at - 1]
            start = at
    yield tokens[start:]


def _lines(kind: BlockKind, tokens: Sequence[Token], line: int, marker: str) -> list[Draft | Dropped]:
    """Return the lines of inline tokens; ``marker`` stands before the first of them.

    The numbers of footnotes leave their words; a footnote's text begins with its number.
    """
    text, links = _inline(tokens)
    notes = [note for token in tokens if token.type == "text" for note in _NOTE.findall(token.content)]
    if note := _NOTE_TEXT.match(tokens[0].content if tokens else ""):
        kind, marker = "list_item", f"{note[1]}. "
    text = marker + text
    links = [Link(each.start + len(marker), each.end + len(marker), each.url) for each in links]
    return [*_set(kind, text, links, line), *(Dropped(line, note, "number of a footnote") for note in notes)]


def _set(kind: BlockKind, text: str, links: list[Link], line: int) -> list[Draft]:
    if "\n" not in text and text == " ".join(text.split()):
        return [Draft(kind, text, line, tuple(links))] if text else []
    return _pieces(kind, text, line)


def _pieces(kind: BlockKind, text: str, line: int) -> list[Draft]:
    return [Draft(kind, " ".join(part.split()), line) for part in text.split("\n") if part.strip()]


def _cleaned(items: list[Draft | Dropped], metadata: Metadata) -> tuple[list[Draft | Dropped], Metadata]:
    cleaned: list[Draft | Dropped] = []
    title = byline = published = None
    for index, item in enumerate(items):
        if not isinstance(item, Draft):
            cleaned.append(item)
            continue
        seen = features(item.text)
        if title is None and item.kind == "heading" and index < 4:
            title = item.text
            cleaned.append(Draft("title", item.text, item.line, item.links))
        elif index < 5 and item.kind == "paragraph" and byline is None and (byline := byline_in(item.text)):
            published = published or date_in(item.text)
            cleaned.append(Dropped(item.line, item.text, "byline"))
        elif index < 5 and item.kind == "paragraph" and published is None and is_date_line(item.text):
            published = date_in(item.text)
            cleaned.append(Dropped(item.line, item.text, "publication date"))
        elif (
            item.kind == "paragraph"
            and seen.phrase
            and seen.proof == Proof.SURE
            and seen.phrase.reason in _HARMLESS
            and len(items) > 2
        ):
            cleaned.append(Dropped(item.line, item.text, seen.phrase.reason))
        else:
            cleaned.append(item)
    return cleaned, metadata.or_else(Metadata(title=title, byline=byline, published=published))
