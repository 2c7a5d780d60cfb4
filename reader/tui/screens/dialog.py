"""What all dialogs share: a framed box in the middle, and a line of keys that can also be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.keys import KeyHint

T = TypeVar("T")


class KeyLine(Widget):
    """One line of keys. A click on one does what the key does."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--title"}
    DEFAULT_CSS = """
    KeyLine {
        height: 1; width: 1fr; background: $surface; pointer: pointer;
        & > .keys--key { color: $accent; text-style: bold; }
        & > .keys--title { color: $muted-text; }
    }
    """

    def __init__(self, hints: Iterable[KeyHint]) -> None:
        super().__init__()
        self._hints = tuple(hints)

    def update(self, hints: Iterable[KeyHint]) -> None:
        """Show other keys."""
        self._hints = tuple(hints)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        key = base + self.get_component_rich_style("keys--key", partial=True)
        title = base + self.get_component_rich_style("keys--title", partial=True)
        segments = [Segment(" ", base)]
        for hint in self._hints:
            segments += [Segment(hint.key, key), Segment(f" {hint.title}  ", title)]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    async def on_click(self, event: events.Click) -> None:
        """Run the action under the pointer."""
        event.stop()
        x = 1
        for hint in self._hints:
            width = cell_len(hint.key) + 1 + cell_len(hint.title)
            if x <= event.x < x + width:
                await self.screen.run_action(hint.action)
                return
            x += width + 2


class Dialog(ModalScreen[T], Generic[T]):
    """A dialog. Subclasses say what is in it with :meth:`content` and which keys work with ``HINTS``."""

    HEADING: ClassVar[str] = ""
    HINTS: ClassVar[tuple[KeyHint, ...]] = ()
    # What scrolls when the screen is small, and how many lines the rest of the dialog needs.
    SCROLLS: ClassVar[str] = ""
    REST: ClassVar[int] = 4
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "close", "Close", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        &:ansi { background: transparent; }
        & > #dialog {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; color: $foreground;
            border: round $border; border-title-color: $accent; border-title-style: bold;
            border-subtitle-color: $muted-text;
            & > KeyLine { margin-top: 1; }
            & Static { padding: 0 1; }
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Put the box together."""
        box = Vertical(id="dialog")
        box.border_title = Content(self.heading)
        with box:
            yield from self.content()
            yield KeyLine(self.hints)

    @property
    def heading(self) -> str:
        """What stands in the frame."""
        return one_line(self.HEADING)

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that the last line shows."""
        return self.HINTS

    def content(self) -> ComposeResult:
        """Yield what is in the dialog."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the line of keys on any screen."""
        self.fit(event.size.height)

    def fit(self, lines: int) -> None:
        """Fit the dialog into a screen of so many lines."""
        if self.SCROLLS:
            for widget in self.query(self.SCROLLS):
                widget.styles.max_height = max(3, lines - self.REST)

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self.query_one(KeyLine).update(self.hints)

    def action_close(self) -> None:
        """Close without a result."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Close on a click beside the box."""
        if event.widget is self:
            self.dismiss(None)
