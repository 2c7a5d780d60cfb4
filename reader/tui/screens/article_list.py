"""The list of several articles: what each is, how long, how far it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader.index import duration
from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece, spread
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import KeyLine
from reader.tui.widgets.bars import Bar
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.tui.controllers.shelf import Shelf, ShelfEntry


class ListRows(EvenRows):
    """Two lines for each article. The key of a row is its place in the list."""

    HEIGHT = 2

    def __init__(self, entries: Sequence[ShelfEntry]) -> None:
        self._entries = list(entries)
        self.keys = [str(place) for place in range(len(entries))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        entry = self._entries[index]
        number = Piece(f"{index + 1:>3}  ", "muted")
        if entry.trouble is not None:
            why = [Piece("     "), Piece(f"cannot be read: {one_line(entry.trouble.title)}", "error")]
            return [[number, Piece(one_line(entry.source), "muted")], why]
        if (summary := entry.summary) is None:
            return [[number, Piece(one_line(entry.source))], [Piece("     reading it …", "muted")]]
        right = [Piece(_seen(summary.seen), "accent" if summary.seen is None else "muted")]
        title = Piece(summary.title, "strong" if summary.seen is None else "text")
        facts = [summary.site, summary.published, f"{duration(summary.minutes)} · {summary.words:,} words"]
        if entry.quotations is not None:
            facts.append("1 quotation" if entry.quotations == 1 else f"{entry.quotations:,} quotations")
        about = " · ".join(fact for fact in facts if fact)
        return [spread([number, title], right, width), [Piece("     "), Piece(about, "muted")]]


def _seen(seen: float | None) -> str:
    if seen is None:
        return "new"
    return "read" if seen > 0.99 else f"{int(100 * seen)} % read"


class ArticleList(Screen[int]):
    """The screen. Its result is the place of the article to open; None goes back to the one that is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("q", "leave", "Quit", show=False),
    ]
    DEFAULT_CSS = """
    ArticleList {
        background: $background;
        & > #list-title { text-style: bold; }
        & > RowList { height: 1fr; padding: 1 0 0 0; background: $background; }
    }
    """

    def __init__(self, shelf: Shelf, *, opened: bool) -> None:
        """Show what is on the shelf; ``opened`` when there is an article to go back to."""
        super().__init__()
        self._shelf, self._opened = shelf, opened

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield Bar(id="list-title")
        yield RowList()
        hints = [KeyHint("Enter", "open", "go"), KeyHint("j k", "select", "next")]
        if self._opened:
            hints.append(KeyHint("Esc", "back to the article", "back"))
        yield KeyLine([*hints, KeyHint("q", "quit", "leave")])

    def on_mount(self) -> None:
        """Fill the list and keep it up to date."""
        self._show()
        rows = self.query_one(RowList)
        rows.select(str(self._shelf.place or 0), centre=True)
        rows.focus()
        self._shelf.watch(self._show)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self._shelf.watch(None)

    def _show(self) -> None:
        entries = self._shelf.entries
        unreadable = sum(entry.trouble is not None for entry in entries)
        new = sum(entry.summary is not None and entry.summary.seen is None for entry in entries)
        facts = [f"{new:,} new"] if new else []
        facts += [f"{unreadable:,} cannot be read"] if unreadable else []
        self.query_one(Bar).update(f"{len(entries):,} articles", " · ".join(facts))
        self.query_one(RowList).replace(ListRows(entries))

    def action_go(self) -> None:
        """Open what is selected."""
        self.query_one(RowList).action_choose()

    def action_next(self) -> None:
        """Select the next one."""
        self.query_one(RowList).action_move(1)

    def action_back(self) -> None:
        """Go back to the article that is open."""
        if self._opened:
            self.dismiss(None)

    async def action_leave(self) -> None:
        """Leave the reader."""
        await self.app.run_action("quit")

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        self.dismiss(int(message.key))
