"""The raised numbers that point to footnotes, told from exponents, ordinals and chemistry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ingest.markup import Element

_NUMBER = re.compile(r"\s*[\[(]?(?:(?:note |fn\.? ?)?\d{1,3}(?:\s*,\s*\d{1,3})*|[*†‡§¶]{1,3})[\])]?\s*", re.I)
_LETTER = re.compile(r"\s*[\[(]?[a-z][\])]?\s*", re.I)
_BASE = re.compile(r"(?:[kcmd]?m|ft|yd|mi|in|kg|s|[a-zA-Z]|(?!(?:1[5-9]|20)\d\d$)[\d.,]*\d)")
_LONGEST = 16


def is_note(element: Element, before: str) -> bool:
    """Whether a raised element is the number of a footnote; ``before`` is the word that it stands at.

    "m²" and "10⁶" are none; a number that leads to a place on the page always is one.
    """
    text = element.text_content()
    if len(text) > _LONGEST:
        return False
    link = element.find(".//a[@href]")
    if link is None and element.getparent() is not None and element.getparent().tag == "a":
        link = element.getparent()
    if link is not None:
        return "#" in (link.get("href") or "") and bool(_NUMBER.fullmatch(text) or _LETTER.fullmatch(text))
    if not _NUMBER.fullmatch(text):
        return False
    return not text.strip().isdigit() or not _BASE.fullmatch(before.lstrip("(“‘\"'"))
