"""What an attribution rests on, in words that a reader understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.words import first_word, last_word

if TYPE_CHECKING:
    from reader.language.attribution.answer import Answer
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene

# "Right after it" reaches so many words, the name's own not counted.
_RIGHT_BESIDE = 4


def reason(
    scenes: dict[int, Scene], number: int, quotation: int, candidate: Candidate, found: Answer | None
) -> str:
    """Why a candidate speaks in a quotation of paragraph ``number``; ``found`` is a rule that agrees."""
    if found is not None and found.reason:
        return found.reason
    lead = _lead(candidate)
    if candidate.paragraph != number:
        return f"{lead} in {_which(candidate.paragraph - number)}"
    place = scenes[number]
    words = place.paragraph.words
    first, last = place.paragraph.spans[quotation]
    cue = _cue(place, candidate, found)
    if cue is not None and cue.startswith("according"):
        return f"{lead} with '{cue}'"
    low = first_word(words, candidate.index, candidate.start)
    high = last_word(words, candidate.index, candidate.end)
    if high < first:
        near, gap, start, end = "before", first - high, high + 1, first
    elif low > last:
        near, gap, start, end = "after", low - last, last + 1, low
    else:
        near, gap, start, end = "within", 0, 0, 0
    between = sum(word.text.isalnum() for word in words[start:end])
    other = any(word.masked for word in words[start:end])
    side = f"{'right ' if between <= _RIGHT_BESIDE and gap < 12 else ''}{near} it"
    if other:
        side = f"{near} it, beyond another quotation"
    return f"{lead} {side}, with '{cue}'" if cue else f"{lead} {side}"


def _lead(candidate: Candidate) -> str:
    if candidate.named is not None:
        return "named"
    return f"'{candidate.word.text}'" if candidate.word.pos == "PRON" else "described"


def _which(distance: int) -> str:
    if distance > 0:
        return "the next paragraph"
    return "the paragraph before" if distance == -1 else "an earlier paragraph"


def _cue(place: Scene, candidate: Candidate, found: Answer | None) -> str | None:
    words = place.paragraph.words
    if found is not None and found.cue[0] >= 0:
        return " ".join(word.text for word in words[found.cue[0] : found.cue[1] + 1]).lower()
    if candidate.verb >= 0 and place.is_cue(candidate.verb):
        return words[candidate.verb].lower
    return None
