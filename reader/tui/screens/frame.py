"""The frame around lists of several kinds: a title, tabs, a field to search in, the open view, its keys.

A kind of list is a :class:`~reader.tui.screens.view.View`; a screen is a frame with some of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings, hints
from reader.tui.widgets.bars import Bar, KeyBar
from reader.tui.widgets.tab_row import Tab, TabRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from reader.tui.screens.view import View
    from reader.tui.widgets.row_list import RowList

T = TypeVar("T")

_TALL = 30  # lines of a screen on which there is room for a rule and for what a view shows below its list

SEARCH = Command("search", ("slash",), "Search", "Everywhere", "Type what to look for.", "search")
BACK = Command(
    "back", ("escape",), "Back", "Everywhere", "Back: from what was found, from a filter, from here."
)
PALETTE = Command("palette", ("colon",), "Commands", "Everywhere", "Find a command by its name.")
HELP = Command("help", ("question_mark", "f1"), "Help", "Everywhere", "Show all keys of this screen.", "help")


class Frame(Screen[T]):
    """The frame. ``EVERYWHERE`` are the commands of the whole screen; :meth:`make_views` makes the views."""

    AUTO_FOCUS = ""  # the view says what has the keys
    EVERYWHERE: ClassVar[tuple[Command, ...]] = (SEARCH, BACK, PALETTE, HELP)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(EVERYWHERE),
        *(Binding(str(digit), f"open_view({digit - 1})", show=False) for digit in range(1, 10)),
        Binding("right", "next_view(1)", "Next list", show=False),
        Binding("left", "next_view(-1)", "List before", show=False),
    ]
    DEFAULT_CSS = """
    Frame {
        background: $background;
        & > #frame-title { text-style: bold; }
        & > TabRow { height: 1; }
        &.-tall > TabRow { height: 2; }
        & > Input {
            height: 1; border: none; padding: 0 1; background: $surface; color: $foreground;
            &:focus { border: none; background: $quotation-background; background-tint: transparent; }
        }
        & > View { display: none; }
        & > View.-open { display: block; }
    }
    """

    def __init__(self, view: str = "") -> None:
        """Open on the view of that name, or else on the first."""
        super().__init__()
        self.views: Sequence[View[Any]] = ()
        self._open = view
        self._stale = False

    def make_views(self) -> Sequence[View[Any]]:
        """Return what is in it."""
        raise NotImplementedError

    @property
    def heading(self) -> str:
        """What stands at the beginning of the first line."""
        raise NotImplementedError

    def above(self) -> Iterable[Widget]:
        """Yield what stands between the tabs and the field."""
        return ()

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        self.views = tuple(self.make_views())
        if self._open not in [view.NAME for view in self.views]:
            self._open = self.views[0].NAME
        yield Bar(id="frame-title")
        yield TabRow([Tab(view.NAME, view.TITLE) for view in self.views])
        yield from self.above()
        yield Input(select_on_focus=False)
        yield from self.views
        yield KeyBar(id="frame-keys")

    def on_mount(self) -> None:
        """Show the view."""
        self.open_view(self._open)

    def on_resize(self, event: events.Resize) -> None:
        """Show more where there is room for it."""
        self.set_class(event.size.height >= _TALL, "-tall")

    # Views

    @property
    def view(self) -> View[Any]:
        """The view that is open."""
        return next(view for view in self.views if self._open == view.NAME)

    def open_view(self, name: str) -> None:
        """Show a view."""
        self._open = name
        for view in self.views:
            view.set_class(name == view.NAME, "-open")
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = self.view.left.words
            field.cursor_position = len(field.value)
        field.placeholder = self.view.PLACEHOLDER
        self.view.begin()
        self.view.take_keys()
        self.tell()

    def look_again(self) -> None:
        """What the views show may be another by now: ask anew."""
        for view in self.views:
            view.forget()
        self.view.begin()

    def action_open_view(self, number: int) -> None:
        """Show the view of that number, if there is one."""
        if number < len(self.views):
            self.open_view(self.views[number].NAME)

    def action_next_view(self, by: int) -> None:
        """Show the view after or before."""
        names = [view.NAME for view in self.views]
        self.open_view(names[(names.index(self._open) + by) % len(names)])

    def on_tab_row_chosen(self, message: TabRow.Chosen) -> None:
        """Show the view whose tab was clicked."""
        self.open_view(message.name)

    def on_view_told(self) -> None:
        """Something around the view is another now."""
        self.tell()

    def on_view_typed(self, message: View.Typed) -> None:
        """Search for words as if they had been typed."""
        self.query_one(Input).value = message.words
        self.view.take_keys()

    # What stands around the view

    def tell(self) -> None:
        """Show the title, the counts and the keys as they are now."""
        view, typing = self.view, self.query_one(Input).has_focus
        self.query_one("#frame-title", Bar).update(
            " · ".join(filter(None, [self.heading, view.title])), view.counts
        )
        self.query_one(TabRow).update(self._open, {view.NAME: view.tab_count for view in self.views})
        keys = self.query_one("#frame-keys", KeyBar)
        if typing:
            found = bool(view.list.rows.keys)
            keys.show(
                (
                    *((KeyHint("Enter ↓", "to the list", "screen.to_list"),) if found else ()),
                    *view.FIELD_HINTS,
                    KeyHint(
                        "Esc", "end the search" if self.query_one(Input).value else "back", "screen.back"
                    ),
                )
            )
        else:
            stay = self.keys_to_stay
            first, rest = view.hints[:1], view.hints[1:]
            keys.show((*first, KeyHint("/", "search", "screen.search"), *rest, *stay), len(stay))

    @property
    def keys_to_stay(self) -> tuple[KeyHint, ...]:
        """The keys that are there on any line, however short."""
        return (*hints((HELP,), screen=True), KeyHint("Esc", "back", "screen.back"))

    @property
    def commands(self) -> tuple[Command, ...]:
        """All that can be done here now, in the order of the help."""
        views = [
            Command(
                f"screen.open_view({number})",
                (str(number + 1),),
                f"Show {view.TITLE.lower()}",
                "Lists",
                f"{view.TITLE}. ← and → lead to the list before and after.",
            )
            for number, view in enumerate(self.views)
        ]
        own = [one._replace(name=f"screen.{one.name}") for one in self.EVERYWHERE]
        return (*self.view.COMMANDS, *views, *own)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what the key does that was clicked."""
        message.stop()
        await self.view.run_action(message.action)

    def action_help(self) -> None:
        """Show all keys, and do what is picked there."""
        from reader.tui.screens.commands import CommandHelp

        self.app.push_screen(CommandHelp(self.commands), self._do)

    def action_palette(self) -> None:
        """Find a command by its name."""
        from reader.tui.screens.help import Palette

        commands = (one for one in self.commands if one.name != "screen.palette")
        self.app.push_screen(Palette(commands), self._do)

    async def _do(self, name: str | None) -> None:
        if name:
            await self.view.run_action(name)

    # The field

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self.tell()

    def on_input_changed(self, message: Input.Changed) -> None:
        """List what fits what is typed so far."""
        message.stop()
        if message.value.strip() != self.view.left.words.strip():
            self.view.search(message.value)
            self.tell()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go to what was found."""
        message.stop()
        self.action_to_list()

    def on_key(self, event: events.Key) -> None:
        """Go from the field into the list with the arrow."""
        if event.key == "down" and self.query_one(Input).has_focus:
            event.stop()
            self.action_to_list()

    def action_to_list(self) -> None:
        """Go from the field into the list."""
        self.view.take_keys()

    def action_search(self) -> None:
        """Type what to search for."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """From what was searched for to everything, from a filter to all, then from here."""
        field = self.query_one(Input)
        if field.has_focus or field.value:
            field.value = ""
            self.view.take_keys()
        elif not self.view.back():
            self.leave()

    def leave(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """The keys may be others for another row."""
        self.tell()
