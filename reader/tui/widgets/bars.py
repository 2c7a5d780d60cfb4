"""The single lines around the article: title, notice, status, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reader.tui.actions import ACTIONS
from reader.tui.keys import key_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events

# The keys that stay when the line is too short for all.
_ALWAYS = ("help", "quit")
# The keys that mean something where there is no article.
_WITHOUT_ARTICLE = ("reload", "open", "theme", "help", "quit")


class Bar(Widget):
    """One line with something on the left, which is cut when space is short, and on the right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Bar { height: 1; background: $surface; color: $foreground; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: Content = Content("")
        self._right: Content = Content("")

    def update(self, left: Content | str, right: Content | str = "") -> None:
        """Show other text. Strings are shown as they are, never taken as markup."""
        left = Content(left) if isinstance(left, str) else left
        right = Content(right) if isinstance(right, str) else right
        if not (left.is_same(self._left) and right.is_same(self._right)):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        width = self.size.width
        room = width - self._right.cell_length - 2
        if room < 8:
            return self._left.truncate(width, ellipsis=True)
        left = self._left.truncate(room, ellipsis=True)
        gap = " " * (width - left.cell_length - self._right.cell_length)
        return left + gap + self._right


class StateView(Widget):
    """Stands where the article would be: what is being done, or what went wrong, and the keys for it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StateView { width: 1fr; height: 1fr; padding: 2 4; color: $text; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._content = Content("")

    def tell(self, title: str, detail: str, keys: str) -> None:
        """Say something else. The texts are shown as they are, never taken as markup."""
        details = f"{detail}\n\n" if detail else ""
        self._content = Content.assemble((f"{title}\n\n", "bold"), details, (keys, "$muted-text"))
        self.refresh()

    def render(self) -> Content:
        """Return what is said."""
        return self._content


class KeyBar(Widget):
    """The keys that work here, as many as fit. Each is a button."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "KeyBar { height: 1; background: $surface; color: $muted-text; padding: 0 1; }"

    class Pressed(Message):
        """The reader clicked on the key of an action."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, keys: Mapping[str, Sequence[str]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._entries = [
            (action.name, key_label(keys[action.name][0]), action.label)
            for action in ACTIONS
            if action.label and keys.get(action.name)
        ]
        self._without_article = [
            (action.name, key_label(keys[action.name][0]), action.label or action.title.lower())
            for action in ACTIONS
            if action.name in _WITHOUT_ARTICLE and keys.get(action.name)
        ]
        self._spans: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """Return the line and remember where each key is."""
        width = self.size.width
        entries = self._without_article if self.screen.has_class("-no-article") else self._entries
        always = sum(_width(entry) for entry in entries if entry[0] in _ALWAYS)
        room = width - always
        parts: list[tuple[str, str]] = []
        self._spans = []
        at = 0
        for entry in entries:
            name, key, label = entry
            size = _width(entry)
            if name not in _ALWAYS:
                if size > room:
                    continue
                room -= size
            self._spans.append((at, at + size - 2, name))
            parts += [(key, "bold $accent"), (f" {label}  ", "")]
            at += size
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        x = event.x - self.styles.padding.left
        for first, last, name in self._spans:
            if first <= x < last:
                self.post_message(self.Pressed(name))
                return


def _width(entry: tuple[str, str, str]) -> int:
    return cell_len(entry[1]) + cell_len(entry[2]) + 3
