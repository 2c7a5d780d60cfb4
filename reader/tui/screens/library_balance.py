"""Whose words fill what was read, as a table with bars: all of it, or by outlet, tag, month or article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reader.model.errors import ReaderError
from reader.text.names import folded
from reader.text.safety import printable
from reader.tui.drawing.balance_rows import BalanceRows
from reader.tui.drawing.rows import plural
from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.library_articles import ask_for_part
from reader.tui.screens.library_dialogs import TableDialog
from reader.tui.screens.view import Left, View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.binding import BindingType

    from reader.library.balance import Balance, Grouping
    from reader.library.library import Library
    from reader.tui.screens.results import OpenKept
    from reader.tui.screens.view import Ask
    from reader.tui.widgets.row_list import RowList

_GROUPS: dict[Grouping, str] = {
    "all": "everything together",
    "source": "by source",
    "tag": "by tag",
    "month": "by month",
    "article": "by article",
}
_MOST = 300  # groups on the screen; a table has them all

_GROUP = "Balance"
COMMANDS = (
    Command(
        "go",
        ("enter",),
        "Who that is",
        _GROUP,
        "Show what the library knows of them; list the others.",
        "who",
    ),
    Command("by", ("b",), "By source, tag, month, article", _GROUP, "Divide it by something else.", "by …"),
    Command(
        "filter", ("f",), "Filter", _GROUP, "Count only articles of a state, date, tag or source.", "filter"
    ),
    Command(
        "write",
        ("w",),
        "Write a table",
        _GROUP,
        "Write everybody in every group into a CSV file.",
        "write CSV",
    ),
)


@dataclass(slots=True)
class BalanceLeft(Left):
    """How the balance was left. ``document`` is the one article that counts, with its title."""

    by: Grouping = "all"
    document: tuple[int, str] | None = None


class BalanceAnswer(NamedTuple):
    """What the library says, or why it cannot. ``names``, folded, are what the voices are called."""

    found: list[Balance]
    names: tuple[str, ...] = ()
    problem: str = ""


class BalanceView(View[BalanceAnswer]):
    """The view."""

    NAME = "balance"
    TITLE = "Balance"
    PLACEHOLDER = "Type a name; or source: tag: since: until: is: to narrow it down"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS[1:])

    def __init__(self, ask: Ask, left: BalanceLeft) -> None:
        super().__init__(ask, left)
        self._left = left
        self._found: list[Balance] = []
        self._names: tuple[str, ...] = ()
        self._unfolded: set[int] = set()

    @property
    def title(self) -> str:
        """What is counted, and how it is divided."""
        if self._left.document is not None:
            return f"whose words · this article: {self._left.document[1]}"
        return f"whose words · {_GROUPS[self._left.by]}"

    @property
    def counts(self) -> str:
        """How much is quoted."""
        return plural(sum(one.words for one in self._found), "word") + " quoted" if self._found else ""

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something now."""
        found = super().hints
        if not self._found:
            found = tuple(hint for hint in found if hint.action in ("by", "filter"))
        if self._left.document is not None:
            own = tuple(hint for hint in found if hint.action in ("go", "write"))
            return (*own, KeyHint("Esc", "all articles", "screen.back"))
        return found

    def question(self, *, more: bool) -> Callable[[Library], BalanceAnswer]:
        """Ask for the voices."""
        words, by, document = self.left.words.strip(), self._left.by, self._left.document
        return lambda library: _balance(library, words, by, document[0] if document is not None else None)

    def show(self, answer: BalanceAnswer, *, more: bool) -> None:
        """Show the voices."""
        self._found, self._names, self._unfolded = answer.found, answer.names, set()
        if answer.problem:
            empty = answer.problem
        elif self.left.words.strip():
            empty = "Nothing that is quoted fits these words. Esc counts everything again."
        elif self._left.by == "tag":
            empty = "No article has a tag: b divides it by something else."
        else:
            empty = "The library has no article yet."
        self._draw(empty)

    def _draw(self, empty: str = "", *, keep: bool = False) -> None:
        rows = BalanceRows(self._found[:_MOST], self._left.by, self._unfolded, self._names)
        self.fill(rows, keep=keep, empty=empty)

    def back(self) -> bool:
        """From one article to all."""
        if self._left.document is None:
            return False
        self._left.document = None
        self.look()
        return True

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show who that is, or those who are folded."""
        message.stop()
        kind, *numbers = message.key.split()
        self.left.selected = message.key
        if kind == "rest":
            self._unfolded.add(int(numbers[0]))
            self._draw(keep=True)
            return
        rows = self.list.rows
        voice = rows.voice(message.key) if isinstance(rows, BalanceRows) else None
        if voice is None or voice.person is None:
            name = voice.name if voice is not None else ""
            self.notify(
                f"Who “{name}” is in other articles, nothing tells." if name else "No speaker is named here.",
                markup=False,
            )
            return
        from reader.tui.screens.dossier import DossierScreen

        self.app.push_screen(DossierScreen(self._ask, voice.person), self._came_back)

    def _came_back(self, chosen: OpenKept | None) -> None:
        if chosen is not None:
            self.screen.dismiss(chosen)
        else:
            self.look()

    def action_by(self) -> None:
        """Divide it by the next thing."""
        if self._left.document is None:
            groups = list(_GROUPS)
            self._left.by = groups[(groups.index(self._left.by) + 1) % len(groups)]
            self.left.selected = ""
            self.look()

    def action_filter(self) -> None:
        """Choose which articles count."""
        if self._left.document is None:
            ask_for_part(self, self._ask)

    def action_write(self) -> None:
        """Write it as a table."""
        if self._found:
            name = "balance.csv" if self._left.by == "all" else f"balance-by-{self._left.by}.csv"
            self.app.push_screen(TableDialog(name, self._write), self._written)

    def _write(self, path: Path) -> str:
        from reader.export.table import table_of
        from reader.export.writing import write_file
        from reader.library.balance import COLUMNS, table

        try:
            write_file(path, table_of(COLUMNS, table(self._found)))
        except ReaderError as error:
            return f"{error.title}. Another name, please."
        return ""

    def _written(self, path: str | None) -> None:
        if path is not None:
            self.notify(f"Written: {printable(path)}", markup=False)


def _balance(library: Library, words: str, by: Grouping, document: int | None) -> BalanceAnswer:
    """Ask the library; called in its thread."""
    from reader.library.balance import balance
    from reader.library.queries import QueryError, parse

    try:
        query = parse(words, typing=True)
    except QueryError as error:
        return BalanceAnswer([], problem=f"{error.title}. {error.hint}." if error.hint else error.title)
    found = balance(library.database, by, document=document, query=query)
    names = [folded(name) for name in (*(term.words for term in query.terms), *query.by)]
    return BalanceAnswer(found, tuple(names))
