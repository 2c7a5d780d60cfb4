"""What a library file is, found out without making, migrating or locking it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from reader.library.errors import ForeignFile, explained
from reader.library.schema import APPLICATION_ID, NEWEST
from reader.text.safety import printable

if TYPE_CHECKING:
    from pathlib import Path


class Glance(NamedTuple):
    """What was seen. ``size`` is in bytes; ``articles`` is None where the schema is not today's."""

    size: int
    schema: int
    articles: int | None


def sqlite_version() -> str:
    """Return the version of the SQLite that libraries are opened with."""
    return sqlite3.sqlite_version


def glance(path: Path) -> Glance:
    """Look at a library file that exists. Raises an error of :mod:`reader.library.errors`."""
    with (
        explained(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ForeignFile(
                f"{printable(str(path))} is no library of On Record",
                "Choose another file with --library PATH",
            )
        schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
        current = schema == NEWEST
        articles = connection.execute("SELECT count(*) FROM document").fetchone()[0] if current else None
        return Glance(path.stat().st_size, schema, articles)
