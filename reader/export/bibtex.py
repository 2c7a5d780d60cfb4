"""BibTeX: the article as an ``@online`` entry, with every character LaTeX would act on escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.export.citation import Author, citation
from reader.text.dates import date_parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts even escaped braces
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        '"': r"\textquotedbl{}",
        "@": "{@}",  # would begin an entry for lenient readers
    }
)


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write one entry per article, UTF-8."""
    for number, (article, _) in enumerate(results):
        stream.write(("\n" * bool(number) + entry(article, options.accessed)).encode())


def entry(article: Article, accessed: str | None = None) -> str:
    """Return an article's entry. ``@online`` is biblatex's; plain BibTeX styles treat it as ``@misc``."""
    cited = citation(article)
    fields = {"title": "{" + _escaped(cited.title) + "}"}  # the inner braces keep its capitals
    if cited.authors:
        fields["author"] = " and ".join(map(_name, cited.authors))
    if cited.container:
        fields["organization"] = _escaped(cited.container)
    if cited.date:
        fields["date"] = _iso(cited.date)
        fields["year"] = str(cited.date[0])
    if cited.url:
        fields["url"] = cited.url  # a verbatim field; its characters are safe already
        if accessed and (day := date_parts(accessed)):
            fields["urldate"] = _iso(day)
    if cited.language:
        fields["langid"] = _escaped(cited.language)
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@online{{{cited.key},\n{''.join(lines)}}}\n"


def _iso(date: tuple[int, ...]) -> str:
    return "-".join(f"{part:02}" for part in date)


def _name(author: Author) -> str:
    if not author.given:
        return "{" + _escaped(author.family) + "}"
    return f"{_escaped(author.family)}, {_escaped(author.given)}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
