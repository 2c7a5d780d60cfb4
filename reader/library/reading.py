"""An article of the library as its reader sees it: what a machine found, and every decision put over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.index import Index
from reader.model.analysis import Analysis
from reader.model.corrected import apply
from reader.model.corrections import RestoreLine

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
    with library.database.writing():
        kept = library.articles.keep(article)
        new = analysis is not None and library.analyses.keep(article, analysis)
        if kept.changed or new or not library.analyses.shown(kept.version):
            found = analysis if new else library.analyses.find(article)
            _show(library, kept.version, over(library, kept.document, article, found))
    return kept


def learn(library: Library, document: int, article: Article, analysis: Analysis) -> None:
    """Keep a complete analysis of what the library has of a document, and let the library answer with it.

    The article may have lines put back that are not in the library's version of it.
    """
    with library.database.writing():
        new = library.analyses.keep(article, analysis, document if article.restored else None)
        version = library.articles.get(str(document)).version
        if new or not library.analyses.shown(version):
            refresh(library, document)


def read(library: Library, document: int, info: PipelineInfo | None = None) -> Decided:
    """Return a document's newest version as corrected, by a pipeline's analysis or else the latest.

    Raises :class:`reader.library.errors.NotInLibrary`.
    """
    with library.database.reading():
        entry = library.articles.get(str(document))
        return corrected(library, document, library.articles.load(entry.version), info)


def corrected(library: Library, document: int, article: Article, info: PipelineInfo | None = None) -> Decided:
    """Return an article with the decisions about a document over it, by the analysis that is kept of it."""
    return over(library, document, article, library.analyses.find(article, info))


def over(library: Library, document: int, article: Article, analysis: Analysis | None) -> Decided:
    """Return an article and an analysis with the decisions about a document over them."""
    decisions = tuple(library.corrections.of(document))
    article, analysis = found_by_machine(library, article, analysis, decisions)
    result = apply(article, analysis or Analysis(), [decision.correction for decision in decisions])
    stale = tuple(decision for decision in decisions if decision.correction in result.stale)
    return Decided(document, result.article, result.analysis, decisions, stale, analysis is not None)


def with_lines(article: Article, decisions: Sequence[Decision]) -> Article:
    """Return an article with the removed lines put back of which that was decided."""
    lines = [one.correction for one in decisions if isinstance(one.correction, RestoreLine)]
    return apply(article, Analysis(), lines).article


def found_by_machine(
    library: Library, article: Article, analysis: Analysis | None, decisions: Sequence[Decision]
) -> tuple[Article, Analysis | None]:
    """Return what the machine found in an article, with lines put back if that was analysed as well.

    ``analysis`` is of the article as it was read; one by the same pipeline is looked for.
    """
    whole = with_lines(article, decisions)
    if whole is not article:
        known = library.analyses.find(whole, analysis.pipeline if analysis else None)
        if known is not None:
            return whole, known
    return article, analysis


def correct(library: Library, document: int, corrections: Sequence[Correction]) -> list[Decision]:
    """Keep decisions about a document and let the library answer with them at once."""
    with library.database.writing():
        decisions = library.corrections.add(document, corrections)
        refresh(library, document)
    return decisions


def undo(library: Library, document: int, number: int) -> Decision:
    """Take a decision back and let the library answer without it at once."""
    with library.database.writing():
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
    _show(library, entry.version, corrected(library, document, library.articles.load(entry.version)))


def _show(library: Library, version: int, reading: Decided) -> None:
    if reading.analysed or reading.decisions:
        library.analyses.show(version, Index(reading.article, reading.analysis))
