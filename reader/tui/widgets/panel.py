"""The panel beside the article: quotations, people, places, organisations, removed lines, the article itself.

It shows what it is given and says what the user chose; it never moves the article itself.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.tui.drawing.panel_contents import TYPES, Contents
from reader.tui.drawing.panel_keys import FILTER_HINTS, hints
from reader.tui.drawing.quotation_rows import FRAGMENTS, QuotationRows
from reader.tui.drawing.removed_rows import RemovedRows
from reader.tui.drawing.rows import NoRows
from reader.tui.widgets.panel_messages import (
    CardRequested,
    EntityChosen,
    KeysChanged,
    QuotationChosen,
    RemovedChosen,
    RestoreRequested,
)
from reader.tui.widgets.panel_tabs import TABS, PanelTabs
from reader.tui.widgets.panel_tools import PanelModes, PanelTools, ways_to_list
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from reader.index import Index
    from reader.tui.keys import KeyHint

# A panel with fewer lines than this lists more in them: its tabs have no rule, a quotation has one line.
_LOW = 14
_LINES_OF_A_QUOTATION = 3


class Panel(Widget):
    """The panel widget."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "next_tab(-1)", "Tab before", show=False),
        Binding("right", "next_tab(1)", "Tab after", show=False),
        Binding("slash", "filter", "Filter", show=False),
        Binding("s", "group", "By speaker", show=False),
        Binding("a", "doubtful", "Doubtful", show=False),
        Binding("f", "fragments", "Fragments", show=False),
        Binding("space", "card", "Card", show=False),
        Binding("n", "mention(1)", "Next mention", show=False),
        Binding("N", "mention(-1)", "Previous mention", show=False),
        Binding("u", "restore", "Put back", show=False),
        Binding("U", "restore_all", "Put all back", show=False),
        Binding("escape", "clear_filter", "Clear the filter", show=False),
    ]
    DEFAULT_CSS = """
    Panel {
        width: 1fr; layout: vertical; background: $surface; color: $foreground;
        & > #panel-list { height: 1fr; }
        & > #panel-empty { height: 1fr; padding: 1 2; color: $muted-text; display: none; }
        &.-low PanelTabs { height: 1; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._findings: Index | None = None
        self._busy: str | None = None
        self._failed: str | None = None
        self._contents = Contents(TABS[0].name)
        # What is current in the article, by what a tab shows; the tab selects it when it opens.
        self._current: dict[str, str | None] = {"quotation": None, "entity": None}
        self._mention: tuple[str, int] = ("", -1)

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield PanelTabs()
        yield PanelTools()
        yield RowList(id="panel-list")
        yield Static(id="panel-empty", markup=False)

    def on_mount(self) -> None:
        """Show what was given before."""
        self._rebuild(keep=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say more in few lines, or show more of every quotation."""
        low = event.size.height < _LOW
        self.set_class(low, "-low")
        lines = 1 if low else _LINES_OF_A_QUOTATION
        if lines != self._contents.lines:
            self._contents.lines = lines
            self._rebuild(keep=True)

    # What is shown

    @property
    def tab(self) -> str:
        """The open tab: quotations, people, places, organisations, removed or article."""
        return self._contents.tab

    @property
    def by_speaker(self) -> bool:
        """Whether quotations are grouped by speaker."""
        return self._contents.by_speaker

    def show(
        self,
        findings: Index,
        busy: str | None = None,
        failed: str | None = None,
    ) -> None:
        """Show an article and what is known of it so far.

        ``busy`` is what is being done ("Looking for speakers …"), ``failed`` why there is no analysis.
        Selection, filter and place stay when it is the same article.
        """
        if findings is self._findings and (busy, failed) == (self._busy, self._failed) and self.is_mounted:
            return
        same = self._findings is not None and self._findings.article.id == findings.article.id
        self._findings = findings
        self._busy, self._failed = busy, failed
        if not same:
            self._contents.query = ""
            self._contents.doubtful = False
            self._current = {"quotation": None, "entity": None}
        if self.is_mounted:
            if not same:
                self._tools.field.value = ""
            self._rebuild(keep=same)

    def open_tab(self, name: str) -> None:
        """Open a tab."""
        if name != self.tab:
            self._contents.tab = name
            self._contents.query = ""
            if self.is_mounted:
                self._tools.field.value = ""
                self._rebuild(keep=False)

    def select_quotation(self, id: str | None) -> None:
        """Select a quotation without a message, now or when its tab opens."""
        self._current["quotation"] = id
        if self.tab == "quotations":
            self._follow(self._row_of(id))

    def select_entity(self, id: str | None) -> None:
        """Select an entity without a message, now or when its tab opens."""
        self._current["entity"] = id
        if self.tab in TYPES:
            self._follow(id)

    def _row_of(self, quotation_id: str | None) -> str | None:
        """Return the key of the row that shows a quotation."""
        rows = self._list.rows if self.is_mounted else None
        if quotation_id is None or not isinstance(rows, QuotationRows):
            return None
        return rows.key_of(quotation_id)

    def _follow(self, id: str | None) -> None:
        if self.is_mounted and id is not None and self._list.selected != id:
            self._list.select(id, centre=True)

    def focus_list(self) -> None:
        """Give the keys to the list."""
        self._list.focus()
        if self._list.selected is None:
            self._list.action_move(1)

    @property
    def _list(self) -> RowList:
        return self.query_one("#panel-list", RowList)

    @property
    def _tools(self) -> PanelTools:
        return self.query_one(PanelTools)

    def _rebuild(self, *, keep: bool) -> None:
        findings, contents = self._findings, self._contents
        rows = contents.rows(findings, self._failed) if findings else NoRows()
        self._list.replace(rows, keep=keep)
        if not keep and self.tab == "quotations":
            self._list.select(self._row_of(self._current["quotation"]), centre=True)
        elif not keep and self.tab in TYPES:
            self._list.select(self._current["entity"], centre=True)
        if findings:
            counts = {name: sum(findings.counts[kind] for kind in kinds) for name, kinds in TYPES.items()}
            counts["quotations"] = len(findings.analysis.quotations)
            counts["removed"] = len(findings.article.removed)
            self.query_one(PanelTabs).update(self.tab, counts)
        empty = not rows.keys
        message = self.query_one("#panel-empty", Static)
        if empty:
            message.update(Content(contents.why_empty(findings, self._busy, self._failed)))
        message.display, self._list.display = empty, not empty
        self._tools.display = self.tab != "article"
        said = self.tab != "places" if self.tab in TYPES and not empty else None
        doubtful = len(findings.doubtful) if findings else 0
        modes = ways_to_list(contents, doubtful) if self.tab == "quotations" else ()
        self._tools.update(modes, said=said)
        self.post_message(KeysChanged())

    # What the user does

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that work here."""
        if self._tools.field.has_focus:
            return FILTER_HINTS
        return hints(self.tab, filtered=self._contents.filtered)

    def action_choose(self) -> None:
        """Go to what is selected."""
        self._list.action_choose()

    async def action_leave(self) -> None:
        """Go back to the article."""
        await self.screen.run_action("act('escape')")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys that mean nothing here to the screen."""
        if action == "clear_filter":
            return self._contents.filtered or self._tools.field.has_focus
        if action in ("restore", "restore_all"):
            return self.tab == "removed"
        if action in ("group", "doubtful", "fragments"):
            return self.tab == "quotations"
        if action == "mention":
            return self.tab in TYPES
        return True

    def action_next_tab(self, by: int) -> None:
        """Open the tab before or after."""
        names = [tab.name for tab in TABS]
        self.open_tab(names[(names.index(self.tab) + by) % len(names)])

    def action_filter(self) -> None:
        """Start to type a filter."""
        if self.tab == "article":
            self.open_tab("quotations")
        self._tools.open_field()

    def action_to_list(self) -> None:
        """Go from the filter to what it found."""
        self.focus_list()

    def action_clear_filter(self) -> None:
        """Show everything again."""
        self.end_filter()
        self._list.focus()

    def end_filter(self) -> bool:
        """Show everything again. Returns whether something was kept from view."""
        contents = self._contents
        filtered = contents.filtered
        if contents.query or not contents.doubtful:
            contents.query = self._tools.field.value = ""
        else:
            contents.doubtful = False
        if filtered:
            self._relist()
        return filtered

    def action_group(self) -> None:
        """Group the quotations by speaker, or not."""
        self.action_list_by(not self._contents.by_speaker)

    def action_list_by(self, by_speaker: bool) -> None:
        """List the quotations by speaker, or in order."""
        self._contents.by_speaker = by_speaker
        self._relist()

    def action_doubtful(self) -> None:
        """List the doubtful quotations alone, or all."""
        self._contents.doubtful = not self._contents.doubtful
        self._relist()

    def action_fragments(self) -> None:
        """Show fragments, or fold them."""
        self._contents.fragments = not self._contents.fragments
        self._relist()

    def _relist(self) -> None:
        """List other rows, or in another order, and keep the selection in view."""
        selected = self._list.selected
        self._rebuild(keep=False)
        if selected is not None:
            self._list.select(selected, centre=True)

    def action_card(self) -> None:
        """Ask for the card of what is selected."""
        if (key := self._list.selected) is None or key == FRAGMENTS:
            return
        if self.tab == "quotations":
            self.post_message(CardRequested("quotation", key))
        elif entity := self._entity_of(key):
            self.post_message(CardRequested("entity", entity))

    def action_mention(self, by: int) -> None:
        """Go on to another mention of the selected entity."""
        key = self._list.selected
        if key is None or self._findings is None or (entity := self._findings.entity(key)) is None:
            return
        starts = [mention.start for mention in entity.mentions]
        at = bisect_left(starts, self._mention[1]) if self._mention[0] == key else 0
        if starts:
            self._mention = (key, starts[(at + by) % len(starts)])
            self.post_message(EntityChosen(*self._mention, final=False))

    def action_restore(self) -> None:
        """Ask for the selected removed line, or run of lines, back."""
        rows, key = self._list.rows, self._list.selected
        if key is not None and isinstance(rows, RemovedRows):
            self.post_message(RestoreRequested(rows.lines(key)))

    def action_restore_all(self) -> None:
        """Ask for all removed lines back."""
        if self._findings and self._findings.article.removed:
            lines = tuple(line.line for line in self._findings.article.removed)
            self.post_message(RestoreRequested(lines))

    def on_tab_row_chosen(self, message: PanelTabs.Chosen) -> None:
        """Open the tab that was clicked."""
        message.stop()
        self.open_tab(message.name)

    async def on_panel_modes_chosen(self, message: PanelModes.Chosen) -> None:
        """List in the way that was clicked."""
        message.stop()
        await self.run_action(message.action)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter."""
        message.stop()
        if message.value != self._contents.query:
            self._contents.query = message.value
            self._rebuild(keep=True)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the filter to what it found."""
        message.stop()
        self.focus_list()

    def on_key(self, event: events.Key) -> None:
        """Go from the filter into the list with the arrow."""
        if event.key in ("down", "up") and self._tools.field.has_focus:
            event.stop()
            self.focus_list()

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Tell what was selected."""
        message.stop()
        self._tell(message.key, final=False)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Tell what was chosen, or unfold it; a double click asks for the card."""
        message.stop()
        rows = self._list.rows
        if message.key == FRAGMENTS:
            self.action_fragments()
        elif isinstance(rows, RemovedRows) and rows.is_run(message.key):
            self._contents.unfolded ^= {message.key}
            self._rebuild(keep=True)
        elif message.clicks == 2 and self.tab != "removed":
            self.action_card()
        else:
            self._tell(message.key, final=True)

    def _entity_of(self, key: str) -> str | None:
        """Return the entity that a row of an entity tab or of the balance stands for."""
        key = key.removeprefix("share ")
        return key if self._findings and self._findings.entity(key) else None

    def _tell(self, key: str, *, final: bool) -> None:
        if self.tab == "quotations":
            if key != FRAGMENTS:
                self._current["quotation"] = key
                self.post_message(QuotationChosen(key, final))
        elif self.tab == "removed":
            # Looking through them leaves the article as it is.
            if final:
                self.post_message(RemovedChosen(int(key)))
        elif entity := self._entity_of(key):
            self._current["entity"] = entity
            self._mention = (entity, 0)
            self.post_message(EntityChosen(entity, None, final))
