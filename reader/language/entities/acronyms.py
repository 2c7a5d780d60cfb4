"""Initials in brackets after the name that they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import is_acronym, is_acronym_of, key
from reader.language.entities.overlaps import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKETED = re.compile(r"\s[(\[]{1,2}([A-Z][\w.&-]{1,9})[)\]]")

_SURE = 0.8


def defined_acronyms(text: str, spans: Sequence[TypedSpan]) -> tuple[list[TypedSpan], dict[str, str]]:
    """The spans, sorted, with initials in brackets after a name as mentions of its type; and a mapping
    from those initials to that name, both as keys."""
    found = list(spans)
    by_start = {span.start: index for index, span in enumerate(found)}
    added = []
    short_for: dict[str, str] = {}
    for span in spans:
        if _is_other(span):
            continue
        name = text[span.start : span.end]
        match = _BRACKETED.match(text, span.end)
        if match is None or not is_acronym(match.group(1)):
            continue
        start, end = match.span(1)
        index = by_start.get(start)
        given = index is not None and found[index].end == end
        if not is_acronym_of(match.group(1), name):
            # Initials of the name in another language ("Indonesian Red Cross (PMI)") are its type alone.
            if given and index is not None and span.type == "ORG" and " " in name:
                found[index] = found[index]._replace(type="ORG")
                short_for.setdefault(key(match.group(1)), key(match.group(1)))
            continue
        short_for[key(match.group(1))] = key(name)
        if given and index is not None:
            found[index] = found[index]._replace(type=span.type)
        elif not inside(spans, (start, end)):
            added.append(TypedSpan(start, end, span.type, span.score))
    return sorted(found + added, key=lambda span: span[:2]), short_for


def acronyms_of_others(text: str, spans: Sequence[TypedSpan]) -> frozenset[str]:
    """The keys of initials in brackets after a treaty, an event or another name that is surely nobody's."""
    found = set()
    for span in spans:
        match = _BRACKETED.match(text, span.end) if _is_other(span) else None
        if match and is_acronym(match.group(1)):
            found.add(key(match.group(1)))
    return frozenset(found)


def _is_other(span: TypedSpan) -> bool:
    return span.type == "OTHER" and (span.score is None or span.score >= _SURE)
