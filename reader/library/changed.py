"""Searching for what articles say otherwise than the time before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.changes import changes
from reader.library.queries import Term
from reader.library.search import Hit, called, matching, pattern, where_of
from reader.text.names import folded
from reader.text.safety import one_line

if TYPE_CHECKING:
    import re
    import sqlite3
    from collections.abc import Iterator, Sequence

    from reader.library.changes import Change
    from reader.library.library import Library
    from reader.library.queries import Query

MOST_COMPARED = 500
"""So many of the newest articles that changed are compared at most: each takes some milliseconds."""

_OF_QUOTATIONS = ("quotation changed", "quotation vanished", "speaker changed")


def changed(
    library: Library, query: Query, *, before: int | None, among: Sequence[int] | None, limit: int
) -> list[Hit]:
    """Return what changed between the last two versions of articles, the newest article first.

    The words of the query must stand on either side of the change, or in the article's title for ``about:``;
    ``by:`` and ``has:quote`` leave changes of quotations alone. The other arguments are those of
    :func:`reader.library.search.search`.
    """
    with library.database.reading() as connection:
        wanted = _Wanted(query, [called(connection, name) for name in query.by])
        rows = list(matching(connection, query, (), before=before, among=among, limit=MOST_COMPARED))
    hits: list[Hit] = []
    for row in rows:
        hits += _hits(library, row, wanted)
        if len(hits) >= limit:
            break
    return hits


class _Wanted:
    """What a query asks of a change."""

    def __init__(self, query: Query, speakers: Sequence[tuple[str, ...]]) -> None:
        self._terms = [pattern(term) for term in query.terms]
        self._about = [pattern(term) for term in query.about]
        self._without = [pattern(term) for term in query.without]
        self._by = [[pattern(Term(name, prefix=True)) for name in names] for names in speakers]
        self._quotations = query.quotations_only or bool(query.by)

    def wants(self, change: Change, title: str) -> bool:
        """Whether a change is asked for."""
        told = [folded(side) for side in (change.before, change.after) if side is not None]
        words = "\n".join(told)
        return (
            not (self._quotations and change.kind not in _OF_QUOTATIONS)
            and all(one.search(words) for one in self._terms)
            and all(one.search(words) or one.search(title) for one in self._about)
            and not any(one.search(words) for one in self._without)
            and all(any(_said(name, told) for name in names) for names in self._by)
        )


def _said(name: re.Pattern[str], told: Sequence[str]) -> bool:
    """Whether either side of a change begins with somebody of that name, before the colon."""
    return any(name.search(side.partition(":")[0]) for side in told)


def _hits(library: Library, row: sqlite3.Row, wanted: _Wanted) -> Iterator[Hit]:
    from reader.library.reading import version

    versions = library.articles.versions(row["document"])[-2:]
    if len(versions) < 2:
        return
    older, newer = (version(library, row["document"], one.id) for one in versions)
    where = where_of(row)
    for change in changes(older, newer):
        if not wanted.wants(change, folded(where.title or "")):
            continue
        speaker, words = _told(change)
        start = max(0, newer.text.find(words)) if change.after is not None else 0
        end = start + len(words) if newer.text[start : start + len(words)] == words else start
        yield Hit(
            change.kind,
            one_line(change.after or change.before or ""),
            start,
            end,
            speaker,
            where,
            key=row["id"],
            before=one_line(change.before) if change.before is not None else None,
        )


def _told(change: Change) -> tuple[str | None, str]:
    """Who says the words of a change, if it is about a quotation, and the words."""
    told = change.after if change.after is not None else change.before or ""
    if change.kind not in _OF_QUOTATIONS:
        return None, told
    speaker, colon, words = told.partition(": ")
    return (one_line(speaker), words) if colon else (None, told)
