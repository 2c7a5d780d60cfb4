"""People across articles, kept as the findings of each article are written.

A new article joins the person that its evidence fits; when a second person of one name turns up, or the
reader decides, everybody of that name is looked at again.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from reader.library import decisions
from reader.library.clustering import NamedEntity, Profile, apart, clusters, joins, profile
from reader.library.evidence import Evidence
from reader.library.naming import name_of, sound, surname

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_NEWEST = 60
"""So many of a person's newest articles are compared with another one."""

_MOST = 2_000
"""So many articles with one name are looked at again at once, the newest."""


def keys_of(kind: str, name: str, aliases: Sequence[str]) -> tuple[str, ...]:
    """Return the full names of an entity, its own first: those that may lead to it in another article."""
    own = name_of(kind, name)
    other = {found.key for alias in aliases if (found := name_of(kind, alias)).joins}
    return (own.key, *sorted(other - {own.key}))


def aliases_in(text: str) -> list[str]:
    """Return the names that a row's aliases are; none for a row of another's making that holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [str(name) for name in found] if isinstance(found, list) else []


def place(connection: sqlite3.Connection, version: int) -> None:
    """Find who the people and organisations of a version are, once its rows are written."""
    rows = _rows(connection, "named.version = ?", (version,))
    taken = [one for one in decisions.standing(connection) if one.kind != "name"]
    for row in rows:
        about = [one for one in taken if _keys_about(one).intersection(row.keys)]
        if not about:
            if row.joins:
                _join(connection, row)
        elif (person := _decided(connection, row, about, taken)) is not None:
            connection.execute("UPDATE named SET person = ? WHERE id = ?", (person, row.id))
        else:
            settle(connection, row.keys)


def _keys_about(one: decisions.PersonDecision) -> set[str]:
    return {decisions.parted(reference)[0] for reference in (one.first, one.second)}


def _decided(
    connection: sqlite3.Connection,
    row: NamedEntity,
    about: Sequence[decisions.PersonDecision],
    taken: Sequence[decisions.PersonDecision],
) -> int | None:
    """The one person that everybody of a name is by decision; None when there is more to look at."""
    if any(
        one.kind != "same" or decisions.parted(one.first)[1] or decisions.parted(one.second)[1]
        for one in about
    ):
        return None
    known = candidates(connection, row.type, row.keys)
    people = candidates(connection, row.type, _block(connection, set(row.keys), taken))
    return people[0] if len(people) == 1 and people == known else None


def leave(connection: sqlite3.Connection, version: int) -> None:
    """Forget the people that only this version names, before its rows are deleted."""
    people = connection.execute(
        "SELECT DISTINCT person FROM named WHERE version = ? AND person IS NOT NULL", (version,)
    ).fetchall()
    for (person,) in people:
        other = connection.execute(
            "SELECT 1 FROM named WHERE person = ? AND version <> ? LIMIT 1", (person, version)
        ).fetchone()
        if other is None:
            connection.execute("UPDATE named SET person = NULL WHERE person = ?", (person,))
            connection.execute("DELETE FROM person WHERE id = ?", (person,))


def settle(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Look at everybody of some names again, with every decision about them."""
    taken = decisions.standing(connection)
    block = _block(connection, set(keys), taken)
    marks = ",".join("?" * len(block))
    rows = _rows(
        connection,
        f"""
        (named.key IN ({marks}) OR named.id IN (SELECT named FROM alias WHERE key IN ({marks})))
        ORDER BY named.id DESC LIMIT {_MOST}
        """,
        (*block, *block),
    )
    groups: dict[str, list[NamedEntity]] = {}
    for row in rows:
        groups.setdefault(row.type, []).append(row)
    for kind, members in groups.items():
        same = _pairs(taken, "same", members)
        different = _pairs(taken, "different", members)
        found = clusters(members, same, different)
        _write(connection, kind, found)


def names_like(names: Sequence[tuple[str, int]]) -> str:
    """Return the name that most articles have, the longest of several."""
    count: Counter[str] = Counter()
    for name, times in names:
        count[name] += times
    return max(count, key=lambda name: (count[name], len(name), name))


def candidates(connection: sqlite3.Connection, kind: str, keys: Sequence[str]) -> list[int]:
    """Return the people that have one of these full names."""
    found: dict[int, None] = {}
    for key in keys:
        after = 0
        while True:  # from one person to the next: a person may have any number of rows
            row = connection.execute(
                "SELECT min(person) FROM named WHERE key = ? AND person > ?", (key, after)
            ).fetchone()
            if row[0] is None:
                break
            after = row[0]
            found[after] = None
        for row in connection.execute(
            """
            SELECT DISTINCT named.person FROM alias JOIN named ON named.id = alias.named
            WHERE alias.key = ? AND named.person IS NOT NULL
            """,
            (key,),
        ):
            found[row[0]] = None
    return [
        person
        for person in found
        if connection.execute("SELECT 1 FROM person WHERE id = ? AND type = ?", (person, kind)).fetchone()
    ]


def _join(connection: sqlite3.Connection, row: NamedEntity) -> None:
    people = candidates(connection, row.type, row.keys)
    namesakes = bool(people)
    if not people and row.type == "PERSON":
        own, first = row.keys[0], row.keys[0].partition(" ")[0]
        people = [
            found[0]
            for found in connection.execute(
                """
                SELECT id FROM person WHERE sound = ? AND type = 'PERSON'
                UNION SELECT id FROM person WHERE surname = ? AND key > ? AND key < ? AND type = 'PERSON'
                LIMIT 50
                """,
                (sound(own), surname(own), f"{first} ", f"{first}!"),
            )
        ]
    profiles = [profile_of(connection, person) for person in people]
    numbers = joins(profile([row]), profiles)
    # Two organisations of one acronym: what has nothing but that is to be looked at again.
    clash = row.type == "ORG" and any(apart(profile([row]), other) for other in profiles)
    if len(numbers) > 1 or (numbers and clash):
        keys = {key for number in numbers for key in _keys(connection, people[number])}
        settle(connection, {*row.keys, *keys})
        return
    if numbers:
        connection.execute("UPDATE named SET person = ? WHERE id = ?", (people[numbers[0]], row.id))
        return
    _new(connection, row.type, [row])
    if namesakes:
        settle(connection, row.keys)


def profile_of(connection: sqlite3.Connection, person: int) -> Profile:
    """Return what the newest articles say of a person."""
    return profile(
        _rows(connection, f"named.person = ? ORDER BY named.version DESC LIMIT {_NEWEST}", (person,))
    )


def _new(connection: sqlite3.Connection, kind: str, rows: Sequence[NamedEntity]) -> int:
    name = _shown(connection, rows)
    key = name_of(kind, name).key
    found = connection.execute(
        "INSERT INTO person (type, name, key, surname, sound) VALUES (?, ?, ?, ?, ?)",
        (kind, name, key, surname(key), sound(key)),
    ).lastrowid
    assert found is not None
    connection.executemany("UPDATE named SET person = ? WHERE id = ?", [(found, row.id) for row in rows])
    return found


def _shown(connection: sqlite3.Connection, rows: Sequence[NamedEntity]) -> str:
    """What somebody is called: as the reader decided, else as most articles have it."""
    documents = {(key, row.document) for row in rows for key in row.keys}
    chosen = ""
    for one in decisions.standing(connection):
        key, document = decisions.parted(one.first)
        if one.kind == "name" and any(key == k and document in ("", d) for k, d in documents):
            chosen = one.second
    if chosen:
        return chosen
    marks = ",".join("?" * len(rows))
    names = connection.execute(
        f"SELECT name, count(*) FROM named WHERE id IN ({marks}) GROUP BY name", [row.id for row in rows]
    ).fetchall()
    return names_like([(name, times) for name, times in names])


def _write(connection: sqlite3.Connection, kind: str, found: Sequence[list[NamedEntity]]) -> None:
    """Give every group its person; one that had most of its rows before stays."""
    ids = [row.id for group in found for row in group]
    before = {
        row["id"]: row["person"]
        for part in range(0, len(ids), 500)
        for row in connection.execute(
            f"SELECT id, person FROM named WHERE id IN ({','.join('?' * len(ids[part : part + 500]))})",
            ids[part : part + 500],
        )
    }
    free = {person for person in before.values() if person is not None}
    for group in sorted(found, key=len, reverse=True):
        lone = len(group) == 1 and (not group[0].joins or _undecided(group[0], found))
        held = Counter(person for row in group if (person := before[row.id]) in free)
        person = held.most_common(1)[0][0] if held and not lone else None
        if lone:
            connection.execute("UPDATE named SET person = NULL WHERE id = ?", (group[0].id,))
        elif person is None:
            _new(connection, kind, group)
        else:
            free.discard(person)
            name = _shown(connection, group)
            key = name_of(kind, name).key
            connection.execute(
                "UPDATE person SET name = ?, key = ?, surname = ?, sound = ? WHERE id = ?",
                (name, key, surname(key), sound(key), person),
            )
            connection.executemany(
                "UPDATE named SET person = ? WHERE id = ?", [(person, row.id) for row in group]
            )
    for person in free:
        if not connection.execute("SELECT 1 FROM named WHERE person = ? LIMIT 1", (person,)).fetchone():
            connection.execute("DELETE FROM person WHERE id = ?", (person,))


def _undecided(row: NamedEntity, groups: Sequence[list[NamedEntity]]) -> bool:
    """Whether a row fits several of the people that were found: then it is nobody's."""
    others = [profile(group) for group in groups if group[0].id != row.id and group[0].joins]
    return len(joins(profile([row]), others)) > 1


def _block(
    connection: sqlite3.Connection, keys: set[str], taken: Sequence[decisions.PersonDecision]
) -> list[str]:
    """Every name that leads to one of these: by an article, a decision, or a person who has both."""
    found: set[str] = set()
    waiting = set(keys)
    while waiting and len(found) < 100:
        key = waiting.pop()
        found.add(key)
        near = {
            decisions.parted(other)[0]
            for one in taken
            if one.kind == "same"
            for this, other in ((one.first, one.second), (one.second, one.first))
            if decisions.parted(this)[0] == key
        }
        for statement in (
            "SELECT DISTINCT named.key FROM alias JOIN named ON named.id = alias.named WHERE alias.key = ?",
            "SELECT DISTINCT alias.key FROM named JOIN alias ON alias.named = named.id WHERE named.key = ?",
        ):
            near.update(row[0] for row in connection.execute(statement, (key,)))
        for kind in ("PERSON", "ORG"):
            for person in candidates(connection, kind, [key]):
                near |= _keys(connection, person)
        waiting |= near - found
    return sorted(found)


def _keys(connection: sqlite3.Connection, person: int) -> set[str]:
    rows = connection.execute("SELECT DISTINCT key FROM named WHERE person = ?", (person,))
    return {row[0] for row in rows}


def _pairs(
    taken: Sequence[decisions.PersonDecision], kind: decisions.Kind, rows: Sequence[NamedEntity]
) -> list[tuple[set[int], set[int]]]:
    """The rows that each decision of a kind is about."""

    def meant(reference: str) -> set[int]:
        key, document = decisions.parted(reference)
        return {row.id for row in rows if key in row.keys and document in ("", row.document)}

    found = []
    for one in taken:
        if one.kind == kind:
            first, second = meant(one.first), meant(one.second)
            if kind == "different":  # "the one of this article is another than all the rest"
                first, second = first - second or first, second - first or second
            if first and second:
                found.append((first, second))
    return found


def _rows(connection: sqlite3.Connection, condition: str, values: Sequence[object]) -> list[NamedEntity]:
    """Rows of people and organisations, each with who else its article names."""
    rows = connection.execute(
        f"""
        SELECT named.id, named.version, document.key AS document, named.type, named.name, named.key,
            named.aliases, named.joins, named.evidence
        FROM named JOIN version ON version.id = named.version JOIN document ON document.id = version.document
        WHERE named.type IN ('PERSON', 'ORG') AND {condition}
        """,
        tuple(values),
    ).fetchall()
    company: dict[int, list[tuple[int, str]]] = {}
    where: dict[int, set[str]] = {}
    versions = sorted({row["version"] for row in rows})
    for part in range(0, len(versions), 500):
        some = versions[part : part + 500]
        for near in connection.execute(
            f"""
            SELECT version, id, type, key FROM named WHERE version IN ({",".join("?" * len(some))})
            AND (joins OR type = 'PLACE')
            """,
            some,
        ):
            if near["type"] == "PLACE":
                where.setdefault(near["version"], set()).add(near["key"])
            else:
                company.setdefault(near["version"], []).append((near["id"], near["key"]))
    return [
        NamedEntity(
            row["id"],
            row["version"],
            row["document"],
            row["type"],
            keys_of(row["type"], row["name"], aliases_in(row["aliases"])),
            bool(row["joins"]),
            Evidence.loads(row["evidence"]),
            frozenset(key for id, key in company.get(row["version"], ()) if id != row["id"]),
            frozenset(where.get(row["version"], ())),
        )
        for row in rows
    ]
