"""Names in letters of their own beside their English form: "王伟 (Wang Wei)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import key
from reader.language.entities.overlaps import inside
from reader.text.languages import OTHER_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OWN = rf"(?:[{OTHER_LETTERS}]+(?:[ ·・-][{OTHER_LETTERS}]+){{0,4}})"
_LATIN = r"(?:[^\W\d_a-z][\w’'.-]*(?: [\w’'.-]+){0,4})"
# In either order, the second in brackets.
_PAIR = re.compile(rf"({_OWN}) \(({_LATIN})\)|({_LATIN}) \(({_OWN})\)")
_SPEAKS = re.compile(
    rf"(?:\b(?:said|says|told|asked|answered|replied|added|wrote|warned) ({_OWN}))"
    rf"|({_OWN})(?= (?:said|says|told|asked|answered|replied|added|wrote|warned)\b)"
)


def with_own_letters(text: str, spans: Sequence[TypedSpan]) -> tuple[list[TypedSpan], dict[str, str]]:
    """The spans, sorted, with names in other letters beside a name that is known, or that speak, as mentions;
    and a mapping from those names to the English ones, both as keys.

    What was recognised inside such a name is dropped: the recogniser reads letters there, no names.
    """
    if text.isascii():
        return list(spans), {}
    short_for: dict[str, str] = {}
    added: dict[tuple[int, int], TypedSpan] = {}
    for match in _PAIR.finditer(text):
        own, latin = (1, 2) if match.group(1) else (4, 3)
        sides = (*inside(spans, match.span(latin)), *inside(spans, match.span(own)))
        known = next((span for span in sides if _is_side(span, match, own, latin)), None)
        if known and known.type in ("PERSON", "PLACE", "ORG"):
            english = match.span(latin) if known[:2] == match.span(own) else known[:2]
            short_for[key(match.group(own))] = key(text[slice(*english)])
            for place in (match.span(own), english):
                added[place] = known._replace(start=place[0], end=place[1])
    for match in _SPEAKS.finditer(text):
        place = match.span(1) if match.group(1) else match.span(2)
        added.setdefault(place, TypedSpan(*place, "PERSON"))
    dropped = {span for place in added for span in inside(spans, place)}
    kept = [span for span in spans if span not in dropped]
    return sorted([*kept, *added.values()], key=lambda span: span[:2]), short_for


def _is_side(span: TypedSpan, match: re.Match[str], own: int, latin: int) -> bool:
    """Whether a span is one side of a pair; of the English side before the brackets its end will do."""
    start, end = match.span(latin)
    whole = span.start == start if latin == 2 else span.start >= start
    return span[:2] == match.span(own) or (span.end == end and whole)


def transcribed(
    text: str, places: Iterable[tuple[int, int]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of mentions of one thing: a name and, in brackets behind it, its form in other letters."""
    if text.isascii():
        return []
    by_start = {place[0]: place for place in places}
    found = []
    for place in by_start.values():
        other = by_start.get(place[1] + 2)
        if other is None or text[place[1] : other[0]] != " (" or text[other[1] : other[1] + 1] != ")":
            continue
        sides = [bool(re.fullmatch(_OWN, text[start:end])) for start, end in (place, other)]
        if sides[0] != sides[1]:
            found.append((place, other))
    return found
