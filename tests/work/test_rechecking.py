"""Articles are looked at again, politely, and what they say otherwise is told: by a real server."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from reader.ingest import read
from reader.library.clock import now
from reader.library.library import Library
from reader.library.reading import keep
from reader.library.rechecks import SCHEDULE, Due
from reader.model.analysis import Analysis, PipelineInfo
from reader.work import rechecking, unattended
from reader.work.batch import Success
from reader.work.messages import JobOptions
from reader.work.rechecking import Rechecked, recheck
from tests.pages import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.model.article import Article
    from tests.pages import Pages

NOTHING = Analysis(pipeline=PipelineInfo("test", "1"))
DEAL = (
    "The port signed a deal worth 40 million euros on Monday, the harbour board said in the evening.",
    "It had been expected for weeks, and nobody in the town was surprised when the news came at last.",
    "The council votes on it in May, after a hearing in which everybody may speak who lives there.",
    "Two ships will be built for the ferry, and the old one goes to a museum in the capital.",
)


class Nobody:
    """Analyses without a language model: what is found in the text is not what this is about."""

    def __init__(self, _: JobOptions) -> None:
        self.closed = False

    def analyse(self, article: Article) -> Success:
        return Success(article, NOTHING)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _no_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecking, "Analyst", Nobody)
    monkeypatch.setattr(unattended, "GAP", 0.0)


@pytest.fixture(scope="module")
def server() -> Iterator[Pages]:
    with served() as pages:
        yield pages


@pytest.fixture
def pages(server: Pages) -> Pages:
    server.answers.clear()
    server.asked.clear()
    server.article("/deal", "The deal", *DEAL, etag='"one"')
    return server


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    yield library
    library.close()


def saved(library: Library, address: str) -> int:
    """Save an article as if long ago."""
    kept = keep(library, read(address, allow_private=True), NOTHING)
    library.articles.save(kept.document)
    long_ago(library)
    return kept.document


def long_ago(library: Library) -> None:
    """Let everything be due that is looked at again at all."""
    with library.database.writing() as connection:
        connection.execute("UPDATE document SET checked = '2020-01-01T00:00:00+00:00'")
        connection.execute("UPDATE recheck SET due = '2020-01-01T00:00:00+00:00' WHERE due IS NOT NULL")
        connection.execute("DELETE FROM host")


def again(library: Library) -> list[Rechecked]:
    return list(recheck(library, library.rechecks.due(), JobOptions(allow_private=True)))


@contextmanager
def planned(library: Library, wait: timedelta) -> Iterator[None]:
    """Assert that what is done plans the one article for so long after now."""
    before = datetime.now(UTC).replace(microsecond=0)
    yield
    with library.database.reading() as connection:
        (due,) = connection.execute("SELECT due FROM recheck").fetchone()
    assert before + wait <= datetime.fromisoformat(due) <= datetime.now(UTC) + wait


def test_the_schedule_widens_and_ends(pages: Pages, library: Library) -> None:
    saved(library, pages.address + "/deal")
    pages.asked.clear()
    for wait in SCHEDULE[1:]:
        with planned(library, wait):
            (one,) = again(library)
            assert (one.status, one.changes, one.error) == ("unchanged", (), None)
        assert library.rechecks.due() == []
        long_ago(library)
    assert library.rechecks.waiting() == 1
    again(library)
    long_ago(library)
    assert library.rechecks.due() == []
    assert library.rechecks.waiting() == 0
    # After the first time the server is asked whether there is anything new; rules once in a run.
    assert pages.asked == ["/robots.txt", "/deal"] * len(SCHEDULE)
    (kept,) = library.articles.versions(1)
    assert library.articles.stored(pages.address + "/deal").checked[:4] == "2020"  # type: ignore[union-attr]
    assert kept.id == 1


def test_an_hour_after_it_was_read_an_article_is_due(pages: Pages, library: Library) -> None:
    document = saved(library, pages.address + "/deal")
    for ago, due in ((timedelta(minutes=59), 0), (timedelta(minutes=61), 1)):
        checked = (datetime.now(UTC) - ago).isoformat(timespec="seconds")
        with library.database.writing() as connection:
            connection.execute("UPDATE document SET checked = ?", (checked,))
        assert len(library.rechecks.due()) == due
    library.articles.save(document, False)
    assert library.rechecks.due() == []


def test_a_clock_that_was_ahead_puts_nothing_off_for_years(pages: Pages, library: Library) -> None:
    saved(library, pages.address + "/deal")
    (due,) = library.rechecks.due()
    for days, expected in ((20, 0), (4_000, 1)):
        library.rechecks.postponed(due, datetime.now(UTC) + timedelta(days=days))
        assert len(library.rechecks.due()) == expected


def test_what_changed_is_kept_told_and_looked_at_from_the_beginning(pages: Pages, library: Library) -> None:
    document = saved(library, pages.address + "/deal")
    again(library)
    long_ago(library)
    changed = [line.replace("40 million", "45 million") for line in DEAL]
    pages.article("/deal", "The deal", *changed, etag='"two"')
    with planned(library, SCHEDULE[0]):
        (one,) = again(library)
    assert one.status == "changed"
    assert [change.kind for change in one.changes] == ["number"]
    assert len(library.articles.versions(document)) == 2
    assert "45 million" in library.articles.load(library.articles.get(str(document)).version).text
    # A text that comes back is none that a reader has not seen.
    long_ago(library)
    pages.article("/deal", "The deal", *DEAL, etag='"three"')
    (one,) = again(library)
    assert (one.status, one.changes) == ("unchanged", ())
    assert len(library.articles.versions(document)) == 2
    assert "40 million" in library.articles.load(library.articles.get(str(document)).version).text


def test_what_no_reader_would_notice_is_no_change(pages: Pages, library: Library) -> None:
    document = saved(library, pages.address + "/deal")
    pages.article("/deal", "The deal", *(line.replace("weeks,", "weeks –") for line in DEAL[:1]), *DEAL[1:])
    pages.article("/deal", "The deal", *(line.replace("nobody in", "nobody\u00a0in") for line in DEAL))
    (one,) = again(library)
    assert (one.status, one.changes) == ("unchanged", ())
    assert library.articles.get(str(document)).id == document


@pytest.mark.parametrize(
    ("status", "lines", "says"),
    [
        (200, DEAL[:1], "less than half"),
        (404, DEAL, "does not exist"),
        (410, DEAL, "is gone"),
        (402, DEAL, "paywall"),
        (500, DEAL, "could not be served"),
        (200, (), "holds no text"),
    ],
)
def test_what_could_not_be_read_again_stays_and_is_said(
    pages: Pages, library: Library, status: int, lines: tuple[str, ...], says: str
) -> None:
    document = saved(library, pages.address + "/deal")
    if lines:
        pages.article("/deal", "The deal", *lines)
        pages.answers["/deal"] = pages.answers["/deal"]._replace(status=status)
    else:
        pages.put("/deal", "<html><body></body></html>")
    with planned(library, SCHEDULE[1]):
        (one,) = again(library)
    assert one.status == "failed"
    assert says in str(one.error)
    assert len(library.articles.versions(document)) == 1
    assert library.articles.load(1).word_count > 60
    with library.database.reading() as connection:
        assert says in connection.execute("SELECT missing FROM document").fetchone()[0]
    # Once it is there again nothing is missing.
    pages.article("/deal", "The deal", *DEAL)
    long_ago(library)
    assert again(library)[0].status == "unchanged"
    with library.database.reading() as connection:
        assert connection.execute("SELECT missing FROM document").fetchone()[0] is None


def test_robots_are_respected(pages: Pages, library: Library) -> None:
    saved(library, pages.address + "/deal")
    pages.asked.clear()
    pages.put("/robots.txt", "User-agent: *\nDisallow: /", kind="text/plain")
    (one,) = again(library)
    assert (one.status, one.error) == (
        "failed",
        f"{pages.address}/deal is not for programs that nobody watches, says its host",
    )
    assert pages.asked == ["/robots.txt"]


def test_a_host_that_has_too_much_to_do_is_left_alone(pages: Pages, library: Library) -> None:
    for number in range(3):
        pages.article(f"/{number}", f"Deal {number}", *DEAL)
        saved(library, f"{pages.address}/{number}")
        pages.answers[f"/{number}"] = pages.answers[f"/{number}"]._replace(
            status=429, headers=(("Retry-After", "7200"),)
        )
    pages.asked.clear()
    outcomes = again(library)
    assert [one.status for one in outcomes] == ["postponed"] * 3
    assert len(pages.asked) == 2  # its rules, and one article
    assert library.rechecks.due() == []
    assert library.rechecks.waiting() == 3
    (until,) = library.feeds.patience().values()
    assert timedelta(minutes=119) < datetime.fromisoformat(until) - datetime.now(UTC) < timedelta(minutes=121)


def test_without_a_network_nothing_is_blamed_on_the_articles(library: Library) -> None:
    for number in range(2):
        article = Due(number + 1, number + 1, f"http://127.0.0.1:1/{number}", 0, None, None)
        with library.database.writing() as connection:
            connection.execute(
                "INSERT INTO document (key, source, added, checked, saved) VALUES (?1, ?1, ?2, ?2, 1)",
                (article.source, "2020-01-01T00:00:00+00:00"),
            )
            connection.execute(
                """
                INSERT INTO version (document, hash, fetched, words, text, parts)
                VALUES (?, 'x', ?, 1, '', '')
                """,
                (article.document, now()),
            )
            connection.execute("UPDATE document SET newest = id")
    outcomes = again(library)
    assert [one.status for one in outcomes] == ["postponed", "postponed"]
    assert all("nobody else could be reached either" in str(one.error) for one in outcomes)
    assert library.rechecks.due() == []
    with library.database.reading() as connection:
        assert [tuple(row) for row in connection.execute("SELECT step FROM recheck")] == [(0,), (0,)]


def test_which_articles_are_looked_at_again(pages: Pages, library: Library) -> None:
    addresses = [f"{pages.address}/{number}" for number in range(4)]
    for number, address in enumerate(addresses):
        pages.article(f"/{number}", f"Deal {number}", *DEAL[: number + 1])
        keep(library, read(address, allow_private=True), NOTHING)
    long_ago(library)
    assert library.rechecks.due() == []  # only read
    library.watches.add("museum", "museum", mute=True)
    library.watches.add("ferry", "ferry")
    with library.database.writing() as connection:
        connection.execute(
            "INSERT INTO hit (watch, document, key, found) SELECT id, 4, '', '' FROM watch WHERE mute"
        )
        connection.execute(
            "INSERT INTO hit (watch, document, key, found) SELECT id, 3, 'x', '' FROM watch WHERE NOT mute"
        )
    assert [due.document for due in library.rechecks.due()] == [3]


def test_what_is_forgotten_while_it_is_asked_for_stays_forgotten(pages: Pages, library: Library) -> None:
    saved(library, pages.address + "/deal")
    pages.article("/other", "Another", *DEAL)
    saved(library, pages.address + "/other")
    wanted = library.rechecks.due()
    library.articles.forget(1)
    pages.article("/deal", "The deal", *DEAL, "And more was said.")
    (one,) = recheck(library, wanted, JobOptions(allow_private=True))
    assert (one.entry.id, one.status) == (2, "unchanged")
    assert library.articles.count() == 1
