"""The description that follows a name: "Ana Ruiz, a writer from Toledo, …", "Bo Lee, of the union, …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.descriptions import (
    AFTER_A_NAME,
    ARTICLES,
    LINKS,
    WIDEST,
    DescriptionSpan,
    describes,
    is_participle,
    joins,
)
from reader.language.attribution.words import first_word, last_word
from reader.language.cues import REPORTING, is_person

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.words import Paragraph, Word


def description_after(paragraph: Paragraph, name: Candidate) -> DescriptionSpan | None:
    """The description that follows a name: "Ana Ruiz, a writer from Toledo, …"."""
    words = paragraph.words
    assert name.named is not None
    kind = name.named.type
    place = last_word(words, name.index, name.end) + 1
    while (
        place < len(words)
        and (words[place].lower.strip(".") in AFTER_A_NAME or words[place].text == ".")
        and place + 1 < len(words)
        and words[place + 1].text in (",", ".")
    ):
        place += 1
    place = _past_brackets(words, place)
    if place + 1 < len(words) and words[place].text == "," and words[place + 1].text.isdigit():
        place += 2  # the age
    if place + 1 >= len(words) or words[place].text != ",":
        return None
    first = place + 1
    if words[first].lower == "of" and kind == "PERSON":
        return _origin(words, first)
    last = first - 1
    head = -1
    for index in range(first, min(len(words), first + 2 * WIDEST)):
        word = words[index]
        if not joins(word) and not is_participle(words, index):
            break
        if word.text in ",.;:":
            break
        if head < 0 and word.pos in ("NOUN", "PROPN", "ADJ", "X") and _heads_phrase(words, index):
            head = index
        last = index
    if head < 0 or last < first:
        return None
    told = describes(kind, words[head])
    if not told and (words[head].dep != "appos" or words[first].lower not in ARTICLES):
        return None
    if kind == "ORG" and words[first].lower not in ARTICLES:
        return None
    end = words[last + 1] if last + 1 < len(words) else None
    if end is None or end.text in (",", ".", ";", ")", "—", "-", "--") or end.masked or end.quotation >= 0:
        return DescriptionSpan(first, last, head)
    if end.lower in ("who", "which", "that", "whose", "where", "while", "when", "as", "by", "with", "but"):
        return DescriptionSpan(first, last, head)
    # "According to Ana Ruiz, the mayor said": the next clause, unless the name begins the sentence.
    start = first_word(words, name.index, name.start)
    begins = start == 0 or words[start - 1].text in ".:" or words[start - 1].stem in REPORTING
    return DescriptionSpan(first, last, head) if begins and end.pos in ("VERB", "AUX") else None


def _origin(words: list[Word], first: int) -> DescriptionSpan | None:
    """Where somebody is from, between commas: "Ana Ruiz, of the University of Arlow, said"."""
    for index in range(first, min(len(words), first + WIDEST)):
        if words[index].text in (",", "."):
            return DescriptionSpan(first, index - 1, -1)
        if not joins(words[index]):
            break
    return None


def _heads_phrase(words: list[Word], index: int) -> bool:
    """Whether a noun is the last of its compound."""
    if index + 1 >= len(words):
        return True
    following = words[index + 1]
    if following.text in ("-", "'s", "’s", "’", "'"):
        return False
    if is_person(words[index].lower) and following.lower in LINKS | {",", "."}:
        return True
    return following.pos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _past_brackets(words: list[Word], place: int) -> int:
    if place < len(words) and words[place].text == "(":
        for index in range(place + 1, min(len(words), place + 8)):
            if words[index].text == ")":
                return index + 1
    return place
