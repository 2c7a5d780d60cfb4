"""Rows of a list: what they are made of, and how a line is fitted into a width."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.cells import cell_len, set_cell_size

from reader.tui.drawing.wrap import breaks

if TYPE_CHECKING:
    from collections.abc import Sequence


class Piece(NamedTuple):
    """A stretch of text on one line, drawn in the look of ``role`` (a component class ``row--<role>``)."""

    text: str
    role: str = "text"


Line = list[Piece]


class Rows(Protocol):
    """What a list shows. Keys identify rows across replacements."""

    @property
    def keys(self) -> Sequence[str]:
        """Return the keys of the rows, in order."""
        ...

    def heights(self, width: int) -> Sequence[int]:
        """Return the number of lines of every row at a width in columns."""
        ...

    def selectable(self, index: int) -> bool:
        """Return whether the row can be selected."""
        ...

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row. Lines that are too long are cut with an ellipsis."""
        ...


class NoRows:
    """A list without rows."""

    keys: Sequence[str] = ()

    def heights(self, width: int) -> Sequence[int]:
        """Return nothing."""
        return ()

    def selectable(self, index: int) -> bool:
        """Return False."""
        return False

    def draw(self, index: int, width: int) -> list[Line]:
        """Return nothing."""
        return []


class EvenRows:
    """Rows of one height, each of which can be selected; what they show is for those that derive from it."""

    HEIGHT = 1
    keys: Sequence[str] = ()

    def heights(self, width: int) -> Sequence[int]:
        """Return the number of lines of every row."""
        return [self.HEIGHT] * len(self.keys)

    def selectable(self, index: int) -> bool:
        """Return True."""
        return True


def fit(line: Line, width: int) -> Line:
    """Return the line cut to a width in columns, with an ellipsis where something is missing."""
    used = 0
    fitted: Line = []
    line = [piece for piece in line if piece.text]
    for number, piece in enumerate(line):
        size = cell_len(piece.text)
        if used + size < width or (used + size == width and number == len(line) - 1):
            fitted.append(piece)
            used += size
            continue
        room = width - used - 1
        kept = set_cell_size(piece.text, room).rstrip() if room > 0 else ""
        return [*fitted, Piece(kept + "…", piece.role)] if width > used else fitted
    return fitted


def spread(left: Line, right: Line, width: int) -> Line:
    """Return one line with ``right`` at the right border and ``left`` cut to the room that remains."""
    taken = sum(cell_len(piece.text) for piece in right)
    left = fit(left, max(0, width - taken - 1))
    gap = width - taken - sum(cell_len(piece.text) for piece in left)
    return [*left, Piece(" " * max(1, gap), "muted"), *right]


def wrapped(text: str, width: int, most: int | None = None, spare: int = 0) -> list[str]:
    """Return one-line text set in lines of at most ``width`` columns, long words broken.

    With ``most``, an ellipsis stands for what is beyond that many lines, and the last of them leaves
    ``spare`` columns.
    """
    cuts = [0, *breaks(text, 0, len(text), width), len(text)]
    lines = [text[start:end].rstrip() for start, end in pairwise(cuts)]
    if most is None or len(lines) <= most:
        return lines
    last, room = lines[most - 1], max(1, width - spare)
    if cell_len(last) >= room:
        last = set_cell_size(last, room - 1)
        last = (last[: last.rfind(" ")] if " " in last else last).rstrip()
    return [*lines[: most - 1], last.removesuffix("…") + "…"]


def bar(part: float, width: int) -> str:
    """Return a bar that fills a part (0 to 1) of a width, to half a column; never nothing."""
    halves = min(2 * width, max(1, round(part * width * 2)))
    return "━" * (halves // 2) + "╸" * (halves % 2)


def plural(number: int, noun: str) -> str:
    """Return "1 word", "2 words"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
