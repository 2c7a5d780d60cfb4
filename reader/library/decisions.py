"""The reader's decisions about people across articles: who is the same, who is not, what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.library.clock import now
from reader.library.errors import NotInLibrary
from reader.library.naming import person_name
from reader.model.source import document as document_of

if TYPE_CHECKING:
    import sqlite3

Kind = Literal["same", "different", "name"]
_AT = "\t"  # no key holds one


class PersonDecision(NamedTuple):
    """A decision with its number and time (UTC); ``first`` and ``second`` are references.

    For the kind ``name`` the second is the name to show.
    """

    id: int
    made: str
    kind: Kind
    first: str
    second: str
    note: str


def reference(key: str, document: str = "") -> str:
    """Return what a decision is about: everybody of a name, or who is so called in one document."""
    return f"{key}{_AT}{document}" if document else key


def parted(found: str) -> tuple[str, str]:
    """Return the name's key and the document's key of a reference; the latter is empty for everybody."""
    key, _, document = found.partition(_AT)
    return key, document


def shown(found: str) -> str:
    """Return a reference for people, as they may type it."""
    key, document = parted(found)
    return f"{key}@{document}" if document else key


def typed(text: str) -> str:
    """Return the reference that somebody types: ``NAME``, or ``NAME@SOURCE`` for who it is in one article."""
    name, _, source = text.partition("@")
    key = person_name(name.strip()).key
    if not key:
        raise NotInLibrary("No name was given", "Write a NAME, or NAME@SOURCE for who it is in one article")
    return reference(key, document_of(source, "") if source else "")


def standing(connection: sqlite3.Connection) -> list[PersonDecision]:
    """Return the decisions that hold, in order."""
    rows = connection.execute(
        "SELECT id, made, kind, first, second, note FROM person_decision WHERE undone IS NULL ORDER BY id"
    )
    return [PersonDecision(*row) for row in rows]


def add(connection: sqlite3.Connection, kind: Kind, first: str, second: str, note: str = "") -> int:
    """Keep a decision; an earlier one about the same two is taken back by it."""
    connection.execute(
        """
        UPDATE person_decision SET undone = ? WHERE undone IS NULL AND (kind = 'name') = (? = 'name')
        AND (first = ? AND (? = 'name' OR second = ?) OR kind <> 'name' AND first = ? AND second = ?)
        """,
        (now(), kind, first, kind, second, second, first),
    )
    found = connection.execute(
        "INSERT INTO person_decision (made, kind, first, second, note) VALUES (?, ?, ?, ?, ?)",
        (now(), kind, first, second, note),
    ).lastrowid
    assert found is not None
    return found


def undo(connection: sqlite3.Connection, number: int) -> PersonDecision:
    """Take a decision back. Raises :class:`NotInLibrary` when there is none to take."""
    found = next((decision for decision in standing(connection) if decision.id == number), None)
    if found is None:
        raise NotInLibrary(
            f"There is no decision {number} about people", "`onrecord who --decisions` shows them"
        )
    connection.execute("UPDATE person_decision SET undone = ? WHERE id = ?", (now(), number))
    return found
