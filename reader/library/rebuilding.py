"""Making anew what follows from texts, analyses and decisions, when it was lost or its rules have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.clock import now
from reader.library.derived import index_words
from reader.library.reading import refresh
from reader.library.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.library.library import Library

    Watch = Callable[[Sequence[int]], Iterable[int]]


def rebuild(library: Library, watch: Watch = iter) -> int:
    """Empty and refill everything derived, document by document; return how many there were.

    It is one transaction: interrupted, it changes nothing, and readers see what was there before until it is
    done. ``watch`` is given what is to be gone through, to tell how far it is.
    """
    with library.database.writing() as connection:
        for table in ("version_words", "quotation_words"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        for table in ("quotation", "named", "person"):
            connection.execute(f"DELETE FROM {table}")
        # In the order in which they were read, so that people are joined as they were then.
        newest = dict(
            connection.execute(
                "SELECT id, newest FROM document WHERE newest IS NOT NULL ORDER BY newest"
            ).fetchall()
        )
        for document in watch(list(newest)):
            index_words(connection, newest[document])
            refresh(library, document)
        Stories(connection).group_anew(now())
    return len(newest)
