"""Fit the calibration: how probable an attribution is, from articles that the ranker did not learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from reader.language.attribution.confidence import Calibration, evidence
from reader.language.attribution.setting import History
from training.quotations.articles import matches
from training.quotations.speakers import setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.language.attribution.ranker import Ranker
    from reader.language.quotations.kinds import Judge
    from reader.language.trees import Trees
    from training.quotations.prepared import Prepared

_REMEMBERED = 0.5


def judged(article: Prepared, judge: Judge) -> Prepared:
    """The article with every stretch scored by the judge."""
    from reader.language.quotations.finder import stretches_by_paragraph

    paragraphs = list(stretches_by_paragraph(article.gold.text, ()))
    scores = judge.scores(article.gold.text, paragraphs)
    flat = [stretch for _, _, stretches in paragraphs for stretch in stretches]
    told = {(s.start, s.end): score for s, score in zip(flat, scores, strict=True)}
    article.quoted = [span._replace(score=told.get((span.start, span.end), 1.0)) for span in article.quoted]
    return article


def outcomes(
    article: Prepared, ranker: Ranker, resolver: Trees, least: float
) -> Iterator[tuple[list[float], bool]]:
    """For every stretch that the judge lets pass: the evidence, and whether the attribution is right."""
    view = setting(article, ranker.lexicon, resolver)
    matched, touching = matches(article.gold.units, [(span.start, span.end) for span in article.quoted])
    history = History()
    for number in sorted(article.scenes):
        for quotation in article.scenes[number].order:
            span = article.quoted[quotation]
            if span.score < least:
                continue
            ranking = ranker.rank(view, number, quotation, history)
            if ranking is None:
                continue
            if span.kind == "direct" or ranking.probability > _REMEMBERED:
                history.add(quotation, ranking.candidate, view.entity(ranking.candidate))
            if quotation in touching:
                continue
            unit = matched.get(quotation)
            if unit is not None and unit.kind == "scare":
                continue
            head = unit.head if unit is not None else None
            right = head is not None and ranking.candidate.start < head[1] and head[0] < ranking.candidate.end
            pointed = view.pointed.get(quotation)
            yield evidence(span, ranking, view.rules.get(quotation), number, pointed), right


def fit(
    articles: Sequence[Prepared], ranker: Ranker, judge: Judge, resolver: Trees, *, least: float
) -> Calibration:
    """Fit the calibration on articles kept out of the ranker's training; ``least`` is taken as given."""
    rows, labels = [], []
    for article in articles:
        for row, right in outcomes(judged(article, judge), ranker, resolver, judge.threshold):
            rows.append(row)
            labels.append(right)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(rows), np.array(labels))
    print(f"calibration: {len(labels)} quotations, {100 * sum(labels) / len(labels):.1f} % right")
    weights = [round(float(weight), 4) for weight in model.coef_[0]]
    return Calibration(weights, round(float(model.intercept_[0]), 4), least)
