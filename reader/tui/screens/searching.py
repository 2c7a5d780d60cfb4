"""Searching in the reading screen: as one types, in slices, with a count and a word when it starts over."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from reader.tui.matches import MOST, Matches, TooLong, compile_query, find
from reader.tui.widgets.overview import Overview

if TYPE_CHECKING:
    from reader.tui.jumps import Place
    from reader.tui.matches import Match
    from reader.tui.screens.reading_base import ReadingBase as _Base
    from reader.tui.widgets.search_bar import SearchBar
else:
    # A group of actions, not a screen: Textual works long on every class of a screen.
    _Base = object


# A regular expression that works on one slice of the text for longer is not going to end.
_SECONDS_FOR_A_SLICE = 0.25


class Searching(_Base):
    """Actions that search."""

    def __init__(self) -> None:
        super().__init__()
        self._bar: SearchBar | None = None
        self._from: Place | None = None  # where the search began, to go back to when it is cancelled

    async def action_search(self) -> None:
        """Open the search line."""
        if self.view.page is None:
            return
        if self._bar is None:
            from reader.tui.widgets.search_bar import SearchBar

            self._bar = SearchBar(id="search")
            await self.mount(self._bar, before="#keys")
        self._from = self.navigation.here
        self.add_class("-searching")
        self._bar.open()

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Search for what is typed so far."""
        message.stop()
        if self._bar is None or not self.has_class("-searching"):
            return
        self.view.matches = Matches()
        if not message.query:
            self._bar.tell("")
            self._drawn()
            return
        try:
            pattern = compile_query(message.query, regex=message.regex)
        except re.error as error:
            self._bar.tell(f"not a regular expression: {error.msg}", failed=True)
            self._drawn()
            return
        self.run_worker(self._search(pattern), group="search", exclusive=True)

    async def _search(self, pattern: re.Pattern[str]) -> None:
        page, bar = self.view.page, self._bar
        assert page is not None
        assert bar is not None
        matches = self.view.matches = Matches()
        origin = (self._from.top if self._from else self.view.first_shown) - 1
        gone = False
        slices = find(pattern, page.text, limit=_SECONDS_FOR_A_SLICE)
        while True:
            try:
                found = next(slices)
            except StopIteration:
                break
            except TooLong:
                bar.tell("this expression takes too long", failed=True)
                self._drawn()
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
        self._drawn()

    def _go(self, matches: Matches, origin: int) -> None:
        step = matches.step(origin, 1)
        if step is not None:
            self._show_match(step[0])

    def _show_match(self, match: Match) -> None:
        self.view.reveal(match.start, match.end)
        self._drawn()

    def _drawn(self) -> None:
        self.view.redraw()
        self.query_one(Overview).refresh()
        self.update_status()

    def on_search_bar_closed(self, message: SearchBar.Closed) -> None:
        """Keep the matches, or go back to where the search began."""
        message.stop()
        assert self._bar is not None
        self.remove_class("-searching")
        self.view.focus()
        if message.accepted and len(self.view.matches):
            if self._from is not None:
                self.navigation.jumps.leave(self._from)
            self.say("")
        elif message.accepted:
            self.say("Not found" if self._bar.input.value else "")
        else:
            self.workers.cancel_group(self, "search")
            self.view.matches = Matches()
            if self._from is not None:
                self.navigation.go_to_place(self._from)
        self._drawn()

    def action_next_match(self) -> None:
        """Go to the next match."""
        self._step(1)

    def action_previous_match(self) -> None:
        """Go to the match before."""
        self._step(-1)

    def _step(self, direction: int) -> None:
        matches, view = self.view.matches, self.view
        if not len(matches):
            self.say(f"Nothing is searched for. {self.reader.key_of('search')} searches")
            return
        current = matches.found[matches.current] if matches.current is not None else None
        origin = (
            current.start if current and view.is_shown(current.start) else view.first_shown - (direction > 0)
        )
        step = matches.step(origin, direction)
        if step is None:
            return
        match, wrapped = step
        self.navigation.jumps.leave(self.navigation.here)
        self._show_match(match)
        beginning = "the beginning" if direction > 0 else "the end"
        self.say(f"Continued from {beginning}" if wrapped else "")
