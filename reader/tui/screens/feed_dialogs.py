"""The dialog that asks which of a page's feeds is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.feeds.subscription import Subscription


class FoundRows(EvenRows):
    """Two lines for each feed of a page. The key of a row is its place."""

    HEIGHT = 2

    def __init__(self, feeds: Sequence[Subscription]) -> None:
        self._feeds = feeds
        self.keys = [str(place) for place in range(len(feeds))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        feed = self._feeds[index]
        return [
            [Piece(one_line(feed.title or feed.address))],
            [Piece(f"  {one_line(feed.address)}", "muted")],
        ]


class FoundDialog(Dialog["Subscription"]):
    """Shows the feeds of a page. Its result is the one to follow."""

    HEADING = "Which of these feeds?"
    SCROLLS = "RowList"
    HINTS = (KeyHint("Enter", "follow", "go"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = "FoundDialog RowList { height: auto; }"

    def __init__(self, feeds: Sequence[Subscription]) -> None:
        super().__init__()
        self._feeds = feeds

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(FoundRows(self._feeds), keep=False)
        rows.focus()
        rows.action_move(1)

    def action_go(self) -> None:
        """Follow what is selected."""
        self.query_one(RowList).action_choose()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Follow it."""
        self.dismiss(self._feeds[int(message.key)])
