"""A library of every schema that was shipped becomes one of today's, with everything in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.library.backup import backups
from reader.library.library import Library
from reader.library.reading import keep
from reader.library.schema import NEWEST
from tests.library.namesakes import marked
from tests.library.stored import STORED, load
from tests.library.test_people import BOB


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            """
            SELECT name, sql FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%' ORDER BY name
            """
        ).fetchall()


def test_the_first_schema_is_among_them() -> None:
    assert [stored.name for stored in STORED][:1] == ["schema-1.sql"]


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored.stem)
def test_everything_is_in_it(tmp_path: Path, stored: Path) -> None:
    path = tmp_path / "old.db"
    load(stored, path)
    library = Library(path)
    assert library.articles.count() == 4
    assert list(library.check()) == []
    assert [hit.speaker for hit in library.search('by:"dave miller"')] == ["Dave Miller"]
    assert library.articles.get("1").tags == ("names",)
    assert len(library.articles.versions(3)) == 2
    (bob,) = library.dossiers.find("Robert Ruiz")
    assert bob.articles == 2
    assert [one.note for one in library.people.decisions()] == ["passport"]
    keep(library, *marked(BOB, 9)[:2])
    assert library.rebuild() == 5
    library.close()
    Library(tmp_path / "new.db").close()
    assert _schema(path) == _schema(tmp_path / "new.db")


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored.stem)
def test_a_copy_of_it_is_kept_as_it_was(tmp_path: Path, stored: Path) -> None:
    path = tmp_path / "old.db"
    load(stored, path)
    before = _schema(path)
    Library(path).close()
    (copy,) = backups(path)
    assert _schema(copy) == before != _schema(path)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] < NEWEST
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (4,)
