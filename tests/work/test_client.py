"""Jobs for a warm child: what is delivered, and what becomes of the child."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.feeds.subscription import Subscription
from reader.ingest import from_text
from reader.language.analyser import analyse
from reader.library.library import Library
from reader.updating import Update as Asking
from reader.work.client import ArticleRead, BytesRead, Client, Found, JobFailed, Remembered
from reader.work.messages import Job, JobOptions
from tests.observing import alive, children, hold_open, until
from tests.pages import served
from tests.tui.scene import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.work.client import Update

TEXT = "Council votes on wall\n\nMary Lee of the harbour board said on Monday: “The wall will hold.”\n"
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


class Updates:
    """What is delivered."""

    def __init__(self) -> None:
        self.all: list[Update] = []
        self.ended = threading.Event()

    def __call__(self, update: Update) -> None:
        self.all.append(update)
        if isinstance(update, JobFailed) or (isinstance(update, Found) and update.complete):
            self.ended.set()

    def last(self) -> Update:
        """Wait for the end."""
        assert self.ended.wait(90)
        return self.all[-1]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """One whose child is warm, from whichever test came first."""
    client = Client()
    yield client
    client.close()


@pytest.fixture
def fresh() -> Iterator[Client]:
    """One without a child."""
    client = Client()
    yield client
    client.close()


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    return str(path)


def test_a_source_is_read_and_waits_to_be_analysed(client: Client, path: str) -> None:
    work = client.start(Job(path, None, JobOptions()))
    first = work.first(60)
    assert isinstance(first, ArticleRead)
    assert first.article.title == "Council votes on wall"
    updates = Updates()
    work.attach(updates)
    assert not updates.all
    work.go()
    found = updates.last()
    assert isinstance(found, Found)
    (quotation,) = found.findings.quotations
    assert found.findings.article is first.article
    assert found.findings.text[quotation.start : quotation.end] == "“The wall will hold.”"
    assert work.ended


def test_a_known_address_comes_from_the_library_unless_it_is_to_be_fetched_again(
    client: Client, tmp_path: Path
) -> None:
    options = JobOptions(library=str(tmp_path / "library.db"))
    source = "http://127.0.0.1:1/wall"
    article = replace(from_text(TEXT), source=source, document=source)
    library = Library(tmp_path / "library.db")
    library.articles.keep(article, fetched="2026-03-04T09:30:00+00:00")
    work = client.start(Job(source + "#part", None, options))
    assert work.first(60) == Remembered(False, (), "2026-03-04T09:30:00+00:00")
    assert work.first(60) == ArticleRead(article)
    updates = Updates()
    work.attach(updates)
    work.go()
    assert isinstance(updates.last(), Found)
    until(lambda: library.analyses.find(article))  # what was found is kept, and the article no newer
    stored = library.articles.stored(source)
    assert stored is not None
    assert stored.checked == "2026-03-04T09:30:00+00:00"
    library.close()
    failed = client.start(Job(source, None, options._replace(again=True))).first(60)
    assert isinstance(failed, JobFailed)


def test_an_entry_of_a_feed_is_its_page_or_the_feeds_text_which_is_said(
    client: Client, tmp_path: Path
) -> None:
    options = JobOptions(library=str(tmp_path / "library.db"), allow_private=True)
    with served() as pages, Library(tmp_path / "library.db") as library:
        items = "".join(
            f"<item><title>Wall {n}</title><link>{pages.address}/{n}</link>"
            f"<description>The feed says: the wall will hold {n} years.</description></item>"
            for n in (1, 2)
        )
        pages.article(
            "/1", "Wall 1", "The page says: “The wall will hold,” said Mary Lee of the harbour board."
        )
        feed = pages.put(
            "/feed", f"<rss version='2.0'><channel><title>Harbour</title>{items}</channel></rss>"
        )
        library.feeds.add([Subscription(feed)])
        list(Asking(library, library.feeds.all(), allow_private=True))
        entries = {str(entry.title): entry for entry in library.entries.newest()}

        def opened(title: str, *, own_text: bool = False) -> tuple[str, tuple[str, ...]]:
            entry = entries[title]
            job = Job(str(entry.link), None, options, entry=entry.id, own_text=own_text)
            first = client.start(job).first(60)
            assert isinstance(first, ArticleRead), first
            return first.article.text, first.article.notices

        text, notices = opened("Wall 1")
        assert "The page says" in text
        assert notices == ()
        document = until(lambda: library.entries.get(entries["Wall 1"].id).document)
        assert "The page says" in library.articles.load(library.articles.get(str(document)).version).text
        text, notices = opened("Wall 1", own_text=True)
        assert "The feed says" in text
        assert "This is the feed's own text" in notices[-1]
        text, notices = opened("Wall 2")
        assert "hold 2 years" in text
        assert "does not exist (404)" in notices[-1]
        assert library.entries.get(entries["Wall 2"].id).document is None
        # A page that is there already is not fetched twice.
        pages.asked.clear()
        assert "The page says" in opened("Wall 1")[0]
        assert pages.asked == []


def test_what_came_of_it_waits_for_whoever_takes_it(client: Client, path: str) -> None:
    work = client.start(Job(path, None, JobOptions()))
    updates = Updates()
    assert work.first(0) is None
    until(lambda: isinstance(work.first(0.1), ArticleRead))
    work.attach(updates)
    work.go()
    assert isinstance(updates.last(), Found)


def test_a_job_that_is_stopped_while_the_pipeline_loads_does_not_cost_the_child(fresh: Client) -> None:
    first = fresh.start(Job("", ARTICLE, JobOptions()))
    pid = fresh.pid
    updates = Updates()
    fresh.start(Job("", ARTICLE, JobOptions()), updates)
    assert first.ended
    assert isinstance(updates.last(), Found)
    assert fresh.pid == pid


def test_a_prepared_child_finds_the_same(fresh: Client) -> None:
    fresh.prepare(None)
    updates = Updates()
    fresh.start(Job("", ARTICLE, JobOptions()), updates)
    found = updates.last()
    assert isinstance(found, Found)
    assert found.findings.analysis == analyse(ARTICLE)


def test_one_child_serves_many_jobs(client: Client) -> None:
    pids = set()
    for _ in range(3):
        updates = Updates()
        client.start(Job("", ARTICLE, JobOptions()), updates)
        assert isinstance(updates.last(), Found)
        pids.add(client.pid)
    assert len(pids) == 1


@pytest.mark.parametrize(
    ("source", "options", "kind"),
    [
        ("/nowhere/at/all.txt", JobOptions(), "source"),
        ("http://127.0.0.1:1/", JobOptions(), "source"),
        ("http://127.0.0.1:1/", JobOptions(allow_private=True), "source"),
    ],
)
def test_what_fails_at_once_is_delivered(client: Client, source: str, options: JobOptions, kind: str) -> None:
    failed = client.start(Job(source, None, options)).first(60)
    assert isinstance(failed, JobFailed)
    assert failed.kind == kind
    assert failed.title
    assert failed.hint


def test_a_missing_pipeline_is_reported_and_the_child_lives_on(client: Client) -> None:
    updates = Updates()
    client.start(Job("", ARTICLE, JobOptions(pipeline="no_such_pipeline")), updates)
    failed = updates.last()
    assert isinstance(failed, JobFailed)
    assert failed.kind == "pipeline"
    pid = client.pid
    again = Updates()
    client.start(Job("", ARTICLE, JobOptions()), again)
    assert isinstance(again.last(), Found)
    assert client.pid == pid


@needs_proc
def test_a_child_that_dies_is_reported_and_replaced(fresh: Client, tmp_path: Path, path: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    updates = Updates()
    fresh.start(Job(str(pipe), None, JobOptions()), updates)
    held = until(lambda: hold_open(pipe))
    pid = fresh.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    failed = updates.last()
    os.close(held)
    assert isinstance(failed, JobFailed)
    assert failed.kind == "crash"
    assert isinstance(fresh.start(Job(path, None, JobOptions())).first(60), ArticleRead)
    assert fresh.pid != pid


def test_a_new_job_ends_the_one_before(client: Client, path: str) -> None:
    first, second = Updates(), Updates()
    old = client.start(Job(path, None, JobOptions()), first)
    until(lambda: any(isinstance(update, ArticleRead) for update in first.all))
    pid = client.pid
    client.start(Job("", ARTICLE, JobOptions()), second)
    assert old.ended
    assert isinstance(second.last(), Found)
    assert client.pid == pid  # it heard, and stays warm
    assert not [update for update in first.all if not isinstance(update, ArticleRead | BytesRead)]


def test_a_child_that_was_only_waiting_may_die(client: Client, path: str) -> None:
    updates = Updates()
    client.start(Job("", ARTICLE, JobOptions()), updates)
    updates.last()
    pid = client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: client.pid is None)
    assert len([update for update in updates.all if isinstance(update, JobFailed)]) == 0
    assert isinstance(client.start(Job(path, None, JobOptions())).first(60), ArticleRead)


@needs_proc
def test_a_child_that_does_not_stop_is_replaced_with_all_that_it_started(
    fresh: Client, tmp_path: Path, path: str
) -> None:
    slow = tmp_path / "slow.md"
    slow.write_text("*a_" * 400_000)
    updates = Updates()
    work = fresh.start(Job(str(slow), None, JobOptions()), updates)
    pid = fresh.pid
    assert pid is not None
    (extraction,) = until(lambda: children(pid), "the extraction process")
    work.cancel()
    until(lambda: not alive(pid) and not alive(extraction), "the end of both")
    # Its successor is there already, and does what is asked next.
    until(lambda: fresh.pid not in (None, pid), "its successor")
    assert isinstance(fresh.start(Job(path, None, JobOptions())).first(60), ArticleRead)
    assert [update for update in updates.all if not isinstance(update, BytesRead)] == []


@needs_proc
def test_a_job_that_came_while_the_child_hung_is_done_by_its_successor(
    fresh: Client, tmp_path: Path, path: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    fresh.start(Job(str(pipe), None, JobOptions()))
    held = until(lambda: hold_open(pipe))
    pid = fresh.pid
    assert isinstance(fresh.start(Job(path, None, JobOptions())).first(60), ArticleRead)
    assert fresh.pid != pid
    os.close(held)


@needs_proc
def test_a_closed_client_leaves_nobody() -> None:
    client = Client()
    client.prepare(None)
    pid = client.pid
    assert pid is not None
    client.close()
    until(lambda: not alive(pid))
    updates = Updates()
    client.start(Job("", ARTICLE, JobOptions()), updates)
    assert client.pid == pid or client.pid is None
    assert not updates.all
