"""Questions and answers that stand in paragraphs of their own, without cues.

"“Why not?” Ashworth asked. ¶ “I was told off,” he replied. ¶ “By whom?” ¶ “By the judge.”"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.language.attribution.answer import Answer
from reader.language.attribution.layout import same
from reader.language.attribution.tellers import asker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene

_ASKS, _ANSWERS = "asks again", "answers again"
_CRY = 24  # characters


def in_dialogue(
    scenes: dict[int, Scene], number: int, found: Mapping[int, Answer], endings: Mapping[int, str]
) -> dict[int, Answer]:
    """Who says a quotation that is a paragraph of its own, after an answer or a question; empty if unknown.

    A question after an answer is whoever asked before, what comes then whoever answered; a cry after a
    question is not whoever asks.
    """
    if not _alone(scenes, number) or number - 1 not in scenes or not scenes[number - 1].order:
        return {}
    (own,), before = scenes[number].order, scenes[number - 1].order[-1]
    if before not in found:
        return {}
    asks, asked = endings.get(own) == "?", endings.get(before) == "?"
    if (asks and found[before].reason == _ANSWERS) or (not asks and found[before].reason == _ASKS):
        other = found[scenes[number - 2].order[-1]].candidate
        return {own: Answer(other, (-1, -1), _ASKS if asks else _ANSWERS, sure=True)}
    if asks and not asked and found[before].cue[0] >= 0:
        asking = _asking(scenes, number - 1, found, endings)
        again = Answer(asking, (-1, -1), _ASKS, sure=True)
        return {own: again} if asking is not None and not same(again, found[before]) else {}
    place = scenes[number].paragraph
    if asked and not asks and place.end - place.start <= _CRY:
        earlier = scenes[number - 2].order[-1:] if number - 2 in scenes else []
        spoke = next((found[each] for each in earlier if each in found), None)
        if spoke is not None and spoke.candidate is not None and not same(spoke, found[before]):
            return {own: Answer(spoke.candidate, (-1, -1), "answers the question before it", sure=True)}
        return {own: Answer(None, (-1, -1), "another person than the one who asks", sure=True)}
    return {}


def _asking(
    scenes: dict[int, Scene], number: int, found: Mapping[int, Answer], endings: Mapping[int, str]
) -> Candidate | None:
    """Who asks what is answered in a paragraph: in it, or in the question alone before it."""
    place = scenes[number]
    answering = found[place.order[-1]].candidate
    beside = answering is not None and answering.paragraph == number
    asking = asker(place, answering) if answering is not None and beside else None
    if asking is not None or len(place.order) != 1 or number - 1 not in scenes:
        return asking
    if len(scenes[number - 1].order) != 1:
        return None
    (question,) = scenes[number - 1].order
    asked = found.get(question)
    return (
        asked.candidate if asked is not None and asked.cue[0] >= 0 and endings.get(question) == "?" else None
    )


def _alone(scenes: dict[int, Scene], number: int) -> bool:
    """Whether a paragraph is one quotation and nothing else."""
    place = scenes[number]
    return len(place.order) == 1 and all(
        word.quotation >= 0 or not word.text[0].isalnum() for word in place.paragraph.words
    )
