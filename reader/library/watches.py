"""Watches: searches by name that look at whatever is new, and mark what they find until it is seen.

Every change of an article gives it a number of ``revised``, higher than all before. A watch keeps the last
that it has looked at, so that looking costs what is new, however large the library is.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from reader.library.clock import now
from reader.library.errors import LibraryError, NotInLibrary
from reader.library.queries import parse
from reader.text.names import folded
from reader.text.safety import one_line, printable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from reader.library.connection import Database
    from reader.library.search import Hit

LONGEST_NAME = 60
"""Code points of a watch's name."""


class Watch(NamedTuple):
    """A watch. ``mute``: what it finds is hidden, not announced; ``new`` hits have not been seen yet.

    ``looked`` and ``entries`` are the last change of an article, and the last entry of a feed, that it looked
    at. ``found`` counts the articles that it found since it was made; a muting one those that are there, and
    in ``hidden`` the entries of feeds that it hides.
    """

    id: int
    name: str
    query: str
    mute: bool
    made: str
    looked: int
    entries: int
    new: int
    found: int
    hidden: int


class Revised(NamedTuple):
    """An article that has changed, or is new: the number of the change, its document and newest version."""

    number: int
    document: int
    version: int


_WATCH = """
    SELECT id, name, query, mute, made, looked, entries,
        (SELECT count(*) FROM hit WHERE hit.watch = watch.id AND seen IS NULL) AS new,
        (SELECT count(DISTINCT document) FROM hit WHERE hit.watch = watch.id) AS found,
        (SELECT count(*) FROM muted WHERE muted.watch = watch.id) AS hidden
    FROM watch
"""


class Watches:
    """The watches, and what they have found. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, query: str, *, mute: bool = False) -> Watch:
        """Make a watch. What is there already is not new to it; one that mutes looks at everything.

        Raises :class:`reader.library.queries.QueryError` for a query that asks for nothing or cannot be
        understood, :class:`LibraryError` for a name that is taken or none.
        """
        name = " ".join(one_line(name).split())[:LONGEST_NAME]
        if not name:
            raise LibraryError("A watch needs a name", 'As in `onrecord watch add rates "by:lagarde rates"`')
        if parse(query).empty:
            raise LibraryError(
                "This search asks for nothing", "`onrecord search --help` says what it may ask"
            )
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM watch WHERE name = ?", (name,)).fetchone():
                raise LibraryError(
                    f"There is a watch {printable(name)} already",
                    "Take another name, or remove that one first",
                )
            looked = 0 if mute else _last(connection, "revised")
            entries = 0 if mute else _last(connection, "entry")
            connection.execute(
                "INSERT INTO watch (name, query, mute, made, looked, entries) VALUES (?, ?, ?, ?, ?, ?)",
                (name, query, mute, now(), looked, entries),
            )
        return self.get(name)

    def remove(self, name: str) -> Watch:
        """Remove a watch with what it found, which stays in the library. Raises :class:`NotInLibrary`."""
        watch = self.get(name)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM watch WHERE id = ?", (watch.id,))
        return watch

    def get(self, name: str) -> Watch:
        """Return the watch of a name. Raises :class:`NotInLibrary`."""
        with self._database.reading() as connection:
            row = connection.execute(f"{_WATCH} WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise NotInLibrary(f"There is no watch {printable(name)}", "`onrecord watch list` shows them")
        return _watch(row)

    def all(self) -> list[Watch]:
        """Return the watches by name."""
        with self._database.reading() as connection:
            return [_watch(row) for row in connection.execute(f"{_WATCH} ORDER BY name")]

    # What is new to a watch

    def revised(self, after: int, limit: int) -> list[Revised]:
        """Return articles that have changed since a number, in the order of their changes."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT r.id, r.document, d.newest FROM revised AS r JOIN document AS d ON d.id = r.document
                WHERE r.id > ? AND d.newest IS NOT NULL ORDER BY r.id LIMIT ?
                """,
                (after, limit),
            ).fetchall()
        return [Revised(*row) for row in rows]

    def take(self, watch: Watch, looked: Sequence[Revised], hits: Iterable[Hit]) -> int:
        """Note what a watch found when it looked at some articles, and return how many hits are new.

        What it found in them before and does not find any more is forgotten, unless it has been seen.
        """
        keys = {(hit.article.id, key(hit) if not watch.mute else "") for hit in hits}
        when = now()
        with self._database.writing() as connection:
            if not connection.execute("SELECT 1 FROM watch WHERE id = ?", (watch.id,)).fetchone():
                return 0  # it was removed meanwhile
            new = 0
            for one in looked:
                rows = connection.execute(
                    "SELECT key, seen FROM hit WHERE watch = ? AND document = ?", (watch.id, one.document)
                ).fetchall()
                for each, seen in rows:
                    if (one.document, each) not in keys and (watch.mute or seen is None):
                        connection.execute(
                            "DELETE FROM hit WHERE watch = ? AND document = ? AND key = ?",
                            (watch.id, one.document, each),
                        )
            for document, each in sorted(keys):
                new += connection.execute(
                    "INSERT OR IGNORE INTO hit (watch, document, key, found, seen) VALUES (?, ?, ?, ?, ?)",
                    (watch.id, document, each, when, when if watch.mute else None),
                ).rowcount
            connection.execute("UPDATE watch SET looked = ? WHERE id = ?", (looked[-1].number, watch.id))
        return 0 if watch.mute else new

    def new(self, watch: Watch) -> tuple[list[int], set[tuple[int, str]]]:
        """Return the newest versions of the articles with new hits, and the hits by document and key."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT h.document, h.key, d.newest FROM hit AS h JOIN document AS d ON d.id = h.document
                WHERE h.watch = ? AND h.seen IS NULL
                """,
                (watch.id,),
            ).fetchall()
        versions = sorted({row["newest"] for row in rows if row["newest"] is not None}, reverse=True)
        return versions, {(row["document"], row["key"]) for row in rows}

    def see(self, watch: Watch, hits: Iterable[tuple[int, str]] | None = None) -> None:
        """Mark hits (by document and key) of a watch as seen; all of them when none are given."""
        when = now()
        with self._database.writing() as connection:
            if hits is None:
                connection.execute(
                    "UPDATE hit SET seen = ? WHERE watch = ? AND seen IS NULL", (when, watch.id)
                )
            else:
                connection.executemany(
                    "UPDATE hit SET seen = ? WHERE watch = ? AND document = ? AND key = ? AND seen IS NULL",
                    [(when, watch.id, document, each) for document, each in hits],
                )

    # What watches hide

    def entries(self, after: int, limit: int) -> list[tuple[int, str, str]]:
        """Return entries of feeds that came after a number, each with its title and text."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, coalesce(title, ''), text FROM entry WHERE id > ? ORDER BY id LIMIT ?",
                (after, limit),
            ).fetchall()
        return [(row[0], row[1], row[2]) for row in rows]

    def mute(self, watch: Watch, entries: Sequence[int], last: int) -> None:
        """Hide entries of feeds, and note the last that a watch has looked at."""
        with self._database.writing() as connection:
            if not connection.execute("SELECT 1 FROM watch WHERE id = ?", (watch.id,)).fetchone():
                return
            connection.executemany(
                "INSERT OR IGNORE INTO muted (entry, watch) VALUES (?, ?)",
                [(entry, watch.id) for entry in entries],
            )
            connection.execute("UPDATE watch SET entries = ? WHERE id = ?", (last, watch.id))


def key(hit: Hit) -> str:
    """Return what tells a hit from others of the same article: its words, whatever is around them.

    Of passages there is one in an article, which shows other words when another fits better.
    """
    if hit.kind == "passage":
        return "passage"
    words = re.findall(r"\w+", folded(f"{hit.kind} {hit.before or ''} {hit.text}"))
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]


def _last(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


def _watch(row: sqlite3.Row) -> Watch:
    return Watch(**{**dict(row), "mute": bool(row["mute"])})
