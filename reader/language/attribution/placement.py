"""Where a possible speaker stands to a quotation, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene
    from reader.language.attribution.setting import Setting
    from reader.language.attribution.words import Word

FAR = 60
NAMES = (
    "side", "distance", "masks between", "sentences between", "verbs between", "heads between",
    "subjects between", "commas between", "between two quotations", "after a quotation or its paragraph's",
    "side of the verb", "distance of the verb", "verbs before it", "commas before it", "masks before it",
    "verb before the speaker", "steps up to the verb", "verb is masked", "sentences to the verb",
)  # fmt: skip


def placement(setting: Setting, scene: Scene, quotation: int, candidate: Candidate) -> list[float]:
    """The features of where a candidate stands to a quotation of the paragraph ``scene``."""
    if candidate.paragraph == scene.number:
        return _same_paragraph(scene, quotation, candidate)
    return _other_paragraph(setting, scene, candidate)


def _same_paragraph(scene: Scene, quotation: int, candidate: Candidate) -> list[float]:
    paragraph = scene.paragraph
    words = paragraph.words
    first, last = paragraph.spans[quotation]
    index = candidate.index
    if index < first:
        side, low, high, distance = -1, index + 1, first, first - index
    elif index > last:
        side, low, high, distance = 1, last + 1, index, index - last
    else:
        side, low, high, distance = 0, index, index, 0
    edge = words[first if side <= 0 else last]
    verb = candidate.verb
    # Between this quotation and a direct one on the other side: the middle of a split quotation.
    between = (side < 0 and scene.masks[index] > 0) or (side > 0 and scene.masks[-1] > scene.masks[index])
    row: list[float] = [
        side,
        min(distance, FAR),
        scene.masks[high] - scene.masks[low] if side else 0,
        abs(words[index].sentence - edge.sentence),
        scene.verbs[high] - scene.verbs[low],
        scene.heads[high] - scene.heads[low],
        scene.subjects[high] - scene.subjects[low],
        scene.commas[high] - scene.commas[low],
        between,
        scene.masks[index] == 0 and scene.masks[first] > 0,
    ]
    if verb < 0:
        return [*row, 9, 99, 0, 0, 0, 0, 9, 0, 20]
    if verb < first:
        reach, low, high, verb_side = first - verb, verb + 1, first, -1
    elif verb > last:
        reach, low, high, verb_side = verb - last, last + 1, verb, 1
    else:
        reach, low, high, verb_side = 0, verb, verb, 0
    climb = _climb(words, first, last, verb)
    return [
        *row,
        verb_side,
        min(reach, FAR),
        scene.verbs[high] - scene.verbs[low],
        scene.commas[high] - scene.commas[low],
        scene.masks[high] - scene.masks[low] if verb_side else 0,
        verb < index,
        climb,
        words[verb].masked,
        abs(words[verb].sentence - edge.sentence),
    ]


def _climb(words: list[Word], first: int, last: int, verb: int) -> int:
    """Steps up the tree from the quotation to the verb; 9 when it does not hang on it."""
    index = first + 1 if first + 1 <= last else first
    for steps in range(7):
        if index == verb:
            return steps
        if words[index].head == index:
            break
        index = words[index].head
    return 9


def _other_paragraph(setting: Setting, scene: Scene, candidate: Candidate) -> list[float]:
    theirs = setting.scenes[candidate.paragraph]
    words = theirs.paragraph.words
    length = len(words)
    index, verb = candidate.index, candidate.verb
    backwards = candidate.paragraph < scene.number
    distance = length - index if backwards else index
    rest = (index, length) if backwards else (0, index)
    row: list[float] = [
        -2 if backwards else 2,
        min(distance, FAR),
        theirs.masks[rest[1]] - theirs.masks[rest[0]],
        words[-1].sentence - words[index].sentence if backwards else words[index].sentence,
        theirs.verbs[rest[1]] - theirs.verbs[rest[0]],
        theirs.heads[rest[1]] - theirs.heads[rest[0]],
        theirs.subjects[rest[1]] - theirs.subjects[rest[0]],
        theirs.commas[rest[1]] - theirs.commas[rest[0]],
        False,
        len(theirs.paragraph.direct),
    ]
    if verb < 0:
        return [*row, 9, 99, 0, 0, 0, 0, 9, 0, 20]
    return [
        *row,
        8,
        min(length - verb if backwards else verb, FAR),
        0,
        0,
        0,
        verb < index,
        9,
        words[verb].masked,
        words[-1].sentence - words[verb].sentence if backwards else words[verb].sentence,
    ]
