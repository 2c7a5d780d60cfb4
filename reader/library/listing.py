"""Documents as lists show them: which, in what order, with what is told of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3

    from reader.library.queries import Query

State = Literal["new", "begun", "read"]


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """A document as lists show it. ``id`` is the document's; ``place`` is a code point of its newest text."""

    id: int
    version: int
    source: str
    title: str | None
    site: str | None
    published: str | None
    added: str
    state: State
    later: bool
    saved: bool
    place: int
    words: int
    quotations: int
    tags: tuple[str, ...]


ENTRY = """
    SELECT d.id, v.id AS version, d.source, v.title, v.site, v.published, d.added, d.state, d.later, d.saved,
        d.place, v.words,
        (SELECT count(*) FROM quotation WHERE quotation.version = v.id) AS quotations,
        (SELECT json_group_array(name) FROM tag WHERE tag.document = d.id) AS tags
    FROM document AS d JOIN version AS v ON v.id = d.newest
"""
"""The statement for entries; documents are ``d`` in it, their newest versions ``v``."""

_MUTED = """
    EXISTS (SELECT 1 FROM hit JOIN watch ON watch.id = hit.watch WHERE hit.document = d.id AND watch.mute)
"""


def listed(
    connection: sqlite3.Connection,
    *,
    before: int | None,
    limit: int,
    state: State | None,
    tag: str | None,
    site: str | None,
    later: bool,
    muted: bool | None,
    query: Query | None,
) -> list[ListedArticle]:
    """Return documents, those with the newest text first; ``before`` is the last entry's version.

    ``muted`` are those that a muting watch hides, or with False all others. Of ``query`` counts what narrows
    articles down: outlets, tags, dates, states.
    """
    conditions, values = ["1"], list[object]()
    for condition, value in (
        ("d.newest < ?", before),
        ("d.state = ?", state),
        ("d.id IN (SELECT document FROM tag WHERE name = ?)", tag),
        ("v.site = ?", site),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if later:
        conditions.append("d.later")
    if muted is not None:
        conditions.append(_MUTED if muted else f"NOT {_MUTED}")
    if query is not None:
        narrowing, narrowed_to = query.narrowing()
        conditions += narrowing
        values += narrowed_to
    rows = connection.execute(
        f"{ENTRY} WHERE {' AND '.join(conditions)} ORDER BY d.newest DESC LIMIT ?", (*values, limit)
    ).fetchall()
    return [entry_of(row) for row in rows]


def entry_of(row: sqlite3.Row) -> ListedArticle:
    """Return the entry that a row of :data:`ENTRY` is."""
    values = dict(row)
    values["tags"] = tuple(sorted(json.loads(values["tags"])))
    values["later"], values["saved"] = bool(values["later"]), bool(values["saved"])
    return ListedArticle(**values)
