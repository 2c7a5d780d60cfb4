"""What cards share: they lie below the article, leave what is current in sight, and are kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.dialog import Dialog
from reader.tui.screens.results import CardResult

if TYPE_CHECKING:
    from reader.index import Index

# On a screen with fewer lines a card has no blank lines.
_LOW = 30
_LEAST = 10


def card_height(screen_height: int) -> int:
    """Return the most lines that a card takes of a screen."""
    return max(_LEAST, screen_height * 2 // 5)


class Card(Dialog[CardResult]):
    """A card. Its result says where to go next or what to copy."""

    DEFAULT_CSS = """
    Card {
        align: left bottom; background: transparent;
        &.-above { align: left top; }
        & > #dialog { width: 84; }
        &.-low > #dialog { width: 100%; & > KeyLine { margin-top: 0; } }
    }
    """

    def __init__(self, index: Index, *, above: bool = False) -> None:
        """Show something of an article; ``above``: at the top of the screen, for what is at its end."""
        super().__init__(classes="-above" if above else None)
        self._index = index

    def show(self, index: Index) -> None:
        """Show what is known now."""
        raise NotImplementedError

    def fit(self, lines: int) -> None:
        """Take a part of a screen of so many lines."""
        low = lines < _LOW
        self.set_class(low, "-low")
        height = card_height(lines)
        self.query_one("#dialog").styles.max_height = height
        for widget in self.query(self.SCROLLS):
            widget.styles.max_height = height - (self.REST - 2 if low else self.REST)
