"""What others take for the article of a page: trafilatura, and readability as a second opinion."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from reader.ingest.markup import parse
from reader.ingest.webpage.outline import outline
from reader.text.safety import sanitise

_BLOCKS = {"p", "head", "item", "list", "quote", "row", "table"}
_INLINE = {"p", "item", "head", "cell", "hi", "ref"}  # code inside these is a word of the sentence
_LONGEST_CELL = 240  # characters; a longer one is a column of the page's layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.markup import Element


def by_trafilatura(html: str, address: str | None) -> list[str]:
    """Return the lines that trafilatura takes for the article; none when the page breaks it."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(html, url=address, with_metadata=False, include_comments=False)
    except Exception:  # a page that breaks it is a page for the next extractor
        return []
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    return [
        text
        for raw in _blocks(document.body)
        for line in sanitise(raw).split("\n")
        if (text := " ".join(line.split()))
    ]


def by_readability(html: str) -> list[str]:
    """Return the lines that readability takes for the article; none when the page breaks it."""
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        tree = parse(Document(html).summary())
    except Exception:  # it raises whatever its cleaning runs into; the plain text is the next resort
        return []
    return [] if tree is None else [line.text for line in outline(tree)]


def _blocks(body: Element) -> Iterator[str]:
    """Yield the blocks of trafilatura's own XML, in order."""
    stack: list[Any] = [body]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            yield element
        elif element.tag == "row" and any(len(_text(cell)) > _LONGEST_CELL for cell in element):
            stack += [
                part
                for cell in reversed(element)
                for part in (*reversed(cell), cell.text)
                if part is not None
            ]
        elif element.tag == "row":
            yield " | ".join(filter(None, (_text(cell) for cell in element if cell.tag == "cell")))
        elif any(
            child.tag in _BLOCKS or (child.tag == "code" and element.tag not in _INLINE) for child in element
        ):
            yield element.text or ""
            for child in reversed(element):
                if child.tail and child.tail.strip():
                    stack.append(child.tail)
                stack.append(child)
        else:
            yield _text(element)


def _text(element: Element) -> str:
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
