"""Dialogs with a field to type into: a line alone, or one that says what is listed below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic

from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from reader.text.safety import one_line
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog, T
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.tui.drawing.rows import Rows


class FieldDialog(Dialog[T], Generic[T]):
    """A dialog that is typed into. Subclasses have one field, and take what it says with ``action_go``."""

    DEFAULT_CSS = """
    FieldDialog Input {
        height: 1; border: none; padding: 0 1; background: $background; color: $foreground;
        &:focus { border: none; }
    }
    """

    def on_mount(self) -> None:
        """Let the reader type."""
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        """Take it."""
        self.action_go()

    def action_go(self) -> None:
        """Take it."""
        raise NotImplementedError


class LineDialog(FieldDialog[str]):
    """Asks for a line of text. Its result is that line, which may be empty."""

    HINTS = (KeyHint("Enter", "do it", "go"), KeyHint("Esc", "close", "close"))

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

    @property
    def line(self) -> str:
        """What stands in the field."""
        return one_line(self.query_one(Input).value).strip()

    def action_go(self) -> None:
        """Take the line."""
        self.dismiss(self.line)


class FindingDialog(FieldDialog[T], Generic[T]):
    """A field, and a list of what it finds. Letters go into the field, arrows move in the list."""

    SCROLLS = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list(1)", "List", show=False),
        Binding("up", "list(-1)", "List", show=False),
        Binding("tab", "list(1)", "List", show=False),
    ]
    DEFAULT_CSS = "FindingDialog RowList { height: auto; margin-top: 1; }"

    def on_mount(self) -> None:
        """List what is likely before anything is typed."""
        self.find("")

    def on_input_changed(self, message: Input.Changed) -> None:
        """List what fits."""
        message.stop()
        self.find(message.value.strip())

    def find(self, typed: str) -> None:
        """List what fits ``typed``, with :meth:`listed`."""
        raise NotImplementedError

    def listed(self, found: Rows) -> None:
        """Put rows into the list and select the first."""
        rows = self.query_one(RowList)
        rows.replace(found, keep=False)
        rows.action_move(1)

    def action_go(self) -> None:
        """Take what is selected."""
        self.query_one(RowList).action_choose()

    def action_list(self, step: int = 1) -> None:
        """Select the next row, or that before."""
        self.query_one(RowList).action_move(step)
