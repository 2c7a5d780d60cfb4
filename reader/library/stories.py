"""Which entries of several feeds tell one story: the same page, the same words, or nearly the same words.

Nothing is lost by being grouped: an entry stays in its feed, and lists name all who tell the story.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.text.likeness import FEWEST_WORDS, alike, bands

if TYPE_CHECKING:
    import sqlite3

_DAYS = 3  # between two entries that tell one story in other words
_COMPARED = 20  # texts, at most, that are compared with one
_LATER = 1 << 62


class Stories:
    """The stories of a library's entries, inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(
        self, feed: int, page: str | None, fingerprint: str, text: str, moment: str, before: int = _LATER
    ) -> sqlite3.Row | None:
        """Return the entry that stands for the story that one of ``feed`` tells, if another feed told it.

        Only entries ``before`` a number are looked at.
        """
        enough = len(text.split()) >= FEWEST_WORDS
        for condition, value in (("page", page), ("fingerprint", fingerprint if enough else None)):
            if value is None:
                continue
            row: sqlite3.Row | None = self._connection.execute(
                f"""
                SELECT coalesce(story, id) AS id, read, document FROM entry
                WHERE {condition} = ? AND feed <> ? AND id < ? ORDER BY id LIMIT 1
                """,
                (value, feed, before),
            ).fetchone()
            if row is not None:
                return row
        return self._in_other_words(feed, text, moment) if enough else None

    def _in_other_words(self, feed: int, text: str, moment: str) -> sqlite3.Row | None:
        numbers = bands(text)
        rows = self._connection.execute(
            f"""
            SELECT coalesce(entry.story, entry.id) AS id, entry.read, entry.document, entry.text
            FROM entry_band JOIN entry ON entry.id = entry_band.entry
            WHERE entry_band.band IN ({", ".join("?" * len(numbers))}) AND entry.feed <> ?
                AND abs(julianday(entry.moment) - julianday(?)) <= {_DAYS}
            GROUP BY entry.id ORDER BY count(*) DESC, entry.id LIMIT {_COMPARED}
            """,
            (*numbers, feed, moment),
        )
        return next((row for row in rows if alike(row["text"], text)), None)

    def remember(self, entry: int, text: str, seen: str) -> None:
        """Note what an entry says, for those to come that say it in other words."""
        day = datetime.fromisoformat(seen).toordinal()
        self._connection.executemany(
            "INSERT OR IGNORE INTO entry_band (band, entry, day) VALUES (?, ?, ?)",
            [(number, entry, day) for number in bands(text)],
        )

    def forget(self, now: str) -> None:
        """Let go of what was noted of entries that came so long ago that nothing is compared with them."""
        self._connection.execute(
            "DELETE FROM entry_band WHERE day < ?", (datetime.fromisoformat(now).toordinal() - _DAYS,)
        )

    def group_anew(self, now: str) -> None:
        """Find the stories of all entries again, in the order in which these came."""
        self._connection.execute("UPDATE entry SET story = NULL WHERE story IS NOT NULL")
        self._connection.execute("DELETE FROM entry_band")
        for (entry,) in self._connection.execute("SELECT id FROM entry ORDER BY id").fetchall():
            row = self._connection.execute(
                "SELECT feed, page, fingerprint, text, moment, seen FROM entry WHERE id = ?", (entry,)
            ).fetchone()
            said = (row["feed"], row["page"], row["fingerprint"], row["text"], row["moment"])
            found = self.find(*said, before=entry)
            if found is not None:
                self._connection.execute("UPDATE entry SET story = ? WHERE id = ?", (found["id"], entry))
            self.remember(entry, row["text"], row["seen"])
        self.forget(now)
