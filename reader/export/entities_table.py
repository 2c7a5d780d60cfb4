"""CSV with one entity per row."""

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
    "entity_id",
    "type",
    "name",
    "aliases",
    "mentions",
    "quotations",
)


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write the entities of every article with how often each is named and quoted."""
    write_table(HEADER, (row for result in results for row in _rows(ExportView(*result, options))), stream)


def _rows(view: ExportView) -> Iterator[tuple[Cell, ...]]:
    article = view.article
    for entity in view.analysis.entities:
        yield (
            article.source,
            article.id,
            article.title,
            article.published,
            entity.id,
            entity.type,
            entity.name,
            "; ".join(view.index.aliases(entity)),
            len(entity.mentions),
            len(view.index.said_by(entity.id)),
        )
