"""Copies of the library beside it: whole, checked, and the newest few kept."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.library.errors import damaged
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT = 3
"""How many backups are kept."""

_ABANDONED_AFTER = 3600.0  # seconds without a byte written


def back_up(connection: sqlite3.Connection, path: Path, target: Path | None = None) -> Path:
    """Write a copy of the library and return where it is.

    Without a ``target`` it goes beside the library, under a name with the time, and only the newest
    :data:`KEPT` stay. The copy is checked before it takes its name. Raises
    :class:`reader.library.errors.LibraryDamaged` when it is not whole.
    """
    place = target or path.with_name(f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.backup")
    partial = place.with_name(f"{place.name}.part")
    partial.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(partial),))
        copy = sqlite3.connect(partial)
        try:
            if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise damaged(printable(str(path)))
        finally:
            copy.close()
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    if target is None:
        for old in (*backups(path)[KEPT:], *_abandoned(path)):
            with suppress(OSError):
                old.unlink()
    return place


def backups(path: Path) -> list[Path]:
    """The backups beside a library, the newest first."""
    return sorted(path.parent.glob(f"{path.stem}-*Z.backup"), reverse=True)


def _abandoned(path: Path) -> Iterator[Path]:
    """What killed processes left of the backups that they were writing."""
    for part in path.parent.glob(f"{path.stem}-*Z.backup.part*"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _ABANDONED_AFTER:
                yield part
