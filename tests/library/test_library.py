import sqlite3
from pathlib import Path

import pytest

from reader.index import Index
from reader.library.errors import ForeignFile, LibraryDamaged, LibraryFull, LibraryLocked, LibraryNewer
from reader.library.library import Library
from reader.library.schema import APPLICATION_ID, NEWEST
from tests.library.test_articles import TEXT, analysis, article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def filled(path: Path) -> Library:
    library = Library(path)
    kept = library.articles.keep(article())
    library.analyses.keep(article(), analysis())
    library.analyses.show(kept.version, Index(article(), analysis()))
    return library


def test_what_was_kept_is_there_when_it_is_opened_again(path: Path) -> None:
    filled(path).close()
    library = Library(path)
    assert library.articles.count() == 1
    assert [hit.kind for hit in library.search("prices")] == ["quotation"]
    assert list(library.check()) == []


def test_a_rebuilt_library_answers_as_before(path: Path) -> None:
    library = filled(path)
    before = library.search("prices"), library.search("harbour")
    with library.database.writing() as connection:
        connection.execute("INSERT INTO version_words (version_words) VALUES ('delete-all')")
        connection.execute("DELETE FROM quotation")
    assert list(library.check()) != []
    assert library.rebuild() == 1
    assert (library.search("prices"), library.search("harbour")) == before
    assert list(library.check()) == []


def test_a_backup_is_a_whole_library_and_the_newest_three_stay(path: Path) -> None:
    library = filled(path)
    copies = [library.back_up() for _ in range(4)]
    assert [copy.exists() for copy in copies] == [False, True, True, True]
    assert Library(copies[-1]).search("prices") == library.search("prices")


def test_another_programs_database_is_left_as_it_was(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE document (mine)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ForeignFile):
        Library(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all, but a text of some length" * 20, b"\x00" * 4096]
)
def test_a_file_that_is_no_database_is_left_as_it_was(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ForeignFile):
        Library(path)
    assert path.read_bytes() == content


def test_a_newer_schema_is_left_as_it_was(path: Path) -> None:
    Library(path).close()
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {NEWEST + 1}")
    newer.close()
    with pytest.raises(LibraryNewer):
        Library(path)


def test_a_truncated_file_is_said_to_be_damaged(path: Path) -> None:
    library = filled(path)
    library.vacuum()
    library.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def use() -> None:
        library = Library(path)
        library.search("prices")
        library.rebuild()

    with pytest.raises(LibraryDamaged):
        use()


def test_another_writer_is_waited_for_and_then_named(path: Path) -> None:
    library = filled(path)
    library.database.connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryLocked):
        library.articles.tag(1, add=["economy"])
    assert library.search("prices")  # readers never wait
    other.execute("ROLLBACK")
    library.articles.tag(1, add=["economy"])
    assert library.articles.get("1").tags == ("economy",)


def test_a_full_disk_loses_only_the_article_that_did_not_fit(path: Path) -> None:
    library = filled(path)
    pages = library.database.connection.execute("PRAGMA page_count").fetchone()[0]
    library.database.connection.execute(f"PRAGMA max_page_count = {pages}")
    large = TEXT + "\n\n" + " ".join(f"word{number}" for number in range(20_000))
    with pytest.raises(LibraryFull):
        library.articles.keep(article(large, "https://example.org/large"))
    assert library.articles.count() == 1
    assert list(library.check()) == []


def test_the_file_says_whose_it_is(path: Path) -> None:
    Library(path).close()
    assert sqlite3.connect(path).execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
