"""Aliases as a table that libraries share: ``canonical``, ``alias``, ``type``, ``note``, parted by tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.library import decisions
from reader.library.errors import NotInLibrary
from reader.library.joining import settle
from reader.library.naming import name_of
from reader.text.safety import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.library.connection import Database

COLUMNS = ("canonical", "alias", "type", "note")
_TYPES = ("PERSON", "ORG")


class Alias(NamedTuple):
    """Another name of somebody."""

    canonical: str
    alias: str
    type: str
    note: str


def known(database: Database) -> Iterator[Alias]:
    """Yield every other name of everybody, with the note of the decision that says so."""
    with database.reading() as connection:
        notes = {}
        for one in decisions.standing(connection):
            if one.kind == "same":
                keys = frozenset(decisions.parted(reference)[0] for reference in (one.first, one.second))
                notes[keys] = one.note or "decided"
        rows = connection.execute(
            """
            SELECT DISTINCT person.name, named.name AS alias, person.type, person.key, named.key AS other
            FROM named JOIN person ON person.id = named.person
            WHERE named.name <> person.name ORDER BY person.name, alias
            """
        ).fetchall()
    for row in rows:
        note = notes.get(frozenset((row["key"], row["other"])), "")
        yield Alias(one_line(row["name"]), one_line(row["alias"]), row["type"], one_line(note))


def parse(lines: Iterable[str]) -> list[Alias]:
    """Return the aliases that a table holds. Raises :class:`NotInLibrary` that names a line that is none."""
    found = []
    for number, line in enumerate(lines, 1):
        cells = [one_line(cell) for cell in line.rstrip("\r\n").split("\t")]
        heading = tuple(cell.lower() for cell in cells[:2]) == COLUMNS[:2]
        if not any(cells) or cells[0].startswith("#") or heading:
            continue
        canonical, alias, kind, note = (*cells[:4], *("",) * 4)[:4]
        kind = kind.upper() or "PERSON"
        if not canonical or not alias or kind not in _TYPES:
            raise NotInLibrary(
                f"Line {number} is no alias: {printable(line, 60)!r}",
                "A line has a name, another one, PERSON or ORG, and a note, parted by tabs",
            )
        found.append(Alias(canonical, alias, kind, note))
    return found


def take(database: Database, aliases: Iterable[Alias]) -> int:
    """Decide that each alias is whom it says, known or not yet; return how many decisions are new."""
    new = 0
    with database.writing() as connection:
        standing = {(one.kind, one.first, one.second) for one in decisions.standing(connection)}
        for canonical, alias, kind, note in aliases:
            first, second = name_of(kind, canonical).key, name_of(kind, alias).key
            if first != second and ("same", first, second) not in standing:
                decisions.add(connection, "same", first, second, note)
                standing.add(("same", first, second))
                new += 1
            if ("name", first, canonical) not in standing:
                decisions.add(connection, "name", first, canonical, note)
                standing.add(("name", first, canonical))
            settle(connection, (first, second))
    return new
