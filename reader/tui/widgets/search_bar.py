"""The line in which a search is typed, with what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

_MOST_REMEMBERED = 50


class SearchBar(Horizontal):
    """Posts every change; the screen searches and tells the bar what it found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False),
        Binding("ctrl+r", "regex", "Regular expression", show=False),
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
        """The query or its kind has changed."""

        def __init__(self, query: str, regex: bool) -> None:
            super().__init__()
            self.query = query
            self.regex = regex

    class Closed(Message):
        """The reader accepted the search, or cancelled it."""

        def __init__(self, accepted: bool) -> None:
            super().__init__()
            self.accepted = accepted

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.regex = False
        self._history: list[str] = []
        self._recalled = 0

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield Static("/", id="search-mode", markup=False)
        yield Input(id="search-input", compact=True)
        yield Static("", id="search-found", markup=False)

    @property
    def input(self) -> Input:
        """The field."""
        return self.query_one(Input)

    def open(self) -> None:
        """Show the bar, empty, and take the keys."""
        self._recalled = len(self._history)
        self.input.value = ""
        self.tell("")
        self.input.focus()

    def tell(self, found: str, *, failed: bool = False) -> None:
        """Say what was found."""
        self.query_one("#search-found", Static).update(found)
        self.set_class(failed, "-failed")

    def on_input_changed(self, message: Input.Changed) -> None:
        """Search as the reader types."""
        message.stop()
        self.post_message(self.Changed(message.value, self.regex))

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

    def action_regex(self) -> None:
        """Search for regular expressions, or for plain text again."""
        self.regex = not self.regex
        self.query_one("#search-mode", Static).update("regex/" if self.regex else "/")
        self.post_message(self.Changed(self.input.value, self.regex))

    def action_recall(self, by: int) -> None:
        """Bring back an earlier search."""
        self._recalled = max(0, min(len(self._history), self._recalled + by))
        recalled = self._history[self._recalled] if self._recalled < len(self._history) else ""
        self.input.value = recalled
        self.input.cursor_position = len(recalled)

    def action_ignore(self) -> None:
        """Tab means nothing here."""

    def on_click(self) -> None:
        """A click on the mode switches it."""
        if self.query_one("#search-mode").mouse_hover:
            self.action_regex()
