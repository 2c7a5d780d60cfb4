"""The entries that a feed tells, as they come into the library: new, changed, or known already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from reader.library.packing import pack
from reader.library.stories import Stories
from reader.model.analysis import Analysis

if TYPE_CHECKING:
    import sqlite3

    from reader.feeds.feed import Entry as Told

Dated = Literal["given", "missing", "future"]
MOST_KEPT = 2_000
"""Entries of one feed that are kept. Beyond, the oldest that it lists no longer go, those read first."""


class Arrivals:
    """The entries of one feed being kept, inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, feed: int, when: str, keys: set[str]) -> None:
        self._connection, self._feed, self._when, self._keys = connection, feed, when, keys
        self._stories = Stories(connection)
        self._latest = (datetime.fromisoformat(when) + timedelta(days=1)).astimezone(UTC).isoformat()

    def keep(self, told: Told) -> Literal["new", "changed", "known"]:
        """Keep one entry."""
        known = self._known(told)
        if known is None:
            self._insert(told)
            return "new"
        values: dict[str, Any] = {"key": told.key, "link": told.link, "page": told.page, "title": told.title}
        values["author"] = told.author
        if any(known[name] != value for name, value in values.items()) or self._differs(known, told):
            values |= self._dates(told, known["seen"]) | self._text(told) | {"tried": None}
            if self._differs(known, told):
                values["changed"] = self._when
            names = ", ".join(f"{name} = ?" for name in values)
            self._connection.execute(
                f"UPDATE entry SET {names} WHERE id = ?", (*values.values(), known["id"])
            )
        return "changed" if self._differs(known, told) else "known"

    @staticmethod
    def _differs(known: sqlite3.Row, told: Told) -> bool:
        return bool(known["fingerprint"] != told.fingerprint)

    def _known(self, told: Told) -> sqlite3.Row | None:
        """Return the entry as it is kept. Only one that the feed lists under no other key may be this one."""
        columns = "id, key, link, page, title, author, seen, fingerprint"
        row: sqlite3.Row | None = self._connection.execute(
            f"SELECT {columns} FROM entry WHERE feed = ? AND key = ?", (self._feed, told.key)
        ).fetchone()
        if row is not None:
            return row
        rows = self._connection.execute(
            f"SELECT {columns} FROM entry WHERE feed = ?1 AND (page = ?2 OR fingerprint = ?3)",
            (self._feed, told.page, told.fingerprint),
        )
        same = (one for one in rows.fetchall() if one["key"] not in self._keys and _is_same(one, told))
        return next(same, None)

    def _insert(self, told: Told) -> None:
        values = {
            "feed": self._feed,
            "key": told.key,
            "page": told.page,
            "link": told.link,
            "title": told.title,
            "author": told.author,
            "seen": self._when,
            **self._dates(told, self._when),
            **self._text(told),
        }
        text, moment = told.article.text, str(values["moment"])
        story = self._stories.find(self._feed, told.page, told.fingerprint, text, moment)
        if story is not None:
            values |= {"story": story["id"], "read": story["read"], "document": story["document"]}
        elif told.page is not None:
            values["document"] = self._kept(told.page)
        entry = self._connection.execute(
            f"INSERT INTO entry ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        ).lastrowid
        assert entry is not None
        self._stories.remember(entry, text, self._when)

    def _kept(self, page: str) -> int | None:
        row = self._connection.execute("SELECT id FROM document WHERE key = ?", (page,)).fetchone()
        return None if row is None else int(row["id"])

    def _dates(self, told: Told, seen: str) -> dict[str, object]:
        dated: Dated = "given"
        if told.published is None:
            dated = "missing"
        elif told.published > self._latest:
            dated = "future"
        moment = told.published if dated == "given" else seen
        return {"published": told.published, "dated": dated, "moment": moment}

    @staticmethod
    def _text(told: Told) -> dict[str, object]:
        parts, _ = pack(told.article, Analysis())
        return {"fingerprint": told.fingerprint, "text": told.article.text, "parts": parts}

    def trim(self) -> None:
        """Let go of the oldest entries beyond what is kept, if the feed does not list them any more."""
        self._stories.forget(self._when)
        count = self._connection.execute(
            "SELECT count(*) FROM entry WHERE feed = ?", (self._feed,)
        ).fetchone()[0]
        if count <= MOST_KEPT:
            return
        rows = self._connection.execute(
            "SELECT id, key FROM entry WHERE feed = ? ORDER BY read IS NULL, moment, id", (self._feed,)
        ).fetchall()
        old = [row["id"] for row in rows if row["key"] not in self._keys]
        self._connection.executemany(
            "DELETE FROM entry WHERE id = ?", [(entry,) for entry in old[: count - MOST_KEPT]]
        )


def _is_same(known: sqlite3.Row, told: Told) -> bool:
    """Whether an entry that has another key than before is the one that is kept."""
    page = told.page is not None and known["page"] == told.page
    words, title = known["fingerprint"] == told.fingerprint, known["title"] == told.title
    if known["key"].startswith("name ") and told.key.startswith("name "):
        return bool(page and (words or title))  # the feed says that they are two: it must be wrong about it
    return bool(page or (words and title))
