"""One program at a time asks a library's feeds: a timer, another terminal and the screen do not ask twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from reader.library.errors import LibraryError, LibraryLocked, explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Underway(LibraryError):
    """Another program asks the feeds of the library."""


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Be the only one who asks the feeds of a library. Raises :class:`Underway`.

    What is locked is an empty database beside the library: the system lets go of it whatever becomes of
    the program, on every system, and the library itself stays open to all.
    """
    beside = path.with_name(f"{path.name}-asking")
    with explained(beside):
        connection = sqlite3.connect(beside, timeout=0, isolation_level=None)
    with closing(connection):
        try:
            with explained(beside):
                connection.execute("BEGIN EXCLUSIVE")
        except LibraryLocked as error:
            raise Underway(
                "Another On Record is asking the feeds of this library", "Nothing was asked; try again later"
            ) from error
        yield
