"""The single lines around the article: title, notice, status, keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events

    from reader.tui.keys import KeyHint


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


class NoticeBar(Widget):
    """What must be known about the article, in up to three lines above it; hidden while there is nothing."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    NoticeBar {
        display: none; height: auto; max-height: 3; padding: 0 1; background: $surface; color: $warning;
        &.-shown { display: block; }
        &.-error { color: $error; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._content = Content("")

    def tell(self, text: str, *, error: bool) -> None:
        """Say something else. The text is shown as it is, never taken as markup."""
        self.set_class(bool(text), "-shown")
        self.set_class(error, "-error")
        if text != self._content.plain:
            self._content = Content(text)
            self.refresh(layout=True)

    def render(self) -> Content:
        """Return what is said."""
        return self._content


class TourLine(Widget):
    """A step of the tour, above the status."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TourLine { height: auto; max-height: 3; padding: 0 1; background: $accent; color: $background; }
    """

    def __init__(self) -> None:
        super().__init__(id="tour")
        self._content = Content("")

    def tell(self, place: str, says: str, keys: Mapping[str, str]) -> None:
        """Say a step: its place among all, and its words with the names of ``keys`` in braces."""
        words = Content(f"Tour {place}  ")
        for number, piece in enumerate(re.split(r"\{(\w+)\}", says)):
            words += Content.styled(f" {keys[piece]} ", "bold reverse") if number % 2 else Content(piece)
        self._content = words
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the step."""
        return self._content


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
        """The reader clicked on a key: ``action`` is what it does."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: tuple[KeyHint, ...] = ()
        self._stay = 0
        self._spans: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[KeyHint], stay: int = 0) -> None:
        """Show other keys, the most important first; the last ``stay`` are there on any line."""
        if (tuple(hints), stay) != (self._hints, self._stay):
            self._hints, self._stay = tuple(hints), stay
            self.refresh()

    def render(self) -> Content:
        """Return the line and remember where each key is."""
        first_to_stay = len(self._hints) - self._stay
        room = self.size.width - sum(map(_width, self._hints[first_to_stay:])) + 2
        parts: list[tuple[str, str]] = []
        self._spans = []
        at = 0
        for number, hint in enumerate(self._hints):
            size = _width(hint)
            if number < first_to_stay:
                if size > room:
                    continue
                room -= size
            self._spans.append((at, at + size - 2, hint.action))
            parts += [(hint.key, "bold $accent"), (f" {hint.title}  ", "")]
            at += size
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Tell which key was clicked."""
        x = event.x - self.styles.padding.left
        for first, last, action in self._spans:
            if first <= x < last:
                self.post_message(self.Pressed(action))
                return


def _width(hint: KeyHint) -> int:
    return cell_len(hint.key) + cell_len(hint.title) + 3
