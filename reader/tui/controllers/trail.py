"""Going somewhere in the article, and back and forward through where the reader has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.controllers.jumps import Jumps, Place

if TYPE_CHECKING:
    from reader.index import NamedMention
    from reader.model.analysis import Quotation
    from reader.tui.widgets.article_view import ArticleView


class Trail:
    """Moves the article view and remembers where each jump began."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._jumps = Jumps()

    @property
    def here(self) -> Place:
        """Where the reader is."""
        cursor = self._view.cursor
        stop = cursor.mention or cursor.quotation
        return Place(self._view.place, stop.start if stop else None, self._view.blank_above)

    def leave(self, place: Place | None = None) -> None:
        """Remember a place before jumping away from it: this one unless another is given."""
        self._jumps.leave(place or self.here)

    def forget(self) -> None:
        """Forget all places: they belong to another text."""
        self._jumps.clear()

    def go(self, mention: NamedMention | None, quotation: Quotation | None, start: int, end: int) -> None:
        """Make something current and show a span of it."""
        self.leave()
        self._view.reveal(start, end)
        self._view.stand(mention, quotation)

    def go_to_row(self, row: int) -> None:
        """Bring a row to the top."""
        self.leave()
        self._view.scroll_to(y=row, animate=False)

    def go_to_offset(self, offset: int) -> None:
        """Bring the row of an offset to the top."""
        self.go_to_row(self._view.index.row_of(offset))

    def back(self) -> bool:
        """Go back to where the last jump began. Returns whether there was one."""
        return self._return(self._jumps.back(self.here))

    def forward(self) -> bool:
        """Go forward again. Returns whether there was anything ahead."""
        return self._return(self._jumps.forward(self.here))

    def _return(self, place: Place | None) -> bool:
        if place is None:
            return False
        self.go_to_place(place)
        return True

    def go_to_place(self, place: Place) -> None:
        """Show a place again as it was."""
        view, findings = self._view, self._view.findings
        mention = quotation = None
        if place.stop is not None and findings is not None:
            found = findings.mention_at(place.stop)
            mention = found if found is not None and found.start == place.stop else None
            quotation = findings.quotation_at(place.stop)
        view.scroll_to(y=view.index.row_of(place.top) - place.blank if place.top else 0, animate=False)
        view.stand(mention, quotation)

    def origin(self, *, quotations: bool = False) -> int:
        """Where "next" counts from: what is current if it is on the screen, else the top of the screen."""
        view, cursor = self._view, self._view.cursor
        nearest = (cursor.quotation, cursor.mention) if quotations else (cursor.mention, cursor.quotation)
        for thing in nearest:
            if thing is not None and view.is_shown(thing.start):
                return thing.start
        return view.first_shown - 1
