"""Whose words a noun of saying announces: "Ruiz's reply was brief: “No.”", "Her verdict? “Nonsense.”"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.language.attribution.words import Paragraph

REPLIES = frozenset(("reply", "answer", "response", "retort", "verdict", "comment"))
_ANNOUNCING = REPLIES | frozenset(
    (
        "advice", "argument", "assessment", "belief", "claim", "conclusion", "excuse", "explanation",
        "message", "motto", "plea", "prediction", "promise", "question", "quip", "reaction", "rejoinder",
        "remark", "request", "riposte", "summary", "tweet", "view", "warning",
    )
)  # fmt: skip
_MARKS = frozenset(("'s", "’s", "'", "’"))
_PRONOUNS = frozenset(("his", "her"))
# What may stand between the noun and the words: an aside, to whom it is said, how it is.
_ASIDE = r"(?:, [^,;.:?!]{1,50} ,)?(?: ?\b(?:to|for|on|about|from|at) [^,;.:?!]{1,50}?)?"
_IS = r" ?\b(?:was|is|were|are|came|remains|remained)\b"
_BEFORE_ALL = re.compile(rf"{_ASIDE}(?:{_IS}[^;.:?!]{{0,40}}? ?[:,—–-]?| ?[:?,—–-])")
_BEFORE_PART = re.compile(rf"{_ASIDE}(?:{_IS} that\b[^;.:?!]{{0,40}}|(?:{_IS}[^;.:?!]{{0,40}}?)? ?:)")
_REACH = 24  # words
_BETWEEN = 2  # words between whose it is and what: "her own blunt verdict"


class Announced(NamedTuple):
    """The last word of whoever's words follow, and the noun that says what they are."""

    owner: int
    noun: int


def announced(paragraph: Paragraph, number: int) -> Announced | None:
    """Who is said, right before a quotation, to own the words that follow."""
    words = paragraph.words
    first = paragraph.spans[number][0]
    tail = _BEFORE_ALL if number in paragraph.direct else _BEFORE_PART
    for noun in range(first - 1, max(-1, first - _REACH), -1):
        if words[noun].quotation >= 0 or words[noun].text in ".;!":
            return None
        if words[noun].lower not in _ANNOUNCING:
            continue
        if not tail.fullmatch(" ".join(word.text for word in words[noun + 1 : first])):
            return None
        for before in range(noun - 1, max(-1, noun - 3 - _BETWEEN), -1):
            if words[before].lower in _MARKS and before:
                return Announced(before - 1, noun)
            if words[before].lower in _PRONOUNS:
                return Announced(before, noun)
            if words[before].pos not in ("ADJ", "NOUN", "ADV", "VERB"):
                return None
        return None
    return None
