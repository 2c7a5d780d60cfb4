"""Whom "who" stands for, who answers, and who wrote what a document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.anaphors import PERSONAL
from reader.language.attribution.patterns import before, subject_of
from reader.language.attribution.reporting import answers
from reader.language.attribution.tellers import unnamed_teller
from reader.language.attribution.words import first_word
from reader.language.cues import is_person, is_plural, noun_kind

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene

_RELATIVE = frozenset(("who", "which"))
_AUTHORSHIP = frozenset(("by", "from"))
_DEFINITE = frozenset(("the", "this", "that"))
# What speaks for whoever put it out; a report or a poll speaks for itself.
_STATEMENTS = frozenset(("statement", "message", "communiqué", "communique", "release", "post", "tweet"))
_REACH = 60


def antecedent(scenes: dict[int, Scene], candidate: Candidate) -> Candidate:
    """What a speaker stands for: the noun of a relative clause, whom the teller spoke to, the author of a
    document, the body or the document that the sentence before was about.

    Anything else stands for itself.
    """
    if candidate.named is not None:
        return candidate
    place = scenes[candidate.paragraph]
    words = place.paragraph.words
    if candidate.lower in _RELATIVE:
        return _noun_before(place, candidate) or candidate
    if candidate.lower in PERSONAL:
        return answers(place, candidate) or unnamed_teller(scenes, candidate) or candidate
    if candidate.lower == "it" and candidate.verb >= 0 and words[candidate.verb].stem == "read":
        return _author(scenes, candidate, "") or candidate
    if candidate.lower == "it" and candidate.verb >= 0:
        return _subject_before(place, candidate) or candidate
    if (
        candidate.lower in _STATEMENTS
        and words[first_word(words, candidate.index, candidate.start)].lower in _DEFINITE
    ):
        author = _author(scenes, candidate, candidate.lower)
        return author if author is not None and author.named is not None else candidate
    return candidate


def _subject_before(place: Scene, it: Candidate) -> Candidate | None:
    """Who spoke in the sentence before ("Jobs are at risk, the miners' union said. It called …"), or its
    subject: "The inquiry cleared the Navy. It wrote that …"."""
    before = [c for c in place.candidates if c.word.sentence == it.word.sentence - 1]
    source = next((c for c in before if _according_to(place, c)), None)
    if source is not None:
        return source if source.named is None or source.named.type == "ORG" else None
    subjects = [c for c in before if c.subject]
    speaking = [c for c in subjects if c.verb >= 0 and place.is_cue(c.verb)]
    first = next(iter(speaking or subjects), None)
    if first is None or first.named is not None or is_plural(first.lower):
        return None
    return first if noun_kind(first.lower) in ("body", "document", "group") else None


def _according_to(place: Scene, source: Candidate) -> bool:
    words = place.paragraph.words
    first = first_word(words, source.index, source.start)
    if first > 0 and words[first - 1].pos == "DET":
        first -= 1
    return first > 1 and words[first - 1].lower == "to" and words[first - 2].lower == "according"


def _noun_before(place: Scene, relative: Candidate) -> Candidate | None:
    words = place.paragraph.words
    if relative.verb >= 0 and words[relative.verb].dep.startswith("acl"):
        governed = place.at.get(words[relative.verb].head)
        if governed is not None and governed.index < relative.index and _animate(governed):
            return governed
    nearby = range(max(0, relative.index - 8), relative.index)
    before = [place.at[index] for index in nearby if index in place.at]
    people = [c for c in before if _animate(c)]
    nearest = people or before
    return nearest[-1] if nearest else None


def _animate(candidate: Candidate) -> bool:
    if candidate.named is not None:
        return candidate.named.type in ("PERSON", "ORG")
    return is_person(candidate.lower) or noun_kind(candidate.lower) in ("group", "body")


def _author(scenes: dict[int, Scene], later: Candidate, noun: str) -> Candidate | None:
    """Who issued the document that was spoken of last before a candidate; of that noun, if one is given."""
    for number in (later.paragraph, later.paragraph - 1, later.paragraph - 2):
        place = scenes.get(number)
        if place is None:
            continue
        words = place.paragraph.words
        high = later.index if number == later.paragraph else len(words)
        for index in range(high - 1, max(-1, high - _REACH), -1):
            word = words[index]
            if word.masked or word.pos not in ("NOUN", "PROPN") or noun_kind(word.lower) != "document":
                continue
            if noun and word.lower != noun and not {noun, word.lower} <= _STATEMENTS:
                continue
            issuer = _by(place, index) or _issuer(place, index)
            if issuer is not None or not noun:
                return issuer
    return None


def _by(place: Scene, document: int) -> Candidate | None:
    """Whom a document is said to be by: "a report by Wexley Research"."""
    words = place.paragraph.words
    if document + 1 >= len(words) or words[document + 1].lower not in _AUTHORSHIP:
        return None
    following = range(document + 2, document + 9)
    named = next((place.at[index] for index in following if index in place.at), None)
    return named if named is not None and _animate(named) else None


def _issuer(place: Scene, document: int) -> Candidate | None:
    """Who says something in a document, or puts it out."""
    words = place.paragraph.words
    index = document
    for _ in range(4):
        index = words[index].head
        if words[index].pos == "VERB" and not words[index].masked:
            # "The letter was signed by Ana Ruiz": the agent as well as the subject.
            children = (place.at.get(child) for child in place.paragraph.children[index])
            agents = (c for c in children if c is not None and c.subject and _animate(c))
            issuer = next(agents, None) or subject_of(place, index) or before(place, index)
            return issuer if issuer is not None and _animate(issuer) else None
    return None
