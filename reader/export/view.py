"""An article and its analysis as a reader should see them: passages cut into runs that carry their marks.

The formats for people all draw from this one view, so that they agree about what is marked. Its text
is safe to show (:func:`reader.text.safety.shown`) and as long as the article's: offsets apply to both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from reader.index import TYPE_NAMES, Index, NamedMention, Span
from reader.model.analysis import Analysis
from reader.model.article import Block
from reader.text.safety import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.export.options import Options
    from reader.model.analysis import Entity, Quotation
    from reader.model.article import Article, Link

_LONGEST_TITLE = 80  # characters

S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Role:
    """A cue or a speaker's mention, with the quotations that share it."""

    start: int
    end: int
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text over which no mark begins or ends."""

    start: int
    end: int
    mention: NamedMention | None
    quotation: Quotation | None
    cue: Role | None
    speaker: Role | None
    link: Link | None


class ExportView:
    """An article prepared for display, limited to what the options ask for."""

    def __init__(self, article: Article, analysis: Analysis, options: Options) -> None:
        self.article = article
        self.options = options
        self.analysis = chosen(analysis, options)
        self.index = Index(article, self.analysis)
        self.text = self.index.text
        self.passages = _titled(_passages(article, self.text, options.selection), article, self.text)

    @cached_property
    def opens_with_title(self) -> bool:
        """Whether the first passage is the title, so that it need not be set twice."""
        return bool(self.passages) and self.passages[0].kind == "title"

    @cached_property
    def address(self) -> str | None:
        """The source as an address that is safe to link to, if it is one."""
        return web_address(self.article.source)

    @cached_property
    def details(self) -> tuple[str, ...]:
        """Byline, date and site, those that are known."""
        return tuple(filter(None, (self.index.byline, self.index.published, self.index.site)))

    def begins(self, passage: Block) -> list[Quotation]:
        """The quotations whose first visible character is in a passage."""
        first = bisect_left(self._beginnings, (passage.start,))
        last = bisect_left(self._beginnings, (passage.end,))
        return [self.analysis.quotations[number] for _, number in self._beginnings[first:last]]

    def entities_by_type(self) -> Iterator[tuple[str, list[Entity]]]:
        """Each type's display name with its entities, the most prominent first."""
        for kind, (_, several) in TYPE_NAMES.items():
            if found := self.index.entities(kind):
                yield several.capitalize(), found

    def runs(self, passage: Block) -> list[Run]:
        """Cut a passage wherever a mark begins or ends."""
        mentions, quotations, cues, speakers, links = layers = self._layers
        cuts = {passage.start, passage.end}
        for layer in layers:
            cuts.update(layer.bounds(passage.start, passage.end))
        points = sorted(cuts)
        return [
            Run(
                start,
                end,
                mentions.at(start),
                quotations.at(start),
                cues.at(start),
                speakers.at(start),
                links.at(start),
            )
            for start, end in pairwise(points)
        ]

    @cached_property
    def _beginnings(self) -> list[tuple[int, int]]:
        """Where each quotation's first visible character is, with the quotation's place in the list."""
        earliest = self.options.selection[0] if self.options.selection else 0
        found = []
        for number, quotation in enumerate(self.analysis.quotations):
            start = max(earliest, quotation.start)
            words = self.text[start : quotation.end]
            found.append((start + len(words) - len(words.lstrip()), number))
        return sorted(found)

    @cached_property
    def _layers(
        self,
    ) -> tuple[_Layer[NamedMention], _Layer[Quotation], _Layer[Role], _Layer[Role], _Layer[Link]]:
        quotations = self.analysis.quotations
        return (
            _Layer(self.index.mentions),
            _Layer(quotations),
            _Layer(_roles((q.cue, q) for q in quotations)),
            _Layer(_roles((q.speaker, q) for q in quotations)),
            _Layer(link for link in self.article.links if web_address(link.url)),
        )


class _Layer(Generic[S]):
    """Spans of one kind, in order, without those that begin inside an earlier one."""

    def __init__(self, spans: Iterable[S]) -> None:
        self._spans: list[S] = []
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if span.start < span.end and (not self._spans or span.start >= self._spans[-1].end):
                self._spans.append(span)
        self._starts = [span.start for span in self._spans]

    def bounds(self, start: int, end: int) -> Iterator[int]:
        """Where spans begin or end inside the stretch."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for span in self._spans[first : bisect_left(self._starts, end)]:
            if start < span.start:
                yield span.start
            if start < span.end < end:
                yield span.end

    def at(self, position: int) -> S | None:
        """The span that covers a position."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._spans[index].end:
            return self._spans[index]
        return None


def chosen(analysis: Analysis, options: Options) -> Analysis:
    """Return the part of an analysis that the options ask for.

    With ``only="quotations"`` the entities that speak stay, so that speakers can still be looked up.
    """
    entities, quotations = analysis.entities, analysis.quotations
    if options.selection is not None:
        start, end = options.selection
        quotations = tuple(q for q in quotations if q.start < end and q.end > start)
        speaking = {q.speaker.entity for q in quotations if q.speaker}
        kept = []
        for entity in entities:
            mentions = tuple(m for m in entity.mentions if m.start < end and m.end > start)
            if mentions or entity.id in speaking:
                kept.append(replace(entity, mentions=mentions))
        entities = tuple(kept)
    if options.only == "entities":
        quotations = ()
    elif options.only == "quotations":
        speaking = {q.speaker.entity for q in quotations if q.speaker}
        entities = tuple(entity for entity in entities if entity.id in speaking)
    return Analysis(entities, quotations, analysis.pipeline)


def _passages(article: Article, text: str, selection: tuple[int, int] | None) -> tuple[Block, ...]:
    """Blocks that cover every visible character, clipped to the selection.

    Text that stands between blocks is set as paragraphs of its own: nothing is lost.
    """
    start, end = selection or (0, len(text))
    passages: list[Block] = []
    position = 0
    for block in (*article.blocks, Block("paragraph", len(text), len(text))):
        passages += _paragraphs(text, position, block.start)
        passages.append(block)
        position = max(position, block.end)
    clipped = (Block(p.kind, max(p.start, start), min(p.end, end)) for p in passages)
    return tuple(p for p in clipped if p.start < p.end and not text[p.start : p.end].isspace())


def _titled(passages: tuple[Block, ...], article: Article, text: str) -> tuple[Block, ...]:
    """Of an article without a title, let a short first line that is no sentence be one."""
    if article.title or len(passages) < 2 or passages[0].kind not in ("paragraph", "heading"):
        return passages
    first = text[passages[0].start : passages[0].end].strip()
    if len(first) > _LONGEST_TITLE or "\n" in first or first.endswith((".", ",", ":", ";")):
        return passages
    return (replace(passages[0], kind="title"), *passages[1:])


def _paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    position = start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            yield Block("paragraph", position, position + len(line.rstrip("\n")))
        position += len(line)


def _roles(pairs: Iterable[tuple[Span | None, Quotation]]) -> list[Role]:
    """Quotations by the cue or speaker's mention that they share."""
    shared: dict[tuple[int, int], list[Quotation]] = {}
    for span, quotation in pairs:
        if span is not None:
            shared.setdefault((span.start, span.end), []).append(quotation)
    return [Role(start, end, tuple(quotations)) for (start, end), quotations in shared.items()]
