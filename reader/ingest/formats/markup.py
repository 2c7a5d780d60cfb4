"""HTML as text and as a tree: made harmless before parsing, rendered to the lines that a reader would see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from reader.text.safety import without_sequences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.article import BlockKind

    Element = Any  # lxml ships no types; its elements are handled in this module and in webpage alone

DEEPEST = 180  # libxml2 drops what is nested deeper than 255
_ENTITY = re.compile(r"&#(?:x0*(?P<hex>[0-9a-f]{1,2})|0*(?P<decimal>\d{1,3}))(?![0-9a-f]);?", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DOCTYPE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<!DOCTYPE[^>\[]*\[", re.I)
_SILENT = re.compile(r"<(script|style|noscript|template|svg|iframe|object|canvas)\b[^<>]*>", re.I)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|tr|td|th|table|br|hr|section|article|header|footer|nav|aside|main|figure"
    r"|figcaption"
    r"|blockquote|pre|dl|dt|dd|form|fieldset|address|title|body|html|head|option|button)\b[^>]*>",
    re.I,
)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_OPENING = re.compile(
    r"<(/?)(div|span|section|article|font|center|b|i|em|strong|table|tr|td|ul|ol|li|blockquote)\b[^<>]*>",
    re.I,
)
_NESTING = re.compile(
    r"</?(?:div|span|section|font|center|b|i|em|strong|table|tr|td|blockquote|ul|ol)\b[^<>]*>", re.I
)
_BREAKS = re.compile(r"(?:<br>\s*){2,}")
_BLOATED = re.compile(
    r"(<[a-zA-Z][\w-]{0,20})\s[^<>]{4000,}>"
)  # thousands of attributes, or an embedded picture
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^>]{0,80}encoding=[\"']([\w-]{2,30})",
    re.I,
)

_SKIPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "head",
    "canvas",
    "select",
    "math",
}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "section",
    "article", "header", "footer", "nav", "aside", "main", "figure", "figcaption", "blockquote", "pre",
    "dl", "dt", "dd", "form", "fieldset", "address", "body", "html", "button", "label", "option", "hr",
    "thead", "tbody", "summary", "details",
}  # fmt: skip
_PLACES = {
    "nav": "site navigation", "footer": "page footer", "aside": "beside the article",
    "header": "page header", "form": "poll or form", "button": "button", "label": "poll or form",
}  # fmt: skip


_KINDS: dict[str, BlockKind] = {"li": "list_item", "blockquote": "block_quotation"}
_ASIDE = {"nav", "aside", "footer", "header"}


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page declares near its top, or None."""
    match = _CHARSET.search(data[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def harmless(html: str) -> str:
    """Return the markup without what breaks parsers: control characters, however written, and entities."""
    if doctype := _DOCTYPE.match(html):
        html = html[html.find("]", doctype.end()) + 1 :]  # without the entities that it defines
    html = _BLOATED.sub(r"\1>", html)
    return _CONTROL.sub("", without_sequences(_ENTITY.sub(_control, html)))


def _control(match: re.Match[str]) -> str:
    """Return the control character that an entity stands for, so that it goes with its sequence."""
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    return chr(code) if (code < 32 and code not in (9, 10, 13)) or code == 127 else match[0]


def depth(html: str) -> int:
    """Return how deep the elements are nested, as far as their tags tell."""
    deepest = current = 0
    for match in _OPENING.finditer(html):
        current = max(0, current - 1) if match[1] else current + 1
        deepest = max(deepest, current)
    return deepest


def flattened(html: str) -> str:
    """Return the markup without its nesting: containers become line breaks, paragraphs and headings stay."""
    return _BREAKS.sub("<br>", _NESTING.sub("<br>", html))


def stripped(html: str) -> str:
    """Return the text between the tags, one line per block: linear in time, whatever the markup."""
    from html import unescape

    text = _COMMENT.sub(" ", _without_silent(html))
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    lines = (" ".join(unescape(line).split()) for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def _without_silent(html: str) -> str:
    """Return the markup without scripts, styles and the like; one that never ends stays as it is."""
    parts: list[str] = []
    position = 0
    unclosed: set[str] = set()
    lower = html.lower()
    while match := _SILENT.search(html, position):
        parts.append(html[position : match.start()])
        name = match[1].lower()
        end = -1 if name in unclosed else lower.find(f"</{name}", match.end())
        if end < 0:
            unclosed.add(name)
            position = match.end()
        else:
            position = end
    parts.append(html[position:])
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Seen:
    """A line that the page shows; ``place`` names the part of the page it stands in, where that tells."""

    text: str
    place: str | None


def parse(html: str) -> Element | None:
    """Return the tree of a page, or None when there is no element in it."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return lxml_html.fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def visible_lines(tree: Element) -> list[Seen]:
    """Return the lines of text of a page, in order, as its blocks set them."""
    lines: list[Seen] = []
    words: list[str] = []
    place: list[str | None] = [None]

    def flush() -> None:
        if text := " ".join("".join(words).split()).removesuffix(" |"):
            lines.append(Seen(text, place[-1]))
        words.clear()

    # An explicit stack: pages are nested deeper than Python's recursion goes.
    stack: list[tuple[Element, bool]] = [(tree, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if closing:
            if tag in _BLOCKS or tag == "br":
                flush()
            if tag in _PLACES:
                place.pop()
            words.append((" | " if tag in ("td", "th") else "") + (element.tail or ""))
            continue
        if tag in _SKIPPED or not tag or _hidden(element):
            words.append(element.tail or "")
            continue
        if tag in _BLOCKS or tag == "br":
            flush()
        if tag in _PLACES:
            place.append(_PLACES[tag])
        words.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    flush()
    return lines


def _hidden(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None or "display:none" in style or element.get("aria-hidden") == "true"
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link inside a block: its place in the block's text, white space collapsed, and where it leads."""

    start: int
    end: int
    url: str


def anchors(tree: Element, address: str | None) -> dict[str, list[Anchor]]:
    """Return the http(s) links of a page by the text of the block that holds them."""
    found: dict[str, list[Anchor]] = {}
    base = tree.find(".//base")
    root = (base.get("href") if base is not None else None) or address or ""
    if address:
        root = urljoin(address, root)
    for block in tree.iter(
        "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "blockquote", "dd", "div"
    ):
        if block.find(".//a[@href]") is None or (
            block.tag in ("div", "blockquote") and block.find(".//p") is not None
        ):
            continue
        for text, links in _linked(block, root):
            if links and text not in found:
                found[text] = links
    return found


def _linked(block: Element, root: str) -> Iterator[tuple[str, list[Anchor]]]:
    """Yield each line of a block (a ``br`` ends a line) with the links in it."""
    parts: list[str] = []
    links: list[Anchor] = []
    length = 0

    def add(text: str | None) -> None:
        nonlocal length
        for piece in re.findall(r"\s+|\S+", text or ""):
            piece = " " if piece.isspace() else piece
            if piece == " " and (not parts or parts[-1].endswith(" ")):
                continue
            parts.append(piece)
            length += len(piece)

    stack: list[tuple[Element, int | None, bool]] = [(block, None, False)]
    while stack:
        element, start, closing = stack.pop()
        if closing:
            if start is not None:
                text = "".join(parts)
                begin = start + (1 if text[start : start + 1] == " " else 0)
                end = len(text.rstrip())
                url = urljoin(root, (element.get("href") or "").strip())
                if begin < end and url.lower().startswith(("http://", "https://")):
                    links.append(Anchor(begin, end, url))
            if element is not block:
                add(element.tail)
            continue
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            add(element.tail)
            continue
        if element.tag == "br":
            yield "".join(parts).strip(), links
            parts, links, length = [], [], 0
            add(element.tail)
            continue
        begin_at = length if element.tag == "a" and element.get("href") else None
        add(element.text)
        stack.append((element, begin_at, True))
        stack.extend((child, None, False) for child in reversed(element))
    yield "".join(parts).strip(), links


def captions(tree: Element) -> list[tuple[str, str]]:
    """Return each picture's caption with the text of the block after it, which tells where it belongs."""
    found: list[tuple[str, str]] = []
    for caption in tree.iter("figcaption"):
        if not _beside(caption) and (text := _flat(caption)):
            figure = next((up for up in caption.iterancestors("figure")), caption)
            *_, last = figure.iter()
            found.append((text, _text_after(last)))
    return found


def headings(tree: Element) -> list[tuple[str, str]]:
    """Return each subhead with the text of the block after it."""
    return [
        (text, _text_after(next(reversed(list(heading.iter())), heading)))
        for heading in tree.iter("h2", "h3", "h4", "h5")
        if not _beside(heading) and (text := _flat(heading))
    ]


def kinds(tree: Element) -> dict[str, BlockKind]:
    """Return what the page's markup says of its lines: headings, list items, block quotations."""
    found: dict[str, BlockKind] = {}
    for element in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote"):
        if _beside(element):
            continue
        kind = _KINDS.get(element.tag, "heading")
        if kind == "block_quotation":
            for paragraph in element.iter("p"):
                found.setdefault(_flat(paragraph), kind)
        found.setdefault(_flat(element), kind)
    return found


def _flat(element: Element) -> str:
    return " ".join(element.text_content().split())


def _beside(element: Element) -> bool:
    return any(isinstance(up.tag, str) and up.tag in _ASIDE for up in element.iterancestors())


def _text_after(element: Element) -> str:
    """Return the text of the first block after an element that has any."""
    for following in _following(element):
        if following.tag in ("p", "h1", "h2", "h3", "h4", "h5", "li", "blockquote") and (
            text := _flat(following)
        ):
            return text
    return ""


def _following(element: Element) -> Iterator[Element]:
    """Yield the elements after one, in the order of the page, a few hundred at most."""
    count = 0
    while element is not None and count < 400:
        up = element
        while up is not None and up.getnext() is None:
            up = up.getparent()
        if up is None:
            return
        element = up.getnext()
        for inner in element.iter():
            if isinstance(inner.tag, str):
                yield inner
            count += 1
            element = inner
