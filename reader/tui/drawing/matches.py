"""Searching the article: matches by offset, found in slices so that the screen stays alive meanwhile."""

from __future__ import annotations

import re
import signal
import unicodedata
from bisect import bisect_left, bisect_right
from contextlib import contextmanager
from enum import Enum
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


class Mode(Enum):
    """How a query is meant: PLAIN also finds what has other accents and typographic marks."""

    PLAIN = "plain"
    EXACT = "exact"
    REGEX = "regex"


class SearchPattern(NamedTuple):
    """A pattern, and whether it is to be looked for in text without accents and typographic marks."""

    pattern: re.Pattern[str]
    folds: bool = False


def compile_query(query: str, mode: Mode = Mode.PLAIN) -> SearchPattern:
    """Turn what was typed into a query. Raises :class:`re.error` for a malformed regular expression.

    A plain query tells cases apart only when it has a capital letter, and accents and typographic marks
    only when it has one of those; a space stands for any white space.
    """
    if mode is Mode.EXACT:
        return SearchPattern(re.compile(re.escape(query)))
    if mode is Mode.REGEX:
        letters = re.sub(r"\\.", "", query)
        return SearchPattern(
            re.compile(query, re.MULTILINE | (0 if _has_capital(letters) else re.IGNORECASE))
        )
    folds = query == query.translate(_FOLDED)
    parts = [
        r"\s+" if part.isspace() else re.escape(part) + (_MARKS if folds and part.isalpha() else "")
        for part in re.findall(r"\s+|\S", query)
    ]
    return SearchPattern(re.compile("".join(parts), 0 if _has_capital(query) else re.IGNORECASE), folds)


def _has_capital(query: str) -> bool:
    return any(character.isupper() for character in query)


# Combining marks that may follow a letter in text that spells its accents apart.
_MARKS = "[\u0300-\u036f]*"
_PLAIN = str.maketrans("‘’‚‛ʼ′“”„‟«»″‐‑–—−\xa0", "'" * 6 + '"' * 7 + "-" * 5 + " ")


class _Folded(dict[int, int]):
    """Maps every character to the one without accent, or the mark on a typewriter, that stands for it.

    One for one: an offset into the folded text is the same offset into the text.
    """

    def __missing__(self, code: int) -> int:
        plain = _PLAIN.get(code)
        if plain is None:
            first, *rest = list(unicodedata.normalize("NFD", chr(code)))
            accents = all(unicodedata.combining(mark) for mark in rest)
            plain = ord(_STROKES.get(first, first)) if accents else code
        self[code] = plain
        return plain


# Letters with a stroke, which Unicode does not take apart.
_STROKES = dict(zip("ØøĐđŁłĦħŦŧı", "OoDdLlHhTti", strict=True))
_FOLDED = _Folded()


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


def find(query: SearchPattern, text: str, limit: float | None = None) -> Iterator[list[Match]]:
    """Yield the matches slice by slice, in order and not overlapping; empty matches are left out.

    Raises :class:`TooLong` when one slice takes more than ``limit`` seconds: some expressions never end.
    """
    count = resume = 0
    for start in range(0, len(text), _SLICE):
        end = min(len(text), start + _SLICE)
        searched, shift = text, 0
        if query.folds:
            searched, shift = text[start : end + _REACH].translate(_FOLDED), start
        found = []
        first, last = max(start, resume) - shift, min(len(text), end + _REACH) - shift
        with _deadline(limit):
            for match in query.pattern.finditer(searched, first, last):
                if match.start() + shift >= end:
                    break
                if match.end() > match.start():
                    found.append(Match(match.start() + shift, match.end() + shift))
                    resume = match.end() + shift
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
