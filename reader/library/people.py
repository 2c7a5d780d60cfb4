"""The reader's decisions about people across articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library import decisions
from reader.library.errors import NotInLibrary
from reader.library.joining import candidates, settle
from reader.text.safety import printable

if TYPE_CHECKING:
    import sqlite3

    from reader.library.connection import Database

_ARTICLES = 60
"""So many articles at most are named where a name alone does not tell who is meant."""


class People:
    """The reader's decisions about people, each answered with at once. They last: see :func:`settle`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, kind: decisions.Kind, first: str, second: str, note: str = "") -> int:
        """Keep a decision about two references, or about one and its name; return its number.

        Raises :class:`NotInLibrary` when nobody is called so.
        """
        with self._database.writing() as connection:
            for reference in (first,) if kind == "name" else (first, second):
                _known(connection, reference)
            number = decisions.add(connection, kind, first, second, note)
            _settle_about(connection, kind, first, second)
        return number

    def undo(self, number: int) -> decisions.PersonDecision:
        """Take a decision back. Raises :class:`NotInLibrary` when there is none to take."""
        with self._database.writing() as connection:
            found = decisions.undo(connection, number)
            _settle_about(connection, found.kind, found.first, found.second)
        return found

    def decisions(self) -> list[decisions.PersonDecision]:
        """Return the decisions that hold, in order."""
        with self._database.reading() as connection:
            return decisions.standing(connection)

    def references(self, person: int) -> list[str]:
        """Return what a decision about a person is about: its name if it alone has it, else its articles."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT type, key FROM person WHERE id = ?", (person,)).fetchone()
            if row is None:
                raise NotInLibrary(
                    f"The library has nobody with the number {person}", "`onrecord who NAME` shows numbers"
                )
            if candidates(connection, row["type"], [row["key"]]) == [person]:
                return [decisions.reference(row["key"])]
            rows = connection.execute(
                """
                SELECT named.key AS key, document.key AS document FROM named
                JOIN version ON version.id = named.version JOIN document ON document.id = version.document
                WHERE named.person = ? ORDER BY named.version LIMIT ?
                """,
                (person, _ARTICLES),
            ).fetchall()
        return [decisions.reference(found["key"], found["document"]) for found in rows]


def _known(connection: sqlite3.Connection, reference: str) -> None:
    key, document = decisions.parted(reference)
    found = connection.execute(
        """
        SELECT 1 FROM named JOIN version ON version.id = named.version
        JOIN document ON document.id = version.document
        WHERE (named.key = ? OR named.id IN (SELECT named FROM alias WHERE alias.key = ?))
        AND ? IN ('', document.key) LIMIT 1
        """,
        (key, key, document),
    ).fetchone()
    if found is None:
        raise NotInLibrary(
            f"Nobody in the library is called {printable(decisions.shown(reference))}",
            "`onrecord who NAME` shows who is",
        )


def _settle_about(connection: sqlite3.Connection, kind: str, first: str, second: str) -> None:
    about = (first,) if kind == "name" else (first, second)
    settle(connection, [decisions.parted(reference)[0] for reference in about])
