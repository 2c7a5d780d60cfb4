"""Entries of feeds as the library keeps them: new or changed by what they say, read or not, in stories."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.library.arrivals import Arrivals
from reader.library.clock import now
from reader.library.errors import NotInLibrary
from reader.library.feeds import answered
from reader.library.packing import unpack
from reader.library.paging import PAGE, paged
from reader.text.names import folded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from reader.feeds.feed import Feed as Document
    from reader.library.arrivals import Dated
    from reader.library.connection import Database
    from reader.library.feeds import FeedAnswer
    from reader.model.article import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as lists show it. Times are UTC, ISO 8601.

    ``moment`` sorts: when it was published, or seen first where ``dated`` says that its date is missing or
    in the future. ``changed`` is when its text was found to be another, ``read`` when the reader read it.
    ``document`` is the article that its page was kept as, ``opening`` how its text begins where it has no
    title. ``sources`` are the feeds that tell the story: this one's, then others.
    """

    id: int
    feed: int
    link: str | None
    title: str | None
    author: str | None
    published: str | None
    dated: Dated
    moment: str
    seen: str
    changed: str | None
    read: str | None
    document: int | None
    opening: str | None
    sources: tuple[str, ...]

    @property
    def shown(self) -> str:
        """What to call it: its title, how its text begins, its link."""
        return self.title or self.opening or self.link or "Untitled"

    @property
    def changed_since(self) -> bool:
        """Whether its text is another than the reader read."""
        return self.changed is not None and self.read is not None and self.changed > self.read


class Arrived(NamedTuple):
    """What an update brought: entries that are new, and entries whose text is another now."""

    new: int
    changed: int


class EntryPosition(NamedTuple):
    """Where a page of a list ends: the moment and the id of its last entry."""

    moment: str
    id: int


_SHOWN = "coalesce(feed.name, feed.title, feed.address)"
_ENTRY = f"""
    SELECT e.id, e.feed, e.link, e.title, e.author, e.published, e.dated, e.moment, e.seen, e.changed, e.read,
        e.document, CASE WHEN e.title IS NULL THEN substr(e.text, 1, 120) END AS opening,
        (SELECT json_group_array(json_array(other.id, {_SHOWN}))
            FROM entry AS other JOIN feed ON feed.id = other.feed
            WHERE other.id = e.id OR other.story = coalesce(e.story, e.id) OR other.id = e.story) AS sources
    FROM entry AS e
"""
_MUTED = "EXISTS (SELECT 1 FROM muted WHERE muted.entry = e.id)"
_WITHIN = "SELECT id FROM feed WHERE substr(folder || '/', 1, ?) = ?"
_TOLD_WITHIN = f"SELECT 1 FROM entry AS other WHERE other.story = e.id AND other.feed IN ({_WITHIN})"


class Entries:
    """The entries of the feeds that are followed. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store(
        self,
        feed: int,
        document: Document,
        answer: FeedAnswer,
        *,
        hash_: str | None = None,
    ) -> Arrived:
        """Keep what a feed says now, in bytes of that SHA-256, and that it answered.

        An entry is known again by its key, else by its link, else by its words. One whose words are the
        same is not new, whatever else was touched; one with other words is changed and stays read.
        """
        when = now()
        with self._database.writing() as connection:
            followed = connection.execute(
                """
                UPDATE feed SET title = ifnull(?, title), page = ifnull(?, page), rest = ?, quiet = ?,
                    hash = ?
                WHERE id = ?
                """,
                (
                    document.title,
                    document.page,
                    document.rest,
                    json.dumps(sorted(document.quiet)),
                    hash_,
                    feed,
                ),
            ).rowcount
            if not followed:  # it was removed while it was asked
                return Arrived(0, 0)
            answered(connection, feed, answer)
            keeping = Arrivals(connection, feed, when, {entry.key for entry in document.entries})
            # The oldest first: of entries without a date the first in the feed is then the newest in lists.
            stored = [keeping.keep(entry) for entry in reversed(document.entries)]
            keeping.trim()
        return Arrived(stored.count("new"), stored.count("changed"))

    def newest(
        self,
        *,
        feed: int | None = None,
        folder: str | None = None,
        unread: bool = False,
        muted: bool | None = None,
        titled: str = "",
        before: EntryPosition | None = None,
        limit: int = 200,
    ) -> list[Entry]:
        """Return entries, the newest first; of several feeds together, each story once.

        A folder is listed with those inside it. ``muted`` are those that a muting watch hides, or with False
        all others; ``titled`` are words that the title must have.
        """
        conditions, values = _among(feed, folder)
        if unread:
            conditions.append("e.read IS NULL")
        if muted is not None:
            conditions.append(_MUTED if muted else f"NOT {_MUTED}")
        for word in titled.split():
            conditions.append("instr(fold(ifnull(e.title, '')), ?)")
            values.append(folded(word))
        if before is not None:
            conditions.append("(e.moment, e.id) < (?, ?)")
            values += before
        # Which they are says an index alone; only those are looked up.
        order = "ORDER BY e.moment DESC, e.id DESC"
        found = f"SELECT e.id FROM entry AS e WHERE {' AND '.join(conditions)} {order} LIMIT ?"
        with self._database.reading() as connection:
            connection.create_function("fold", 1, folded, deterministic=True)
            rows = connection.execute(
                f"{_ENTRY} WHERE e.id IN ({found}) {order}", (*values, limit)
            ).fetchall()
        return [_entry(row) for row in rows]

    def every(
        self,
        *,
        feed: int | None = None,
        folder: str | None = None,
        unread: bool = False,
        muted: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[Entry]:
        """Return all entries one after the other, the newest first."""

        def page(last: Entry | None, size: int) -> list[Entry]:
            before = None if last is None else EntryPosition(last.moment, last.id)
            return self.newest(
                feed=feed, folder=folder, unread=unread, muted=muted, before=before, limit=size
            )

        return paged(page, limit)

    def unfetched(self, limit: int) -> list[Entry]:
        """Return those of the newest unread entries whose pages are to be fetched in advance.

        They have a page that is not there yet and was not tried in vain, in a feed whose pages are shown,
        and no watch hides them.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""
                {_ENTRY} WHERE e.id IN (
                    SELECT id FROM entry WHERE story IS NULL AND read IS NULL
                    ORDER BY moment DESC, id DESC LIMIT ?
                ) AND e.link IS NOT NULL AND e.document IS NULL AND e.tried IS NULL
                    AND NOT (SELECT own_text FROM feed WHERE feed.id = e.feed) AND NOT {_MUTED}
                ORDER BY e.moment DESC, e.id DESC
                """,
                (limit,),
            ).fetchall()
        return [_entry(row) for row in rows]

    def get(self, entry: int) -> Entry:
        """Return an entry; raises :class:`NotInLibrary` when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(f"{_ENTRY} WHERE e.id = ?", (entry,)).fetchone()
        if row is None:
            raise NotInLibrary(
                f"There is no entry {entry}", "`onrecord feeds entries` shows them with numbers"
            )
        return _entry(row)

    def article(self, entry: int) -> Article:
        """Return what the feed itself says as an article. Raises :class:`NotInLibrary` when there is none."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT text, parts FROM entry WHERE id = ?", (entry,)).fetchone()
        if row is None:
            raise NotInLibrary("The feed does not have that entry any more")
        return unpack(row["text"], row["parts"])[0]

    def unread(self, *, feed: int | None = None, folder: str | None = None) -> int:
        """Return how many stories are unread, of all, a feed or a folder, without those that are muted."""
        conditions, values = _among(feed, folder)
        where = " AND ".join([*conditions, "e.read IS NULL"])
        with self._database.reading() as connection:
            counts = [
                int(connection.execute(f"SELECT count({what}) FROM {of} WHERE {where}", values).fetchone()[0])
                for what, of in (
                    ("*", "entry AS e"),
                    ("DISTINCT e.id", "muted JOIN entry AS e ON e.id = muted.entry"),
                )
            ]
        return counts[0] - counts[1]

    def muted(self) -> int:
        """Return how many entries muting watches hide."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(DISTINCT entry) FROM muted").fetchone()[0])

    def mark(self, entries: Sequence[int], *, read: bool = True) -> None:
        """Note that entries were read, or are to be unread; with each the others of its story."""
        with self._database.writing() as connection:
            connection.executemany(
                """
                UPDATE entry SET read = ?1
                WHERE id = ?2 OR story = ?2 OR id = (SELECT story FROM entry WHERE id = ?2)
                    OR story = (SELECT story FROM entry WHERE id = ?2)
                """,
                [(now() if read else None, entry) for entry in entries],
            )

    def mark_all(self, feed: int | None = None) -> list[int]:
        """Note that every entry, or every one of a feed, was read; return those that were unread."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM entry WHERE read IS NULL AND ifnull(?, feed) = feed", (feed,)
            ).fetchall()
        entries = [row["id"] for row in rows]
        for start in range(0, len(entries), PAGE):
            self.mark(entries[start : start + PAGE])
        return entries

    def opened(self, entry: int, document: int) -> None:
        """Note which article of the library the page of an entry, and of all that lead there, was kept as."""
        with self._database.writing() as connection:
            connection.execute(
                """
                UPDATE entry SET document = ?1
                WHERE id = ?2 OR page = (SELECT page FROM entry WHERE id = ?2)
                """,
                (document, entry),
            )

    def missed(self, entry: int) -> None:
        """Note that the page of an entry cannot be fetched in advance: not tried until that changes."""
        with self._database.writing() as connection:
            connection.execute("UPDATE entry SET tried = ? WHERE id = ?", (now(), entry))


def _among(feed: int | None, folder: str | None) -> tuple[list[str], list[object]]:
    """Return the conditions of what is of a feed, or each story once, of a folder or of all."""
    if feed is not None:
        return ["e.feed = ?"], [feed]
    if folder is None:
        return ["e.story IS NULL"], []
    inside = f"(e.feed IN ({_WITHIN}) OR EXISTS ({_TOLD_WITHIN}))"
    return ["e.story IS NULL", inside], [len(folder) + 1, f"{folder}/"] * 2


def _entry(row: sqlite3.Row) -> Entry:
    values = dict(row)
    # Its own feed first, then the others in the order in which they told the story.
    sources = sorted(json.loads(values["sources"]), key=lambda one: (one[0] != values["id"], one[0]))
    values["sources"] = tuple(dict.fromkeys(name for _, name in sources))
    return Entry(**values)
