"""Who a pronoun or a definite noun phrase means: one pass over the article, keeping what is in focus.

Separate from the ranker: that one chooses the words that speak, this one says which entity they name. Both
are trained and scored apart.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reader.language.attribution.anaphors import KINDS, anaphoric, main_subject
from reader.language.attribution.gender import genders
from reader.language.attribution.reporting import answers, reported_before, spoken_of
from reader.language.attribution.roles import Roles
from reader.language.attribution.tellers import asker, unnamed_teller
from reader.language.cues import REPORTING, is_person, noun_kind
from reader.language.trees import Trees, load_trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.language.attribution.mentions import Candidate, Mentions, Named
    from reader.language.attribution.scenes import Scene
    from reader.language.quotations import QuotedSpan
    from reader.model.analysis import Entity

_DATA = Path(__file__).parent.parent / "data"
NAMES = (
    "kind", "rank", "fitting before", "distance", "paragraphs", "sentences", "subject", "reporting", "quoted",
    "pronoun", "gender", "behind the best gender", "seen", "share of mentions", "first in paragraph",
    "paragraph names somebody", "chained", "paragraphs to the chain", "organisation", "role", "reports",
    "first candidate", "prominence", "words of the name", "entities", "document or group",
    "anaphor is subject", "rank of main subjects", "paragraphs to main", "sentences to main",
    "distance to main", "main reporting", "main pronoun", "main sentence", "described since",
)  # fmt: skip
_SENTENCE_START = re.compile(r"(?:^|[.?!:\n][\"”’'»)]*\s+)(?:[\w’'.,-]+ ){0,4}$")
# Entities that were named longer ago than this many others are out of focus.
_IN_FOCUS = 10
_CERTAIN = 0.5
# "He" and "she" nearly always mean somebody who was named: the likeliest will do.
_PERSONAL = 0.03
# What the text says beside a name ("the mayor, Edda Kroll") makes "the mayor" this sure.
_UNTOLD = 0.3
_TOLD = 0.8
# Entities that a description is compared with, the latest first.
_REMEMBERED = 60
# Evidence of the other gender (see genders) from which on a person is not considered.
_CONTRARY = 1.9


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entity that words mean (an index, None when left open) and how probable that is."""

    entity: int | None
    probability: float


@dataclass(slots=True)
class _Last:
    """An entity's latest mention, or the latest pronoun that was found to mean it."""

    offset: int
    paragraph: int
    sentence: int
    subject: int
    reporting: bool
    quoted: bool
    pronoun: bool
    words: int
    main: bool


class Focus:
    """Resolves the anaphors of an article in text order."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[tuple[int, int]],
        quoted: Sequence[QuotedSpan],
        scenes: dict[int, Scene],
        mentions: Mentions,
        entities: Sequence[Entity],
        trees: Trees | None,
    ) -> None:
        self._text = text
        self._starts = [start for start, _ in paragraphs]
        self._quoted = quoted
        self._quoted_starts = [span.start for span in quoted]
        self._scenes = scenes
        self._mentions = mentions
        self._entities = entities
        self._trees = trees
        self._genders = genders(text, entities)
        totals = [len(entity.mentions) for entity in entities]
        self._totals = totals
        people = sorted((n for n, e in enumerate(entities) if e.type == "PERSON"), key=lambda n: -totals[n])
        self._prominence = {number: rank for rank, number in enumerate(people)}
        self._last: OrderedDict[int, _Last] = OrderedDict()
        # The same for mentions that were the subject of a main clause: what the text is about.
        self._main: OrderedDict[int, _Last] = OrderedDict()
        self._seen: dict[int, int] = {}
        self._chain: dict[str, tuple[int, int]] = {}
        # Where people are described without a name: "a fisherman", "the elder sister".
        self._described = sorted(
            candidate.start
            for scene in scenes.values()
            for candidate in scene.candidates
            if candidate.named is None and candidate.word.pos != "PRON" and is_person(candidate.lower)
        )
        self._first_here: tuple[int, int] = (-1, -1)
        self._roles = Roles(text, entities, mentions)
        self.resolved: dict[tuple[int, int], Resolution] = {}
        # What training reads: for every anaphor its possible entities and their features.
        self.examples: dict[tuple[int, int], tuple[list[int], list[list[float]]]] = {}

    def run(self) -> dict[tuple[int, int], Resolution]:
        """Resolve every pronoun and definite noun phrase; keyed by paragraph and word."""
        anaphors = [c for n in sorted(self._scenes) for c in self._scenes[n].candidates if anaphoric(c)]
        spoken = {
            candidate.named.start: candidate
            for scene in self._scenes.values()
            for candidate in scene.candidates
            if candidate.named is not None
        }
        named = iter(self._mentions.all)
        mention = next(named, None)
        for anaphor in anaphors:
            while mention is not None and mention.start < anaphor.start:
                self._name(mention, spoken.get(mention.start))
                mention = next(named, None)
            self._resolve(anaphor)
        return self.resolved

    def _paragraph(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _people_between(self, low: int, high: int) -> int:
        return bisect_left(self._described, high) - bisect_right(self._described, low)

    def _in_quotation(self, offset: int) -> bool:
        place = bisect_right(self._quoted_starts, offset) - 1
        return place >= 0 and offset < self._quoted[place].end

    def _name(self, named: Named, candidate: Candidate | None) -> None:
        paragraph = self._paragraph(named.start)
        quoted = self._in_quotation(named.start)
        subject, reporting, sentence = -1, False, -1
        main = False
        if candidate is not None:
            words = self._scenes[candidate.paragraph].paragraph.words
            subject = int(candidate.subject)
            reporting = candidate.verb >= 0 and words[candidate.verb].stem in REPORTING
            sentence = candidate.word.sentence
            main = main_subject(words, candidate)
        elif paragraph in self._scenes:
            subject = 0
        else:
            # Not parsed: a name near the start of its sentence is most likely what the sentence is about.
            main = (
                not quoted
                and _SENTENCE_START.search(self._text, max(0, named.start - 45), named.start) is not None
            )
        if quoted and named.entity in self._last and self._last[named.entity].paragraph == paragraph:
            # Being spoken about does not move somebody who was just named by the reporter out of focus.
            return
        length = len(self._text[named.start : named.end].split())
        self._remember(
            named.entity,
            _Last(named.start, paragraph, sentence, subject, reporting, quoted, False, length, main),
        )
        self._seen[named.entity] = self._seen.get(named.entity, 0) + 1
        if self._entities[named.entity].type == "PERSON" and not quoted and self._first_here[0] != paragraph:
            self._first_here = paragraph, named.entity

    def _remember(self, entity: int, last: _Last) -> None:
        self._last[entity] = last
        self._last.move_to_end(entity)
        if last.main:
            self._main[entity] = last
            self._main.move_to_end(entity)

    def _resolve(self, anaphor: Candidate) -> None:
        key = anaphor.paragraph, anaphor.index
        wanted = ("PERSON",) if KINDS.get(anaphor.lower, 3) == 0 else ("PERSON", "ORG")
        if anaphor.lower in ("it", "they") or noun_kind(anaphor.lower) == "body":
            wanted = ("ORG",)
        entities = []
        asks = asker(self._scenes[anaphor.paragraph], anaphor) if anaphor.lower in KINDS else None
        not_meant = asks.named.entity if asks is not None and asks.named is not None else None
        for entity in islice(reversed(self._last), 6 * _IN_FOCUS):
            if entity == not_meant:
                continue
            if self._entities[entity].type in wanted and not self._contradicts(anaphor, entity):
                entities.append(entity)
                if len(entities) == _IN_FOCUS:
                    break
        if not entities:
            later = self._roles.named_later(anaphor, self._last)
            self.resolved[key] = Resolution(later, 0.0 if later is None else _TOLD)
            return
        rows = self._rows(anaphor, entities)
        self.examples[key] = entities, rows
        if self._trees is None:
            return
        scores = self._trees.probabilities(rows)
        best = int(scores.argmax())
        entity, probability = entities[best], float(scores[best])
        personal = KINDS.get(anaphor.lower, 3) == 0
        named = None
        if anaphor.lower not in KINDS:
            named = self._roles.named(anaphor, islice(reversed(self._last), _REMEMBERED))
            if named is None and not self._roles.says(anaphor, entity):
                named = self._roles.named_later(anaphor, self._last)
        if named is not None:
            entity, probability = named, max(probability, _TOLD)
        elif is_person(anaphor.lower) and self._roles.fit(anaphor, entity) <= 0:
            # Nothing says that this person is one.
            probability = min(probability, _UNTOLD)
        elif personal and (told_of := self._told_of(anaphor)) is not None:
            entity, probability = told_of, max(probability, _TOLD)
        if personal and (teller := self._teller(anaphor)) is not None:
            meant = self._meant(teller)
            entity, probability = (meant, _TOLD) if meant is not None else (entity, 0.0)
        certain = probability >= (_PERSONAL if personal else _CERTAIN)
        self.resolved[key] = Resolution(entity if certain else None, probability)
        if personal and certain:
            self.settle(anaphor, entity)

    def _contradicts(self, anaphor: Candidate, entity: int) -> bool:
        """Whether the text, or else the given name, speaks against a person's being this "he" or "she"."""
        if anaphor.lower in ("he", "him", "his"):
            return self._genders[entity] < -_CONTRARY
        return anaphor.lower in ("she", "her") and self._genders[entity] > _CONTRARY

    def _reporter(self, anaphor: Candidate) -> int | None:
        """Whoever the paragraph before ends by reporting."""
        subject = reported_before(self._scenes, anaphor)
        if subject is None:
            return None
        if subject.named is not None:
            entity: int | None = subject.named.entity
        else:
            known = self.resolved.get((subject.paragraph, subject.index))
            entity = known.entity if known is not None and subject.lower == anaphor.lower else None
        return entity

    def _told_of(self, anaphor: Candidate) -> int | None:
        """Who ended the paragraph before by reporting, or whom its words told of, if "he" or "she" may be."""
        entity = self._reporter(anaphor)
        if entity is None:
            entity = spoken_of(self._text, self._quoted, self._scenes, self._mentions, anaphor)
        return None if entity is None or self._contradicts(anaphor, entity) else entity

    def _teller(self, anaphor: Candidate) -> Candidate | None:
        """Who answers the teller, or speaks in the sentence before without a name."""
        place = self._scenes[anaphor.paragraph]
        return answers(place, anaphor) or unnamed_teller(self._scenes, anaphor)

    def _meant(self, candidate: Candidate) -> int | None:
        if candidate.named is not None:
            return candidate.named.entity
        known = self.resolved.get((candidate.paragraph, candidate.index))
        return known.entity if known is not None else None

    def settle(self, anaphor: Candidate, entity: int) -> None:
        """Take an anaphor to mean an entity: it is in focus from now on."""
        words = self._scenes[anaphor.paragraph].paragraph.words
        reporting = anaphor.verb >= 0 and words[anaphor.verb].stem in REPORTING
        last = _Last(
            anaphor.start,
            self._paragraph(anaphor.start),
            anaphor.word.sentence,
            int(anaphor.subject),
            reporting,
            False,
            True,
            0,
            main_subject(words, anaphor),
        )
        self._remember(entity, last)
        self._chain[anaphor.lower] = entity, last.paragraph

    def _rows(self, anaphor: Candidate, entities: list[int]) -> list[list[float]]:
        kind = KINDS.get(anaphor.lower, 3)
        sign = -1.0 if anaphor.lower in ("she", "her") else 1.0
        paragraph = self._paragraph(anaphor.start)
        scene = self._scenes[anaphor.paragraph]
        reporting = anaphor.verb >= 0 and scene.paragraph.words[anaphor.verb].stem in REPORTING
        chained, chained_at = self._chain.get(anaphor.lower, (-1, -99))
        total = sum(self._totals) or 1
        fitting = 0
        ranks: dict[int, int] = {}
        for entity in islice(reversed(self._main), 3 * _IN_FOCUS):
            if entity in entities and (kind != 0 or sign * self._genders[entity] > -0.4):
                ranks[entity] = len(ranks)
        rows: list[list[float]] = []
        best_gender = (
            max((sign * self._genders[entity] for entity in entities), default=0.0) if kind == 0 else 0.0
        )
        for rank, entity in enumerate(entities):
            last = self._last[entity]
            gender = sign * self._genders[entity] if kind == 0 else 0.0
            same = last.paragraph == paragraph
            main = self._main.get(entity)
            same_main = main is not None and main.paragraph == paragraph and main.sentence >= 0
            rows.append(
                [
                    kind,
                    rank,
                    fitting,
                    # A noun phrase may begin before the pronoun that was looked at last.
                    math.log1p(max(0, anaphor.start - last.offset)),
                    min(paragraph - last.paragraph, 9),
                    min(anaphor.word.sentence - last.sentence, 9) if same and last.sentence >= 0 else 10,
                    last.subject,
                    last.reporting,
                    last.quoted,
                    last.pronoun,
                    gender,
                    best_gender - gender,
                    min(self._seen.get(entity, 0), 20),
                    self._totals[entity] / total,
                    self._first_here == (paragraph, entity),
                    self._first_here[0] == paragraph,
                    chained == entity,
                    min(paragraph - chained_at, 9),
                    self._entities[entity].type == "ORG",
                    self._roles.fit(anaphor, entity) if kind == 3 else 0.0,
                    reporting,
                    scene.candidates[0] is anaphor,
                    min(self._prominence.get(entity, 9), 9),
                    last.words,
                    len(entities),
                    noun_kind(anaphor.lower) in ("document", "group"),
                    anaphor.subject,
                    ranks.get(entity, 9),
                    min(paragraph - main.paragraph, 9) if main is not None else 10,
                    min(anaphor.word.sentence - main.sentence, 9) if main is not None and same_main else 10,
                    math.log1p(max(0, anaphor.start - main.offset)) if main is not None else 12.0,
                    main is not None and main.reporting,
                    main is not None and main.pronoun,
                    min(main.sentence, 9) if main is not None else 10,
                    min(self._people_between(last.offset, anaphor.start), 3),
                ]
            )
            fitting += gender > -0.4
        return rows


@cache
def load_resolver() -> Trees:
    """The resolver's classifier that ships with the package."""
    (trees,) = load_trees(_DATA / "speakers.npz", resolver=NAMES)
    return trees


def resolutions(
    text: str,
    paragraphs: Iterable[tuple[int, int]],
    quoted: Sequence[QuotedSpan],
    scenes: dict[int, Scene],
    mentions: Mentions,
    entities: Sequence[Entity],
) -> dict[tuple[int, int], Resolution]:
    """Resolve the pronouns and definite noun phrases of the paragraphs in ``scenes``."""
    return Focus(text, list(paragraphs), quoted, scenes, mentions, entities, load_resolver()).run()
