"""Fit the judge: is a quoted stretch a quotation at all?"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from reader.language.quotations.finder import stretches_by_paragraph
from reader.language.quotations.surface import Neighbours, profile, surface, words_after, words_before
from training.quotations.articles import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.quotations.marks import Quoted
    from reader.language.quotations.surface import StretchProfile
    from training.quotations.articles import GoldArticle

# Short attributed stretches are annotated unevenly: they count less.
_SCARE_WEIGHT = 0.4
_PSEUDO_COUNT = 4
_LEAST = 3
_FOLDS = 5


@dataclass
class Item:
    """A quoted stretch with its paragraph and whether it is a quotation."""

    article: int
    text: str
    low: int
    high: int
    stretches: list[Quoted]
    place: int
    number: int
    whole: StretchProfile
    label: bool
    weight: float


def items(articles: Sequence[GoldArticle]) -> list[Item]:
    """Every stretch that the annotation says something about."""
    found = []
    for number, article in enumerate(articles):
        paragraphs = list(stretches_by_paragraph(article.text, ()))
        flat = [stretch for _, _, stretches in paragraphs for stretch in stretches]
        matched, touching = matches(article.units, [(stretch.start, stretch.end) for stretch in flat])
        whole = profile(article.text, flat)
        index = -1
        for paragraph, (low, high, stretches) in enumerate(paragraphs):
            for place in range(len(stretches)):
                index += 1
                if index in touching:
                    continue
                unit = matched.get(index)
                weight = _SCARE_WEIGHT if unit is not None and unit.kind == "scare" else 1.0
                found.append(
                    Item(
                        number,
                        article.text,
                        low,
                        high,
                        stretches,
                        place,
                        paragraph,
                        whole,
                        unit is not None,
                        weight,
                    )
                )
    return found


def neighbours(found: Sequence[Item]) -> Neighbours:
    """Log odds of being a quotation by the words around, against the overall odds."""
    counts: list[tuple[Counter[str], Counter[str]]] = [(Counter(), Counter()) for _ in range(4)]
    for item in found:
        stretch = item.stretches[item.place]
        before = words_before(item.text, item.low, stretch.start)
        after = words_after(item.text, stretch.end, item.high)
        for table, words in zip(counts, (before[:1], before[1:2], after[:1], after[1:2]), strict=True):
            table[item.label].update(words)
    share = sum(item.label for item in found) / len(found)
    base = math.log(share / (1 - share))

    def odds(table: tuple[Counter[str], Counter[str]]) -> dict[str, float]:
        no, yes = table
        return {
            word: value
            for word in sorted(no.keys() | yes.keys())
            if no[word] + yes[word] >= _LEAST
            and abs(
                value := round(
                    math.log((yes[word] + _PSEUDO_COUNT * share) / (no[word] + _PSEUDO_COUNT * (1 - share)))
                    - base,
                    2,
                )
            )
            >= 0.2
        }

    return Neighbours(*map(odds, counts))


def rows(found: Sequence[Item], near: Neighbours) -> list[list[float]]:
    """The features of each item."""
    return [surface(i.text, i.low, i.high, i.stretches, i.place, i.number, i.whole, near) for i in found]


def fit(articles: Sequence[GoldArticle], seed: int = 0) -> tuple[Any, Neighbours]:
    """The classifier and the tables of neighbouring words.

    Each article's features use tables counted on the other folds, as they will on unseen text.
    """
    found = items(articles)
    matrix, labels, weights = [], [], []
    for fold in range(_FOLDS):
        near = neighbours([item for item in found if item.article % _FOLDS != fold])
        part = [item for item in found if item.article % _FOLDS == fold]
        matrix += rows(part, near)
        labels += [item.label for item in part]
        weights += [item.weight for item in part]
    classifier = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.08,
        max_leaf_nodes=12,
        l2_regularization=1.0,
        min_samples_leaf=25,
        random_state=seed,
    )
    classifier.fit(np.array(matrix, np.float32), np.array(labels), sample_weight=np.array(weights))
    return classifier, neighbours(found)
