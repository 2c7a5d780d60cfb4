"""A line of tabs with counts where there is room, and a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events


class Tab(NamedTuple):
    """A tab: what the program calls it, and its title."""

    name: str
    title: str


class TabRow(Widget):
    """The tabs. A click posts :class:`Chosen`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab--title", "tab--count", "tab--active", "tab--rule"}
    DEFAULT_CSS = """
    TabRow {
        height: 2; width: 1fr; background: $surface; pointer: pointer;
        & > .tab--title { color: $foreground; }
        & > .tab--count { color: $muted-text; }
        & > .tab--active { color: $accent; text-style: bold; }
        & > .tab--rule { color: $frame; }
    }
    """

    class Chosen(Message):
        """The user clicked on a tab."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._tabs = tuple(tabs)
        self._active = self._tabs[0].name
        self._counts: dict[str, int] = {}

    def update(self, active: str, counts: Mapping[str, int]) -> None:
        """Show which tab is open, and how much is in each."""
        if (active, dict(counts)) != (self._active, self._counts):
            self._active, self._counts = active, dict(counts)
            self.refresh()

    def _labels(self, width: int) -> tuple[list[tuple[str, str, str]], int]:
        """Return name, title and count of every tab, and the gap between them: as many counts as fit."""
        counts = {name: f"{count:,}" for name, count in self._counts.items() if count}
        full = [(tab.name, tab.title, counts.get(tab.name, "")) for tab in self._tabs]
        one = [(name, title, count if name == self._active else "") for name, title, count in full]
        none = [(name, title, "") for name, title, _ in full]
        for form, gap in ((full, 2), (full, 1), (one, 2), (one, 1), (none, 1)):
            taken = sum(len(title) + bool(count) + len(count) + gap for _, title, count in form)
            if taken + 1 - gap <= width:
                return form, gap
        return none, 1

    def _spans(self, width: int) -> list[tuple[str, int, int]]:
        """Return name, first and last column of every tab."""
        spans = []
        x = 1
        labels, gap = self._labels(width)
        for name, title, count in labels:
            size = cell_len(title) + (1 + len(count) if count else 0)
            spans.append((name, x, x + size))
            x += size + gap
        # Where not all of them fit, those before make room for the open one.
        beyond = max(0, next(end for name, _, end in spans if name == self._active) + 1 - width)
        return [(name, start - beyond, end - beyond) for name, start, end in spans]

    def render_line(self, y: int) -> Strip:
        """Draw the titles or the rule."""
        width = self.size.width
        base = self.rich_style
        active = base + self.get_component_rich_style("tab--active", partial=True)
        rule = base + self.get_component_rich_style("tab--rule", partial=True)
        if y == 1:
            start, end = next((a, b) for name, a, b in self._spans(width) if name == self._active)
            start = max(0, start)
            segments = [Segment("─" * start, rule), Segment("━" * (end - start), active)]
            return Strip([*segments, Segment("─" * max(0, width - end), rule)]).crop(0, width)
        if y > 1:
            return Strip.blank(width, base)
        title_style = base + self.get_component_rich_style("tab--title", partial=True)
        count_style = base + self.get_component_rich_style("tab--count", partial=True)
        segments = [Segment(" ", base)]
        labels, gap = self._labels(width)
        for name, title, count in labels:
            is_active = name == self._active
            segments.append(Segment(title, active if is_active else title_style))
            if count:
                segments.append(Segment(f" {count}", active if is_active else count_style))
            segments.append(Segment(" " * gap, base))
        beyond = 1 - self._spans(width)[0][1]
        return Strip(segments).crop(beyond, beyond + width).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Tell which tab was clicked."""
        event.stop()
        for name, start, end in self._spans(self.size.width):
            if start <= event.x <= end:
                self.post_message(self.Chosen(name))
                return
