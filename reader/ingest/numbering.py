"""The numbers and bullets that a browser shows before the items of lists."""

from __future__ import annotations

from dataclasses import dataclass

_BULLETS = ("", "◦ ", "▪ ")  # the first level's is added by whatever shows the article
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int
    step: int
    style: str
    current: str = ""


class Numbering:
    """The lists that are open, innermost last, and the number of each one's next item."""

    def __init__(self) -> None:
        self._lists: list[_List] = []

    def begin(self, *, ordered: bool, start: int = 1, step: int = 1, style: str = "1") -> None:
        """Open a list; ``style`` is "1", "a", "A", "i" or "I", as HTML has it."""
        self._lists.append(_List(ordered, start, step, style))

    def end(self) -> None:
        """Close the innermost list."""
        if self._lists:
            self._lists.pop()

    def marker(self, number: int | None = None) -> str:
        """Return what stands before the next item: its number after those above it, or its level's bullet."""
        if not self._lists:
            return ""
        inner = self._lists[-1]
        if not inner.ordered:
            return _BULLETS[min(len(self._lists), len(_BULLETS)) - 1]
        if number is not None:
            inner.number = number
        above = self._lists[-2].current if len(self._lists) > 1 else ""
        inner.current = f"{above}{_written(inner.number, inner.style)}."
        inner.number += inner.step
        return f"{inner.current} "


def _written(number: int, style: str) -> str:
    if number < 1:
        return str(number)
    if style in "aA" and number <= 26:
        return chr(ord(style) + number - 1)
    if style in "iI" and number < 200:
        letters = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            letters += sign * count
        return letters if style == "i" else letters.upper()
    return str(number)
