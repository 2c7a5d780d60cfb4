"""Clubs that are named by their cities: what a name does in a match tells the club from the city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.names import key
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.entities.labels import TypedSpan

_COUNTRIES = sections("places")["countries"]
_SPORT = sections("organisations")["sport"]
_WORDS = re.compile(r"\w+(?:-\w+)?")
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


def about_sport(text: str) -> bool:
    """Whether an article is about sport: it uses enough different words of sport."""
    found = set(_WORDS.findall(text.casefold()))
    found.update(*(word.split("-") for word in found if "-" in word))
    return len(found & _SPORT) >= _LEAST_SPORT


def plays(text: str, span: TypedSpan) -> bool:
    """Whether a name does in its sentence what clubs do. Countries are none, whoever plays for them."""
    if key(text[span.start : span.end]) in _COUNTRIES:
        return False
    before = text[max(0, span.start - 24) : span.start]
    return bool(_BEFORE.search(before) or _BEHIND.match(text, span.end))
