"""Clicks on the article and on the thin column beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.controllers.dialogs import Dialogs
    from reader.tui.controllers.links import Links
    from reader.tui.controllers.names import Names
    from reader.tui.controllers.quotations import Quotations
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.widgets.article_view import ArticleView


class Pointing:
    """Does what a click means."""

    def __init__(
        self,
        view: ArticleView,
        trail: Trail,
        names: Names,
        quotations: Quotations,
        links: Links,
        dialogs: Dialogs,
        telling: Telling,
    ) -> None:
        self._view, self._trail, self._telling = view, trail, telling
        self._names, self._quotations = names, quotations
        self._links, self._dialogs = links, dialogs

    def press(self, offset: int, *, control: bool) -> None:
        """Make what is at an offset current; once it is, open its card. With control open a link."""
        findings, cursor = self._view.findings, self._view.cursor
        if (control and self._links.open_at(offset)) or findings is None:
            return
        mention, quotation = findings.mention_at(offset), findings.quotation_at(offset)
        if mention is not None and mention == cursor.mention:
            self._dialogs.open_card()
        elif mention is not None:
            self._names.go_to(mention)
        elif quotation is not None and quotation == cursor.quotation and cursor.mention is None:
            self._dialogs.open_card()
        elif quotation is not None:
            self._quotations.go_to(quotation)
        else:
            self._view.stand(None, None)
        self._telling.say("")

    def press_overview(self, first: int, last: int) -> None:
        """Go to the quotation in the rows from ``first`` up to ``last``, else to the rows."""
        view = self._view
        if first >= view.index.height:
            return
        start = view.index.offset_of_row(first)
        end = view.index.offset_of_row(last) if last < view.index.height else 1 << 62
        quotations = view.findings.quotations_in(start, end) if view.findings else iter(())
        if (quotation := next(quotations, None)) is not None:
            self._quotations.go_to(quotation)
        else:
            self._trail.go_to_row(max(0, first - view.size.height // 2))
        self._telling.say("")
