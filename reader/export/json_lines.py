"""The data contract, one JSON object per line and article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.export.view import chosen
from reader.model.record import record
from reader.text.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write one JSON object per line and article."""
    for article, analysis in results:
        stream.write((dumps(record(article, chosen(analysis, options))) + "\n").encode())
