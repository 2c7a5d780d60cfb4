"""Making anew what follows from texts, analyses and decisions, when it was lost or its rules have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.index import Index
from reader.library.derived import index_words, write_findings

if TYPE_CHECKING:
    from reader.library.analyses import Analyses
    from reader.library.articles import Articles
    from reader.library.connection import Database


def rebuild(database: Database, articles: Articles, analyses: Analyses) -> int:
    """Empty and refill everything derived, document by document; return how many there were.

    Interrupted, it leaves documents that are not found by searching: running it again mends that.
    """
    with database.writing() as connection:
        for table in ("version_words", "quotation_words"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        for table in ("quotation", "named", "person"):
            connection.execute(f"DELETE FROM {table}")
    done = 0
    for entry in articles.every():
        article = articles.load(entry.version)
        analysis = analyses.find(article)
        with database.writing() as connection:
            index_words(connection, entry.version)
            if analysis is not None:
                write_findings(connection, entry.version, Index(article, analysis))
        done += 1
    return done
