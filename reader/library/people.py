"""The reader's decisions about people across articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from reader.library import decisions
from reader.library.errors import NotInLibrary
from reader.library.joining import candidates, settle
from reader.library.naming import name_of
from reader.text.safety import one_line, printable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from reader.library.connection import Database

_ARTICLES = 60
"""So many articles at most are named where a name alone does not tell who is meant."""


class Whom(NamedTuple):
    """Whom a decision is about, as it may be shown: a name, and the title of the article if it is one's."""

    name: str
    article: str = ""


class Told(NamedTuple):
    """A decision, and whom it is about. ``second`` is None where only a name was decided on."""

    decision: decisions.PersonDecision
    first: Whom
    second: Whom | None


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

    def unite(self, one: int, other: int, note: str = "") -> int:
        """Decide that two people are one, and return who that is.

        Where they had been parted by a decision alone, taking that one back is enough.
        Raises :class:`NotInLibrary` when either is not there.
        """
        with self._database.writing() as connection:
            first, second = _references(connection, one)[0], _references(connection, other)[0]
            rows = {*_rows(connection, one), *_rows(connection, other)}
            parting = [
                decision
                for decision in decisions.standing(connection)
                if decision.kind == "different" and _between(connection, decision, one, other)
            ]
            if parting and _enough(connection, parting, lambda: _just(connection, rows)):
                return _person_of(connection, rows)
            decisions.add(connection, "same", first, second, note)
            _settle_about(connection, "same", first, second)
            if len(_people_of(connection, rows)) > 1:
                _take_back(connection, parting)
            return _person_of(connection, rows)

    def part(self, person: int, document: int, note: str = "") -> None:
        """Decide that whom one article takes for a person is somebody else.

        Raises :class:`NotInLibrary` when the article does not name that person, or no other does.
        """
        with self._database.writing() as connection:
            rows = _rows(connection, person)
            here = [row for row, (_, where) in rows.items() if where == document]
            rest = [row for row in rows if row not in here]
            if not here or not rest:
                raise NotInLibrary("No other article names this person: there is nobody to tell apart")
            tying = [one for one in decisions.standing(connection) if _ties(connection, one, here)]
            if tying and _enough(connection, tying, lambda: _parted(connection, here, rest)):
                return
            apart = _meant(connection, here[0])
            about = [_meant(connection, row) for row in rest[-_ARTICLES:]]
            keys = dict.fromkeys(rows[row][0] for row in rest)
            if rows[here[0]][0] in keys and not decisions.parted(_references(connection, person)[0])[1]:
                # whoever is called so in any other article, now and later
                about = [decisions.reference(key) for key in keys]
            for reference in dict.fromkeys(about):
                decisions.add(connection, "different", reference, apart, note)
            _settle_about(connection, "different", about[0], apart)
            if not _parted(connection, here, rest):
                _take_back(connection, tying)

    def recognise(self, person: int, name: str, document: int, note: str = "") -> None:
        """Decide that whom an article calls by a name that says too little is this person.

        Raises :class:`NotInLibrary` when the article names nobody so.
        """
        with self._database.writing() as connection:
            key = connection.execute("SELECT key FROM document WHERE id = ?", (document,)).fetchone()
            kind = connection.execute("SELECT type FROM person WHERE id = ?", (person,)).fetchone()
            first = _references(connection, person)[0]
            called = name_of(kind["type"], name).key
            second = decisions.reference(called, key["key"] if key else "")
            _known(connection, second)
            decisions.add(connection, "same", first, second, note)
            _settle_about(connection, "same", first, second)

    def call(self, person: int, name: str, note: str = "") -> None:
        """Decide under which name a person is shown. Raises :class:`NotInLibrary` for nobody, or no name."""
        if not name.strip():
            raise NotInLibrary("No name was given", "Write the name that is to be shown")
        self.decide("name", self.references(person)[0], name.strip(), note)

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

    def listed(self) -> list[Told]:
        """Return the decisions that hold, in order, with names as the articles write them."""
        with self._database.reading() as connection:
            return [
                Told(
                    one,
                    _whom(connection, one.first),
                    None if one.kind == "name" else _whom(connection, one.second),
                )
                for one in decisions.standing(connection)
            ]

    def references(self, person: int) -> list[str]:
        """Return what a decision about a person is about: its name if it alone has it, else its articles."""
        with self._database.reading() as connection:
            return _references(connection, person)


def _references(connection: sqlite3.Connection, person: int) -> list[str]:
    row = connection.execute("SELECT type FROM person WHERE id = ?", (person,)).fetchone()
    if row is None:
        raise NotInLibrary(
            f"The library has nobody with the number {person}", "`onrecord who NAME` shows numbers"
        )
    keys = connection.execute(
        "SELECT key FROM named WHERE person = ? GROUP BY key ORDER BY count(*) DESC, key", (person,)
    ).fetchall()
    for (key,) in keys:
        if candidates(connection, row["type"], [key]) == [person]:
            return [decisions.reference(key)]
    rows = connection.execute(
        """
        SELECT named.key AS key, document.key AS document FROM named
        JOIN version ON version.id = named.version JOIN document ON document.id = version.document
        WHERE named.person = ? ORDER BY named.version LIMIT ?
        """,
        (person, _ARTICLES),
    ).fetchall()
    return [decisions.reference(found["key"], found["document"]) for found in rows]


def _rows(connection: sqlite3.Connection, person: int) -> dict[int, tuple[str, int]]:
    """The rows that are a person, each with its key and its document."""
    rows = connection.execute(
        """
        SELECT named.id, named.key, version.document FROM named JOIN version ON version.id = named.version
        WHERE named.person = ? ORDER BY named.version
        """,
        (person,),
    )
    return {row["id"]: (row["key"], row["document"]) for row in rows}


def _meant(connection: sqlite3.Connection, row: int) -> str:
    """What a decision about one row is about."""
    found = connection.execute(
        """
        SELECT named.key AS key, document.key AS document FROM named
        JOIN version ON version.id = named.version JOIN document ON document.id = version.document
        WHERE named.id = ?
        """,
        (row,),
    ).fetchone()
    return decisions.reference(found["key"], found["document"])


def _people_of(connection: sqlite3.Connection, rows: Iterable[int]) -> set[int | None]:
    found = connection.execute(
        "SELECT DISTINCT person FROM named WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row[0] for row in found}


def _person_of(connection: sqlite3.Connection, rows: Iterable[int]) -> int:
    return next(iter(sorted(person for person in _people_of(connection, rows) if person is not None)))


def _between(
    connection: sqlite3.Connection, decision: decisions.PersonDecision, one: int, other: int
) -> bool:
    """Whether a decision that tells two apart is about these two."""
    sides = []
    for reference in (decision.first, decision.second):
        key, document = decisions.parted(reference)
        rows = connection.execute(
            """
            SELECT DISTINCT named.person FROM named JOIN version ON version.id = named.version
            JOIN document ON document.id = version.document
            WHERE named.person IN (?, ?) AND ? IN ('', document.key)
            AND (named.key = ? OR named.id IN (SELECT named FROM alias WHERE alias.key = ?))
            """,
            (one, other, document, key, key),
        )
        sides.append({row[0] for row in rows})
    first, second = sides
    return (one in first and other in second) or (other in first and one in second)


def _ties(connection: sqlite3.Connection, decision: decisions.PersonDecision, rows: Iterable[int]) -> bool:
    """Whether a decision that makes one of two is about one of some rows."""
    if decision.kind != "same":
        return False
    meant = {_meant(connection, row) for row in rows}
    return bool({decision.first, decision.second} & (meant | {decisions.parted(one)[0] for one in meant}))


def _just(connection: sqlite3.Connection, rows: set[int]) -> bool:
    """Whether these rows are one person, and no others are."""
    found = _people_of(connection, rows)
    return len(found) == 1 and all(
        person is not None and set(_rows(connection, person)) == rows for person in found
    )


def _parted(connection: sqlite3.Connection, here: Sequence[int], rest: Sequence[int]) -> bool:
    """Whether some rows are not who the rest are, who still are one."""
    others = _people_of(connection, rest)
    return len(others) == 1 and not _people_of(connection, here) & others


def _enough(
    connection: sqlite3.Connection,
    taken: Sequence[decisions.PersonDecision],
    right: Callable[[], bool],
) -> bool:
    """Take decisions back if that alone does it; otherwise leave everything as it was."""
    connection.execute("SAVEPOINT before")
    _take_back(connection, taken)
    if not (done := right()):
        connection.execute("ROLLBACK TO before")
    connection.execute("RELEASE before")
    return done


def _take_back(connection: sqlite3.Connection, taken: Iterable[decisions.PersonDecision]) -> None:
    for decision in taken:
        decisions.undo(connection, decision.id)
        _settle_about(connection, decision.kind, decision.first, decision.second)


def _whom(connection: sqlite3.Connection, reference: str) -> Whom:
    key, document = decisions.parted(reference)
    name = connection.execute(
        "SELECT name FROM named WHERE key = ? ORDER BY id DESC LIMIT 1", (key,)
    ).fetchone()
    title = connection.execute(
        """
        SELECT coalesce(version.title, document.source) FROM document
        JOIN version ON version.id = document.newest WHERE document.key = ?
        """,
        (document,),
    ).fetchone()
    return Whom(one_line(name[0] if name else key), one_line(title[0] if title else document))


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
