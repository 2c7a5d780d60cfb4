"""Articles parsed once for training: what the finder, the pipeline and the clustering make of them."""

from __future__ import annotations

import gc
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.language.attribution.candidates import candidates
from reader.language.attribution.mentions import Mentions
from reader.language.attribution.scenes import Scene, scenes_of
from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.quotations import QuotedSpan
from reader.language.quotations.finder import paragraphs, stretches_by_paragraph
from reader.language.quotations.kinds import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reader.language.pipeline import Pipeline
    from reader.model.analysis import Entity
    from training.quotations.articles import GoldArticle


@dataclass
class Prepared:
    """An article with every quoted stretch (rejected by the judge or not), its entities and scenes."""

    gold: GoldArticle
    quoted: list[QuotedSpan]
    entities: tuple[Entity, ...]
    scenes: dict[int, Scene]


def prepare(articles: Iterable[GoldArticle], pipeline: Pipeline, cache: Path | None = None) -> list[Prepared]:
    """Parse articles, or take their parses from ``cache``; candidates are always looked for anew.

    The cache holds pickles that this function wrote: give no file from elsewhere.
    """
    if cache is not None and cache.exists():
        # Millions of small objects: collecting in between takes longer than loading.
        gc.disable()
        prepared: list[Prepared] = pickle.loads(cache.read_bytes())
        gc.enable()
        for article in prepared:
            mentions = Mentions(article.entities)
            article.scenes = {
                number: Scene(number, scene.paragraph, candidates(number, scene.paragraph, mentions))
                for number, scene in article.scenes.items()
            }
        return prepared
    prepared = [_prepared(article, pipeline) for article in articles]
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(prepared, protocol=5))
    return prepared


def _prepared(gold: GoldArticle, pipeline: Pipeline) -> Prepared:
    text = gold.text
    spans = list(paragraphs(text, ()))
    found = pipeline.mentions(text[start:end] for start, end in spans)
    mentions = [
        mention._replace(start=mention.start + start, end=mention.end + start)
        for (start, _), inside in zip(spans, found, strict=True)
        for mention in inside
    ]
    entities = cluster(text, consistent(text, mentions))
    quoted = [
        QuotedSpan(stretch.start, stretch.end, kind)
        for low, high, stretches in stretches_by_paragraph(text, ())
        for stretch in stretches
        if (kind := shape_of(text, low, high, stretch)) is not None
    ]
    return Prepared(gold, quoted, entities, scenes_of(text, (), quoted, entities, pipeline.parse))
