"""Spans that are found again when the text has changed: offsets, the exact words, what stands around them."""

from __future__ import annotations

from dataclasses import dataclass

_AROUND = 32  # code points of surroundings on each side
# So much of the surroundings must be the same for words that stand somewhere else now; long words speak
# for themselves.
_LEAST = 8
_LONG = 24
_MOST = 2_000  # places that are compared: what occurs more often is told apart by nothing


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span: code points into the text that it was made from, end exclusive, with its exact words.

    ``prefix`` and ``suffix`` are what stood before and after it.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    def find(self, text: str) -> tuple[int, int] | None:
        """Return where the span stands in a text, which may be another version of the one it comes from.

        That is its offset, if its words and any of its surroundings are still there; else the one place
        where its words stand among most of what surrounded them. Of two places that are alike in this there
        is none that is meant. Takes time proportional to the text.
        """
        if not self.exact or len(self.exact) > len(text):
            return None
        here = self.start if text.startswith(self.exact, self.start) else -1
        if here >= 0 and self._alike(text, here) >= min(_LEAST, len(self.prefix) + len(self.suffix)):
            return here, here + len(self.exact)
        best, place, tied = -1, -1, False
        position, tries = text.find(self.exact), 0
        while position >= 0:
            tries += 1
            if tries > _MOST:
                return None
            alike = self._alike(text, position)
            if alike > best:
                best, place, tied = alike, position, False
            elif alike == best:
                tied = True
            # Words that overlap themselves are found once.
            position = text.find(self.exact, position + len(self.exact))
        needed = 0 if len(self.exact) >= _LONG else min(_LEAST, len(self.prefix) + len(self.suffix))
        if place < 0 or tied or best < needed:
            return None
        return place, place + len(self.exact)

    def _alike(self, text: str, start: int) -> int:
        """How many code points next to a place are those that surrounded the span."""
        before = text[max(0, start - len(self.prefix)) : start]
        end = start + len(self.exact)
        after = text[end : end + len(self.suffix)]
        return _common(before[::-1], self.prefix[::-1]) + _common(after, self.suffix)


def anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of a span of a text. Raises ValueError for one that is empty or outside of it."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span of the text: {start} to {end}")
    return Anchor(
        start, end, text[start:end], text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    )


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
