"""The description that leads to a name: "the head of the union, Owen Tarr", "economist Aparna Mathur".

Parsers often hang one on the wrong word, or each on a word of its own, so the order of the words decides
together with the parse.
"""

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
from reader.language.cues import REPORTING, is_person, noun_kind
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.words import Paragraph, Word

_DEFINITE = frozenset(("the", "'s", "’s", "his", "her", "its", "their"))
# What separates "a retired teacher" from the name it leads to.
_CALLED = frozenset(("named", "called"))
_STYLES = sections("speakers")["titles"]


def description_before(paragraph: Paragraph, name: Candidate) -> DescriptionSpan | None:
    """The description that leads to a name: "the union's head, Owen Tarr", "economist Aparna Mathur"."""
    words = paragraph.words
    assert name.named is not None
    kind = name.named.type
    first = first_word(words, name.index, name.start)
    place = _before_style(words, first)
    if place >= 1 and words[place].lower in _CALLED:
        return _led_by(paragraph, kind, place - 1)
    styled = (
        DescriptionSpan(place + 1, first - 1, _style(words, place + 1, first)) if place + 1 < first else None
    )
    if place < 0:
        return styled
    if words[place].text == "," or _enclosed(words, place, last_word(words, name.index, name.end) + 1):
        return _with_comma(paragraph, kind, place, name) or styled
    if styled is not None and not _plain_noun(words[place]):
        return styled
    if words[place].masked or words[place].text in ("—", "--"):
        return styled
    found = _adjacent(paragraph, kind, first - 1) or _adjacent(paragraph, kind, place)
    return _doubled(paragraph, kind, found, name) if found is not None else styled


def _enclosed(words: list[Word], opening: int, closing: int) -> bool:
    """Whether a name stands in brackets or between dashes: "the minister (Osric Vane)"."""
    if opening < 1 or closing >= len(words) or words[opening - 1].masked:
        return False
    pair = words[opening].text, words[closing].text
    return pair == ("(", ")") or (pair[0] in ("—", "–", "--") and pair[0] == pair[1])


def _before_style(words: list[Word], first: int) -> int:
    """The word before a name and its style: "the Rt Rev", "Lt. Col."."""
    place = first - 1
    while place >= 0 and first - place <= 6 and not words[place].masked:
        abbreviated = words[place].text == "." and place > 0 and words[place - 1].lower in _STYLES
        if (words[place].lower.rstrip(".") or "-") not in _STYLES and not abbreviated:
            break
        place -= 1
    if 0 <= place < first - 1 and words[place].lower == "the":
        place -= 1
    return place


def _style(words: list[Word], first: int, end: int) -> int:
    """The word of a style that says what the person is ("retired captain"), or -1."""
    return next((i for i in range(end - 1, first - 1, -1) if is_person(words[i].lower)), -1)


def _plain_noun(word: Word) -> bool:
    return word.pos in ("NOUN", "PROPN", "ADJ") and word.quotation < 0


def _led_by(paragraph: Paragraph, kind: str, last: int) -> DescriptionSpan | None:
    """A description that ends in "named": "one of her neighbours, a Pole called Marek"."""
    words = paragraph.words
    first = last
    while first > 0 and joins(words[first]) and last - first < WIDEST and words[first].lower not in ARTICLES:
        first -= 1
    if words[first].lower not in ARTICLES or not joins(words[first]):
        return None
    head = next((i for i in range(last, first, -1) if words[i].pos in ("NOUN", "PROPN")), -1)
    if head < 0:
        return None
    if first >= 2 and words[first - 1].text == ",":
        outer = _with_comma(paragraph, kind, first - 1, None)
        if outer is not None:
            return DescriptionSpan(outer.first, last, outer.head)
    return DescriptionSpan(first, last, head)


def _adjacent(paragraph: Paragraph, kind: str, last: int) -> DescriptionSpan | None:
    """A description right before the name: its last word is what the person is."""
    words = paragraph.words
    word = words[last]
    if not is_person(word.lower) if kind == "PERSON" else noun_kind(word.lower) != "body":
        return _titled(paragraph, kind, last)
    first = last
    while first > 0 and last - first < WIDEST:
        before = words[first - 1]
        if before.masked or before.quotation >= 0 or before.lower in ARTICLES:
            first -= before.lower in ARTICLES and not before.masked
            break
        if before.text in ("-", "'s", "’s", "’", "'", "/") or before.pos in ("NOUN", "PROPN", "ADJ", "NUM"):
            if before.stem in REPORTING and before.pos != "PROPN" and before.dep not in ("compound", "amod"):
                break
            first -= 1
        elif before.lower in ("and", "&") and first >= 2 and is_person(words[first - 2].lower):
            first -= 2
        else:
            break
    while first < last and words[first].text in ("'s", "’s", "’", "'", "-", "/"):
        first += 1
    return DescriptionSpan(first, last, last)


def _doubled(paragraph: Paragraph, kind: str, found: DescriptionSpan, name: Candidate) -> DescriptionSpan:
    """Two descriptions of one: "His lawyer, former prosecutor Ana Ruiz, said"."""
    words = paragraph.words
    comma = found.first - 1
    if comma < 1 or words[comma].text != "," or words[found.first].lower in ARTICLES:
        return found
    outer = _with_comma(paragraph, kind, comma, name)
    if outer is None or not any(word.lower in _DEFINITE for word in words[outer.first : outer.head]):
        return found
    return DescriptionSpan(outer.first, found.last, outer.head)


def _titled(paragraph: Paragraph, kind: str, last: int) -> DescriptionSpan | None:
    """A title with its field between it and the name: "Prime Minister of the islands Siv Malm"."""
    words = paragraph.words
    if kind != "PERSON" or words[last].pos not in ("NOUN", "PROPN"):
        return None
    for head in range(last - 1, max(-1, last - 6), -1):
        word = words[head]
        if is_person(word.lower) and words[head + 1].lower in ("of", "for"):
            first = head
            while (
                first > 0 and words[first - 1].pos in ("PROPN", "ADJ", "DET") and not words[first - 1].masked
            ):
                first -= 1
            starts = first == 0 or words[first - 1].text in ".,:" or words[first - 1].stem in REPORTING
            return DescriptionSpan(first, last, head) if starts else None
        if not joins(word):
            break
    return None


def _with_comma(
    paragraph: Paragraph, kind: str, comma: int, name: Candidate | None
) -> DescriptionSpan | None:
    """A description before a comma and the name: "the minister for rural affairs, Osric Vane"."""
    words = paragraph.words
    comma = _before_place(words, comma)
    head, outside = _head_before(words, kind, comma)
    if head < 0 and name is not None and kind == "PERSON":
        # Between a cue and a name stands what the person is: "said the bridge tender, Bo Lee".
        head = _head_after_cue(words, outside, comma)
    if head < 0:
        return None
    head = _nearer(words, kind, head, comma)
    first = head
    while first > outside + 1 and words[first - 1].lower not in LINKS - {"the"}:
        first -= 1
        if words[first].lower in ARTICLES:
            break
    first = _whole(words, outside + 1, first)
    if name is not None and not _closed(paragraph, name, first):
        return None
    if first >= 2 and words[first - 1].text == "," and words[first].lower in ("a", "an"):
        # "The secretary for the sea, a very nice young man, Osric Vane"
        outer = _with_comma(paragraph, kind, first - 1, None)
        if outer is not None:
            return DescriptionSpan(outer.first, comma - 1, outer.head)
    return DescriptionSpan(first, comma - 1, head)


def _before_place(words: list[Word], comma: int) -> int:
    """The comma that ends a description, a place passed over: "the mayor of Arlow, Kent, Bo Lee"."""
    place = comma - 1
    while place > 0 and comma - place <= 3 and words[place].pos == "PROPN":
        place -= 1
    between = comma - 1 - place
    return place if 1 <= between <= 2 and place > 0 and words[place].text == "," else comma


def _head_before(words: list[Word], kind: str, comma: int) -> tuple[int, int]:
    """The noun that heads the description before a comma (-1 for none), and the last word outside it."""
    head = -1
    place = comma - 1
    while place >= 0 and comma - place <= WIDEST:
        word = words[place]
        passive = word.lower == "by" and head < 0 and is_participle(words, place - 1)
        if not joins(word) and not is_participle(words, place) and not passive:
            break
        if word.text in ",.;:" or (_introduces(words, place) and not describes(kind, word)):
            break
        nominal = word.pos in ("NOUN", "PROPN", "ADJ", "X") or word.lower in ("one", "another")
        follows = words[place + 1].lower
        if (
            nominal
            and (place + 1 == comma or follows in LINKS or is_participle(words, place + 1))
            and (describes(kind, word) or (word.lower in ("one", "another") and follows == "of"))
            and noun_kind(word.lower) != "group"
        ):
            head = place
        place -= 1
    return head, place


def _head_after_cue(words: list[Word], outside: int, comma: int) -> int:
    """The first noun of what stands between a cue and a comma; -1 unless it begins with an article."""
    if outside < 0 or words[outside].stem not in REPORTING or words[outside].masked:
        return -1
    if outside + 1 >= comma or words[outside + 1].lower not in ARTICLES:
        return -1
    for place in range(outside + 2, comma):
        if words[place].pos in ("NOUN", "PROPN") and (
            place + 1 == comma or words[place + 1].pos == "ADP" or words[place + 1].lower in LINKS
        ):
            return place if noun_kind(words[place].lower) != "group" else -1
    return -1


def _nearer(words: list[Word], kind: str, head: int, comma: int) -> int:
    """Which of two people a name belongs to: in "a spokesman for the minister, Osric Vane" the second."""
    start = head
    while start > 0 and words[start - 1].pos in ("ADJ", "NOUN", "PROPN", "DET"):
        start -= 1
        if words[start].pos == "DET":
            break
    if words[start].lower not in ("a", "an"):
        return head
    for place in range(comma - 1, head + 1, -1):
        definite = any(
            w.lower in ("the", "'s", "’s", "his", "her", "its", "their") for w in words[head:place]
        )
        if definite and is_person(words[place].lower) and describes(kind, words[place]):
            return place if place + 1 == comma or words[place + 1].lower in LINKS else head
    return head


def _introduces(words: list[Word], place: int) -> bool:
    """Whether a word is a verb of saying rather than a noun like one ("the report", "rail")."""
    word = words[place]
    if word.stem not in REPORTING or word.pos in ("PROPN", "ADJ"):
        return False
    if word.pos == "NOUN":
        return word.lower in ("said", "says", "told", "tells", "wrote", "asked", "added", "warned")
    return place == 0 or words[place - 1].lower not in ARTICLES


def _whole(words: list[Word], least: int, first: int) -> int:
    """Where a description begins, possessors included: "the union's general secretary"."""
    while first > least and words[first - 1].text in ("'s", "’s", "’", "'"):
        first -= 1
        while first > least and words[first - 1].pos in ("NOUN", "PROPN", "ADJ"):
            first -= 1
        if first > least and words[first - 1].lower in ARTICLES:
            first -= 1
    return first


def _closed(paragraph: Paragraph, name: Candidate, first: int) -> bool:
    """Whether a name ends what was said before it, rather than being the next clause's subject.

    "Asked about the head of the union, Osric Vane said" has no comma after the name.
    """
    words = paragraph.words
    after = last_word(words, name.index, name.end) + 1
    while after < len(words) and words[after].lower.strip(".") in AFTER_A_NAME:
        after += 1
    if after >= len(words):
        return True
    follower = words[after]
    if follower.masked or follower.quotation >= 0:
        return True
    if follower.pos in ("VERB", "AUX") or follower.stem in REPORTING:
        return first == 0 or words[first - 1].text in ".:" or words[first - 1].masked
    return True
