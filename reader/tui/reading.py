"""The reading screen: the article, and beside it what it says of whom.

It puts the parts together, shows the state of its session, and passes on what happens to the controllers.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from reader.tui.actions import ACTIONS
from reader.tui.controls import Controls
from reader.tui.drawing.page import Page
from reader.tui.session import Failed, Nothing, Session, Showing
from reader.tui.watching import Watched
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.bars import Bar, KeyBar, NoticeBar, StateView
from reader.tui.widgets.overview import Overview

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.app import ReaderApp
    from reader.tui.controllers.cataloguing import Catalogued
    from reader.tui.controllers.opening import Reported
    from reader.tui.session import State
    from reader.tui.widgets.panel import Panel
    from reader.tui.widgets.panel_messages import (
        CardRequested,
        EntityChosen,
        QuotationChosen,
        RemovedChosen,
        RestoreRequested,
    )
    from reader.tui.widgets.search_bar import SearchBar

# From this width on the panel stands beside the article; on narrower screens below it.
WIDE = 100
_SECONDS_BETWEEN_LOOKS = 2.0


class ReadingScreen(Screen[None]):
    """Shows one article at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            ",".join(action.keys),
            f"act('{action.name}')",
            action.title,
            show=False,
            id=action.name,
            # What is typed right after it belongs into the field: the focus must move before it comes.
            priority=action.name == "search",
        )
        for action in ACTIONS
    ]
    AUTO_FOCUS = "#article"
    DEFAULT_CSS = """
    ReadingScreen {
        background: $background;
        & > #title { text-style: bold; }
        & > #body { height: 1fr; }
        & #page { width: 1fr; height: 1fr; }
        & #state { display: none; }
        & #side { width: 38%; min-width: 36; max-width: 60; height: 1fr; background: $surface; }
        &.-narrow > #body { layout: vertical; }
        &.-narrow #side {
            width: 100%; max-width: 100%; height: 38%; min-height: 9; border-top: solid $frame;
        }
        &.-panel-hidden #side { display: none; }
        & > #search { display: none; }
        &.-searching > #search { display: block; }
        &.-searching > #status { display: none; }
        &.-alone {
            & > #title, & > #notice.-shown, & > #status, & > #keys, & #side, & #overview { display: none; }
        }
        &.-no-article #article, &.-no-article #overview, &.-no-article #side { display: none; }
        &.-no-article #state { display: block; }
    }
    """

    def __init__(self, app: ReaderApp) -> None:
        super().__init__()
        self._reader = app
        self.session = Session(self._changed, self._apart)
        self.view = ArticleView(id="article", osc8=app.osc8)
        self.controls = Controls(app, self, self.session, self.view)
        self._watched = Watched()
        # Before the first style is computed: a class that changes later costs a second computation.
        settings = app.settings
        narrow = app.size.width < WIDE
        self.set_class(narrow, "-narrow")
        self.set_class(not settings.panel or narrow, "-panel-hidden")
        self.view.set_options(
            self.view.options._replace(
                measure=settings.measure, numbers=settings.paragraph_numbers, letters=settings.type_letters
            )
        )

    def compose(self) -> ComposeResult:
        """Put the parts together; the panel follows when the text is on the screen."""
        yield Bar(id="title")
        yield NoticeBar(id="notice")
        with Horizontal(id="body"):
            with Horizontal(id="page"):
                yield StateView(id="state")
                yield self.view
                yield Overview(self.view, id="overview")
            yield Horizontal(id="side")
        yield Bar(id="status")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the article, or ask for one; the rest comes when the text is on the screen."""
        app, opening = self._reader, self.controls.opening
        if app.article is not None:
            self.session.show(app.article)
        elif app.early is not None:
            opening.take_over(app.early)
        elif len(app.sources) > 1:
            self.controls.shelf.list()
        elif app.source is not None:
            opening.source(app.source)
        if isinstance(self.session.state, Nothing):
            self.controls.telling.update()
        self.call_after_refresh(self._settle)

    async def _settle(self) -> None:
        """Bring in what the first sight of the text does not need."""
        app, controls = self._reader, self.controls
        if app.article is not None:
            controls.opening.analyse()
        elif app.early is not None:
            controls.opening.go_on()
        elif app.source is None:
            controls.collection.begin(lambda: controls.dialogs.home(lambda: app.exit(0)))
        await controls.link.bring_in()
        if len(app.sources) > 1:
            controls.cataloguing.go_on()
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self.look_at_file)
        app.settled()

    # What is shown

    def _changed(self, before: State) -> None:
        """Show the state of the session; only what differs from the state before is drawn anew."""
        state, shown, was = self.session.state, self.session.shown, before.shown
        if isinstance(state, Failed) and self._reader.speaks_of(state):
            return
        controls = self.controls
        if (shown.article if shown else None) is not (was.article if was else None):
            self._show_article(shown)
        found = shown.found if shown else None
        if found is not None and (was is None or found is not was.found):
            self.view.show_findings(found.findings)
            if self.app.screen is not self:
                self.controls.dialogs.show_more(found.findings)
            self.query_one(Overview).refresh()
        if len(self._reader.sources) > 1:
            self.call_later(controls.shelf.follow)
        controls.telling.update()
        # The panel has a turn of the loop of its own: together they would hold up a key.
        self.call_after_refresh(self._panel_catches_up)

    def _apart(self, work: Callable[[], Showing], deliver: Callable[[Showing], None]) -> None:
        """Do something in a thread, and deliver what comes of it in a turn of the loop of its own."""

        def run() -> None:
            result = work()
            with suppress(RuntimeError):  # the thread may outlive the screen by a moment
                self.app.call_later(deliver, result)

        Thread(target=run, name="decisions", daemon=True).start()

    def _show_article(self, shown: Showing | None) -> None:
        controls = self.controls
        controls.trail.forget()
        if self.has_class("-searching"):
            controls.searching.abandon()
        if shown is None:
            self.view.show(None)
            return
        offset = controls.keeping.arrive(shown.article)
        self._watched = Watched.of(shown.article.source)
        self.view.show(Page(shown.article, raw=self._reader.options.raw), offset)
        if offset:
            key = self._reader.key_of("top")
            controls.telling.say(f"Continued where you left it. {key} goes to the beginning")
        else:
            controls.telling.say("")

    def _panel_catches_up(self) -> None:
        self.controls.link.update()
        shown = self.session.shown
        if shown is not None and shown.complete:
            self.controls.link.follow()

    @property
    def panel(self) -> Panel | None:
        """The panel, once there is one."""
        return self.controls.link.panel

    def look_at_file(self) -> None:
        """Offer to reload a file that has changed."""
        if self._watched.changed():
            self.session.file_changed()

    # What happens

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let fields, and what lies on top, have the key for searching."""
        searches = action == "act" and parameters == ("search",)
        return not (searches and self.app.screen.focused is not self.view)

    async def action_act(self, name: str) -> None:
        """Do an action of the table."""
        await self.controls.act(name)

    def on_reported(self, message: Reported) -> None:
        """Take what comes from the background."""
        message.stop()
        if self.controls.opening.report(message):
            self.view.focus()
            self.call_after_refresh(self.controls.opening.go_on)

    def on_catalogued(self, message: Catalogued) -> None:
        """Take what is known of several articles."""
        message.stop()
        self.controls.cataloguing.take(message)

    def on_resize(self, event: events.Resize) -> None:
        """Put the panel beside the article or below it."""
        narrow = event.size.width < WIDE
        if narrow != self.controls.link.below:
            self.set_class(narrow, "-narrow")
            self.controls.link.show(not narrow and self._reader.settings.panel)

    def on_key(self, event: events.Key) -> None:
        """Take the letter of a mark, the number of a link."""
        if self.controls.marks.take(event) or self.controls.links.take(event):
            event.stop()
            event.prevent_default()

    def on_article_view_moved(self) -> None:
        """Keep the rest of the screen in step."""
        self.query_one(Overview).refresh()
        self.controls.telling.update_status()
        self.controls.link.follow()

    def on_article_view_pressed(self, message: ArticleView.Pressed) -> None:
        """Make what was clicked on current; a click on what is current opens its card."""
        self.controls.pointing.press(message.offset, control=message.control_key)

    def on_article_view_removed_pressed(self, message: ArticleView.RemovedPressed) -> None:
        """Select a removed line; a second click puts it back."""
        self.controls.removed.press(message.number)

    def on_overview_pressed(self, message: Overview.Pressed) -> None:
        """Go to what is marked at that place, else to the place."""
        self.controls.pointing.press_overview(message.first, message.last)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Do what the key does, where it does it."""
        await (self.controls.telling.hinted or self).run_action(message.action)

    def on_descendant_focus(self) -> None:
        """Show the keys that work there."""
        self.controls.telling.update_keys()

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Search for what is typed so far."""
        message.stop()
        self.controls.searching.look_for(message.query, message.mode)

    def on_search_bar_closed(self, message: SearchBar.Closed) -> None:
        """Keep the matches, or go back to where the search began."""
        message.stop()
        self.controls.searching.close(accepted=message.accepted)

    def on_panel_keys_changed(self) -> None:
        """Show the keys that work there."""
        self.controls.telling.update_keys()

    def on_panel_quotation_chosen(self, message: QuotationChosen) -> None:
        """Let the article follow the panel."""
        self.controls.choices.quotation(message)

    def on_panel_entity_chosen(self, message: EntityChosen) -> None:
        """Let the article follow the panel."""
        self.controls.choices.entity(message)

    def on_panel_removed_chosen(self, message: RemovedChosen) -> None:
        """Let the article follow the panel."""
        self.controls.choices.removed(message)

    def on_panel_restore_requested(self, message: RestoreRequested) -> None:
        """Put lines back."""
        self.controls.choices.restore(message)

    def on_panel_card_requested(self, message: CardRequested) -> None:
        """Open a card."""
        self.controls.choices.card(message)
