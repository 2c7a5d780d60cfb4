"""What the library knows of an article that is being read: its analysis, the reader's decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.source import is_address

if TYPE_CHECKING:
    from reader.library.articles import Stored
    from reader.library.corrections import Decision
    from reader.library.library import Library
    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.work.messages import JobOptions


class Memory:
    """Asks the library of some options. A library that is not there knows nothing, and is not made."""

    def __init__(self, options: JobOptions) -> None:
        self._options = options
        self._library: Library | None = None
        self._looked = False

    @property
    def library(self) -> Library | None:
        """The library, opened when it is first asked for.

        Raises an error of :mod:`reader.library.errors` when its file cannot be used.
        """
        if not self._looked:
            path = self._options.library
            if path is not None and not self._options.raw and Path(path).exists():
                from reader.library.library import Library

                self._library = Library(Path(path))
            self._looked = True
        return self._library

    def stored(self, source: str) -> Stored | None:
        """Return what the library has of an address, unless that is to be fetched again."""
        if self._options.again or not is_address(source):
            return None
        library = self.library
        return library.articles.stored(source) if library is not None else None

    def recall(self, article: Article) -> Analysis | None:
        """Return what the pipeline of the options found in this very text before."""
        library = self.library
        if library is None or self._options.pipeline is not None:
            return None
        from reader.language.fingerprint import embedded_identity

        options = self._options
        info = embedded_identity(show_groups=options.show_groups, any_language=options.any_language)
        return library.analyses.find(article, info)

    def corrected(self, article: Article, analysis: Analysis) -> tuple[Article, Analysis]:
        """Return an article and its analysis with the reader's decisions over them."""
        library = self.library
        if library is None:
            return article, analysis
        found = library.articles.of(article)
        if found is None:
            return article, analysis
        from reader.library.reading import over

        reading = over(library, found, article, analysis)
        return reading.article, reading.analysis

    def decisions(self, article: Article) -> tuple[Decision, ...]:
        """Return the reader's decisions about an article."""
        library = self.library
        document = library.articles.of(article) if library is not None else None
        return tuple(library.corrections.of(document)) if library is not None and document else ()

    def keep(self, article: Article, analysis: Analysis | None = None, *, read: bool) -> None:
        """Keep an article, with its complete analysis if there is one; here the library is made if need be.

        One that was not ``read`` now may be there already: then its analysis alone is new, and so it is when
        lines were put back. Raises an error of :mod:`reader.library.errors`.
        """
        path = self._options.library
        if path is None or self._options.raw:
            return
        from reader.library.library import Library
        from reader.library.reading import keep, learn

        if self._library is None:
            self._library = Library(Path(path))
            self._looked = True
        articles, document = self._library.articles, None
        if article.restored:
            document = articles.of(article)
        elif not read:
            document = articles.says(article)
        if document is not None and analysis is not None:
            learn(self._library, document, article, analysis)
        elif document is None and not article.restored:
            keep(self._library, article, analysis)

    def close(self) -> None:
        """Close the library."""
        if self._library is not None:
            self._library.close()
        self._library, self._looked = None, False
