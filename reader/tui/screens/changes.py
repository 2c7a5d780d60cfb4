"""What changed between the last two versions of an article: quotations first, then numbers, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.safety import one_line
from reader.tui.drawing.rows import Line, Piece, wrapped
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.library.changes import Change

_MOST = 8  # lines of either side of a change


class ChangeRows:
    """Each change with its words before and after. The key of a row is its place."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self.keys = [str(place) for place in range(len(changes))]

    def heights(self, width: int) -> Sequence[int]:
        """Return the lines that every row needs, with a blank one below."""
        return [len(self.draw(place, width)) + 1 for place in range(len(self._changes))]

    def selectable(self, index: int) -> bool:
        """Return True: the selection leads through them."""
        return True

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        change = self._changes[index]
        lines: list[Line] = [[Piece(change.kind.capitalize(), "accent")]]
        for sign, words, role in (("- ", change.before, "error"), ("+ ", change.after, "strong")):
            if words is not None:
                for number, line in enumerate(wrapped(one_line(words), max(1, width - 2), _MOST)):
                    lines.append([Piece(sign if not number else "  ", role), Piece(line)])
        return lines


class ChangesDialog(Dialog[None]):
    """The dialog."""

    SCROLLS = "RowList"
    HINTS = (KeyHint("j k", "next, before", "next"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = "ChangesDialog RowList { height: auto; }"

    def __init__(self, before: str, after: str, changes: Sequence[Change]) -> None:
        """Show changes between versions that were fetched then (UTC, ISO 8601)."""
        super().__init__()
        self._before, self._after, self._changes = before, after, changes

    @property
    def heading(self) -> str:
        """From when to when."""
        return f"Changed between {_when(self._before)} and {_when(self._after)}"

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(ChangeRows(self._changes), keep=False)
        rows.focus()
        rows.action_move(1)

    def action_next(self) -> None:
        """Select the next one."""
        self.query_one(RowList).action_move(1)


def _when(moment: str) -> str:
    return one_line(moment)[:16].replace("T", " ")
