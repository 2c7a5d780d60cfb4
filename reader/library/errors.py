"""What can be wrong with a library file, said so that the user knows what to do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.model.errors import ReaderError
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class LibraryError(ReaderError):
    """The library cannot be used, or not in this way."""


class LibraryLocked(LibraryError):
    """Another program has been writing to the library for longer than we wait."""


class LibraryDamaged(LibraryError):
    """The file is not a whole database."""


class LibraryNewer(LibraryError):
    """The file was written by a newer version of On Record."""


class ForeignFile(LibraryError):
    """The file is something else than a library of ours."""


class LibraryReadOnly(LibraryError):
    """The file or its folder cannot be written to."""


class LibraryFull(LibraryError):
    """There is no room left on the disk."""


class NotInLibrary(LibraryError):
    """The library has no such document, person, decision or search."""


_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT)
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _explained(error, printable(str(path))) from error


def damaged(name: str) -> LibraryDamaged:
    """The error for a file that is no whole database."""
    return LibraryDamaged(
        f"The library {name} is damaged",
        "Restore a backup from the folder beside it, or move the file away to begin a new one; "
        "`onrecord library check` says more, and --no-library reads without one",
    )


def _explained(error: sqlite3.DatabaseError, name: str) -> LibraryError:
    code = (
        getattr(error, "sqlite_errorcode", 0) & 0xFF
    )  # extended codes carry the primary one in the low byte
    if code in _LOCKED:
        return LibraryLocked(
            f"The library {name} is in use by another program",
            "Wait for it to finish, or read without the library: --no-library",
        )
    if code in _DAMAGED:
        return damaged(name)
    if code == sqlite3.SQLITE_NOTADB:
        return ForeignFile(f"{name} is not a library of On Record", "Choose another file with --library PATH")
    if code == sqlite3.SQLITE_FULL:
        return LibraryFull(
            f"There is no room left for the library {name}",
            "Free some space; what was stored before is whole",
        )
    if code in _UNWRITABLE:
        return LibraryReadOnly(
            f"The library {name} cannot be opened for writing",
            "Check the permissions of the file and its folder, or choose another with --library PATH",
        )
    if code == sqlite3.SQLITE_IOERR:
        return LibraryError(f"The library {name} could not be read or written", "Check the disk it is on")
    return LibraryError(f"The library {name} could not do that ({type(error).__name__})")
