"""What the ranker looks at: one row of numbers for each pair of a quotation and a possible speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.language.cues import REPORTING, noun_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.candidates import Candidate
    from reader.language.attribution.found import Found
    from reader.language.attribution.resolver import Resolution
    from reader.language.attribution.scenes import Scene
    from reader.language.attribution.words import Word
    from reader.language.quotations import QuotedSpan

_PARTS = {"NOUN": 0, "PROPN": 1, "PRON": 2, "NUM": 3}
_PRONOUN = {
    "he": 0, "she": 0, "they": 1, "it": 2, "i": 3, "we": 4, "who": 5, "you": 6,
    "him": 7, "her": 7, "them": 7, "me": 7, "us": 7,
}  # fmt: skip
_DEPS = {
    dep: number
    for number, dep in enumerate(
        (
            "nsubj", "nsubj:pass", "obl", "obl:agent", "obj", "nmod", "root", "appos", "conj", "parataxis",
            "iobj", "list", "vocative", "dep", "ccomp", "obl:npmod", "flat", "compound", "nmod:poss", "xcomp",
            "advcl", "acl:relcl", "acl", "csubj",
        )
    )
}  # fmt: skip
_TYPES = {"PERSON": 0, "ORG": 1, "PLACE": 2, "GROUP": 3}
_PUNCTUATION = {
    ",": 1, ":": 2, ".": 3, "—": 5, "--": 5, "-": 6, ";": 7, '"': 8, "(": 9, "?": 10, "!": 10, ")": 11,
}  # fmt: skip
_LEADS = {
    "to": 1, "by": 2, "from": 3, "of": 4, "—": 5, "-": 5, "for": 6, "with": 6, "in": 6, "on": 6,
    "per": 7, "as": 8,
}  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|me|my|mine|myself)\b")
_FIRST_PLURAL = re.compile(r"\b(?:[Ww]e|[Ww]e['’]\w+|us|[Oo]ur|ours|ourselves)\b")
_THIRD_SINGULAR = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im)\b")
_FAR = 60
# Candidates of the quotation's own paragraph that are looked at, on either side of it.
_NEAR_BEFORE, _NEAR_AFTER = 16, 12


@dataclass(slots=True)
class History:
    """The speakers of the quotations before, newest last: (quotation, candidate)."""

    turns: list[tuple[int, Candidate]] = field(default_factory=list)
    _spoke: set[tuple[int, int]] = field(default_factory=set)
    _entities: dict[int, int] = field(default_factory=dict)

    def add(self, quotation: int, speaker: Candidate, entity: int) -> None:
        """Remember who said a quotation, and which entity that is (-1 for none known)."""
        self.turns.append((quotation, speaker))
        self._spoke.add((speaker.paragraph, speaker.index))
        if entity >= 0:
            self._entities[entity] = self._entities.get(entity, 0) + 1

    def speaker(self, back: int) -> Candidate | None:
        """The speaker of the quotation ``back`` turns ago (1 is the last)."""
        return self.turns[-back][1] if len(self.turns) >= back else None

    def spoke(self, candidate: Candidate) -> bool:
        """Whether this very mention is the speaker of an earlier quotation."""
        return (candidate.paragraph, candidate.index) in self._spoke

    def count(self, entity: int) -> int:
        """How many of the quotations so far an entity said."""
        return self._entities.get(entity, 0)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How often a verb introduces quotations and a noun speaks, as log odds by stem."""

    verbs: dict[str, float]
    nouns: dict[str, float]


@dataclass(slots=True)
class Setting:
    """An article as the ranker sees it."""

    text: str
    quoted: Sequence[QuotedSpan]
    scenes: dict[int, Scene]
    rules: dict[int, Found]
    lexicon: Lexicon
    # For every entity, the offsets of its mentions in order.
    mentions: dict[int, list[int]]
    # What pronouns and definite noun phrases were found to mean, by paragraph and word.
    resolved: dict[tuple[int, int], Resolution]

    def entity(self, candidate: Candidate) -> int:
        """The entity that a candidate names or means; -1 when that is unknown."""
        if candidate.named is not None:
            return candidate.named.entity
        resolution = self.resolved.get((candidate.paragraph, candidate.index))
        return -1 if resolution is None or resolution.entity is None else resolution.entity


def pool(setting: Setting, number: int, quotation: int, history: History) -> list[Candidate]:
    """The possible speakers of a quotation in paragraph ``number``: those around it and recent speakers."""
    scenes = setting.scenes
    scene = scenes[number]
    first, last = scene.paragraph.spans[quotation]
    middle = scene.heads[first]
    found = scene.candidates[max(0, middle - _NEAR_BEFORE) : scene.heads[last + 1] + _NEAR_AFTER]
    if number - 1 in scenes:
        tail = scenes[number - 1].candidates[-40:]
        found += [c for c in tail if c.subject or c.named or c.word.pos == "PRON"][-14:]
    if number - 2 in scenes:
        tail = scenes[number - 2].candidates[-40:]
        found += [c for c in tail if c.subject and _verb_score(setting, c) > -2.5][-4:]
    if number + 1 in scenes:
        found += [c for c in scenes[number + 1].candidates[:5] if c.subject or c.named]
    for back in (1, 2, 3):
        speaker = history.speaker(back)
        if speaker is not None and number - speaker.paragraph <= 8 and not any(c is speaker for c in found):
            found.append(speaker)
    return found


def _verb(setting: Setting, candidate: Candidate) -> Word | None:
    if candidate.verb < 0:
        return None
    return setting.scenes[candidate.paragraph].paragraph.words[candidate.verb]


def _verb_score(setting: Setting, candidate: Candidate) -> float:
    verb = _verb(setting, candidate)
    return setting.lexicon.verbs.get(verb.stem, -3.5) if verb is not None else -6.0


def _mark(words: list[Word], index: int) -> float:
    if index < 0:
        return 4
    if index >= len(words):
        return 12
    word = words[index]
    if word.masked:
        return 13
    return _PUNCTUATION.get(word.text, 0 if word.text[0].isalpha() else 14)


def _cue_near(setting: Setting, scene: Scene, index: int) -> float:
    if 0 <= index < len(scene.paragraph.words) and scene.is_cue(index):
        return setting.lexicon.verbs.get(scene.paragraph.words[index].stem, -2.0) + 6
    return 0


def _quotation_features(setting: Setting, scene: Scene, quotation: int, history: History) -> list[float]:
    paragraph = scene.paragraph
    words = paragraph.words
    first, last = paragraph.spans[quotation]
    span = setting.quoted[quotation]
    direct = quotation in paragraph.direct
    inside = setting.text[span.start : span.end]
    previous = setting.scenes.get(scene.number - 1)
    before_words = previous.paragraph.words if previous is not None else []
    following = setting.scenes.get(scene.number + 1)
    earlier = history.turns[-1] if history.turns else None
    unclosed = inside[-1:] not in "\"”’'»“"
    place = scene.place[quotation]
    return [
        direct,
        min(len(inside) // 10, 60),
        place,
        len(scene.order),
        len(scene.order) - place,
        first == 0,
        last >= len(words) - 1,
        first == 0 and last >= len(words) - 2,
        _mark(words, first - 1),
        _mark(words, last + 1),
        float(_PUNCTUATION.get(inside.rstrip("\"”’'»“ ")[-1:], 0)),
        _cue_near(setting, scene, first - 1),
        _cue_near(setting, scene, first - 2),
        _cue_near(setting, scene, last + 1),
        _cue_near(setting, scene, last + 2),
        _cue_near(setting, scene, last + 3),
        bool(_FIRST_PERSON.search(inside)),
        bool(_FIRST_PLURAL.search(inside)),
        bool(_THIRD_SINGULAR.search(inside)),
        inside[-2:-1] == "?",
        unclosed,
        bool(before_words) and before_words[-1].text == ":",
        bool(previous is not None and previous.order and before_words[-1].masked),
        bool(following is not None and following.order and following.paragraph.words[0].masked),
        min(scene.number - earlier[1].paragraph, 9) if earlier is not None else 10,
        bool(earlier is not None and earlier[0] in paragraph.spans),
        paragraph.words[first].sentence,
    ]


def _same_paragraph(setting: Setting, scene: Scene, quotation: int, candidate: Candidate) -> list[float]:
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
        min(distance, _FAR),
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
        min(reach, _FAR),
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
        min(distance, _FAR),
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
        min(length - verb if backwards else verb, _FAR),
        0,
        0,
        0,
        verb < index,
        9,
        words[verb].masked,
        words[-1].sentence - words[verb].sentence if backwards else words[verb].sentence,
    ]


def _candidate_features(setting: Setting, candidate: Candidate) -> list[float]:
    scene = setting.scenes[candidate.paragraph]
    words = scene.paragraph.words
    word = candidate.word
    index = candidate.index
    verb = _verb(setting, candidate)
    left = index
    while left > 0 and words[left - 1].start >= candidate.start:
        left -= 1
    lead = words[left - 1] if left > 0 else None
    second = words[left - 2].lower if left > 1 else ""
    named = candidate.named
    passive = verb is not None and any(
        words[child].dep in ("nsubj:pass", "aux:pass") for child in scene.paragraph.children[candidate.verb]
    )
    negated = verb is not None and any(
        words[child].lower in ("not", "n't", "never") for child in scene.paragraph.children[candidate.verb]
    )
    right = index + 1
    while right < len(words) and words[right].end <= candidate.end:
        right += 1
    return [
        _PARTS.get(word.pos, 4),
        _PRONOUN.get(word.lower, 9),
        _DEPS.get(candidate.dep, 30),
        _DEPS.get(word.dep, 30),
        candidate.subject,
        _verb_score(setting, candidate),
        verb is not None and verb.stem in REPORTING,
        _DEPS.get(verb.dep, 30) if verb is not None else 31,
        passive,
        negated,
        setting.lexicon.nouns.get(word.stem, -4.0) if named is None and word.pos == "NOUN" else 0,
        noun_kind(word.lower) is not None,
        _TYPES.get(named.type, 4) if named is not None else 5,
        min(len(setting.mentions.get(named.entity, ())), 20) if named is not None else 0,
        _LEADS.get(lead.lower, 0) if lead is not None else 9,
        second == "according",
        min(index, _FAR),
        _mark(words, right),
        min(right - left, 9),
        bool(right < len(words) and words[right].text == ":" and left <= 1),
        _cue_near(setting, scene, left - 1),
        _cue_near(setting, scene, right),
    ]


def _link_features(
    setting: Setting, scene: Scene, quotation: int, candidate: Candidate, history: History
) -> list[float]:
    span = setting.quoted[quotation]
    entity = setting.entity(candidate)
    latest = False
    spoken_about = False
    if entity >= 0:
        offsets = setting.mentions.get(entity, [])
        place = bisect_left(offsets, span.start)
        latest = candidate.start < span.start and place > 0 and offsets[place - 1] <= candidate.start
        spoken_about = place < len(offsets) and offsets[place] < span.end
    rule = setting.rules.get(quotation)
    turns: list[float] = []
    for back in (1, 2, 3):
        speaker = history.speaker(back)
        if speaker is None:
            turns += [2, 2]
            continue
        theirs = setting.entity(speaker)
        same = theirs == entity if entity >= 0 and theirs >= 0 else speaker.lower == candidate.lower
        turns += [speaker is candidate, same]
    asked = False
    if history.turns:
        earlier = setting.quoted[history.turns[-1][0]]
        asked = "?" in setting.text[max(earlier.start, earlier.end - 3) : earlier.end]
    return [
        max(-3, min(3, candidate.paragraph - scene.number)),
        rule is not None and rule.candidate is candidate,
        rule is None,
        *turns,
        asked,
        min(history.count(entity), 20) if entity >= 0 else 0,
        history.spoke(candidate),
        latest,
        spoken_about,
        entity >= 0,
    ]


def rows(
    setting: Setting, scene: Scene, quotation: int, candidates: Sequence[Candidate], history: History
) -> list[list[float]]:
    """The feature rows of a quotation's possible speakers."""
    shared = _quotation_features(setting, scene, quotation, history)
    result = []
    for candidate in candidates:
        if candidate.paragraph == scene.number:
            relation = _same_paragraph(setting, scene, quotation, candidate)
        else:
            relation = _other_paragraph(setting, scene, candidate)
        result.append(
            shared
            + relation
            + _candidate_features(setting, candidate)
            + _link_features(setting, scene, quotation, candidate, history)
        )
    return result
