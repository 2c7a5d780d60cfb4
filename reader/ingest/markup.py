"""HTML as text and as a tree: made harmless before parsing, stripped of its tags where it cannot be."""

from __future__ import annotations

import re
from typing import Any

from reader.text.safety import without_sequences

Element = Any  # lxml ships no types; its elements are handled in this module and in ``webpage`` alone

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


def parse(html: str) -> Element | None:
    """Return the tree of a page, or None when there is no element in it."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return lxml_html.fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
