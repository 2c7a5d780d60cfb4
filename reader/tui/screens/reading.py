"""The reading screen: the article, and beside it what it says of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.errors import EXIT_NOTHING_READABLE
from reader.tui.navigation import Moved
from reader.tui.screens.asking import Asking
from reader.tui.screens.reading_base import WIDE, ReadingBase
from reader.tui.screens.searching import Searching
from reader.tui.widgets.article_view import NARROWEST, WIDEST
from reader.tui.widgets.overview import Overview

if TYPE_CHECKING:
    from textual import events

    from reader.model.analysis import EntityType
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.panel import Panel

_MEASURE_STEP = 4


class ReadingScreen(Asking, Searching, ReadingBase):
    """Every action of the table is a method here or in the classes above."""

    def __init__(self) -> None:
        super().__init__()
        self._pending = ""  # "mark" or "go" while the letter of a mark is awaited

        # Before the first style is computed: a class that changes later costs a second computation.
        settings = self.reader.settings
        self.set_class(self.reader.size.width < WIDE, "-narrow")
        self.set_class(not settings.panel or self.narrow, "-panel-hidden")
        self.view.set_options(
            self.view.options._replace(
                measure=settings.measure, numbers=settings.paragraph_numbers, letters=settings.type_letters
            )
        )

    def on_mount(self) -> None:
        """Show the article, or ask for one; the rest comes when the text is on the screen."""
        reader = self.reader
        self.update_title()
        if reader.article is not None:
            self._show(reader.article)
        elif reader.early is not None:
            self.take_over(reader.early)
        elif reader.source is not None:
            self.open_source(reader.source)
        else:
            self.add_class("-no-article")
        self.call_after_refresh(self._settle)

    async def _settle(self) -> None:
        """Bring in what the first sight of the text does not need."""
        if self.reader.article is not None:
            self.analyse()
        elif self.reader.early is not None:
            self.go_on()
        elif self.reader.source is None:
            self.ask_for_article(leave=True)
        from reader.tui.widgets.panel import Panel

        self.panel = Panel(id="panel")
        await self.query_one("#side").mount(self.panel)
        self.update_panel()
        self.watch_file()
        self.reader.settled()

    def on_resize(self, event: events.Resize) -> None:
        """Put the panel beside the article or over it."""
        narrow = event.size.width < WIDE
        if narrow != self.narrow:
            self.set_class(narrow, "-narrow")
            self.show_panel(not narrow and self.reader.settings.panel)

    # Moving

    def action_line_down(self) -> None:
        """Scroll."""
        self.view.scroll_rows(1)

    def action_line_up(self) -> None:
        """Scroll."""
        self.view.scroll_rows(-1)

    def action_page_down(self) -> None:
        """Scroll by a page less two lines, so that the eye finds its place."""
        self.view.scroll_rows(max(1, self.view.size.height - 2))

    def action_page_up(self) -> None:
        """Scroll by a page less two lines."""
        self.view.scroll_rows(-max(1, self.view.size.height - 2))

    def action_half_page_down(self) -> None:
        """Scroll."""
        self.view.scroll_rows(max(1, self.view.size.height // 2))

    def action_half_page_up(self) -> None:
        """Scroll."""
        self.view.scroll_rows(-max(1, self.view.size.height // 2))

    def action_top(self) -> None:
        """Go to the beginning."""
        self.navigation.jump_rows(0)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.navigation.jump_rows(self.view.index.height)

    def action_next_paragraph(self) -> None:
        """Bring the next paragraph to the top."""
        self._paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Bring the paragraph before to the top."""
        self._paragraph(-1)

    def _paragraph(self, step: int) -> None:
        index, top = self.view.index, self.view.scroll_offset.y
        if not index.pieces:
            return
        piece = index.piece_at(top)
        first = index.first_row(max(0, piece))
        target = piece + step if step > 0 or first == top else piece
        row = index.first_row(min(max(0, target), len(index.pieces) - 1))
        self.view.scroll_to(y=0 if target <= 0 else row, animate=False)

    def action_back(self) -> None:
        """Back through jumps."""
        self.moved(self.navigation.back())

    def action_forward(self) -> None:
        """Forward through jumps."""
        self.moved(self.navigation.forward())

    def action_set_mark(self) -> None:
        """Await a letter."""
        self._pending = "mark"
        self.say("Mark this place: type a letter")

    def action_go_to_mark(self) -> None:
        """Await a letter."""
        self._pending = "go"
        known = " ".join(sorted(self._marks))
        self.say(f"Go to a mark: type its letter ({known or 'none set yet'}), or ' for the last place")

    def on_key(self, event: events.Key) -> None:
        """Take the letter of a mark."""
        if not self._pending:
            return
        pending, self._pending = self._pending, ""
        event.stop()
        event.prevent_default()
        letter = event.character or ""
        if pending == "go" and event.key == "apostrophe":
            self.action_back()
        elif not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
            self.say("No mark: its name is a letter")
        elif pending == "mark":
            self._marks[letter] = self.view.first_shown
            self.save_position()
            self.say(f"Marked as {letter}")
        elif letter in self._marks:
            self.navigation.jumps.leave(self.navigation.here)
            self.view.scroll_to(y=self.view.index.row_of(self._marks[letter]), animate=False)
            self.moved(Moved(True))
        else:
            self.say(f"There is no mark {letter}")

    # Names and quotations

    def action_next_mention(self) -> None:
        """Go to the next mention."""
        self._mention(1)

    def action_previous_mention(self) -> None:
        """Go to the mention before."""
        self._mention(-1)

    def action_next_person(self) -> None:
        """Go to the next person."""
        self._mention(1, "PERSON")

    def action_previous_person(self) -> None:
        """Go to the person before."""
        self._mention(-1, "PERSON")

    def action_next_place(self) -> None:
        """Go to the next place."""
        self._mention(1, "PLACE")

    def action_previous_place(self) -> None:
        """Go to the place before."""
        self._mention(-1, "PLACE")

    def action_next_organisation(self) -> None:
        """Go to the next organisation."""
        self._mention(1, "ORG")

    def action_previous_organisation(self) -> None:
        """Go to the organisation before."""
        self._mention(-1, "ORG")

    def _mention(self, step: int, type_: EntityType | None = None) -> None:
        self.moved(self.navigation.next_stop(step, type_))

    def action_next_same(self) -> None:
        """Go to the next mention of the same entity."""
        self.moved(self.navigation.next_same(1))

    def action_previous_same(self) -> None:
        """Go to the mention of the same entity before."""
        self.moved(self.navigation.next_same(-1))

    def action_next_quotation(self) -> None:
        """Go to the next quotation."""
        self.moved(self.navigation.next_quotation(1))

    def action_previous_quotation(self) -> None:
        """Go to the quotation before."""
        self.moved(self.navigation.next_quotation(-1))

    def action_speaker(self) -> None:
        """From quotation to speaker and back."""
        self.moved(self.navigation.speaker())

    def on_article_view_pressed(self, message: ArticleView.Pressed) -> None:
        """Make what was clicked on current; a click on what is current opens its card."""
        view = self.view
        link = next(view.links_in(message.offset, message.offset + 1), None)
        if link is not None and message.control_key:
            self.open_url(link.url)
            return
        highlights = view.highlights
        if highlights is None:
            return
        stop, quotation = highlights.stop_at(message.offset), highlights.quotation_at(message.offset)
        if stop is not None:
            if view.current == stop:
                self.action_open_card()
                return
            self.navigation.go_to_stop(stop)
        elif quotation is not None:
            if view.quotation == quotation and view.current is None:
                self.action_open_card()
                return
            self.navigation.go_to_quotation(quotation)
        else:
            self.navigation.let_go()
        self.moved(Moved(True))

    # Removed lines

    def action_removed(self) -> None:
        """Show what cleaning removed, in its place."""
        if self.article is None or not self.article.removed:
            self.say("Nothing was removed from this article")
            return
        shown = not self.view.options.removed
        self.view.removed_line = None
        self.set_options(removed=shown)
        if shown:
            count = len(self.article.removed)
            keys = [self.reader.key_of(name) for name in ("next_removed", "put_back", "keep_everything")]
            lines = "1 removed line" if count == 1 else f"{count} removed lines"
            self.say(f"{lines}: {keys[0]} goes to the next, {keys[1]} puts it back, {keys[2]} keeps all")
        else:
            self.say("")

    def action_next_removed(self) -> None:
        """Go to the next removed line."""
        self._removed(1)

    def action_previous_removed(self) -> None:
        """Go to the removed line before."""
        self._removed(-1)

    def _removed(self, step: int) -> None:
        if self.article is None or not self.article.removed:
            self.say("Nothing was removed from this article")
            return
        order = sorted(range(len(self.article.removed)), key=lambda n: (self.article_position(n), n))
        current = self.view.removed_line
        if current is not None:
            place = (order.index(current) + step) % len(order)
        else:
            top = self.view.first_shown if self.view.place else -1
            later = [i for i, n in enumerate(order) if self.article_position(n) >= top]
            place = later[0] if later and step > 0 else 0 if step > 0 else len(order) - 1
        self.show_removed_line(order[place])

    def article_position(self, number: int) -> int:
        """Where a removed line stood."""
        assert self.article is not None
        return self.article.removed[number].position

    def show_removed_line(self, number: int) -> None:
        """Go to a removed line, in its place."""
        assert self.article is not None
        self.view.removed_line = number
        if not self.view.options.removed:
            self.set_options(removed=True)
        self.view.reveal_removed(number)
        self.view.redraw()
        self.say(f"{self.reader.key_of('put_back')} puts this line back")

    def on_article_view_removed_pressed(self, message: ArticleView.RemovedPressed) -> None:
        """Select a removed line; a second click puts it back."""
        if self.view.removed_line == message.number:
            self.action_put_back()
        else:
            self.show_removed_line(message.number)

    # The view

    def on_article_view_scrolled(self) -> None:
        """Keep the rest of the screen in step."""
        self.query_one(Overview).refresh()
        self.update_status()
        self.panel_follows()

    def on_overview_pressed(self, message: Overview.Pressed) -> None:
        """Go to what is marked at that place, else to the place."""
        view = self.view
        if message.first >= view.index.height:
            return
        start = view.index.offset_of_row(message.first)
        end = view.index.offset_of_row(message.last) if message.last < view.index.height else 1 << 62
        quotations = view.highlights.quotations_in(start, end) if view.highlights else iter(())
        if (quotation := next(quotations, None)) is not None:
            self.navigation.go_to_quotation(quotation)
        else:
            self.navigation.jump_rows(max(0, message.first - view.size.height // 2))
        self.moved(Moved(True))

    def action_focus_mode(self) -> None:
        """Hide everything but the text."""
        alone = not self.has_class("-alone")
        self.set_class(alone, "-alone")
        if not alone and self._panel_behind:
            self.update_panel()
        self.view.focus()

    def action_highlights(self) -> None:
        """Show or hide the highlights."""
        shown = self.set_options(highlights=not self.view.options.highlights).highlights
        self.query_one(Overview).refresh()
        self.say("" if shown else f"Highlights are hidden: {self.reader.key_of('highlights')} shows them")

    def action_type_letters(self) -> None:
        """Show or hide the letters for types."""
        self.set_options(letters=not self.view.options.letters)

    def action_paragraph_numbers(self) -> None:
        """Show or hide paragraph numbers."""
        self.set_options(numbers=not self.view.options.numbers)

    def action_wider(self) -> None:
        """Make the lines longer."""
        self._measure(_MEASURE_STEP)

    def action_narrower(self) -> None:
        """Make the lines shorter."""
        self._measure(-_MEASURE_STEP)

    def _measure(self, by: int) -> None:
        # Counted from what is on the screen: beyond what fits nothing would change but the way back.
        measure = self.view.column[2] + by
        self.set_options(measure=max(NARROWEST, min(WIDEST, measure)))
        self.say(f"Lines of {self.view.column[2]} characters")

    # The panel

    def action_toggle_panel(self) -> None:
        """Show or hide the panel; over the article it takes the keys too."""
        self.remove_class("-alone")
        shown = not self.panel_shown
        self.show_panel(shown)
        if shown and self.narrow and self.panel is not None:
            self.panel.focus_list()

    def action_switch_focus(self) -> None:
        """Move the keys between article and panel."""
        if self.panel is None:
            return
        if self.panel.has_focus_within:
            if self.narrow:
                self.show_panel(False)
            self.view.focus()
        else:
            self.remove_class("-alone")
            self.show_panel()
            self.panel.focus_list()

    def _tab(self, name: str) -> None:
        if self.panel is not None:
            self.remove_class("-alone")
            self.show_panel()
            self.panel.open_tab(name)
            self.panel.focus_list()

    def action_show_quotations(self) -> None:
        """Open a tab of the panel."""
        self._tab("quotations")

    def action_show_people(self) -> None:
        """Open a tab of the panel."""
        self._tab("people")

    def action_show_places(self) -> None:
        """Open a tab of the panel."""
        self._tab("places")

    def action_show_organisations(self) -> None:
        """Open a tab of the panel."""
        self._tab("organisations")

    def action_show_removed(self) -> None:
        """Open a tab of the panel."""
        self._tab("removed")

    def action_show_about(self) -> None:
        """Open a tab of the panel."""
        self._tab("article")

    def on_panel_quotation_chosen(self, message: Panel.QuotationChosen) -> None:
        """Let the article follow the panel."""
        if self.found and (quotation := self.found.highlights.quotation(message.id)) is not None:
            self.navigation.go_to_quotation(quotation)
            self._chosen(message.final)

    def on_panel_entity_chosen(self, message: Panel.EntityChosen) -> None:
        """Let the article follow the panel."""
        if self.found and (entity := self.found.highlights.entity(message.id)) is not None:
            self.navigation.go_to_entity(entity, message.mention)
            self._chosen(message.final)

    def on_panel_removed_chosen(self, message: Panel.RemovedChosen) -> None:
        """Let the article follow the panel."""
        for number, line in enumerate(self.article.removed if self.article else ()):
            if line.line == message.line:
                self.show_removed_line(number)
                self._chosen(message.final)
                return

    def _chosen(self, final: bool) -> None:
        self.say("")
        self.query_one(Overview).refresh()
        if final:
            if self.narrow:
                self.show_panel(False)
            self.view.focus()

    def on_panel_restore_requested(self, message: Panel.RestoreRequested) -> None:
        """Put lines back."""
        self.restore_lines(message.lines)

    def on_panel_card_requested(self, message: Panel.CardRequested) -> None:
        """Open a card."""
        if message.kind == "entity":
            self.open_entity_card(message.id)
        else:
            self.open_quotation_card(message.id)

    # Letting go

    def action_escape(self) -> None:
        """Clear one thing after another, the newest first."""
        view = self.view
        if not view.has_focus:
            if self.narrow:
                self.show_panel(False)
            view.focus()
        elif view.selection is not None:
            view.select(0, 0)
        elif len(view.matches):
            from reader.tui.matches import Matches

            view.matches = Matches()
            self._drawn()
        elif self.navigation.let_go():
            self.query_one(Overview).refresh()
        elif view.options.removed:
            self.action_removed()
        elif self.has_class("-alone"):
            self.action_focus_mode()
        self.say("")

    def action_quit(self) -> None:
        """Close what is open on top, else leave the reader."""
        if self.has_class("-alone"):
            self.action_focus_mode()
        elif self.narrow and self.panel_shown:
            self.show_panel(False)
        else:
            self.leave_article()
            self.app.exit(EXIT_NOTHING_READABLE if self.unreadable else 0)

    def action_next_article(self) -> None:
        """Open the next of several articles."""
        self._article(1)

    def action_previous_article(self) -> None:
        """Open the article before."""
        self._article(-1)

    def _article(self, step: int) -> None:
        source = self.reader.neighbour(step)
        if source is None:
            self.say("There is no other article: several can be named on the command line")
        else:
            self.open_source(source)
