"""Feeds and watches on the screen: followed, asked, listed, opened, muted; a real server, a real library."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
import textual

from reader.feeds.subscription import Subscription
from reader.library.library import Library
from reader.library.reading import keep
from reader.settings.settings import Settings
from reader.tui.app import ReaderApp
from reader.work.client import ArticleRead, JobFailed
from reader.work.messages import JobOptions
from tests.observing import until
from tests.pages import served
from tests.tui.articles import article_of
from tests.tui.conftest import Work, complete
from tests.tui.host import screen_text
from tests.tui.scene import ANALYSIS, ARTICLE
from tests.tui.test_library import KEPT, shows
from tests.work.test_rechecking import long_ago

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.pages import Pages

STORIES = ("Ferry sails again", "Council votes \x1b[31mred\x1b[0m on wall", "Football ends without a goal")


def rss(title: str, pages: Pages, *stories: str) -> str:
    """A feed with stories, the newest first."""
    items = "".join(
        f"<item><title>{story.replace(chr(27), '&#x9b;')}</title><link>{pages.address}/{title}/{place}</link>"
        f"<pubDate>Tue, {20 - place} Jan 2026 10:00:00 GMT</pubDate>"
        f"<description>What the feed says of it: {story.split(chr(27))[0]}.</description></item>"
        for place, story in enumerate(stories)
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"


@pytest.fixture(scope="module")
def server() -> Iterator[Pages]:
    with served() as pages:
        yield pages


@pytest.fixture
def pages(server: Pages) -> Pages:
    server.answers.clear()
    server.asked.clear()
    server.put("/harbour.xml", rss("Harbour", server, *STORIES), kind="application/rss+xml")
    server.put("/town.xml", rss("Town", server, "Town hall opens"), kind="application/rss+xml")
    for place in range(3):
        server.article(f"/Harbour/{place}", STORIES[place].split("\x1b")[0], "The page says so, at length.")
    return server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def followed(pages: Pages, path: Path) -> Path:
    """A library with two feeds, not asked yet."""
    with Library(path) as library:
        library.feeds.add(
            [
                Subscription(f"{pages.address}/harbour.xml", name="Harbour", folder="World/Europe"),
                Subscription(f"{pages.address}/town.xml", name="Town"),
            ]
        )
    return path


def begun(open_reader: Any, path: Path, size: tuple[int, int] = (80, 24), **more: Any) -> Any:
    more.setdefault("work", Work())
    return open_reader(None, options=JobOptions(library=str(path), allow_private=True), size=size, **more)


def told(reading: Any) -> list[str]:
    """What the reader is told in passing from now on; tests show none of it."""
    messages: list[str] = []
    reading.app.notify = lambda message, **_: messages.append(message)
    return messages


async def says(reading: Any, messages: list[str], words: str) -> None:
    """Wait until the reader is told these words in passing."""
    for _ in range(200):
        await reading.pilot.pause(0.02)
        if words in "\n".join(messages):
            return
    raise AssertionError(messages)


def asked(path: Path, what: Callable[[Library], Any]) -> Any:
    with Library(path) as library:
        return what(library)


async def test_feeds_are_asked_listed_by_folder_and_their_entries_opened(
    open_reader: Any, followed: Path, pages: Pages
) -> None:
    async with begun(open_reader, followed) as reading:
        text = await shows(reading, "All feeds", "Town", "World", "  Europe", "    Harbour", "2 feeds")
        await reading.press("r")
        text = await shows(reading, "Feeds 2", "All feeds")
        for _ in range(300):
            await reading.pilot.pause(0.02)
            text = screen_text(reading.app)
            if any(line.startswith("▌All feeds") and line.endswith("4") for line in text.splitlines()):
                break
        assert [line.split()[-1] for line in text.splitlines() if "Harbour" in line] == ["3"]
        await reading.press("down", "down", "down", "down", "enter")
        text = await shows(reading, "Library · Harbour", "Ferry sails again", "Council votes")
        assert "\x1b" not in text
        assert "Town hall" not in text
        await reading.press("enter")
        (job,) = reading.work.jobs
        entry = asked(followed, lambda library: library.entries.newest()[0])
        assert (job.entry, job.own_text, job.source) == (entry.id, False, f"{pages.address}/Harbour/0")
        assert asked(followed, lambda library: library.entries.get(entry.id)).read
        reading.work.report(ArticleRead(ARTICLE))
        reading.work.report(complete(ARTICLE, ANALYSIS))
        await shows(reading, "Northern Ferries")
        await reading.press("left_parenthesis")
        assert "This is the first entry" in reading.status
        await reading.press("right_parenthesis")
        assert reading.work.jobs[-1].source == f"{pages.address}/Harbour/1"
        reading.work.report(ArticleRead(ARTICLE))
        reading.work.report(complete(ARTICLE, ANALYSIS))
        await shows(reading, "Northern Ferries")
        await reading.press("q")
        text = await shows(reading, "Library · Harbour", "read")
        await reading.press("down", "o")
        assert reading.work.jobs[-1].own_text
        reading.work.report(JobFailed("source", "There is nothing", "Try another"))
        await shows(reading, "There is nothing")
        await reading.press("q", "q")  # back to the article before, then to the list
        await shows(reading, "Library · Harbour")
        await reading.press("escape")
        await shows(reading, "Town hall opens")


async def test_an_address_is_looked_at_and_its_feeds_offered(
    open_reader: Any, pages: Pages, path: Path
) -> None:
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='{name} feed' href='/{name}.xml'>"
        for name in ("harbour", "town")
    )
    pages.put("/", f"<html><head>{links}</head><body></body></html>")
    options = JobOptions(library=str(path), allow_private=True)
    async with open_reader(options=options, size=(80, 24)) as reading:
        await reading.press("F")
        await shows(reading, "You follow no feeds yet")
        messages = told(reading)
        await reading.press("a", *"http", "enter")
        await says(reading, messages, "http is not a web address")
        await reading.press("a")
        field = reading.app.screen.query_one("Input")
        assert field.value == "http"  # to be corrected
        field.value = pages.address + "/"
        await reading.press("enter")
        await shows(reading, "Which of these feeds?", "town feed", "/town.xml")
        await reading.press("down", "enter")
        await shows(reading, "1 feed", "Town")
        until(lambda: asked(path, lambda library: library.entries.newest()))


async def test_feeds_are_renamed_moved_removed_and_back(open_reader: Any, followed: Path) -> None:
    async with begun(open_reader, followed) as reading:
        await shows(reading, "Town")
        await reading.press("down", "n")
        reading.app.screen.query_one("Input").value = "The town"
        await reading.press("enter")
        await shows(reading, "The town")
        await reading.press("f")
        reading.app.screen.query_one("Input").value = " World / Home "
        await reading.press("enter")
        await shows(reading, "  Home")
        await reading.press("o")
        await shows(reading, "its own text")
        await reading.press("d")
        text = await shows(reading, "The town removed · u brings it back")
        assert not any(line.strip(" ▌").startswith("The town") for line in text.splitlines())
        await reading.press("u")
        await shows(reading, "  The town")
        await reading.press("d", "i")
    until(lambda: len(asked(followed, lambda library: library.feeds.all())) == 1)


async def test_a_feed_that_fails_says_why_and_the_others_come(
    open_reader: Any, followed: Path, pages: Pages
) -> None:
    del pages.answers["/town.xml"]
    with Library(followed) as library:  # and one that was saved, and is not there any more
        gone = article_of("It said so.", title="Gone", source=f"{pages.address}/gone")
        library.articles.save(keep(library, gone, None).document)
        long_ago(library)
    async with begun(open_reader, followed, size=(120, 30)) as reading:
        await shows(reading, "Gone", "Feeds 2")
        await reading.press("4")
        await shows(reading, "Town")
        messages = told(reading)
        await reading.press("r")
        await shows(reading, "2 could not be had", "(404)", "News 3")
        await says(reading, messages, "Town: ")
        await says(reading, messages, "Gone could not be read again: ")
        assert len(asked(followed, lambda library: library.entries.newest())) == 3


async def test_the_screen_goes_on_while_feeds_are_asked_and_asking_can_be_stopped(
    open_reader: Any, followed: Path, pages: Pages
) -> None:
    gate = threading.Event()
    for name in ("/town.xml", "/harbour.xml"):
        pages.answers[name] = pages.answers[name]._replace(gate=gate)
    async with begun(open_reader, followed) as reading:
        await shows(reading, "Town")
        await reading.press("r")
        await shows(reading, "Asking what is new", "x stop")
        await reading.press("down")  # keys work on
        await reading.press("x")
        text = await shows(reading, "2 feeds")
        assert "Asking what is new" not in text
        gate.set()
        await reading.press("5")
        await shows(reading, "Nothing has come yet")


async def test_entries_are_marked_searched_fetched_and_muted(
    open_reader: Any, followed: Path, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(followed) as library:
        from reader.library.watching import look
        from reader.updating import Update, due

        assert len(list(Update(library, due(library), allow_private=True))) == 2
        library.watches.add("ball", "football", mute=True)
        look(library)
    fetched: list[str] = []

    def prefetch(_: Library, entries: Any, __: JobOptions) -> Iterator[Any]:
        for entry in entries:
            fetched.append(entry.title)
            yield entry

    monkeypatch.setattr("reader.work.entries.prefetch", prefetch)
    async with begun(open_reader, followed) as reading:
        await shows(reading, "All feeds")
        await reading.press("5")
        text = await shows(reading, "Town hall", "Ferry sails", "1 muted", "3 unread", "News 3")
        assert "Football" not in text
        await reading.press("m")
        await shows(reading, "2 unread", "read")
        await reading.press("v")
        text = await shows(reading, "Library · unread")
        await reading.press("p")
        until(lambda: len(fetched) == 2)
        await reading.press("A")
        await shows(reading, "Everything is read", "2 marked as read", "u unread again")
        await reading.press("u")
        await shows(reading, "2 unread")
        await reading.press("v", "slash", *"FERRY sails")
        text = await shows(reading, "Ferry sails")
        assert "Town hall" not in text
        await reading.press(*"zzz")
        await shows(reading, "No title has these words")
        await reading.press("escape")
        with Library(followed) as library:
            library.watches.add("all", "the", mute=True)
            look(library)
        reading.app.screen.look_again()
        await shows(reading, "hidden by watches that mute", "4 muted")
    assert pages.asked.count("/Harbour/0") == 0


async def test_watches_are_made_shown_and_opened(open_reader: Any, path: Path) -> None:
    with Library(path) as library:
        keep(library, article_of("Nothing of it.", source="/h/1.txt"), None)
    async with begun(open_reader, path) as reading:
        await shows(reading, "1 article")
        await reading.press("6")
        await shows(reading, "Nothing is watched for yet")
        messages = told(reading)
        await reading.press("a", *"has:all", "enter")
        await says(reading, messages, "There are has:quote and has:change")
        await reading.press("a", *"by:teale", "enter")
        await shows(reading, "1 watch", "0 new")
        with Library(path) as library:
            keep(library, ARTICLE, KEPT)
        await reading.press("1", "6")
        reading.app.screen.look_again()
        await shows(reading, "2 new", "Watches 2")
        await reading.press("enter")
        await shows(reading, "Library · by:teale", "2 found, 2 new", "“The ship is forty-one years old.”")
        await reading.press("enter")
        await shows(reading, "Northern Ferries")
        assert reading.quotation == "q1" or reading.screen.view.cursor.quotation is not None
        await reading.press("q")
        await shows(reading, "0 new")
        await reading.press("d")
        await shows(reading, "by:teale removed", "u bring back")
        await reading.press("u")
        await shows(reading, "1 watch", "by:teale")


async def test_what_is_muted_is_not_listed_but_found(open_reader: Any, path: Path) -> None:
    with Library(path) as library:
        keep(library, article_of("Football match", title="Football match", source="/h/1.txt"), None)
        keep(library, ARTICLE, KEPT)
        library.watches.add("ball", "football", mute=True)
        from reader.library.watching import look

        look(library)
    async with begun(open_reader, path) as reading:
        text = await shows(reading, "1 muted · 2 articles", "Ferry to Orsay")
        assert "Football" not in text
        await reading.press("slash", *"football")
        await shows(reading, "Football match")


@pytest.mark.skipif(
    textual.__version__ != "8.2.8" or sys.version_info[:2] != (3, 11),
    reason="pictures differ between versions",
)
@pytest.mark.parametrize("size", [(80, 24), (200, 50)], ids=["small", "wide"])
@pytest.mark.parametrize("view", ["feeds", "news"])
def test_looks(snap_compare: Any, tmp_path: Path, path: Path, size: Any, view: str) -> None:
    with Library(path) as library:
        _picture(library)

    async def press(pilot: Any) -> None:
        await pilot.pause(0.1)
        await pilot.press(*(("5",) if view == "news" else ()))
        for _ in range(200):
            await pilot.pause(0.02)
            text = screen_text(pilot.app)
            if "Harbour" in text and "News 8" in text:  # what the other tabs hold is known without a look
                return
        raise AssertionError(screen_text(pilot.app))

    options = JobOptions(library=str(path))
    app = ReaderApp(options=options, settings=Settings(), state=tmp_path / "state", start_work=Work())
    assert snap_compare(app, terminal_size=size, run_before=press)


def _picture(library: Library) -> None:
    """Feeds in each of their states, with entries of every kind."""
    feeds = (("Harbour", "World/Europe"), ("Town hall", ""), ("Old paper", ""), ("Comics", "Fun"))
    ids = library.feeds.add(
        [Subscription(f"https://{name[:4]}.example/", name, folder=folder) for name, folder in feeds]
    )
    with library.database.writing() as connection:
        connection.execute(
            "UPDATE feed SET state = 'parked', problem = 'old.example cannot be reached' WHERE id = ?",
            (ids[2],),
        )
        connection.execute("UPDATE feed SET own_text = 1 WHERE id = ?", (ids[3],))
        connection.execute("UPDATE feed SET problem = 'It is no feed', failures = 1 WHERE id = ?", (ids[1],))
        for number in range(12):
            connection.execute(
                """
                INSERT INTO entry
                    (feed, key, link, title, author, published, dated, moment, seen, changed, read,
                    fingerprint, text, parts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', x'')
                """,
                (
                    ids[number % 2],
                    str(number),
                    f"https://example.org/{number}",
                    f"Story {number} about the harbour and the ferry",
                    "Catriona Vale" if number % 3 == 0 else None,
                    "2026-01-01",
                    ("given", "missing", "future")[number % 3],
                    f"2026-01-{20 - number:02}T10:00:00+00:00",
                    f"2026-01-{20 - number:02}T10:00:00+00:00",
                    "2026-01-30T10:00:00+00:00" if number == 4 else None,
                    "2026-01-25T10:00:00+00:00" if number % 4 == 0 else None,
                    str(number),
                ),
            )
        connection.execute("UPDATE entry SET story = 1 WHERE id = 2")
