"""The list of places that the reader jumped from, to go back and forward through."""

from __future__ import annotations

from typing import NamedTuple

_MOST = 100


class Place(NamedTuple):
    """A place in the article.

    ``top`` is the first offset on the screen and ``blank`` the number of empty rows above it there;
    ``stop`` is where the reader stood, if anywhere.
    """

    top: int
    stop: int | None = None
    blank: int = 0


class Jumps:
    """Back and forward through jumps, as in a browser: a new jump forgets what lay ahead."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Remember a place before jumping away from it."""
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
            del self._behind[:-_MOST]
        self._ahead.clear()

    def back(self, here: Place) -> Place | None:
        """Return the place to go back to; ``here`` is then ahead. ``None`` at the oldest."""
        return self._move(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """Return the place that was left by the last :meth:`back`."""
        return self._move(self._ahead, self._behind, here)

    @staticmethod
    def _move(source: list[Place], target: list[Place], here: Place) -> Place | None:
        while source:
            place = source.pop()
            if place != here:
                target.append(here)
                return place
        return None

    @property
    def last(self) -> Place | None:
        """The place before the last jump."""
        return self._behind[-1] if self._behind else None

    def clear(self) -> None:
        """Forget everything: the offsets belong to another text."""
        self._behind.clear()
        self._ahead.clear()
