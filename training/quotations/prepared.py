"""Articles parsed once for training: what the finder, the pipeline and the clustering make of them."""

from __future__ import annotations

import gc
import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.language.attribution.candidates import candidates
from reader.language.attribution.masking import mask
from reader.language.attribution.mentions import Mentions
from reader.language.attribution.readings import Readings
from reader.language.attribution.scenes import Scene, in_view, scenes_of
from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.quotations import QuotedSpan
from reader.language.quotations.finder import paragraphs, stretches_by_paragraph
from reader.language.quotations.kinds import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reader.language.attribution.readings import Pointed
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
    pointed: dict[int, Pointed] = field(default_factory=dict)


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
    quoted = [
        QuotedSpan(stretch.start, stretch.end, kind)
        for low, _, stretches in stretches_by_paragraph(text, ())
        for stretch in stretches
        if (kind := shape_of(text, low, stretch)) is not None
    ]
    masked = mask(text, (), quoted)
    wanted = set(in_view(masked))
    asked = [(span.start, span.end) for span in quoted]
    tower = pipeline.tower
    readings = Readings(pipeline.nlp.make_doc, tower, masked, asked) if tower is not None else None
    found = pipeline.read(
        (text[start:end], readings.questions(number) if readings and number in wanted else None)
        for number, (start, end) in enumerate(spans)
    )
    mentions = []
    for number, ((start, _), (inside, reading)) in enumerate(zip(spans, found, strict=True)):
        mentions += [m._replace(start=m.start + start, end=m.end + start) for m in inside]
        if readings is not None and reading is not None:
            readings.add(number, reading)
    entities = cluster(text, consistent(text, mentions))
    scenes = scenes_of(text, (), quoted, entities, pipeline.parse, readings)
    pointed = readings.pointed(scenes) if readings is not None else {}
    return Prepared(gold, quoted, entities, scenes, pointed)
