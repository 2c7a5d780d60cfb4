"""What the machine found in a text, kept by text and pipeline: the same question is never computed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.packing import pack, unpack
from reader.model.analysis import Analysis

if TYPE_CHECKING:
    from reader.index import Index
    from reader.library.connection import Database
    from reader.model.analysis import PipelineInfo
    from reader.model.article import Article


class Analyses:
    """The machine's analyses, immutable, and what the newest one says of each document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, article: Article, analysis: Analysis, document: int | None = None) -> bool:
        """Keep a complete analysis of an article's text, unless one by the same pipeline is there already.

        The text of an article with lines put back is no version of its ``document``; an analysis of it is
        kept for that until other lines are. Returns whether the analysis is new.
        """
        info = analysis.pipeline
        if info is None:
            return False
        _, findings = pack(article, analysis)
        with self._database.writing() as connection:
            if document is not None:
                connection.execute(
                    "DELETE FROM analysis WHERE document = ? AND hash <> ?", (document, article.id)
                )
            done = connection.execute(
                """
                INSERT OR IGNORE INTO analysis (hash, pipeline, version, fingerprint, findings, document)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                (article.id, info.name, info.version, info.fingerprint, findings, document),
            )
            return done.rowcount > 0

    def find(self, article: Article, info: PipelineInfo | None = None) -> Analysis | None:
        """Return what a pipeline found in an article's text; without one, the latest analysis of any."""
        with self._database.reading() as connection:
            if info is None:
                row = connection.execute(
                    "SELECT findings FROM analysis WHERE hash = ? ORDER BY id DESC LIMIT 1", (article.id,)
                ).fetchone()
            else:
                row = connection.execute(
                    """
                    SELECT findings FROM analysis
                    WHERE hash = ? AND pipeline = ? AND version = ? AND fingerprint = ?
                    """,
                    (article.id, info.name, info.version, info.fingerprint),
                ).fetchone()
        if row is None:
            return None
        whole, _ = pack(article, Analysis())
        return unpack(article.text, whole, row["findings"])[1]

    def shown(self, version: int) -> bool:
        """Return whether the library answers with anything that was found in a version."""
        with self._database.reading() as connection:
            row = connection.execute(
                """
                SELECT EXISTS (SELECT 1 FROM named WHERE version = ?1)
                    OR EXISTS (SELECT 1 FROM quotation WHERE version = ?1)
                """,
                (version,),
            ).fetchone()
        return bool(row[0])

    def show(self, version: int, index: Index) -> None:
        """Make what an index says of a document's newest version what the library answers with."""
        from reader.library.derived import show_text, write_findings  # with all that tells people apart

        with self._database.writing() as connection:
            newest = connection.execute("SELECT 1 FROM document WHERE newest = ?", (version,)).fetchone()
            if newest is not None:
                show_text(connection, version, index.article.text)
                write_findings(connection, version, index)
