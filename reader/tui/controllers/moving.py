"""Scrolling, by rows, pages and paragraphs, and through jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.widgets.article_view import ArticleView


class Moving:
    """Moves through the text, whatever is in it."""

    def __init__(self, view: ArticleView, trail: Trail, telling: Telling) -> None:
        self._view, self._trail, self._telling = view, trail, telling

    def rows(self, count: int) -> None:
        """Scroll by rows; upwards when ``count`` is below 0."""
        self._view.scroll_rows(count)

    def page(self, step: int) -> None:
        """Scroll by a page less two lines, so that the eye finds its place."""
        self._view.scroll_rows(step * max(1, self._view.size.height - 2))

    def half_page(self, step: int) -> None:
        """Scroll by half a page."""
        self._view.scroll_rows(step * max(1, self._view.size.height // 2))

    def top(self) -> None:
        """Go to the beginning."""
        self._trail.go_to_row(0)

    def bottom(self) -> None:
        """Go to the end."""
        self._trail.go_to_row(self._view.index.height)

    def paragraph(self, step: int) -> None:
        """Bring the next paragraph (``step`` -1: the one before) to the top."""
        index, top = self._view.index, self._view.scroll_offset.y
        if not index.pieces:
            return
        piece = index.piece_at(top)
        first = index.first_row(max(0, piece))
        target = piece + step if step > 0 or first == top else piece
        row = index.first_row(min(max(0, target), len(index.pieces) - 1))
        self._view.scroll_to(y=0 if target <= 0 else row, animate=False)

    def back(self) -> None:
        """Go back through jumps."""
        self._telling.say("" if self._trail.back() else "This is the oldest place")

    def forward(self) -> None:
        """Go forward through jumps."""
        self._telling.say("" if self._trail.forward() else "This is the latest place")
