"""Searching the library: quotations with their speakers and articles, and passages.

Newest first costs next to nothing however common the words are; by rank, SQLite looks at every match
(about 2 µs each). So rank is computed among the newest matches alone when there are very many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.library.naming import person_name
from reader.library.queries import Query, Term, expression
from reader.text.names import folded
from reader.text.safety import one_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from reader.library.changes import ChangeKind
    from reader.library.connection import Database

RANKED_WINDOW = 20_000
"""Among so many of the newest matches the best ones are looked for."""

_PASSAGE = 240  # code points of a passage, about three lines
_BATCH = 50
_FREQUENT = 5_000  # quotations by one name

Order = Literal["newest", "rank"]


class Where(NamedTuple):
    """The article of a hit."""

    id: int
    title: str | None
    source: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A quotation or a passage that was found, as it may be shown.

    ``start`` and ``end`` are code points of the document's newest text as corrected; ``key`` orders hits by
    time and leads to the next page. A change says what stood there ``before``.
    """

    kind: Literal["quotation", "passage"] | ChangeKind
    text: str
    start: int
    end: int
    speaker: str | None
    article: Where
    quotation: str | None = None
    key: int = 0
    before: str | None = None


def search(
    database: Database,
    query: Query,
    *,
    order: Order = "newest",
    before: int | None = None,
    among: Sequence[int] | None = None,
    limit: int = 50,
) -> list[Hit]:
    """Return what matches, the newest article first, or the best among the newest.

    Of an article come its quotations that match, and one passage where the words stand outside of them.
    ``before`` is the :attr:`Hit.key` of the last hit of the page before. ``among`` are the versions to look
    at, however many there are besides.
    """
    if query.empty:
        return []
    hits: list[Hit] = []
    with database.reading() as connection:
        speakers = [called(connection, name) for name in query.by]
        for version in matching(
            connection, query, speakers, order=order, before=before, among=among, limit=limit
        ):
            hits.extend(_hits(connection, version, query, speakers))
            if len(hits) >= limit and order == "newest":
                break  # an article's hits stay together
    return hits[: max(limit, _BATCH)] if order == "rank" else hits


def matching(
    connection: sqlite3.Connection,
    query: Query,
    speakers: Sequence[tuple[str, ...]],
    *,
    order: Order = "newest",
    before: int | None = None,
    among: Sequence[int] | None = None,
    limit: int = 50,
) -> Iterator[sqlite3.Row]:
    """Yield the versions that may hold hits, in order, ``limit`` of them at most."""
    conditions, values = ["d.newest = v.id"], list[object]()
    if before is not None:
        conditions.append("v.id < ?")
        values.append(before)
    source, ranking = "version AS v", "v.id DESC"
    # Of changes the words may be gone: whoever compares the versions looks for them.
    words, without = (query.terms + query.about, query.without) if not query.changes else ((), ())
    if among is not None:
        # Looked up one by one: whatever else has the same words is not gone through.
        source = "json_each(?) AS one CROSS JOIN version AS v ON v.id = one.value"
        values.insert(0, str(list(among)))
    if words:
        source = (
            "version_words AS f JOIN version AS v ON v.id = f.rowid"
            if among is None
            else f"{source} CROSS JOIN version_words AS f ON f.rowid = one.value"
        )
        conditions.append("version_words MATCH ?")
        values.append(expression(words, without))
        ranking = "f.rowid DESC" if among is None else "v.id DESC"
        if order == "rank":
            newest = connection.execute(
                """
                SELECT min(rowid) FROM (
                    SELECT rowid FROM version_words WHERE version_words MATCH ? ORDER BY rowid DESC LIMIT ?
                )
                """,
                (values[-1], RANKED_WINDOW),
            ).fetchone()[0]
            conditions.append("f.rowid >= ?")
            values.append(newest or 0)
            ranking = "f.rank"
    elif without:
        conditions.append(
            "v.id NOT IN (SELECT rowid FROM version_words WHERE version_words MATCH ?)"
            if among is None
            else "NOT EXISTS (SELECT 1 FROM version_words WHERE version_words MATCH ? AND rowid = v.id)"
        )
        values.append(expression(without))
    if query.changes:
        conditions.append("EXISTS (SELECT 1 FROM version AS o WHERE o.document = d.id AND o.id <> v.id)")
    narrowing, narrowed_to = query.narrowing()
    conditions += narrowing
    values += narrowed_to
    if query.changes:
        speakers = ()  # who said it before may not be said to say it any more
    elif query.quotations_only and query.terms and not speakers:
        speakers = [()]
    for names in speakers:
        condition, found = _said_by(connection, names, query.terms, few=among is not None)
        conditions.append(condition)
        values += found
    yield from connection.execute(
        f"""
        SELECT v.id, v.title, coalesce(d.shown, v.text) AS text, v.published, d.id AS document, d.source
        FROM {source} JOIN document AS d ON d.id = v.document
        WHERE {" AND ".join(conditions)} ORDER BY {ranking} LIMIT ?
        """,
        (*values, max(limit, _BATCH)),
    )


def called(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Return a name to look for, and the others of whoever is called just so."""
    key = person_name(name).key
    rows = connection.execute(
        """
        SELECT DISTINCT other.name FROM (SELECT DISTINCT person FROM named WHERE key = ? AND joins) AS known
        JOIN person ON person.id = known.person
        JOIN named AS other ON other.person = person.id AND other.key <> ? AND other.joins LIMIT 50
        """,
        (key, key),
    )
    return (name, *(row["name"] for row in rows))


def _said_by(
    connection: sqlite3.Connection, names: tuple[str, ...], words: tuple[Term, ...], *, few: bool
) -> tuple[str, list[object]]:
    """The condition for articles in which somebody of these names says these words, with its values.

    Without names anybody may say them. ``few`` articles are gone through.
    """
    terms = [name for name in names if re.search(r"\w", name)]
    if names and not terms:
        return "0", []
    asked = []
    if terms:
        asked.append("speaker : (" + " OR ".join(map(_begins, terms)) + ")")
    if words:
        asked.append(expression(words, column="text"))
    said = " AND ".join(f"({part})" for part in asked)
    if not few:
        (count,) = connection.execute(
            """
            SELECT count(*) FROM (SELECT 1 FROM quotation_words WHERE quotation_words MATCH ? LIMIT ?)
            """,
            (said, _FREQUENT),
        ).fetchone()
    if not few and count < _FREQUENT:
        return (
            """
            v.id IN (SELECT q.version FROM quotation_words AS w JOIN quotation AS q ON q.id = w.rowid
                WHERE quotation_words MATCH ?)
            """,
            [said],
        )
    # What is said as often is met soon, whichever way the articles are gone through: looking at the
    # speakers of each costs less than looking it up among so many.
    if not terms:
        return "1", []
    connection.create_function("fold", 1, _fold, deterministic=True)
    either = " OR ".join("instr(fold(q.speaker), ?)" for _ in terms)
    return f"EXISTS (SELECT 1 FROM quotation AS q WHERE q.version = v.id AND ({either}))", [
        folded(name) for name in terms
    ]


def _fold(text: str | None) -> str:
    return folded(text or "")


def _begins(name: str) -> str:
    words = name.replace('"', " ")
    return f'"{words}"*'


def where_of(version: sqlite3.Row) -> Where:
    """Return the article of a version that matches."""
    return Where(
        version["document"],
        one_line(version["title"] or "") or None,
        one_line(version["source"]),
        one_line(version["published"] or "") or None,
    )


def _hits(
    connection: sqlite3.Connection,
    version: sqlite3.Row,
    query: Query,
    speakers: Sequence[tuple[str, ...]],
) -> Iterator[Hit]:
    where = where_of(version)
    patterns = [pattern(term) for term in query.terms]
    about = [pattern(term) for term in query.about]
    by = [[pattern(Term(name, prefix=True)) for name in names] for names in speakers]
    title = folded(where.title or "")
    covered: list[tuple[int, int]] = []
    rows = connection.execute(
        "SELECT name, start, end, text, speaker FROM quotation WHERE version = ? ORDER BY start",
        (version["id"],),
    )
    for row in rows:
        words = folded(row["text"])
        speaker = folded(row["speaker"] or "")
        if (
            all(one.search(words) for one in patterns)
            and all(one.search(words) or one.search(title) for one in about)
            and all(any(name.search(speaker) for name in names) for names in by)
        ):
            covered.append((row["start"], row["end"]))
            yield Hit(
                "quotation",
                one_line(row["text"]),
                row["start"],
                row["end"],
                one_line(row["speaker"] or "") or None,
                where,
                row["name"],
                version["id"],
            )
    if query.quotations_only or query.by:
        return
    passage = _passage(version["text"], patterns + about, covered)
    if passage is not None:
        start, end = passage
        text = one_line(version["text"][start:end])
        yield Hit("passage", text, start, end, None, where, None, version["id"])


def _passage(
    text: str, patterns: list[re.Pattern[str]], covered: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Where most of the words stand together, outside of the quotations that were found."""
    best: tuple[int, int, int] | None = None
    for line in re.finditer(r"\S[^\n]*", text):
        words = folded(line[0])
        first = [match.start() for one in patterns if (match := one.search(words))]
        if patterns and not first:
            continue
        start = line.start()
        at = start + (min(first, default=0) if len(words) == len(line[0]) else 0)
        if any(low <= at < high for low, high in covered):
            continue
        if best is None or len(first) > best[0]:
            best = (len(first), max(start, at - _PASSAGE // 3), line.end())
        if len(first) == len(patterns):
            break
    if best is None:
        return None
    _, start, end = best
    if start > 0 and not text[start - 1].isspace():
        start = text.find(" ", start, end) + 1 or start
    if end - start > _PASSAGE:
        end = (
            text.rfind(" ", start, start + _PASSAGE)
            if " " in text[start : start + _PASSAGE]
            else start + _PASSAGE
        )
    return start, end


def pattern(term: Term) -> re.Pattern[str]:
    """Return what finds a term in folded text, as the index does: whole words, whatever is between them."""
    words = re.findall(r"\w+", folded(term.words))
    inner = r"\W+".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){inner}" + ("" if term.prefix else r"(?!\w)"))
