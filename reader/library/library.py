"""The library as everything else uses it: one file, opened, with what it holds by subject.

What opening an article does not need is imported when it is asked for: the text waits for the rest.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reader.library.analyses import Analyses
from reader.library.articles import Articles
from reader.library.backup import back_up
from reader.library.connection import Database
from reader.library.corrections import Corrections
from reader.library.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from reader.library.dossier import Dossiers
    from reader.library.entries import Entries
    from reader.library.feeds import Feeds
    from reader.library.people import People
    from reader.library.queries import Query
    from reader.library.rebuilding import Watch
    from reader.library.rechecks import Rechecks
    from reader.library.search import Hit, Order
    from reader.library.watches import Watches


class Library:
    """An open library; in a ``with`` it is closed at the end.

    Raises an error of :mod:`reader.library.errors` when its file cannot be used.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.database = Database(self.path)
        self.articles = Articles(self.database)
        self.analyses = Analyses(self.database)
        self.corrections = Corrections(self.database)

    @cached_property
    def people(self) -> People:
        """People across articles, and the decisions about them."""
        from reader.library.people import People

        return People(self.database)

    @cached_property
    def feeds(self) -> Feeds:
        """The feeds that are followed."""
        from reader.library.feeds import Feeds

        return Feeds(self.database)

    @cached_property
    def entries(self) -> Entries:
        """What those feeds say."""
        from reader.library.entries import Entries

        return Entries(self.database)

    @cached_property
    def dossiers(self) -> Dossiers:
        """Questions about people."""
        from reader.library.dossier import Dossiers

        return Dossiers(self.database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def rechecks(self) -> Rechecks:
        """When articles are looked at again."""
        from reader.library.rechecks import Rechecks

        return Rechecks(self.database)

    @cached_property
    def watches(self) -> Watches:
        """Searches that look at whatever is new."""
        from reader.library.watches import Watches

        return Watches(self.database)

    def search(
        self,
        query: str | Query,
        *,
        order: Order = "newest",
        before: int | None = None,
        among: Sequence[int] | None = None,
        limit: int = 50,
    ) -> list[Hit]:
        """Return what a search finds, see :func:`reader.library.search.search`.

        Raises :class:`reader.library.queries.QueryError`.
        """
        from reader.library.queries import parse
        from reader.library.search import search

        asked = parse(query) if isinstance(query, str) else query
        if asked.changes:
            from reader.library.changed import changed

            return changed(self, asked, before=before, among=among, limit=limit)
        return search(self.database, asked, order=order, before=before, among=among, limit=limit)

    def asking(self) -> AbstractContextManager[None]:
        """Be the only one who asks the feeds, and looks at articles again, while a ``with`` lasts.

        Raises :class:`reader.library.turns.Underway`.
        """
        from reader.library.turns import only_one

        return only_one(self.path)

    def back_up(self, target: Path | None = None) -> Path:
        """Write a checked copy and return where it is."""
        with self.database.outside_transactions() as connection:
            return back_up(connection, self.path, target)

    def check(self) -> Iterator[str]:
        """Yield what is wrong with the file, one plain sentence each."""
        with self.database.reading() as connection:
            problems = connection.execute("PRAGMA integrity_check(20)").fetchall()
            lost = connection.execute("PRAGMA foreign_key_check").fetchall()
        yield from (f"SQLite says: {problem}" for (problem,) in problems if problem != "ok")
        yield from (f"A row of {row[0]} belongs to nothing" for row in lost)
        for table in ("version_words", "quotation_words"):
            if not self._words_agree(table):
                yield f"{table} does not fit the texts: `onrecord library rebuild` makes it anew"

    def _words_agree(self, table: str) -> bool:
        from reader.library.errors import LibraryDamaged

        try:
            with self.database.writing() as connection:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except LibraryDamaged:
            return False
        return True

    def rebuild(self, watch: Watch = iter) -> int:
        """Make everything that follows from texts and analyses anew; return from how many documents.

        All of it or nothing, see :func:`reader.library.rebuilding.rebuild`.
        """
        from reader.library.rebuilding import rebuild

        return rebuild(self, watch)

    def vacuum(self) -> int:
        """Give unused room back to the disk; return how many bytes."""
        before = self.path.stat().st_size
        with self.database.outside_transactions() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before - self.path.stat().st_size

    def close(self) -> None:
        """Close the file; SQLite may tidy up its statistics, unless another is writing."""
        try:
            with suppress(LibraryError), self.database.outside_transactions() as connection:
                connection.execute("PRAGMA busy_timeout = 0")
                connection.execute("PRAGMA optimize")
        finally:
            self.database.close()
