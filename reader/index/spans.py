"""Spans of one kind in text order, found by offset."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Span(Protocol):
    """A stretch of the article's text: code points, end exclusive."""

    @property
    def start(self) -> int:
        """Where it starts."""

    @property
    def end(self) -> int:
        """Where it ends."""


S = TypeVar("S", bound=Span)


class Spans(Generic[S]):
    """Spans, which may touch and nest, sorted by their starts, of several the longest first."""

    def __init__(self, spans: Iterable[S]) -> None:
        self.all = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = array("Q", (span.start for span in self.all))
        # The furthest end so far tells where to stop looking back.
        self._reach, furthest = array("Q"), 0
        for span in self.all:
            furthest = max(furthest, span.end)
            self._reach.append(furthest)

    def within(self, start: int, end: int) -> Iterator[S]:
        """Yield the spans that touch ``[start, end)``, in order."""
        last = bisect_left(self._starts, end)
        for number in range(bisect_right(self._reach, max(0, start), 0, last), last):
            if self.all[number].end > start:
                yield self.all[number]

    def at(self, offset: int) -> S | None:
        """Return the innermost span that covers an offset."""
        found = None
        for span in self.within(offset, offset + 1):
            found = span
        return found

    def following(self, offset: int, fits: Callable[[S], bool]) -> S | None:
        """Return the first span after ``offset`` that fits. Any negative offset is before the text."""
        first = bisect_right(self._starts, offset) if offset >= 0 else 0
        return self._first(range(first, len(self.all)), fits)

    def preceding(self, offset: int, fits: Callable[[S], bool]) -> S | None:
        """Return the last span that starts before ``offset`` and fits."""
        return self._first(range(bisect_left(self._starts, max(0, offset)) - 1, -1, -1), fits)

    def _first(self, numbers: range, fits: Callable[[S], bool]) -> S | None:
        return next((self.all[number] for number in numbers if fits(self.all[number])), None)
