"""Description and name are one speaker: "the head of the union, Owen Tarr", "Ana Ruiz, a writer".

Parsers often hang one on the wrong word, or each on a word of its own, so the order of the words decides
together with the parse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.words import first_word, last_word
from reader.language.cues import REPORTING, is_person, noun_kind
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.words import Paragraph, Word

_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "DET", "ADP", "PART", "CCONJ", "X"))
_LINKS = frozenset("of for at in on to from with behind near under inside and & the".split())
_ARTICLES = frozenset("a an the his her its their our my your one another".split())
_DEFINITE = frozenset(("the", "'s", "’s", "his", "her", "its", "their"))
# What separates "a retired teacher" from the name it leads to.
_CALLED = frozenset(("named", "called"))
_STYLES = sections("speakers")["titles"]
# "Jr.", "III", "KC", "MP".
_AFTER_A_NAME = sections("speakers")["after a name"]
# Words that join two parts of one description rather than start another clause.
_WIDEST = 16


class DescriptionSpan:
    """Where a description stands: its words ``first`` to ``last``, and the word that heads it.

    A mere style ("Dr", "Lt. Col.") is headed by no word: -1.
    """

    __slots__ = ("first", "head", "last")

    def __init__(self, first: int, last: int, head: int) -> None:
        self.first, self.last, self.head = first, last, head


def _describes(kind: str, word: Word) -> bool:
    """Whether a noun can say what a person (or else an organisation) is."""
    if kind == "PERSON":
        return is_person(word.lower)
    return noun_kind(word.lower) in ("body", "person")


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
    while (
        first > 0 and _joins(words[first]) and last - first < _WIDEST and words[first].lower not in _ARTICLES
    ):
        first -= 1
    if words[first].lower not in _ARTICLES or not _joins(words[first]):
        return None
    head = next((i for i in range(last, first, -1) if words[i].pos in ("NOUN", "PROPN")), -1)
    if head < 0:
        return None
    if first >= 2 and words[first - 1].text == ",":
        outer = _with_comma(paragraph, kind, first - 1, None)
        if outer is not None:
            return DescriptionSpan(outer.first, last, outer.head)
    return DescriptionSpan(first, last, head)


def _joins(word: Word) -> bool:
    """Whether a word can stand in a description that runs up to a name."""
    if word.masked or word.quotation >= 0:
        return False
    if word.pos in _NOMINAL:
        return word.lower not in ("whose", "by", "with", "that", "because", "than", "as", "but", "or")
    if word.pos == "ADV":
        return word.lower in ("very", "then", "now", "newly", "recently", "once", "most", "also")
    return word.text in ("-", "'s", "’s", "’", "'", "/", "&") or word.lower in _LINKS | _ARTICLES


def _adjacent(paragraph: Paragraph, kind: str, last: int) -> DescriptionSpan | None:
    """A description right before the name: its last word is what the person is."""
    words = paragraph.words
    word = words[last]
    if not is_person(word.lower) if kind == "PERSON" else noun_kind(word.lower) != "body":
        return _titled(paragraph, kind, last)
    first = last
    while first > 0 and last - first < _WIDEST:
        before = words[first - 1]
        if before.masked or before.quotation >= 0 or before.lower in _ARTICLES:
            first -= before.lower in _ARTICLES and not before.masked
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
    if comma < 1 or words[comma].text != "," or words[found.first].lower in _ARTICLES:
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
        if not _joins(word):
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
    while first > outside + 1 and words[first - 1].lower not in _LINKS - {"the"}:
        first -= 1
        if words[first].lower in _ARTICLES:
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
    while place >= 0 and comma - place <= _WIDEST:
        word = words[place]
        passive = word.lower == "by" and head < 0 and _participle(words, place - 1)
        if not _joins(word) and not _participle(words, place) and not passive:
            break
        if word.text in ",.;:" or (_introduces(words, place) and not _describes(kind, word)):
            break
        nominal = word.pos in ("NOUN", "PROPN", "ADJ", "X") or word.lower in ("one", "another")
        follows = words[place + 1].lower
        if (
            nominal
            and (place + 1 == comma or follows in _LINKS or _participle(words, place + 1))
            and (_describes(kind, word) or (word.lower in ("one", "another") and follows == "of"))
            and noun_kind(word.lower) != "group"
        ):
            head = place
        place -= 1
    return head, place


def _head_after_cue(words: list[Word], outside: int, comma: int) -> int:
    """The first noun of what stands between a cue and a comma; -1 unless it begins with an article."""
    if outside < 0 or words[outside].stem not in REPORTING or words[outside].masked:
        return -1
    if outside + 1 >= comma or words[outside + 1].lower not in _ARTICLES:
        return -1
    for place in range(outside + 2, comma):
        if words[place].pos in ("NOUN", "PROPN") and (
            place + 1 == comma or words[place + 1].pos == "ADP" or words[place + 1].lower in _LINKS
        ):
            return place if noun_kind(words[place].lower) != "group" else -1
    return -1


def _participle(words: list[Word], place: int) -> bool:
    word = words[place]
    if word.pos != "VERB" or word.masked:
        return False
    followed = words[place + 1].lower if place + 1 < len(words) else ""
    return word.dep in ("acl", "amod", "compound") or (followed == "by" and word.lower.endswith("ed"))


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
        if definite and is_person(words[place].lower) and _describes(kind, words[place]):
            return place if place + 1 == comma or words[place + 1].lower in _LINKS else head
    return head


def _introduces(words: list[Word], place: int) -> bool:
    """Whether a word is a verb of saying rather than a noun like one ("the report", "rail")."""
    word = words[place]
    if word.stem not in REPORTING or word.pos in ("PROPN", "ADJ"):
        return False
    if word.pos == "NOUN":
        return word.lower in ("said", "says", "told", "tells", "wrote", "asked", "added", "warned")
    return place == 0 or words[place - 1].lower not in _ARTICLES


def _whole(words: list[Word], least: int, first: int) -> int:
    """Where a description begins, possessors included: "the union's general secretary"."""
    while first > least and words[first - 1].text in ("'s", "’s", "’", "'"):
        first -= 1
        while first > least and words[first - 1].pos in ("NOUN", "PROPN", "ADJ"):
            first -= 1
        if first > least and words[first - 1].lower in _ARTICLES:
            first -= 1
    return first


def _closed(paragraph: Paragraph, name: Candidate, first: int) -> bool:
    """Whether a name ends what was said before it, rather than being the next clause's subject.

    "Asked about the head of the union, Osric Vane said" has no comma after the name.
    """
    words = paragraph.words
    after = last_word(words, name.index, name.end) + 1
    while after < len(words) and words[after].lower.strip(".") in _AFTER_A_NAME:
        after += 1
    if after >= len(words):
        return True
    follower = words[after]
    if follower.masked or follower.quotation >= 0:
        return True
    if follower.pos in ("VERB", "AUX") or follower.stem in REPORTING:
        return first == 0 or words[first - 1].text in ".:" or words[first - 1].masked
    return True


def description_after(paragraph: Paragraph, name: Candidate) -> DescriptionSpan | None:
    """The description that follows a name: "Ana Ruiz, a writer from Toledo, …"."""
    words = paragraph.words
    assert name.named is not None
    kind = name.named.type
    place = last_word(words, name.index, name.end) + 1
    while (
        place < len(words)
        and (words[place].lower.strip(".") in _AFTER_A_NAME or words[place].text == ".")
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
    for index in range(first, min(len(words), first + 2 * _WIDEST)):
        word = words[index]
        if not _joins(word) and not _participle(words, index):
            break
        if word.text in ",.;:":
            break
        if head < 0 and word.pos in ("NOUN", "PROPN", "ADJ", "X") and _heads_phrase(words, index):
            head = index
        last = index
    if head < 0 or last < first:
        return None
    told = _describes(kind, words[head])
    if not told and (words[head].dep != "appos" or words[first].lower not in _ARTICLES):
        return None
    if kind == "ORG" and words[first].lower not in _ARTICLES:
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
    for index in range(first, min(len(words), first + _WIDEST)):
        if words[index].text in (",", "."):
            return DescriptionSpan(first, index - 1, -1)
        if not _joins(words[index]):
            break
    return None


def _heads_phrase(words: list[Word], index: int) -> bool:
    """Whether a noun is the last of its compound."""
    if index + 1 >= len(words):
        return True
    following = words[index + 1]
    if following.text in ("-", "'s", "’s", "’", "'"):
        return False
    if is_person(words[index].lower) and following.lower in _LINKS | {",", "."}:
        return True
    return following.pos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _past_brackets(words: list[Word], place: int) -> int:
    if place < len(words) and words[place].text == "(":
        for index in range(place + 1, min(len(words), place + 8)):
            if words[index].text == ")":
                return index + 1
    return place
