"""Who speaks and where, as lists and cards say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.index import Doubt
from reader.text.names import folded
from reader.tui.drawing.rows import Line, Piece
from reader.tui.roles import TYPE_ROLES

if TYPE_CHECKING:
    from reader.index import Index
    from reader.model.analysis import Quotation

NOT_YET = "…"
"""Stands for a speaker that is still being looked for."""


def speaker(index: Index, quotation: Quotation) -> Line:
    """Return who speaks, and the description beside the name.

    Grey are the text's own words for somebody who may be anybody, and that nobody is given.
    """
    if index.looking(quotation):
        return [Piece(NOT_YET, "muted")]
    if index.doubt(quotation) is Doubt.UNRESOLVED:
        return [Piece(index.speaker(quotation), "muted")]
    entity = index.speaker_entity(quotation)
    line = [Piece(index.speaker(quotation), TYPE_ROLES[entity.type] if entity else "speaker")]
    if role := index.role(quotation):
        line += [Piece("  "), Piece(role, "muted")]
    return line


def place(index: Index, quotation: Quotation) -> Line:
    """Return "told · ¶6", with a question mark before it where the speaker is doubtful."""
    line: Line = []
    if index.doubt(quotation) is Doubt.DOUBTFUL:
        line.append(Piece("? ", "warning"))
    if cue := index.cue(quotation):
        line += [Piece(cue, "cue"), Piece(" · ", "muted")]
    elif quotation.kind == "turn":
        line.append(Piece("turn · ", "muted"))
    line.append(Piece(index.place(quotation.start), "muted"))
    return line


def matches(query: str, *texts: str | None) -> bool:
    """Return whether one of the texts contains a query that is folded already."""
    return any(query in folded(text) for text in texts if text)
