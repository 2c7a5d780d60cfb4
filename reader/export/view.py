"""An article and its analysis as a reader should see them: passages cut into runs that carry their marks.

The formats for people all draw from this one view, so that they agree about what is marked. Its text
is inert (see :mod:`reader.export.inert`) and as long as the article's: offsets apply to both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from reader.export.citation import published_date
from reader.export.inert import inert, inert_line, web_address
from reader.model.analysis import Analysis
from reader.model.article import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.export.options import Options
    from reader.model.analysis import Entity, Quotation
    from reader.model.article import Article, Link

_LONGEST_TITLE = 80  # characters

TYPE_NAMES = {"PERSON": "People", "PLACE": "Places", "ORG": "Organisations", "GROUP": "Groups"}


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A mention together with the entity that it names. ``number`` counts the entity's mentions from 1."""

    start: int
    end: int
    entity: Entity
    number: int


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
    mention: NamedSpan | None
    quotation: Quotation | None
    cue: Role | None
    speaker: Role | None
    link: Link | None


class View:
    """An article prepared for display, limited to what the options ask for."""

    def __init__(self, article: Article, analysis: Analysis, options: Options) -> None:
        self.article = article
        self.options = options
        self.analysis = chosen(analysis, options)
        self.text = inert(article.text)
        self.passages = _titled(_passages(article, self.text, options.selection), article, self.text)
        self._entities = {entity.id: entity for entity in analysis.entities}

    @cached_property
    def title(self) -> str:
        """The article's title on one line, or its beginning when it has none."""
        if self.article.title and (title := inert_line(self.article.title)):
            return title
        first = next((self.words(p) for p in self.passages), "") or "Untitled article"
        return first if len(first) <= _LONGEST_TITLE else first[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"

    @cached_property
    def opens_with_title(self) -> bool:
        """Whether the first passage is the title, so that it need not be set twice."""
        return bool(self.passages) and self.passages[0].kind == "title"

    @cached_property
    def byline(self) -> str | None:
        """Who wrote the article, on one line."""
        return inert_line(self.article.byline or "") or None

    @cached_property
    def published(self) -> str | None:
        """When it was published: in words if the source gives an ISO 8601 date, else as it says."""
        return published_date(self.article)

    @cached_property
    def site(self) -> str | None:
        """Where it was published, on one line."""
        return inert_line(self.article.site or "") or None

    @cached_property
    def source(self) -> str:
        """The path or address that the article came from, on one line."""
        return inert_line(self.article.source)

    @cached_property
    def address(self) -> str | None:
        """The source as an address that is safe to link to, if it is one."""
        return web_address(self.article.source)

    @cached_property
    def details(self) -> tuple[str, ...]:
        """Byline, date and site, those that are known."""
        return tuple(part for part in (self.byline, self.published, self.site) if part)

    def words(self, span: _Span) -> str:
        """The words of a span on one line."""
        return " ".join(self.text[span.start : span.end].split())

    def name(self, entity: Entity) -> str:
        """An entity's name on one line."""
        return inert_line(entity.name) or entity.id

    def aliases(self, entity: Entity) -> tuple[str, ...]:
        """An entity's other names, each on one line."""
        return tuple(filter(None, map(inert_line, entity.aliases)))

    def speaker_entity(self, quotation: Quotation) -> Entity | None:
        """The entity that a quotation's speaker resolves to."""
        if quotation.speaker is None or quotation.speaker.entity is None:
            return None
        return self._entities.get(quotation.speaker.entity)

    def resolved_name(self, quotation: Quotation) -> str | None:
        """The name of who is quoted, None when the text does not tell."""
        speaker = quotation.speaker
        if speaker is None:
            return None
        name = inert_line(speaker.name or "")
        if not name and (entity := self.speaker_entity(quotation)):
            name = self.name(entity)
        return name or None

    def speaker_name(self, quotation: Quotation) -> str | None:
        """Who is quoted: the name, else the words of the text, else None."""
        words = self.words(quotation.speaker) if quotation.speaker else None
        return self.resolved_name(quotation) or words or None

    def speaker_label(self, quotation: Quotation) -> str:
        """Who is quoted, for people: a name, or the text's words in quotation marks."""
        if name := self.resolved_name(quotation):
            return name
        words = self.speaker_name(quotation)
        return f"“{words}”" if words else "speaker not named"

    def paragraph(self, quotation: Quotation) -> int:
        """The number, from 1, of the block in which a quotation begins."""
        return 1 + bisect_right(self._block_ends, quotation.start)

    def begins(self, passage: Block) -> list[Quotation]:
        """The quotations whose first visible character is in a passage."""
        first = bisect_left(self._beginnings, (passage.start,))
        last = bisect_left(self._beginnings, (passage.end,))
        return [self.analysis.quotations[number] for _, number in self._beginnings[first:last]]

    @cached_property
    def spoken(self) -> dict[str, list[Quotation]]:
        """The quotations of each entity that speaks, by its identifier."""
        spoken: dict[str, list[Quotation]] = {}
        for quotation in self.analysis.quotations:
            if quotation.speaker and quotation.speaker.entity:
                spoken.setdefault(quotation.speaker.entity, []).append(quotation)
        return spoken

    def entities_by_type(self) -> Iterator[tuple[str, list[Entity]]]:
        """Each type's display name with its entities, the most mentioned first."""
        for kind, display in TYPE_NAMES.items():
            found = [entity for entity in self.analysis.entities if entity.type == kind]
            if found:
                yield display, sorted(found, key=lambda entity: -len(entity.mentions))

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
    def _block_ends(self) -> list[int]:
        return [block.end for block in self.article.blocks]

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
    ) -> tuple[_Layer[NamedSpan], _Layer[Quotation], _Layer[Role], _Layer[Role], _Layer[Link]]:
        quotations = self.analysis.quotations
        return (
            _Layer(
                NamedSpan(mention.start, mention.end, entity, number)
                for entity in self.analysis.entities
                for number, mention in enumerate(entity.mentions, 1)
            ),
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


def _roles(pairs: Iterable[tuple[_Span | None, Quotation]]) -> list[Role]:
    """Quotations by the cue or speaker's mention that they share."""
    shared: dict[tuple[int, int], list[Quotation]] = {}
    for span, quotation in pairs:
        if span is not None:
            shared.setdefault((span.start, span.end), []).append(quotation)
    return [Role(start, end, tuple(quotations)) for (start, end), quotations in shared.items()]
