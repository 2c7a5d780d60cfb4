"""What a page says of its article as JSON-LD (schema.org's Article and its kinds)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.markup import Element

_LARGEST = 2_000_000
_MOST_NODES = 5_000
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|Newsletter|CreativeWork|Review)$")
_PAGE = {"WebPage", "ItemPage"}
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_MARKUP = re.compile(r"<(?:/?[a-z][^<>]{0,500}|!--.{0,500}?--)>", re.I)
_BREAK = re.compile(r"</?(?:p|div|br|li|h\d|blockquote|ul|ol)\b[^<>]{0,500}>", re.I)


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The article as its publisher describes it to machines; what is not said is None or empty.

    ``free`` is False when the publisher says that only subscribers may read all of it.
    """

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    body: str = ""
    free: bool | None = None


def linked_article(tree: Element, title: str | None) -> LinkedArticle | None:
    """Return the page's article: the one with this title, or the only one; None when nothing says which."""
    nodes = list(_nodes(tree))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    found = [node for node in nodes if any(_ARTICLE.match(kind) for kind in _kinds(node))]
    found = [
        node for node in found if _text(node.get("headline")) or _text(node.get("name")) or len(found) == 1
    ]
    if len(found) > 1 and title:
        named = [node for node in found if _same(_headline(node), title)]
        found = named[:1]
    if len(found) != 1:
        pages = [node for node in nodes if _PAGE.intersection(_kinds(node))]
        found = pages if not found and len(pages) == 1 else []
    return _read(found[0], known) if found else None


def _nodes(tree: Element) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD that is the page's own, not a part of another's list."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or count > _MOST_NODES:
            continue
        text = _WRAPPING.sub("", script.text or "")[:_LARGEST]
        try:
            waiting = [json.loads(text.strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and count < _MOST_NODES:
            node = waiting.pop()
            count += 1
            if isinstance(node, list):
                waiting.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                waiting += [
                    node[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in node
                ]


def _kinds(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [
        each.rpartition("/")[2]
        for each in (kind if isinstance(kind, list) else [kind])
        if isinstance(each, str)
    ]


def _headline(node: dict[str, Any]) -> str:
    return _text(node.get("headline")) or _text(node.get("name")) or ""


def _same(one: str, other: str) -> bool:
    keys = [re.sub(r"[\W_]+", "", text.casefold()) for text in (one, other)]
    return bool(keys[0] and keys[1]) and (keys[0] in keys[1] or keys[1] in keys[0])


def _read(node: dict[str, Any], known: dict[str, dict[str, Any]]) -> LinkedArticle:
    free = node.get("isAccessibleForFree")
    parts = node.get("hasPart")
    if free is None and parts:
        free = next(
            (part.get("isAccessibleForFree") for part in _list(parts) if isinstance(part, dict)), None
        )
    section = next((text for each in _list(node.get("articleSection")) if (text := _text(each))), None)
    return LinkedArticle(
        headline=_headline(node) or None,
        authors=tuple(dict.fromkeys(_names(node.get("author") or node.get("creator"), known))),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        publisher=next(iter(_names(node.get("publisher"), known)), None),
        section=section,
        language=_text(node.get("inLanguage")),
        body=_body(node),
        free={"true": True, "false": False}.get(str(free).rpartition("/")[2].lower()),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(value: Any, known: dict[str, dict[str, Any]]) -> Iterator[str]:
    for each in _list(value)[:50]:
        if isinstance(each, dict):
            each = {**known.get(str(each.get("@id")), {}), **each}
            yield from (name for name in (_text(name) for name in _list(each.get("name"))) if name)
        elif (
            name := _text(known[each].get("name") if each in known else each)
            if isinstance(each, str)
            else None
        ):
            yield name


def _text(value: Any) -> str | None:
    """Return a JSON string as one line of text, without the markup and entities that some put there."""
    from html import unescape

    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(sanitise(unescape(_MARKUP.sub("", value[:5000]))).split()) or None


def _body(node: dict[str, Any]) -> str:
    """Return the article's text with a line for each of its paragraphs, as far as they are told apart."""
    from html import unescape

    value = node.get("articleBody") or node.get("text")
    updates = [each for each in _list(node.get("liveBlogUpdate")) if isinstance(each, dict)]
    if not isinstance(value, str):
        bodies = [each.get("articleBody") for each in updates[:1000]]
        value = "\n".join(body for body in bodies if isinstance(body, str))
    text = unescape(_MARKUP.sub("", _BREAK.sub("\n", unescape(value) if "&lt;" in value else value)))
    return "\n".join(line for line in (" ".join(part.split()) for part in sanitise(text).split("\n")) if line)
