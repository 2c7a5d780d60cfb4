"""Cards, dialogs and the clipboard of the reading screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reader.tui.findings import one_line
from reader.tui.screens.opening import Opening

if TYPE_CHECKING:
    from reader.tui.screens.results import CardResult, Exported, HomeResult

# Terminals drop a longer OSC 52 without a word.
_LONGEST_COPY = 70_000


def _ago(at: int) -> str:
    """Return how long ago a moment was, in words."""
    days = (date.today() - date.fromtimestamp(at)).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


class Asking(Opening):
    """Actions that open something on top of the article, and what their answers do."""

    # Cards

    def action_open_card(self) -> None:
        """Open the card of the current name or quotation."""
        view = self.view
        if view.current is not None and view.current.entity.id:
            self.open_entity_card(view.current.entity.id, max(0, view.current.number))
        elif view.quotation is not None:
            self.open_quotation_card(view.quotation.id)
        else:
            name, quotation = self.reader.key_of("next_mention"), self.reader.key_of("next_quotation")
            self.say(f"Go to a name ({name}) or a quotation ({quotation}) first")

    def open_entity_card(self, entity_id: str, mention: int | None = None) -> None:
        """Open the card of an entity."""
        if self.article is None or self.analysis is None or self.found is None:
            return
        if self.found.highlights.entity(entity_id) is not None:
            from reader.tui.screens.entity_card import EntityCard

            self.app.push_screen(EntityCard(self.article, self.analysis, entity_id, mention), self._answer)

    def open_quotation_card(self, quotation_id: str) -> None:
        """Open the card of a quotation."""
        if self.article is None or self.analysis is None or self.found is None:
            return
        if self.found.highlights.quotation(quotation_id) is not None:
            from reader.tui.screens.quotation_card import QuotationCard

            self.app.push_screen(QuotationCard(self.article, self.analysis, quotation_id), self._answer)

    def _answer(self, result: CardResult | None) -> None:
        from reader.tui.screens.results import (
            Copy,
            GoToMention,
            GoToQuotation,
            GoToSpeaker,
            OpenEntityCard,
            OpenQuotationCard,
        )

        if result is None or self.found is None:
            return
        highlights, navigation = self.found.highlights, self.navigation
        if isinstance(result, GoToMention):
            if (entity := highlights.entity(result.entity)) is not None:
                navigation.go_to_entity(entity, result.mention)
        elif isinstance(result, GoToQuotation | GoToSpeaker):
            if (quotation := highlights.quotation(result.quotation)) is not None:
                navigation.go_to_quotation(quotation)
                if isinstance(result, GoToSpeaker):
                    navigation.speaker()
        elif isinstance(result, OpenEntityCard):
            self.open_entity_card(result.entity)
        elif isinstance(result, OpenQuotationCard):
            self.open_quotation_card(result.quotation)
        elif isinstance(result, Copy):
            self.copy(result.text, result.what)
        self.panel_follows()
        self.update_status()

    # Dialogs

    def action_help(self) -> None:
        """Show all keys."""
        from reader.tui.screens.help import HelpScreen

        async def act(name: str | None) -> None:
            if name:
                await self.run_action(name)

        self.app.push_screen(HelpScreen(self.reader.actions, problems=self.reader.key_problems), act)

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.app.action_command_palette()

    def action_theme(self) -> None:
        """Choose a theme."""
        self.reader.choose_theme()

    def action_export(self) -> None:
        """Export the article."""
        if self.article is None:
            return
        if self.analysis is None or self.busy:
            self.say("The analysis is not finished: the export holds what is known so far")
        from reader.model.analysis import Analysis
        from reader.tui.screens.export_dialog import ExportDialog

        dialog = ExportDialog(
            self.article,
            self.analysis or Analysis(),
            theme=self.reader.chosen_theme,
            selection=self.view.selection,
        )
        self.app.push_screen(dialog, self._exported)

    def _exported(self, result: Exported | None) -> None:
        if result is not None:
            self.say(f"Written: {one_line(str(result.path))}")

    def action_open(self) -> None:
        """Open another article."""
        self.ask_for_article(leave=False)

    def ask_for_article(self, *, leave: bool) -> None:
        """Ask what to open; with ``leave`` the reader ends when nothing is chosen."""
        from reader.tui.screens.home import HomeScreen, Recent
        from reader.tui.screens.results import OpenSource, OpenText

        def act(result: HomeResult | None) -> None:
            if isinstance(result, OpenSource):
                self.open_source(result.source)
            elif isinstance(result, OpenText):
                self.open_text(result.text)
            elif leave and self.article is None:
                self.app.exit(0)

        recent = [Recent(left.title, left.source, _ago(left.at)) for left in self.reader.positions.recent()]
        self.app.push_screen(HomeScreen(recent), act)

    # The clipboard

    def copy(self, text: str, what: str) -> None:
        """Put text on the clipboard and say so."""
        self.app.copy_to_clipboard(text)
        if len(text) > _LONGEST_COPY:
            self.say(f"Copied {what}: {len(text):,} characters, more than some terminals take")
        else:
            self.say(f"Copied {what}")

    def action_copy(self) -> None:
        """Copy the selection, else the current quotation with its citation, else the article."""
        view = self.view
        if (selected := view.selected_text) is not None:
            self.copy(selected, "the selection")
        elif (elsewhere := self.get_selected_text()) is not None:
            self.copy(one_line(elsewhere) if "\n" not in elsewhere else elsewhere, "the selection")
        elif view.quotation is not None and self.findings is not None:
            from reader.export.citation import quotation_citation, today

            text = quotation_citation(
                self.findings.article, self.findings.analysis, view.quotation, accessed=today()
            )
            self.copy(text, "the quotation with its citation")
        elif view.page is not None:
            blocks = view.page.blocks
            self.copy("\n\n".join(view.page.text[b.start : b.end] for b in blocks), "the whole article")

    def action_copy_citation(self) -> None:
        """Copy the citation of the article."""
        if self.article is not None:
            from reader.export.citation import article_citation, today

            self.copy(article_citation(self.article, accessed=today()), "the citation")

    def action_open_link(self) -> None:
        """Open the next link on the screen in the browser."""
        view = self.view
        start = view.current.start if view.current and view.is_shown(view.current.start) else view.first_shown
        link = next(view.links_in(start, view.last_shown), None) or next(
            view.links_in(view.first_shown, view.last_shown), None
        )
        if link is None:
            self.say("There is no link on this screen")
        else:
            self.open_url(link.url)

    def open_url(self, url: str) -> None:
        """Open an address in the browser; only ever on the reader's own doing."""
        if url.startswith(("http://", "https://")) and url.isprintable():
            self.app.open_url(url)
            self.say(f"Opened {one_line(url)}")
