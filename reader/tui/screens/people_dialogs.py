"""The dialogs about people: who is the same, what somebody is called, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reader.tui.drawing.people_rows import PeopleRows, PersonDecisionRows
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.field_dialogs import FindingDialog, LineDialog
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from reader.library.library import Library
    from reader.library.people import Told
    from reader.library.roster import ListedPerson
    from reader.tui.screens.view import Ask

_SUGGESTIONS = 50


class Somebody(NamedTuple):
    """Somebody of the library: the number, and the name that is shown."""

    id: int
    name: str


class PersonDialog(FindingDialog[Somebody]):
    """Asks who somebody is, with suggestions as one types. Its result is the other one."""

    REST = 11
    HINTS = (
        KeyHint("Enter", "they are one person", "go"),
        KeyHint("↓", "list", "list"),
        KeyHint("Esc", "close", "close"),
    )
    DEFAULT_CSS = "PersonDialog #person-evidence { color: $muted-text; height: 2; margin-top: 1; }"

    def __init__(self, ask: Ask, one: Somebody) -> None:
        super().__init__()
        self._ask, self._one = ask, one
        self._found: list[ListedPerson] = []
        self._number = 0

    @property
    def heading(self) -> str:
        """What is asked."""
        return f"{self._one.name} is the same as"

    def content(self) -> ComposeResult:
        """Yield the field, the suggestions, what is known of the selected one."""
        yield Input(placeholder="Type a first or a last name")
        yield RowList()
        yield Static(id="person-evidence", markup=False)

    def find(self, typed: str) -> None:
        """Suggest whose name begins so; before anything is typed, whoever has the same name."""
        self._number += 1
        number, one = self._number, self._one

        def show(found: list[ListedPerson]) -> None:
            if number == self._number and self.is_mounted:
                self._show([other for other in found if other.id != one.id])

        self._ask(lambda library: _like(library, typed or one.name, whole=not typed), show)

    def _show(self, found: list[ListedPerson]) -> None:
        self._found = found
        self.listed(PeopleRows(found))
        if not found:
            typed = self.query_one(Input).value.strip()
            none = "Nobody in the library has a name that begins so."
            self._tell(none if typed else "Nobody else in the library is called so: type another name.")

    def _tell(self, words: str) -> None:
        self.query_one("#person-evidence", Static).update(Content(words))

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Say what is known of the one that is selected, and what tells the two apart."""
        message.stop()
        number, one, other = self._number, self._one.id, int(message.key)

        def show(words: str) -> None:
            if number == self._number and self.is_mounted and self.query_one(RowList).selected == message.key:
                self._tell(words)

        self._ask(lambda library: _evidence(library, one, other), show)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """That is who it is."""
        message.stop()
        chosen = next(other for other in self._found if str(other.id) == message.key)
        self.dismiss(Somebody(chosen.id, chosen.name))


def _like(library: Library, typed: str, *, whole: bool) -> list[ListedPerson]:
    """Whose name begins as typed; or who shares the ``whole`` name, else the last one."""
    from reader.library.roster import called

    found = called(library.database, typed, limit=_SUGGESTIONS)
    if whole and len(found) < 2:
        found = called(library.database, typed.split()[-1] if typed.split() else "", limit=_SUGGESTIONS)
    return found


def _evidence(library: Library, one: int, other: int) -> str:
    person = library.dossiers.get(other)
    why = library.dossiers.apart(one, other)
    facts = [
        f"as {'; '.join(person.roles)}" if person.roles else "",
        f"also {', '.join(person.aliases[:4])}" if person.aliases else "",
        f"what tells them apart: {why}" if why else "nothing in the articles tells them apart",
    ]
    return " · ".join(filter(None, facts))


class PeopleDecisions(Dialog[bool]):
    """The decisions about people, the newest first; each can be taken back. Its result: whether one was."""

    HEADING = "What you decided about people"
    SCROLLS = "RowList"
    HINTS = (KeyHint("d", "take back", "take_back"), KeyHint("Esc", "close", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete,backspace", "take_back", "Take back", show=False)
    ]
    DEFAULT_CSS = """
    PeopleDecisions {
        & RowList { height: auto; }
        & #decisions-none { color: $muted-text; display: none; }
    }
    """

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self._rows = PersonDecisionRows(())
        self._undone = False

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield Static("Nothing has been decided about people.", id="decisions-none")
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(RowList).focus()
        self._ask(lambda library: library.people.listed(), self._show)

    def _show(self, told: list[Told]) -> None:
        if not self.is_mounted:
            return
        self._rows = PersonDecisionRows(told)
        rows = self.query_one(RowList)
        rows.replace(self._rows, keep=False)
        rows.action_move(1)
        self.query_one("#decisions-none").display = not told
        rows.display = bool(told)

    def action_take_back(self) -> None:
        """Take the selected decision back."""
        key = self.query_one(RowList).selected
        if key is None:
            return
        numbers = [told.decision.id for told in self._rows.groups[int(key)]]
        self._undone = True
        self._ask(lambda library: _undo(library, numbers), self._show)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(self._undone)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Choosing selects."""
        message.stop()


def _undo(library: Library, numbers: list[int]) -> list[Told]:
    for number in numbers:
        library.people.undo(number)
    return library.people.listed()


# What the screens of the library do with them


def unite(at: Widget, ask: Ask, one: Somebody, done: Callable[[int], object]) -> None:
    """Ask whom somebody is the same as, and let it hold; ``done`` gets who that is."""

    def chosen(other: Somebody | None) -> None:
        if other is not None:
            make_one(at, ask, one, other, done)

    at.app.push_screen(PersonDialog(ask, one), chosen)


def make_one(at: Widget, ask: Ask, one: Somebody, other: Somebody, done: Callable[[int], object]) -> None:
    """Let two people be one."""

    def told(person: int) -> None:
        at.notify(f"{one.name} and {other.name} are one person. D lists what you decided.", markup=False)
        done(person)

    ask(lambda library: library.people.unite(one.id, other.id), told)


def rename(at: Widget, ask: Ask, one: Somebody, done: Callable[[int], object]) -> None:
    """Ask what somebody is to be called, and let it hold."""

    def chosen(name: str | None) -> None:
        if name and name != one.name:
            ask(lambda library: library.people.call(one.id, name), lambda _: done(one.id))

    about = "The library lists the person so; articles stay as they are."
    at.app.push_screen(LineDialog("Show this person as", about, one.name), chosen)


def list_decisions(at: Widget, ask: Ask, done: Callable[[], object]) -> None:
    """List what was decided; ``done`` is called when something was taken back."""

    def closed(undone: bool | None) -> None:
        if undone:
            done()

    at.app.push_screen(PeopleDecisions(ask), closed)
