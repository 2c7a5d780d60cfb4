"""Plain patterns: who stands with a verb of saying beside a quotation, in its own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.answer import Answer
from reader.language.attribution.layout import headline
from reader.language.attribution.mentions import SUBJECTS
from reader.language.attribution.possessed import announced, ascribed
from reader.language.attribution.words import first_word, last_word
from reader.language.cues import PLAINLY_REPORTING, REPORTING, is_person, noun_kind

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene

_STOPS = frozenset('.;:?!"')
# "per the party’s bylaws", not "per cent".
_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "its", "their"))
# Words of a name, and of a clause, that are looked at.
_LONGEST_NAME, _REACH = 8, 16
_JOINING = frozenset((",", ";", ":", ".", "?", "!", '"', "”", "—", "–", "and", "but", "so", "then"))
_NEAR = 7
_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being", "widely"))
_OWN_CLAUSE = frozenset(("conj", "parataxis"))
# What follows one of these stands against what was said before, wherever the parser hangs it.
_AGAINST = frozenset(("while", "whereas", "although", "though"))
_SHARED = frozenset(("conj", "xcomp", "advcl", "parataxis", "ccomp"))


def subject_of(place: Scene, verb: int) -> Candidate | None:
    """The subject of a verb, or of the verb that it shares its subject with."""
    words = place.paragraph.words
    for position in range(verb - 1, max(-1, verb - 8), -1):
        near = place.at.get(position)
        if near is not None and near.verb == verb and near.named is not None and near.word.head != verb:
            # The order of the words made it the subject, where the parser did not.
            return near
    for _ in range(4):
        for child in place.paragraph.children[verb]:
            candidate = place.at.get(child)
            if words[child].dep not in SUBJECTS or (candidate is not None and _behind_by(place, candidate)):
                continue
            if words[child].lower in ("who", "which", "that") and words[verb].dep.startswith("acl"):
                return place.at.get(words[verb].head) or candidate
            if candidate is not None:
                return candidate
        head = words[verb].head
        if words[verb].dep.startswith("acl") and words[verb].lower.endswith("ing"):
            # "footage of Ana Ruiz asking, “Why?”"
            asking = place.at.get(head)
            return asking if asking is not None and _person(asking) else None
        if words[verb].dep not in _SHARED or head == verb or words[head].masked:
            return None
        verb = head
    return None


def _behind_by(place: Scene, candidate: Candidate) -> bool:
    """Whether a name follows "by", and is no subject then: "Asked by Ana Ruiz, Bo Lee said"."""
    words = place.paragraph.words
    before = first_word(words, candidate.index, candidate.start) - 1
    return words[candidate.index].dep == "nsubj" and before >= 0 and words[before].lower == "by"


def _person(candidate: Candidate) -> bool:
    return candidate.named.type == "PERSON" if candidate.named is not None else is_person(candidate.lower)


def after(place: Scene, index: int, reach: int = 8) -> Candidate | None:
    """The first candidate after a word, in the same clause: an inverted subject."""
    words = place.paragraph.words
    for position in range(index + 1, min(index + reach, len(words))):
        if words[position].quotation >= 0 or words[position].text in _STOPS or words[position].text in ",(":
            return None
        if position in place.at:
            return place.at[position]
    return None


def before(place: Scene, index: int, reach: int = 8) -> Candidate | None:
    """The last candidate before a word, in the same clause, that is no object."""
    words = place.paragraph.words
    for position in range(index - 1, max(-1, index - reach), -1):
        if words[position].quotation >= 0 or words[position].text in _STOPS:
            return None
        candidate = place.at.get(position)
        if candidate is not None and words[position].dep not in ("obl", "obj", "nmod"):
            return candidate
    return None


def beside(place: Scene, number: int, ending: str = "") -> Answer | None:
    """Find the speaker of a quotation, that ends in a punctuation mark, in its own sentence."""
    given = _given(place, number)
    if given is not None:
        return given
    first, last = place.paragraph.spans[number]
    if ending == "." and first > 0 and place.paragraph.words[first - 1].text in (",", ":"):
        # She says, "Q." I told her: what follows the full stop is another sentence.
        introduced = _owner(place, number) or _left(place, first)
        if introduced is not None:
            return introduced
    if number in place.paragraph.direct:
        found = _right(place, last)
        if found is not None:
            return found
    return (
        _owner(place, number)
        or _agent(place, first, last)
        or _closing(place, last)
        or _left(place, first)
        or _according(place, last)
    )


def _right(place: Scene, last: int) -> Answer | None:
    """The patterns "Q", said X — "Q", X said — "Q" — X."""
    words = place.paragraph.words
    start = last + 1
    while start < len(words) and words[start].text in (",", "—", "-", "--") and start - last < 3:
        start += 1
    for verb in range(start, min(len(words), start + 14)):
        if words[verb].quotation >= 0 or words[verb].text in ".;":
            break
        if not place.is_cue(verb):
            continue
        cue = verb, verb
        if verb == start:
            candidate = after(place, verb) or subject_of(place, verb)
            if candidate is not None:
                return Answer(candidate, cue)
        candidate = subject_of(place, verb)
        if candidate is not None and start <= candidate.index < verb:
            return Answer(candidate, cue)
        candidate = before(place, verb)
        if candidate is not None and candidate.index >= start:
            return Answer(candidate, cue)
        break
    return headline(place, last)


def _closing(place: Scene, last: int) -> Answer | None:
    """The pattern … "Q" X said. — a name and its verb that end the sentence right after a quotation."""
    words = place.paragraph.words
    start = last + 1 + (last + 1 < len(words) and words[last + 1].text == ",")
    candidate = _beginning(place, start)
    if candidate is None or candidate.named is None:
        return None
    verb = last_word(words, candidate.index, candidate.end) + 1
    if verb >= len(words) or words[verb].stem not in PLAINLY_REPORTING or words[verb].masked:
        return None
    ends = verb + 1 == len(words) or words[verb + 1].text == "."
    return Answer(candidate, (verb, verb)) if ends else None


def _beginning(place: Scene, start: int) -> Candidate | None:
    """The candidate whose first word this is."""
    words = place.paragraph.words
    for index in range(start, min(len(words), start + _LONGEST_NAME)):
        candidate = place.at.get(index)
        if candidate is not None:
            return candidate if candidate.start == words[start].start else None
    return None


def _contrasted(place: Scene, verb: int) -> Candidate | None:
    """The name right behind a "while" or a semicolon before a verb, whatever the parser hangs where:
    "…; Severn Water, for its part, insists that"."""
    words = place.paragraph.words
    for index in range(verb - 1, max(-1, verb - _REACH), -1):
        against = words[index].lower in _AGAINST or words[index].text == ";"
        if words[index].quotation >= 0 or (words[index].text in _STOPS and not against):
            return None
        if against:
            candidate = _beginning(place, index + 1)
            if candidate is None or candidate.named is None or candidate.named.type == "PLACE":
                return None
            follower = last_word(words, candidate.index, candidate.end) + 1
            return candidate if follower == verb or words[follower].text == "," else None
    return None


def _left(place: Scene, first: int) -> Answer | None:
    """The patterns X said: "Q" — said X: "Q" — X: "Q" — according to X, "Q"."""
    words = place.paragraph.words
    verb = first - 1
    while verb >= 0 and words[verb].text in (",", ":", "that", "—", "-"):
        verb -= 1
    colon = verb + 1 < first and any(words[i].text == ":" for i in range(verb + 1, first))
    if colon and 0 <= verb <= 4 and verb in place.at and not any(place.is_cue(i) for i in range(verb)):
        return Answer(place.at[verb], (-1, -1))
    for _ in range(25):
        if verb < 0 or words[verb].masked:
            break
        if verb < first - 1 and words[verb].text in ".?!" and words[verb + 1].sentence > words[verb].sentence:
            break
        if words[verb].lower == "words" and verb + 1 < first and words[verb + 1].lower == "of":
            candidate = after(place, verb + 1)
            if candidate is not None:
                return Answer(candidate, (verb, verb + 1), "in the words of", sure=True)
        if words[verb].lower == "according":
            candidate = after(place, verb + 1)
            if candidate is not None:
                return Answer(candidate, (verb, verb + 1))
        if place.is_cue(verb) and not _thing(place, verb):
            cue = verb, verb
            candidate = _contrasted(place, verb)
            if candidate is not None:
                return Answer(candidate, cue, sure=True)
            candidate = subject_of(place, verb)
            if (
                candidate is not None
                and candidate.index < first
                and candidate.lower not in ("it", "that", "which")
            ):
                return Answer(candidate, cue)
            candidate = before(place, verb)
            if candidate is not None:
                return Answer(candidate, cue)
            candidate = after(place, verb)
            if candidate is not None and verb < 3:
                return Answer(candidate, cue)
        verb -= 1
    return None


def _owner(place: Scene, number: int) -> Answer | None:
    """Who speaks a quotation that is announced as theirs, where that begins a clause.

    "Clinton said of Ruiz's request: “No.”" is no word of Ruiz's.
    """
    words = place.paragraph.words
    found = announced(place.paragraph, number)
    who = _standing_at(place, found.owner) if found is not None else None
    if found is None or who is None:
        return None
    before = first_word(words, found.owner, who.start) - 1
    begins = before < 0 or words[before].quotation >= 0 or words[before].lower in _JOINING
    return Answer(who, (found.noun, found.noun), sure=True) if begins else None


def _given(place: Scene, number: int) -> Answer | None:
    """The patterns "Q" was X's verdict — in X's words, "Q"."""
    found = ascribed(place.paragraph, number)
    who = _standing_at(place, found.owner) if found is not None else None
    return Answer(who, (found.noun, found.noun), sure=True) if found is not None and who is not None else None


def _standing_at(place: Scene, index: int) -> Candidate | None:
    """The first candidate whose span holds a word."""
    word = place.paragraph.words[index]
    return next((c for c in place.candidates if c.start <= word.start and word.end <= c.end), None)


def _agent(place: Scene, first: int, last: int) -> Answer | None:
    """The pattern was described as "Q" by X."""
    words = place.paragraph.words
    if last + 2 >= len(words) or words[last + 1].lower != "by":
        return None
    candidate = _beginning(place, last + 2)
    if candidate is None or not (candidate.named is not None or noun_kind(candidate.lower) is not None):
        return None
    for verb in range(first - 1, max(-1, first - _NEAR), -1):
        if words[verb].quotation >= 0 or words[verb].text in _STOPS:
            return None
        if place.is_cue(verb) and not _thing(place, verb):
            passive = words[verb - 1].lower in _BEING if verb else False
            return Answer(candidate, (verb, verb), sure=True) if passive else None
    return None


def _thing(place: Scene, index: int) -> bool:
    """Whether a word that could be a verb of saying is what something is called: "the order", "a report"."""
    words = place.paragraph.words
    return words[index].pos == "NOUN" and index > 0 and words[index - 1].pos == "DET"


def _according(place: Scene, last: int) -> Answer | None:
    words = place.paragraph.words
    for index in range(last + 1, min(len(words) - 1, last + 8)):
        if words[index].lower == "according":
            candidate = after(place, index + 1)
            if candidate is not None:
                return Answer(candidate, (index, index + 1))
        if words[index].lower == "per" and index <= last + 2 and words[index + 1].lower in _DETERMINERS:
            candidate = after(place, index + 1)
            if candidate is not None:
                return Answer(candidate, (index, index))
    return None


def governor(place: Scene, number: int) -> Answer | None:
    """The subject of the nearest verb that a woven-in quotation depends on."""
    words = place.paragraph.words
    first, last = place.paragraph.spans[number]
    index = (first + last) // 2
    for _ in range(8):
        word = words[index]
        if word.quotation != number and word.pos in ("VERB", "AUX"):
            candidate = subject_of(place, index)
            if candidate is not None:
                return Answer(candidate, (index, index))
        if word.head == index:
            break
        index = word.head
    return None


def tells(place: Scene, found: Answer) -> bool:
    """Whether the cue is a verb with a named subject of its own, in a clause of its own.

    "… while Norges Bank called the effects “modest”": whoever else said something before it.
    """
    verb, candidate = found.cue[0], found.candidate
    if verb < 0 or candidate is None or candidate.named is None:
        return False
    words, children = place.paragraph.words, place.paragraph.children[verb]
    return (
        words[verb].stem in REPORTING
        and (words[verb].dep in _OWN_CLAUSE or any(words[child].lower in _AGAINST for child in children))
        and any(place.at.get(child) is candidate for child in children)
    )
