"""The reader's decisions about the article, the newest first; each can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.tui.corrections import told
from reader.tui.drawing.rows import EvenRows, Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.app import ComposeResult

    from reader.tui.session import Session
    from reader.work.librarian import DatedDecision


class DecisionRows(EvenRows):
    """Two lines for each decision. The key of a row is its place among the decisions."""

    HEIGHT = 2

    def __init__(self, decisions: Sequence[DatedDecision], stale: Collection[DatedDecision]) -> None:
        self._decisions, self._stale = decisions, stale
        self.keys = [str(place) for place in reversed(range(len(decisions)))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        decided = self._decisions[int(self.keys[index])]
        about = [Piece(f"  {decided.made[:16].replace('T', ' ')}", "muted")]
        if decided in self._stale:
            about.append(Piece("  its words are not in the text any more", "warning"))
        return [[Piece(told(decided.correction))], about]


class DecisionList(Dialog[None]):
    """The list."""

    HEADING = "Corrections"
    SCROLLS = "RowList"
    HINTS = (KeyHint("d", "take back", "take_back"), KeyHint("Esc", "close", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete,backspace", "take_back", "Take back", show=False)
    ]
    DEFAULT_CSS = "DecisionList RowList { height: auto; }"

    def __init__(self, session: Session, take_back: Callable[[DatedDecision], None]) -> None:
        super().__init__()
        self._session, self._take_back = session, take_back

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        self._show()
        self.query_one(RowList).focus()

    def _show(self) -> None:
        shown = self._session.shown
        if shown is None or not shown.decisions:
            self.dismiss(None)
            return
        rows = self.query_one(RowList)
        rows.replace(DecisionRows(shown.decisions, shown.stale), keep=False)
        rows.action_move(1)

    def action_take_back(self) -> None:
        """Take the selected decision back."""
        key, shown = self.query_one(RowList).selected, self._session.shown
        if key is not None and shown is not None:
            self._take_back(shown.decisions[int(key)])
            self._show()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Choosing selects."""
