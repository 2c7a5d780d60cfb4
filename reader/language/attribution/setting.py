"""An article as the ranker sees it: scenes, rules' answers, who spoke before, whom words mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.answer import Answer
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.readings import Pointed
    from reader.language.attribution.resolver import Resolution
    from reader.language.attribution.scenes import Scene
    from reader.language.attribution.words import Word
    from reader.language.quotations import QuotedSpan

# Candidates of the quotation's own paragraph that are looked at, on either side of it.
_NEAR_BEFORE, _NEAR_AFTER = 16, 12
# A word that the quotation points at so surely is looked at wherever it stands, so many paragraphs around.
_POINTED = 0.2
_READ_BEFORE, _READ_AFTER = 6, 3


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
    rules: dict[int, Answer]
    lexicon: Lexicon
    # For every entity, the offsets of its mentions in order.
    mentions: dict[int, list[int]]
    # What pronouns and definite noun phrases were found to mean, by paragraph and word.
    resolved: dict[tuple[int, int], Resolution]
    # Whom quotations point at, where the pipeline says so.
    pointed: dict[int, Pointed] = field(default_factory=dict)
    # What candidates look like by themselves, by paragraph and word: see features.
    looks: dict[tuple[int, int], list[float]] = field(default_factory=dict)

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
        found += [c for c in tail if c.subject and verb_score(setting, c) > -2.5][-4:]
    if number + 1 in scenes:
        found += [c for c in scenes[number + 1].candidates[:5] if c.subject or c.named]
    for back in (1, 2, 3):
        speaker = history.speaker(back)
        if speaker is not None and number - speaker.paragraph <= 8 and not any(c is speaker for c in found):
            found.append(speaker)
    pointed = setting.pointed.get(quotation)
    if pointed is not None and pointed.best[2] > _POINTED:
        start, end, _ = pointed.best
        for place in range(max(0, number - _READ_BEFORE), number + _READ_AFTER + 1):
            if place in scenes:
                there = [c for c in scenes[place].candidates if c.start < end and start < c.end]
                found += [c for c in there if not any(c is other for other in found)]
    return found


def verb_of(setting: Setting, candidate: Candidate) -> Word | None:
    """The verb whose subject a candidate is."""
    if candidate.verb < 0:
        return None
    return setting.scenes[candidate.paragraph].paragraph.words[candidate.verb]


def verb_score(setting: Setting, candidate: Candidate) -> float:
    """How often a candidate's verb introduces quotations, as log odds."""
    verb = verb_of(setting, candidate)
    return setting.lexicon.verbs.get(verb.stem, -3.5) if verb is not None else -6.0
