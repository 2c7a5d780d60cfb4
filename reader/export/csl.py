"""CSL-JSON: the article as a bibliography item for Zotero, pandoc and other citation processors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.export.citation import Citation, citation
from reader.text.dates import date_parts
from reader.text.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write a JSON array with one item per article."""
    opening = "[\n"
    for article, _ in results:
        stream.write((opening + dumps(item(article, options.accessed))).encode())
        opening = ",\n"
    stream.write(b"[]\n" if opening == "[\n" else b"\n]\n")


def item(article: Article, accessed: str | None = None) -> dict[str, Any]:
    """Return one CSL item. Field values hold no markup: CSL's own is escaped."""
    cited = citation(article)
    shape: dict[str, Any] = {"id": cited.key, "type": _type(cited), "title": _literal(cited.title)}
    if cited.authors:
        shape["author"] = [
            {"family": _literal(a.family), "given": _literal(a.given)}
            if a.given
            else {"literal": _literal(a.family)}
            for a in cited.authors
        ]
    if cited.container:
        shape["container-title"] = _literal(cited.container)
    if cited.date:
        shape["issued"] = {"date-parts": [list(cited.date)]}
    if cited.url:
        shape["URL"] = cited.url
        if accessed and (day := date_parts(accessed)):
            shape["accessed"] = {"date-parts": [list(day)]}
    if cited.language:
        shape["language"] = cited.language
    return shape


def _type(cited: Citation) -> str:
    return "article-newspaper" if cited.container or not cited.url else "webpage"


def _literal(text: str) -> str:
    """Text without the HTML-like tags (<i>, <span>) that citation processors interpret."""
    return text.replace("<", "‹").replace(">", "›")
