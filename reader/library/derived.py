"""What follows from the newest version of a document as corrected: words, who is named, who said what.

All of it can be computed again; it is written by the same functions, in the same transaction, as what it
follows from. Statements on the full-text tables give the old values exactly, as external content demands.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.library.evidence import evidence
from reader.library.joining import keys_of, leave, place
from reader.library.naming import name_of

if TYPE_CHECKING:
    import sqlite3

    from reader.index import Index


def index_words(connection: sqlite3.Connection, version: int) -> None:
    """Make the words of a version searchable. It must be its document's newest, and not searchable yet."""
    connection.execute(
        "INSERT INTO version_words (rowid, title, text) SELECT id, title, text FROM newest WHERE id = ?",
        (version,),
    )
    _revise(connection, version)


def forget_words(connection: sqlite3.Connection, version: int) -> None:
    """Take a version out of the search, with everything that was found in it."""
    forget_findings(connection, version)
    connection.execute(
        """
        INSERT INTO version_words (version_words, rowid, title, text)
        SELECT 'delete', id, title, text FROM newest WHERE id = ?
        """,
        (version,),
    )


def show_text(connection: sqlite3.Connection, version: int, text: str) -> None:
    """Search a document's newest version by the text that its reader sees, with lines that were put back."""
    row = connection.execute(
        """
        SELECT document.id, document.shown, version.text
        FROM version JOIN document ON document.newest = version.id WHERE version.id = ?
        """,
        (version,),
    ).fetchone()
    shown = None if text == row["text"] else text
    if shown != row["shown"]:
        forget_words(connection, version)
        connection.execute("UPDATE document SET shown = ? WHERE id = ?", (shown, row["id"]))
        index_words(connection, version)


def forget_findings(connection: sqlite3.Connection, version: int) -> None:
    """Delete who is named and who said what in a version."""
    connection.execute(
        """
        INSERT INTO quotation_words (quotation_words, rowid, text, speaker)
        SELECT 'delete', id, text, speaker FROM quotation WHERE version = ?
        """,
        (version,),
    )
    connection.execute("DELETE FROM quotation WHERE version = ?", (version,))
    leave(connection, version)
    connection.execute("DELETE FROM named WHERE version = ?", (version,))


def write_findings(connection: sqlite3.Connection, version: int, index: Index) -> None:
    """Write who is named and who said what in a version, in place of what was written before."""
    forget_findings(connection, version)
    rows: dict[str, int] = {}
    for entity in index.analysis.entities:
        name, aliases = index.name(entity), index.aliases(entity)
        own = name_of(entity.type, name)
        said = evidence(index, entity, own.middle).dumps() if entity.type == "PERSON" else ""
        found = connection.execute(
            """
            INSERT INTO named (version, entity, type, name, key, aliases, mentions, evidence, joins)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                version,
                entity.id,
                entity.type,
                name,
                own.key,
                json.dumps(aliases, ensure_ascii=False),
                len(entity.mentions),
                said,
                own.joins,
            ),
        ).lastrowid
        assert found is not None
        rows[entity.id] = found
        if own.joins:
            connection.executemany(
                "INSERT INTO alias (key, named) VALUES (?, ?)",
                [(key, found) for key in keys_of(entity.type, name, aliases)[1:]],
            )
    for quotation in index.quotations:
        entity_id = quotation.speaker.entity if quotation.speaker else None
        text, speaker = index.words(quotation), index.speaker_name(quotation)
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
                speaker,
                index.role(quotation),
                rows.get(entity_id or ""),
                quotation.confidence,
            ),
        ).lastrowid
        connection.execute(
            "INSERT INTO quotation_words (rowid, text, speaker) VALUES (?, ?, ?)", (found, text, speaker)
        )
    place(connection, version)
    _revise(connection, version)


def _revise(connection: sqlite3.Connection, version: int) -> None:
    """Let watches look at a version's document, whether they have before or not."""
    (document,) = connection.execute("SELECT document FROM version WHERE id = ?", (version,)).fetchone()
    connection.execute("DELETE FROM revised WHERE document = ?", (document,))
    connection.execute("INSERT INTO revised (document) VALUES (?)", (document,))
