"""Spans that lie in each other's way."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.language.entities.labels import TypedSpan


def without_overlaps(spans: Iterable[TypedSpan | None]) -> list[TypedSpan]:
    """The spans in order of start; of two that overlap, the longer stays, then the earlier."""
    kept: list[TypedSpan] = []
    for span in spans:
        if span is None:
            continue
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept


def inside(spans: Sequence[TypedSpan], place: tuple[int, int]) -> list[TypedSpan]:
    """Those of the sorted spans that touch a place, in time independent of how many there are.

    No two spans may overlap.
    """
    first = bisect_left(spans, (place[0],))
    if first and spans[first - 1].end > place[0]:
        first -= 1
    last = first
    while last < len(spans) and spans[last].start < place[1]:
        last += 1
    return list(spans[first:last])
