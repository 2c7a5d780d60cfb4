"""Where somebody is named: the articles, how often they are quoted there, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.library.search import Where
from reader.text.safety import one_line

if TYPE_CHECKING:
    from reader.library.connection import Database

_COMPANY = 6


class Appearance(NamedTuple):
    """An article that names somebody. ``key`` leads to the next page; every string is safe to show.

    ``company`` are the people and organisations that it names most besides.
    """

    where: Where
    site: str
    quotations: int
    company: tuple[str, ...]
    key: int


def appearances(
    database: Database, person: int, *, before: int | None = None, limit: int = 50, silent: bool = False
) -> list[Appearance]:
    """Return the articles that name a person, the newest first; if ``silent``, those that do not quote them.

    ``before`` is the :attr:`Appearance.key` of the last one of the page before.
    """
    unheard = "AND NOT EXISTS (SELECT 1 FROM quotation AS q WHERE q.named = n.id)" if silent else ""
    with database.reading() as connection:
        rows = connection.execute(
            f"""
            SELECT n.version, d.id, v.title, d.source, v.published, v.site,
                sum((SELECT count(*) FROM quotation AS q WHERE q.named = n.id)) AS quotations
            FROM named AS n JOIN version AS v ON v.id = n.version JOIN document AS d ON d.id = v.document
            WHERE n.person = ? AND n.version < ? {unheard}
            GROUP BY n.version ORDER BY n.version DESC LIMIT ?
            """,
            (person, before if before is not None else 1 << 62, limit),
        ).fetchall()
        company = [
            connection.execute(
                """
                SELECT name FROM named WHERE version = ? AND person IS NOT ? AND type IN ('PERSON', 'ORG')
                AND (joins OR person IS NOT NULL) ORDER BY mentions DESC, id LIMIT ?
                """,
                (row["version"], person, _COMPANY),
            ).fetchall()
            for row in rows
        ]
    return [
        Appearance(
            Where(
                row["id"],
                one_line(row["title"] or "") or None,
                one_line(row["source"]),
                one_line(row["published"] or "") or None,
            ),
            one_line(row["site"] or ""),
            row["quotations"],
            tuple(one_line(found["name"]) for found in others),
            row["version"],
        )
        for row, others in zip(rows, company, strict=True)
    ]
