"""What the panel lists: the open tab, what it is filtered by, what is folded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.tui.drawing.about_rows import AboutRows
from reader.tui.drawing.entity_rows import EntityRows
from reader.tui.drawing.panel_keys import EMPTY
from reader.tui.drawing.quotation_rows import Listing, QuotationRows
from reader.tui.drawing.removed_rows import RemovedRows

if TYPE_CHECKING:
    from reader.index import Index
    from reader.model.analysis import EntityType
    from reader.tui.drawing.rows import Rows

TYPES: dict[str, tuple[EntityType, ...]] = {
    "people": ("PERSON", "GROUP"),
    "places": ("PLACE",),
    "organisations": ("ORG",),
}
"""The types of entities that a tab lists."""


@dataclass(slots=True)
class Contents:
    """What is chosen in the panel. ``lines`` is how many a quotation may take; ``unfolded`` holds keys."""

    tab: str = "quotations"
    query: str = ""
    by_speaker: bool = False
    doubtful: bool = False
    fragments: bool = False
    lines: int = 3
    unfolded: set[str] = field(default_factory=set)

    @property
    def filtered(self) -> bool:
        """Whether anything is kept from view on request."""
        return bool(self.query) or (self.doubtful and self.tab == "quotations")

    def rows(self, index: Index, failed: str | None) -> Rows:
        """Return the rows; ``failed`` says why there is no more of the analysis."""
        if self.tab == "quotations":
            choice = Listing(self.by_speaker, self.doubtful, self.fragments, self.query, self.lines)
            return QuotationRows(index, choice)
        if self.tab in TYPES:
            return EntityRows(index, TYPES[self.tab], self.query)
        if self.tab == "removed":
            return RemovedRows(index.article, self.query, self.unfolded)
        return AboutRows(index, [failed] if failed else [])

    def why_empty(self, index: Index | None, busy: str | None, failed: str | None) -> str:
        """Return what stands where rows would be; ``busy`` says what is being done."""
        if self.query:
            return f"Nothing here contains “{self.query}”. Esc ends the filter."
        analysed = self.tab != "removed"
        if analysed and failed:
            return failed
        if analysed and (busy or index is None or not index.analysed):
            return busy or "Not analysed yet."
        if self.tab == "quotations" and self.doubtful and index is not None and index.quotations:
            return "No quotation here is doubtful. Esc shows them all."
        return EMPTY[self.tab]
