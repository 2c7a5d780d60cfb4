"""What panel, cards and dialogs say about an article's findings: names, places, counts, surroundings.

Everything returned is one line of text, ready to be drawn as it is, never as markup.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from reader.tui.shown import shown

if TYPE_CHECKING:
    from reader.model.analysis import Analysis, Entity, EntityType, Quotation
    from reader.model.article import Article

UNSURE_BELOW = 0.5
"""Attributions with less confidence than this are shown with a question mark."""

WORDS_PER_MINUTE = 220

TYPE_TITLES: dict[EntityType, str] = {
    "PERSON": "Person",
    "PLACE": "Place",
    "ORG": "Organisation",
    "GROUP": "Group",
}
TYPE_ROLES: dict[EntityType, str] = {"PERSON": "person", "PLACE": "place", "ORG": "org", "GROUP": "group"}


class Span(Protocol):
    """A stretch of the article's text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an article one source's words fill. ``entity`` is None for sources that are no entity."""

    key: str
    name: str
    entity: Entity | None
    quotations: tuple[Quotation, ...]
    words: int


class Findings:
    """An article with its analysis, asked for what a reader wants to be told. Everything is lazy."""

    def __init__(self, article: Article, analysis: Analysis | None) -> None:
        self.article = article
        if analysis is None:
            # Imported here because it is slow, and the text is shown before there is any analysis.
            from reader.model.analysis import Analysis

            analysis = Analysis()
        self.analysis = analysis

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.analysis.entities}

    @cached_property
    def quotations(self) -> dict[str, Quotation]:
        """The quotations by id, in text order."""
        return {quotation.id: quotation for quotation in self.analysis.quotations}

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.article.blocks]

    def paragraph(self, offset: int) -> int:
        """Return the number, from 1, of the block at an offset."""
        return max(1, bisect_right(self._starts, offset))

    def words(self, span: Span, limit: int = 2_000) -> str:
        """Return the words of a span, at most ``limit`` characters of them."""
        text = " ".join(shown(self.article.text[span.start : min(span.end, span.start + limit)]).split())
        return text + "…" if span.end - span.start > limit else text

    def word_count(self, span: Span) -> int:
        """Return how many words a span has."""
        return len(self.article.text[span.start : span.end].split())

    def entity_of(self, quotation: Quotation) -> Entity | None:
        """Return the entity that speaks."""
        if quotation.speaker is None or quotation.speaker.entity is None:
            return None
        return self.entities.get(quotation.speaker.entity)

    def speaker_name(self, quotation: Quotation) -> str | None:
        """Return who speaks: the resolved name, else the words of the text, else None."""
        if quotation.speaker is None:
            return None
        if entity := self.entity_of(quotation):
            return one_line(entity.name)
        return one_line(quotation.speaker.name or "") or self.words(quotation.speaker, 120) or None

    def cue(self, quotation: Quotation) -> str | None:
        """Return the words that introduce a quotation."""
        return self.words(quotation.cue, 60) or None if quotation.cue else None

    @cached_property
    def _said(self) -> dict[str, tuple[Quotation, ...]]:
        said: dict[str, list[Quotation]] = {}
        for quotation in self.analysis.quotations:
            if entity := self.entity_of(quotation):
                said.setdefault(entity.id, []).append(quotation)
        return {key: tuple(found) for key, found in said.items()}

    def said_by(self, entity_id: str) -> tuple[Quotation, ...]:
        """Return the quotations of an entity, in text order."""
        return self._said.get(entity_id, ())

    def prominence(self, entity: Entity) -> int:
        """Return how prominent an entity is: how often it is named or quoted."""
        return len(entity.mentions) + len(self.said_by(entity.id))

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Whose words fill how much of the article, the longest share first.

        Speakers who are no known entity are told apart by their words; quotations without any speaker
        form a share of their own.
        """
        groups: dict[str, list[Quotation]] = {}
        for quotation in self.analysis.quotations:
            if (entity := self.entity_of(quotation)) is not None:
                key = entity.id
            else:
                name = self.speaker_name(quotation)
                key = f"“{folded(name)}”" if name else ""
            groups.setdefault(key, []).append(quotation)
        shares = [
            Share(
                key,
                self.speaker_name(said[0]) or "No speaker given",
                self.entities.get(key),
                tuple(said),
                sum(map(self.word_count, said)),
            )
            for key, said in groups.items()
        ]
        return tuple(sorted(shares, key=lambda share: (share.key == "", -share.words)))

    @cached_property
    def counts(self) -> Counter[EntityType]:
        """How many entities there are of each type."""
        return Counter(entity.type for entity in self.analysis.entities)

    def context(self, span: Span, around: int = 60) -> tuple[str, str, str]:
        """Return the words before a span, its own and those after it, inside its block."""
        index = self.paragraph(span.start) - 1
        text = self.article.text
        first, last = 0, len(text)
        if self.article.blocks:
            first, last = self.article.blocks[index].start, self.article.blocks[index].end
        before = text[max(first, span.start - around) : span.start]
        after = text[span.end : min(last, span.end + around)]
        lead = tail = ""
        if span.start - around > first:
            lead, before = "…", before[before.find(" ") + 1 :]
        if span.end + around < last:
            tail, after = "…", after[: after.rfind(" ")] if " " in after else after
        return (
            lead + " ".join(shown(before).split()) + (" " if before[-1:].isspace() else ""),
            self.words(span, 200),
            (" " if after[:1].isspace() else "") + " ".join(shown(after).split()) + tail,
        )


def one_line(text: str) -> str:
    """Return foreign text safe to draw on one line."""
    return " ".join(shown(text).split())


def folded(text: str) -> str:
    """Return text without case and accents, to compare what people type with what articles spell."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
