"""Feeds and entries in the library: known again, grouped, read, let go of."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import reader.library.arrivals as arrivals_module
from reader.feeds.feed import Feed as Document
from reader.feeds.parsing import parse
from reader.feeds.subscription import Subscription
from reader.library.entries import Arrived, EntryPosition
from reader.library.errors import NotInLibrary
from reader.library.feeds import Feed, FeedAnswer
from reader.library.library import Library
from tests.feeds.newsroom import item, rss
from tests.library.test_articles import article
from tests.text.test_likeness import AGENCY, CUT, OWN, TOUCHED

DUE = "2026-03-04T05:06:07+00:00"
LONG = "The harbour council voted on Tuesday to keep the old lock gates for another ten years. " * 4


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    yield library
    library.close()


def follow(library: Library, *names: str, folder: str = "") -> list[int]:
    return library.feeds.add([Subscription(f"https://{name}.example/f", folder=folder) for name in names])


def told(*items: str, host: str = "a", channel: str = "") -> Document:
    return parse(rss(*items, channel=channel), f"https://{host}.example/f")


def kept(library: Library, feed: int, *items: str, host: str = "a") -> Arrived:
    return library.entries.store(feed, told(*items, host=host), FeedAnswer(DUE))


def test_feeds_are_followed_once_and_found(library: Library) -> None:
    one, two = follow(library, "a", "b", folder="World")
    assert follow(library, "b", "c") == [3]
    library.feeds.rename(two, "Bee")
    library.feeds.move(two, "World/East")
    library.feeds.show_own_text(two, True)
    found = library.feeds.get("bee")
    assert (found.id, found.shown, found.folder, found.own_text) == (two, "Bee", "World/East", True)
    assert library.feeds.get(str(one)).address == library.feeds.get("https://a.example/f").address
    assert [feed.shown for feed in library.feeds.all()] == [
        "https://c.example/f",
        "https://a.example/f",
        "Bee",
    ]
    with pytest.raises(NotInLibrary):
        library.feeds.get("nobody")


def test_what_did_not_change_in_its_words_is_not_new(library: Library) -> None:
    (feed,) = follow(library, "a")
    text = "The tide turned at four on Tuesday, said the harbour master."
    assert kept(library, feed, item("1", text), item("2")) == (2, 0)
    assert kept(library, feed, item("1", text), item("2")) == (0, 0)
    # Another title, a counter, a comma, tracking: nobody is told.
    touched = item("1", text.replace(",", " -") + " [12 comments]", title="Retouched")
    assert kept(library, feed, touched.replace("/page/1", "/page/1?utm_source=x"), item("2")) == (0, 0)
    entry = next(one for one in library.entries.newest() if one.title == "Retouched")
    assert (entry.changed, entry.link) == (None, "https://a.example/page/1?utm_source=x")
    # Other words: changed, and as read as it was.
    library.entries.mark([entry.id])
    other = text.replace("four", "five")
    assert kept(library, feed, item("1", other), item("2")) == (0, 1)
    entry = library.entries.get(entry.id)
    assert entry.changed
    assert entry.read
    assert library.entries.article(entry.id).text.endswith(other)
    assert kept(library, feed, item("1", other), item("2")) == (0, 0)


def test_an_entry_is_known_again_under_another_name(library: Library) -> None:
    (feed,) = follow(library, "a")
    kept(library, feed, item("1", LONG), item("2"))
    renamed = item("1", LONG).replace("<guid>1", "<guid>https://a.example/?p=1")
    assert kept(library, feed, renamed, item("2")) == (0, 0)
    assert kept(library, feed, renamed, item("2")) == (0, 0)
    # The same page with other words and another headline is another entry: its feed says so.
    weather = "<item><guid>{0}</guid><link>/now</link><title>Wind {0}</title></item>"
    assert kept(library, feed, weather.format(5)) == (1, 0)
    assert kept(library, feed, weather.format(7)) == (1, 0)
    assert len(library.entries.newest()) == 4


def test_dates_that_are_missing_or_ahead_do_not_sort(library: Library) -> None:
    (feed,) = follow(library, "a")
    kept(
        library,
        feed,
        item("1", more="<pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate>"),
        item("2", more="<pubDate>Wed, 04 Mar 2026 05:06:07 GMT</pubDate>"),
        item("3"),
    )
    first, second, third = library.entries.newest()
    assert [first.title, second.title, third.title] == [
        "Story 1",
        "Story 3",
        "Story 2",
    ]  # as the feed has them
    assert [first.dated, second.dated, third.dated] == ["future", "missing", "given"]
    assert first.published == "2099-01-01T00:00:00+00:00"
    assert first.moment == first.seen == second.moment
    assert third.moment == "2026-03-04T05:06:07+00:00"


def test_an_entry_without_a_title_is_called_by_its_words(library: Library) -> None:
    (feed,) = follow(library, "a")
    kept(
        library,
        feed,
        "<item><description>The tide turned.</description></item>",
        "<item><link>/x</link></item>",
    )
    assert [one.shown for one in library.entries.newest()] == ["The tide turned.", "https://a.example/x"]


def test_a_story_of_several_feeds_is_one_row_with_its_sources(library: Library) -> None:
    a, b, c = follow(library, "a", "b", "c")
    for feed, name in ((a, "A"), (b, "B"), (c, "C")):
        library.feeds.rename(feed, name)
    kept(library, a, item("1", LONG), item("2"))
    story = next(one for one in library.entries.newest() if one.title == "Story 1")
    library.entries.mark([story.id])
    assert kept(library, b, item("9", LONG, title="By agency"), host="b") == (1, 0)
    kept(library, c, item("1", "Short.").replace("/page", "https://a.example/page"), host="c")
    (shown,) = [one for one in library.entries.newest() if one.id == story.id]
    assert shown.sources == ("A", "B", "C")
    assert len(library.entries.newest()) == 2
    (followed,) = library.entries.newest(feed=b)
    assert followed.read  # the story is
    assert followed.sources == ("B", "A", "C")
    library.entries.mark([followed.id], read=False)
    assert library.entries.get(story.id).read is None
    assert library.entries.unread() == 2
    # The feed that told it first goes: the next one tells it.
    library.feeds.remove(a)
    (left,) = library.entries.newest()
    assert left.sources == ("B", "C")
    assert list(library.check()) == []


def test_one_report_in_other_words_is_one_row_until_days_have_passed(library: Library) -> None:
    a, b, c = follow(library, "a", "b", "c")
    for feed, name in ((a, "A"), (b, "B"), (c, "C")):
        library.feeds.rename(feed, name)

    def dated(day: int) -> str:
        return f"<pubDate>{day:02} Mar 2026 10:00:00 GMT</pubDate>"

    kept(library, a, item("1", AGENCY, more=dated(10)))
    kept(library, b, item("2", CUT, title="Divers to lift ferry", more=dated(12)), host="b")
    kept(library, b, item("3", OWN, more=dated(12)), host="b")
    kept(library, c, item("4", TOUCHED, title="Once more", more=dated(16)), host="c")
    rows = [(entry.title, entry.sources) for entry in library.entries.newest()]
    assert rows == [("Once more", ("C",)), ("Story 3", ("B",)), ("Story 1", ("A", "B"))]
    # Both feeds still list it, and it is found again when everything is made anew.
    assert [entry.title for entry in library.entries.newest(feed=b)] == ["Story 3", "Divers to lift ferry"]
    library.rebuild()
    assert [(entry.title, entry.sources) for entry in library.entries.newest()] == rows


def test_few_words_that_many_things_share_make_no_story(library: Library) -> None:
    a, b = follow(library, "a", "b")
    kept(library, a, item("1", "Read the full story with all pictures on our website now."))
    kept(library, b, item("2", "Read the full story with all pictures on our website now."), host="b")
    assert len(library.entries.newest()) == 2


def test_marking_everything_and_taking_it_back(library: Library) -> None:
    a, b = follow(library, "a", "b")
    kept(library, a, item("1"), item("2"))
    kept(library, b, item("3"), host="b")
    marked = library.entries.mark_all(a)
    assert len(marked) == 2
    assert [one.feed for one in library.entries.newest(unread=True)] == [b]
    assert [(feed.unread, feed.entries) for feed in library.feeds.all()] == [(0, 2), (1, 1)]
    library.entries.mark(marked, read=False)
    assert library.entries.unread() == 3
    library.entries.mark_all()
    assert library.entries.unread() == 0


def test_pages_of_a_list_and_of_a_folder(library: Library) -> None:
    a, b = follow(library, "a", "b", folder="World/East")
    (c,) = follow(library, "c", folder="Worlds")
    kept(library, a, *(item(f"a{n}") for n in range(5)))
    kept(library, b, item("b", LONG), host="b")
    kept(library, c, item("c", LONG), host="c")
    pages, before = list[int](), None
    while page := library.entries.newest(before=before, limit=2):
        pages += [one.id for one in page]
        before = EntryPosition(page[-1].moment, page[-1].id)
    assert pages == [one.id for one in library.entries.every()]
    assert len(pages) == 6
    assert {one.feed for one in library.entries.newest(folder="World")} == {a, b}
    assert [one.feed for one in library.entries.newest(folder="Worlds")] == [b]  # who told it first
    assert library.entries.newest(folder="West") == []
    assert [library.entries.unread(folder=folder) for folder in ("World", "Worlds", "West")] == [6, 1, 0]
    assert [library.entries.unread(feed=feed) for feed in (a, b, c)] == [5, 1, 1]
    library.entries.mark([library.entries.newest(feed=b)[0].id])
    assert (library.entries.unread(folder="Worlds"), library.entries.unread()) == (0, 5)


def test_titles_are_searched_whatever_case_and_accents(library: Library) -> None:
    (a,) = follow(library, "a")
    kept(library, a, item("1", title="Ärzte im Élysée"), item("2", title="Doctors in Paris"))
    for typed, found in (("ärzte", 1), ("ELYSEE arzte", 1), ("elysee paris", 0), ("i", 2), ("[", 0)):
        assert len(library.entries.newest(titled=typed)) == found


def test_articles_never_hang_on_feeds(library: Library) -> None:
    (feed,) = follow(library, "a")
    document = library.articles.keep(article(source="https://a.example/page/1")).document
    kept(library, feed, item("1"))
    (entry,) = library.entries.newest()
    assert entry.document == document  # its page was read before
    library.articles.forget(document)
    assert library.entries.get(entry.id).document is None
    document = library.articles.keep(article(source="https://a.example/page/1")).document
    library.entries.opened(entry.id, document)
    library.feeds.remove(feed)
    assert library.articles.find(str(document))
    assert library.entries.newest() == []


def test_the_oldest_entries_go_unless_the_feed_lists_them(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals_module, "MOST_KEPT", 3)
    (feed,) = follow(library, "a")
    kept(library, feed, *(item(str(n)) for n in range(5)))
    assert len(library.entries.newest()) == 5  # all listed
    read = next(one for one in library.entries.newest() if one.title == "Story 1")
    library.entries.mark([read.id])
    kept(library, feed, item("7"), item("0"))
    titles = {one.title for one in library.entries.newest()}
    assert len(titles) == 3
    assert {"Story 7", "Story 0"} < titles
    assert "Story 1" not in titles


def test_a_feed_that_moves_for_good_is_followed_there(library: Library) -> None:
    (feed,) = follow(library, "a")
    there = "https://new.example/f"

    def now() -> Feed:
        return library.feeds.get(str(feed))

    library.feeds.unchanged(feed, FeedAnswer(DUE, there))
    library.feeds.unchanged(feed, FeedAnswer(DUE))
    library.feeds.unchanged(feed, FeedAnswer(DUE, there))
    assert (now().address, now().moves) == ("https://a.example/f", 1)
    library.feeds.unchanged(feed, FeedAnswer(DUE, there))
    assert (now().address, now().given, now().moves) == (there, "https://a.example/f", 0)
    assert follow(library, "a") == []  # it is followed, wherever it is
    (other,) = follow(library, "b")
    for _ in range(3):
        library.feeds.unchanged(other, FeedAnswer(DUE, there))  # where somebody is already
    assert library.feeds.get(str(other)).address == "https://b.example/f"


def test_what_went_wrong_is_kept_until_it_is_right_again(library: Library) -> None:
    (feed,) = follow(library, "a")
    library.feeds.failed(feed, "It broke", DUE)
    library.feeds.failed(feed, "It broke", DUE, state="parked")
    found = library.feeds.get(str(feed))
    assert (found.failures, found.problem, found.state, found.due) == (2, "It broke", "parked", DUE)
    library.feeds.postponed(feed, "Nobody was there", DUE)
    assert library.feeds.get(str(feed)).failures == 2
    library.entries.store(
        feed, told(item("1"), channel="<ttl>60</ttl><skipHours><hour>3</hour></skipHours>"),
        FeedAnswer(DUE, etag=b'W/"caf\xe9"', last_modified=b"yesterday"), hash_="x",
    )  # fmt: skip
    found = library.feeds.get(str(feed))
    assert (found.failures, found.problem, found.state) == (0, None, "active")
    assert (found.etag, found.last_modified) == (b'W/"caf\xe9"', b"yesterday")
    assert (found.rest, found.quiet, found.title) == (3600, frozenset({3}), "Harbour news")


def test_patience_with_a_host_outlasts_the_run(library: Library) -> None:
    later, soon, some_day = (
        (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds") for days in (9, 8, 4_000)
    )
    library.feeds.have_patience("a.example", later)
    library.feeds.have_patience("a.example", soon)
    library.feeds.have_patience("b.example", DUE)
    library.feeds.have_patience("c.example", some_day)  # by a clock that was ahead
    assert library.feeds.patience() == {"a.example": later}
    library.feeds.have_patience("c.example", soon)
    assert library.feeds.patience() == {"a.example": later, "c.example": soon}


@pytest.mark.parametrize(
    "question",
    [
        "SELECT id FROM entry WHERE story IS NULL AND read IS NULL ORDER BY moment DESC, id DESC LIMIT 20",
        "SELECT id FROM entry WHERE story IS NULL AND (moment, id) < ('2', 3) ORDER BY moment DESC, id DESC",
        "SELECT count(*) FROM entry WHERE story IS NULL AND read IS NULL",
        "SELECT count(*) FROM entry WHERE feed = 1 AND read IS NULL",
        "SELECT id FROM entry WHERE story IS NULL AND lower(title) = 'a' ORDER BY moment DESC, id DESC",
    ],
)
def test_lists_and_counts_are_answered_by_an_index_alone(library: Library, question: str) -> None:
    connection = sqlite3.connect(library.path)
    (plan,) = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {question}")]
    connection.close()
    assert "USING COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan
