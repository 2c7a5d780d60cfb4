"""Feeds as the library keeps them: where they are, what was said of them, when they are due."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.library.clock import latest, now
from reader.library.errors import NotInLibrary
from reader.text.safety import printable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reader.feeds.subscription import Subscription
    from reader.library.connection import Database

State = Literal["active", "parked", "gone"]
MOVES = 2
"""How often in a row a feed must say that it has moved for good until its address is changed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its counts. Times are UTC, ISO 8601.

    ``name`` is the reader's own, ``title`` the feed's; ``own_text`` says that its entries are shown as it has
    them. ``etag`` and ``last_modified`` are the server's, byte for byte, ``hash`` is of the bytes read last.
    ``rest`` (seconds) and ``quiet`` (hours, UTC) are what it asks for between two requests. ``failures``
    counts those in a row, ``problem`` says why the last one was.
    """

    id: int
    address: str
    given: str
    title: str | None
    name: str | None
    folder: str
    page: str | None
    added: str
    own_text: bool
    etag: bytes | None
    last_modified: bytes | None
    hash: str | None
    checked: str | None
    due: str
    rest: int
    quiet: frozenset[int]
    failures: int
    problem: str | None
    state: State
    moved: str | None
    moves: int
    unread: int
    entries: int

    @property
    def shown(self) -> str:
        """What to call it: the reader's name for it, its title, its address."""
        return self.name or self.title or self.address


class FeedAnswer(NamedTuple):
    """What a feed's server said with an answer that is no failure.

    ``moved`` is where it says that the feed lives from now on; ``due`` when to ask again. ``etag`` and
    ``last_modified`` are what it said of this version, byte for byte.
    """

    due: str
    moved: str | None = None
    etag: bytes | None = None
    last_modified: bytes | None = None


_FEED = """
    SELECT feed.*,
        (SELECT count(*) FROM entry WHERE entry.feed = feed.id AND entry.read IS NULL) AS unread,
        (SELECT count(*) FROM entry WHERE entry.feed = feed.id) AS entries
    FROM feed
"""


class Feeds:
    """The feeds that are followed. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, wanted: Iterable[Subscription], *, own_text: bool = False) -> list[int]:
        """Follow feeds, all of them or none; return the ids of those that were not followed yet.

        One that is followed already keeps what is known of it.
        """
        when = now()
        with self._database.writing() as connection:
            return [
                int(row["id"])
                for one in wanted
                for row in connection.execute(
                    """
                    INSERT INTO feed (address, given, title, name, folder, page, added, due, own_text)
                    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
                    WHERE NOT EXISTS (SELECT 1 FROM feed WHERE address = ?1 OR given = ?1) RETURNING id
                    """,
                    (
                        one.address,
                        one.address,
                        one.title,
                        one.name,
                        one.folder,
                        one.page,
                        when,
                        when,
                        own_text,
                    ),
                ).fetchall()
            ]

    def all(self) -> list[Feed]:
        """Return every feed with its counts, by folder and name. What is muted does not count as unread."""
        with self._database.reading() as connection:
            rows = connection.execute(_FEED).fetchall()
            muted = dict(
                connection.execute(
                    """
                    SELECT feed, count(DISTINCT entry.id) FROM muted JOIN entry ON entry.id = muted.entry
                    WHERE read IS NULL GROUP BY feed
                    """
                ).fetchall()
            )
        feeds = (_feed(row, muted.get(row["id"], 0)) for row in rows)
        return sorted(feeds, key=lambda feed: (feed.folder.casefold(), feed.shown.casefold()))

    def count(self) -> int:
        """Return how many feeds are followed."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM feed").fetchone()[0])

    def find(self, source: str) -> Feed | None:
        """Return the feed that an address, an id of ours, or a name (in any case) stands for."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"{_FEED} WHERE address = ?1 OR given = ?1 ORDER BY address = ?1 DESC", (source,)
            ).fetchone()
            if row is None and source.isdecimal():
                row = connection.execute(f"{_FEED} WHERE id = ?", (int(source[:18]),)).fetchone()
        if row is not None:
            return _feed(row)
        named = [feed for feed in self.all() if feed.shown.casefold() == source.casefold()]
        return named[0] if len(named) == 1 else None

    def get(self, source: str) -> Feed:
        """Return the feed that a source stands for; raises :class:`NotInLibrary` when there is none."""
        found = self.find(source)
        if found is None:
            raise NotInLibrary(
                f"No feed that you follow, or more than one, is called {printable(source)}",
                "`onrecord feeds list` shows them",
            )
        return found

    def rename(self, feed: int, name: str | None) -> None:
        """Call a feed by a name of the reader's, or by its own title again."""
        self._set(feed, "name = ?", name)

    def move(self, feed: int, folder: str) -> None:
        """Put a feed into a folder, or into none."""
        self._set(feed, "folder = ?", folder)

    def show_own_text(self, feed: int, own_text: bool) -> None:
        """Show what the feed itself says, always, or fetch the pages that it leads to."""
        self._set(feed, "own_text = ?", own_text)

    def remove(self, feed: int) -> None:
        """Follow a feed no longer. Its entries go; articles that were read stay."""
        with self._database.writing() as connection:
            # A story that others tell too is shown by the first of them.
            rows = connection.execute(
                """
                SELECT id, story FROM entry
                WHERE feed <> ?1 AND story IN (SELECT id FROM entry WHERE feed = ?1) ORDER BY id
                """,
                (feed,),
            ).fetchall()
            first: dict[int, int] = {}
            for row in rows:
                leading = first.setdefault(row["story"], row["id"])
                story = None if leading == row["id"] else leading
                connection.execute("UPDATE entry SET story = ? WHERE id = ?", (story, row["id"]))
            connection.execute("DELETE FROM feed WHERE id = ?", (feed,))

    def unchanged(self, feed: int, answer: FeedAnswer) -> None:
        """Note that a feed says what it said before: its entries stay as they are."""
        with self._database.writing() as connection:
            answered(connection, feed, answer)

    def failed(self, feed: int, problem: str, due: str, *, state: State = "active") -> None:
        """Note that a feed could not be had or read, and when to try again."""
        self._set(
            feed,
            "problem = ?, due = ?, state = ?, checked = ?, failures = failures + 1",
            problem,
            due,
            state,
            now(),
        )

    def postponed(self, feed: int, problem: str, due: str) -> None:
        """Note that a feed could not be asked through no fault of its own, and when to try again."""
        self._set(feed, "problem = ?, due = ?", problem, due)

    def patience(self) -> dict[str, str]:
        """Return the hosts that asked for patience, and until when."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, patience FROM host WHERE patience > ? AND patience <= ?", (now(), latest())
            ).fetchall()
        return {row["name"]: row["patience"] for row in rows}

    def have_patience(self, host: str, until: str) -> None:
        """Ask nothing of a host before a time."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM host WHERE patience <= ? OR patience > ?", (now(), latest()))
            connection.execute(
                """
                INSERT INTO host (name, patience) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET patience = max(patience, excluded.patience)
                """,
                (host, until),
            )

    def _set(self, feed: int, what: str, *values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(f"UPDATE feed SET {what} WHERE id = ?", (*values, feed))


def answered(connection: sqlite3.Connection, feed: int, answer: FeedAnswer) -> None:
    """Note that a feed answered; one that has moved for good twice in a row is looked for there."""
    connection.execute(
        """
        UPDATE feed SET checked = ?, due = ?, failures = 0, problem = NULL, state = 'active',
            moves = CASE WHEN ?3 IS NULL THEN 0 WHEN moved IS ?3 THEN moves + 1 ELSE 1 END, moved = ?3,
            etag = ?4, last_modified = ?5
        WHERE id = ?6
        """,
        (now(), answer.due, answer.moved, answer.etag, answer.last_modified, feed),
    )
    connection.execute(
        """
        UPDATE OR IGNORE feed SET address = moved, moved = NULL, moves = 0 WHERE id = ? AND moves >= ?
        """,
        (feed, MOVES),
    )


def _feed(row: sqlite3.Row, muted: int = 0) -> Feed:
    values = dict(row)
    values["unread"] -= muted
    values["own_text"] = bool(values["own_text"])
    values["quiet"] = frozenset(json.loads(values["quiet"]))
    return Feed(**values)
