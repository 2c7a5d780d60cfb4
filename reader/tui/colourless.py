"""No colour at all, where the user asks for none: not even grey. What stood out by its ground is reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color as TextualColor

    from reader.settings.theme import Theme

_GROUNDS = ("current_background", "match_background", "match_current_background", "text")
_REVERSED = Style(reverse=True)


class WithoutColour(LineFilter):
    """Takes the colours of a theme out of everything that is drawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grounds = {_plain(getattr(theme, role)) for role in _GROUNDS} - {_plain(theme.background)}
        self._known: dict[Style, Style] = {}

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments without colour."""
        return [
            Segment(text, None if style is None else self._without(style), control)
            for text, style, control in segments
        ]

    def _without(self, style: Style) -> Style:
        known = self._known.get(style)
        if known is None:
            known = style.without_color
            if style.bgcolor is not None and style.bgcolor.name in self._grounds:
                known += _REVERSED
            self._known[style] = known
        return known


def _plain(colour: str) -> str:
    """Return the name that Rich has for a colour of a theme."""
    return Color.parse(colour.removeprefix("ansi_")).name
