"""What an analysis highlights, indexed by offset: which mention or quotation is here, which is next."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.model.analysis import Analysis, Entity, EntityType, Quotation

T = TypeVar("T")


class Stop(NamedTuple):
    """A mention on the way through the text: the ``number``-th (from 0) of its entity."""

    start: int
    end: int
    entity: Entity
    number: int


class Highlights:
    """Mentions and quotations of one analysis in text order. Built once, off the event loop when large."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        stops = [
            Stop(mention.start, mention.end, entity, number)
            for entity in analysis.entities
            for number, mention in enumerate(entity.mentions)
        ]
        stops.sort(key=lambda stop: (stop.start, stop.end))
        self.stops = stops
        self._stop_starts = array("Q", (stop.start for stop in stops))
        self.quotations = sorted(analysis.quotations, key=lambda quotation: quotation.start)
        self._quotation_starts = array("Q", (quotation.start for quotation in self.quotations))
        # Quotations may nest or touch: the furthest end so far tells when to stop looking back.
        self._reach = array("Q")
        reach = 0
        for quotation in self.quotations:
            reach = max(reach, quotation.end)
            self._reach.append(reach)
        self._entities = {entity.id: entity for entity in analysis.entities}
        self._quotation_numbers = {quotation.id: i for i, quotation in enumerate(self.quotations)}

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, or ``None``."""
        return self._entities.get(entity_id) if entity_id is not None else None

    def quotation(self, quotation_id: str | None) -> Quotation | None:
        """The quotation of that id, or ``None``."""
        number = self._quotation_numbers.get(quotation_id) if quotation_id is not None else None
        return None if number is None else self.quotations[number]

    def quotation_number(self, quotation_id: str) -> int:
        """The place of a quotation in the text, from 1."""
        return self._quotation_numbers[quotation_id] + 1

    def stops_in(self, start: int, end: int) -> Iterator[Stop]:
        """Yield the mentions that touch ``[start, end)``, in order."""
        first = bisect_left(self._stop_starts, start)
        # A mention that begins in the row above may reach into this one; mentions do not overlap.
        if first and self.stops[first - 1].end > start:
            first -= 1
        for number in range(first, bisect_left(self._stop_starts, end)):
            yield self.stops[number]

    def quotations_in(self, start: int, end: int) -> Iterator[Quotation]:
        """Yield the quotations that touch ``[start, end)``, in order."""
        last = bisect_left(self._quotation_starts, end)
        first = bisect_right(self._reach, start, 0, last)
        for number in range(first, last):
            if self.quotations[number].end > start:
                yield self.quotations[number]

    def stop_at(self, offset: int) -> Stop | None:
        """The mention that covers an offset."""
        return next(self.stops_in(offset, offset + 1), None)

    def quotation_at(self, offset: int) -> Quotation | None:
        """The innermost quotation that covers an offset."""
        found = None
        for quotation in self.quotations_in(offset, offset + 1):
            found = quotation
        return found

    def next_stop(
        self, offset: int, step: int, *, type_: EntityType | None = None, entity_id: str | None = None
    ) -> Stop | None:
        """The first mention that starts after ``offset`` (``step`` 1) or before it (-1) and fits."""

        def fits(stop: Stop) -> bool:
            return (type_ is None or stop.entity.type == type_) and (
                entity_id is None or stop.entity.id == entity_id
            )

        return _next(self.stops, self._stop_starts, offset, step, fits)

    def next_quotation(self, offset: int, step: int) -> Quotation | None:
        """The first quotation that starts after ``offset`` (``step`` 1) or before it (-1)."""
        return _next(self.quotations, self._quotation_starts, offset, step, lambda _: True)


def _next(items: list[T], starts: array[int], offset: int, step: int, fits: Callable[[T], bool]) -> T | None:
    if step > 0:
        candidates = range(bisect_right(starts, offset) if offset >= 0 else 0, len(items))
    else:
        candidates = range(bisect_left(starts, max(0, offset)) - 1, -1, -1)
    return next((items[number] for number in candidates if fits(items[number])), None)
