"""CSV with one mention per row, a concordance of names."""

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
    "entity_id",
    "type",
    "name",
    "start",
    "end",
    "mention",
    "before",
    "after",
)
_AROUND = 40  # characters of context on each side


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write the mentions of every article in the order of the text."""
    write_table(HEADER, (row for result in results for row in _rows(ExportView(*result, options))), stream)


def _rows(view: ExportView) -> Iterator[tuple[Cell, ...]]:
    article, text = view.article, view.text
    for mention in view.index.mentions:
        entity = mention.entity
        yield (
            article.source,
            article.id,
            article.title,
            entity.id,
            entity.type,
            entity.name,
            mention.start,
            mention.end,
            view.index.words(mention),
            text[max(0, mention.start - _AROUND) : mention.start],
            text[mention.end : mention.end + _AROUND],
        )
