"""The lines that cleaning removed: shown in their places, gone to, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.article import Article
    from reader.tui.controllers.telling import Telling
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView

_NONE = "Nothing was removed from this article"


class RemovedLines:
    """Shows removed lines and puts them back."""

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        restore: Callable[[tuple[int, ...]], None],
        telling: Telling,
    ) -> None:
        self._session, self._view, self._telling = session, view, telling
        self._restore = restore

    @property
    def _article(self) -> Article | None:
        """The article, when anything was removed from it."""
        article = self._session.article
        return article if article is not None and article.removed else None

    def toggle(self) -> None:
        """Show what cleaning removed, in its place, or show it no more."""
        article = self._article
        if article is None:
            self._telling.say(_NONE)
            return
        shown = not self._view.options.removed
        self._show(shown)
        if not shown:
            self._telling.say("")
            return
        count = len(article.removed)
        keys = [self._telling.key_of(name) for name in ("next_removed", "put_back", "keep_everything")]
        lines = "1 removed line" if count == 1 else f"{count} removed lines"
        self._telling.say(f"{lines}: {keys[0]} goes to the next, {keys[1]} puts it back, {keys[2]} keeps all")

    def _show(self, shown: bool) -> None:
        self._view.cursor.removed = None
        self._view.set_options(self._view.options._replace(removed=shown))

    def hide(self) -> bool:
        """Show them no more. Returns whether they were shown."""
        if not self._view.options.removed:
            return False
        self._show(False)
        return True

    def next(self, step: int) -> None:
        """Go to the next removed line (``step`` -1: the one before)."""
        article = self._article
        if article is None:
            self._telling.say(_NONE)
            return
        positions = [line.position for line in article.removed]
        order = sorted(range(len(positions)), key=lambda number: (positions[number], number))
        current = self._view.cursor.removed
        if current is not None:
            place = (order.index(current) + step) % len(order)
        else:
            top = self._view.first_shown if self._view.place else -1
            later = [i for i, number in enumerate(order) if positions[number] >= top]
            place = later[0] if later and step > 0 else 0 if step > 0 else len(order) - 1
        self.go_to(order[place])

    def go_to(self, number: int) -> None:
        """Go to a removed line, in its place, by its number in the article's removed lines."""
        if not self._view.options.removed:
            self._show(True)
        self._view.cursor.removed = number
        self._view.reveal_removed(number)
        self._view.redraw()
        self._telling.say(f"{self._telling.key_of('put_back')} puts this line back")

    def go_to_line(self, line: int) -> bool:
        """Go to a removed line by its number in the source. Returns whether there is one."""
        for number, removed in enumerate(self._article.removed if self._article else ()):
            if removed.line == line:
                self.go_to(number)
                return True
        return False

    def press(self, number: int) -> None:
        """Select a removed line; a second time puts it back."""
        if self._view.cursor.removed == number:
            self.put_back()
        else:
            self.go_to(number)

    def put_back(self) -> None:
        """Put the current removed line back."""
        article, number = self._article, self._view.cursor.removed
        if article is None or number is None:
            self._telling.say(f"Go to a removed line first: {self._telling.key_of('next_removed')}")
            return
        self.restore((article.removed[number].line,))

    def keep_everything(self) -> None:
        """Put all removed lines back."""
        if self._article is None:
            self._telling.say(_NONE)
            return
        self.restore(tuple(line.line for line in self._article.removed))

    def restore(self, lines: tuple[int, ...]) -> None:
        """Put lines back by their numbers in the source."""
        if lines:
            self._restore(lines)
            self._telling.say("1 line put back" if len(lines) == 1 else f"{len(lines)} lines put back")
