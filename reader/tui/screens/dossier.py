"""A dossier: what the library knows of somebody, over all articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.content import Content
from textual.widgets import Static

from reader.tui.drawing.rows import plural
from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.dossier_views import (
    Changed,
    DossierSubject,
    NamedView,
    SaidView,
    WhoView,
    WordsView,
    who,
)
from reader.tui.screens.frame import Frame
from reader.tui.screens.people_dialogs import Somebody, list_decisions, rename, unite
from reader.tui.screens.results import OpenKept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from reader.tui.drawing.dossier_rows import Who
    from reader.tui.screens.view import Ask, View

_GROUP = "This person"
COMMANDS = (
    Command("unite", ("m",), "The same as …", _GROUP, "Decide that another is the same person.", "same as"),
    Command("rename", ("r",), "Rename", _GROUP, "Decide what this person is called.", "rename"),
    Command("decisions", ("D",), "Decisions", _GROUP, "List what you decided about people.", "decisions"),
)
CLOSE = Command("close", ("q",), "Close", "Everywhere", "Close the dossier.")


class DossierScreen(Frame[OpenKept]):
    """The screen. Its result is the place to open."""

    EVERYWHERE = (*COMMANDS, *Frame.EVERYWHERE, CLOSE)
    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, CLOSE))
    DEFAULT_CSS = """
    DossierScreen > #dossier-who {
        padding: 0 1; color: $muted-text; background: $surface; max-height: 2;
    }
    DossierScreen > #dossier-doubt {
        padding: 0 1; color: $warning; background: $surface; max-height: 2; display: none;
    }
    """

    def __init__(self, ask: Ask, person: int, subject: DossierSubject | None = None) -> None:
        """Show a person; ``subject`` says at which quotation one was."""
        super().__init__()
        self._ask = ask
        self._subject = subject or DossierSubject(person)
        self._trail: list[int] = []
        self._who: Who | None = None

    def make_views(self) -> Sequence[View[Any]]:
        """Return what they said, where they are named, how much, and who it is."""
        return (
            SaidView(self._ask, self._subject),
            NamedView(self._ask, self._subject),
            WordsView(self._ask, self._subject),
            WhoView(self._ask, self._subject),
        )

    def above(self) -> Iterable[Widget]:
        """Yield who it is in two lines, and whether that is doubtful."""
        yield Static(id="dossier-who", markup=False)
        yield Static(id="dossier-doubt", markup=False)

    def on_mount(self) -> None:
        """Show the first list, and ask who it is."""
        self._look_up()

    @property
    def heading(self) -> str:
        """Who it is."""
        return self._subject.name or "Dossier"

    @property
    def keys_to_stay(self) -> tuple[KeyHint, ...]:
        """The keys that are there on any line, however short."""
        return (
            KeyHint("m", "same as", "screen.unite"),
            KeyHint("?", "help", "screen.help"),
            KeyHint("Esc", "back", "screen.back"),
        )

    def _look_up(self) -> None:
        person = self._subject.person
        self._ask(lambda library: who(library, person), self._show, self.action_close)

    def _show(self, found: Who) -> None:
        if not self.is_mounted or found.person.id != self._subject.person:
            return
        person = found.person
        self._who, self._subject.name = found, person.name
        facts = [f"{plural(person.quotations, 'quotation')} in {plural(person.articles, 'article')}"]
        facts += ["; ".join(person.roles)] if person.roles else []
        facts += [f"also {', '.join(person.aliases)}"] if person.aliases else []
        if found.company:
            facts.append("with " + ", ".join(one.name for one in found.company[:4]))
        self.query_one("#dossier-who", Static).update(Content(" · ".join(facts)))
        doubt = self.query_one("#dossier-doubt", Static)
        if found.namesakes:
            _, why = found.namesakes[0]
            number = [view.NAME for view in self.views].index(WhoView.NAME) + 1
            words = f"{len(found.namesakes) + 1} people? Kept apart: {why}. {number} shows the others."
            doubt.update(Content(words))
        doubt.display = bool(found.namesakes)
        self.tell()

    def on_changed(self, message: Changed) -> None:
        """Show somebody else, or the same one anew."""
        if message.person != self._subject.person:
            self._trail.append(self._subject.person)
        self._turn_to(message.person)

    def _turn_to(self, person: int) -> None:
        if person != self._subject.person:
            self._subject.person, self._subject.name = person, ""
            self._subject.version = self._subject.quotation = None
            for view in self.views:
                view.left.words = view.left.selected = ""
            self.open_view(self.views[0].NAME)
        self._look_up()
        self.look_again()

    def leave(self) -> None:
        """Go back to whom one came from, then to where."""
        if self._trail:
            self._turn_to(self._trail.pop())
        else:
            self.dismiss(None)

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)

    @property
    def _somebody(self) -> Somebody | None:
        return Somebody(self._who.person.id, self._who.person.name) if self._who is not None else None

    def action_unite(self) -> None:
        """Ask who is the same person."""
        if (one := self._somebody) is not None:
            unite(self, self._ask, one, self._decided)

    def action_rename(self) -> None:
        """Ask what this person is called."""
        if (one := self._somebody) is not None:
            rename(self, self._ask, one, self._decided)

    def action_decisions(self) -> None:
        """List what was decided."""
        list_decisions(self, self._ask, lambda: self._decided(self._subject.person))

    def _decided(self, person: int) -> None:
        """Show who it is by now: nobody any more goes back."""
        if self.is_mounted:
            self._trail = [one for one in self._trail if one != person]
            self._subject.person = person
            self._look_up()
            self.look_again()
