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
    said = _said(connection, query, speakers, few=among is not None)
    terms = () if order == "newest" and any(one.in_quotations for one in said) else query.terms
    # Of changes the words may be gone: whoever compares the versions looks for them.
    words, without = (terms + query.about, query.without) if not query.changes else ((), ())
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
    for one in said:
        conditions.append(one.condition)
        values += one.values
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


class _Said(NamedTuple):
    """A condition for articles in which something is said, with its values.

    ``in_quotations``: it holds only where all the words that are searched for stand in one quotation.
    """

    condition: str
    values: list[object]
    in_quotations: bool = False


def _said(
    connection: sqlite3.Connection, query: Query, speakers: Sequence[tuple[str, ...]], *, few: bool
) -> list[_Said]:
    """What must be said in an article, and by whom."""
    if query.changes:
        return []  # who said it before may not be said to say it any more
    if query.quotations_only and query.terms and not speakers:
        speakers = [()]
    return [_said_by(connection, names, query.terms, few=few) for names in speakers]


def _said_by(
    connection: sqlite3.Connection, names: tuple[str, ...], words: tuple[Term, ...], *, few: bool
) -> _Said:
    """Somebody of these names says these words; without names anybody. ``few`` articles are gone through."""
    terms = [name for name in names if re.search(r"\w", name)]
    if names and not terms:
        return _Said("0", [])
    asked = []
    if terms:
        asked.append("speaker : (" + " OR ".join(map(_begins, terms)) + ")")
    if words:
        asked.append(expression(words, column="text"))
    if not few:
        rows = connection.execute(
            """
            SELECT q.version FROM quotation_words AS w JOIN quotation AS q ON q.id = w.rowid
            WHERE quotation_words MATCH ? LIMIT ?
            """,
            (" AND ".join(f"({part})" for part in asked), _FREQUENT),
        ).fetchall()
        if len(rows) < _FREQUENT:
            versions = sorted({row[0] for row in rows})
            return _Said("v.id IN (SELECT value FROM json_each(?))", [str(versions)], bool(words))
    # What is said as often is met soon, whichever way the articles are gone through: looking at the
    # speakers of each costs less than looking it up among so many.
    if not terms:
        return _Said("1", [])
    connection.create_function("fold", 1, _fold, deterministic=True)
    either = " OR ".join("instr(fold(q.speaker), ?)" for _ in terms)
    condition = f"EXISTS (SELECT 1 FROM quotation AS q WHERE q.version = v.id AND ({either}))"
    return _Said(condition, [folded(name) for name in terms])


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
