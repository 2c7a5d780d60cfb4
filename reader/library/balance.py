"""Whose words fill what you have read: by article, outlet, tag or month; named against unnamed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.library.connection import Database
    from reader.library.queries import Query

Grouping = Literal["all", "article", "source", "tag", "month"]

_GROUPS = {
    "all": "''",
    "article": "coalesce(v.title, d.source)",
    "source": "coalesce(v.site, '')",
    "tag": "t.name",
    "month": "substr(coalesce(v.published, v.fetched), 1, 7)",
}


class Voice(NamedTuple):
    """Somebody who is quoted: how often, and with how many words. ``named`` is false for "a spokesman".

    ``person`` is who that is across articles, if that is known.
    """

    name: str
    named: bool
    quotations: int
    words: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """Who is quoted in a group of articles, the most words first. Every string is safe to show."""

    group: str
    articles: int
    voices: tuple[Voice, ...]

    @property
    def quotations(self) -> int:
        """How many quotations there are."""
        return sum(voice.quotations for voice in self.voices)

    @property
    def words(self) -> int:
        """How many words are quoted."""
        return sum(voice.words for voice in self.voices)

    @property
    def named_words(self) -> int:
        """How many of them are by somebody with a name."""
        return sum(voice.words for voice in self.voices if voice.named)


def heading(one: Balance, by: Grouping) -> str:
    """Return what a group is called where people read it."""
    return "Everything" if by == "all" else one.group or "No source given"


COLUMNS = ("group", "articles", "name", "named", "quotations", "words")
"""The columns of :func:`table`."""


def table(found: Iterable[Balance]) -> Iterator[tuple[str | int, ...]]:
    """Yield everybody of every group as a row of a table."""
    for one in found:
        for voice in one.voices:
            yield one.group, one.articles, voice.name, str(voice.named), voice.quotations, voice.words


def balance(
    database: Database,
    by: Grouping = "all",
    *,
    document: int | None = None,
    site: str | None = None,
    tag: str | None = None,
    since: str | None = None,
    until: str | None = None,
    query: Query | None = None,
) -> list[Balance]:
    """Return who is quoted in the newest versions of articles, by group, in the groups' order.

    ``since`` and ``until`` are the first and last day that count (ISO dates); ``site`` is a part of an
    outlet's name or address. Of ``query`` counts what narrows articles down. An article with several tags
    counts for each of them.
    """
    conditions, values = ["d.newest = v.id"], list[object]()
    for condition, value in (
        ("d.id = ?", document),
        ("instr(lower(coalesce(v.site, d.source)), lower(?))", site),
        ("d.id IN (SELECT document FROM tag WHERE name = ?)", tag),
        ("coalesce(v.published, v.fetched) >= ?", since),
        ("substr(coalesce(v.published, v.fetched), 1, 10) <= ?", until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if query is not None:
        narrowing, narrowed_to = query.narrowing()
        conditions += narrowing
        values += narrowed_to
    group = _GROUPS[by]
    source = "document AS d JOIN version AS v ON v.document = d.id"
    if by == "tag":
        source += " JOIN tag AS t ON t.document = d.id"
    where = " AND ".join(conditions)
    # Articles of one title are not one group.
    own = "d.id" if by == "article" else "0"
    with database.reading() as connection:
        counts = connection.execute(
            f"SELECT {group}, {own}, count(*) FROM {source} WHERE {where} GROUP BY 1, 2 ORDER BY 1, 2", values
        ).fetchall()
        rows = connection.execute(
            f"""
            SELECT {group}, {own}, coalesce(p.name, n.name, q.speaker, ''), n.id IS NOT NULL, count(*),
                sum(length(q.text) - length(replace(q.text, ' ', '')) + 1), p.id
            FROM {source} JOIN quotation AS q ON q.version = v.id
            LEFT JOIN named AS n ON n.id = q.named LEFT JOIN person AS p ON p.id = n.person
            WHERE {where} GROUP BY 1, 2, coalesce(-p.id, n.key, q.speaker, ''), 4
            ORDER BY 1, 2, 6 DESC, 3
            """,
            values,
        ).fetchall()
    voices: dict[tuple[str, int], list[Voice]] = {}
    for name, number, speaker, named, quotations, words, person in rows:
        voice = Voice(one_line(speaker), bool(named), quotations, words, person)
        voices.setdefault((name, number), []).append(voice)
    return [
        Balance(one_line(name), articles, tuple(voices.get((name, number), ())))
        for name, number, articles in counts
    ]
