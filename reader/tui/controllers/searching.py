"""Searching as one types, in slices, with a count and a word when it starts over."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from reader.tui.drawing.matches import MOST, Matches, TooLong, compile_query, find
from reader.tui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.tui.controllers.jumps import Place
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.drawing.matches import Match, Mode, SearchPattern
    from reader.tui.widgets.article_view import ArticleView

# A regular expression that works on one slice of the text for longer is not going to end.
_SECONDS_FOR_A_SLICE = 0.25


class Searching:
    """Searches in the article."""

    def __init__(self, screen: Screen[None], view: ArticleView, trail: Trail, telling: Telling) -> None:
        self._screen, self._view, self._trail, self._telling = screen, view, trail, telling
        self._bar: SearchBar | None = None
        self._from: Place | None = None  # where the search began, to go back to when it is cancelled

    async def open(self) -> None:
        """Open the search line."""
        if self._bar is None:
            self._bar = SearchBar(id="search")
            await self._screen.mount(self._bar, before="#keys")
        self._from = self._trail.here
        self._screen.add_class("-searching")
        self._bar.open()

    def look_for(self, query: str, mode: Mode) -> None:
        """Search for what is typed so far."""
        bar = self._bar
        if bar is None or not self._screen.has_class("-searching"):
            return
        self._view.cursor.matches = Matches()
        if not query:
            bar.tell("")
            self._view.show_cursor()
            return
        try:
            compiled = compile_query(query, mode)
        except re.error as error:
            bar.tell(f"not a regular expression: {error.msg}", failed=True)
            self._view.show_cursor()
            return
        self._screen.run_worker(self._search(compiled, bar), group="search", exclusive=True)

    async def _search(self, query: SearchPattern, bar: SearchBar) -> None:
        page = self._view.page
        if page is None:
            return
        matches = self._view.cursor.matches = Matches()
        origin = (self._from.top if self._from else self._view.first_shown) - 1
        gone = False
        slices = find(query, page.text, limit=_SECONDS_FOR_A_SLICE)
        while True:
            try:
                found = next(slices)
            except StopIteration:
                break
            except TooLong:
                bar.tell("this expression takes too long", failed=True)
                self._view.show_cursor()
                return
            matches.extend(found)
            if not gone and found and found[-1].start > origin:
                gone = True
                self._go(matches, origin)
            # Between two slices the screen lives: keys, resizing, the next character of the query.
            await asyncio.sleep(0)
        if not gone and len(matches):
            self._go(matches, origin)
        more = "+" if len(matches) >= MOST else ""
        bar.tell(f"{len(matches):,}{more} found" if len(matches) else "not found", failed=not len(matches))
        self._view.show_cursor()

    def _go(self, matches: Matches, origin: int) -> None:
        step = matches.step(origin, 1)
        if step is not None:
            self._show(step[0])

    def _show(self, match: Match) -> None:
        self._view.reveal(match.start, match.end)
        self._view.show_cursor()

    def abandon(self) -> None:
        """Leave the field, as the text that was searched gives way to another."""
        self._screen.workers.cancel_group(self._screen, "search")
        self._screen.remove_class("-searching")
        self._view.focus()

    def close(self, *, accepted: bool) -> None:
        """Keep the matches, or go back to where the search began."""
        self._screen.remove_class("-searching")
        self._view.focus()
        if accepted and len(self._view.cursor.matches):
            self._trail.leave(self._from)
            self._telling.say("")
        elif accepted:
            self._telling.say("Not found" if self._bar is not None and self._bar.input.value else "")
        else:
            self._screen.workers.cancel_group(self._screen, "search")
            self._view.cursor.matches = Matches()
            if self._from is not None:
                self._trail.go_to_place(self._from)
        self._view.show_cursor()

    def let_go(self) -> bool:
        """Forget the matches. Returns whether there were any."""
        if not len(self._view.cursor.matches):
            return False
        self._view.cursor.matches = Matches()
        self._view.show_cursor()
        return True

    def next(self, step: int) -> None:
        """Go to the next match (``step`` -1: the one before)."""
        matches, view = self._view.cursor.matches, self._view
        if not len(matches):
            self._telling.say(f"Nothing is searched for. {self._telling.key_of('search')} searches")
            return
        current = matches.found[matches.current] if matches.current is not None else None
        origin = current.start if current and view.is_shown(current.start) else view.first_shown - (step > 0)
        found = matches.step(origin, step)
        if found is None:
            return
        match, wrapped = found
        self._trail.leave()
        self._show(match)
        beginning = "the beginning" if step > 0 else "the end"
        self._telling.say(f"Continued from {beginning}" if wrapped else "")
