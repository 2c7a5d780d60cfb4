"""An article of the library as its reader sees it: what a machine found, and every decision put over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.index import Index
from reader.model.analysis import Analysis
from reader.model.corrected import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library.articles import Kept
    from reader.library.corrections import Decision
    from reader.library.library import Library
    from reader.model.analysis import PipelineInfo
    from reader.model.article import Article
    from reader.model.corrections import Correction


class Decided(NamedTuple):
    """An article and its analysis as corrected; ``stale`` are decisions whose words are not there any more.

    ``analysed`` is false when no machine has looked at this text yet.
    """

    document: int
    article: Article
    analysis: Analysis
    decisions: tuple[Decision, ...]
    stale: tuple[Decision, ...]
    analysed: bool


def keep(library: Library, article: Article, analysis: Analysis | None) -> Kept:
    """Keep an article, with a complete analysis if there is one, and let the library answer with it."""
    kept = library.articles.keep(article)
    if analysis is not None:
        library.analyses.keep(article, analysis)
    refresh(library, kept.document)
    return kept


def learn(library: Library, document: int, article: Article, analysis: Analysis) -> None:
    """Keep a complete analysis of what the library has of a document, and let the library answer with it."""
    library.analyses.keep(article, analysis)
    refresh(library, document)


def read(library: Library, document: int, info: PipelineInfo | None = None) -> Decided:
    """Return a document's newest version as corrected, by a pipeline's analysis or else the latest.

    Raises :class:`reader.library.errors.NotInLibrary`.
    """
    entry = library.articles.get(str(document))
    return corrected(library, document, library.articles.load(entry.version), info)


def corrected(library: Library, document: int, article: Article, info: PipelineInfo | None = None) -> Decided:
    """Return an article with the decisions about a document over it, by the analysis that is kept of it."""
    return over(library, document, article, library.analyses.find(article, info))


def over(library: Library, document: int, article: Article, analysis: Analysis | None) -> Decided:
    """Return an article and an analysis with the decisions about a document over them."""
    decisions = tuple(library.corrections.of(document))
    result = apply(article, analysis or Analysis(), [decision.correction for decision in decisions])
    stale = tuple(decision for decision in decisions if decision.correction in result.stale)
    return Decided(document, result.article, result.analysis, decisions, stale, analysis is not None)


def correct(library: Library, document: int, corrections: Sequence[Correction]) -> list[Decision]:
    """Keep decisions about a document and let the library answer with them at once."""
    decisions = library.corrections.add(document, corrections)
    refresh(library, document)
    return decisions


def undo(library: Library, document: int, number: int) -> Decision:
    """Take a decision back and let the library answer without it at once."""
    decision = library.corrections.undo(document, number)
    refresh(library, document)
    return decision


def version(library: Library, document: int, number: int) -> Index:
    """Return a version of a document's text as its decisions have it, by the latest analysis of that text."""
    reading = corrected(library, document, library.articles.load(number))
    return Index(reading.article, reading.analysis)


def corrected_articles(library: Library) -> Iterator[tuple[Article, Analysis]]:
    """Yield every article that has decisions, as its reader sees it."""
    for document in library.corrections.documents():
        reading = read(library, document)
        if reading.analysed:
            yield reading.article, reading.analysis


def refresh(library: Library, document: int) -> None:
    """Write anew what follows from a document: who is named in it, who said what."""
    entry = library.articles.get(str(document))
    reading = read(library, document)
    if reading.analysed or reading.decisions:
        library.analyses.show(entry.version, Index(reading.article, reading.analysis))
