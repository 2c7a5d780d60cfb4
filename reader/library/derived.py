"""What follows from the newest version of a document as corrected: words, who is named, who said what.

All of it can be computed again; it is written by the same functions, in the same transaction, as what it
follows from. Statements on the full-text tables give the old values exactly, as external content demands.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.text.names import folded

if TYPE_CHECKING:
    import sqlite3

    from reader.index import Index


def index_words(connection: sqlite3.Connection, version: int) -> None:
    """Make the words of a version searchable. It must be its document's newest, and not searchable yet."""
    connection.execute(
        "INSERT INTO version_words (rowid, title, text) SELECT id, title, text FROM version WHERE id = ?",
        (version,),
    )


def forget_words(connection: sqlite3.Connection, version: int) -> None:
    """Take a version out of the search, with everything that was found in it."""
    forget_findings(connection, version)
    connection.execute(
        """
        INSERT INTO version_words (version_words, rowid, title, text)
        SELECT 'delete', id, title, text FROM version WHERE id = ?
        """,
        (version,),
    )


def forget_findings(connection: sqlite3.Connection, version: int) -> None:
    """Delete who is named and who said what in a version."""
    connection.execute(
        """
        INSERT INTO quotation_words (quotation_words, rowid, text)
        SELECT 'delete', id, text FROM quotation WHERE version = ?
        """,
        (version,),
    )
    connection.execute("DELETE FROM quotation WHERE version = ?", (version,))
    connection.execute("DELETE FROM named WHERE version = ?", (version,))


def write_findings(connection: sqlite3.Connection, version: int, index: Index) -> None:
    """Write who is named and who said what in a version, in place of what was written before."""
    forget_findings(connection, version)
    rows: dict[str, int] = {}
    for entity in index.analysis.entities:
        name = index.name(entity)
        found = connection.execute(
            """
            INSERT INTO named (version, entity, type, name, key, aliases, mentions)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            (
                version,
                entity.id,
                entity.type,
                name,
                folded(name),
                json.dumps(index.aliases(entity), ensure_ascii=False),
                len(entity.mentions),
            ),
        ).lastrowid
        assert found is not None
        rows[entity.id] = found
    for quotation in index.quotations:
        entity_id = quotation.speaker.entity if quotation.speaker else None
        text = index.words(quotation)
        found = connection.execute(
            """
            INSERT INTO quotation (version, name, kind, start, end, text, speaker, role, named, confidence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                version,
                quotation.id,
                quotation.kind,
                quotation.start,
                quotation.end,
                text,
                index.speaker_name(quotation),
                index.role(quotation),
                rows.get(entity_id or ""),
                quotation.confidence,
            ),
        ).lastrowid
        connection.execute("INSERT INTO quotation_words (rowid, text) VALUES (?, ?)", (found, text))
