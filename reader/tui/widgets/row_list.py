"""A list of rows drawn line by line: its cost does not depend on how many rows there are.

What the rows are and how they look is the business of :class:`~reader.tui.drawing.rows.Rows`; the list
scrolls, selects and keeps both selection and place when the rows are replaced by newer ones.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.text.safety import shown
from reader.tui.drawing.rows import NoRows, fit

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from reader.tui.drawing.rows import Rows


class RowList(ScrollView, can_focus=True):
    """The list widget."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("home,g", "move_end(-1)", "First", show=False),
        Binding("end,G", "move_end(1)", "Last", show=False),
        Binding("enter", "choose", "Go there", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"row--{role}"
        for role in (
            *("text", "muted", "strong", "accent", "error", "warning", "bar", "rest"),
            *("person", "place", "org", "group", "quotation", "cue", "speaker"),
            *("selected", "selected-blurred", "hover"),
        )
    }
    DEFAULT_CSS = """
    RowList {
        background: $surface; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-size: 0 1; scrollbar-gutter: stable;
        & > .row--muted { color: $muted-text; }
        & > .row--strong { text-style: bold; }
        & > .row--accent { color: $accent; text-style: bold; }
        & > .row--error { color: $error; }
        & > .row--warning { color: $warning; }
        & > .row--bar { color: $quotation-bar; }
        & > .row--rest { color: $frame; }
        & > .row--person { color: $person; text-style: bold; }
        & > .row--place { color: $place; text-style: underline; }
        & > .row--org { color: $org; text-style: italic; }
        & > .row--group { color: $group; }
        & > .row--quotation { color: $foreground; }
        & > .row--cue { color: $cue; }
        & > .row--speaker { color: $speaker; }
        & > .row--selected { color: $current-text; background: $current-background; }
        & > .row--selected-blurred { background: $quotation-background; }
        & > .row--hover { background: $quotation-background; }
        &:ansi > .row--selected-blurred { text-style: bold; }
    }
    """

    class Highlighted(Message):
        """The user moved the selection."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Chosen(Message):
        """The user chose a row: Enter or a click."""

        def __init__(self, key: str, clicks: int = 0) -> None:
            super().__init__()
            self.key = key
            self.clicks = clicks

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Rows = NoRows()
        self._tops = array("L", [0])
        self._width = 0
        self._selected: int | None = None
        self._hover: int | None = None
        self._drawn: LRUCache[tuple[int, int, str], list[Strip]] = LRUCache(512)

    # What is shown

    @property
    def rows(self) -> Rows:
        """The rows that are shown."""
        return self._rows

    @property
    def selected(self) -> str | None:
        """The key of the selected row."""
        return None if self._selected is None else self._rows.keys[self._selected]

    def replace(self, rows: Rows, *, keep: bool = True) -> None:
        """Show other rows. With ``keep``, selection and first visible row stay where they can."""
        selected = self.selected
        top = self._row_at(self.scroll_offset.y) if keep and self._rows.keys else None
        anchor = None if top is None else (self._rows.keys[top], self.scroll_offset.y - self._tops[top])
        self._rows = rows
        self._hover = None
        index = {key: number for number, key in enumerate(rows.keys)} if keep else {}
        self._selected = index.get(selected) if selected is not None else None
        self._layout()
        if anchor is not None and anchor[0] in index:
            self._scroll(self._tops[index[anchor[0]]] + anchor[1])
        elif not keep:
            self._scroll(0)

    def select(self, key: str | None, *, centre: bool = False) -> bool:
        """Select a row without telling anybody and bring it into view; return whether it is there."""
        if key is None:
            self._selected = None
            self.refresh()
            return True
        try:
            self._move_to(self._rows.keys.index(key), centre=centre)
        except ValueError:
            return False
        return True

    def _layout(self) -> None:
        self._width = self.scrollable_content_region.width
        self._drawn.clear()
        heights = self._rows.heights(max(1, self._width - 2))
        self._tops = array("L", accumulate(heights, initial=0))
        self.virtual_size = Size(self._width, self._tops[-1])
        self.refresh()

    def _scroll(self, y: int) -> None:
        # Forced: rows that were just replaced may not have their scroll bar yet.
        self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def _row_at(self, y: int) -> int | None:
        if not 0 <= y < self._tops[-1]:
            return None
        return bisect_right(self._tops, y) - 1

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        row = self._row_at(y + self.scroll_offset.y)
        if row is None:
            return Strip.blank(width, self.rich_style)
        state = "hover" if row == self._hover else ""
        if row == self._selected:
            state = "selected" if self.has_focus else "selected-blurred"
        key = (row, width, state)
        if (strips := self._drawn.get(key)) is None:
            strips = self._drawn[key] = self._draw(row, width, state)
        return strips[y + self.scroll_offset.y - self._tops[row]]

    def _draw(self, row: int, width: int, state: str) -> list[Strip]:
        base = self.rich_style
        over: Style | None = None
        if state:
            over = self.get_component_rich_style(f"row--{state}", partial=True)
            base += over
        mark = Segment(" ", base)
        if row == self._selected:
            # A mark that is seen without colours, too.
            mark = Segment("▌", base + self.get_component_rich_style("row--accent", partial=True))
        strips = []
        room = self._width - 2
        for line in self._rows.draw(row, room):
            segments = [mark]
            for text, role in fit(line, room):
                style = base + self.get_component_rich_style(f"row--{role}", partial=True)
                # On the selection only its own colours are sure to be legible; weight and slant stay.
                segments.append(Segment(shown(text), style + over if over and state == "selected" else style))
            strips.append(Strip(segments).adjust_cell_length(width, base))
        blank = Strip.blank(width, base)
        missing = self._tops[row + 1] - self._tops[row] - len(strips)
        return [*strips, *[blank] * missing]

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old style."""
        super().notify_style_update()
        self._drawn.clear()

    def on_resize(self) -> None:
        """Lay the rows out again for a new width and keep the selection in view."""
        if self.scrollable_content_region.width != self._width:
            self._layout()
            if self._selected is not None:
                self._move_to(self._selected)

    # Moving

    def _move_to(self, row: int, *, centre: bool = False) -> None:
        self._selected = row
        top, bottom = self._tops[row], self._tops[row + 1]
        height = self.scrollable_content_region.height
        if centre and not self.scroll_offset.y <= top <= bottom <= self.scroll_offset.y + height:
            self._scroll(max(0, top - height // 2))
        else:
            # A heading above the first row of a group comes into view with it.
            if row and not self._rows.selectable(row - 1):
                top = self._tops[row - 1]
            self.scroll_to_region(
                Region(0, top, 1, min(bottom - top, height)), animate=False, immediate=True, force=True
            )
        self.refresh()

    def _step(self, start: int, direction: int) -> int | None:
        """Return the nearest selectable row from ``start`` in a direction."""
        row = start
        while 0 <= row < len(self._rows.keys):
            if self._rows.selectable(row):
                return row
            row += direction
        return None

    def _go(self, row: int | None) -> None:
        if row is not None and row != self._selected:
            self._move_to(row)
            self.post_message(self.Highlighted(self._rows.keys[row]))

    def action_move(self, by: int) -> None:
        """Move the selection one row; scroll where nothing can be selected."""
        if self._selected is None:
            target = self._step(self._row_at(self.scroll_offset.y) or 0, 1)
        else:
            target = self._step(self._selected + by, by)
        if target is None:
            self.scroll_relative(y=by, animate=False)
        self._go(target)

    def action_move_page(self, by: int) -> None:
        """Move the selection one screenful."""
        height = max(1, self.scrollable_content_region.height - 1)
        start = self._tops[self._selected] if self._selected is not None else self.scroll_offset.y
        y = min(max(0, start + by * height), max(0, self._tops[-1] - 1))
        row = self._row_at(y)
        target = None if row is None else self._step(row, by)
        if target is None and row is not None:
            target = self._step(row, -by)
        if target is None:
            self.scroll_relative(y=by * height, animate=False)
        self._go(target)

    def action_move_end(self, by: int) -> None:
        """Move the selection to the first or the last row."""
        target = self._step(0 if by < 0 else len(self._rows.keys) - 1, -by)
        self._scroll(0 if by < 0 else self._tops[-1])
        self._go(target)

    def action_choose(self) -> None:
        """Choose the selected row."""
        if (key := self.selected) is not None:
            self.post_message(self.Chosen(key))

    # Mouse

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the row under the pointer."""
        row = self._row_at(event.y + self.scroll_offset.y)
        row = row if row is not None and self._rows.selectable(row) else None
        if row != self._hover:
            self._hover = row
            self.refresh()

    def on_leave(self) -> None:
        """Unmark it."""
        if self._hover is not None:
            self._hover = None
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer."""
        row = self._row_at(event.y + self.scroll_offset.y)
        if row is not None and self._rows.selectable(row):
            event.stop()
            self._move_to(row)
            self.post_message(self.Chosen(self._rows.keys[row], event.chain))
