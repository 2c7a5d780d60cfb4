"""The links of the article, opened in the browser; only ever on the reader's own doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.safety import one_line

if TYPE_CHECKING:
    from textual.app import App

    from reader.tui.controllers.telling import Telling
    from reader.tui.widgets.article_view import ArticleView


class Links:
    """Opens links."""

    def __init__(self, app: App[int], view: ArticleView, telling: Telling) -> None:
        self._app, self._view, self._telling = app, view, telling

    def open_next(self) -> None:
        """Open the next link on the screen."""
        view, mention = self._view, self._view.cursor.mention
        start = mention.start if mention and view.is_shown(mention.start) else view.first_shown
        link = next(view.links_in(start, view.last_shown), None) or next(
            view.links_in(view.first_shown, view.last_shown), None
        )
        if link is None:
            self._telling.say("There is no link on this screen")
        else:
            self.open(link.url)

    def open_at(self, offset: int) -> bool:
        """Open the link at an offset. Returns whether there is one."""
        link = next(self._view.links_in(offset, offset + 1), None)
        if link is not None:
            self.open(link.url)
        return link is not None

    def open(self, url: str) -> None:
        """Open an address."""
        if url.startswith(("http://", "https://")) and url.isprintable():
            self._app.open_url(url)
            self._telling.say(f"Opened {one_line(url)}")
