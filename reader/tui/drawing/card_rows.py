"""The rows of the entity card: what it said, and where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.drawing.attribution import place
from reader.tui.drawing.rows import Line, Piece, plural, spread
from reader.tui.roles import TYPE_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.index import Index
    from reader.model.analysis import Entity


class CardRows:
    """A heading and the quotations, a heading and the mentions, each with the words around it.

    Keys of rows are "quotation ID" and "mention OFFSET".
    """

    def __init__(self, index: Index, entity: Entity) -> None:
        self._index = index
        self._entity = entity
        self._said = index.said_by(entity.id)
        self.keys = ["said"] if self._said else []
        self.keys += [f"quotation {quotation.id}" for quotation in self._said]
        self._first_mention = len(self.keys) + 1
        self.keys += ["mentions", *(f"mention {mention.start}" for mention in entity.mentions)]

    def heights(self, width: int) -> Sequence[int]:
        """Return two lines for the second heading, one for the rest."""
        first = [1, *[1] * len(self._said)] if self._said else []
        return [*first, 2 if self._said else 1, *[1] * len(self._entity.mentions)]

    def selectable(self, index: int) -> bool:
        """Return whether the row is no heading."""
        return self.keys[index] not in ("said", "mentions")

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        key = self.keys[index]
        if key == "said":
            words = sum(self._index.word_count(quotation) for quotation in self._said)
            counts = f"{plural(len(self._said), 'quotation')} · {plural(words, 'word')}"
            return [spread([Piece("Said", "accent")], [Piece(counts, "muted")], width)]
        if key == "mentions":
            counts = f"{len(self._entity.mentions):,}"
            heading = spread([Piece("Named", "accent")], [Piece(counts, "muted")], width)
            return [[], heading] if self._said else [heading]
        if key.startswith("quotation "):
            quotation = self._said[index - 1]
            said = [Piece("  "), Piece(self._index.words(quotation, width), "quotation")]
            return [spread(said, place(self._index, quotation), width)]
        mention = self._entity.mentions[index - self._first_mention]
        before, name, after = self._index.context(mention, around=max(8, (width - 26) // 2))
        number = self._index.place(mention.start)
        return [
            [
                Piece(f"  {number:<5}", "muted"),
                Piece(before, "muted"),
                Piece(name, TYPE_ROLES[self._entity.type]),
                Piece(after, "muted"),
            ]
        ]
