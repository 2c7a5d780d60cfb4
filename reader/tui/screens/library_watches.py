"""Watches: searches by name, what is new to each, and what one of them finds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reader.model.errors import ReaderError
from reader.text.safety import one_line
from reader.tui.drawing.feed_rows import WatchRows
from reader.tui.drawing.library_rows import HitRows
from reader.tui.drawing.rows import plural
from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.field_dialogs import LineDialog
from reader.tui.screens.results import OpenKept
from reader.tui.screens.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from reader.library.library import Library
    from reader.library.search import Hit
    from reader.library.watches import Watch
    from reader.tui.screens.view import Ask, Left
    from reader.tui.widgets.row_list import RowList

_MOST = 200  # hits of one watch that are listed
_GROUP = "Watches"
COMMANDS = (
    Command("go", ("enter",), "Show", _GROUP, "Show what the watch finds, or open what it found.", "show"),
    Command("add", ("a",), "Watch for something", _GROUP,
            "Make a watch: a search that announces what is new to it.", "add"),
    Command("mute", ("m",), "Mute something", _GROUP,
            "Make a watch that hides what it finds from lists.", "mute"),
    Command("see", ("A",), "All seen", _GROUP, "Nothing of the selected watch is new any more.", "seen"),
    Command("remove", ("d", "delete"), "Remove", _GROUP, "Remove the selected watch.", "remove"),
    Command("bring_back", ("u",), "Bring back", _GROUP,
            "Make the watch anew that was removed last; it begins with what comes from now on."),
)  # fmt: skip


class WatchesAnswer(NamedTuple):
    """The watches, and what the open one finds, what is new to it before all else."""

    watches: list[Watch]
    hits: list[Hit]
    new: int
    problem: str = ""


class WatchesView(View[WatchesAnswer]):
    """The view."""

    NAME = "watches"
    TITLE = "Watches"
    PLACEHOLDER = "Search the watches by name"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS[1:])

    def __init__(self, ask: Ask, left: Left) -> None:
        super().__init__(ask, left)
        self._watches: list[Watch] = []
        self._hits: list[Hit] = []
        self._open = ""  # the watch whose hits are listed
        self._new = 0
        self._removed: list[Watch] = []
        self._told = ""

    # What stands around it

    @property
    def title(self) -> str:
        """The watch whose hits are listed."""
        return one_line(self._open)

    @property
    def count(self) -> int:
        """How much is new in all."""
        return sum(watch.new for watch in self._watches)

    @staticmethod
    def tally(library: Library, /) -> int:
        """Say how much is new in all, as far as the watches have looked."""
        return sum(watch.new for watch in library.watches.all())

    @property
    def counts(self) -> str:
        """How many there are."""
        if self._open:
            return f"{len(self._hits):,} found, {self._new:,} new"
        return self._told or plural(len(self._watches), "watch").replace("watchs", "watches")

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something now."""
        found = super().hints
        if self._open:
            return tuple(hint for hint in found if hint.action == "go")
        if not self._watches:
            found = tuple(hint for hint in found if hint.action in ("add", "mute"))
        return (*found, KeyHint("u", "bring back", "bring_back")) if self._removed else found

    # What is shown

    def question(self, *, more: bool) -> Callable[[Library], WatchesAnswer]:
        """Let the watches look at what is new, and ask what the open one finds."""
        return partial(_found, name=self._open)

    def show(self, answer: WatchesAnswer, *, more: bool) -> None:
        """Show the watches, or what one of them finds."""
        self._watches, self._hits, self._new, _ = answer
        if answer.problem:
            self.notify(answer.problem, severity="warning", markup=False)
        if self._open:
            empty = "It has found nothing yet. Esc leads back to the watches."
            self.fill(HitRows(self._hits), empty=empty)
        else:
            words = self.left.words.casefold().split()
            shown = [one for one in self._watches if all(word in one.name.casefold() for word in words)]
            empty = (
                "No watch is called so. Esc shows all."
                if words
                else "Nothing is watched for yet. a makes a watch: by:lagarde about:rates, or has:change "
                "for what articles say otherwise than before."
            )
            self.fill(WatchRows(shown), empty=empty)
        self.post_message(self.Told())

    def back(self) -> bool:
        """From what one finds to all watches."""
        if not self._open:
            return False
        self.left.selected, self._open = self._open, ""
        self.look()
        return True

    @property
    def _watch(self) -> Watch | None:
        key = self.list.selected if self.is_mounted and not self._open else None
        return next((watch for watch in self._watches if watch.name == key), None)

    # What happens

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show what it finds, or open what was found."""
        message.stop()
        if self._open:
            hit = self._hits[int(message.key)]
            span = (hit.start, hit.end) if hit.end > hit.start else None
            self.screen.dismiss(OpenKept(hit.article.id, span))
        else:
            self._open, self.left.selected = message.key, ""
            self.look()

    def action_add(self) -> None:
        """Make a watch."""
        self._make("Watch for", "What is new to this search is announced.", mute=False)

    def action_mute(self) -> None:
        """Make a watch that hides what it finds."""
        self._make("Mute", "What this search finds is hidden from lists, counted, never deleted.", mute=True)

    def _make(self, heading: str, about: str, *, mute: bool) -> None:
        def make(query: str | None) -> None:
            if query:
                self._ask(partial(_add, query=query, mute=mute), self._made)

        example = "football -scandal" if mute else "by:lagarde about:rates"
        self.app.push_screen(LineDialog(heading, about, example=example), make)

    def _made(self, problem: str) -> None:
        self._told = ""
        if self.is_mounted:
            if problem:
                self.notify(problem, severity="warning", markup=False)
            self.look()

    def action_see(self) -> None:
        """Nothing of it is new any more."""
        if (watch := self._watch) is not None:
            self._ask(lambda library: library.watches.see(watch), self._again)

    def action_remove(self) -> None:
        """Remove the watch."""
        if (watch := self._watch) is not None:
            self._removed.append(watch)
            self._told = f"{one_line(watch.name)} removed"
            self._ask(lambda library: library.watches.remove(watch.name), self._again)

    def action_bring_back(self) -> None:
        """Make the watch anew that was removed last."""
        if self._removed:
            watch = self._removed.pop()
            self._ask(partial(_add, query=watch.query, mute=watch.mute, name=watch.name), self._made)

    def _again(self, _: object = None) -> None:
        if self.is_mounted:
            self.look()


def _found(library: Library, name: str) -> WatchesAnswer:
    """Let the watches look, and ask what one finds; called in the library's thread."""
    from reader.library.watching import look, new_hits

    look(library)
    if not name:
        return WatchesAnswer(library.watches.all(), [], 0)
    try:
        watch = library.watches.get(name)
        new = new_hits(library, watch, see=True)
        hits = library.search(watch.query, limit=_MOST)[:_MOST]
    except ReaderError as error:
        return WatchesAnswer(library.watches.all(), [], 0, str(error))
    known = {(hit.article.id, hit.text) for hit in new}
    older = [hit for hit in hits if (hit.article.id, hit.text) not in known]
    return WatchesAnswer(library.watches.all(), [*new, *older], len(new))


def _add(library: Library, query: str, *, mute: bool, name: str = "") -> str:
    """Make a watch, called like its query without a name; return what is wrong with it."""
    from reader.library.watching import look

    try:
        library.watches.add(name or query, query, mute=mute)
    except ReaderError as error:
        return str(error)
    look(library)
    return ""
