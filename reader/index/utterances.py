"""What belongs together among quotations: the halves of a split utterance; and what is only a fragment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.analysis import Quotation

_FEWEST_WORDS = 4


def utterances(text: str, quotations: Sequence[Quotation]) -> list[tuple[Quotation, ...]]:
    """Return quotations, given in text order, with the two halves of every split utterance together.

    “X,” he said. “Y.” are halves: whole utterances around the one mention of who speaks, in one paragraph.
    """
    found: list[tuple[Quotation, ...]] = []
    for quotation in quotations:
        if found and len(found[-1]) == 1 and _split(text, found[-1][0], quotation):
            found[-1] = (found[-1][0], quotation)
        else:
            found.append((quotation,))
    return found


def _split(text: str, first: Quotation, second: Quotation) -> bool:
    speaker = first.speaker
    return (
        speaker is not None
        and second.speaker is not None
        and first.kind == second.kind == "direct"
        and speaker.start == second.speaker.start
        and first.end <= speaker.start
        and speaker.end <= second.start
        and "\n" not in text[first.end : second.start]
    )


def is_fragment(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation is a few words that nothing introduces: rather a term than a statement."""
    if quotation.cue is not None or quotation.kind == "turn":
        return False
    if quotation.kind == "direct" and quotation.speaker is not None:
        return False
    return len(text[quotation.start : quotation.end].split(None, _FEWEST_WORDS)) < _FEWEST_WORDS
