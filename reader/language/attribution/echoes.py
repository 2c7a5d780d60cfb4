"""Headlines and pull quotes: whoever says the same words in the text said them there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.attribution.answer import Answer
from reader.language.attribution.layout import BEHIND_COLON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.scenes import Scene
    from reader.language.quotations import QuotedSpan
    from reader.model.article import Block

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_HEADS = frozenset(("title", "heading"))
_FEWEST = 3  # words

SAME_WORDS = "says the same words in the text"
"""The reason of an answer that was found there."""


def echoed(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    scenes: dict[int, Scene],
    rules: dict[int, Answer],
) -> dict[int, Answer]:
    """Who speaks, by rules, quotations of headings and those that stand alone, where the text says it.

    What such a line says itself stands, but for a name behind a colon: a headline's is whom it is about.
    """
    heads = [(block.start, block.end) for block in blocks if block.kind in _HEADS]
    found: dict[int, Answer] = {}
    said: list[tuple[int, str]] | None = None
    for scene in scenes.values():
        if len(scene.order) != 1:
            continue
        (number,) = scene.order
        span = quoted[number]
        head = any(start <= span.start < end for start, end in heads)
        if not (head or _alone(scene)) or _says_itself(scene, rules.get(number)):
            continue
        words = _words(text, span)
        if words.count(" ") < _FEWEST + 1:
            continue
        if said is None:
            said = [(n, _words(text, quoted[n])) for n in rules if quoted[n].kind == "direct"]
        same = (rules[n] for n, other in said if n != number and words in other)
        answer = next((one for one in same if one.candidate is not None and one.cue[0] >= 0), None)
        if answer is not None:
            found[number] = Answer(answer.candidate, (-1, -1), SAME_WORDS)
    return found


def _says_itself(scene: Scene, own: Answer | None) -> bool:
    """Whether a line says who speaks; a paragraph that it goes on from does not."""
    if own is None or own.reason == BEHIND_COLON:
        return False
    return own.candidate is None or own.candidate.paragraph >= scene.number


def _alone(scene: Scene) -> bool:
    return all(word.quotation >= 0 or not word.text[0].isalnum() for word in scene.paragraph.words)


def _words(text: str, span: QuotedSpan) -> str:
    """The words between two spaces each, so that a part of a word is none."""
    return f" {' '.join(_WORD.findall(text[span.start : span.end].lower()))} "
