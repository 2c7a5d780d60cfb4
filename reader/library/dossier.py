"""What the library knows of a person: what they said, where they are named, with whom, and as what."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from reader.library.clustering import apart
from reader.library.errors import NotInLibrary
from reader.library.evidence import Evidence
from reader.library.joining import aliases_in, candidates, profile_of
from reader.library.naming import organisation_name, person_name
from reader.library.queries import expression
from reader.library.search import Hit, Where
from reader.text.names import folded
from reader.text.safety import one_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from reader.library.connection import Database
    from reader.library.queries import Term

_NEWEST = 300
"""So many of a person's newest articles are looked through for roles, other names and company."""

_PEOPLE = 50

# Words that more quotations than this have are no subject; of those that are, the rarest are looked for.
_COMMON = 2_000
_WORDS = 24
_RAREST = 8


class Companion(NamedTuple):
    """Who or what is named together with a person, and in how many of the articles.

    ``person`` is who that is across articles, if that is known.
    """

    name: str
    articles: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person or an organisation of the library. Every string is safe to show, on one line.

    ``others`` are possible namesakes: their ids, each with what tells them apart.
    """

    id: int
    type: str
    name: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    articles: int
    quotations: int
    others: tuple[tuple[int, str], ...] = ()


class Maybe(NamedTuple):
    """An article that names somebody so, without saying who that is."""

    name: str
    article: Where


class Dossiers:
    """Questions about people. Each is one short read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, name: str) -> list[Person]:
        """Return everybody who is called so: whole names first, else those that have its words.

        Somebody known by the name comes before whose name only contains it; the most often named first.
        """
        with self._database.reading() as connection:
            keys = [person_name(name).key, organisation_name(name).key]
            ids = [found for kind in ("PERSON", "ORG") for found in candidates(connection, kind, keys)]
            if not ids:
                ids = _containing(connection, keys[0])
            people = [_person(connection, id) for id in ids[:_PEOPLE]]
            told = _told_apart(connection, people)
        return sorted(told, key=lambda person: (-person.articles, person.id))

    def get(self, person: int) -> Person:
        """Return a person by its id, with possible namesakes. Raises :class:`NotInLibrary` for nobody."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT type, key FROM person WHERE id = ?", (person,)).fetchone()
            if row is None:
                raise NotInLibrary(f"The library has nobody with the number {person}")
            others = candidates(connection, row["type"], [row["key"]])
            ids = dict.fromkeys((person, *others[:_PEOPLE]))
            return _told_apart(connection, [_person(connection, id) for id in ids])[0]

    def apart(self, one: int, other: int) -> str:
        """Return what tells two people apart, in a few words; nothing when nothing does."""
        with self._database.reading() as connection:
            return apart(profile_of(connection, one), profile_of(connection, other))

    def of(self, version: int, entity: str) -> int | None:
        """Return the person that an entity of a version is, if that is known."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT person FROM named WHERE version = ? AND entity = ?", (version, entity)
            ).fetchone()
        return None if row is None else row["person"]

    def said(
        self, person: int, *, words: Sequence[Term] = (), before: int | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return what somebody said, the newest first; ``words`` must all occur.

        An article's quotations stay together. ``before`` is the :attr:`Hit.key` of the last hit of the page
        before.
        """
        hits: list[Hit] = []
        condition, values = "n.person = ?", list[object]([person])
        if words:
            # The plus keeps SQLite from trying every match for every article.
            condition += " AND +q.id IN (SELECT rowid FROM quotation_words WHERE quotation_words MATCH ?)"
            values.append(expression(tuple(words), column="text"))
        if before is not None:
            condition += " AND n.version < ?"
            values.append(before)
        with self._database.reading() as connection:
            for row in connection.execute(
                f"{_QUOTATIONS} WHERE {condition} ORDER BY n.version DESC, q.start", values
            ):
                if len(hits) >= limit and row["key"] != hits[-1].key:
                    break
                hits.append(_hit(row))
        return hits

    def said_before(self, version: int, quotation: str, *, limit: int = 5) -> list[Hit]:
        """Return what the speaker of a quotation said on its subject before: what shares its rare words."""
        with self._database.reading() as connection:
            row = connection.execute(
                """
                SELECT q.id, q.text, n.person FROM quotation AS q JOIN named AS n ON n.id = q.named
                WHERE q.version = ? AND q.name = ?
                """,
                (version, quotation),
            ).fetchone()
            if row is None or row["person"] is None:
                return []
            rare = _rare_words(connection, row["text"])
            if not rare:
                return []
            subject = " OR ".join(f'"{form}"' for word in rare for form in _forms(word))
            rows = connection.execute(
                f"""
                {_COLUMNS} FROM quotation_words AS w CROSS JOIN quotation AS q ON q.id = w.rowid
                CROSS JOIN named AS n ON n.id = q.named
                CROSS JOIN version AS v ON v.id = n.version CROSS JOIN document AS d ON d.id = v.document
                WHERE quotation_words MATCH ? AND n.person = ? AND n.version < ?
                """,
                (f"text : ({subject})", row["person"], version),
            ).fetchall()
        return _nearest(rows, rare, limit)

    def articles(self, person: int, *, before: int | None = None, limit: int = 50) -> list[Where]:
        """Return the articles that name somebody, the newest first; ``before`` is a version's id."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT DISTINCT d.id, v.title, d.source, v.published
                FROM named AS n JOIN version AS v ON v.id = n.version JOIN document AS d ON d.id = v.document
                WHERE n.person = ? AND n.version < ? ORDER BY n.version DESC LIMIT ?
                """,
                (person, before if before is not None else 1 << 62, limit),
            ).fetchall()
        return [_where(row) for row in rows]

    def unheard(self, person: int, *, limit: int = 50) -> list[Where]:
        """Return the newest articles that name somebody but quote no word of theirs."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT DISTINCT d.id, v.title, d.source, v.published
                FROM named AS n JOIN version AS v ON v.id = n.version JOIN document AS d ON d.id = v.document
                WHERE n.person = ? AND NOT EXISTS (SELECT 1 FROM quotation AS q WHERE q.named = n.id)
                ORDER BY n.version DESC LIMIT ?
                """,
                (person, limit),
            ).fetchall()
        return [_where(row) for row in rows]

    def company(self, person: int, *, limit: int = 10) -> list[Companion]:
        """Return who and what is named in a person's newest articles, the most frequent first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT o.name, o.key, o.person, count(DISTINCT o.version) AS articles
                FROM (SELECT id, version FROM named WHERE person = ? ORDER BY version DESC LIMIT ?) AS n
                JOIN named AS o ON o.version = n.version AND o.id <> n.id
                WHERE o.type IN ('PERSON', 'ORG') AND (o.joins OR o.person IS NOT NULL)
                GROUP BY coalesce(o.person, o.key), o.type ORDER BY articles DESC, o.name LIMIT ?
                """,
                (person, _NEWEST, limit),
            ).fetchall()
        return [Companion(one_line(row["name"]), row["articles"], row["person"]) for row in rows]

    def over_time(self, person: int) -> list[tuple[str, str, int]]:
        """Return how many words somebody was quoted with, by month ("2026-03") and site."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT substr(coalesce(v.published, v.fetched), 1, 7), coalesce(v.site, ''),
                    sum(length(q.text) - length(replace(q.text, ' ', '')) + 1)
                FROM named AS n JOIN quotation AS q ON q.named = n.id JOIN version AS v ON v.id = n.version
                WHERE n.person = ? GROUP BY 1, 2 ORDER BY 1, 2
                """,
                (person,),
            ).fetchall()
        return [(one_line(row[0]), one_line(row[1]), row[2]) for row in rows]

    def maybe(self, name: str, *, limit: int = 20) -> list[Maybe]:
        """Return the newest articles that name somebody so whom nothing there tells from others."""
        key = person_name(name).key
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT n.name, d.id, v.title, d.source, v.published
                FROM named AS n JOIN version AS v ON v.id = n.version JOIN document AS d ON d.id = v.document
                WHERE n.key IN (?, ?) AND n.person IS NULL AND n.type = 'PERSON'
                ORDER BY n.version DESC LIMIT ?
                """,
                (key, key.rpartition(" ")[2], limit),
            ).fetchall()
        return [Maybe(one_line(row["name"]), Where(*_where(row))) for row in rows]


_COLUMNS = """
    SELECT n.version AS key, q.name, q.text, q.start, q.end, q.speaker, d.id, v.title, d.source, v.published
"""
_QUOTATIONS = f"""
    {_COLUMNS} FROM named AS n JOIN quotation AS q ON q.named = n.id
    JOIN version AS v ON v.id = n.version JOIN document AS d ON d.id = v.document
"""


def _containing(connection: sqlite3.Connection, key: str) -> list[int]:
    """People whose last name it is, or whose name begins so."""
    last = key.rpartition(" ")[2]
    rows = connection.execute(
        """
        SELECT id, key FROM person WHERE surname = ?
        UNION SELECT id, key FROM person WHERE key >= ? AND key < ? LIMIT 500
        """,
        (last, f"{key} ", f"{key}!"),
    ).fetchall()
    return [row["id"] for row in rows if f" {key} " in f" {row['key']} "]


def _person(connection: sqlite3.Connection, person: int) -> Person:
    row = connection.execute("SELECT id, type, name FROM person WHERE id = ?", (person,)).fetchone()
    newest = connection.execute(
        "SELECT name, aliases, evidence FROM named WHERE person = ? ORDER BY version DESC LIMIT ?",
        (person, _NEWEST),
    ).fetchall()
    names: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for found in newest:
        names.update({one_line(name) for name in (found["name"], *aliases_in(found["aliases"]))})
        roles.update(one_line(role.words) for role in Evidence.loads(found["evidence"]).roles)
    articles = connection.execute("SELECT count(*) FROM named WHERE person = ?", (person,)).fetchone()[0]
    quotations = connection.execute(
        "SELECT count(*) FROM named AS n JOIN quotation AS q ON q.named = n.id WHERE n.person = ?", (person,)
    ).fetchone()[0]
    name = one_line(row["name"])
    del names[name]
    return Person(
        person,
        row["type"],
        name,
        tuple(alias for alias, _ in names.most_common(8)),
        tuple(role for role, _ in roles.most_common(5)),
        articles,
        quotations,
    )


def _told_apart(connection: sqlite3.Connection, people: Sequence[Person]) -> list[Person]:
    """The same people, each with its namesakes among them and what tells them apart."""
    keys = {person.id: person_name(person.name).key for person in people}
    profiles = {
        person.id: profile_of(connection, person.id)
        for person in people
        if list(keys.values()).count(keys[person.id]) > 1
    }
    told = []
    for person in people:
        others = tuple(
            (other.id, apart(profiles[person.id], profiles[other.id]) or "as you decided")
            for other in people
            if other.id != person.id and keys[other.id] == keys[person.id] and other.type == person.type
        )
        told.append(replace(person, others=others))
    return told


def _where(row: sqlite3.Row) -> Where:
    title = one_line(row["title"] or "") or None
    published = one_line(row["published"] or "") or None
    return Where(row["id"], title, one_line(row["source"]), published)


def _hit(row: sqlite3.Row) -> Hit:
    return Hit(
        "quotation",
        one_line(row["text"]),
        row["start"],
        row["end"],
        one_line(row["speaker"] or "") or None,
        _where(row),
        row["name"],
        row["key"],
    )


def _rare_words(connection: sqlite3.Connection, text: str) -> dict[str, float]:
    """The words of a quotation that few others have, each with its weight."""
    found = {}
    for word in sorted(set(re.findall(r"\w{4,}", folded(text))), key=len, reverse=True)[:_WORDS]:
        count = connection.execute(
            """
            SELECT count(*) FROM (SELECT 1 FROM quotation_words WHERE quotation_words MATCH ? LIMIT ?)
            """,
            (f'text : "{word}"', _COMMON),
        ).fetchone()[0]
        if count < _COMMON:
            found[word] = math.log(_COMMON / max(count, 1))
    return dict(sorted(found.items(), key=lambda item: -item[1])[:_RAREST])


def _forms(word: str) -> tuple[str, ...]:
    """A word as one and as many."""
    return (word, word[:-1]) if word.endswith("s") else (word, f"{word}s")


def _nearest(rows: Sequence[sqlite3.Row], rare: dict[str, float], limit: int) -> list[Hit]:
    """The quotations that share most of what is rare, at least two words."""
    scored = []
    for row in rows:
        words = set(re.findall(r"\w+", folded(row["text"])))
        shared = [weight for word, weight in rare.items() if not words.isdisjoint(_forms(word))]
        if len(shared) > 1:
            scored.append((sum(shared), row["key"], -row["start"], row))
    scored.sort(key=lambda item: item[:3], reverse=True)
    return [_hit(row) for *_, row in scored[:limit]]
