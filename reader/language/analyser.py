"""From an article to its analysis, one step at a time so that the caller can show progress or stop."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from reader.language.attribution import (
    Readings,
    attribute,
    attribute_turns,
    in_order,
    in_turns,
    in_view,
    labelled_people,
    mask,
    questions,
)
from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.fingerprint import identity
from reader.language.passages import foreign_passages, outside
from reader.language.pipeline import Span, load_pipeline
from reader.language.quotations import find_quotations, find_turns
from reader.model.analysis import NOT_LOOKED_FOR, Analysis, Quotation, quotation_id
from reader.text.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.language.encoder.sight import Reading
    from reader.language.pipeline import Pipeline
    from reader.language.quotations import QuotedSpan
    from reader.model.analysis import Entity
    from reader.model.article import Article, Block

ENGLISH = "en"
OTHER_LANGUAGE = "speaker not looked for: the article is not in English"
"""The evidence of every quotation of an article in another language, whose words nobody here vouches for."""

Stage = Literal["quotations", "entities", "speakers", "complete"]

# A partial analysis is worth showing when it has grown by about a screenful.
_BLOCKS_PER_STEP = 8
_QUOTATIONS_PER_STEP = 16
# Clustering looks at every mention so far: doing it only when there are a third more keeps it linear.
_GROWTH = 4 / 3


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of an analysis: ``done`` of ``total`` blocks or quotations, and what is known so far."""

    stage: Stage
    done: int
    total: int
    analysis: Analysis


def analyse(
    article: Article,
    pipeline: Pipeline | None = None,
    *,
    show_groups: bool = False,
    any_language: bool = False,
) -> Analysis:
    """Analyse an article, with the embedded pipeline unless another is given.

    In an article that is clearly in neither English nor the pipeline's language only quotations are found,
    without speakers, and in a passage in another language no names; with ``any_language`` all is done
    everywhere, for what it is worth.

    The result depends on the arguments alone. Raises :class:`reader.model.errors.PipelineError` when the
    embedded pipeline cannot be loaded.
    """
    result = Analysis()
    pipeline = pipeline or load_pipeline()
    for step in steps(article, pipeline, show_groups=show_groups, any_language=any_language):
        result = step.analysis
    return result


def steps(
    article: Article, pipeline: Pipeline, *, show_groups: bool = False, any_language: bool = False
) -> Iterator[Step]:
    """Analyse an article and yield what is known after each piece of work; the last step is complete.

    The arguments are those of :func:`analyse`.
    """
    text, blocks = article.text, article.blocks
    info = identity(pipeline.name, pipeline.version, show_groups=show_groups, any_language=any_language)
    quoted = find_quotations(text, blocks)
    language = language_of(text) or ENGLISH
    foreign = not any_language and language not in (ENGLISH, pipeline.language)
    evidence = OTHER_LANGUAGE if foreign else NOT_LOOKED_FOR
    turns = find_turns(text, blocks)
    unattributed = in_order(
        [Quotation(quotation_id(q.start), q.kind, q.start, q.end, None, None, 0.0, evidence) for q in quoted],
        [Quotation(quotation_id(t.start), "turn", t.start, t.end, None, None, 0.0, evidence) for t in turns],
    )
    if foreign:
        yield Step("complete", len(quoted), len(quoted), Analysis((), unattributed, info))
        return
    yield Step("quotations", 0, len(blocks), Analysis((), unattributed, info))
    languages = (ENGLISH, pipeline.language)
    passages = [] if any_language else foreign_passages(text, blocks, languages)

    spans: list[Span] = []
    entities: tuple[Entity, ...] = ()
    enough = 1.0
    readings, found = _read(text, blocks, quoted, pipeline)
    for done, (block, (in_block, reading)) in enumerate(zip(blocks, found, strict=True), 1):
        if readings is not None and reading is not None:
            readings.add(done - 1, reading)
        spans += outside(
            (span._replace(start=span.start + block.start, end=span.end + block.start) for span in in_block),
            passages,
        )
        if done % _BLOCKS_PER_STEP == 0 and done < len(blocks):
            if len(spans) >= enough:
                entities = cluster(text, spans, show_groups=show_groups)
                enough = len(spans) * _GROWTH
            yield Step("entities", done, len(blocks), Analysis(entities, unattributed, info))
    spans = consistent(text, labelled_people(text, spans, turns))
    entities = cluster(text, outside(spans, passages), show_groups=show_groups)
    yield Step("entities", len(blocks), len(blocks), Analysis(entities, unattributed, info))

    spoken = attribute_turns(text, turns, entities, article.byline)
    attributed: list[Quotation] = []
    done = 0
    running = attribute(text, blocks, quoted, entities, pipeline.parse, readings)
    # At most some hundred steps: each copies all quotations.
    while batch := list(islice(running, max(_QUOTATIONS_PER_STEP, len(quoted) // 100))):
        # None stands for a span that turned out to be no quotation.
        attributed += in_turns(text, filter(None, batch), spoken)
        done += len(batch)
        if done < len(quoted):
            waiting = [q for q in unattributed if q.kind != "turn" and q.start >= quoted[done].start]
            known = in_order([*attributed, *waiting], spoken)
            yield Step("speakers", done, len(quoted), Analysis(entities, known, info))
    complete = Analysis(entities, in_order(attributed, spoken), info)
    yield Step("complete", len(quoted), len(quoted), complete)


def _read(
    text: str, blocks: Sequence[Block], quoted: Sequence[QuotedSpan], pipeline: Pipeline
) -> tuple[Readings | None, Iterator[tuple[list[Span], Reading | None]]]:
    """Begin to read the blocks; in one pass, where it can be, with the words that attribution looks at."""
    tower = pipeline.tower
    if tower is None:
        return None, pipeline.read((text[block.start : block.end], None) for block in blocks)
    masked = mask(text, blocks, quoted)
    wanted = set(in_view(masked))
    spans = [(span.start, span.end) for span in quoted]
    requests = (
        (text[block.start : block.end], questions(masked[number], spans) if number in wanted else None)
        for number, block in enumerate(blocks)
    )
    return Readings(pipeline.nlp.make_doc, tower), pipeline.read(requests)
