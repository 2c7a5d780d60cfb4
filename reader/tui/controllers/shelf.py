"""Several articles, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.telling import Telling


class Shelf:
    """The sources that were named together, and which of them is open."""

    def __init__(self, sources: Sequence[str], opening: Opening, telling: Telling) -> None:
        self._sources = tuple(sources)
        self._opening, self._telling = opening, telling
        self._place = 0

    def next(self, step: int) -> None:
        """Open the next article (``step`` -1: the one before)."""
        place = self._place + step
        if not 0 <= place < len(self._sources):
            self._telling.say("There is no other article: several can be named on the command line")
            return
        self._place = place
        self._opening.source(self._sources[place])
