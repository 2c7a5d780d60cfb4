"""Making anew what follows from texts, analyses and decisions, when it was lost or its rules have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.derived import index_words
from reader.library.reading import refresh

if TYPE_CHECKING:
    from reader.library.library import Library


def rebuild(library: Library) -> int:
    """Empty and refill everything derived, document by document; return how many there were.

    Interrupted, it leaves documents that are not found by searching: running it again mends that.
    """
    with library.database.writing() as connection:
        for table in ("version_words", "quotation_words"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        for table in ("quotation", "named", "person"):
            connection.execute(f"DELETE FROM {table}")
    done = 0
    # In the order in which they were read, so that people are joined as they were then.
    for entry in reversed(list(library.articles.every())):
        with library.database.writing() as connection:
            index_words(connection, entry.version)
        refresh(library, entry.id)
        done += 1
    return done
