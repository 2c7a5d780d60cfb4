"""The library on the screen: shown, asked, and articles opened out of it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from reader.model.source import is_address
from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import App
    from textual.screen import Screen

    from reader.library.library import Library
    from reader.model.article import Article
    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.refreshing import Refreshing
    from reader.tui.screens.library import LibraryLeft
    from reader.tui.screens.results import OpenEntry, OpenKept, OpenOther
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView
    from reader.work.librarian import Librarian, Taken
    from reader.work.messages import JobOptions

T = TypeVar("T")


class Collection:
    """Opens the library screen and what is chosen there; remembers how it was left."""

    def __init__(
        self,
        app: App[int],
        session: Session,
        view: ArticleView,
        trail: Trail,
        opening: Opening,
        librarian: Librarian,
        options: JobOptions,
        home: Callable[[Callable[[], object]], None],
        telling: Telling,
    ) -> None:
        self._app, self._session, self._view, self._trail = app, session, view, trail
        self._opening, self._librarian, self._telling = opening, librarian, telling
        self._options, self._home = options, home
        self.came_from_there = False  # the article on the screen was opened in the library
        self._left: LibraryLeft | None = None
        self._refreshing: Refreshing | None = None
        self._entry: OpenEntry | None = None  # the article on the screen is this entry of a feed

    def begin(self, otherwise: Callable[[], None]) -> None:
        """Show the library when there is anything in it."""
        if not self._librarian.exists:
            otherwise()
            return

        def shown(counts: tuple[int, int]) -> None:
            articles, feeds = counts
            if articles:
                self.list()
            elif feeds:
                self.feeds()
            else:
                otherwise()

        self.ask(lambda library: (library.articles.count(), library.feeds.count()), shown, otherwise)

    def list(self) -> None:
        """Show the library."""
        if not self._librarian.exists:
            self._telling.say("There is no library yet: it begins with the first article that you open")
            return
        self._list()

    def _list(self, *, came_back: bool = False) -> None:
        from reader.tui.refreshing import Refreshing
        from reader.tui.screens.library import LibraryLeft, LibraryScreen

        self._opening.leave()
        self._left = self._left or LibraryLeft()
        # It goes on when the library is left for an article.
        self._refreshing = self._refreshing or Refreshing(self._app, self._options)
        screen = LibraryScreen(
            self.ask,
            self.forget,
            self.unfollow,
            self._refreshing,
            self._left,
            opened=self._session.shown is not None,
            came_back=came_back,
        )
        self._app.push_screen(screen, self._chosen)

    def feeds(self) -> None:
        """Show the feeds; the library begins with them if there is none."""
        if self._librarian.path is None:
            self._telling.say("There is no library that would keep feeds")
            return
        from reader.tui.screens.library import LibraryLeft
        from reader.tui.screens.library_feeds import FeedsView

        self._left = self._left or LibraryLeft()
        self._left.view = FeedsView.NAME
        self._list()

    def balance(self) -> None:
        """Show whose words fill the article on the screen, in the library; or what was read, without one."""
        shown = self._session.shown
        if shown is None or not self._librarian.exists:
            self._show_balance(None)
            return
        article = shown.read

        def find(library: Library) -> tuple[int, str] | None:
            document = library.articles.of(article)
            return None if document is None else (document, one_line(article.title or article.source))

        self.ask(find, self._show_balance)

    def _show_balance(self, document: tuple[int, str] | None) -> None:
        from reader.tui.screens.library import LibraryLeft
        from reader.tui.screens.library_balance import BalanceLeft, BalanceView

        self._left = self._left or LibraryLeft()
        self._left.view, self._left.balance = BalanceView.NAME, BalanceLeft(document=document)
        self.list()

    @property
    def exists(self) -> bool:
        """Whether there is a library."""
        return self._librarian.exists

    def push(self, screen: Screen[T], chosen: Callable[[T | None], None]) -> None:
        """Show a screen of the library's on top."""
        self._app.push_screen(screen, chosen)

    def come_back(self) -> bool:
        """Show the library again, if the article was opened there. Returns whether it was."""
        back = self.came_from_there and self._librarian.exists
        if back:
            self._list(came_back=True)
        return back

    def ask(
        self,
        work: Callable[[Library], T],
        deliver: Callable[[T], object],
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Have the library do something; ``deliver`` gets what comes of it, ``otherwise`` is for failures."""

        def failed() -> None:
            if otherwise is not None:
                self._later(otherwise)

        self._librarian.ask(work, lambda result: self._later(lambda: deliver(result)), failed)

    def _later(self, do: Callable[[], object]) -> None:
        # Called from the library's thread, which may outlive the screen by a moment.
        with suppress(RuntimeError):
            self._app.call_later(do)

    def save(self) -> None:
        """Save the article on the screen, so that it is looked at again for changes, or no longer."""
        shown = self._session.shown
        article = shown.read if shown is not None else None
        if article is None or not is_address(article.source):
            self._telling.say("Only what has a web address can be looked at again: this has none")
        elif not self.exists:
            self._telling.say("There is no library to save it in")
        else:
            self.ask(partial(_saved, article=article), self._tell_saved)

    def _tell_saved(self, saved: bool) -> None:
        looked = "Saved: `onrecord update` looks at it again for changes"
        self._telling.say(looked if saved else "Not saved any more: it stays in the library")

    def forget(self, documents: Iterable[int]) -> None:
        """Delete documents for good."""
        for document in documents:
            self._librarian.ask(partial(_forget, document=document))

    def unfollow(self, feeds: Iterable[int]) -> None:
        """Remove feeds for good."""
        for feed in feeds:
            self._librarian.ask(partial(_unfollow, feed=feed))

    def _chosen(self, chosen: OpenKept | OpenEntry | OpenOther | None) -> None:
        from reader.tui.screens.results import OpenEntry, OpenKept

        if isinstance(chosen, OpenEntry):
            self._open_entry(chosen)
        elif not isinstance(chosen, OpenKept):
            self._opening.analyse()
            if chosen is not None:
                self.came_from_there, self._entry = True, None
                self._home(self.list)
        else:
            self.open(chosen)

    def _open_entry(self, chosen: OpenEntry) -> None:
        self.came_from_there, self._entry = True, chosen
        self._librarian.ask(lambda library: library.entries.mark([chosen.entry]))
        self._opening.entry(chosen.entry, chosen.source, own_text=chosen.own_text)

    def next(self, step: int) -> bool:
        """Open the next entry of the news that were listed. Returns whether one was opened from there."""
        listed = self._left.news.listed if self._left is not None else []
        if self._entry is None or self._entry not in listed:
            return False
        place = listed.index(self._entry) + step
        if 0 <= place < len(listed):
            assert self._left is not None
            self._left.news.selected = str(listed[place].entry)
            self._open_entry(listed[place])
        else:
            self._telling.say("This is the last entry" if step > 0 else "This is the first entry")
        return True

    def open(self, chosen: OpenKept) -> None:
        """Open an article of the library, at a place if one is given; from it one comes back there."""
        self.came_from_there, self._entry = True, None
        span = chosen.span

        def show(taken: Taken) -> None:
            self._opening.taken(taken)
            if span is not None:
                self._app.call_after_refresh(self._go, *span)

        self._librarian.take(chosen.document, lambda taken: self._later(lambda: show(taken)))

    def _go(self, start: int, end: int) -> None:
        findings = self._view.findings
        quotation = findings.quotation_at(start) if findings is not None else None
        self._trail.go(None, quotation, start, end)


def _saved(library: Library, article: Article) -> bool:
    """Save an article or take that back; return whether it is saved now."""
    document = library.articles.of(article)
    if document is None:
        document = library.articles.keep(article).document
    saved = not library.articles.get(str(document)).saved
    library.articles.save(document, saved)
    return saved


def _unfollow(library: Library, feed: int) -> None:
    library.feeds.remove(feed)


def _forget(library: Library, document: int) -> None:
    library.articles.forget(document)
