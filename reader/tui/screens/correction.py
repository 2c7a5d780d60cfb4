"""The dialog that corrects what was found: what may be right, and a field for what is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input, Static

from reader.tui.drawing.rows import Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.field_dialogs import FindingDialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.tui.corrections import Choice, Subject


class ChoiceRows:
    """A line for each choice under its heading. The key of a row is the choice's place, if it is one."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._rows: list[Choice | str] = []
        self.keys: list[str] = []
        heading = ""
        for place, choice in enumerate(choices):
            if choice.heading != heading:
                heading = choice.heading
                self._rows.append(heading)
                self.keys.append(f"heading {place}")
            self._rows.append(choice)
            self.keys.append(str(place))

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for every row."""
        return [1] * len(self._rows)

    def selectable(self, index: int) -> bool:
        """Return whether it is a choice."""
        return not isinstance(self._rows[index], str)

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of a row."""
        row = self._rows[index]
        return [[Piece(row, "accent")] if isinstance(row, str) else [Piece("  "), Piece(row.label)]]


class CorrectionDialog(FindingDialog["Choice"]):
    """The dialog. Its result is what was chosen."""

    HEADING = "Correct"
    REST = 9
    HINTS = (
        KeyHint("Enter", "that is right", "go"),
        KeyHint("↓", "list", "list"),
        KeyHint("Esc", "close", "close"),
    )
    DEFAULT_CSS = "CorrectionDialog #correct-what { color: $quotation-bar; max-height: 2; }"

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject
        self._choices: Sequence[Choice] = ()

    def content(self) -> ComposeResult:
        """Yield what is corrected, the field, the choices."""
        yield Static(Content(self._subject.title), id="correct-what")
        other = "Type to find one" if self._subject.selection else "Type to find one, or another name"
        yield Input(placeholder=other)
        yield RowList()

    def find(self, typed: str) -> None:
        """List what fits."""
        self._choices = self._subject.choices(typed)
        self.listed(ChoiceRows(self._choices))

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """That is right."""
        self.dismiss(self._choices[int(message.key)])
