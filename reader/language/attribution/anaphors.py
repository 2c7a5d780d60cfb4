"""Which words may mean somebody who was named before, and where they stand in their sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.cues import is_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.words import Word

# Pronouns of one person, of several, of a thing or body.
KINDS = {"he": 0, "she": 0, "him": 0, "her": 0, "his": 0, "they": 1, "it": 2}

PERSONAL = frozenset(("he", "she"))


def anaphoric(candidate: Candidate) -> bool:
    """Whether a candidate may mean an entity that was named before."""
    if candidate.named is not None:
        return False
    if candidate.lower in KINDS:
        return candidate.lower not in ("him", "her") or candidate.word.dep.startswith("nmod")
    return (
        (
            candidate.word.pos in ("NOUN", "NUM", "ADJ")
            or candidate.lower.endswith("-old")
            or is_person(candidate.lower)
        )
        and candidate.subject
        and candidate.word.start > candidate.start
    )


def main_subject(words: Sequence[Word], candidate: Candidate) -> bool:
    """Whether a candidate is the subject of a main clause, or the source of one ("according to X")."""
    if candidate.verb < 0:
        return candidate.dep in ("root", "parataxis")
    verb = candidate.verb
    for _ in range(4):
        word = words[verb]
        if word.dep in ("root", "parataxis") or word.head == verb:
            return True
        if word.dep != "conj":
            return False
        verb = word.head
    return False
