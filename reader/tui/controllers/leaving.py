"""Letting go and leaving: what Escape and the key to quit do, one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.errors import EXIT_NOTHING_READABLE
from reader.tui.session import Failed, Reading

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.controllers.collection import Collection
    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.panel_link import PanelLink
    from reader.tui.controllers.removed_lines import RemovedLines
    from reader.tui.controllers.searching import Searching
    from reader.tui.controllers.shelf import Shelf
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.viewing import Viewing
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView


class Leaving:
    """Closes what is open, the newest first."""

    def __init__(
        self,
        app: App[int],
        session: Session,
        view: ArticleView,
        link: PanelLink,
        viewing: Viewing,
        removed: RemovedLines,
        searching: Searching,
        shelf: Shelf,
        collection: Collection,
        opening: Opening,
        telling: Telling,
    ) -> None:
        self._app, self._session, self._view = app, session, view
        self._link, self._viewing, self._removed = link, viewing, removed
        self._searching, self._shelf, self._collection = searching, shelf, collection
        self._opening, self._telling = opening, telling

    def let_go(self) -> None:
        """Clear one thing after another, the newest first."""
        view = self._view
        if not view.has_focus:
            self._link.close()
            view.focus()
        elif view.cursor.selection is not None:
            view.select(0, 0)
        elif self._searching.let_go():
            pass
        elif view.cursor.mention is not None or view.cursor.quotation is not None:
            view.stand(None, None)
        elif self._link.end_filter() or self._removed.hide():
            pass
        elif self._viewing.alone:
            self._viewing.toggle_alone()
        elif isinstance(self._session.state, Failed) and self._session.shown is not None:
            self._session.give_up()
        self._telling.say("")

    def quit(self) -> None:
        """Close what is open on top, else leave the reader."""
        if self._viewing.alone:
            self._viewing.toggle_alone()
        elif not (
            self._link.close()
            or self._stop_reading()
            or self._shelf.list()
            or self._go_back()
            or self._collection.come_back()
        ):
            self.leave()

    def _stop_reading(self) -> bool:
        """Stop reading again what is on the screen."""
        state = self._session.state
        return isinstance(state, Reading) and state.shown is not None and self._opening.give_up()

    def _go_back(self) -> bool:
        """Come back from what is being read, or cannot be, to the article before."""
        return self._session.shown is None and self._opening.give_up()

    def leave(self, status: int | None = None) -> None:
        """Leave the reader, with an exit status where it does not follow from what was read."""
        failed = isinstance(self._session.state, Failed) and self._session.shown is None
        self._opening.leave()
        usual = EXIT_NOTHING_READABLE if failed or not self._shelf.readable else 0
        self._app.exit(usual if status is None else status)
