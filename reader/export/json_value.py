"""The data contract as one indented JSON value: an object for one article, an array for several."""

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
    """Write the articles; of several, each as soon as the next one is there."""
    values = (dumps(record(article, chosen(analysis, options)), indent=2) for article, analysis in results)
    first, second = next(values, None), next(values, None)
    if first is None:
        return
    if second is None:
        stream.write(f"{first}\n".encode())
        return
    stream.write(f"[\n{first},\n{second}".encode())
    for value in values:
        stream.write(f",\n{value}".encode())
    stream.write(b"\n]\n")
