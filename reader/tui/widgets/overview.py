"""A thin column beside the article: where it is quoted, where the current entity is named, where one is."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from reader.tui.widgets.article_view import ArticleView


class Overview(Widget):
    """Draws a whole article in the height of the screen. Its cost depends on that height alone."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("overview--quotation", "overview--current", "overview--mention", "overview--match"),
        "overview--window",
    }
    DEFAULT_CSS = """
    Overview {
        width: 2; height: 1fr; background: $background;
        .overview--quotation { color: $quotation-bar; }
        .overview--current { color: $quotation-bar; text-style: bold; }
        .overview--mention { color: $accent; text-style: bold; }
        .overview--match { color: $match-current-background; text-style: bold; }
        .overview--window { background: $frame 45%; }
    }
    """

    class Pressed(Message):
        """The reader pointed at a part of the article: the rows from ``first`` up to ``last``."""

        def __init__(self, first: int, last: int) -> None:
            super().__init__()
            self.first = first
            self.last = last

    def __init__(self, view: ArticleView, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = view
        self._dragging = False
        self._style: Style | None = None

    def notify_style_update(self) -> None:
        """Forget the style: the theme has changed."""
        super().notify_style_update()
        self._style = None

    @property
    def _base(self) -> Style:
        # Textual computes this style anew each time it is asked for.
        if self._style is None:
            self._style = self.rich_style
        return self._style

    def _rows(self, y: int) -> tuple[int, int]:
        """The rows of the article that a cell stands for."""
        height = max(1, self.size.height)
        total = max(self._view.index.height, height)
        return y * total // height, max(y * total // height + 1, (y + 1) * total // height)

    def render_line(self, y: int) -> Strip:
        """Draw one cell of each column: quotations on the left, mentions or matches on the right."""
        view = self._view
        style = self._base
        first, last = self._rows(y)
        top = view.scroll_offset.y
        if view.index.height > view.size.height and first < top + view.size.height and last > top:
            style += self.get_component_rich_style("overview--window", partial=True)
        left = right = Segment(" ", style)
        if first < view.index.height:
            start = view.index.offset_of_row(first)
            end = view.index.offset_of_row(last) if last < view.index.height else 1 << 62
            if name := self._quotation(start, end):
                left = Segment("▐", style + self.get_component_rich_style(f"overview--{name}", partial=True))
            if name := self._mark(start, end):
                mark = "◆" if name == "match" else "•"
                right = Segment(
                    mark, style + self.get_component_rich_style(f"overview--{name}", partial=True)
                )
        return Strip([left, right], 2)

    def _quotation(self, start: int, end: int) -> str:
        view = self._view
        if view.findings is None or not view.options.highlights:
            return ""
        current = view.cursor.quotation
        if current is not None and current.start < end and current.end > start:
            return "current"
        return "quotation" if next(view.findings.quotations_in(start, end), None) else ""

    def _mark(self, start: int, end: int) -> str:
        view = self._view
        if next(view.cursor.matches.within(start, end), None):
            return "match"
        if view.cursor.mention is None:
            return ""
        mentions = view.cursor.mention.entity.mentions
        place = bisect_left(mentions, start, key=lambda mention: mention.start)
        return "mention" if place < len(mentions) and mentions[place].start < end else ""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go where the reader points."""
        self._dragging = True
        self.capture_mouse()
        self.post_message(self.Pressed(*self._rows(event.y)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll along while the button is held."""
        if self._dragging:
            first, _ = self._rows(max(0, min(self.size.height - 1, event.y)))
            self._view.scroll_to(y=first - self._view.size.height // 2, animate=False)

    def on_mouse_up(self) -> None:
        """Let go."""
        self._dragging = False
        self.release_mouse()
