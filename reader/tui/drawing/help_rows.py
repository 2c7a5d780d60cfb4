"""Rows of keys: the few to begin with, every action by group, the panel and the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.cells import cell_len

from reader.text.names import folded
from reader.tui.drawing.panel_keys import MOUSE, PANEL_KEYS
from reader.tui.drawing.rows import Line, Piece, wrapped
from reader.tui.keys import key_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FIRST = ("next_quotation", "speaker", "open_card", "search", "removed", "export")
"""The actions to begin with."""

LIST_KEYS = (
    ("j k ↓ ↑", "Select the next or previous row; g and G, the first and the last."),
    ("PgDn PgUp", "Select a screenful further or back."),
    ("click", "Open what is clicked. A key in the last line and a tab can be clicked too."),
)
"""What works in every list."""

_KEY_COLUMN = 18
_MOST_KEYS = 3


class Doable(Protocol):
    """What can be done, by a key: an action of the reading screen, or a command of another one."""

    @property
    def name(self) -> str:
        """What the program calls it."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys, as Textual names them."""
        ...

    @property
    def title(self) -> str:
        """A few words for the palette."""
        ...

    @property
    def group(self) -> str:
        """What it is listed under."""
        ...

    @property
    def help(self) -> str:
        """A sentence for the help."""
        ...


class HelpRow(NamedTuple):
    """A heading (no text), a key with its text, or a remark (no key). Actions have their names."""

    name: str
    keys: str
    text: str


class HelpRows:
    """Headings and keys. Rows of actions have the action's name as key; other rows cannot be selected."""

    def __init__(self, entries: Iterable[HelpRow], query: str = "") -> None:
        wanted = folded(query).split()
        self._entries: list[HelpRow] = []
        for entry in entries:
            is_heading = not entry.text
            if is_heading and self._entries and not self._entries[-1].text:
                self._entries.pop()
            said = folded(f"{entry.keys} {entry.text}")
            if is_heading or all(word in said for word in wanted):
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


def help_entries(
    actions: Sequence[Doable], keys: Mapping[str, Sequence[str]], problems: Iterable[str]
) -> Iterator[HelpRow]:
    """Yield everything for the help screen; ``keys`` holds those that are not the actions' own."""
    remarks = [HelpRow("", "", problem) for problem in problems]
    if remarks:
        yield HelpRow("", "Keys in your settings", "")
        yield from remarks
    by_name = {action.name: action for action in actions}
    yield HelpRow("", "First", "")
    yield from (_entry(by_name[name], keys, by_name[name].help) for name in FIRST if name in by_name)
    group = None
    for action in actions:
        if action.group != group:
            group = action.group
            yield HelpRow("", group, "")
        if action.name not in FIRST:
            yield _entry(action, keys, action.help)
    yield HelpRow("", "In the panel", "")
    for row in PANEL_KEYS:
        yield HelpRow("", " ".join(key_label(key) for key in row.keys), row.help)
    yield HelpRow("", "With the mouse", "")
    yield from (HelpRow("", what, does) for what, does in MOUSE)


def list_entries(commands: Iterable[Doable]) -> Iterator[HelpRow]:
    """Yield the commands of a screen of lists for its help."""
    group = ""
    for one in commands:
        if one.group != group:
            group = one.group
            yield HelpRow("", group, "")
        yield _entry(one, {}, one.help)
    yield HelpRow("", "In the list", "")
    for keys, does in LIST_KEYS:
        yield HelpRow("", keys, does)


def command_entries(actions: Iterable[Doable], keys: Mapping[str, Sequence[str]]) -> Iterator[HelpRow]:
    """Yield every action by its title for the palette, without headings."""
    for action in actions:
        yield _entry(action, keys, f"{action.group}: {action.title}")


def _entry(action: Doable, keys: Mapping[str, Sequence[str]], text: str) -> HelpRow:
    shown = " ".join(key_label(key) for key in keys.get(action.name, action.keys)[:_MOST_KEYS])
    return HelpRow(action.name, shown or "no key", text)
