"""Every export format, and the two ways to use one.

:func:`render` returns the whole export of one article. :func:`write_many` streams any number of
articles into one file, for the formats that can hold them (``Format.many``). To write files safely,
one per article or one for all, see :mod:`reader.export.writing`.

A format's module is imported when the format is first used, so listing the formats is cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Literal

from reader.model.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article

OffsetUnit = Literal["code point", "token"]


@dataclass(frozen=True, slots=True)
class Format:
    """What a format is, for menus, help and file names.

    ``suffix`` includes its dot. ``binary`` formats are not for a terminal. ``purpose`` groups them.
    ``offset_unit`` is what the format's positions count, None when it holds no positions. ``extra``
    names the optional dependency (``pip install 'onrecord[docx]'``). ``many`` says that one file can
    hold many articles, ``usual`` that most readers know the format: a menu offers those first.
    """

    name: str
    title: str
    suffix: str
    purpose: Literal["read", "compute", "cite"]
    description: str
    offset_unit: OffsetUnit | None = None
    binary: bool = False
    extra: str | None = None
    many: bool = False
    usual: bool = False


_ALL = (
    Format(
        "html",
        "Web page",
        ".html",
        "read",
        "one file with highlights, notes beside quotations and an index; prints well",
        usual=True,
    ),
    Format(
        "markdown",
        "Markdown",
        ".md",
        "read",
        "names highlighted, speakers in footnotes",
        usual=True,
    ),
    Format(
        "text",
        "Plain text",
        ".txt",
        "read",
        "linear, [PERSON: ...], for pipes and screen readers",
        usual=True,
    ),
    Format("ansi", "Terminal text", ".ansi", "read", "wrapped and coloured, for less -R and cat"),
    Format("svg", "Picture (SVG)", ".svg", "read", "the article in the theme's colours"),
    Format(
        "docx",
        "Word document",
        ".docx",
        "read",
        "real character styles for each kind of mark",
        binary=True,
        extra="docx",
        usual=True,
    ),
    Format(
        "json",
        "JSON",
        ".json",
        "compute",
        "the data contract, indented",
        "code point",
        many=True,
    ),
    Format(
        "jsonl",
        "JSON lines",
        ".jsonl",
        "compute",
        "the data contract, one article per line",
        "code point",
        many=True,
    ),
    Format(
        "csv",
        "Table of quotations",
        ".csv",
        "compute",
        "one quotation per row with speaker, cue and confidence",
        "code point",
        many=True,
        usual=True,
    ),
    Format(
        "csv-entities",
        "Table of entities",
        ".csv",
        "compute",
        "one person, place or organisation per row",
        many=True,
    ),
    Format(
        "csv-mentions",
        "Table of mentions",
        ".csv",
        "compute",
        "one mention per row, with its sentence's surroundings",
        "code point",
        many=True,
    ),
    Format(
        "edges",
        "Network (CSV)",
        ".csv",
        "compute",
        "who is quoted by what and who names whom, weighted, for Gephi and others",
        many=True,
    ),
    Format(
        "brat",
        "brat standoff",
        ".zip",
        "compute",
        "text, annotations and configuration; speakers as relations",
        "code point",
        binary=True,
    ),
    Format(
        "webannotation",
        "Web Annotation",
        ".jsonld",
        "compute",
        "W3C JSON-LD with quote and position selectors",
        "code point",
    ),
    Format(
        "conll",
        "CoNLL-2003",
        ".conll",
        "compute",
        "one token per line with its IOB2 entity tag",
        "token",
        many=True,
    ),
    Format(
        "docbin",
        "spaCy DocBin",
        ".spacy",
        "compute",
        "entities and spans for spaCy",
        "token",
        binary=True,
        many=True,
    ),
    Format(
        "parquet",
        "Parquet",
        ".parquet",
        "compute",
        "one article per row, for pandas, DuckDB, R and others",
        "code point",
        binary=True,
        extra="parquet",
        many=True,
    ),
    Format(
        "csl",
        "CSL-JSON",
        ".json",
        "cite",
        "for Zotero, pandoc and others",
        many=True,
    ),
    Format("bibtex", "BibTeX", ".bib", "cite", "for LaTeX", many=True, usual=True),
)

FORMATS: Mapping[str, Format] = MappingProxyType({format_.name: format_ for format_ in _ALL})
"""Every format by name, in the order in which to offer them."""

_MODULES = {
    "html": "html",
    "markdown": "markdown",
    "text": "plain",
    "ansi": "ansi",
    "svg": "svg",
    "docx": "docx",
    "json": "json_value",
    "jsonl": "json_lines",
    "csv": "quotations_table",
    "csv-entities": "entities_table",
    "csv-mentions": "mentions_table",
    "edges": "edges",
    "brat": "brat",
    "webannotation": "webannotation",
    "conll": "conll",
    "docbin": "docbin",
    "parquet": "parquet",
    "csl": "csl",
    "bibtex": "bibtex",
}


def _module(name: str) -> ModuleType:
    return import_module(f"reader.export.{_MODULES[name]}")


def find(name: str) -> Format:
    """Return the format of a name. Raises :class:`ExportError` that names the formats there are."""
    if name in FORMATS:
        return FORMATS[name]
    close = get_close_matches(name, FORMATS, 1)
    meant = f"Did you mean {close[0]}? " if close else ""
    raise ExportError("There is no such export format", f"{meant}There are: {', '.join(FORMATS)}")


def render(name: str, article: Article, analysis: Analysis, options: Options) -> bytes:
    """Return an article as one complete file of the named format; text is UTF-8.

    Raises :class:`ExportError` for an unknown format or a missing optional dependency.
    """
    if find(name).many:
        stream = BytesIO()
        write_many(name, [(article, analysis)], stream, options)
        return stream.getvalue()
    content: str | bytes = _module(name).render(article, analysis, options)
    return content.encode() if isinstance(content, str) else content


def write_many(
    name: str, results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options
) -> None:
    """Write articles into one file of the named format, each as soon as it is there.

    Raises :class:`ExportError` if the format is unknown or holds one article per file.
    """
    if not find(name).many:
        several = ", ".join(f.name for f in FORMATS.values() if f.many)
        raise ExportError(
            f"A {name} file holds one article", f"Write into a folder, or use one of: {several}"
        )
    _module(name).write_many(results, stream, options)


def parts(name: str, article: Article, analysis: Analysis, options: Options) -> dict[str, bytes]:
    """Return what to write for an article into a folder: file contents by suffix.

    Almost always that is one file; brat's tools want two beside each other instead of an archive.
    """
    find(name)
    if name == "brat":
        from reader.export import brat

        return brat.parts(article, analysis, options)
    return {FORMATS[name].suffix: render(name, article, analysis, options)}


def companions(name: str) -> dict[str, bytes]:
    """Return the files, by name, that a folder of this format needs once."""
    find(name)
    if name == "brat":
        from reader.export import brat

        return brat.companions()
    return {}
