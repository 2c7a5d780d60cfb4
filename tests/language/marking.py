"""Marked-up text for tests: "[PERSON Putin] spoke", "[PLACE:0.4 Sana]"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan

if TYPE_CHECKING:
    from reader.language.entities.labels import MentionType

TYPES: list[MentionType] = ["PERSON", "PLACE", "ORG", "GROUP", "OTHER"]


def marked(source: str) -> tuple[str, list[TypedSpan]]:
    """Text and mentions of a source in which [TYPE name] or [TYPE:score name] marks a mention."""
    text, spans, position = "", list[TypedSpan](), 0
    for match in re.finditer(r"\[(\w+)(?::([\d.]+))? ([^]]+)\]", source):
        text += source[position : match.start()]
        start = len(text)
        text += match.group(3)
        score = float(match.group(2)) if match.group(2) else None
        kind = next(kind for kind in TYPES if kind == match.group(1))
        spans.append(TypedSpan(start, len(text), kind, score))
        position = match.end()
    return text + source[position:], spans
