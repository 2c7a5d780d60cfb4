"""The library: what was read, who is in it, and whose words fill it; each a list of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.frame import Frame
from reader.tui.screens.library_articles import ArticlesView
from reader.tui.screens.library_balance import BalanceLeft, BalanceView
from reader.tui.screens.library_feeds import FeedsView
from reader.tui.screens.library_news import NewsLeft, NewsView
from reader.tui.screens.library_people import PeopleView
from reader.tui.screens.library_watches import WatchesView
from reader.tui.screens.results import OpenEntry, OpenKept, OpenOther
from reader.tui.screens.view import Left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.binding import BindingType

    from reader.tui.refreshing import Refreshing
    from reader.tui.screens.view import Ask, View

# fmt: off
OPEN = Command("open", ("i",), "Open another", "Everywhere",
               "Open something that is not in the library.", "other")
BALANCE = Command("balance", ("B",), "Balance", "Everywhere", "Show whose words fill what you have read.")
FEEDS = Command("feeds", ("F",), "Feeds", "Everywhere", "Show the feeds that you follow.")
QUIT = Command("quit", ("q",), "Back or quit", "Everywhere",
               "Go back to the article from which you came, else leave the reader.", "quit")
# fmt: on


@dataclass(slots=True)
class LibraryLeft:
    """How the library was left: its open view, and each of them."""

    view: str = ArticlesView.NAME
    articles: Left = field(default_factory=Left)
    people: Left = field(default_factory=Left)
    balance: BalanceLeft = field(default_factory=BalanceLeft)
    feeds: Left = field(default_factory=Left)
    news: NewsLeft = field(default_factory=NewsLeft)
    watches: Left = field(default_factory=Left)


class LibraryScreen(Frame[OpenKept | OpenEntry | OpenOther]):
    """The screen. Its result is what to open; None goes back to the article that is open."""

    EVERYWHERE = (*Frame.EVERYWHERE, OPEN, BALANCE, FEEDS, QUIT)
    BINDINGS: ClassVar[list[BindingType]] = bindings((OPEN, BALANCE, FEEDS, QUIT))

    def __init__(
        self,
        ask: Ask,
        forget: Callable[[Iterable[int]], None],
        unfollow: Callable[[Iterable[int]], None],
        refreshing: Refreshing,
        left: LibraryLeft,
        *,
        opened: bool,
        came_back: bool,
    ) -> None:
        """Show what a library has, as it was ``left``; ``opened`` when there is an article to go back to.

        ``came_back`` when that article was opened here and has been left: then there is nothing but to quit.
        ``forget`` deletes documents for good, ``unfollow`` removes feeds; ``refreshing`` asks feeds.
        """
        super().__init__(left.view)
        self._ask, self._forget, self._left, self._opened = ask, forget, left, opened
        self._unfollow, self._refreshing = unfollow, refreshing
        self._leads_back = opened and not came_back

    def make_views(self) -> Sequence[View[Any]]:
        """Return the articles, the people, the balance; feeds, their news, watches."""
        return (
            ArticlesView(self._ask, self._left.articles),
            PeopleView(self._ask, self._left.people),
            BalanceView(self._ask, self._left.balance),
            FeedsView(self._ask, self._left.feeds, self._refreshing, self._unfollow),
            NewsView(self._ask, self._left.news, self._refreshing),
            WatchesView(self._ask, self._left.watches),
        )

    def on_mount(self) -> None:
        """Once the open view has asked for what it shows, ask how much there is in the others."""
        self.call_later(self._count)
        self._refreshing.watch(self, self._refreshed)

    def _refreshed(self) -> None:
        if self._refreshing.progress.ended:
            self._count()

    def _count(self) -> None:
        views = self.views
        self._ask(lambda library: [view.tally(library) for view in views], self._tallied)

    def _tallied(self, counts: list[int | None]) -> None:
        if self.is_mounted:
            for view, count in zip(self.views, counts, strict=True):
                if view is not self.view:  # the open one knows better
                    view.told = count
            self.tell()

    def on_feeds_view_chosen(self, message: FeedsView.Chosen) -> None:
        """Show the entries of a feed or folder."""
        for view in self.views:
            if isinstance(view, NewsView):
                view.narrow(message.place)
        self.open_view(NewsView.NAME)

    @property
    def heading(self) -> str:
        """What this is."""
        return "Library"

    @property
    def keys_to_stay(self) -> tuple[KeyHint, ...]:
        """The keys that are there on any line, however short."""
        return (
            KeyHint("i", "other", "screen.open"),
            KeyHint("?", "help", "screen.help"),
            KeyHint("q", "back" if self._leads_back else "quit", "screen.quit"),
        )

    def open_view(self, name: str) -> None:
        """Show a view, and remember which."""
        super().open_view(name)
        self._left.view = name

    def on_unmount(self) -> None:
        """What was deleted is gone from now on."""
        self._refreshing.watch(self, None)
        for view in self.views:
            if isinstance(view, ArticlesView):
                self._forget(view.deleted)

    def leave(self) -> None:
        """Go back to the article, if there is one."""
        if self._opened:
            self.dismiss(None)

    async def action_quit(self) -> None:
        """Go back to the article, or leave the reader."""
        if self._leads_back:
            self.leave()
        else:
            await self.app.run_action("quit")

    def action_balance(self) -> None:
        """Show the balance, as in an article."""
        self.open_view(BalanceView.NAME)

    def action_feeds(self) -> None:
        """Show the feeds, as in an article."""
        self.open_view(FeedsView.NAME)

    def action_open(self) -> None:
        """Open something that is not in the library."""
        self.dismiss(OpenOther())
