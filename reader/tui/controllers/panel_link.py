"""The panel beside the article: shown and hidden, kept up to date, and each follows the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.index import Index
from reader.text.safety import one_line
from reader.tui.drawing import lines

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.tui.controllers.dialogs import Dialogs
    from reader.tui.controllers.names import Names
    from reader.tui.controllers.quotations import Quotations
    from reader.tui.controllers.removed_lines import RemovedLines
    from reader.tui.controllers.telling import Telling
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.panel import Panel
    from reader.tui.widgets.panel_messages import (
        CardRequested,
        EntityChosen,
        QuotationChosen,
        RemovedChosen,
        RestoreRequested,
    )


class PanelLink:
    """Connects article and panel. There is no panel until the text is on the screen."""

    def __init__(self, screen: Screen[None], session: Session, view: ArticleView) -> None:
        self._screen, self._session, self._view = screen, session, view
        self._behind = False
        self.panel: Panel | None = None

    async def bring_in(self) -> None:
        """Make the panel."""
        from reader.tui.widgets.panel import Panel

        self.panel = Panel(id="panel")
        await self._screen.query_one("#side").mount(self.panel)
        self.update()

    # Shown or not

    @property
    def below(self) -> bool:
        """Whether the panel's place is below the article instead of beside it."""
        return self._screen.has_class("-narrow")

    @property
    def shown(self) -> bool:
        """Whether the panel is on the screen."""
        return not any(self._screen.has_class(name) for name in ("-panel-hidden", "-alone", "-no-article"))

    def show(self, shown: bool = True) -> None:
        """Show or hide the panel; hiding it gives the keys back to the article."""
        self._screen.set_class(not shown, "-panel-hidden")
        if shown:
            self._screen.remove_class("-alone")
            self.catch_up()
        else:
            self._view.focus()

    def close(self) -> bool:
        """Hide the panel where it takes room from the article. Returns whether it did."""
        if not (self.below and self.shown):
            return False
        self.show(False)
        return True

    def end_filter(self) -> bool:
        """Show everything in the panel again. Returns whether something was kept from view there."""
        return self.panel is not None and self.shown and self.panel.end_filter()

    def toggle(self) -> None:
        """Show or hide the panel; below the article it takes the keys too."""
        shown = not self.shown
        self.show(shown)
        if shown and self.below and self.panel is not None:
            self.panel.focus_list()

    def switch_focus(self) -> None:
        """Move the keys between article and panel."""
        if self.panel is None:
            return
        if self.panel.has_focus_within:
            self.close()
            self._view.focus()
        else:
            self.show()
            self.panel.focus_list()

    def open_tab(self, name: str) -> None:
        """Open a tab of the panel and give it the keys."""
        if self.panel is not None:
            self.show()
            self.panel.open_tab(name)
            self.panel.focus_list()

    # The panel follows

    def update(self) -> None:
        """Show in the panel what is known now, or when it is shown next."""
        shown = self._session.shown
        self._behind = not self.shown
        if self.panel is not None and shown is not None and self.shown:
            findings = shown.findings or Index(shown.article)
            # What is being done stands in the status line; said twice it would only distract.
            busy = "…" if lines.busy(self._session.state) else None
            self.panel.show(findings, busy, one_line(shown.trouble.title) if shown.trouble else None)

    def catch_up(self) -> None:
        """Show what became known while the panel was hidden."""
        if self._behind and self.shown:
            self.update()
            self.follow()

    def follow(self) -> None:
        """Select in the panel what is current in the article, or the first quotation on the screen."""
        panel, view, cursor = self.panel, self._view, self._view.cursor
        if panel is None or view.findings is None or panel.has_focus_within:
            return
        if cursor.mention is not None:
            panel.select_entity(cursor.mention.entity.id or None)
        quotation = cursor.quotation
        if quotation is None and cursor.mention is None:
            quotation = next(view.findings.quotations_in(view.first_shown, view.last_shown), None)
        if quotation is not None:
            panel.select_quotation(quotation.id)


class PanelChoices:
    """Does what is chosen in the panel."""

    def __init__(
        self,
        link: PanelLink,
        view: ArticleView,
        names: Names,
        quotations: Quotations,
        removed: RemovedLines,
        dialogs: Dialogs,
        telling: Telling,
    ) -> None:
        self._link, self._view = link, view
        self._names, self._quotations, self._removed = names, quotations, removed
        self._dialogs, self._telling = dialogs, telling

    def quotation(self, message: QuotationChosen) -> None:
        """Go to a quotation."""
        findings = self._view.findings
        if findings and (quotation := findings.quotation(message.id)) is not None:
            self._quotations.go_to(quotation)
            self._chosen(message.final)

    def entity(self, message: EntityChosen) -> None:
        """Go to an entity."""
        findings = self._view.findings
        if findings and (entity := findings.entity(message.id)) is not None:
            self._names.go_to_entity(entity, message.mention)
            self._chosen(message.final)

    def removed(self, message: RemovedChosen) -> None:
        """Go to a removed line."""
        if self._removed.go_to_line(message.line):
            self._chosen(final=True)

    def restore(self, message: RestoreRequested) -> None:
        """Put lines back."""
        self._removed.restore(message.lines)

    def card(self, message: CardRequested) -> None:
        """Open a card."""
        if message.kind == "entity":
            self._dialogs.entity_card(message.id)
        else:
            self._dialogs.quotation_card(message.id)

    def _chosen(self, final: bool) -> None:
        self._telling.say("")
        if final:
            self._view.focus()
