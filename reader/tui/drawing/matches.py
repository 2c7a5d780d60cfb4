"""Searching the article: matches by offset, found in slices so that the screen stays alive meanwhile."""

from __future__ import annotations

import re
import signal
from bisect import bisect_left, bisect_right
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters searched between two yields: a few milliseconds for any plain pattern.
_SLICE = 1 << 17
# A match may reach this far beyond the slice in which it starts.
_REACH = 1 << 12
MOST = 100_000


class Match(NamedTuple):
    """A found span."""

    start: int
    end: int


def compile_query(query: str, *, regex: bool = False) -> re.Pattern[str]:
    """Turn what was typed into a pattern. Raises :class:`re.error` for a malformed regular expression.

    Smart case: only a query with a capital letter tells cases apart. In a plain query a space stands
    for any white space and a straight quotation mark or apostrophe also for the curly ones.
    """
    flags = re.MULTILINE | (0 if _has_capital(query, regex) else re.IGNORECASE)
    return re.compile(query if regex else _plain(query), flags)


def _has_capital(query: str, regex: bool) -> bool:
    letters = re.sub(r"\\.", "", query) if regex else query
    return any(character.isupper() for character in letters)


def _plain(query: str) -> str:
    parts = []
    for word in re.findall(r"\s+|\S", query):
        if word.isspace():
            parts.append(r"\s+")
        elif word == "'":
            parts.append("['‘’]")
        elif word == '"':
            parts.append('["“”„«»]')
        else:
            parts.append(re.escape(word))
    return "".join(parts)


class TooLong(Exception):
    """The pattern worked on one slice of the text for longer than it may."""


@contextmanager
def _deadline(seconds: float | None) -> Iterator[None]:
    """Raise :class:`TooLong` when the body takes longer.

    Matching holds the interpreter, so nothing but a signal can end it; the matcher looks for signals as it
    goes. Where there are none to be had (Windows, another thread) the body takes as long as it takes.
    """
    if seconds is None or not hasattr(signal, "setitimer") or current_thread() is not main_thread():
        yield
        return

    def expire(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def find(pattern: re.Pattern[str], text: str, limit: float | None = None) -> Iterator[list[Match]]:
    """Yield the matches slice by slice, in order and not overlapping; empty matches are left out.

    Raises :class:`TooLong` when one slice takes more than ``limit`` seconds: some expressions never end.
    """
    count = resume = 0
    for start in range(0, len(text), _SLICE):
        end = min(len(text), start + _SLICE)
        found = []
        with _deadline(limit):
            for match in pattern.finditer(text, max(start, resume), min(len(text), end + _REACH)):
                if match.start() >= end:
                    break
                if match.end() > match.start():
                    found.append(Match(*match.span()))
                    resume = match.end()
        count += len(found)
        yield found
        if count >= MOST:
            return


class Matches:
    """The matches of one search so far, and the one that the reader stands on."""

    def __init__(self, found: list[Match] | None = None) -> None:
        self.found: list[Match] = found or []
        self.current: int | None = None

    def __len__(self) -> int:
        return len(self.found)

    def extend(self, found: list[Match]) -> None:
        """Add matches that lie behind those already there."""
        self.found += found

    def within(self, start: int, end: int) -> Iterator[tuple[int, Match]]:
        """Yield the matches that touch ``[start, end)`` with their numbers from 0."""
        number = max(0, bisect_right(self.found, (start,)) - 1)
        while number < len(self.found) and self.found[number].start < end:
            if self.found[number].end > start:
                yield number, self.found[number]
            number += 1

    def step(self, offset: int, direction: int) -> tuple[Match, bool] | None:
        """Move to the next match after ``offset`` (or before, direction -1); says whether it wrapped."""
        if not self.found:
            return None
        if direction > 0:
            number = bisect_right(self.found, (offset, len(self.found) and self.found[-1].end + 1))
            wrapped = number >= len(self.found)
        else:
            number = bisect_left(self.found, (offset,)) - 1
            wrapped = number < 0
        self.current = number % len(self.found)
        return self.found[self.current], wrapped
