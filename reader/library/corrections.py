"""The reader's decisions, kept apart from what machines found: append-only, each taken back one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from reader.library.clock import now
from reader.library.errors import NotInLibrary
from reader.model.corrections import Correction, from_data, to_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.connection import Database


class Decision(NamedTuple):
    """A correction with its number, and when it was made (UTC, ISO 8601)."""

    id: int
    made: str
    correction: Correction


class Corrections:
    """The decisions about documents. They belong to the document, not to one version of its text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, document: int, corrections: Sequence[Correction]) -> list[Decision]:
        """Keep decisions about a document, in order, all of them or none."""
        made = now()
        decisions = []
        with self._database.writing() as connection:
            for correction in corrections:
                number = connection.execute(
                    "INSERT INTO correction (document, made, decision) VALUES (?, ?, ?)",
                    (document, made, json.dumps(to_data(correction), ensure_ascii=False)),
                ).lastrowid
                assert number is not None
                decisions.append(Decision(number, made, correction))
        return decisions

    def of(self, document: int) -> list[Decision]:
        """Return the decisions about a document that hold, in order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, made, decision FROM correction WHERE document = ? AND undone IS NULL ORDER BY id",
                (document,),
            ).fetchall()
        return [Decision(row["id"], row["made"], from_data(json.loads(row["decision"]))) for row in rows]

    def undo(self, document: int, number: int) -> Decision:
        """Take a decision about a document back. Raises :class:`NotInLibrary` when there is none to take."""
        found = next((decision for decision in self.of(document) if decision.id == number), None)
        if found is None:
            raise NotInLibrary(
                f"There is no correction {number} of this article",
                "`onrecord correct SOURCE list` shows them",
            )
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE correction SET undone = ? WHERE id = ?",
                (now(), number),
            )
        return found

    def documents(self) -> list[int]:
        """Return the documents that have decisions."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT document FROM correction WHERE undone IS NULL ORDER BY document"
            ).fetchall()
        return [row[0] for row in rows]
