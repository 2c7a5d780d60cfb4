"""The library's file: whether it is ours, whole and of the newest schema; one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reader.library.backup import back_up
from reader.library.errors import (
    ForeignFile,
    LibraryError,
    LibraryNewer,
    LibraryReadOnly,
    damaged,
    explained,
)
from reader.library.schema import APPLICATION_ID, MIGRATIONS, NEWEST
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OLDEST_SQLITE = (3, 35, 0)
BUSY_SECONDS = 5.0
"""How long a writer waits for another before it gives up."""

_TO_WRITE = "BEGIN IMMEDIATE"
_LOG_BYTES = 16 << 20  # what the write-ahead log may keep of the disk once nobody reads from it


class Database:
    """The library's file, with one connection for each thread that uses it.

    Raises an error of :mod:`reader.library.errors` when the file cannot be used; it is then left as it was.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise LibraryError(
                f"SQLite {sqlite3.sqlite_version} is too old for the library",
                "It needs 3.35 or later: use a newer Python, or read without it: --no-library",
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryReadOnly(
                f"The folder of the library cannot be made: {printable(str(path.parent))}",
                "Choose another place with --library PATH",
            ) from error
        with explained(path):
            self._prepare(self.connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            with explained(self.path):
                found = self._connect()
            self._local.connection = found
            with self._guard:
                self._connections.append(found)
        return found

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with: whatever is read is of one moment. Keep it short, or the log grows.

        Inside of another transaction on the same thread it is a part of that one, as with :meth:`writing`.
        SQLite's errors come out as ours.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. Keep it short, and analyse outside it."""
        with self._transaction(_TO_WRITE) as connection:
            yield connection

    @contextmanager
    def outside_transactions(self) -> Iterator[sqlite3.Connection]:
        """A connection for what cannot be done inside of a transaction: looking after the file."""
        with explained(self.path):
            yield self.connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with explained(self.path):
            connection = self.connection
            if connection.in_transaction and (self._local.writes or begin != _TO_WRITE):
                yield connection
                return
            connection.execute(begin)  # SQLite refuses to write inside of what only reads
            self._local.writes = begin == _TO_WRITE
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk may have ended it already
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=self._busy_seconds,
            isolation_level=None,  # transactions begin and end where we say so
            check_same_thread=False,  # used by one thread, closed by any
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")  # another's library may bring views of its own
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        name = printable(str(self.path))
        # In one transaction: another process may be making the file right now.
        connection.execute("BEGIN")
        empty = not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("COMMIT")
        if application != APPLICATION_ID and not (empty and application == 0 and version == 0):
            raise ForeignFile(
                f"{name} is a database of another program", "Choose another file with --library PATH"
            )
        if version > NEWEST:
            raise LibraryNewer(
                f"The library {name} was written by a newer version of On Record",
                "Update On Record, or choose another file with --library PATH",
            )
        if not connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone():
            raise LibraryError(
                "This Python's SQLite lacks FTS5, which the library searches with",
                "Use another build of Python, or read without it: --no-library",
            )
        if version < NEWEST:
            self._migrate(connection, empty)
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'document'").fetchone():
            raise damaged(name)

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """Switch to a write-ahead log, which stays with the file; SQLite itself would not wait for others."""
        patience = time.monotonic() + self._busy_seconds
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError:
                if time.monotonic() > patience:
                    raise
                time.sleep(0.01)

    def _migrate(self, connection: sqlite3.Connection, empty: bool) -> None:
        if empty:
            self._write_ahead(connection)
        else:
            back_up(connection, self.path)
        connection.execute("PRAGMA foreign_keys = OFF")
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                # Another process may have migrated it while this one waited.
                done = connection.execute("PRAGMA user_version").fetchone()[0]
                for statements in MIGRATIONS[done:]:
                    for statement in statements:
                        connection.execute(statement)
                if connection.execute("PRAGMA foreign_key_check").fetchone():
                    raise damaged(printable(str(self.path)))
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {NEWEST}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            connection.execute("PRAGMA foreign_keys = ON")
