"""What a rule answers: who speaks, by which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate


NOBODY = "the text does not say who"
"""The reason of an answer that is nobody."""


class Answer(NamedTuple):
    """A rule's answer: the speaker, the first and last word of the cue (-1 without one).

    ``reason`` says what it rests on where the places of speaker and cue do not. A ``sure`` answer stands
    whatever the ranker says; without a candidate it is that nobody is named.
    """

    candidate: Candidate | None
    cue: tuple[int, int]
    reason: str = ""
    sure: bool = False
