"""The theme chosen last in the reader: one line in a file of its own."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from reader.settings.files import replace_text

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_NAME = 40


class ThemeChoice:
    """What was chosen. A missing or damaged file counts as no choice: nothing here is precious."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "theme"

    def get(self) -> str:
        """Return the name of the theme; nothing when none was ever chosen."""
        try:
            with self._path.open(encoding="utf-8") as file:
                return file.read(_LONGEST_NAME + 1).strip()
        except (OSError, ValueError):
            return ""

    def keep(self, name: str) -> None:
        """Remember a choice; that it cannot be written is no reason to disturb."""
        with suppress(OSError):
            replace_text(self._path, name + "\n")
