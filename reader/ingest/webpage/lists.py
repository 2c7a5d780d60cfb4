"""The numbers and bullets that a browser shows before the items of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ingest.markup import Element

_BULLETS = ("", "◦ ", "▪ ")  # the first level's is added by whatever shows the article
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """The lists that are open, innermost last, and the number of each one's next item."""

    def __init__(self) -> None:
        self._lists: list[tuple[Element, int, int]] = []
        self._above: list[str] = []

    def begin(self, element: Element) -> None:
        """Open a list."""
        step = -1 if element.get("reversed") is not None else 1
        start = sum(child.tag == "li" for child in element) if step < 0 else 1
        self._lists.append((element, _number(element.get("start"), start), step))
        self._above.append("")

    def end(self) -> None:
        """Close the innermost list."""
        if self._lists:
            self._lists.pop()
            self._above.pop()

    def marker(self, item: Element) -> str:
        """Return what stands before an item: its number with those above it, or its level's bullet."""
        if not self._lists:
            return ""
        element, number, step = self._lists[-1]
        if element.tag == "ul":
            return _BULLETS[min(len(self._lists), len(_BULLETS)) - 1]
        number = _number(item.get("value"), number)
        self._lists[-1] = (element, number + step, step)
        above = self._above[-2] if len(self._above) > 1 else ""
        own = f"{above}{_written(number, element.get('type') or '1')}."
        self._above[-1] = own
        return f"{own} "


def _number(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else otherwise


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
