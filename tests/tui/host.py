"""The smallest app that shows one of our widgets or dialogs in one of our themes."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from textual.app import App

from reader.tui.theming import Themes, apply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.app import ComposeResult
    from textual.message import Message
    from textual.pilot import Pilot
    from textual.screen import Screen
    from textual.widget import Widget

WAITING = object()


class Host(App[None]):
    """Shows a widget, or a screen on top of nothing, and keeps what they answer."""

    AUTO_FOCUS = None

    def __init__(
        self,
        widget: Widget | None = None,
        screen: Callable[[], Screen[Any]] | None = None,
        theme: str = "dark",
    ) -> None:
        super().__init__()
        self.themes = Themes()
        apply(self, self.themes.choose(theme).theme)
        self._widget = widget
        self._make_screen = screen
        self.result: Any = WAITING

    def compose(self) -> ComposeResult:
        if self._widget is not None:
            yield self._widget

    def on_mount(self) -> None:
        if self._make_screen is not None:
            self.push_screen(self._make_screen(), self._keep)

    def _keep(self, result: Any) -> None:
        self.result = result


class Shown:
    """A running host."""

    def __init__(self, app: Host, pilot: Pilot[None], messages: list[Message]) -> None:
        self.app, self.pilot, self._messages = app, pilot, messages

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def heard(self, *kinds: type[Message]) -> list[Any]:
        """The messages of some kinds since the last call."""
        found = [message for message in self._messages if isinstance(message, kinds)]
        self._messages[:] = [message for message in self._messages if not isinstance(message, kinds)]
        return found

    @property
    def result(self) -> Any:
        return self.app.result

    @property
    def text(self) -> str:
        """What is on the screen."""
        return screen_text(self.app)


def screen_text(app: App[Any]) -> str:
    """The text that an app shows, line by line."""
    screen = app.screen
    lines = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


@asynccontextmanager
async def show(
    widget: Widget | None = None,
    screen: Callable[[], Screen[Any]] | None = None,
    *,
    theme: str = "dark",
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Shown]:
    """Show a widget or a screen."""
    messages: list[Message] = []

    def listen(message: Message) -> None:
        # A message comes by once for every widget that it bubbles through.
        if not any(message is other for other in messages):
            messages.append(message)

    app = Host(widget, screen, theme)
    async with app.run_test(size=size, message_hook=listen) as pilot:
        await pilot.pause()
        messages.clear()
        yield Shown(app, pilot, messages)
