"""What may go wrong: other writers, damage, no room, nothing that may be written to."""

import inspect
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from reader.feeds.feed import Feed as Document
from reader.feeds.subscription import Subscription
from reader.index import Index
from reader.library.decisions import typed
from reader.library.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryLocked
from reader.library.feeds import FeedAnswer
from reader.library.library import Library
from reader.library.reading import correct, undo
from reader.library.rechecks import Due
from reader.library.watches import Revised, Watch
from reader.model.anchors import anchor
from reader.model.corrections import SetSpeaker
from tests.library.namesakes import filled, lines
from tests.library.stored import STORED, load
from tests.library.test_articles import TEXT, analysis, article
from tests.library.test_people import BOB, COACH
from tests.library.writer import Writer


def test_two_readers_and_an_importer_at_once(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library(path).close()
    done, failures = threading.Event(), list[BaseException]()

    def importing() -> None:
        try:
            library = Library(path)
            filled(library, lines("written_on.jsonl"))
            library.close()
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()

    def reading() -> None:
        try:
            library, before = Library(path), 0
            while True:
                last = done.is_set()
                entries = len(library.articles.entries())
                assert entries >= before
                before = entries
                for hit in library.search("has:quote", limit=5):
                    assert hit.speaker
                    library.dossiers.find(hit.speaker)
                if last:
                    break
            assert before == len(lines("written_on.jsonl"))
            library.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=what) for what in (importing, reading, reading)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(Library(path).check()) == []


@pytest.mark.parametrize("number", range(5))
def test_first_openers_make_one_library(tmp_path: Path, number: int) -> None:
    path, together = tmp_path / f"{number}.db", threading.Barrier(6)
    failures = list[BaseException]()

    def opening() -> None:
        together.wait()
        try:
            library = Library(path)
            filled(library, [BOB])
            library.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=opening) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    library = Library(path)
    assert library.articles.count() == 1
    assert list(library.check()) == []


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    filled(library, [BOB, COACH])
    library.watches.add("ruiz", "ruiz")
    yield library
    library.database.close()


FEED = Subscription("https://example.org/feed")
DUE = Due(1, 1, "https://example.org/0", 0, None, None)
WATCH = Watch(1, "ruiz", "ruiz", False, "2026-01-01T00:00:00+00:00", 0, 0, 0, 0, 0)
CALLS: dict[str, Callable[[Library], object]] = {
    "articles.keep": lambda library: library.articles.keep(article()),
    "articles.find": lambda library: library.articles.find("1"),
    "articles.of": lambda library: library.articles.of(article()),
    "articles.get": lambda library: library.articles.get("1"),
    "articles.load": lambda library: library.articles.load(1),
    "articles.stored": lambda library: library.articles.stored("/bob.txt"),
    "articles.says": lambda library: library.articles.says(article()),
    "articles.versions": lambda library: library.articles.versions(1),
    "articles.entries": lambda library: library.articles.entries(),
    "articles.every": lambda library: list(library.articles.every()),
    "articles.quotations": lambda library: library.articles.quotations(article()),
    "articles.lengths": lambda library: library.articles.lengths([1]),
    "articles.opening": lambda library: library.articles.opening(1, 10),
    "articles.count": lambda library: library.articles.count(),
    "articles.read": lambda library: library.articles.read(1, 0, end=True),
    "articles.keep_for_later": lambda library: library.articles.keep_for_later(1),
    "articles.save": lambda library: library.articles.save(1),
    "articles.tag": lambda library: library.articles.tag(1, add=["a"]),
    "articles.tags": lambda library: library.articles.tags(),
    "articles.sites": lambda library: library.articles.sites(),
    "articles.missed": lambda library: library.articles.missed(1, "gone"),
    "articles.forget": lambda library: library.articles.forget(1),
    "analyses.keep": lambda library: library.analyses.keep(article(), analysis()),
    "analyses.find": lambda library: library.analyses.find(article()),
    "analyses.shown": lambda library: library.analyses.shown(1),
    "analyses.show": lambda library: library.analyses.show(1, Index(article(), analysis())),
    "corrections.add": lambda library: library.corrections.add(1, []),
    "corrections.of": lambda library: library.corrections.of(1),
    "corrections.undo": lambda library: library.corrections.undo(1, 1),
    "corrections.documents": lambda library: library.corrections.documents(),
    "people.decide": lambda library: library.people.decide("name", typed("Bob Ruiz"), "Bob"),
    "people.unite": lambda library: library.people.unite(1, 2),
    "people.part": lambda library: library.people.part(1, 1),
    "people.recognise": lambda library: library.people.recognise(1, "Bob Ruiz", 1),
    "people.call": lambda library: library.people.call(1, "Bob"),
    "people.undo": lambda library: library.people.undo(1),
    "people.decisions": lambda library: library.people.decisions(),
    "people.listed": lambda library: library.people.listed(),
    "people.references": lambda library: library.people.references(1),
    "dossiers.find": lambda library: library.dossiers.find("Bob Ruiz"),
    "dossiers.get": lambda library: library.dossiers.get(1),
    "dossiers.apart": lambda library: library.dossiers.apart(1, 2),
    "dossiers.of": lambda library: library.dossiers.of(1, "e1"),
    "dossiers.said": lambda library: library.dossiers.said(1),
    "dossiers.said_before": lambda library: library.dossiers.said_before(1, "q0"),
    "dossiers.articles": lambda library: library.dossiers.articles(1),
    "dossiers.unheard": lambda library: library.dossiers.unheard(1),
    "dossiers.company": lambda library: library.dossiers.company(1),
    "dossiers.over_time": lambda library: library.dossiers.over_time(1),
    "dossiers.maybe": lambda library: library.dossiers.maybe("Ruiz"),
    "feeds.add": lambda library: library.feeds.add([FEED]),
    "feeds.all": lambda library: library.feeds.all(),
    "feeds.count": lambda library: library.feeds.count(),
    "entries.muted": lambda library: library.entries.muted(),
    "feeds.find": lambda library: library.feeds.find("1"),
    "feeds.get": lambda library: library.feeds.get("1"),
    "feeds.rename": lambda library: library.feeds.rename(1, "A"),
    "feeds.move": lambda library: library.feeds.move(1, "A"),
    "feeds.show_own_text": lambda library: library.feeds.show_own_text(1, True),
    "feeds.remove": lambda library: library.feeds.remove(1),
    "feeds.unchanged": lambda library: library.feeds.unchanged(1, FeedAnswer("2026")),
    "feeds.failed": lambda library: library.feeds.failed(1, "It broke", "2026"),
    "feeds.postponed": lambda library: library.feeds.postponed(1, "It broke", "2026"),
    "feeds.patience": lambda library: library.feeds.patience(),
    "feeds.have_patience": lambda library: library.feeds.have_patience("a", "2026"),
    "entries.store": lambda library: library.entries.store(1, Document(None, None, ()), FeedAnswer("2026")),
    "entries.newest": lambda library: library.entries.newest(),
    "entries.every": lambda library: list(library.entries.every()),
    "entries.get": lambda library: library.entries.get(1),
    "entries.article": lambda library: library.entries.article(1),
    "entries.unread": lambda library: library.entries.unread(),
    "entries.mark": lambda library: library.entries.mark([1]),
    "entries.mark_all": lambda library: library.entries.mark_all(),
    "entries.unfetched": lambda library: library.entries.unfetched(1),
    "entries.missed": lambda library: library.entries.missed(1),
    "entries.opened": lambda library: library.entries.opened(1, 1),
    "rechecks.due": lambda library: library.rechecks.due(),
    "rechecks.waiting": lambda library: library.rechecks.waiting(),
    "rechecks.looked": lambda library: library.rechecks.looked(DUE),
    "rechecks.postponed": lambda library: library.rechecks.postponed(DUE, datetime(2026, 1, 1, tzinfo=UTC)),
    "watches.add": lambda library: library.watches.add("bob", "by:bob"),
    "watches.remove": lambda library: library.watches.remove("ruiz"),
    "watches.get": lambda library: library.watches.get("ruiz"),
    "watches.all": lambda library: library.watches.all(),
    "watches.revised": lambda library: library.watches.revised(0, 10),
    "watches.take": lambda library: library.watches.take(WATCH, [Revised(1, 1, 1)], []),
    "watches.new": lambda library: library.watches.new(WATCH),
    "watches.see": lambda library: library.watches.see(WATCH),
    "watches.entries": lambda library: library.watches.entries(0, 10),
    "watches.mute": lambda library: library.watches.mute(WATCH, [], 0),
    "articles.muted": lambda library: library.articles.muted(),
    "search": lambda library: library.search("bob"),
    "back_up": lambda library: library.back_up(),
    "check": lambda library: list(library.check()),
    "rebuild": lambda library: library.rebuild(),
    "vacuum": lambda library: library.vacuum(),
}


def _public(value: Any) -> set[str]:
    return {name for name, _ in inspect.getmembers(value, callable) if not name.startswith("_")}


def test_every_public_method_is_among_those(library: Library) -> None:
    parts = (
        "articles",
        "analyses",
        "corrections",
        "people",
        "dossiers",
        "feeds",
        "entries",
        "rechecks",
        "watches",
    )
    names = {f"{part}.{name}" for part in parts for name in _public(getattr(library, part))}
    # Closing waits for nobody, and those who ask feeds lock a file beside the library.
    assert names | _public(library) - {"close", "asking"} == CALLS.keys()


@pytest.mark.parametrize("name", CALLS)
def test_a_locked_library_is_said_to_be_in_use(library: Library, name: str) -> None:
    connection = library.database.connection
    # Without a write-ahead log readers wait as well.
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(library.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryLocked):
        CALLS[name](library)
    other.execute("ROLLBACK")
    other.close()
    assert library.articles.count() == 2
    assert list(library.check()) == []


def test_nothing_keeps_the_log_from_being_written_back(library: Library) -> None:
    other = sqlite3.connect(library.path, isolation_level=None)
    pages = library.articles.every()
    next(pages)  # whoever goes through the library stops on the way
    for name, call in CALLS.items():
        with suppress(LibraryError):
            call(library)
        busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not busy, name
    other.close()


def test_the_log_shrinks_once_nobody_reads_what_was_there_before(library: Library) -> None:
    limit = library.database.connection.execute("PRAGMA journal_size_limit").fetchone()[0]
    other = sqlite3.connect(library.path, isolation_level=None)
    other.execute("BEGIN")
    before = other.execute("SELECT count(*) FROM document").fetchone()
    log = library.path.with_name(f"{library.path.name}-wal")
    large = TEXT + "\n\n" + "word " * 400_000
    while log.stat().st_size <= limit:
        library.articles.keep(article(large + str(log.stat().st_size)))
    assert other.execute("SELECT count(*) FROM document").fetchone() == before
    other.execute("COMMIT")
    other.close()
    library.articles.tag(1, add=["one"])  # writes all of it back
    library.articles.tag(1, add=["two"])  # and begins anew
    assert log.stat().st_size <= limit
    assert list(library.check()) == []


def test_what_is_decided_is_answered_with_or_not_decided(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.search("has:quote")
    (quotation,) = [hit for hit in before if hit.article.id == 1][:1]
    text = library.articles.load(1).text
    said = SetSpeaker(anchor(text, quotation.start, quotation.end), name="Somebody else")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(library.analyses, "show", stopped)
        with pytest.raises(KeyboardInterrupt):
            correct(library, 1, [said])
    assert library.corrections.of(1) == []
    assert library.search("has:quote") == before
    (decision,) = correct(library, 1, [said])
    with monkeypatch.context() as patch:
        patch.setattr(library.analyses, "show", stopped)
        with pytest.raises(KeyboardInterrupt):
            undo(library, 1, decision.id)
        with pytest.raises(KeyboardInterrupt):
            library.rebuild()
    assert library.corrections.of(1) == [decision]
    assert "Somebody else" in {hit.speaker for hit in library.search("has:quote")}
    assert list(library.check()) == []


def test_no_room_for_a_correction_loses_nothing(library: Library) -> None:
    before = library.search("has:quote")
    connection = library.database.connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    hit = before[0]
    place = anchor(library.articles.load(hit.article.id).text, hit.start, hit.end)
    with pytest.raises(LibraryFull):
        correct(library, hit.article.id, [SetSpeaker(place, name="Somebody " * 10_000)])
    assert library.corrections.documents() == []
    assert library.search("has:quote") == before
    assert list(library.check()) == []


def test_no_room_for_a_newer_schema_leaves_the_file_as_it_was(tmp_path: Path, writer: Writer) -> None:
    path = tmp_path / "library.db"
    load(STORED[0], path)
    content = path.read_bytes()
    writer.begin("open on a full disk", path, len(content) // 2)
    assert writer.rest() == [("refused", "LibraryError"), ("ended", "0")]
    assert path.read_bytes() == content
    assert [
        file.name for file in tmp_path.iterdir() if file.suffix not in (".db", ".db-shm", ".db-wal")
    ] == []
    library = Library(path)  # there is room again
    assert library.articles.count() == 4
    assert list(library.check()) == []


@pytest.fixture
def anybodys(library: Library) -> Iterator[Path]:
    """A library in a folder that everybody may look into."""
    library.close()
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder, "library.db")
        path.write_bytes(library.path.read_bytes())
        path.chmod(0o666)
        yield path
        Path(folder).chmod(0o777)


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555), (0o000, 0o777)])
def test_what_may_not_be_written_to_is_said_to_be_so(
    anybodys: Path, writer: Writer, file: int, folder: int
) -> None:
    content = anybodys.read_bytes()
    anybodys.chmod(file)
    anybodys.parent.chmod(folder)
    writer.begin("open", anybodys)
    said = writer.rest()
    assert ("refused", "LibraryReadOnly") in said
    assert said[-1] == ("ended", "0")
    anybodys.chmod(0o666)
    assert anybodys.read_bytes() == content


def test_a_lost_log_costs_what_was_in_it_and_no_more(library: Library, tmp_path: Path) -> None:
    library.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.articles.tag(1, add=["lost"])
    copy = tmp_path / "copy" / "library.db"
    copy.parent.mkdir()
    copy.write_bytes(library.path.read_bytes())  # without the log beside it
    found = Library(copy)
    assert [found.articles.count(), found.articles.get("1").tags] == [2, ()]
    assert list(found.check()) == []


def test_a_library_that_another_writes_to_can_be_closed(library: Library) -> None:
    other = sqlite3.connect(library.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    library.close()
    other.execute("ROLLBACK")
    other.close()


def test_a_damaged_index_is_mended_by_making_it_anew(library: Library) -> None:
    before = library.search("bob")
    with library.database.writing() as connection:
        connection.execute("UPDATE version_words_data SET block = x'ffffffff' WHERE id > 10")
    library.database.close()
    with pytest.raises(LibraryDamaged):
        library.search("bob")
    assert any("version_words" in problem for problem in library.check())
    library.rebuild()
    assert library.search("bob") == before
    assert list(library.check()) == []


def test_an_article_stays_readable_when_the_index_is_damaged(library: Library) -> None:
    with library.database.writing() as connection:
        connection.execute("DELETE FROM quotation_words_data")
    assert library.articles.load(1).text.startswith("“I am Bob,”")
