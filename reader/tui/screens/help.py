"""Every key, by group, and every command by its name: both from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reader.text.safety import one_line
from reader.tui.drawing.help_rows import HelpRow, HelpRows, command_entries, help_entries
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog, KeyLine
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.drawing.help_rows import Doable


class HelpScreen(Dialog[str]):
    """The keys. Its result is the name of the action that the user picked, to be run."""

    HEADING = "Keys"
    ENTER = "to the list"
    PLACEHOLDER = "/ find a key"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find", show=False),
        Binding("question_mark,f1", "close", "Close", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        & > #dialog { width: 84; height: 100%; max-height: 60; }
        & Input {
            height: 1; margin: 0 1; border: none; padding: 0;
            background: $surface; color: $foreground;
            &:focus { background: $quotation-background; background-tint: transparent; }
        }
        & RowList { height: 1fr; }
        & #help-empty { height: 1fr; padding: 1 1; color: $muted-text; display: none; }
    }
    """

    def __init__(
        self,
        actions: Iterable[Doable],
        keys: Mapping[str, Sequence[str]] | None = None,
        problems: Iterable[str] = (),
    ) -> None:
        """Show the actions with their keys (``keys``, else their own), and problems with remapped keys."""
        super().__init__()
        self._entries = self.entries(tuple(actions), keys or {}, tuple(problems))

    def entries(
        self, actions: Sequence[Doable], keys: Mapping[str, Sequence[str]], problems: Sequence[str]
    ) -> list[HelpRow]:
        """Return what is listed."""
        return list(help_entries(actions, keys, problems))

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys of what has the focus."""
        field = self.query_one(Input) if self.is_mounted else None
        end = KeyHint("Esc", "end the search" if field and field.value else "close", "close")
        if field is not None and field.has_focus:
            return (KeyHint("Enter", self.ENTER, "go"), KeyHint("↓", "to the list", "list"), end)
        return (KeyHint("/", "find", "find"), KeyHint("Enter", "do it", "go"), end)

    def content(self) -> ComposeResult:
        """Yield the field and the list."""
        yield Input(placeholder=self.PLACEHOLDER, compact=True)
        yield RowList()
        yield Static(id="help-empty")

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(HelpRows(self._entries), keep=False)
        self.begin()

    def begin(self) -> None:
        """Give the keys to the list."""
        self.query_one(RowList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the field have the characters that are typed into it."""
        return not (action == "find" and self.query_one(Input).has_focus)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show what contains the text."""
        rows, empty = self.query_one(RowList), self.query_one("#help-empty", Static)
        rows.replace(HelpRows(self._entries, message.value), keep=False)
        rows.display = bool(rows.rows.keys)
        empty.display = not rows.display
        empty.update(Content(f"Nothing here is called “{one_line(message.value)}”. Esc shows everything."))
        self.query_one(KeyLine).update(self.hints)
        self.found()

    def found(self) -> None:
        """Other rows are shown."""

    def on_input_submitted(self) -> None:
        """Do what Enter does in the field."""
        self.enter()

    def enter(self) -> None:
        """Go from the field to the list."""
        self._to_list()

    def on_key(self, event: events.Key) -> None:
        """Go to the list with the arrow."""
        if event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
            self._to_list()

    def action_list(self) -> None:
        """Go to the list."""
        self._to_list()

    def _to_list(self) -> None:
        rows = self.query_one(RowList)
        rows.focus()
        if rows.selected is None:
            rows.action_move(1)

    def action_find(self) -> None:
        """Go to the field."""
        self.query_one(Input).focus()

    def action_go(self) -> None:
        """Run the selected action; from the field, go to the list first."""
        if self.query_one(Input).has_focus:
            self.enter()
        else:
            self.query_one(RowList).action_choose()

    def action_close(self) -> None:
        """Close; the first time only the search, if there is one."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
            self.query_one(RowList).focus()
        else:
            self.dismiss(None)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Answer with the action."""
        self.dismiss(message.key)


class Palette(HelpScreen):
    """The commands by their names, found as one types. Its result is the name of the one that was picked."""

    HEADING = "Commands"
    ENTER = "do it"
    PLACEHOLDER = "what to do, in a few letters"
    DEFAULT_CSS = """
    Palette { & > #dialog { width: 76; max-height: 80%; } }
    """

    def entries(
        self, actions: Sequence[Doable], keys: Mapping[str, Sequence[str]], problems: Sequence[str]
    ) -> list[HelpRow]:
        """Return the commands."""
        return list(command_entries((action for action in actions if action.name != "palette"), keys))

    def begin(self) -> None:
        """Begin to find."""
        self.found()
        self.query_one(Input).focus()

    def found(self) -> None:
        """Select the first one."""
        self.query_one(RowList).action_move(1)

    def enter(self) -> None:
        """Do what is selected."""
        self.query_one(RowList).action_choose()
