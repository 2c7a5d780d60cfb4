"""Which articles are looked at again, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from reader.library.clock import latest, now

if TYPE_CHECKING:
    from reader.library.connection import Database

SCHEDULE = (
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=10),
    timedelta(days=30),
)
"""How long after it was last read an article is looked at for the first, second, … time; then no more.

An article that says something else is looked at from the beginning again.
"""

MOST_VERSIONS = 50
"""An article with so many versions has had its turn: whatever it says now, its schedule goes on."""


class Due(NamedTuple):
    """An article that is to be looked at: its document and newest version, how often it was looked at before.

    ``etag`` and ``last_modified`` are what the server said of that version, byte for byte.
    """

    document: int
    version: int
    source: str
    step: int
    etag: bytes | None
    last_modified: bytes | None


# A watch that mutes wants to know nothing more. What feeds brought is looked at if the reader opened it and
# somebody is quoted in it.
_DUE = """
    WITH wanted (document) AS (
        SELECT id FROM document WHERE saved
        UNION
        SELECT hit.document FROM hit JOIN watch ON watch.id = hit.watch WHERE NOT watch.mute
        UNION
        SELECT d.id FROM entry JOIN document AS d ON d.id = entry.document
        WHERE entry.document IS NOT NULL AND d.opened IS NOT NULL
            AND EXISTS (SELECT 1 FROM quotation WHERE quotation.version = d.newest)
    ), planned AS (
        SELECT d.id AS document, d.newest AS version, d.key AS source, coalesce(r.step, 0) AS step, r.etag,
            r.last_modified,
            max(coalesce(r.due, ''), strftime('%Y-%m-%dT%H:%M:%S+00:00', d.checked, '+1 hour')) AS due
        FROM wanted JOIN document AS d ON d.id = wanted.document LEFT JOIN recheck AS r ON r.document = d.id
        WHERE d.newest IS NOT NULL AND (r.document IS NULL OR r.due IS NOT NULL)
            AND (d.key LIKE 'http://%' OR d.key LIKE 'https://%')
    )
"""


class Rechecks:
    """When articles are looked at again. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self) -> list[Due]:
        """Return the articles whose time has come, those that have waited longest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""
                {_DUE}
                SELECT document, version, source, step, etag, last_modified FROM planned
                WHERE due <= ? OR due > ? ORDER BY due
                """,
                (now(), latest()),
            ).fetchall()
        return [Due(*row) for row in rows]

    def waiting(self) -> int:
        """Return how many articles are looked at again some time, those that are due included."""
        with self._database.reading() as connection:
            return int(connection.execute(f"{_DUE} SELECT count(*) FROM planned").fetchone()[0])

    def looked(
        self,
        due: Due,
        *,
        changed: bool = False,
        etag: bytes | None = None,
        last_modified: bytes | None = None,
        missing: str | None = None,
    ) -> None:
        """Note that an article was looked at, and whether it said something else.

        ``missing`` says why it could not be read; then what is known of the version that we have stays.
        """
        step = 0 if changed and self._versions(due.document) < MOST_VERSIONS else due.step + 1
        again = datetime.now(UTC) + SCHEDULE[step] if step < len(SCHEDULE) else None
        if missing is not None:
            etag, last_modified = due.etag, due.last_modified
        with self._database.writing() as connection:
            self._plan(due.document, again, step, etag, last_modified)
            connection.execute(
                "UPDATE document SET missing = ?, checked = CASE WHEN ?1 IS NULL THEN ?2 ELSE checked END "
                "WHERE id = ?3",
                (missing, now(), due.document),
            )

    def postponed(self, due: Due, until: datetime) -> None:
        """Look at an article later, through no fault of its own."""
        with self._database.writing():
            self._plan(due.document, until, due.step, due.etag, due.last_modified)

    def _versions(self, document: int) -> int:
        with self._database.reading() as connection:
            return int(
                connection.execute("SELECT count(*) FROM version WHERE document = ?", (document,)).fetchone()[
                    0
                ]
            )

    def _plan(
        self,
        document: int,
        again: datetime | None,
        step: int,
        etag: bytes | None,
        last_modified: bytes | None,
    ) -> None:
        self._database.connection.execute(
            """
            INSERT INTO recheck (document, due, step, etag, last_modified)
            SELECT id, ?2, ?3, ?4, ?5 FROM document WHERE id = ?1
            ON CONFLICT (document) DO UPDATE SET due = excluded.due, step = excluded.step,
                etag = excluded.etag, last_modified = excluded.last_modified
            """,
            (
                document,
                again and again.astimezone(UTC).isoformat(timespec="seconds"),
                step,
                etag,
                last_modified,
            ),
        )
