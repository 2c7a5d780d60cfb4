"""What the feeds say, the newest first; a story that several feeds tell comes once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from reader.tui.drawing.feed_rows import EntryRows, FeedPlace
from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.results import OpenEntry
from reader.tui.screens.view import Left, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.binding import BindingType

    from reader.library.entries import Entry, EntryPosition
    from reader.library.library import Library
    from reader.tui.refreshing import Refreshing
    from reader.tui.screens.view import Ask
    from reader.tui.widgets.row_list import RowList

_PAGE = 60
MOST_PREFETCHED = 50
"""Pages that are fetched in one go."""

_GROUP = "News"
COMMANDS = (
    Command("go", ("enter",), "Open", _GROUP,
            "Open the page; the feed's own text is shown where it cannot be had, and that is said.", "open"),
    Command("own_text", ("o",), "The feed's text", _GROUP, "Open what the feed itself says."),
    Command("mark", ("m",), "Read or unread", _GROUP, "Mark the selected entry as read, or as unread.",
            "read"),
    Command("mark_all", ("A",), "All read", _GROUP, "Mark everything that is listed as read."),
    Command("undo", ("u",), "Unread again", _GROUP, "Take back what was marked as read at once."),
    Command("unread", ("v",), "Only unread", _GROUP, "List only what is unread, or everything.", "unread"),
    Command("prefetch", ("p",), "Fetch pages", _GROUP,
            f"Fetch the pages of what is listed and unread, {MOST_PREFETCHED} at most, for reading offline.",
            "fetch"),
    Command("update", ("r",), "Ask what is new", _GROUP,
            "Ask the feeds that are due, and look again at saved articles that are.", "update"),
    Command("stop", ("x",), "Stop", _GROUP, "Stop what is being fetched; what came stays."),
)  # fmt: skip


@dataclass(slots=True)
class NewsLeft(Left):
    """How the news were left: what they are of, whether only what is unread is listed, and what was."""

    place: FeedPlace = field(default_factory=FeedPlace)
    unread: bool = False
    listed: list[OpenEntry] = field(default_factory=list)


class NewsPage(NamedTuple):
    """A page of entries; how many stories are unread in all and ``here``, in what is listed.

    ``muted`` are hidden; ``feeds`` says whether there are any.
    """

    entries: list[Entry]
    unread: int
    here: int
    muted: int
    feeds: bool


class NewsView(View[NewsPage]):
    """The view. ``place`` is what entries are listed of."""

    NAME = "news"
    TITLE = "News"
    PLACEHOLDER = "Search the titles"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS[1:])

    def __init__(self, ask: Ask, left: NewsLeft, refreshing: Refreshing) -> None:
        super().__init__(ask, left)
        self._news = left
        self._refreshing = refreshing
        self._entries: list[Entry] = []
        self._unread = self._here = self._muted = 0
        self._marked: list[int] = []
        self._told = ""

    def on_mount(self) -> None:
        """Follow what is being fetched."""
        self._refreshing.watch(self, self._refreshed)

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self._refreshing.watch(self, None)

    # What stands around it

    @property
    def title(self) -> str:
        """What is listed."""
        return " · ".join(filter(None, (self._news.place.shown, "unread" if self._news.unread else "")))

    @property
    def count(self) -> int:
        """How many stories are unread."""
        return self._unread

    @staticmethod
    def tally(library: Library, /) -> int:
        """Say how many stories are unread."""
        return library.entries.unread()

    @property
    def counts(self) -> str:
        """What is being done, or how much is unread and hidden."""
        hidden = f"{self._muted:,} muted" if self._muted else ""
        now = self._refreshing.progress.told or self._told
        return " · ".join(filter(None, (now, hidden, "" if now else f"{self._here:,} unread")))

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something now."""
        found = super().hints
        if self._entry is None:
            found = tuple(hint for hint in found if hint.action in ("update", "unread"))
        if self._marked:
            found = (*found, KeyHint("u", "unread again", "undo"))
        if not self._refreshing.progress.ended:
            found = (KeyHint("x", "stop", "stop"), *found)
        return found

    # What is shown

    def narrow(self, place: FeedPlace) -> None:
        """List the entries of another place."""
        self._news.place = place
        self.left.words, self.left.selected = "", ""
        self.forget()

    def back(self) -> bool:
        """From the entries of a feed or folder to all."""
        if self._news.place == FeedPlace():
            return False
        self.narrow(FeedPlace())
        self.begin()
        self.post_message(self.Told())
        return True

    def question(self, *, more: bool) -> Callable[[Library], NewsPage]:
        """Ask for the first page, or for the next."""
        from reader.library.entries import EntryPosition

        last = self._entries[-1] if more and self._entries else None
        before = EntryPosition(last.moment, last.id) if last is not None else None
        return partial(_page, left=self._news, words=self.left.words, before=before)

    def show(self, answer: NewsPage, *, more: bool) -> None:
        """Show a page, below those before if it is one more."""
        self._entries = [*self._entries, *answer.entries] if more else answer.entries
        self._unread, self._here, self._muted = answer.unread, answer.here, answer.muted
        self.more = len(answer.entries) == _PAGE
        if self.left.words.strip():
            empty = "No title has these words. Esc shows everything."
        elif not answer.feeds:
            empty = "You follow no feeds yet: the list of feeds adds one with a."
        elif self._news.unread:
            empty = "Everything is read. v lists what was read too, r asks the feeds what is new."
        elif answer.muted:
            empty = "All that has come is hidden by watches that mute; they are in the list Watches."
        else:
            empty = "Nothing has come yet. r asks the feeds what is new."
        self.fill(EntryRows(self._entries), keep=more, empty=empty)
        self.post_message(self.Told())

    def _refreshed(self) -> None:
        if self.is_mounted:
            if self._refreshing.progress.ended:
                self.look()
                if self.has_class("-open") and (trouble := self._refreshing.progress.trouble):
                    self.notify(trouble, severity="warning", markup=False)
            self.post_message(self.Told())

    @property
    def _entry(self) -> Entry | None:
        key = self.list.selected if self.is_mounted else None
        return next((entry for entry in self._entries if str(entry.id) == key), None)

    # What happens

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        message.stop()
        self.left.selected = message.key
        self._open(own_text=False)

    def action_own_text(self) -> None:
        """Open what the feed itself says."""
        self._open(own_text=True)

    def _open(self, *, own_text: bool) -> None:
        if (entry := self._entry) is not None:
            self.left.selected = str(entry.id)
            self._news.listed = [
                OpenEntry(one.id, one.link or one.title or "", own_text) for one in self._entries
            ]
            self.screen.dismiss(next(one for one in self._news.listed if one.entry == entry.id))

    def action_mark(self) -> None:
        """Mark the selected entry as read, or as unread, and go on to the next."""
        if (entry := self._entry) is not None:
            read = entry.read is None
            if read:
                self.list.action_move(1)
            self._ask(lambda library: library.entries.mark([entry.id], read=read), self._again)

    def action_mark_all(self) -> None:
        """Mark everything that is listed as read."""
        place, words = self._news.place, self.left.words

        def marked(entries: list[int]) -> None:
            self._marked = entries
            self._say(f"{len(entries):,} marked as read")
            self._again()

        self._ask(partial(_mark_all, place=place, words=words), marked)

    def action_undo(self) -> None:
        """Take back what was marked as read at once."""
        entries, self._marked = self._marked, []
        if entries:
            self._say("")
            self._ask(lambda library: library.entries.mark(entries, read=False), self._again)

    def action_unread(self) -> None:
        """List only what is unread, or everything."""
        self._news.unread = not self._news.unread
        self.look()
        self.post_message(self.Told())

    def action_prefetch(self) -> None:
        """Fetch the pages of what is listed and unread."""
        left, words = self._news, self.left.words
        self._ask(partial(_unread_without_page, place=left.place, words=words), self._prefetch)

    def _prefetch(self, entries: list[Entry]) -> None:
        if entries:
            self._refreshing.prefetch(entries)
        else:
            self._say("The pages of all that is unread are here already")

    def action_update(self) -> None:
        """Ask the feeds that are due what is new."""
        self._refreshing.ask(None)

    def action_stop(self) -> None:
        """Stop what is being fetched."""
        self._refreshing.stop()

    def _say(self, words: str) -> None:
        self._told = words
        self.post_message(self.Told())

    def _again(self, _: object = None) -> None:
        if self.is_mounted:
            self.left.selected = self.list.selected or ""
            self.look()


def _page(library: Library, left: NewsLeft, words: str, before: EntryPosition | None) -> NewsPage:
    """Ask the library; called in its thread."""
    place = left.place
    feed = place.feed.id if place.feed is not None else None
    entries = library.entries.newest(
        feed=feed,
        folder=place.folder,
        unread=left.unread,
        muted=False,
        titled=words,
        before=before,
        limit=_PAGE,
    )
    follows = bool(entries) or library.feeds.count() > 0
    unread = library.entries.unread()
    here = unread if place == FeedPlace() else library.entries.unread(feed=feed, folder=place.folder)
    return NewsPage(entries, unread, here, library.entries.muted(), follows)


def _unread(library: Library, place: FeedPlace, words: str) -> Iterator[Entry]:
    """Yield the unread entries of a place; called in the library's thread."""
    from reader.library.entries import EntryPosition

    before = None
    while page := _page(library, NewsLeft(place=place, unread=True), words, before).entries:
        yield from page
        before = EntryPosition(page[-1].moment, page[-1].id)


def _mark_all(library: Library, place: FeedPlace, words: str) -> list[int]:
    entries = [entry.id for entry in _unread(library, place, words)]
    library.entries.mark(entries)
    return entries


def _unread_without_page(library: Library, place: FeedPlace, words: str) -> list[Entry]:
    found = (entry for entry in _unread(library, place, words) if entry.document is None and entry.link)
    return list(islice(found, MOST_PREFETCHED))
