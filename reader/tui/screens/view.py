"""A kind of list in a frame: it asks the library, shows what comes, and says what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from reader.tui.drawing.rows import NoRows
from reader.tui.screens.commands import hints
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from reader.library.library import Library
    from reader.tui.drawing.rows import Rows
    from reader.tui.keys import KeyHint
    from reader.tui.screens.commands import Command

P = TypeVar("P")
T = TypeVar("T")

_AHEAD = 20  # rows before the end at which more is asked for
_SECONDS_UNTIL_SAID = 0.4  # what takes longer is said to be going on


class Ask(Protocol):
    """Has the library do something in its thread; ``deliver`` is called on the screen with what comes."""

    def __call__(
        self,
        work: Callable[[Library], T],
        deliver: Callable[[T], object],
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Ask; ``otherwise`` is called when it failed."""
        ...


@dataclass(slots=True)
class Left:
    """How a view was left: the words in its field, and the key of the selected row."""

    words: str = ""
    selected: str = ""


class View(Widget, Generic[P], can_focus=True):
    """A list of one kind. ``P`` is what the library answers: a page of it, say.

    Those that derive from it say what to ask (:meth:`question`) and how an answer is shown (:meth:`show`).
    """

    NAME: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    PLACEHOLDER: ClassVar[str] = ""
    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    FIELD_HINTS: ClassVar[tuple[KeyHint, ...]] = ()
    DEFAULT_CSS = """
    View {
        height: 1fr; layout: vertical; background: $background;
        & > RowList { height: 1fr; max-width: 124; background: $background; }
        & > .view-empty { height: 1fr; padding: 1 2; color: $muted-text; display: none; }
    }
    """

    class Told(Message):
        """What stands around the view is another now: its title, its counts, its keys."""

    class Typed(Message):
        """These words are to stand in the field, as if they had been typed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, ask: Ask, left: Left | None = None) -> None:
        super().__init__(id=f"view-{self.NAME}")
        self._ask = ask
        self.left = left if left is not None else Left()
        self._number = 0  # of the latest question: what comes late is not shown
        self._answered = True
        self._begun = False
        self.more = False  # whether there is more than what is listed
        self.told: int | None = None  # how much the library said there is, since the view last asked

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield RowList()
        yield Static(classes="view-empty", markup=False)

    # What stands around it

    @property
    def title(self) -> str:
        """What is listed, for the line above; nothing when that is everything."""
        return ""

    @property
    def counts(self) -> str:
        """How much there is, for the end of the line above."""
        return ""

    @property
    def count(self) -> int:
        """How much there is, for the tab; 0 says nothing."""
        return 0

    @property
    def tab_count(self) -> int:
        """How much the tab says there is, whether the view was opened or not."""
        return self.count if self.told is None else self.told

    @staticmethod
    def tally(_: Library, /) -> int | None:
        """Say how much there is while the view is not open; called in the library's thread, quick."""
        return None

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys of the list that mean something now."""
        return hints(self.COMMANDS)

    @property
    def list(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    # Asking and showing

    def begin(self) -> None:
        """The view is on the screen: ask for what it shows, unless that was done."""
        if not self._begun:
            self._begun = True
            self.look()

    def forget(self) -> None:
        """What is shown may be another by now: ask when the view is on the screen again."""
        self._begun = False

    def search(self, words: str) -> None:
        """List what fits other words."""
        self.left.words, self.left.selected = words, ""
        self.look()

    def look(self, *, more: bool = False) -> None:
        """Ask the library, for ``more`` of the same or anew."""
        self._number += 1
        number = self._number
        question = self.question(more=more)
        self.more = False
        self._answered = False
        if not more:
            self.set_timer(_SECONDS_UNTIL_SAID, lambda: self._say_busy(number))

        def work(library: Library) -> tuple[int, P] | None:
            # Something else may have been asked meanwhile.
            return (number, question(library)) if number == self._number else None

        def deliver(answer: tuple[int, P] | None) -> None:
            if answer is not None and answer[0] == self._number and self.is_mounted:
                self._answered, self.told = True, None
                self.show(answer[1], more=more)
                self.post_message(self.Told())

        self._ask(work, deliver, lambda: self._fail(number))

    def _say_busy(self, number: int) -> None:
        if number == self._number and not self._answered and self.is_mounted and not self.list.rows.keys:
            self._empty("Asking the library …")

    def _fail(self, number: int) -> None:
        if number == self._number and self.is_mounted:
            self._answered = True
            self.fill(NoRows(), empty="The library could not be asked.")

    def question(self, *, more: bool) -> Callable[[Library], P]:
        """Return what to ask: a function for the library's thread, free of anything that changes."""
        raise NotImplementedError

    def show(self, answer: P, *, more: bool) -> None:
        """Show what the library said; say in :attr:`more` whether there is more of it."""
        raise NotImplementedError

    def fill(self, rows: Rows, *, keep: bool = False, empty: str = "") -> None:
        """List rows; where there are none, say why (``empty``). With ``keep`` selection and place stay."""
        listed = self.list
        listed.replace(rows, keep=keep)
        if not keep or listed.selected is None:
            listed.select(self.left.selected or None, centre=True)
        if listed.selected is None:
            listed.action_move(1)
        if rows.keys:
            self.query_one(".view-empty").display, listed.display = False, True
            if self.has_focus:
                listed.focus()
            self.selection_moved()
        else:
            self._empty(empty)

    def _empty(self, why: str) -> None:
        empty, listed = self.query_one(".view-empty", Static), self.list
        if listed.has_focus:
            self.focus()  # a list that is not there has no keys; those of the view work on
        empty.update(Content(why))
        empty.display, listed.display = True, False
        self.call_after_refresh(self._hold_keys)

    def _hold_keys(self) -> None:
        """Take the keys if they were on their way to a list that is not there any more."""
        if self.has_class("-open") and self.screen.focused in (None, self.list) and not self.list.display:
            self.focus()

    def back(self) -> bool:
        """Go one step back to everything. Returns whether there was a step to go."""
        return False

    def take_keys(self) -> None:
        """Give the keys to the list."""
        (self.list if self.list.display else self).focus()
        if self.list.selected is None:
            self.list.action_move(1)

    def on_focus(self) -> None:
        """Pass the keys on to the list."""
        if self.list.display:
            self.list.focus()

    def action_go(self) -> None:
        """Open what is selected."""
        self.list.action_choose()

    def selection_moved(self) -> None:
        """Another row is selected: get more before the end is reached."""
        if self.more and self.list.selected in self.list.rows.keys[-_AHEAD:]:
            self.look(more=True)

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Remember what is selected."""
        if message.key == self.list.selected:
            self.left.selected = message.key
            self.selection_moved()
