"""The links of an article: the words, and the address that each leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.index import Index
    from reader.model.article import Link


class LinkChoice(NamedTuple):
    """A link that was chosen: to be opened, or its address copied."""

    url: str
    copies: bool


class LinkRows(EvenRows):
    """Two lines for each link. The key of a row is the link's place in the list."""

    HEIGHT = 2

    def __init__(self, index: Index, links: Sequence[Link]) -> None:
        self._index, self._links = index, links
        self.keys = [str(place) for place in range(len(links))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        link = self._links[index]
        words = self._index.words(link, 200) or one_line(link.url)
        return [
            [Piece(f"{index + 1:>3} ", "muted"), Piece(words, "strong")],
            [Piece("    "), Piece(one_line(link.url), "muted")],
        ]


class LinkList(Dialog[LinkChoice]):
    """The list. Its result is the link to open or to copy."""

    HEADING = "Links"
    SCROLLS = "RowList"
    HINTS = (
        KeyHint("Enter", "open in the browser", "go"),
        KeyHint("y", "copy the address", "copy"),
        KeyHint("Esc", "close", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", "Copy", show=False)]
    DEFAULT_CSS = "LinkList RowList { height: auto; }"

    def __init__(self, index: Index, links: Sequence[Link], first: Link | None) -> None:
        """Show the links of an article; ``first`` is selected."""
        super().__init__()
        self._index, self._links, self._first = index, links, first

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(LinkRows(self._index, self._links), keep=False)
        rows.focus()
        rows.select(str(self._links.index(self._first) if self._first else 0), centre=True)

    def _chosen(self, key: str | None, *, copies: bool) -> None:
        if key is not None:
            self.dismiss(LinkChoice(self._links[int(key)].url, copies))

    def action_go(self) -> None:
        """Open what is selected."""
        self._chosen(self.query_one(RowList).selected, copies=False)

    def action_copy(self) -> None:
        """Copy the address of what is selected."""
        self._chosen(self.query_one(RowList).selected, copies=True)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        self._chosen(message.key, copies=False)
