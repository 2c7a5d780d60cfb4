"""Every key, by group, from the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reader.text.names import folded
from reader.tui.drawing.panel_keys import PANEL_KEYS
from reader.tui.drawing.rows import Line, Piece, wrapped
from reader.tui.keys import key_label
from reader.tui.screens.dialog import Dialog, Hint
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.actions import Action

_KEY_COLUMN = 18


class _Entry(NamedTuple):
    """A heading (no text), a key with its text, or a remark (no key)."""

    name: str
    keys: str
    text: str


class HelpRows:
    """Headings and keys. Rows of actions have the action's name as key; other rows cannot be selected."""

    def __init__(self, entries: Iterable[_Entry], query: str = "") -> None:
        query = folded(query)
        self._entries: list[_Entry] = []
        for entry in entries:
            is_heading = not entry.text
            if is_heading and self._entries and not self._entries[-1].text:
                self._entries.pop()
            if is_heading or not query or query in folded(f"{entry.keys} {entry.text}"):
                self._entries.append(entry)
        if self._entries and not self._entries[-1].text:
            self._entries.pop()
        self.keys = [entry.name or f"row {number}" for number, entry in enumerate(self._entries)]

    def heights(self, width: int) -> Sequence[int]:
        """Return the lines of every row at a width."""
        return [len(self.draw(index, width)) for index in range(len(self._entries))]

    def selectable(self, index: int) -> bool:
        """Return whether the row is an action."""
        return bool(self._entries[index].name)

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        entry = self._entries[index]
        if not entry.text:
            return [[], [Piece(entry.keys, "accent")]] if index else [[Piece(entry.keys, "accent")]]
        if not entry.keys:
            return [[Piece(line, "warning")] for line in wrapped(entry.text, max(20, width))]
        key = f"{entry.keys:<{_KEY_COLUMN}}"
        room = max(20, width - max(_KEY_COLUMN, cell_len(key)) - 1)
        first, *rest = wrapped(entry.text, room)
        lines: list[Line] = [[Piece(key + " ", "strong"), Piece(first)]]
        return lines + [[Piece(" " * (_KEY_COLUMN + 1)), Piece(line)] for line in rest]


class HelpScreen(Dialog[str]):
    """The keys. Its result is the name of the action that the user picked, to be run."""

    HEADING = "Keys"
    HINTS = (
        Hint("/", "find", "find"),
        Hint("Enter", "do it", "go"),
        Hint("Esc", "close", "close"),
    )
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
    }
    """

    def __init__(
        self,
        actions: Iterable[Action],
        keys: Mapping[str, Sequence[str]] | None = None,
        problems: Iterable[str] = (),
    ) -> None:
        """Show the actions with their keys (``keys``, else their own), and problems with remapped keys."""
        super().__init__()
        self._entries = list(_entries(actions, keys or {}, problems))

    def content(self) -> ComposeResult:
        """Yield the field and the list."""
        yield Input(placeholder="/ find a key", compact=True)
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(HelpRows(self._entries), keep=False)
        rows.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the field have the characters that are typed into it."""
        return not (action == "find" and self.query_one(Input).has_focus)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show what contains the text."""
        self.query_one(RowList).replace(HelpRows(self._entries, message.value), keep=False)

    def on_input_submitted(self) -> None:
        """Go to the list."""
        self._to_list()

    def on_key(self, event: events.Key) -> None:
        """Go to the list with the arrow."""
        if event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
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
        """Run the selected action."""
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


def _entries(
    actions: Iterable[Action], keys: Mapping[str, Sequence[str]], problems: Iterable[str]
) -> Iterable[_Entry]:
    remarks = [_Entry("", "", problem) for problem in problems]
    if remarks:
        yield _Entry("", "Keys in your settings", "")
        yield from remarks
    group = None
    for action in actions:
        if action.group != group:
            group = action.group
            yield _Entry("", group, "")
        shown = " ".join(key_label(key) for key in keys.get(action.name, action.keys)[:3]) or "no key"
        yield _Entry(action.name, shown, action.help)
    yield _Entry("", "In the panel", "")
    for row in PANEL_KEYS:
        yield _Entry("", " ".join(key_label(key) for key in row.keys), row.help)
