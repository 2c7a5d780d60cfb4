"""The line in which a search is typed, with what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from reader.tui.drawing.matches import Mode
from reader.tui.keys import KeyHint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_MOST_REMEMBERED = 50
# What stands before the field in each mode.
_PROMPTS = {Mode.PLAIN: "/", Mode.EXACT: "exact/", Mode.REGEX: "regex/"}
_HINTS = (
    KeyHint("Enter", "keep", "accept"),
    KeyHint("Esc", "go back", "cancel"),
    KeyHint("ctrl+r", "regular expression", "mode('regex')"),
    KeyHint("ctrl+t", "exactly as typed", "mode('exact')"),
    KeyHint("↑", "earlier search", "recall(-1)"),
)


class SearchBar(Horizontal):
    """Posts every change; the screen searches and tells the bar what it found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("ctrl+r", "mode('regex')", "Regular expression", show=False),
        Binding("ctrl+t", "mode('exact')", "Exactly as typed", show=False),
        Binding("up", "recall(-1)", "Earlier search", show=False),
        Binding("down", "recall(1)", "Later search", show=False),
        Binding("tab,shift+tab", "ignore", show=False),
    ]
    DEFAULT_CSS = """
    SearchBar {
        height: 1; background: $surface; color: $foreground; padding: 0 1;
        & > #search-mode { width: auto; color: $accent; text-style: bold; pointer: pointer; }
        & > Input {
            width: 1fr; height: 1; border: none; padding: 0; background: $surface; color: $foreground;
            &:focus { background: $surface; background-tint: transparent; border: none; }
        }
        & > #search-found { width: auto; color: $muted-text; }
        &.-failed > #search-found { color: $error; }
    }
    """

    class Changed(Message):
        """The query or its mode has changed."""

        def __init__(self, query: str, mode: Mode) -> None:
            super().__init__()
            self.query = query
            self.mode = mode

    class Closed(Message):
        """The reader accepted the search, or cancelled it."""

        def __init__(self, accepted: bool) -> None:
            super().__init__()
            self.accepted = accepted

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._mode = Mode.PLAIN
        self._history: list[str] = []
        self._recalled = 0

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield Static(_PROMPTS[self._mode], id="search-mode", markup=False)
        yield Input(id="search-input", compact=True)
        yield Static("", id="search-found", markup=False)

    @property
    def hints(self) -> Sequence[KeyHint]:
        """The keys that work here."""
        return _HINTS

    @property
    def input(self) -> Input:
        """The field."""
        return self.query_one(Input)

    def open(self) -> None:
        """Show the bar, empty, and take the keys."""
        self._recalled = len(self._history)
        self.input.value = ""
        self.tell("")
        # At once: what is typed after the key for searching belongs in here, however fast it comes.
        self.screen.set_focus(self.input)

    def tell(self, found: str, *, failed: bool = False) -> None:
        """Say what was found."""
        self.query_one("#search-found", Static).update(found)
        self.set_class(failed, "-failed")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Search as the reader types."""
        message.stop()
        self.post_message(self.Changed(message.value, self._mode))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Keep the matches and go back to the article."""
        message.stop()
        query = message.value
        if query and query not in self._history[-1:]:
            self._history = [*self._history[1 - _MOST_REMEMBERED :], query]
        self.post_message(self.Closed(accepted=True))

    def action_cancel(self) -> None:
        """Go back to where the search began."""
        self.post_message(self.Closed(accepted=False))

    def action_mode(self, name: str) -> None:
        """Search in another mode, or in the plain one again."""
        mode = Mode(name)
        self._mode = Mode.PLAIN if mode is self._mode else mode
        self.query_one("#search-mode", Static).update(_PROMPTS[self._mode])
        self.post_message(self.Changed(self.input.value, self._mode))

    async def action_accept(self) -> None:
        """Keep what was found."""
        await self.input.action_submit()

    def action_recall(self, by: int) -> None:
        """Bring back an earlier search."""
        self._recalled = max(0, min(len(self._history), self._recalled + by))
        recalled = self._history[self._recalled] if self._recalled < len(self._history) else ""
        self.input.value = recalled
        self.input.cursor_position = len(recalled)

    def action_ignore(self) -> None:
        """Tab means nothing here."""

    def on_click(self) -> None:
        """A click on the mode brings the next one."""
        if self.query_one("#search-mode").mouse_hover:
            modes = list(Mode)
            following = modes[(modes.index(self._mode) + 1) % len(modes)]
            self.action_mode((following if following is not Mode.PLAIN else self._mode).value)
