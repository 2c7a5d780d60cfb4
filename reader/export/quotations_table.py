"""CSV with one quotation per row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.export.table import Cell, write_table
from reader.export.view import ExportView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article

HEADER = (
    "source",
    "article_id",
    "title",
    "published",
    "quotation_id",
    "kind",
    "paragraph",
    "start",
    "end",
    "quotation",
    "speaker",
    "speaker_entity",
    "speaker_words",
    "speaker_start",
    "speaker_end",
    "cue",
    "cue_start",
    "cue_end",
    "confidence",
    "evidence",
    "speaker_role",
)


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write the quotations of every article."""
    write_table(HEADER, (row for result in results for row in _rows(ExportView(*result, options))), stream)


def _rows(view: ExportView) -> Iterator[tuple[Cell, ...]]:
    article = view.article
    for quotation in view.analysis.quotations:
        speaker, cue = quotation.speaker, quotation.cue
        yield (
            article.source,
            article.id,
            article.title,
            article.published,
            quotation.id,
            quotation.kind,
            view.index.paragraph(quotation.start),
            quotation.start,
            quotation.end,
            view.index.words(quotation),
            view.index.speaker_name(quotation),
            speaker.entity if speaker else None,
            view.index.words(speaker) if speaker else None,
            speaker.start if speaker else None,
            speaker.end if speaker else None,
            view.index.words(cue) if cue else None,
            cue.start if cue else None,
            cue.end if cue else None,
            round(quotation.confidence, 3),
            quotation.evidence,
            view.index.role(quotation),
        )
