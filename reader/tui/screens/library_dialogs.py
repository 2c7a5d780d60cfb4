"""The small dialogs of the library: what narrows a list down, and where a table goes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widgets import Static

from reader.text.safety import one_line
from reader.tui.drawing.rows import Line, Piece, spread
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.field_dialogs import LineDialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

_PART = re.compile(r'(?<!\S)(is|tag|source|since|until):(?:"[^"]*"|\S*)\s*')


class Narrowing(NamedTuple):
    """Something that narrows a list down: ``words`` as they may be typed, and how that is called."""

    heading: str
    label: str
    words: str
    articles: int | None = None


_STATES = tuple(
    Narrowing("State", label, words)
    for label, words in (
        ("new", "is:new"),
        ("begun", "is:begun"),
        ("read", "is:read"),
        ("kept for later", "is:later"),
    )
)
_TIMES = tuple(
    Narrowing("Date", label, words)
    for label, words in (
        ("the last seven days", "since:1w"),
        ("the last month", "since:1m"),
        ("the last three months", "since:3m"),
        ("the last year", "since:1y"),
    )
)


def parts(tags: Sequence[tuple[str, int]], sites: Sequence[tuple[str, int]]) -> list[Narrowing]:
    """Return all that may narrow a list down; tags and outlets come with how many articles they have."""
    return [
        *_STATES,
        *_TIMES,
        *(Narrowing("Tag", f"#{one_line(name)}", _typed("tag", name), count) for name, count in tags),
        *(Narrowing("Source", one_line(name), _typed("source", name), count) for name, count in sites),
    ]


def _typed(name: str, value: str) -> str:
    value = one_line(value).replace('"', " ").strip()
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"


def narrowed(words: str, part: Narrowing) -> str:
    """Return what is typed with a part instead of another of its kind; without it, if it was there."""
    kind = part.words.partition(":")[0]
    there = part.words in [found[0].strip() for found in _PART.finditer(words)]
    rest = _PART.sub(lambda found: "" if found[1] == kind else found[0], words).strip()
    return rest if there else f"{rest} {part.words}".strip()


class FilterRows:
    """A line for each part under its heading. The key of a row is the part's words."""

    def __init__(self, offered: Sequence[Narrowing], words: str) -> None:
        self._rows: list[Narrowing | str] = []
        self.keys: list[str] = []
        self._held = {found[0].strip() for found in _PART.finditer(words)}
        for part in offered:
            if (
                not self._rows
                or not isinstance(last := self._rows[-1], Narrowing)
                or last.heading != part.heading
            ):
                self._rows.append(part.heading)
                self.keys.append(f"heading {part.heading}")
            self._rows.append(part)
            self.keys.append(part.words)

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for every row."""
        return [1] * len(self._rows)

    def selectable(self, index: int) -> bool:
        """Return whether it is no heading."""
        return isinstance(self._rows[index], Narrowing)

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of a row."""
        row = self._rows[index]
        if isinstance(row, str):
            return [[Piece(row, "accent")]]
        held = row.words in self._held
        right = [] if row.articles is None else [Piece(f"{row.articles:,}", "muted")]
        return [spread([Piece("✓ " if held else "  ", "accent"), Piece(row.label)], right, width)]


class FilterDialog(Dialog[Narrowing]):
    """The dialog. Its result is what is to narrow the list down, or no longer."""

    HEADING = "List only"
    SCROLLS = "RowList"
    HINTS = (KeyHint("Enter", "list these, or not any more", "go"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = "FilterDialog RowList { height: auto; }"

    def __init__(self, offered: Sequence[Narrowing], words: str) -> None:
        """Offer parts; ``words`` are those that are typed now."""
        super().__init__()
        self._offered, self._words = offered, words

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(FilterRows(self._offered, self._words), keep=False)
        rows.focus()
        rows.action_move(1)

    def action_go(self) -> None:
        """List what is selected."""
        self.query_one(RowList).action_choose()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """List these."""
        self.dismiss(next(part for part in self._offered if part.words == message.key))


class TableDialog(LineDialog):
    """Asks for the name of a file and has it written. Its result is the file that was."""

    HINTS = (KeyHint("Enter", "write", "go"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = "TableDialog #table-problem { color: $warning; display: none; }"

    def __init__(self, name: str, write: Callable[[Path], str]) -> None:
        """Propose a name; ``write`` writes there and returns what went wrong, if anything did."""
        about = "As CSV, with everybody in every group. A file that is there is left as it is."
        super().__init__("Write a table", about, name)
        self._write = write

    def content(self) -> ComposeResult:
        """Yield the field, and room for what went wrong."""
        yield from super().content()
        yield Static(id="table-problem", markup=False)

    def action_go(self) -> None:
        """Write it, or say why that cannot be."""
        if not self.line:
            return
        path = Path(self.line).expanduser()
        problem = self._write(path)
        if not problem:
            self.dismiss(str(path))
            return
        told = self.query_one("#table-problem", Static)
        told.update(Content(one_line(problem)))
        told.display = True
