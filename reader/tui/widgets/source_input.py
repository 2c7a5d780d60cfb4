"""The field for a path or an address: it completes paths, and takes what was dropped or pasted."""

from __future__ import annotations

import asyncio
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from reader.text.safety import printable

if TYPE_CHECKING:
    from textual import events

_LONGEST_NAME = 2_000
_MOST_ENTRIES = 10_000


class PathSuggester(Suggester):
    """Suggests the first path, in order, that begins with what was typed; folders end with a slash."""

    def __init__(self) -> None:
        # What is in a folder can change while one types.
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed path, none for an address."""
        if not value or "://" in value:
            return None
        return await asyncio.to_thread(complete, value)


def complete(value: str) -> str | None:
    """Return the first path that begins with ``value``; names that are not safe to show are passed over."""
    typed = value.rpartition("/")
    folder, name = typed[0] + typed[1], typed[2]
    try:
        with os.scandir(Path(folder or ".").expanduser()) as entries:
            found = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in islice(entries, _MOST_ENTRIES)
                if entry.name.startswith(name)
                and entry.name.startswith(".") == name.startswith(".")
                and printable(entry.name, _LONGEST_NAME) == entry.name
            )
    except (OSError, ValueError, RuntimeError):  # the last for a user who has no home
        return None
    return folder + found[0] if found and found[0] != name else None


class SourceInput(Input):
    """The field. Several lines pasted into it are an article, not a name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    DEFAULT_CSS = """
    SourceInput > .input--suggestion { color: $muted-text; text-style: italic; }
    """

    class TextPasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, placeholder: str, value: str = "") -> None:
        super().__init__(value, placeholder, suggester=PathSuggester())

    def action_complete(self) -> None:
        """Complete the path; go on to what comes next where there is nothing to complete."""
        if self.value and self._suggestion.startswith(self.value) and self._suggestion != self.value:
            self.value = self._suggestion
            self.cursor_position = len(self.value)
        else:
            self.screen.focus_next()

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = event.text.strip()
        if "\n" in text or "\r" in text or len(text) > _LONGEST_NAME:
            self.post_message(self.TextPasted(event.text))
            return
        # A file dragged onto the terminal arrives in quotation marks.
        if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
            text = text[1:-1]
        start, end = self.selection
        self.replace(printable(text, _LONGEST_NAME), start, end)
