"""The feeds that are followed, in their folders, with how many entries are unread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.message import Message

from reader.text.safety import one_line
from reader.tui.drawing.feed_rows import FeedPlace, FeedRows, places
from reader.tui.drawing.rows import plural
from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.feed_dialogs import FoundDialog
from reader.tui.screens.field_dialogs import LineDialog
from reader.tui.screens.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.binding import BindingType

    from reader.feeds.subscription import Subscription
    from reader.library.feeds import Feed
    from reader.library.library import Library
    from reader.tui.refreshing import Refreshing
    from reader.tui.screens.view import Ask, Left
    from reader.tui.widgets.row_list import RowList

_GROUP = "Feeds"
COMMANDS = (
    Command("go", ("enter",), "Show entries", _GROUP, "Show the entries of the feed or folder.", "entries"),
    Command("update", ("r",), "Ask what is new", _GROUP,
            "Ask the selected feed or folder; on all feeds those that are due, and saved articles that are.",
            "update"),
    Command("stop", ("x",), "Stop", _GROUP, "Stop what is being fetched; what came stays."),
    Command("add", ("a",), "Follow a feed", _GROUP,
            "Follow a feed: its address, or that of a page, whose feeds are found.", "add"),
    Command("rename", ("n",), "Rename", _GROUP, "Call the selected feed by another name.", "name"),
    Command("move", ("f",), "Folder", _GROUP, "Put the selected feed into a folder.", "folder"),
    Command("own_text", ("o",), "Its own text", _GROUP,
            "Always show the selected feed's own text, or the pages that it leads to."),
    Command("read", ("m",), "All read", _GROUP, "Mark all entries of the selected feed as read."),
    Command("remove", ("d", "delete"), "Remove", _GROUP,
            "Follow the selected feed no longer; articles that you read stay."),
    Command("bring_back", ("u",), "Bring back", _GROUP,
            "Take back what was removed or marked as read, until you leave the library."),
)  # fmt: skip


class Listed(NamedTuple):
    """The feeds by folder and name, and how many stories are unread in all."""

    feeds: list[Feed]
    unread: int


class FeedsView(View[Listed]):
    """The view."""

    NAME = "feeds"
    TITLE = "Feeds"
    PLACEHOLDER = "Search the feeds by name"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS[1:])

    class Chosen(Message):
        """The entries of a place are to be shown."""

        def __init__(self, place: FeedPlace) -> None:
            super().__init__()
            self.place = place

    def __init__(
        self, ask: Ask, left: Left, refreshing: Refreshing, remove: Callable[[Iterable[int]], None]
    ) -> None:
        """Show feeds; ``remove`` takes those away that are followed no longer."""
        super().__init__(ask, left)
        self._refreshing, self._remove = refreshing, remove
        self._feeds: list[Feed] = []
        self._unread = 0
        self._undo: list[int | list[int]] = []  # feeds that were removed, entries that were marked
        self._told = ""
        self._address = ""  # one that led to no feed: it can be corrected

    def on_mount(self) -> None:
        """Follow what is being fetched."""
        self._refreshing.watch(self, self._refreshed)

    def on_unmount(self) -> None:
        """Nobody looks any more; what was removed is gone from now on."""
        self._refreshing.watch(self, None)
        self._remove(self._removed)

    @property
    def _removed(self) -> list[int]:
        return [one for one in self._undo if isinstance(one, int)]

    # What stands around it

    @property
    def count(self) -> int:
        """How many feeds there are."""
        return len(self._followed)

    @staticmethod
    def tally(library: Library, /) -> int:
        """Say how many feeds are followed."""
        return library.feeds.count()

    @property
    def counts(self) -> str:
        """What is being done, or how many are followed."""
        back = "u brings it back" if self._undo else ""
        now = self._refreshing.progress.told or self._told or plural(self.count, "feed")
        return " · ".join(filter(None, (now, back)))

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something now."""
        found = super().hints
        if self._place is None or self._place.feed is None:
            found = tuple(hint for hint in found if hint.action not in ("rename", "move"))
        if not self._followed:
            found = tuple(hint for hint in found if hint.action == "add")
        if not self._refreshing.progress.ended:
            found = (KeyHint("x", "stop", "stop"), *found)
        return found

    # What is shown

    @property
    def _followed(self) -> list[Feed]:
        return [feed for feed in self._feeds if feed.id not in self._removed]

    @property
    def _place(self) -> FeedPlace | None:
        key = self.list.selected if self.is_mounted else None
        return next((place for place in places(self._followed) if place.key == key), None)

    def question(self, *, more: bool) -> Callable[[Library], Listed]:
        """Ask for all feeds."""
        return lambda library: Listed(library.feeds.all(), library.entries.unread())

    def show(self, answer: Listed, *, more: bool) -> None:
        """Show the feeds."""
        self._feeds, self._unread = answer
        self._draw()

    def _draw(self) -> None:
        words, followed = self.left.words.casefold().split(), self._followed
        if words:
            named = (feed for feed in followed if all(word in feed.shown.casefold() for word in words))
            listed, empty = [FeedPlace(feed) for feed in named], "No feed is called so. Esc shows all."
        else:
            listed = places(followed) if followed else []
            empty = (
                "You follow no feeds yet. a adds one: its address, or that of any page of its site.\n"
                "`onrecord feeds import FILE` takes all those of another program."
            )
        self.fill(FeedRows(listed, self._unread), empty=empty)
        self.post_message(self.Told())

    def _refreshed(self) -> None:
        if self.is_mounted:
            if self._refreshing.progress.ended:
                self.look()
                if self.has_class("-open") and (trouble := self._refreshing.progress.trouble):
                    self.notify(trouble, severity="warning", markup=False)
            self.post_message(self.Told())

    # What happens

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show its entries."""
        message.stop()
        self.left.selected = message.key
        if (place := self._place) is not None:
            self.post_message(self.Chosen(place))

    def action_update(self) -> None:
        """Ask what is new."""
        place = self._place
        if place is None or place.key == FeedPlace().key:
            self._refreshing.ask(None)
        elif place.feed is not None:
            self._refreshing.ask([place.feed])
        else:
            within = f"{place.folder}/"
            self._refreshing.ask([feed for feed in self._followed if f"{feed.folder}/".startswith(within)])

    def action_stop(self) -> None:
        """Stop what is being fetched."""
        self._refreshing.stop()

    def action_add(self) -> None:
        """Ask for an address, and follow the feed that is found there."""

        def look(address: str | None) -> None:
            if address:
                self._address = address
                self._say(f"Looking for feeds at {one_line(address)} …")
                self._refreshing.find(address, self._found)

        about = "The address of a feed, or of any page: its feeds are found."
        dialog = LineDialog("Follow a feed", about, self._address, example="https://example.org/news")
        self.app.push_screen(dialog, look)

    def _found(self, feeds: list[Subscription], problem: str) -> None:
        if not self.is_mounted:
            return
        if problem:
            self._say("")
            self.notify(problem, severity="warning", markup=False)
            return
        self._address = ""
        if len(feeds) == 1:
            self._follow(feeds[0])
        else:
            self._say("")
            self.app.push_screen(FoundDialog(feeds), self._follow)

    def _follow(self, feed: Subscription | None) -> None:
        if feed is None:
            return
        place = self._place
        folder = place.feed.folder if place and place.feed else (place.folder if place else "") or ""

        def add(library: Library) -> Feed:
            library.feeds.add([feed._replace(folder=folder)])
            return library.feeds.get(feed.address)

        def added(new: Feed) -> None:
            self._say("")
            self.left.selected = FeedPlace(new).key
            self._refreshing.ask([new])
            self.look()

        self._ask(add, added)

    def _say(self, words: str) -> None:
        self._told = words
        self.post_message(self.Told())

    def action_rename(self) -> None:
        """Ask what to call the feed."""
        if (place := self._place) is None or (feed := place.feed) is None:
            return

        def rename(name: str | None) -> None:
            if name is not None:
                self._ask(lambda library: library.feeds.rename(feed.id, name or None), self._again)

        about = f"Its own title: {feed.title or 'it has none'}. Nothing typed gives that back."
        self.app.push_screen(LineDialog("What to call it", about, feed.shown), rename)

    def action_move(self) -> None:
        """Ask which folder to put the feed into."""
        if (place := self._place) is None or (feed := place.feed) is None:
            return

        def move(typed: str | None) -> None:
            if typed is not None:
                folder = "/".join(part.strip() for part in typed.split("/") if part.strip())
                self._ask(lambda library: library.feeds.move(feed.id, folder), self._again)

        about = "World/Europe is a folder inside another. Nothing typed takes it out of any."
        self.app.push_screen(LineDialog("Folder", about, feed.folder), move)

    def action_own_text(self) -> None:
        """Show the feed's own text always, or its pages."""
        if (place := self._place) is not None and (feed := place.feed) is not None:
            own = not feed.own_text
            self._say("Its own text is shown" if own else "The pages that it leads to are shown")
            self._ask(lambda library: library.feeds.show_own_text(feed.id, own), self._again)

    def action_read(self) -> None:
        """Mark the entries of the feed as read."""
        place = self._place
        if place is None or place.folder is not None:
            return
        feed = place.feed.id if place.feed is not None else None

        def marked(entries: list[int]) -> None:
            if entries:
                self._undo.append(entries)
            self._say(f"{len(entries):,} marked as read" if entries else "Nothing was unread")
            self._again()

        self._ask(lambda library: library.entries.mark_all(feed), marked)

    def action_remove(self) -> None:
        """Follow the feed no longer; it is gone for good when the library is left."""
        if (place := self._place) is not None and place.feed is not None:
            keys = list(self.list.rows.keys)
            at = keys.index(place.key)
            self._undo.append(place.feed.id)
            self.left.selected = (keys[at + 1 : at + 2] or keys[max(0, at - 1) : at] or [""])[0]
            self._say(f"{place.shown} removed")
            self._draw()

    def action_bring_back(self) -> None:
        """Take back what was done last."""
        if not self._undo:
            return
        last = self._undo.pop()
        if isinstance(last, int):
            self.left.selected = f"feed {last}"
            self._say("")
            self._draw()
        else:
            self._say(f"{len(last):,} unread again")
            self._ask(partial(_unread, entries=last), self._again)

    def _again(self, _: object = None) -> None:
        if self.is_mounted:
            self.look()


def _unread(library: Library, entries: list[int]) -> None:
    library.entries.mark(entries, read=False)
