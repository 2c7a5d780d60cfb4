"""Entities with what else they are called and how often they are quoted and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.names import folded
from reader.tui.drawing.attribution import matches
from reader.tui.drawing.rows import EvenRows, Line, Piece, spread
from reader.tui.roles import TYPE_ROLES

if TYPE_CHECKING:
    from reader.index import Index
    from reader.model.analysis import EntityType

# The columns of counts beside an entity: its quotations, its mentions.
SAID_COLUMN, NAMED_COLUMN = 5, 7


class EntityRows(EvenRows):
    """Entities of some types, the most prominent first, with their aliases and counts."""

    def __init__(self, findings: Index, types: tuple[EntityType, ...], query: str = "") -> None:
        self._findings = findings
        query = folded(query)
        self._entities = findings.entities(*types)
        if query:
            self._entities = [e for e in self._entities if matches(query, e.name, *e.aliases)]
        self.keys = [entity.id for entity in self._entities]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of an entity."""
        entity = self._entities[index]
        said = len(self._findings.said_by(entity.id))
        counts = [
            Piece(f"{said or '':>{SAID_COLUMN}}", "cue"),
            Piece(f"{len(entity.mentions):>{NAMED_COLUMN}}", "muted"),
        ]
        left = [Piece(self._findings.name(entity), TYPE_ROLES[entity.type])]
        if aliases := ", ".join(self._findings.aliases(entity)[:6]):
            left += [Piece("  "), Piece(aliases, "muted")]
        return [spread(left, counts, width)]
