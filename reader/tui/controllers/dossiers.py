"""What the library knows of whoever is current: what they said in other articles, where they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library.library import Library
    from reader.model.article import Article
    from reader.tui.controllers.collection import Collection
    from reader.tui.controllers.telling import Telling
    from reader.tui.screens.dossier_views import DossierSubject
    from reader.tui.screens.results import OpenKept
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView


class Dossiers:
    """Opens dossiers."""

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        collection: Collection,
        telling: Telling,
    ) -> None:
        self._session, self._view = session, view
        self._collection, self._telling = collection, telling

    def open(self) -> None:
        """Show what the library knows of the current name, or of the current quotation's speaker."""
        shown, cursor = self._session.shown, self._view.cursor
        findings = shown.findings if shown is not None else None
        quotation = cursor.quotation
        entity = cursor.mention.entity if cursor.mention is not None else None
        if entity is None and quotation is not None and findings is not None and quotation.speaker:
            entity = findings.entity(quotation.speaker.entity)
        if shown is None or findings is None or entity is None or not entity.id:
            self._telling.say(f"Go to a name first: {self._telling.key_of('next_mention')}")
            return
        if not self._collection.exists:
            self._telling.say("There is no library that could be asked")
            return
        article, name, said = shown.read, findings.name(entity), quotation.id if quotation else None
        self._collection.ask(
            lambda library: _subject(library, article, entity.id, name, said),
            lambda subject: self._show(subject, name),
        )

    def _show(self, subject: DossierSubject | None, name: str) -> None:
        if subject is None:
            self._telling.say(f"The library knows nothing more of {name}")
            return
        from reader.tui.screens.dossier import DossierScreen

        screen = DossierScreen(self._collection.ask, subject.person, subject)
        self._collection.push(screen, self._chosen)

    def _chosen(self, chosen: OpenKept | None) -> None:
        if chosen is not None:
            self._collection.open(chosen)


def _subject(
    library: Library, article: Article, entity: str, name: str, quotation: str | None
) -> DossierSubject | None:
    """Ask the library; called in its thread."""
    from reader.tui.screens.dossier_views import DossierSubject

    dossiers = library.dossiers
    document = library.articles.of(article)
    version = library.articles.get(str(document)).version if document is not None else None
    person = dossiers.of(version, entity) if version is not None else None
    if person is None:
        called = dossiers.find(name)
        if not called or called[0].name != name:
            return None
        person = called[0].id
    return DossierSubject(person, dossiers.get(person).name, version, quotation, document)
