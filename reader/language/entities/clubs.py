"""Clubs that are named by their cities: what a name does in a match tells the club from the city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.names import key
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.language.entities.labels import Span

_COUNTRIES = sections("places")["countries"]
_SPORT = re.compile(rf"\b(?:{'|'.join(sorted(sections('organisations')['sport']))})\b", re.I)
# An article with so many different words of sport is about sport: one in thirty of our corpus.
_LEAST_SPORT = 6
_BEFORE = re.compile(
    r"\b(?:against|versus|vs\.?|v\.?|beat|beats|beating|defeated|defeating|thrash|thrashed|edged|sinks?|sank"
    r"|stunned|stuns|hosts?|hosted|hosting|faced?|faces|facing|lost to|loss to|lose to|win over|victory over"
    r"|wins? against|draw with|drew with|draws? against|defeat (?:to|by|at)|signed (?:for|from)|joined"
    r"|(?:play|plays|played|playing|scored) for|on loan (?:from|at|to)|behind|ahead of|knocked out|visit to"
    r"|trip to|home to|away to|away at|(?:manager|coach|captain) of) (?:the )?$",
    re.I,
)
_BEHIND = re.compile(
    r" (?:\d+ ?[-–] ?\d+|\d+,|beat|beats|sinks?|sank|lost|lose|drew|draw|won|win|host|hosts|face|lead|led"
    r"|trail|stay|went|have|are|were|coach|manager|boss|striker|midfielder|defender|goalkeeper|keeper|winger|captain"
    r"|skipper|fans|supporters|players?|squad|dugout|bench|academy|star|forward)\b",
    re.I,
)


def clubs_told(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans, places that play, win or have a coach turned into organisations, in an article about sport.

    Countries stay places, whoever plays for them.
    """
    spans = list(spans)
    if len({match.casefold() for match in _SPORT.findall(text)}) < _LEAST_SPORT:
        return spans
    return [
        span._replace(type="ORG") if span.type == "PLACE" and _plays(text, span) else span for span in spans
    ]


def _plays(text: str, span: Span) -> bool:
    if key(text[span.start : span.end]) in _COUNTRIES:
        return False
    before = text[max(0, span.start - 24) : span.start]
    return bool(_BEFORE.search(before) or _BEHIND.match(text, span.end))
