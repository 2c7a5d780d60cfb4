"""Fit the resolver: whom a pronoun or a description means.

Our own articles say it for every speaker. Of other articles, which name the speaker's words alone, only those
pronouns serve whose person is beyond doubt: the one person of that gender around, or the named speaker of the
quotation just before with nobody else taking the stage in between.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from reader.language.attribution.gender import genders
from reader.language.attribution.mentions import Mentions
from reader.language.attribution.resolver import Focus
from reader.language.quotations.finder import paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.mentions import Candidate, Named
    from reader.language.trees import Trees
    from training.quotations.articles import Unit
    from training.quotations.prepared import Prepared

Key = tuple[int, int]
Answers = dict[Key, int | None]

_SILVER_WEIGHT = 0.5
_SURE, _AGAINST = 0.9, -0.4
_AROUND = 1500


@dataclass
class Examples:
    """Rows of anaphors and entities."""

    rows: list[list[float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)


class _Guided(Focus):
    """A focus that is told the right answers after each guess, so that later features are right."""

    answers: Answers

    def _resolve(self, anaphor: Candidate) -> None:
        super()._resolve(anaphor)
        entity = self.answers.get((anaphor.paragraph, anaphor.index))
        if entity is not None and anaphor.word.pos == "PRON":
            self.settle(anaphor, entity)


def answers(article: Prepared) -> Answers:
    """What the unnamed speakers of one of our own articles mean; None for nobody named."""
    found: Answers = {}
    unnamed = [c for scene in article.scenes.values() for c in scene.candidates if c.named is None]
    for unit in article.gold.units:
        if unit.head is None or unit.source_kind == "named":
            continue
        start, end = unit.head
        inside = [candidate for candidate in unnamed if start <= candidate.word.start < end]
        if inside:
            key = inside[0].paragraph, inside[0].index
            found[key] = _entity(article, unit.entity) if unit.entity else None
    return found


def _entity(article: Prepared, identity: str) -> int | None:
    """The clustered entity that shares most mentions with an annotated one."""
    spans = article.gold.names.get(identity, ())
    shared: Counter[int] = Counter()
    for number, entity in enumerate(article.entities):
        for mention in entity.mentions:
            shared[number] += any(mention.start < end and start < mention.end for start, end in spans)
    best = shared.most_common(1)
    return best[0][0] if best and best[0][1] else None


def silver(article: Prepared) -> Answers:
    """The pronouns of any article whose person is beyond doubt."""
    found: Answers = {}
    text = article.gold.text
    told = genders(text, article.entities)
    people = [named for named in Mentions(article.entities).all if named.type == "PERSON"]
    starts = [named.start for named in people]
    at = {c.word.start: c for scene in article.scenes.values() for c in scene.candidates}
    units = sorted(article.gold.units, key=lambda unit: unit.start)
    unit_starts = [unit.start for unit in units]

    def quoted(offset: int) -> bool:
        place = bisect_right(unit_starts, offset) - 1
        return place >= 0 and offset < units[place].end

    for before, unit in pairwise(units):
        if unit.source_kind != "pron3sg" or unit.kind == "scare" or unit.head is None:
            continue
        start = unit.head[0]
        anaphor = at.get(start)
        if anaphor is None or anaphor.lower not in ("he", "she"):
            continue
        sign = 1 if anaphor.lower == "he" else -1
        around = people[bisect_left(starts, start - _AROUND) : bisect_left(starts, start)]
        near = [named for named in around if not quoted(named.start)]
        entity = _only(near, told, sign)
        if entity is None:
            entity = _last_speaker(text, before, start, near, told, sign, at)
        if entity is not None:
            found[anaphor.paragraph, anaphor.index] = entity
    return found


def _only(near: Sequence[Named], told: Sequence[float], sign: int) -> int | None:
    fitting = {named.entity for named in near if sign * told[named.entity] > _SURE}
    doubtful = any(abs(told[named.entity]) <= _SURE for named in near)
    several = len({named.entity for named in near}) > 1
    return fitting.pop() if len(fitting) == 1 and not doubtful and several else None


def _last_speaker(
    text: str,
    before: Unit,
    start: int,
    near: Sequence[Named],
    told: Sequence[float],
    sign: int,
    at: dict[int, Candidate],
) -> int | None:
    if before.source_kind != "named" or before.head is None or before.head[0] >= start:
        return None
    if text.count("\n\n", before.start, start) > 1:
        return None
    speaker = next((n for n in near if n.start < before.head[1] and before.head[0] < n.end), None)
    if speaker is None or sign * told[speaker.entity] <= _AGAINST:
        return None
    for named in near:
        if (
            named.start > speaker.start
            and named.entity != speaker.entity
            and sign * told[named.entity] > -_SURE
        ):
            candidate = at.get(named.start)
            if candidate is None or candidate.subject:
                return None
    return speaker.entity


def add(examples: Examples, article: Prepared, known: Answers, trees: Trees | None, weight: float) -> None:
    """Add the examples of one article."""
    text = article.gold.text
    focus = _Guided(
        text,
        list(paragraphs(text, ())),
        article.quoted,
        article.scenes,
        Mentions(article.entities),
        article.entities,
        trees,
    )
    focus.answers = known
    focus.run()
    for key, entity in known.items():
        entities, rows = focus.examples.get(key, ([], []))
        if entity is not None and entity not in entities:
            continue
        for possible, row in zip(entities, rows, strict=True):
            examples.rows.append(row)
            examples.labels.append(possible == entity)
            examples.weights.append(weight)


def fit(articles: Sequence[Prepared], trees: Trees | None, seed: int = 0) -> Any:
    """The resolver's classifier. ``trees`` from an earlier round keep pronouns between speakers in focus."""
    examples = Examples()
    for article in articles:
        known = answers(article) if article.gold.ours else silver(article)
        if known:
            add(examples, article, known, trees, 1.0 if article.gold.ours else _SILVER_WEIGHT)
    classifier = HistGradientBoostingClassifier(
        max_iter=100,
        learning_rate=0.07,
        max_leaf_nodes=8,
        l2_regularization=2.0,
        min_samples_leaf=20,
        random_state=seed,
    )
    classifier.fit(
        np.array(examples.rows, np.float32),
        np.array(examples.labels),
        sample_weight=np.array(examples.weights),
    )
    print(f"resolver: {len(examples.labels)} rows, {sum(examples.labels)} answers")
    return classifier
