"""Documents and the versions of their text: kept, found again, listed, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.library.clock import now
from reader.library.errors import NotInLibrary
from reader.library.listing import ENTRY, entry_of, listed
from reader.library.packing import pack, unpack
from reader.library.paging import paged
from reader.model.analysis import Analysis
from reader.model.source import document as document_of
from reader.text.safety import printable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from reader.library.connection import Database
    from reader.library.listing import ListedArticle, State
    from reader.library.queries import Query
    from reader.model.article import Article


class Kept(NamedTuple):
    """Where an article went: its document, the version of its text, and whether each is new.

    ``changed`` says whether that is the document's newest version only now, or is told about in other words.
    """

    document: int
    version: int
    new_document: bool
    new_version: bool
    changed: bool


class Stored(NamedTuple):
    """An article as the library has it: its document, and when its source last said so (UTC, ISO 8601)."""

    document: int
    article: Article
    checked: str


class VersionEntry(NamedTuple):
    """A version of a document's text: its id, when it was fetched (UTC), its title."""

    id: int
    fetched: str
    title: str | None


class Articles:
    """What the library holds of documents. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, article: Article, *, fetched: str | None = None) -> Kept:
        """Keep an article as the newest version of its document; one whose text is known is not kept again.

        A version that was read before and comes back becomes the newest again.
        """
        from reader.library.derived import forget_words, index_words  # with all that tells people apart

        key = article.document or document_of(article.source, article.text)
        when = fetched or now()
        parts, _ = pack(article, Analysis())
        with self._database.writing() as connection:
            new = connection.execute(
                "INSERT OR IGNORE INTO document (key, source, added) VALUES (?, ?, ?)",
                (key, article.source or key, when),
            )
            document, before = connection.execute(
                "SELECT id, newest FROM document WHERE key = ?", (key,)
            ).fetchone()
            known = connection.execute(
                "SELECT id, parts FROM version WHERE document = ? AND hash = ?", (document, article.id)
            ).fetchone()
            # The text may be the same and what is known about it, the title say, another.
            changed = known is None or known["id"] != before or known["parts"] != parts
            if changed:
                if before is not None:
                    forget_words(connection, before)
                version = _write(connection, document, article, parts, when, known["id"] if known else None)
                connection.execute(
                    "UPDATE document SET newest = ?, shown = NULL WHERE id = ?", (version, document)
                )
                index_words(connection, version)
            else:
                version = int(known["id"])
            connection.execute(
                "UPDATE document SET missing = NULL, checked = ? WHERE id = ?", (when, document)
            )
            return Kept(document, version, new.rowcount > 0, known is None, changed)

    def find(self, source: str) -> ListedArticle | None:
        """Return the document that a source names: an address or path however written, or an id of ours."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"{ENTRY} WHERE d.key = ?", (document_of(source, "") if source else "",)
            ).fetchone()
            if row is None and source.isdecimal():
                row = connection.execute(f"{ENTRY} WHERE d.id = ?", (int(source[:18]),)).fetchone()
            return None if row is None else entry_of(row)

    def of(self, article: Article) -> int | None:
        """Return the document that an article is of, if the library has it."""
        key = article.document or document_of(article.source, article.text)
        with self._database.reading() as connection:
            row = connection.execute("SELECT id FROM document WHERE key = ?", (key,)).fetchone()
        return None if row is None else int(row["id"])

    def quotations(self, article: Article) -> int | None:
        """Return how many quotations are known in the text of an article, with the reader's corrections.

        None when the library has not this text as the newest of its document, or no analysis of it.
        """
        key = article.document or document_of(article.source, article.text)
        with self._database.reading() as connection:
            row = connection.execute(
                """
                SELECT (SELECT count(*) FROM quotation WHERE quotation.version = v.id)
                FROM document AS d JOIN version AS v ON v.id = d.newest
                WHERE d.key = ? AND v.hash = ? AND EXISTS (SELECT 1 FROM analysis WHERE hash = v.hash)
                """,
                (key, article.id),
            ).fetchone()
        return None if row is None else int(row[0])

    def get(self, source: str) -> ListedArticle:
        """Return the document that a source names; raises :class:`NotInLibrary` when there is none."""
        found = self.find(source)
        if found is None:
            raise NotInLibrary(
                f"The library has no article {printable(source)}", "`onrecord library list` shows what it has"
            )
        return found

    def load(self, version: int) -> Article:
        """Return a version of an article. Raises :class:`NotInLibrary` when there is none."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT text, parts FROM version WHERE id = ?", (version,)).fetchone()
        if row is None:
            raise NotInLibrary("The library does not have that version any more")
        return unpack(row["text"], row["parts"])[0]

    def stored(self, source: str) -> Stored | None:
        """Return the newest version of the document that a source names, if the library has it."""
        with self._database.reading() as connection:
            row = connection.execute(
                """
                SELECT d.id, d.checked, v.fetched, v.text, v.parts
                FROM document AS d JOIN version AS v ON v.id = d.newest WHERE d.key = ?
                """,
                (document_of(source, ""),),
            ).fetchone()
        if row is None:
            return None
        return Stored(row["id"], unpack(row["text"], row["parts"])[0], row["checked"] or row["fetched"])

    def says(self, article: Article) -> int | None:
        """Return the document whose newest text is that of an article, if there is one."""
        key = article.document or document_of(article.source, article.text)
        with self._database.reading() as connection:
            row = connection.execute(
                """
                SELECT d.id FROM document AS d JOIN version AS v ON v.id = d.newest
                WHERE d.key = ? AND v.hash = ?
                """,
                (key, article.id),
            ).fetchone()
        return None if row is None else int(row["id"])

    def versions(self, document: int) -> list[VersionEntry]:
        """Return the versions of a document, the oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, fetched, title FROM version WHERE document = ? ORDER BY fetched, id", (document,)
            ).fetchall()
        return [VersionEntry(*row) for row in rows]

    def entries(
        self,
        *,
        before: int | None = None,
        limit: int = 200,
        state: State | None = None,
        tag: str | None = None,
        site: str | None = None,
        later: bool = False,
        muted: bool | None = None,
        query: Query | None = None,
    ) -> list[ListedArticle]:
        """Return documents, those with the newest text first, see :func:`reader.library.listing.listed`."""
        with self._database.reading() as connection:
            return listed(
                connection,
                before=before,
                limit=limit,
                state=state,
                tag=tag,
                site=site,
                later=later,
                muted=muted,
                query=query,
            )

    def every(
        self,
        *,
        state: State | None = None,
        tag: str | None = None,
        site: str | None = None,
        later: bool = False,
        muted: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[ListedArticle]:
        """Return all documents one after the other, those with the newest text first."""

        def page(last: ListedArticle | None, size: int) -> list[ListedArticle]:
            before = None if last is None else last.version
            return self.entries(
                before=before, limit=size, state=state, tag=tag, site=site, later=later, muted=muted
            )

        return paged(page, limit)

    def lengths(self, versions: Sequence[int]) -> dict[int, int]:
        """Return how long the texts of documents' newest versions are, in code points."""
        marks = ",".join("?" * len(versions))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id, length(text) FROM newest WHERE id IN ({marks})", tuple(versions)
            ).fetchall()
        return {row[0]: row[1] for row in rows}

    def opening(self, version: int, most: int) -> str:
        """Return how the text of a document's newest version begins, at most so many code points of it."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT substr(text, 1, ?) FROM newest WHERE id = ?", (most, version))
            found = row.fetchone()
        return found[0] if found else ""

    def count(self) -> int:
        """Return how many documents there are."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])

    def muted(self) -> int:
        """Return how many documents muting watches hide."""
        with self._database.reading() as connection:
            row = connection.execute(
                """
                SELECT count(DISTINCT hit.document) FROM hit JOIN watch ON watch.id = hit.watch
                WHERE watch.mute
                """
            ).fetchone()
        return int(row[0])

    def read(self, document: int, place: int, *, end: bool) -> None:
        """Note how far a document was read, in code points, and whether to its end."""
        with self._database.writing() as connection:
            connection.execute(
                """
                UPDATE document SET place = ?, opened = ?,
                    state = CASE WHEN ? OR state = 'read' THEN 'read' ELSE 'begun' END
                WHERE id = ?
                """,
                (place, now(), end, document),
            )

    def keep_for_later(self, document: int, later: bool = True) -> None:
        """Put a document on the list to be read later, or take it off."""
        with self._database.writing() as connection:
            connection.execute("UPDATE document SET later = ? WHERE id = ?", (later, document))

    def save(self, document: int, saved: bool = True) -> None:
        """Look at a document again for changes from time to time, or no longer."""
        with self._database.writing() as connection:
            connection.execute("UPDATE document SET saved = ? WHERE id = ?", (saved, document))

    def tag(self, document: int, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Add tags to a document and take others away."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO tag (document, name) VALUES (?, ?)", [(document, name) for name in add]
            )
            connection.executemany(
                "DELETE FROM tag WHERE document = ? AND name = ?", [(document, name) for name in remove]
            )

    def tags(self) -> list[tuple[str, int]]:
        """Return every tag with the number of its documents."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT name, count(*) FROM tag GROUP BY name ORDER BY name").fetchall()
        return [(row[0], row[1]) for row in rows]

    def sites(self) -> list[tuple[str, int]]:
        """Return every outlet with the number of its documents, those with most first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """
                SELECT v.site, count(*) AS documents FROM document AS d JOIN version AS v ON v.id = d.newest
                WHERE v.site <> '' GROUP BY v.site ORDER BY documents DESC, v.site
                """
            ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def missed(self, document: int, why: str) -> None:
        """Note that a document could not be read again; what is kept of it stays."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE document SET missing = ?, checked = ? WHERE id = ?", (why, now(), document)
            )

    def forget(self, document: int) -> None:
        """Delete a document with its versions, decisions and tags. It cannot be brought back."""
        from reader.library.derived import forget_words

        with self._database.writing() as connection:
            row = connection.execute("SELECT newest FROM document WHERE id = ?", (document,)).fetchone()
            if row is None:
                return
            hashes = connection.execute("SELECT hash FROM version WHERE document = ?", (document,)).fetchall()
            if row["newest"] is not None:
                forget_words(connection, row["newest"])
            connection.execute("UPDATE document SET newest = NULL WHERE id = ?", (document,))
            connection.execute("DELETE FROM document WHERE id = ?", (document,))
            connection.executemany(
                "DELETE FROM analysis WHERE hash = ? AND hash NOT IN (SELECT hash FROM version)",
                [(found["hash"],) for found in hashes],
            )


def _write(
    connection: sqlite3.Connection,
    document: int,
    article: Article,
    parts: bytes,
    fetched: str,
    known: int | None,
) -> int:
    """Write a version of a document, or what is told about one that is known; return its id."""
    about = (article.title, article.byline, article.published, article.site, article.language, parts)
    if known is not None:
        connection.execute(
            """
            UPDATE version SET title = ?, byline = ?, published = ?, site = ?, language = ?, parts = ?
            WHERE id = ?
            """,
            (*about, known),
        )
        return known
    found = connection.execute(
        """
        INSERT INTO version
            (title, byline, published, site, language, parts, document, hash, fetched, words, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (*about, document, article.id, fetched, article.word_count, article.text),
    ).lastrowid
    assert found is not None
    return found
