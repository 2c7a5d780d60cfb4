"""The line below the panel's tabs: how the list is ordered, and the field that filters it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.containers import Horizontal
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.tui.drawing.entity_rows import NAMED_COLUMN, SAID_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.drawing.panel_contents import Contents

_BETWEEN = " · "


class ModeButton(NamedTuple):
    """A way to list things: its label, the action that chooses it, and whether it is chosen."""

    label: str
    action: str
    chosen: bool


def ways_to_list(contents: Contents, doubtful: int) -> tuple[ModeButton, ...]:
    """Return the ways to list quotations, of which so many have a doubtful speaker."""
    modes = (
        ModeButton("In order", "list_by(False)", not contents.by_speaker),
        ModeButton("By speaker", "list_by(True)", contents.by_speaker),
    )
    if not doubtful and not contents.doubtful:
        return modes
    return (*modes, ModeButton(f"Doubtful {doubtful:,}", "doubtful", contents.doubtful))


class PanelModes(Widget):
    """The ways to list things. A click posts :class:`Chosen`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"mode--chosen", "mode--other"}
    DEFAULT_CSS = """
    PanelModes {
        height: 1; width: 1fr; background: $surface; pointer: pointer;
        & > .mode--chosen { color: $accent; text-style: bold; }
        & > .mode--other { color: $muted-text; }
    }
    """

    class Chosen(Message):
        """The user clicked on a mode."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        super().__init__(id="panel-modes")
        self._modes: tuple[ModeButton, ...] = ()

    def update(self, modes: Iterable[ModeButton]) -> None:
        """Show other modes."""
        self._modes = tuple(modes)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the labels."""
        base = self.rich_style
        chosen = base + self.get_component_rich_style("mode--chosen", partial=True)
        other = base + self.get_component_rich_style("mode--other", partial=True)
        segments: list[Segment] = []
        for mode in self._modes if not y else ():
            if segments:
                segments.append(Segment(_BETWEEN, other))
            segments.append(Segment(mode.label, chosen if mode.chosen else other))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked."""
        event.stop()
        x = 0
        for mode in self._modes:
            width = cell_len(mode.label)
            if x <= event.x < x + width:
                self.post_message(self.Chosen(mode.action))
                return
            x += width + len(_BETWEEN)


class PanelTools(Horizontal):
    """The line. The field stands where the modes are, while there is something in it or to be typed."""

    DEFAULT_CSS = """
    PanelTools {
        height: 1; padding: 0 1;
        & > #panel-columns { width: auto; color: $muted-text; display: none; }
        & > #panel-filter {
            width: 1fr; height: 1; border: none; padding: 0;
            background: $surface; color: $foreground;
            &:focus { background: $quotation-background; background-tint: transparent; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="panel-tools")
        self._has_modes = False

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield PanelModes()
        yield Input(id="panel-filter", placeholder="/ filter", compact=True)
        yield Static(id="panel-columns", markup=False)

    @property
    def field(self) -> Input:
        """The field that filters."""
        return self.query_one(Input)

    def update(self, modes: Iterable[ModeButton], *, said: bool | None = None) -> None:
        """Show the modes of a tab, or none; ``said``: the columns of counts, with or without quotations."""
        modes = tuple(modes)
        self.query_one(PanelModes).update(modes)
        self._has_modes = bool(modes)
        self._arrange()
        columns = self.query_one("#panel-columns", Static)
        columns.display = said is not None
        columns.update(f"{'said' if said else '':>{SAID_COLUMN}}{'named':>{NAMED_COLUMN}} ")

    def _arrange(self) -> None:
        typing = bool(self.field.value) or self.field.has_focus
        self.query_one(PanelModes).display = self._has_modes and not typing
        self.field.display = typing or not self._has_modes

    def open_field(self) -> None:
        """Begin to type."""
        self.query_one(PanelModes).display = False
        self.field.display = True
        self.field.focus()

    def on_descendant_blur(self) -> None:
        """Show the modes again when nothing was typed."""
        self._arrange()
