"""Letting go and leaving: what Escape and the key to quit do, one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.errors import EXIT_NOTHING_READABLE
from reader.tui.session import Failed

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.panel_link import PanelLink
    from reader.tui.controllers.removed_lines import RemovedLines
    from reader.tui.controllers.searching import Searching
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
        opening: Opening,
        telling: Telling,
    ) -> None:
        self._app, self._session, self._view = app, session, view
        self._link, self._viewing, self._removed = link, viewing, removed
        self._searching, self._opening, self._telling = searching, opening, telling

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
        elif self._removed.hide():
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
        elif not self._link.close() and not self._give_up():
            self.leave(EXIT_NOTHING_READABLE if self._session.shown is None and self._failed else 0)

    @property
    def _failed(self) -> bool:
        return isinstance(self._session.state, Failed)

    def _give_up(self) -> bool:
        """Come back from a source that is being read or cannot be to the article before."""
        if self._failed and self._session.shown is not None:
            return False
        return self._opening.give_up()

    def leave(self, status: int = 0) -> None:
        """Leave the reader."""
        self._opening.leave()
        self._app.exit(status)
