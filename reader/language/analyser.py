"""From an article to its analysis, one step at a time so that the caller can show progress or stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
)
from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.fingerprint import identity
from reader.language.passages import foreign_passages, outside
from reader.language.pipeline import TypedSpan, load_pipeline
from reader.language.quotations import find_quotations, find_turns
from reader.language.sections import LONGEST_BLOCK, sections_of, shorter
from reader.model.analysis import NOT_LOOKED_FOR, Analysis, Quotation, quotation_id
from reader.text.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reader.language.encoder.sight import TextReading
    from reader.language.pipeline import Pipeline
    from reader.language.quotations import QuotedSpan
    from reader.language.sections import Section
    from reader.model.analysis import Entity, PipelineInfo
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
    """Progress of an analysis: ``done`` of ``total`` blocks or quotations, and what is known so far.

    Before the offset ``settled`` nothing is looked for any more; what comes after may only tell a name more
    fully.
    """

    stage: Stage
    done: int
    total: int
    analysis: Analysis
    settled: int = 0


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

    # Their number is what progress counts; what is shown and kept are the article's own.
    whole = [(span.start, span.end) for span in quoted] + [(turn.start, turn.end) for turn in turns]
    blocks = shorter(text, blocks, whole)
    growing = _Growing(text, blocks, quoted, unattributed, info, passages, show_groups)
    for section in sections_of(text, blocks, quoted, turns):
        readings, found = _read(text, section.blocks, section.quoted, pipeline)
        yield from growing.names(section, readings, found)
        spoken = attribute_turns(text, section.turns, growing.entities, article.byline)
        running = attribute(text, section.blocks, section.quoted, growing.entities, pipeline.parse, readings)
        yield from growing.speakers(section, running, spoken)
    yield Step("complete", len(quoted), len(quoted), growing.analysis(()), len(text))


class _Growing:
    """What is known so far, section by section."""

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        quoted: Sequence[QuotedSpan],
        unattributed: tuple[Quotation, ...],
        info: PipelineInfo,
        passages: list[tuple[int, int]],
        show_groups: bool,
    ) -> None:
        self._text, self._blocks, self._quoted = text, blocks, quoted
        self._unattributed, self._info = unattributed, info
        self._passages, self._show_groups = passages, show_groups
        self._spans: list[TypedSpan] = []  # of the sections that have been read
        self._settled: tuple[Quotation, ...] = ()
        self._end = 0
        self._heard = 0
        self.entities: tuple[Entity, ...] = ()

    def analysis(self, quotations: tuple[Quotation, ...]) -> Analysis:
        """What is known, with these quotations behind those of the sections that have been read."""
        return Analysis(self.entities, self._settled + quotations, self._info)

    def names(
        self,
        section: Section,
        readings: Readings | None,
        found: Iterator[tuple[list[TypedSpan], TextReading | None]],
    ) -> Iterator[Step]:
        """Read the names of a section as they are found; nothing is looked up before it is asked for."""
        total = len(self._blocks)
        waiting = tuple(q for q in self._unattributed if q.start >= section.start)
        spans: list[TypedSpan] = []
        enough = len(self._spans) * _GROWTH or 1.0
        for number, (block, (in_block, reading)) in enumerate(zip(section.blocks, found, strict=True)):
            if readings is not None and reading is not None:
                readings.add(number, reading)
            spans += outside(
                (s._replace(start=s.start + block.start, end=s.end + block.start) for s in in_block),
                self._passages,
            )
            done = section.first + number + 1
            if done % _BLOCKS_PER_STEP == 0 and done < total:
                if len(self._spans) + len(spans) >= enough:
                    self._cluster([*self._spans, *spans])
                    enough = (len(self._spans) + len(spans)) * _GROWTH
                yield Step("entities", done, total, self.analysis(waiting), self._end)
        self._spans += outside(self._consistent(section, spans), self._passages)
        self._cluster(self._spans)
        done = section.first + len(section.blocks)
        yield Step("entities", done, total, self.analysis(waiting), self._end)

    def _consistent(self, section: Section, spans: Sequence[TypedSpan]) -> list[TypedSpan]:
        start, end = section.start, section.end
        labelled = labelled_people(self._text, spans, section.turns)
        inside = [span._replace(start=span.start - start, end=span.end - start) for span in labelled]
        found = consistent(self._text[start:end], inside)
        return [span._replace(start=span.start + start, end=span.end + start) for span in found]

    def _cluster(self, spans: Sequence[TypedSpan]) -> None:
        self.entities = cluster(self._text, spans, show_groups=self._show_groups)
        self._settled = renamed(self._settled, self.entities)

    def speakers(
        self, section: Section, running: Iterator[Quotation | None], spoken: Sequence[Quotation]
    ) -> Iterator[Step]:
        """Attribute the quotations of a section."""
        attributed: list[Quotation] = []
        total = len(self._quoted)
        later = [q for q in self._unattributed if q.start >= section.end]
        waiting = [
            q for q in self._unattributed if section.start <= q.start < section.end and q.kind != "turn"
        ]
        # At most some hundred steps: each copies all quotations.
        while batch := list(islice(running, max(_QUOTATIONS_PER_STEP, total // 100))):
            # None stands for a span that turned out to be no quotation.
            attributed += in_turns(self._text, filter(None, batch), spoken)
            self._heard += len(batch)
            if self._heard < total:
                reached = self._quoted[self._heard].start
                ahead = [q for q in waiting if q.start >= reached]
                known = in_order([*attributed, *ahead], spoken)
                yield Step("speakers", self._heard, total, self.analysis((*known, *later)), self._end)
        self._settled += in_order(attributed, spoken)
        self._end = section.end
        if section.end < len(self._text):
            yield Step("speakers", self._heard, total, self.analysis(tuple(later)), self._end)


def renamed(quotations: tuple[Quotation, ...], entities: Sequence[Entity]) -> tuple[Quotation, ...]:
    """The quotations with their speakers among these entities, who may be grouped and named anew."""
    if not quotations:
        return ()
    owners = {mention.start: entity for entity in entities for mention in entity.mentions}
    return tuple(_renamed(quotation, owners) for quotation in quotations)


def _renamed(quotation: Quotation, owners: Mapping[int, Entity]) -> Quotation:
    speaker = quotation.speaker
    if speaker is None or speaker.entity is None:
        return quotation
    owner = owners[int(speaker.entity.removeprefix("e"))]
    if (owner.id, owner.name) == (speaker.entity, speaker.name):
        return quotation
    return replace(quotation, speaker=replace(speaker, entity=owner.id, name=owner.name))


def _read(
    text: str, blocks: Sequence[Block], quoted: Sequence[QuotedSpan], pipeline: Pipeline
) -> tuple[Readings | None, Iterator[tuple[list[TypedSpan], TextReading | None]]]:
    """Begin to read the blocks; in one pass, where it can be, with the words that attribution looks at."""
    tower = pipeline.tower
    if tower is None:
        return None, pipeline.read((text[block.start : block.end], None) for block in blocks)
    masked = mask(text, blocks, quoted)
    # One that is longer still is a single quotation: masked, and parsed apart, it is short.
    long = {number for number, block in enumerate(blocks) if block.end - block.start > 2 * LONGEST_BLOCK}
    wanted = set(in_view(masked)) - long
    spans = [(span.start, span.end) for span in quoted]
    readings = Readings(pipeline.nlp.make_doc, tower, masked, spans)
    requests = (
        (text[block.start : block.end], readings.questions(number) if number in wanted else None)
        for number, block in enumerate(blocks)
    )
    return readings, pipeline.read(requests)
