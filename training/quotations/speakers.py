"""Fit the speaker ranker: examples from annotated articles, a lexicon of cues, boosted trees."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from reader.language.attribution.engine import endings
from reader.language.attribution.features import rows
from reader.language.attribution.mentions import Mentions
from reader.language.attribution.resolver import Focus
from reader.language.attribution.setting import History, Lexicon, Setting, pool
from reader.language.attribution.sieve import sift
from reader.language.quotations.finder import paragraphs
from training.quotations.articles import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.scenes import Scene
    from reader.language.trees import Trees
    from training.quotations.articles import Span, Unit
    from training.quotations.prepared import Prepared

_SCARE_WEIGHT = 0.5
_FOLDS = 5
_LEAST_VERB, _LEAST_NOUN = 3, 4


@dataclass
class Counts:
    """How often verbs have a speaker for subject, and nouns speak, in one article."""

    cue: Counter[str] = field(default_factory=Counter)
    verb: Counter[str] = field(default_factory=Counter)
    speaker: Counter[str] = field(default_factory=Counter)
    noun: Counter[str] = field(default_factory=Counter)


def counts(article: Prepared) -> Counts:
    """Count an article's verbs and nouns."""
    found = Counts()
    heads = sorted({unit.head for unit in article.gold.units if unit.head is not None})
    starts = [start for start, _ in heads]
    for scene in article.scenes.values():
        for candidate in scene.candidates:
            place = bisect_right(starts, candidate.word.start) - 1
            speaks = place >= 0 and candidate.word.start < heads[place][1]
            if candidate.verb >= 0 and scene.order:
                stem = scene.paragraph.words[candidate.verb].stem
                found.verb[stem] += 1
                found.cue[stem] += speaks
            if candidate.word.pos == "NOUN" and candidate.named is None:
                found.noun[candidate.word.stem] += 1
                found.speaker[candidate.word.stem] += speaks
    return found


def lexicon(parts: Sequence[Counts]) -> Lexicon:
    """Log odds by stem, over many articles."""
    total = Counts()
    for part in parts:
        total.cue.update(part.cue)
        total.verb.update(part.verb)
        total.speaker.update(part.speaker)
        total.noun.update(part.noun)
    verbs = {
        stem: round(math.log((total.cue[stem] + 0.3) / (count - total.cue[stem] + 3)), 2)
        for stem, count in sorted(total.verb.items())
        if count >= _LEAST_VERB
    }
    nouns = {
        stem: round(math.log((total.speaker[stem] + 0.2) / (count - total.speaker[stem] + 6)), 2)
        for stem, count in sorted(total.noun.items())
        if count >= _LEAST_NOUN
    }
    return Lexicon(verbs, nouns)


def setting(article: Prepared, words: Lexicon, resolver: Trees) -> Setting:
    """An article as the ranker sees it at run time."""
    text, entities, scenes = article.gold.text, article.entities, article.scenes
    focus = Focus(
        text, list(paragraphs(text, ())), article.quoted, scenes, Mentions(entities), entities, resolver
    )
    offsets = {number: [m.start for m in entity.mentions] for number, entity in enumerate(entities)}
    rules = sift(scenes, endings(text, article.quoted))
    return Setting(text, article.quoted, scenes, rules, words, offsets, focus.run(), article.pointed)


def speaking(unit: Unit, candidates: Sequence[Candidate], scenes: dict[int, Scene]) -> tuple[int, list[int]]:
    """Which candidate is the annotated source (-1 for none), and all that touch it.

    Of several inside the source it is the one that the others hang on; a name before a description.
    """
    if unit.head is None:
        return -1, []
    start, end = unit.head
    touching = [n for n, c in enumerate(candidates) if c.start < end and start < c.end]
    inside = [n for n in touching if start <= candidates[n].word.start < end] or touching
    if not inside:
        return -1, touching
    places = {(candidates[n].paragraph, candidates[n].index) for n in inside}
    top = [n for n in inside if not _under(candidates[n], places, scenes)] or inside
    named = [n for n in top if candidates[n].named is not None]
    return (named or top)[0], touching


def _under(candidate: Candidate, places: set[tuple[int, int]], scenes: dict[int, Scene]) -> bool:
    words = scenes[candidate.paragraph].paragraph.words
    index = candidate.index
    for _ in range(8):
        if words[index].head == index:
            return False
        index = words[index].head
        if (candidate.paragraph, index) in places:
            return True
    return False


@dataclass
class Examples:
    """Rows of quotations and candidates; ``missing`` counts sources that are no candidate."""

    rows: list[list[float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    missing: int = 0

    def add(self, article: Prepared, words: Lexicon, resolver: Trees, weight: float) -> None:
        """Add the examples of one article, the right speakers of earlier quotations being known."""
        view = setting(article, words, resolver)
        spans: list[Span] = [(span.start, span.end) for span in article.quoted]
        matched, _ = matches(article.gold.units, spans)
        history = History()
        for number in sorted(article.scenes):
            scene = article.scenes[number]
            for quotation in scene.order:
                unit = matched.get(quotation)
                if unit is None or unit.head is None:
                    continue
                candidates = pool(view, number, quotation, history)
                right, touching = speaking(unit, candidates, article.scenes)
                if right < 0:
                    self.missing += 1
                    continue
                told = rows(view, scene, quotation, candidates, history)
                for index, row in enumerate(told):
                    if index == right or index not in touching:
                        self.rows.append(row)
                        self.labels.append(index == right)
                        self.weights.append(weight * (_SCARE_WEIGHT if unit.kind == "scare" else 1.0))
                history.add(quotation, candidates[right], view.entity(candidates[right]))


def fit(
    articles: Sequence[Prepared], resolver: Trees, *, own_weight: float, iterations: int, seed: int = 0
) -> tuple[Any, Lexicon]:
    """The ranker's classifier and lexicon. Our own articles, far fewer, count ``own_weight`` times.

    Each article's features use a lexicon counted on the other folds, as they will on unseen text.
    """
    counted = [counts(article) for article in articles]
    examples = Examples()
    for fold in range(_FOLDS):
        words = lexicon([part for number, part in enumerate(counted) if number % _FOLDS != fold])
        for number, article in enumerate(articles):
            if number % _FOLDS == fold:
                examples.add(article, words, resolver, own_weight if article.gold.ours else 1.0)
    classifier = HistGradientBoostingClassifier(
        max_iter=iterations,
        learning_rate=0.05,
        max_leaf_nodes=31,
        max_features=0.3,
        l2_regularization=1.0,
        min_samples_leaf=30,
        random_state=seed,
    )
    labels = np.array(examples.labels)
    classifier.fit(np.array(examples.rows, np.float32), labels, sample_weight=np.array(examples.weights))
    sources = sum(examples.labels)
    print(f"ranker: {len(labels)} rows, {sources} sources, {examples.missing} not among candidates")
    return classifier, lexicon(counted)
