"""Everybody in the library as a list: who was named last, or whose name begins as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.library.evidence import Evidence
from reader.library.naming import person_name
from reader.text.safety import one_line

if TYPE_CHECKING:
    import sqlite3

    from reader.library.connection import Database

_MOST_LIKE = 500
"""Among so many whose name begins as typed the most often named ones come first."""


_NEWEST = 20
"""In so many of the newest articles a role is looked for."""


class ListedPerson(NamedTuple):
    """Somebody of the library. ``newest`` is the newest version that names them; every string is safe.

    ``namesakes`` counts the others of the same name; where there are any, ``role`` is what an article calls
    this one.
    """

    id: int
    type: str
    name: str
    articles: int
    quotations: int
    newest: int
    namesakes: int
    role: str = ""


def roster(database: Database, *, before: int | None = None, limit: int = 60) -> list[ListedPerson]:
    """Return who was named last, those of one article together.

    ``before`` is the :attr:`ListedPerson.newest` of the last one of the page before.
    """
    found: list[ListedPerson] = []
    at = before if before is not None else 1 << 62
    with database.reading() as connection:
        while len(found) < limit:
            row = connection.execute(
                "SELECT max(version) FROM named WHERE version < ? AND person IS NOT NULL", (at,)
            ).fetchone()
            if row[0] is None:
                break
            at = row[0]
            people = connection.execute(
                """
                SELECT DISTINCT person FROM named AS n WHERE version = ? AND person IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM named WHERE person = n.person AND version > n.version)
                """,
                (at,),
            ).fetchall()
            some = [_listed(connection, person) for (person,) in people]
            found += sorted(some, key=lambda one: (-one.quotations, -one.articles, one.name))
    return found


def called(database: Database, typed: str, *, limit: int = 60) -> list[ListedPerson]:
    """Return whose first name, last name or whole name begins as typed, the most often named first."""
    key = person_name(typed).key
    if not key:
        return []
    with database.reading() as connection:
        rows = connection.execute(
            """
            SELECT id FROM person WHERE key >= :from AND key < :to
            UNION SELECT id FROM person WHERE surname >= :from AND surname < :to
            UNION SELECT person FROM named WHERE key >= :from AND key < :to AND person IS NOT NULL
            LIMIT :most
            """,
            {"from": key, "to": f"{key}\U0010ffff", "most": _MOST_LIKE},
        ).fetchall()
        found = [_listed(connection, person) for (person,) in rows]
    return sorted(found, key=lambda one: (-one.articles, -one.quotations, one.name, one.id))[:limit]


def _listed(connection: sqlite3.Connection, person: int) -> ListedPerson:
    row = connection.execute(
        """
        SELECT type, name, (SELECT count(*) FROM named WHERE person = p.id),
            (SELECT count(*) FROM named AS n JOIN quotation AS q ON q.named = n.id WHERE n.person = p.id),
            (SELECT max(version) FROM named WHERE person = p.id),
            (SELECT count(*) FROM person WHERE key = p.key AND type = p.type)
        FROM person AS p WHERE id = ?
        """,
        (person,),
    ).fetchone()
    kind, name, articles, quotations, newest, same = row
    role = _role(connection, person) if same > 1 else ""
    return ListedPerson(person, kind, one_line(name), articles, quotations, newest, same - 1, role)


def _role(connection: sqlite3.Connection, person: int) -> str:
    for (evidence,) in connection.execute(
        "SELECT evidence FROM named WHERE person = ? ORDER BY version DESC LIMIT ?", (person, _NEWEST)
    ):
        for role in Evidence.loads(evidence).roles:
            return one_line(role.words)
    return ""
