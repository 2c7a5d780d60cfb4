"""`onrecord feeds` and `onrecord update`, as a reader or a timer calls them."""

import csv
import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.library.library import Library
from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED, EXIT_USAGE
from tests.commands.test_update import Here
from tests.feeds.newsroom import Answer, Newsroom, item, rss
from tests.net.test_fetching import PAGE
from tests.observing import until

pytestmark = pytest.mark.usefixtures("quick_updates")

Run = Callable[..., Result]
HOME = (
    b'<html><head><link rel="alternate" type="application/rss+xml" title="All" href="/all">'
    b'<link rel="alternate" type="application/atom+xml" title="Sport\x1b[31m" href="/sport"></head></html>'
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "library.db"

    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(main, [*arguments, "--library", str(path)], input=stdin)

    return invoke


def test_following_listing_reading_and_leaving(run: Run, room: Newsroom) -> None:
    address = room.says("/all", rss(item("1"), item("2"), title="All\x1b]0;x\x07 news"))
    assert "local network" in run("feeds", "add", address).stderr
    done = run("feeds", "add", address, "--allow-private", "--folder", "World / East")
    assert done.stdout == "All news: 2 entries\n"
    assert run("feeds", "add", address, "--allow-private").stdout == "All news is followed already.\n"
    assert run("feeds", "list").stdout == "World/East\n     1      2/2      All news\n"
    lines = run("feeds", "entries", "--unread").stdout.splitlines()
    assert [line.split("  [")[0].split()[-1] for line in lines] == ["1", "2"]
    assert all(line.split()[1] == "*" and line.endswith("[All news]") for line in lines)
    run("feeds", "rename", "all news", "Daily")
    run("feeds", "change", "1", "--folder", "", "--own-text")
    (feed,) = json.loads(run("feeds", "list", "--format", "json").stdout)
    assert (feed["name"], feed["title"], feed["folder"], feed["own_text"]) == ("Daily", "All news", "", True)
    assert run("feeds", "read", "1").exit_code == 0
    (row,) = csv.DictReader(
        io.StringIO(run("feeds", "entries", "daily", "--unread", "--format", "csv").stdout)
    )
    assert (row["id"], row["feeds"], row["dated"]) == ("2", "Daily", "missing")
    assert run("feeds", "read", "--feed", "Daily").stdout == "1 marked as read.\n"
    run("feeds", "unread", "2")
    (entry,) = json.loads(run("feeds", "entries", "--unread", "--format", "json").stdout)
    assert (entry["id"], entry["link"], entry["article"]) == (2, room.address("/page/1"), None)
    run("feeds", "rename", "Daily")
    run("watch", "add", "tide", "tide", "--mute")
    done = run("feeds", "entries")
    assert done.stdout == ""
    assert done.stderr.endswith("2 muted entries not listed: --muted lists them.\n")
    assert run("feeds", "entries", "--muted").stdout.count("\n") == 2
    run("feeds", "remove", "All news")
    assert run("feeds", "entries").stdout == ""
    assert "You follow no feeds yet" in run("feeds", "list").stderr


def test_the_feeds_of_a_page_are_found_and_never_guessed(run: Run, room: Newsroom) -> None:
    room.says("/all", rss(item("1")))
    home = room.says("/home", HOME, kind="text/html")
    done = run("feeds", "add", home, "--allow-private")
    assert done.exit_code == EXIT_NOTHING_READABLE
    assert done.stdout.splitlines() == [f"{room.address('/all')}  All", f"{room.address('/sport')}  Sport"]
    assert "Add one of these" in done.stderr
    one = room.says("/one", HOME.replace(b"atom+xml", b"xhtml+xml"), kind="text/html")
    assert run("feeds", "add", one, "--allow-private").stdout == "Harbour news: 1 entry\n"
    none = room.says("/none", b"<html><body>Nothing here", kind="text/html")
    assert "No feed was found" in run("feeds", "add", none, "--allow-private").stderr
    assert "is not a web address" in run("feeds", "add", "./news.xml").stderr
    mixed = run("feeds", "add", none, room.says("/other", rss(item("1"))), "--allow-private")
    assert mixed.exit_code == EXIT_SOME_FAILED


def test_updating_says_what_is_new_and_what_failed(run: Run, room: Newsroom) -> None:
    assert "You follow no feeds yet" in run("update").stdout
    for path in ("/a", "/b"):
        run("feeds", "add", room.says(path, rss(item("1"), title=path[1:].upper())), "--allow-private")
    assert "No feed is due yet" in run("update", "--allow-private").stdout
    room.says("/a", rss(item("1", "The tide turned at five."), item("2"), title="A"))
    room.says("/b", status=404)
    done = run("update", "--force", "--allow-private")
    assert done.exit_code == EXIT_SOME_FAILED
    assert "A: 1 new, 1 changed\n" in done.stdout
    assert "2 feeds asked: 1 new, 1 changed; 1 could not be had. 2 unread.\n" in done.stdout
    assert "does not exist (404); it is asked again in about an hour." in done.stderr
    assert "(failed: " in run("feeds", "list").stdout
    room.says("/b", status=410)
    told = json.loads(run("feeds", "update", "B", "--format", "json", "--allow-private").stdout)
    (feed,) = told["feeds"]
    assert feed.pop("error").endswith("is gone (410); it is not asked any more")
    assert feed == {"url": room.address("/b"), "status": "gone", "new": 0, "changed": 0}
    assert "No feed that you follow, or more than one" in run("feeds", "update", "C").stderr


def test_a_feed_that_is_removed_while_it_is_asked_leaves_nothing(
    run: Run, room: Newsroom, tmp_path: Path
) -> None:
    held = threading.Event()
    for path in ("/a", "/b"):
        run("feeds", "add", room.says(path, rss(item("1"), title=path[1:].upper())), "--allow-private")
    room.answers["/b"] = Answer(rss(item("2"), title="B"), wait=held)
    asked = room.asked["/b"]
    with ThreadPoolExecutor(1) as threads:
        update = threads.submit(run, "update", "--force", "--allow-private")
        until(lambda: room.asked["/b"] > asked)
        with Library(tmp_path / "library.db") as library:
            for feed in library.feeds.all():
                library.feeds.remove(feed.id)
        held.set()
        said = update.result().stdout
    assert "2 feeds asked: " in said
    assert "not due" not in said
    assert run("feeds", "list").stdout == run("feeds", "entries").stdout == ""


def test_lists_of_feeds_come_in_and_go_out(run: Run, tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text('https://a.example/f news "~Mine"\n"exec:~/x"\nhttps://b.example/f\n', encoding="utf-8")
    done = run("feeds", "import", str(urls), "--folder", "Old")
    assert done.stdout == "2 added, 0 followed already.\n"
    assert "Left out: exec:~/x would run a program." in done.stderr
    target = tmp_path / "out.opml"
    run("feeds", "export", "--output", str(target))
    assert run("feeds", "import", str(target)).stdout == "0 added, 2 followed already.\n"
    assert run("feeds", "export", "--format", "urls").stdout == (
        'https://b.example/f "Old"\nhttps://a.example/f "Old/news" "~Mine"\n'
    )
    assert "is there already" in run("feeds", "export", "--output", str(target)).stderr
    done = run("feeds", "import", "-", stdin="<opml><body/></opml>")
    assert (done.exit_code, done.stdout) == (EXIT_NOTHING_READABLE, "")
    assert "There are no feeds in it" in done.stderr
    assert "no list of feeds" in run("feeds", "import", "-", stdin="<html/>").stderr


def test_reading_without_a_network(run: Run, room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are fetched in advance, by the rules of their host; what cannot be had is the feed's own text."""
    monkeypatch.setattr("reader.work.entries.Analyst", Here)
    own = "“We stay,” said Ana Ruiz, the harbour master, on Tuesday."
    room.says("/train", rss(item("there", "Short."), item("lost", own), item("closed", own)))
    room.says("/page/there", PAGE.encode(), kind="text/html; charset=utf-8")
    room.says("/page/closed", PAGE.encode(), kind="text/html")
    room.says("/robots.txt", b"User-agent: *\nDisallow: /page/closed", kind="text/plain")
    run("feeds", "add", room.address("/train"), "--allow-private")
    done = run("update", "--prefetch", "9", "--force", "--allow-private")
    assert "1 page fetched to be read offline; of 2 there is the text of the feed." in done.stdout
    assert "is not for programs that nobody watches" in done.stderr
    # What cannot be had is not asked for every quarter of an hour.
    asked = room.asked["/page/lost"], room.asked["/robots.txt"]
    done = run("update", "--prefetch", "9", "--allow-private")
    assert (done.exit_code, "fetched" in done.stdout) == (0, False)
    assert (room.asked["/page/lost"], room.asked["/robots.txt"]) == asked
    entries = json.loads(run("feeds", "entries", "--format", "json").stdout)
    numbers = {entry["title"].split()[-1]: entry["id"] for entry in entries}
    room.answers.clear()  # the train leaves
    before = room.asked["/page/there"]
    done = run("feeds", "show", str(numbers["there"]), "--allow-private")
    assert "“Not even the mayor,”" in done.stdout
    assert "This is its page as it was on" in done.stderr
    assert room.asked["/page/there"] == before
    done = run("feeds", "show", str(numbers["lost"]), "--allow-private")
    assert "“We stay,” [SPEAKER: Ana Ruiz]" in done.stdout
    assert "does not exist (404). This is the feed's own text." in done.stderr
    left = json.loads(run("feeds", "entries", "--unread", "--format", "json").stdout)
    assert [entry["title"] for entry in left] == ["Story closed"]
    kept = json.loads(run("library", "list", "--format", "json").stdout)
    assert {entry["title"] for entry in kept} == {"Tide tables", "Story lost"}
    assert "There is no entry 99" in run("feeds", "show", "99").stderr


def test_a_host_that_is_busy_is_asked_for_no_page_in_advance(run: Run, room: Newsroom) -> None:
    room.says("/busy", rss(item("1"), item("2")))
    for page in ("/page/1", "/page/2"):
        room.says(page, status=429, Retry_After="600")
    run("feeds", "add", room.address("/busy"), "--allow-private")
    for _ in range(2):
        done = run("update", "--prefetch", "9", "--allow-private")
        assert done.exit_code == EXIT_SOME_FAILED
        assert "0 pages fetched to be read offline; of 2 there is the text of the feed." in done.stdout
        assert "asked to be left alone" in done.stderr
    assert room.asked["/page/1"] + room.asked["/page/2"] == 1


def test_a_watch_has_the_pages_fetched_that_may_be_what_it_looks_for(
    run: Run, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.work.entries.Analyst", Here)
    page = PAGE.replace("</p>", " “The tide waits for nobody,” said Ana Ruiz, the harbour master.</p>", 1)
    room.says("/page/heard", page.encode(), kind="text/html; charset=utf-8")
    texts = {
        "heard": "What Ruiz thinks of the tide.",
        "other": "What Ortega thinks.",
        "silly": "A Ruiz joke.",
    }
    room.says("/all", rss(*(item(name, text) for name, text in texts.items())))
    run("feeds", "add", room.address("/all"), "--allow-private")
    for name, query in {
        "her": 'by:"Ana Ruiz" -joke',
        "rewritten": "has:change",
        "kept": "tag:harbour ortega",
        "anything": "has:quote",
    }.items():
        assert run("watch", "add", name, query).exit_code == 0
    assert "New to your watches" not in run("update", "--allow-private").stdout
    before = room.asked.copy()
    told = run("update", "--watched", "--allow-private").stdout
    assert "1 page fetched to be read offline.\n" in told
    assert told.endswith("New to your watches: anything 3, her 1  (onrecord watch --new)\n")
    assert "The tide waits for nobody" in run("watch", "her", "--new").stdout
    assert room.asked - before == {"/robots.txt": 1, "/page/heard": 1}


_ASKING = """
import sys
from reader.library.library import Library
with Library(sys.argv[1]) as library, library.asking():
    print("asking", flush=True)
    sys.stdin.read()
"""


def test_what_another_program_asks_is_not_asked_twice(run: Run, room: Newsroom, tmp_path: Path) -> None:
    run("feeds", "add", room.says("/twice", rss(item("1"))), "--allow-private")
    other = subprocess.Popen(
        [sys.executable, "-c", _ASKING, tmp_path / "library.db"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "asking\n"
        before = room.asked["/twice"]
        for command in (("update",), ("feeds", "update")):
            done = run(*command, "--force", "--allow-private")
            assert (done.exit_code, done.stdout) == (EXIT_SOME_FAILED, "")
            assert "Another On Record is asking the feeds of this library" in done.stderr
        assert room.asked["/twice"] == before
        assert run("feeds", "list").exit_code == 0
        other.kill()  # nothing is left behind that would keep others waiting
    assert run("update", "--force", "--allow-private").exit_code == 0
    assert room.asked["/twice"] == before + 1


def test_what_is_not_said_clearly_is_asked_back(run: Run) -> None:
    for arguments in (("read",), ("read", "1", "--all"), ("change", "1"), ("add", "a", "b", "--name", "x")):
        assert run("feeds", *arguments).exit_code == EXIT_USAGE
