"""Whom "who" and the "it" of a document stand for: words that the same or the last sentence explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.sieve import subject_of
from reader.language.cues import is_person, noun_kind

if TYPE_CHECKING:
    from reader.language.attribution.candidates import Candidate
    from reader.language.attribution.scenes import Scene

_RELATIVE = frozenset(("who", "which"))
_AUTHORSHIP = frozenset(("by", "from", "of"))
_REACH = 40


def antecedent(scenes: dict[int, Scene], candidate: Candidate) -> Candidate:
    """What a speaker stands for: the noun of a relative clause, the author of a statement that "read" so.

    Anything else stands for itself.
    """
    if candidate.named is not None:
        return candidate
    place = scenes[candidate.paragraph]
    if candidate.lower in _RELATIVE:
        return _noun_before(place, candidate) or candidate
    if (
        candidate.lower == "it"
        and candidate.verb >= 0
        and place.paragraph.words[candidate.verb].stem == "read"
    ):
        return _author(scenes, candidate) or candidate
    return candidate


def _noun_before(place: Scene, relative: Candidate) -> Candidate | None:
    words = place.paragraph.words
    if relative.verb >= 0 and words[relative.verb].dep.startswith("acl"):
        governed = place.at.get(words[relative.verb].head)
        if governed is not None and governed.index < relative.index and _animate(governed):
            return governed
    before = [c for c in place.candidates if relative.index - 8 <= c.index < relative.index]
    people = [c for c in before if _animate(c)]
    nearest = people or before
    return nearest[-1] if nearest else None


def _animate(candidate: Candidate) -> bool:
    if candidate.named is not None:
        return candidate.named.type in ("PERSON", "ORG")
    return is_person(candidate.lower) or noun_kind(candidate.lower) in ("group", "body")


def _author(scenes: dict[int, Scene], it: Candidate) -> Candidate | None:
    """Who issued the document that was spoken of last."""
    for number in (it.paragraph, it.paragraph - 1):
        place = scenes.get(number)
        if place is None:
            continue
        high = it.index if number == it.paragraph else len(place.paragraph.words)
        for index in range(high - 1, max(-1, high - _REACH), -1):
            word = place.paragraph.words[index]
            if not word.masked and noun_kind(word.lower) == "document" and word.pos in ("NOUN", "PROPN"):
                return _issuer(place, index)
    return None


def _issuer(place: Scene, document: int) -> Candidate | None:
    words = place.paragraph.words
    if document + 1 < len(words) and words[document + 1].lower in _AUTHORSHIP:
        named = next((c for c in place.candidates if document + 1 < c.index <= document + 8), None)
        if named is not None and _animate(named):
            return named
    index = document
    for _ in range(4):
        index = words[index].head
        if words[index].pos == "VERB":
            return subject_of(place, index)
    return None
