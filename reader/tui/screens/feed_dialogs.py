"""The small dialogs about feeds: a line to type, and which of a page's feeds is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.feeds.subscription import Subscription


class LineDialog(Dialog[str]):
    """Asks for a line of text. Its result is that line, which may be empty."""

    HINTS = (KeyHint("Enter", "do it", "keep"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = """
    LineDialog Input {
        height: 1; border: none; padding: 0 1; background: $background; color: $foreground;
        &:focus { border: none; }
    }
    """

    def __init__(self, heading: str, about: str, value: str = "", example: str = "") -> None:
        """Say what is asked for and ``about`` it; ``value`` is there already, else ``example`` is shown."""
        super().__init__()
        self._heading, self._about, self._value, self._example = heading, about, value, example

    @property
    def heading(self) -> str:
        """What is asked for."""
        return one_line(self._heading)

    def content(self) -> ComposeResult:
        """Yield the field."""
        yield Static(one_line(self._about), markup=False)
        yield Input(one_line(self._value), placeholder=self._example, select_on_focus=False)

    def on_mount(self) -> None:
        """Let the reader type."""
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        """Take the line."""
        self.action_keep()

    def action_keep(self) -> None:
        """Take the line."""
        self.dismiss(one_line(self.query_one(Input).value).strip())


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
