"""The panel beside the article: quotations, people, places, organisations, removed lines, the article itself.

It shows what it is given and says what the user chose; it never moves the article itself.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.tui.widgets.panel_keys import EMPTY, hints
from reader.tui.widgets.panel_rows import (
    NAMED_COLUMN,
    SAID_COLUMN,
    AboutRows,
    EntityRows,
    QuotationRows,
    RemovedRows,
    SpeakerRows,
)
from reader.tui.widgets.panel_tabs import TABS, PanelTabs
from reader.tui.widgets.row_list import NoRows, RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from reader.index import Index
    from reader.model.analysis import EntityType
    from reader.tui.keys import KeyHint
    from reader.tui.widgets.row_list import Rows

_TYPES: dict[str, tuple[EntityType, ...]] = {
    "people": ("PERSON", "GROUP"),
    "places": ("PLACE",),
    "organisations": ("ORG",),
}


class Panel(Widget):
    """The panel widget."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "next_tab(-1)", "Tab before", show=False),
        Binding("right", "next_tab(1)", "Tab after", show=False),
        Binding("slash", "filter", "Filter", show=False),
        Binding("s", "group", "By speaker", show=False),
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
        & #panel-tools {
            height: 1; padding: 0 1;
            & > #panel-mode { width: auto; margin-right: 2; color: $muted-text; pointer: pointer; }
            & > #panel-columns { width: auto; margin-right: 1; color: $muted-text; }
            & > #panel-filter {
                width: 1fr; height: 1; border: none; padding: 0;
                background: $surface; color: $foreground;
                &:focus { background: $quotation-background; background-tint: transparent; }
            }
        }
        & > #panel-list { height: 1fr; }
        & > #panel-empty { height: 1fr; padding: 1 2; color: $muted-text; display: none; }
        & > #panel-busy { height: 1; padding: 0 1; color: $muted-text; display: none; }
    }
    """

    class TabOpened(Message):
        """Another tab is open, with other keys."""

    class QuotationChosen(Message):
        """The user selected a quotation; ``final`` when by Enter or a click."""

        def __init__(self, id: str, final: bool = True) -> None:
            super().__init__()
            self.id = id
            self.final = final

    class EntityChosen(Message):
        """The user selected an entity, or one of its mentions by offset (None: whichever is nearest)."""

        def __init__(self, id: str, mention: int | None = None, final: bool = True) -> None:
            super().__init__()
            self.id = id
            self.mention = mention
            self.final = final

    class RemovedChosen(Message):
        """The user selected a removed line, by its number in the source."""

        def __init__(self, line: int, final: bool = True) -> None:
            super().__init__()
            self.line = line
            self.final = final

    class RestoreRequested(Message):
        """The user wants removed lines back, by their numbers in the source."""

        def __init__(self, lines: tuple[int, ...]) -> None:
            super().__init__()
            self.lines = lines

    class CardRequested(Message):
        """The user wants to see the card of a quotation or an entity."""

        def __init__(self, kind: Literal["quotation", "entity"], id: str) -> None:
            super().__init__()
            self.kind = kind
            self.id = id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._findings: Index | None = None
        self._busy: str | None = None
        self._failed: str | None = None
        self._analysed = False
        self._tab = TABS[0].name
        self._by_speaker = False
        self._query = ""
        # What is current in the article, by what a tab shows; the tab selects it when it opens.
        self._current: dict[str, str | None] = {"quotation": None, "entity": None}
        self._mention: tuple[str, int] = ("", -1)

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield PanelTabs()
        with Horizontal(id="panel-tools"):
            yield Static(id="panel-mode", markup=False)
            yield Input(id="panel-filter", placeholder="/ filter", compact=True)
            yield Static(
                f"{'said':>{SAID_COLUMN}}{'named':>{NAMED_COLUMN}}", id="panel-columns", markup=False
            )
        yield RowList(id="panel-list")
        yield Static(id="panel-empty", markup=False)
        yield Static(id="panel-busy", markup=False)

    def on_mount(self) -> None:
        """Show what was given before."""
        self._rebuild(keep=False)

    # What is shown

    @property
    def tab(self) -> str:
        """The open tab: quotations, people, places, organisations, removed or article."""
        return self._tab

    @property
    def by_speaker(self) -> bool:
        """Whether quotations are grouped by speaker."""
        return self._by_speaker

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
        same = self._findings is not None and self._findings.article.id == findings.article.id
        self._findings = findings
        self._busy, self._failed = busy, failed
        if not same:
            self._query = ""
            self._current = {"quotation": None, "entity": None}
        if self.is_mounted:
            if not same:
                self._input.value = ""
            self._rebuild(keep=same)

    def open_tab(self, name: str) -> None:
        """Open a tab."""
        if name != self._tab:
            self._tab = name
            self._query = ""
            self.post_message(self.TabOpened())
            if self.is_mounted:
                self._input.value = ""
                self._rebuild(keep=False)

    def select_quotation(self, id: str | None) -> None:
        """Select a quotation without a message, now or when its tab opens."""
        self._current["quotation"] = id
        if self._tab == "quotations":
            self._follow(id)

    def select_entity(self, id: str | None) -> None:
        """Select an entity without a message, now or when its tab opens."""
        self._current["entity"] = id
        if self._tab in _TYPES:
            self._follow(id)

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
    def _input(self) -> Input:
        return self.query_one("#panel-filter", Input)

    def _rows(self, findings: Index) -> Rows:
        if self._tab == "quotations":
            return (SpeakerRows if self._by_speaker else QuotationRows)(findings, self._query)
        if self._tab in _TYPES:
            return EntityRows(findings, _TYPES[self._tab], self._query)
        if self._tab == "removed":
            return RemovedRows(findings.article.removed, self._query)
        return AboutRows(findings, [self._failed] if self._failed else [])

    def _rebuild(self, *, keep: bool) -> None:
        findings = self._findings
        rows = self._rows(findings) if findings else NoRows()
        self._list.replace(rows, keep=keep)
        if not keep and self._tab == "quotations":
            self._list.select(self._current["quotation"], centre=True)
        elif not keep and self._tab in _TYPES:
            self._list.select(self._current["entity"], centre=True)
        if findings:
            counts = {name: sum(findings.counts[kind] for kind in kinds) for name, kinds in _TYPES.items()}
            counts["quotations"] = len(findings.analysis.quotations)
            counts["removed"] = len(findings.article.removed)
            self.query_one(PanelTabs).update(self._tab, counts)
        self._update_tools(empty=not rows.keys)

    def _update_tools(self, *, empty: bool) -> None:
        message = self.query_one("#panel-empty", Static)
        if empty:
            message.update(Content(self._why_empty()))
        message.display, self._list.display = empty, not empty
        busy = self.query_one("#panel-busy", Static)
        busy.display = bool(self._busy)
        busy.update(Content(self._busy or ""))
        self.query_one("#panel-tools").display = self._tab != "article"
        mode = self.query_one("#panel-mode", Static)
        mode.display = self._tab == "quotations"
        columns = self.query_one("#panel-columns", Static)
        columns.display = self._tab in _TYPES and not empty
        said = "" if self._tab == "places" else "said"
        columns.update(f"{said:>{SAID_COLUMN}}{'named':>{NAMED_COLUMN}}")
        looks = ("", "bold $accent") if self._by_speaker else ("bold $accent", "")
        mode.update(Content.assemble(("In order", looks[0]), " · ", ("By speaker", looks[1])))

    def _why_empty(self) -> str:
        if self._query:
            return f"Nothing here contains “{self._query}”. Esc clears the filter."
        if self._tab != "removed" and self._failed:
            return self._failed
        if self._tab != "removed" and (self._busy or self._findings is None or not self._findings.analysed):
            return self._busy or "Not analysed yet."
        return EMPTY[self._tab]

    # What the user does

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that work here."""
        return hints(self._tab)

    def action_choose(self) -> None:
        """Go to what is selected."""
        self._list.action_choose()

    async def action_leave(self) -> None:
        """Go back to the article."""
        await self.screen.run_action("act('escape')")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys that mean nothing here to the screen."""
        if action == "clear_filter":
            return bool(self._query) or self._input.has_focus
        if action in ("restore", "restore_all"):
            return self._tab == "removed"
        if action == "group":
            return self._tab == "quotations"
        if action == "mention":
            return self._tab in _TYPES
        return True

    def action_next_tab(self, by: int) -> None:
        """Open the tab before or after."""
        names = [tab.name for tab in TABS]
        self.open_tab(names[(names.index(self._tab) + by) % len(names)])

    def action_filter(self) -> None:
        """Start to type a filter."""
        if self._tab == "article":
            self.open_tab("quotations")
        self._input.focus()

    def action_clear_filter(self) -> None:
        """Show everything again."""
        self._input.value = ""
        self._list.focus()

    def action_group(self) -> None:
        """Group the quotations by speaker, or not."""
        self._by_speaker = not self._by_speaker
        selected = self._list.selected
        self._rebuild(keep=False)
        self._list.select(selected, centre=True)

    def action_card(self) -> None:
        """Ask for the card of what is selected."""
        if (key := self._list.selected) is None:
            return
        if self._tab == "quotations":
            self.post_message(self.CardRequested("quotation", key))
        elif entity := self._entity_of(key):
            self.post_message(self.CardRequested("entity", entity))

    def action_mention(self, by: int) -> None:
        """Go on to another mention of the selected entity."""
        key = self._list.selected
        if key is None or self._findings is None or (entity := self._findings.entity(key)) is None:
            return
        starts = [mention.start for mention in entity.mentions]
        at = bisect_left(starts, self._mention[1]) if self._mention[0] == key else 0
        if starts:
            self._mention = (key, starts[(at + by) % len(starts)])
            self.post_message(self.EntityChosen(*self._mention, final=False))

    def action_restore(self) -> None:
        """Ask for the selected removed line back."""
        if (key := self._list.selected) is not None:
            self.post_message(self.RestoreRequested((int(key),)))

    def action_restore_all(self) -> None:
        """Ask for all removed lines back."""
        if self._findings and self._findings.article.removed:
            lines = tuple(line.line for line in self._findings.article.removed)
            self.post_message(self.RestoreRequested(lines))

    def on_panel_tabs_chosen(self, message: PanelTabs.Chosen) -> None:
        """Open the tab that was clicked."""
        message.stop()
        self.open_tab(message.name)

    def on_click(self, event: events.Click) -> None:
        """Switch between the two orders of quotations."""
        if event.widget is not None and event.widget.id == "panel-mode":
            event.stop()
            self.action_group()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter."""
        message.stop()
        if message.value != self._query:
            self._query = message.value
            self._rebuild(keep=True)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the filter to what it found."""
        message.stop()
        self.focus_list()

    def on_key(self, event: events.Key) -> None:
        """Go from the filter into the list with the arrow."""
        if event.key in ("down", "up") and self._input.has_focus:
            event.stop()
            self.focus_list()

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Tell what was selected."""
        message.stop()
        self._tell(message.key, final=False)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Tell what was chosen; a double click asks for the card."""
        message.stop()
        if message.clicks == 2 and self._tab != "removed":
            self.action_card()
        else:
            self._tell(message.key, final=True)

    def _entity_of(self, key: str) -> str | None:
        """Return the entity that a row of an entity tab or of the balance stands for."""
        key = key.removeprefix("share ")
        return key if self._findings and self._findings.entity(key) else None

    def _tell(self, key: str, *, final: bool) -> None:
        if self._tab == "quotations":
            self._current["quotation"] = key
            self.post_message(self.QuotationChosen(key, final))
        elif self._tab == "removed":
            self.post_message(self.RemovedChosen(int(key), final))
        elif entity := self._entity_of(key):
            self._current["entity"] = entity
            self._mention = (entity, 0)
            self.post_message(self.EntityChosen(entity, None, final))
