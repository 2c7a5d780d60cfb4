"""Quotations with their speakers in words, for tests of who said what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.language.analyser import analyse
from reader.language.quotations.finder import paragraphs
from reader.model.article import Article, Block
from tests.loading import embedded

if TYPE_CHECKING:
    from reader.model.analysis import Quotation


@dataclass(frozen=True)
class Said:
    """An attributed quotation in words: ``speaker`` as the text words it, ``name`` where it is known."""

    quotation: str
    speaker: str | None
    name: str | None
    cue: str | None
    raw: Quotation

    @property
    def who(self) -> str | None:
        """The speaker's name, or whom a pronoun stands for, or else the text's wording."""
        stood_for = self.raw.speaker.role if self.raw.speaker and not self.name else None
        return self.name or stood_for or self.speaker


def said(text: str) -> list[Said]:
    """Analyse a text whose lines are paragraphs."""
    blocks = tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ()))
    return [worded(text, quotation) for quotation in analyse(Article(text, blocks), embedded()).quotations]


def worded(text: str, quotation: Quotation) -> Said:
    """A quotation with its words."""
    speaker, cue = quotation.speaker, quotation.cue
    return Said(
        text[quotation.start : quotation.end],
        text[speaker.start : speaker.end] if speaker else None,
        speaker.name if speaker else None,
        text[cue.start : cue.end] if cue else None,
        quotation,
    )


def speakers(text: str) -> list[str | None]:
    """Who speaks in each quotation of a text."""
    return [quotation.who for quotation in said(text)]
