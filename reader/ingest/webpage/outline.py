"""The lines that a page shows, in order, each with what its markup says of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from reader.ingest.cleaning.hardwraps import read_lines
from reader.ingest.numbering import Numbering
from reader.ingest.webpage.cards import card_lines, is_card
from reader.ingest.webpage.footnotes import is_note
from reader.ingest.webpage.regions import CARD_BUTTONS, FORM, is_unseen, names_of, region
from reader.ingest.webpage.tables import is_data, row_text
from reader.model.article import Link
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from reader.ingest.markup import Element
    from reader.model.article import BlockKind

_SKIPPED = {
    "script", "style", "noscript", "template", "svg", "iframe", "object", "head", "canvas", "select", "math",
    "amp-analytics", "amp-iframe",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "table", "section",
    "article", "header", "footer", "nav", "aside", "main", "figure", "figcaption", "blockquote", "pre",
    "dl", "dt", "dd", "form", "fieldset", "address", "body", "html", "button", "label", "option", "hr",
    "thead", "tbody", "summary", "details", "caption", "time-block", "center", "video", "audio",
}  # fmt: skip
_KINDS: dict[str, BlockKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list_item", "blockquote": "block_quotation", "figcaption": "caption", "caption": "caption",
    "figure": "caption",
}  # fmt: skip
_CAPTION = re.compile(
    r"(?:.*-)?(?:caption|caption-?text|(?:image|img|photo|picture|media|figure)-?(?:caption|credits?|desc|description"
    r"|legend|info))"
)
_CODE = re.compile(
    r"(?:.*-)?(?:code|codehilite|highlight|hljs|prettyprint|syntax.*|language|lang)(?:-.*)?|brush:.*"
)
SIGNATURE = "— "
"""What stands before the author of a block quotation."""
_PERMALINKS = {"#", "¶", "§", "🔗", "⚓", "∞", "↩", "↩︎", "^", "↑"}  # to a heading itself, or back to its note
_PIECES = re.compile(r"\s+|\S+")


@dataclass(slots=True, eq=False)
class PageLine:
    """A line that a page shows.

    ``region`` names the part of the page it stands in, where that is not the article's; ``linked`` counts
    the code points inside links and ``anchor`` is the link that holds the line and others; ``notes`` are
    the numbers of footnotes that its words carried, ``noted`` the text with them still in place;
    ``inline`` are the elements inside the line.
    """

    text: str
    kind: BlockKind
    region: str | None
    element: Element
    links: tuple[Link, ...] = ()
    linked: int = 0
    anchor: Element | None = None
    notes: tuple[str, ...] = ()
    noted: str = ""
    inline: tuple[Element, ...] = ()
    table: Element | None = None
    card: bool = False
    tag: str = ""


class _Text:
    """The words of the line that is being read, white space collapsed."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.linked = 0
        self.links: list[tuple[Element, int, int]] = []
        self.notes: list[tuple[int, str]] = []
        self.inline: list[Element] = []

    def add(self, text: str | None, *, linked: bool) -> None:
        for piece in _PIECES.findall(text) if text else ():
            if piece.isspace():
                if not self.parts or self.parts[-1] == " ":
                    continue
                piece = " "
            self.parts.append(piece)
            self.length += len(piece)
            self.linked += linked * len(piece)

    def noted(self, text: str) -> str:
        """Return the text with the numbers of its footnotes where they stood."""
        for at, note in reversed(self.notes):
            text = f"{text[:at]}{note}{text[at:]}"
        return text


class _Outline:
    """The lines read so far, and what is open around the one that is being read."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.lines: list[PageLine] = []
        self.text = _Text()
        self.regions: list[str | None] = [None]
        self.kinds: list[BlockKind] = []
        self.owner: list[Element] = []
        self.anchors: list[tuple[Element, int]] = []
        self.articles = 0
        self.numbering = Numbering()
        self.marker = ""

    def say(self, text: str | None) -> None:
        """Add words to the line that is being read."""
        self.text.add(text, linked=bool(self.anchors))

    def flush(self) -> None:
        """End the line that is being read; links that are still open go on in the next."""
        current, self.text = self.text, _Text()
        current.links += [(anchor, start, current.length) for anchor, start in self.anchors]
        self.anchors = [(anchor, 0) for anchor, _ in self.anchors]
        raw = "".join(current.parts).rstrip()
        text = " ".join(sanitise(raw).split()) if raw else ""
        if not text:
            if current.notes and self.lines:
                self.lines[-1].notes += tuple(note for _, note in current.notes)
            return
        marker = "" if self.marker == SIGNATURE and text[0] in "—–-" else self.marker
        self.marker = ""
        # Sanitising moves offsets; no link is better than one beside its words.
        links = self._links(raw, current.links, len(marker)) if text == raw else ()
        self.add(
            marker + text,
            self.kinds[-1] if self.kinds else "paragraph",
            links=links,
            linked=current.linked,
            anchor=current.links[-1][0] if 0 < len(raw) <= current.linked else None,
            notes=tuple(note for _, note in current.notes),
            noted=current.noted(text) if current.notes else "",
            inline=tuple(current.inline),
        )

    def add(self, text: str, kind: BlockKind, **more: Any) -> None:
        """Add a line that stands in the innermost open block."""
        element = self.owner[-1]
        self.lines.append(PageLine(text, kind, self.regions[-1], element, tag=str(element.tag), **more))

    def _links(self, text: str, found: list[tuple[Element, int, int]], shift: int) -> tuple[Link, ...]:
        links = []
        for element, start, end in found:
            begin, end = start + (text[start : start + 1] == " "), min(end, len(text))
            end -= text[begin:end].endswith(" ")
            try:
                url = urljoin(self.root, (element.get("href") or "").strip())
            except ValueError:  # "http://[broken"
                continue
            if begin < end and url.lower().startswith(("http://", "https://")):
                links.append(Link(begin + shift, end + shift, sanitise(url)))
        return tuple(sorted(links, key=lambda link: link.start))


def outline(tree: Element, address: str | None = None) -> list[PageLine]:
    """Return the lines of a page, in order, as its blocks set them.

    ``address`` is where the page came from: links relative to it become absolute. The text is sanitised;
    the numbers of lists and the bullets of nested ones stand before their items' words, code keeps its
    lines and their indentation.
    """
    base = tree.find(".//base")
    root = (base.get("href") if base is not None else None) or address or ""
    try:
        root = urljoin(address, root) if address else root
    except ValueError:
        root = address or ""
    state = _Outline(root)
    _walk(tree, state)
    _without_forms(state.lines)
    held = Counter(line.anchor for line in state.lines)
    for line in state.lines:
        if held[line.anchor] == 1:
            line.anchor = None
    return state.lines


def _without_forms(lines: list[PageLine]) -> None:
    """Forget a form that holds much of the page: some systems set one around everything."""
    inside = [line for line in lines if line.region == FORM]
    if sum(len(line.text) for line in inside) * 5 > 2 * sum(len(line.text) for line in lines):
        for line in inside:
            line.region = None


def _walk(tree: Element, state: _Outline, *, cards: bool = True) -> None:
    # An explicit stack: pages are nested deeper than Python's recursion goes.
    stack: list[tuple[Element, Any]] = [(tree, None)]
    state.owner.append(tree)
    while stack:
        element, undo = stack.pop()
        if undo is not None:
            _leave(element, undo, state)
            state.say(element.tail if element is not tree else None)
            continue
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or _hidden(element):
            state.say(element.tail if element is not tree else None)
            continue
        if _whole(element, state, cards):
            state.say(element.tail if element is not tree else None)
            continue
        stack.append((element, _enter(element, state)))
        state.say(element.text)
        stack.extend((child, None) for child in reversed(element))
    state.flush()
    state.owner.pop()


def _whole(element: Element, state: _Outline, cards: bool) -> bool:
    """Read an element that is not read child by child: a line break, a note's number, code, a card, a row."""
    tag = element.tag
    if tag in ("br", "hr"):
        state.flush()
    elif tag == "a" and (element.get("href") or "").startswith("#") and element.text_content() in _PERMALINKS:
        pass
    elif tag == "sup" and state.text.parts and is_note(element, "".join(state.text.parts[-1:])):
        note = " ".join(sanitise(element.text_content()).split())
        state.text.notes.append((state.text.length, note))
    elif tag == "pre":
        state.flush()
        _preformatted(element, state)
    elif cards and is_card(element):
        state.flush()
        _card(element, state)
    elif tag == "table" and is_data(element):
        state.flush()
        _table(element, state)
    else:
        return False
    return True


def _enter(element: Element, state: _Outline) -> tuple[bool, bool, bool, bool]:
    """Begin an element; what is returned tells :func:`_leave` what to end."""
    tag = element.tag
    names = names_of(element)
    block = tag in _BLOCKS or tag in ("td", "th")
    if block:
        state.flush()
        state.owner.append(element)
    kind = _KINDS.get(tag)
    if kind is None and block and any(_CAPTION.fullmatch(name) for name in names):
        kind = "caption"
    if kind is None and state.kinds and state.kinds[-1] == "block_quotation" and _signs(element):
        state.flush()
        state.marker = SIGNATURE
        kind = "block_quotation"
    if kind:
        state.kinds.append(kind)
    if tag in ("ul", "ol"):
        back = element.get("reversed") is not None
        start = _number(element.get("start")) or (sum(child.tag == "li" for child in element) if back else 1)
        style = element.get("type") or "1"
        state.numbering.begin(ordered=tag == "ol", start=start, step=-1 if back else 1, style=style)
    elif tag == "li":
        state.marker = state.numbering.marker(_number(element.get("value")))
    article = tag in ("article", "main")
    state.articles += article
    here = region(element, state.regions[-1], in_article=state.articles > 0)
    moved = here is not state.regions[-1]
    if moved:
        state.regions.append(here)
    if not block:
        state.text.inline.append(element)
    # A heading's link to itself is none.
    href = element.get("href") if tag == "a" else None
    heading = bool(state.kinds) and state.kinds[-1] == "heading"
    anchor = href is not None and not (heading and href.startswith("#"))
    if anchor:
        state.anchors.append((element, state.text.length))
    return block, kind is not None, moved, anchor


def _leave(element: Element, undo: tuple[bool, bool, bool, bool], state: _Outline) -> None:
    block, kind, moved, anchor = undo
    if anchor:
        _, start = state.anchors.pop()
        state.text.links.append((element, start, state.text.length))
    if block or (kind and element.tag == "cite"):
        state.flush()
    if kind:
        state.kinds.pop()
        state.marker = ""
    if moved:
        state.regions.pop()
    if block:
        state.owner.pop()
    if element.tag in ("ul", "ol"):
        state.numbering.end()
    state.articles -= element.tag in ("article", "main")


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else None


def _signs(element: Element) -> bool:
    """Whether an element of a block quotation names who is quoted: its footer, or a source at its end."""
    if element.tag == "cite":
        return element.getnext() is None and not (element.tail or "").strip()
    return bool(element.tag == "footer")


def _hidden(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or "display:none" in style
        or element.get("aria-hidden") == "true"
        or is_unseen(names_of(element))
    )


def _preformatted(element: Element, state: _Outline) -> None:
    """Add preformatted text: code as one block, anything else as the text it is."""
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = sanitise(element.text_content()).expandtabs(4)
    state.owner.append(element)
    if _is_code(element, text):
        code = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
        if code.strip():
            state.add(code, "code")
    else:
        for line in read_lines(text):
            state.add(line.text, "paragraph")
    state.owner.pop()


def _is_code(element: Element, text: str) -> bool:
    if element.find(".//code") is not None or any(
        _CODE.fullmatch(name)
        for each in (element, element.getparent())
        if each is not None
        for name in names_of(each)
    ):
        return True
    return sum(text.count(sign) for sign in "{}();=<>$#") * 30 > len(text)


def _card(element: Element, state: _Outline) -> None:
    inner = _Outline(state.root)
    _walk(element, inner, cards=False)
    state.owner.append(element)
    said, left = card_lines(element, [line.text for line in inner.lines])
    for text in said:
        state.add(text, "block_quotation", card=True)
    state.regions.append(CARD_BUTTONS)
    for text in left:
        state.add(text, "paragraph")
    state.regions.pop()
    state.owner.pop()


def _table(element: Element, state: _Outline) -> None:
    state.owner.append(element)
    for row in element.iter("tr", "caption"):
        text = row_text(row)
        if text := " ".join(sanitise(text).split()):
            kind: BlockKind = "caption" if row.tag == "caption" else "paragraph"
            state.add(text, kind, table=element)
    state.owner.pop()
