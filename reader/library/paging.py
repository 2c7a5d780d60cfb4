"""Long lists read in pages: each page is a short read, so that nobody who writes has to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
PAGE = 500
"""Rows of a page."""


def paged(page: Callable[[T | None, int], Sequence[T]], limit: int | None) -> Iterator[T]:
    """Yield the rows of a list, at most ``limit`` of them.

    ``page`` is asked for the rows behind one (the first rows for None), and for how many.
    """
    last: T | None = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        rows = page(last, size)
        yield from rows
        if len(rows) < size:
            return
        last, left = rows[-1], None if left is None else left - size
