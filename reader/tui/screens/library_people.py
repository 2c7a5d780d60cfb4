"""The people and organisations of the library: who was named last, or whose name begins as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from reader.tui.drawing.people_rows import PeopleRows
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.people_dialogs import Somebody, list_decisions, rename, unite
from reader.tui.screens.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from reader.library.library import Library
    from reader.library.roster import ListedPerson
    from reader.tui.keys import KeyHint
    from reader.tui.screens.results import OpenKept
    from reader.tui.screens.view import Ask, Left
    from reader.tui.widgets.row_list import RowList

_PAGE = 60
_MOST = 200  # suggestions of one name

_GROUP = "People"
COMMANDS = (
    Command("go", ("enter",), "Who that is", _GROUP, "Show what the library knows of them.", "dossier"),
    Command("unite", ("m",), "The same as …", _GROUP, "Decide that two people are one.", "same as"),
    Command("rename", ("r",), "Rename", _GROUP, "Decide what somebody is called.", "rename"),
    Command("decisions", ("D",), "Decisions", _GROUP, "List what you decided about people.", "decisions"),
)


class PeopleView(View["list[ListedPerson]"]):
    """The view."""

    NAME = "people"
    TITLE = "People"
    PLACEHOLDER = "Type a first or a last name"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS[1:])

    def __init__(self, ask: Ask, left: Left) -> None:
        super().__init__(ask, left)
        self._people: list[ListedPerson] = []

    @property
    def title(self) -> str:
        """What is listed."""
        return "people of that name" if self.left.words.strip() else "people, who was named last first"

    @property
    def counts(self) -> str:
        """How many are listed."""
        return f"{len(self._people):,}{'+' if self.more else ''} listed"

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something for what is selected."""
        found = super().hints
        return found if self._people else tuple(hint for hint in found if hint.action == "decisions")

    def question(self, *, more: bool) -> Callable[[Library], list[ListedPerson]]:
        """Ask for who was named last, or for a name."""
        typed = self.left.words.strip()
        before = self._people[-1].newest if more and self._people else None
        return lambda library: _people(library, typed, before)

    def show(self, answer: list[ListedPerson], *, more: bool) -> None:
        """Show who was found."""
        self._people = [*self._people, *answer] if more else answer
        self.more = not self.left.words.strip() and len(answer) >= _PAGE
        if self.left.words.strip():
            empty = "Nobody in the library has a first or last name that begins so. Esc shows everybody."
        else:
            empty = (
                "The library knows nobody yet: people are known when articles name them by their full names."
            )
        self.fill(PeopleRows(self._people), keep=more, empty=empty)

    @property
    def _selected(self) -> Somebody | None:
        key = self.list.selected
        return next((Somebody(one.id, one.name) for one in self._people if str(one.id) == key), None)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show the dossier."""
        message.stop()
        self.left.selected = message.key
        from reader.tui.screens.dossier import DossierScreen

        self.app.push_screen(DossierScreen(self._ask, int(message.key)), self._came_back)

    def _came_back(self, chosen: OpenKept | None) -> None:
        if chosen is not None:
            self.screen.dismiss(chosen)
        else:
            self.look()

    def action_unite(self) -> None:
        """Ask whom the selected one is the same as."""
        if (one := self._selected) is not None:
            unite(self, self._ask, one, self._changed)

    def action_rename(self) -> None:
        """Ask what the selected one is called."""
        if (one := self._selected) is not None:
            rename(self, self._ask, one, self._changed)

    def action_decisions(self) -> None:
        """List what was decided."""
        list_decisions(self, self._ask, self.look)

    def _changed(self, person: int) -> None:
        self.left.selected = str(person)
        self.look()


def _people(library: Library, typed: str, before: int | None) -> list[ListedPerson]:
    """Ask the library; called in its thread."""
    from reader.library.roster import called, roster

    if typed:
        return called(library.database, typed, limit=_MOST)
    return roster(library.database, before=before, limit=_PAGE)
