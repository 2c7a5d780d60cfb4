"""Quotations with their speakers in words, for tests of who said what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.language.engine import analyse
from reader.language.pipeline import Pipeline, load_pipeline
from reader.language.quotations.finder import paragraphs
from reader.model.article import Article, Block

if TYPE_CHECKING:
    from reader.model.analysis import Quotation

_LOADED: list[Pipeline] = []


@dataclass(frozen=True)
class Said:
    """An attributed quotation in words; ``who`` is the speaker's name or else the text's wording."""

    words: str
    wording: str | None
    who: str | None
    cue: str | None
    raw: Quotation


def pipeline() -> Pipeline:
    """The embedded pipeline, loaded once."""
    if not _LOADED:
        _LOADED.append(load_pipeline())
    return _LOADED[0]


def said(text: str) -> list[Said]:
    """Analyse a text whose lines are paragraphs."""
    blocks = tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ()))
    return [worded(text, quotation) for quotation in analyse(Article(text, blocks), pipeline()).quotations]


def worded(text: str, quotation: Quotation) -> Said:
    """A quotation with its words."""
    speaker, cue = quotation.speaker, quotation.cue
    wording = text[speaker.start : speaker.end] if speaker else None
    return Said(
        text[quotation.start : quotation.end],
        wording,
        (speaker.name or wording) if speaker else None,
        text[cue.start : cue.end] if cue else None,
        quotation,
    )


def speakers(text: str) -> list[str | None]:
    """Who speaks in each quotation of a text."""
    return [quotation.who for quotation in said(text)]
