"""The small dialogs of the library: which articles are listed, and the tags of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.widgets import Input

from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece, spread
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.library.articles import State


class Filter(NamedTuple):
    """Which articles are listed. ``label`` says what they are, as in "No article is …"."""

    label: str
    state: State | None = None
    tag: str | None = None
    later: bool = False

    @property
    def title(self) -> str:
        """What stands above the list; nothing when all are listed."""
        return "" if self == ALL else self.label


ALL = Filter("here yet")
_KINDS = (
    Filter("new", state="new"),
    Filter("begun", state="begun"),
    Filter("read", state="read"),
    Filter("kept for later", later=True),
)


class FilterRows(EvenRows):
    """A line for each filter. The key of a row is its place."""

    def __init__(self, filters: Sequence[Filter], counts: Sequence[int | None]) -> None:
        self._filters, self._counts = filters, counts
        self.keys = [str(place) for place in range(len(filters))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of a row."""
        chosen, count = self._filters[index], self._counts[index]
        label = "all articles" if chosen == ALL else one_line(chosen.label)
        right = [] if count is None else [Piece(f"{count:,}", "muted")]
        return [spread([Piece(label, "accent" if chosen.tag else "text")], right, width)]


class FilterDialog(Dialog[Filter]):
    """The dialog. Its result is what to list."""

    HEADING = "List"
    SCROLLS = "RowList"
    HINTS = (KeyHint("Enter", "list these", "go"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = "FilterDialog RowList { height: auto; }"

    def __init__(self, tags: Sequence[tuple[str, int]]) -> None:
        """Offer the states, and tags with the number of their articles."""
        super().__init__()
        self._filters = [ALL, *_KINDS, *(Filter(f"#{name}", tag=name) for name, _ in tags)]
        self._counts = [*[None] * (1 + len(_KINDS)), *(count for _, count in tags)]

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(FilterRows(self._filters, self._counts), keep=False)
        rows.focus()
        rows.action_move(1)

    def action_go(self) -> None:
        """List what is selected."""
        self.query_one(RowList).action_choose()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """List these."""
        self.dismiss(self._filters[int(message.key)])


class TagDialog(Dialog[tuple[str, ...]]):
    """The dialog. Its result is all tags that the article is to have."""

    HEADING = "Tags"
    HINTS = (KeyHint("Enter", "keep", "keep"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = """
    TagDialog Input {
        height: 1; border: none; padding: 0 1; background: $background; color: $foreground;
        &:focus { border: none; }
    }
    """

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__()
        self._tags = ", ".join(map(one_line, tags))

    def content(self) -> ComposeResult:
        """Yield the field."""
        yield Input(self._tags, placeholder="economy, to cite", select_on_focus=False)

    def on_mount(self) -> None:
        """Let the reader type."""
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        """Keep the tags."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the tags."""
        names = (one_line(name).strip().lstrip("#") for name in self.query_one(Input).value.split(","))
        self.dismiss(tuple(dict.fromkeys(name for name in names if name)))
