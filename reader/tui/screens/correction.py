"""The dialog that corrects what was found: what may be right, and a field for what is not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reader.tui.drawing.rows import Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
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


class CorrectionDialog(Dialog["Choice"]):
    """The dialog. Its result is what was chosen."""

    HEADING = "Correct"
    SCROLLS = "RowList"
    REST = 9
    HINTS = (
        KeyHint("Enter", "that is right", "go"),
        KeyHint("↓", "list", "list"),
        KeyHint("Esc", "close", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list(1)", "List", show=False),
        Binding("up", "list(-1)", "List", show=False),
        Binding("tab", "list(1)", "List", show=False),
    ]
    DEFAULT_CSS = """
    CorrectionDialog {
        & #correct-what { color: $quotation-bar; max-height: 2; }
        & Input {
            height: 1; border: none; padding: 0 1; background: $background; color: $foreground;
            &:focus { border: none; }
        }
        & RowList { height: auto; margin-top: 1; }
    }
    """

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject
        self._choices = subject.choices()

    def content(self) -> ComposeResult:
        """Yield what is corrected, the field, the choices."""
        yield Static(Content(self._subject.title), id="correct-what")
        other = "Type to find one" if self._subject.selection else "Type to find one, or another name"
        yield Input(placeholder=other)
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list; letters go into the field."""
        self._show()
        self.query_one(Input).focus()

    def _show(self) -> None:
        rows = self.query_one(RowList)
        rows.replace(ChoiceRows(self._choices), keep=False)
        rows.action_move(1)

    def on_input_changed(self, message: Input.Changed) -> None:
        """List what fits."""
        message.stop()
        self._choices = self._subject.choices(message.value)
        self._show()

    def on_input_submitted(self) -> None:
        """Take what is selected."""
        self.action_go()

    def action_go(self) -> None:
        """Take what is selected."""
        self.query_one(RowList).action_choose()

    def action_list(self, step: int = 1) -> None:
        """Select the next choice; the field keeps the letters."""
        self.query_one(RowList).action_move(step)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """That is right."""
        self.dismiss(self._choices[int(message.key)])
