"""One article and its analysis, asked for everything that screen, exports and library say about them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from reader.index.parts import ListedQuotation, NamedMention, Share
from reader.index.spans import Spans
from reader.index.utterances import is_fragment, utterances
from reader.index.wording import DOUBTFUL_BELOW, LOOKING, NO_SPEAKER, Doubt
from reader.text.dates import in_words
from reader.text.names import folded
from reader.text.safety import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.index.spans import Span
    from reader.model.analysis import Analysis, Entity, EntityType, Quotation
    from reader.model.article import Article

_WORDS_PER_MINUTE = 220
_LONGEST_TITLE = 80  # characters
_LONGEST_SPEAKER = 120  # characters of a description that is no name

# An article is asked about after every step of its analysis; its text stays the same.
_shown_text = lru_cache(maxsize=2)(shown)


class Index:
    """An article and its analysis, or what is known of it so far. Everything is worked out when asked for.

    Without an analysis nothing has been found yet. An id that the analysis does not have leads to nothing.
    Offsets are Unicode code points into the article's text, end exclusive. Every string that is returned is
    safe to show and, except :attr:`text`, one line.
    """

    def __init__(self, article: Article, analysis: Analysis | None = None) -> None:
        self.article = article
        self.analysed = analysis is not None
        self._given = analysis

    @cached_property
    def analysis(self) -> Analysis:
        """What has been found."""
        # Imported here: the text of an article is shown before there is any analysis, and asked for it.
        from reader.model.analysis import Analysis

        return self._given or Analysis()

    # The article

    @cached_property
    def text(self) -> str:
        """The article's text, safe to show, offset for offset; line feeds and tabs stay."""
        return _shown_text(self.article.text)

    @cached_property
    def title(self) -> str:
        """The article's title, or else how it begins."""
        if title := one_line(self.article.title or ""):
            return title
        first = re.search(r"\S[^\n]*", self.text)
        begins = " ".join(first[0][: 8 * _LONGEST_TITLE].split()) if first else "Untitled article"
        if len(begins) <= _LONGEST_TITLE:
            return begins
        return begins[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"

    @cached_property
    def byline(self) -> str | None:
        """Who wrote it."""
        return one_line(self.article.byline or "") or None

    @cached_property
    def published(self) -> str | None:
        """When it was published, as exactly as it is known: "4 March 2024", "March 2024"."""
        return in_words(one_line(self.article.published or "")) or None

    @cached_property
    def site(self) -> str | None:
        """Where it was published."""
        return one_line(self.article.site or "") or None

    @cached_property
    def source(self) -> str:
        """The path or address that it came from."""
        return one_line(self.article.source)

    @cached_property
    def minutes(self) -> int:
        """How many minutes it takes to read, at least one."""
        return max(1, round(self.article.word_count / _WORDS_PER_MINUTE))

    def words(self, span: Span, limit: int | None = None) -> str:
        """Return the words of a span; an ellipsis stands for what is beyond ``limit`` code points."""
        cut = limit is not None and span.end - span.start > limit
        end = span.start + limit if cut and limit is not None else span.end
        return " ".join(self.text[span.start : end].split()) + ("…" if cut else "")

    def word_count(self, span: Span) -> int:
        """Return how many words a span has."""
        return len(self.article.text[span.start : span.end].split())

    def context(self, span: Span, around: int = 60) -> tuple[str, str, str]:
        """Return the words before a span, its own and those after it, inside its block."""
        text, first, last = self.text, 0, len(self.text)
        if number := bisect_right(self._block_starts, span.start):
            block = self.article.blocks[number - 1]
            first, last = block.start, max(block.end, span.end)
        before = text[max(first, span.start - around) : span.start]
        after = text[span.end : min(last, span.end + around)]
        lead = tail = ""
        if span.start - around > first:
            lead, before = "…", before[before.find(" ") + 1 :]
        if span.end + around < last:
            tail, after = "…", after[: after.rfind(" ")] if " " in after else after
        return (
            lead + " ".join(before.split()) + (" " if before[-1:].isspace() else ""),
            self.words(span, 200),
            (" " if after[:1].isspace() else "") + " ".join(after.split()) + tail,
        )

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that an offset is in: 1 for the first after the title, 0 for it.

        Headings and list items count as paragraphs; lines that were put back do not, so that no number
        changes with them.
        """
        block = bisect_right(self._block_starts, offset)
        return self._paragraphs[block]

    @cached_property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return self._paragraphs[-1]

    def place(self, offset: int) -> str:
        """Return where an offset is, for people: "¶6", or "title"."""
        number = self.paragraph(offset)
        return f"¶{number}" if number else "title"

    @cached_property
    def _block_starts(self) -> array[int]:
        return array("Q", (block.start for block in self.article.blocks))

    @cached_property
    def _paragraphs(self) -> array[int]:
        """The number of the paragraph after so many blocks."""
        numbers, number = array("Q", (0 if self.article.blocks else 1,)), 0
        restored = set(self.article.restored)
        for block in self.article.blocks:
            number += block.kind != "title" and block.start not in restored
            numbers.append(number)
        return numbers

    # What is where

    @property
    def mentions(self) -> Sequence[NamedMention]:
        """Every mention, in text order."""
        return self._mentions.all

    @property
    def quotations(self) -> Sequence[Quotation]:
        """Every quotation, in text order."""
        return self._quotations.all

    def mentions_in(self, start: int, end: int) -> Iterator[NamedMention]:
        """Yield the mentions that touch ``[start, end)``, in order."""
        return self._mentions.within(start, end)

    def quotations_in(self, start: int, end: int) -> Iterator[Quotation]:
        """Yield the quotations that touch ``[start, end)``, in order."""
        return self._quotations.within(start, end)

    def mention_at(self, offset: int) -> NamedMention | None:
        """Return the mention that covers an offset."""
        return self._mentions.at(offset)

    def quotation_at(self, offset: int) -> Quotation | None:
        """Return the innermost quotation that covers an offset."""
        return self._quotations.at(offset)

    def next_mention(
        self, offset: int, step: int = 1, *, type: EntityType | None = None, entity: str | None = None
    ) -> NamedMention | None:
        """Return the first mention that starts after ``offset`` (``step`` 1) or before it (-1).

        ``type`` and ``entity`` (an id) say what else it must be.
        """

        def fits(mention: NamedMention) -> bool:
            return (type is None or mention.entity.type == type) and (
                entity is None or mention.entity.id == entity
            )

        look = self._mentions.following if step > 0 else self._mentions.preceding
        return look(offset, fits)

    def next_quotation(self, offset: int, step: int = 1) -> Quotation | None:
        """Return the first quotation that starts after ``offset`` (``step`` 1) or before it (-1)."""
        look = self._quotations.following if step > 0 else self._quotations.preceding
        return look(offset, lambda _: True)

    @cached_property
    def _mentions(self) -> Spans[NamedMention]:
        return Spans(
            NamedMention(mention.start, mention.end, entity, number)
            for entity in self.analysis.entities
            for number, mention in enumerate(entity.mentions)
        )

    @cached_property
    def _quotations(self) -> Spans[Quotation]:
        return Spans(self.analysis.quotations)

    # By id

    def entity(self, id: str | None) -> Entity | None:
        """Return the entity of an id."""
        return self._entities.get(id) if id is not None else None

    def quotation(self, id: str | None) -> Quotation | None:
        """Return the quotation of an id."""
        number = self._numbers.get(id) if id is not None else None
        return None if number is None else self.quotations[number - 1]

    def number(self, quotation: Quotation) -> int:
        """Return the place of a quotation among all, from 1. Raises KeyError for one of another analysis."""
        return self._numbers[quotation.id]

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.analysis.entities}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {quotation.id: number for number, quotation in enumerate(self.quotations, 1)}

    # Who

    def name(self, entity: Entity) -> str:
        """Return an entity's name."""
        return one_line(entity.name) or entity.id

    def aliases(self, entity: Entity) -> tuple[str, ...]:
        """Return what else an entity is called."""
        return tuple(alias for name in entity.aliases if name != entity.name and (alias := one_line(name)))

    def speaker(self, quotation: Quotation) -> str:
        """Return who speaks, for people.

        That is a name; else the words of the text in quotation marks ("he"); else :data:`LOOKING` or
        :data:`NO_SPEAKER`.
        """
        if name := self.resolved_name(quotation):
            return name
        if words := self.speaker_words(quotation):
            return f"“{words}”"
        return LOOKING if self.looking(quotation) else NO_SPEAKER

    def speaker_name(self, quotation: Quotation) -> str | None:
        """Return who speaks, for programs: the name, else the words of the text, else nothing."""
        return self.resolved_name(quotation) or self.speaker_words(quotation)

    def resolved_name(self, quotation: Quotation) -> str | None:
        """Return the name of who speaks, when it is known."""
        if entity := self.speaker_entity(quotation):
            return self.name(entity)
        return one_line((quotation.speaker and quotation.speaker.name) or "") or None

    def speaker_words(self, quotation: Quotation) -> str | None:
        """Return how the text words who speaks: "the mayor", "Mr Putin"; whom an unnamed "he" stands for."""
        speaker = quotation.speaker
        if speaker is None:
            return None
        if speaker.role and not speaker.entity and not speaker.name:
            return one_line(speaker.role)
        return self.words(speaker, _LONGEST_SPEAKER) or None

    def speaker_entity(self, quotation: Quotation) -> Entity | None:
        """Return the entity that speaks, when it is known."""
        return self.entity(quotation.speaker.entity) if quotation.speaker else None

    def speaker_key(self, quotation: Quotation) -> str:
        """Return what tells speakers apart: an entity's id, else their words; empty without any speaker."""
        if (entity := self.speaker_entity(quotation)) is not None:
            return entity.id
        name = self.speaker_name(quotation)
        return f"“{folded(name)}”" if name else ""

    def role(self, quotation: Quotation) -> str | None:
        """Return the description that stands beside the speaker's name."""
        speaker = quotation.speaker
        if speaker is None or not speaker.role or not (speaker.entity or speaker.name):
            return None
        return one_line(speaker.role)

    def looking(self, quotation: Quotation) -> bool:
        """Return whether the speaker is still being looked for."""
        from reader.model.analysis import NOT_LOOKED_FOR

        return quotation.speaker is None and quotation.evidence == NOT_LOOKED_FOR

    def doubt(self, quotation: Quotation) -> Doubt:
        """Return how the attribution of a quotation is to be taken."""
        if self.resolved_name(quotation) is None:
            return Doubt.UNRESOLVED
        return Doubt.DOUBTFUL if quotation.confidence < DOUBTFUL_BELOW else Doubt.SURE

    @cached_property
    def doubtful(self) -> tuple[Quotation, ...]:
        """The quotations whose speaker is doubtful or not known, now that it has been looked for."""
        return tuple(
            quotation
            for quotation in self.quotations
            if not self.looking(quotation) and self.doubt(quotation) is not Doubt.SURE
        )

    @cached_property
    def listed(self) -> Sequence[ListedQuotation]:
        """The quotations, in text order, with the two halves of every split utterance together."""
        text = self.article.text
        return tuple(
            ListedQuotation(said, None, False)
            if self.looking(said[0])
            else ListedQuotation(said, self.speaker_key(said[0]), is_fragment(text, said[0]))
            for said in utterances(text, self.quotations)
        )

    @cached_property
    def first_halves(self) -> dict[str, str]:
        """The id of what begins the utterance that a quotation is of, by the quotation's id."""
        return {quotation.id: one.said[0].id for one in self.listed for quotation in one.said}

    def prepare(self) -> None:
        """Work out what lists need: for very many quotations that is not done where they are drawn."""
        _ = self.mentions, self._quotations, self._numbers, self.first_halves, self.doubtful, self._said

    @cached_property
    def searchable(self) -> Sequence[str]:
        """What a filter looks through, for every utterance: its words, its speaker and the role, folded."""
        return tuple(
            folded(" ".join((*map(self.words, said), self.speaker(said[0]), self.role(said[0]) or "")))
            for said, *_ in self.listed
        )

    def cue(self, quotation: Quotation) -> str | None:
        """Return the words that introduce a quotation."""
        return self.words(quotation.cue, 60) or None if quotation.cue else None

    def said_by(self, entity_id: str) -> tuple[Quotation, ...]:
        """Return what an entity says, in text order."""
        return self._said.get(entity_id, ())

    def prominence(self, entity: Entity) -> int:
        """Return how prominent an entity is: how often it is named or quoted."""
        return len(entity.mentions) + len(self.said_by(entity.id))

    def entities(self, *types: EntityType) -> list[Entity]:
        """Return the entities of these types (without any: all), the most prominent first."""
        found = [entity for entity in self.analysis.entities if not types or entity.type in types]
        return sorted(found, key=lambda entity: -self.prominence(entity))

    @cached_property
    def counts(self) -> Counter[EntityType]:
        """How many entities there are of each type."""
        return Counter(entity.type for entity in self.analysis.entities)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Whose words fill how much of the article, the longest share first.

        Speakers who are no known entity are told apart by their words; quotations without any speaker
        form a share of their own, the last.
        """
        groups: dict[str, list[Quotation]] = {}
        for quotation in self.quotations:
            groups.setdefault(self.speaker_key(quotation), []).append(quotation)
        shares = [
            Share(key, self.speaker(said[0]), self.entity(key), tuple(said), sum(map(self.word_count, said)))
            for key, said in groups.items()
        ]
        return tuple(sorted(shares, key=lambda share: (share.key == "", -share.words)))

    @cached_property
    def _said(self) -> dict[str, tuple[Quotation, ...]]:
        said: dict[str, list[Quotation]] = {}
        for quotation in self.quotations:
            if entity := self.speaker_entity(quotation):
                said.setdefault(entity.id, []).append(quotation)
        return {key: tuple(found) for key, found in said.items()}
