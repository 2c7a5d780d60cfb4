"""What opens on top of the article, and what its answers do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.source import is_address
from reader.text.safety import one_line
from reader.tui.drawing import lines
from reader.tui.session import Failed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from reader.index import Index
    from reader.tui.app import ReaderApp
    from reader.tui.controllers.clipboard import Clipboard
    from reader.tui.controllers.names import Names
    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.quotations import Quotations
    from reader.tui.controllers.telling import Telling
    from reader.tui.screens.results import CardResult, Exported, HomeResult
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView

    Act = Callable[[str], Awaitable[None]]


class Dialogs:
    """Opens cards and dialogs and acts on what they answer."""

    def __init__(
        self,
        app: ReaderApp,
        session: Session,
        view: ArticleView,
        names: Names,
        quotations: Quotations,
        clipboard: Clipboard,
        opening: Opening,
        open_several: Callable[[Sequence[str]], None],
        confirm: Callable[[str], None],
        telling: Telling,
        tour: Callable[[], None],
        feeds: Callable[[], None],
    ) -> None:
        self._app, self._session, self._view = app, session, view
        self._names, self._quotations = names, quotations
        self._clipboard, self._opening, self._telling = clipboard, opening, telling
        self._open_several, self._confirm, self._tour, self._feeds = open_several, confirm, tour, feeds

    # Cards

    def open_card(self) -> None:
        """Open the card of the current name or quotation."""
        cursor = self._view.cursor
        if cursor.mention is not None and cursor.mention.entity.id:
            self.entity_card(cursor.mention.entity.id, cursor.mention.start)
        elif cursor.quotation is not None:
            self.quotation_card(cursor.quotation.id)
        else:
            name, quotation = self._telling.key_of("next_mention"), self._telling.key_of("next_quotation")
            self._telling.say(f"Go to a name ({name}) or a quotation ({quotation}) first")

    def entity_card(self, entity_id: str, mention: int | None = None) -> None:
        """Open the card of an entity; ``mention`` is the offset of the one that the reader came from."""
        shown = self._session.shown
        findings = shown.findings if shown is not None else None
        if findings is not None and (entity := findings.entity(entity_id)) is not None:
            from reader.tui.screens.entity_card import EntityCard

            card = EntityCard(findings, entity, mention, above=self._covered())
            self._app.push_screen(card, self._answer)

    def quotation_card(self, quotation_id: str) -> None:
        """Open the card of a quotation."""
        shown = self._session.shown
        findings = shown.findings if shown is not None else None
        if findings is not None and (quotation := findings.quotation(quotation_id)) is not None:
            from reader.tui.screens.quotation_card import QuotationCard

            card = QuotationCard(findings, quotation, above=self._covered())
            self._app.push_screen(card, self._answer)

    def _covered(self) -> bool:
        """Move what is current out of the way of a card. Returns whether that cannot be done."""
        from reader.tui.screens.card import card_height

        view = self._view
        current = view.cursor.mention or view.cursor.quotation
        if current is None or view.page is None or not view.is_shown(current.start):
            return False
        free = self._app.size.height - card_height(self._app.size.height) - view.region.y
        first, last = view.index.row_of(current.start), view.index.row_of(current.end - 1)
        if last - view.scroll_offset.y < free:
            return False
        wanted = max(0, min(first, last - free + 1))
        if wanted > view.max_scroll_y:
            return True
        view.scroll_to(y=wanted, animate=False)
        return False

    def show_more(self, findings: Index) -> None:
        """Tell a card that is open what is known now."""
        from reader.tui.screens.card import Card

        if isinstance(self._app.screen, Card):
            self._app.screen.show(findings)

    def _answer(self, result: CardResult | None) -> None:
        from reader.tui.screens.results import (
            Confirm,
            Copy,
            GoToMention,
            GoToQuotation,
            GoToSpeaker,
            OpenEntityCard,
            OpenQuotationCard,
        )

        findings = self._view.findings
        if result is None or findings is None:
            return
        if isinstance(result, GoToMention):
            if (entity := findings.entity(result.entity)) is not None:
                self._names.go_to_entity(entity, result.mention)
        elif isinstance(result, GoToQuotation | GoToSpeaker):
            if (quotation := findings.quotation(result.quotation)) is not None:
                self._quotations.go_to(quotation)
                if isinstance(result, GoToSpeaker) and quotation.speaker is not None:
                    self._quotations.go_to_speaker(quotation, quotation.speaker)
        elif isinstance(result, Confirm):
            self._confirm(result.quotation)
        elif isinstance(result, OpenEntityCard):
            self.entity_card(result.entity)
        elif isinstance(result, OpenQuotationCard):
            self.quotation_card(result.quotation)
        elif isinstance(result, Copy):
            self._clipboard.put(result.text, result.what)

    # Dialogs

    def help(self, act: Act) -> None:
        """Show all keys; ``act`` does what is picked there."""
        from reader.tui.screens.help import HelpScreen

        screen = HelpScreen(self._app.actions, problems=self._app.key_problems)
        self._app.push_screen(screen, _doing(act))

    def palette(self, act: Act) -> None:
        """Find a command by its name; ``act`` does what is picked there."""
        from reader.tui.screens.help import Palette

        self._app.push_screen(Palette(self._app.actions), _doing(act))

    def theme(self) -> None:
        """Choose a theme."""
        self._app.choose_theme()

    def export(self) -> None:
        """Export the article."""
        shown = self._session.shown
        if shown is None:
            return
        if shown.findings is None or lines.busy(self._session.state):
            self._telling.say("The analysis is not finished: the export holds what is known so far")
        from reader.model.analysis import Analysis
        from reader.tui.screens.export_dialog import ExportDialog

        dialog = ExportDialog(
            shown.article,
            shown.findings.analysis if shown.findings else Analysis(),
            theme=self._app.chosen_theme,
            selection=self._view.cursor.selection,
        )
        self._app.push_screen(dialog, self._exported)

    def _exported(self, result: Exported | None) -> None:
        if result is not None:
            self._telling.say(f"Written: {one_line(str(result.path))}")

    def home(self, otherwise: Callable[[], object] | None = None) -> None:
        """Ask what to open; ``otherwise`` is done when nothing is chosen and nothing is on the screen."""
        from reader.tui.screens.home import HomeScreen, Recent
        from reader.tui.screens.results import OpenFeeds, OpenSource, OpenText, TakeTour

        def act(result: HomeResult | None) -> None:
            if isinstance(result, OpenSource):
                self._open(result.source)
            elif isinstance(result, OpenText):
                self._opening.text(result.text)
            elif isinstance(result, TakeTour):
                self._tour()
            elif isinstance(result, OpenFeeds):
                self._feeds()
            elif otherwise is not None and self._session.shown is None:
                otherwise()

        recent = [Recent(left.title, left.source, _ago(left.at)) for left in self._app.positions.recent()]
        state = self._session.state
        problem, source = "", ""
        if isinstance(state, Failed) and state.source:
            problem, source = " ".join(f"{part}." for part in state.trouble if part), state.source
        screen = HomeScreen(
            recent, problem=problem or None, source=source, feeds=self._app.librarian.path is not None
        )
        self._app.push_screen(screen, act)

    def _open(self, source: str) -> None:
        """Open a source; a folder is all that can be read in it."""
        path = Path(source).expanduser()
        if is_address(source) or not path.is_dir():
            self._opening.source(source if is_address(source) else str(path))
            return
        from reader.ingest import expand

        found = list(expand([str(path)]))
        if len(found) > 1:
            self._open_several(found)
        else:
            self._opening.source(found[0] if found else str(path))


def _doing(act: Act) -> Callable[[str | None], Awaitable[None]]:
    async def do(name: str | None) -> None:
        if name:
            await act(name)

    return do


def _ago(at: int) -> str:
    """Return how long ago a moment was, in words."""
    days = (date.today() - date.fromtimestamp(at)).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
