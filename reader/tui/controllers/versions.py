"""What changed in an article since it was read before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.library.articles import VersionEntry
    from reader.library.changes import Change
    from reader.library.library import Library
    from reader.model.article import Article
    from reader.tui.controllers.collection import Collection
    from reader.tui.controllers.telling import Telling
    from reader.tui.session import Session


class _Compared(NamedTuple):
    versions: list[VersionEntry]
    changes: list[Change]


class Versions:
    """Compares the last two versions of the article on the screen."""

    def __init__(self, session: Session, collection: Collection, telling: Telling) -> None:
        self._session, self._collection, self._telling = session, collection, telling

    def open(self) -> None:
        """Show what changed."""
        shown = self._session.shown
        if shown is None or not self._collection.exists:
            self._telling.say("There is no library that would have kept another version")
            return
        article = shown.read
        self._collection.ask(lambda library: _compared(library, article), self._show)

    def _show(self, compared: _Compared) -> None:
        if len(compared.versions) < 2:
            self._telling.say("The library has one version of this article")
        elif not compared.changes:
            self._telling.say("The last two versions say the same")
        else:
            from reader.tui.screens.changes import ChangesDialog

            before, after = compared.versions[-2:]
            dialog = ChangesDialog(before.fetched, after.fetched, compared.changes)
            self._collection.push(dialog, lambda _: None)


def _compared(library: Library, article: Article) -> _Compared:
    """Ask the library; called in its thread."""
    from reader.library.changes import changes
    from reader.library.reading import version

    document = library.articles.of(article)
    versions = library.articles.versions(document) if document is not None else []
    if document is None or len(versions) < 2:
        return _Compared(versions, [])
    older, newer = (version(library, document, one.id) for one in versions[-2:])
    return _Compared(versions, changes(older, newer))
