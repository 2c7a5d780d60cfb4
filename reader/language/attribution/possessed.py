"""Whose words they are by a noun of saying: "Ruiz's reply was brief: “No.”", "“No,” was Ruiz's reply",
"in Ruiz's words, “a mess”"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.attribution.words import Paragraph

_NOUNS = sections("reporting")
REPLIES = _NOUNS["replies"]
_ANNOUNCING = _NOUNS["what is said"]
_ASCRIBED = _ANNOUNCING | _NOUNS["what is said, behind"]
_IN_PASSING = _NOUNS["said in passing"]
_MARKS = frozenset(("'s", "’s", "'", "’"))
_PRONOUNS = frozenset(("his", "her"))
_STOPS = frozenset(".;:?!,")
# What may stand between the noun and the words: an aside, to whom it is said, how it is.
_ASIDE = r"(?:, [^,;.:?!]{1,50} ,)?(?: ?\b(?:to|for|on|about|from|at) [^,;.:?!]{1,50}?)?"
_IS = r" ?\b(?:was|is|were|are|came|remains|remained)\b"
_BEFORE_ALL = re.compile(rf"{_ASIDE}(?:{_IS}[^;.:?!]{{0,40}}? ?[:,—–-]?| ?[:?,—–-])")
_BEFORE_PART = re.compile(rf"{_ASIDE}(?:{_IS} that\b[^;.:?!]{{0,40}}|(?:{_IS}[^;.:?!]{{0,40}}?)? ?:)")
_BEING = frozenset(("was", "is", "were", "are", "came"))
_PASSING = frozenset(("in", "by"))
# What may stand between "by his own admission" and the words.
_UP_TO = re.compile(
    r"(?: ?, ?)?(?:(?:was|is|were|are|had been|has been|being)\b ?)?(?:\b(?:a|an|the|all)\b)?"
)
_REACH = 24  # words
_NEAR = 9  # words
_BETWEEN = 2  # words between whose it is and what: "her own blunt verdict"


class Announced(NamedTuple):
    """The last word of whoever's words they are, and the noun that says what they are."""

    owner: int
    noun: int


def owned(paragraph: Paragraph, number: int) -> Announced | None:
    """Who is said to own the words of a quotation."""
    return announced(paragraph, number) or ascribed(paragraph, number)


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
        return _owner(paragraph, noun)
    return None


def ascribed(paragraph: Paragraph, number: int) -> Announced | None:
    """Who is said, right behind a quotation or in passing, to own the words."""
    return _behind(paragraph, number) or _in_passing(paragraph, number)


def _behind(paragraph: Paragraph, number: int) -> Announced | None:
    """ "Nonsense," was Ana Ruiz's verdict on it."""
    words = paragraph.words
    being = paragraph.spans[number][1] + 1
    if being < len(words) and words[being].text == ",":
        being += 1
    if being >= len(words) or words[being].lower not in _BEING:
        return None
    for noun in range(being + 1, min(len(words), being + _NEAR)):
        if words[noun].quotation >= 0 or words[noun].text in _STOPS:
            return None
        if words[noun].lower in _ASCRIBED:
            return _owner(paragraph, noun)
    return None


def _in_passing(paragraph: Paragraph, number: int) -> Announced | None:
    """In Ruiz's words, "a mess" — by her own admission "a gamble" — "a mess", in Ruiz's phrase."""
    words = paragraph.words
    first, last = paragraph.spans[number]
    behind = last + 1 + (last + 1 < len(words) and words[last + 1].text == ",")
    starts = [behind] if behind < len(words) and words[behind].lower in _PASSING else []
    ends = range(first - 1, max(-1, first - 5), -1)
    noun = next((i for i in ends if words[i].lower in _IN_PASSING), -1)
    if noun >= 0 and _UP_TO.fullmatch(" ".join(word.text for word in words[noun + 1 : first])):
        starts += [i for i in range(noun - 1, max(-1, noun - _NEAR), -1) if words[i].lower in _PASSING][:1]
    for start in starts:
        for noun in range(start + 1, min(len(words), start + _NEAR)):
            if words[noun].quotation >= 0 or words[noun].text in _STOPS:
                break
            if words[noun].lower in _IN_PASSING and (found := _owner(paragraph, noun)) is not None:
                return found
    return None


def _owner(paragraph: Paragraph, noun: int) -> Announced | None:
    words = paragraph.words
    for before in range(noun - 1, max(-1, noun - 3 - _BETWEEN), -1):
        if words[before].lower in _MARKS and before:
            return Announced(before - 1, noun)
        if words[before].lower in _PRONOUNS:
            return Announced(before, noun)
        if words[before].pos not in ("ADJ", "NOUN", "ADV", "VERB"):
            return None
    return None
