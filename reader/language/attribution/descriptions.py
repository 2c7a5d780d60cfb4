"""What a description beside a name is made of: "the head of the union", "a writer from Toledo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.cues import is_person, noun_kind
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.attribution.words import Word

_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "DET", "ADP", "PART", "CCONJ", "X"))
LINKS = frozenset("of for at in on to from with behind near under inside and & the".split())
ARTICLES = frozenset("a an the his her its their our my your one another".split())
# "Jr.", "III", "KC", "MP".
AFTER_A_NAME = sections("speakers")["after a name"]
WIDEST = 16
"""Words of a description that are looked at."""


class DescriptionSpan:
    """Where a description stands: its words ``first`` to ``last``, and the word that heads it.

    A mere style ("Dr", "Lt. Col.") is headed by no word: -1.
    """

    __slots__ = ("first", "head", "last")

    def __init__(self, first: int, last: int, head: int) -> None:
        self.first, self.last, self.head = first, last, head


def describes(kind: str, word: Word) -> bool:
    """Whether a noun can say what a person (or else an organisation) is."""
    if kind == "PERSON":
        return is_person(word.lower)
    return noun_kind(word.lower) in ("body", "person")


def joins(word: Word) -> bool:
    """Whether a word can stand in a description that runs up to a name."""
    if word.masked or word.quotation >= 0:
        return False
    if word.pos in _NOMINAL:
        return word.lower not in ("whose", "by", "with", "that", "because", "than", "as", "but", "or")
    if word.pos == "ADV":
        return word.lower in ("very", "then", "now", "newly", "recently", "once", "most", "also")
    return word.text in ("-", "'s", "’s", "’", "'", "/", "&") or word.lower in LINKS | ARTICLES


def is_participle(words: list[Word], place: int) -> bool:
    """Whether a verb qualifies a noun there: "elected", "run by"."""
    word = words[place]
    if word.pos != "VERB" or word.masked:
        return False
    followed = words[place + 1].lower if place + 1 < len(words) else ""
    return word.dep in ("acl", "amod", "compound") or (followed == "by" and word.lower.endswith("ed"))
