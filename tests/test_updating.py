"""Feeds brought up to date against a real server on this computer: what it says, does and refuses."""

import gzip
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import reader.updating as updating
from reader.feeds.subscription import Subscription
from reader.library.feeds import Feed
from reader.library.library import Library
from reader.net.fetching import Limits
from reader.net.manners import INTERVAL, LONGEST, freshness, later, retry_after
from reader.updating import BACK_OFF, Outcome, Update, due
from tests.feeds.newsroom import Answer, Newsroom, bomb, deflated, item, newsroom, rss

CERTIFICATE = Path(__file__).parent / "data" / "net" / "nobody.pem"
INTERRUPTED = 130
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("quick_updates")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db")
    yield library
    library.close()


def follow(library: Library, *addresses: str) -> list[int]:
    return library.feeds.add([Subscription(address) for address in addresses])


def updated(library: Library, feeds: list[Feed] | None = None) -> list[Outcome]:
    return list(Update(library, feeds or due(library, force=True), allow_private=True))


def only(library: Library) -> Feed:
    (feed,) = library.feeds.all()
    return feed


GOOD = rss(item("1"), item("2", "“We stay,” she said."))

# What a server may do, and what comes of it: how many entries, or what is said.
ANSWERS: dict[str, tuple[Answer, int | str]] = {
    "plain": (Answer(GOOD), 2),
    "gzip": (Answer(gzip.compress(GOOD), headers={"Content-Encoding": "gzip"}), 2),
    "deflate": (Answer(deflated(GOOD), headers={"Content-Encoding": "deflate"}), 2),
    "brotli": (Answer(b"\x0b\x02\x80abc\x03", headers={"Content-Encoding": "br"}), "not asked for"),
    "bomb": (Answer(bomb(60_000_000), headers={"Content-Encoding": "gzip"}), "larger than 10 MB"),
    "huge": (Answer(b"x" * (11 << 20)), "larger than 10 MB"),
    "charset": (
        Answer(rss(item("1", "caf\xe9")).decode().encode("latin-1"), kind="text/xml; charset=iso-8859-1"), 1,
    ),
    "wrong charset": (Answer(rss(item("1", "café")), kind="application/xml; charset=us-ascii"), 1),
    "as text": (Answer(GOOD, kind="text/plain"), 2),
    "a page": (Answer(b"<!doctype html><html><body>Sorry", kind="text/html"), "a web page"),
    "empty": (Answer(), "nothing at this address"),
    "entities": (Answer(b'<!DOCTYPE r [<!ENTITY a "b">]>' + GOOD), "entities"),
    "moved": (Answer(status=302, headers={"Location": "/plain"}), 2),
    "circle": (Answer(status=302, headers={"Location": "/circle"}), "redirects in circles"),
    "to a file": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "not a web address"),
    "404": (Answer(status=404), "does not exist"),
    "500": (Answer(status=500), "could not be served"),
    "401": (Answer(status=401), "password"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_whatever_a_server_answers(room: Newsroom, library: Library, name: str) -> None:
    room.answers |= {f"/{key.replace(' ', '-')}": answer for key, (answer, _) in ANSWERS.items()}
    follow(library, room.address(f"/{name.replace(' ', '-')}"))
    (outcome,) = updated(library)
    expected = ANSWERS[name][1]
    if isinstance(expected, int):
        assert (outcome.status, outcome.new, outcome.error) == ("updated", expected, None)
        text = library.entries.article(library.entries.newest()[0].id).text
        assert "caf" not in text or "café" in text
    else:
        assert outcome.status == "failed"
        assert expected in (outcome.error or "")
        assert only(library).problem
        assert library.entries.newest() == []


def test_what_is_known_is_not_sent_again(room: Newsroom, library: Library) -> None:
    stamp = "Thu, 26 Nov 2026 00:00:00 GMT"
    address = room.says("/cached", GOOD, ETag='W/"a, b"', Last_Modified=stamp)
    follow(library, address)
    assert [one.new for one in updated(library)] == [2]
    before = only(library)
    for _ in range(2):
        assert [one.status for one in updated(library)] == ["unchanged"]
        assert room.heard["/cached"]["If-None-Match"] == 'W/"a, b"'
        assert room.heard["/cached"]["If-Modified-Since"] == stamp
    after = only(library)
    assert (after.etag, after.last_modified, after.hash) == (before.etag, before.last_modified, before.hash)
    # A server that sends the same once more: the bytes are known.
    follow(library, room.says("/same", GOOD))
    updated(library)
    room.says("/same", GOOD, ETag='"later"')
    assert [one.status for one in updated(library)] == ["unchanged", "unchanged"]
    updated(library)
    assert room.heard["/same"]["If-None-Match"] == '"later"'
    # Another text: one changed, one new.
    room.says("/cached", rss(item("1"), item("2", "“We go,” she said."), item("3")), ETag='"c"')
    assert [(one.new, one.changed) for one in updated(library) if one.status == "updated"] == [(1, 1)]


def test_a_feed_that_is_gone_is_not_asked_again(room: Newsroom, library: Library) -> None:
    follow(library, room.says("/gone", status=410))
    assert [one.status for one in updated(library)] == ["gone"]
    assert due(library, force=True) == []
    # It is, by name; and when it is there again all is well.
    room.says("/gone", GOOD)
    assert [one.status for one in updated(library, [only(library)])] == ["updated"]
    assert only(library).state == "active"


def test_failures_back_off_and_park(room: Newsroom, library: Library) -> None:
    follow(library, room.says("/broken", b"nonsense"))
    waits = []
    for _ in BACK_OFF:
        (outcome,) = updated(library)
        assert outcome.status == "failed"
        waits.append(datetime.fromisoformat(only(library).due) - datetime.now(UTC))
    assert [round(wait / timedelta(hours=1)) for wait in waits] == [1, 4, 24, 168]
    assert due(library) == []
    (outcome,) = updated(library)
    assert outcome.status == "parked"
    assert "5 times in a row" in (outcome.error or "")
    assert due(library, force=True) == []
    asked = room.asked["/broken"]
    assert [one.status for one in updated(library, [only(library)])] == ["parked"]
    assert room.asked["/broken"] == asked + 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_is_busy_is_left_alone_with_all_its_feeds(
    room: Newsroom, library: Library, status: int
) -> None:
    follow(library, room.says("/busy", status=status, Retry_After="7200"), room.says("/other", GOOD))
    room.asked.clear()
    outcomes = {one.feed.address: one for one in updated(library)}
    assert outcomes[room.address("/busy")].status == "postponed"
    assert "in 2 hours" in (outcomes[room.address("/busy")].error or "")
    asked = room.asked.total()
    assert asked in (1, 2)  # the other one may have been first
    assert {one.status for one in updated(library)} == {"postponed"}  # another run knows
    assert room.asked.total() == asked
    assert all(feed.failures == 0 for feed in library.feeds.all())


def test_a_feed_that_moved_for_good_is_asked_there(room: Newsroom, library: Library) -> None:
    room.says("/new-home", GOOD)
    follow(library, room.says("/old-home", status=301, Location="/new-home"))
    updated(library)
    assert only(library).address.endswith("/old-home")
    updated(library)
    assert only(library).address.endswith("/new-home")
    room.asked.clear()
    updated(library)
    assert room.asked == {"/new-home": 1}


def test_hosts_are_asked_at_once_and_each_one_request_at_a_time(room: Newsroom, library: Library) -> None:
    room.most_at_once.clear()
    follow(library, *(room.address(f"/many-{n % 4}", 1 + n % 12) + f"?{n}" for n in range(24)))
    room.answers |= {f"/many-{n % 4}?{n}": Answer(GOOD) for n in range(24)}
    outcomes = updated(library)
    assert [one.new for one in outcomes] == [2] * 24
    assert set(room.most_at_once.values()) == {1}
    assert len(room.most_at_once) == 12


def test_a_slow_host_and_an_endless_one_hold_nobody_up(
    room: Newsroom, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "_LIMITS", Limits(seconds=0.6, size=100 << 20))
    gate = threading.Event()
    room.answers["/slow"] = Answer(GOOD, wait=gate)
    room.answers["/endless"] = Answer(GOOD, endless=True)
    room.says("/quick", GOOD)
    follow(library, room.address("/slow", 2), room.address("/endless", 3), room.address("/quick", 4))
    outcomes = list(Update(library, due(library), allow_private=True))
    gate.set()
    assert sorted(one.status for one in outcomes) == ["failed", "failed", "updated"]
    assert all("too long" in (one.error or "") for one in outcomes if one.status == "failed")


def test_private_addresses_are_refused(room: Newsroom, library: Library) -> None:
    follow(library, room.says("/private", GOOD))
    (outcome,) = Update(library, due(library))
    assert "leads into the local network" in (outcome.error or "")
    assert room.asked["/private"] == 0


def test_where_nobody_can_be_reached_no_feed_is_to_blame(room: Newsroom, library: Library) -> None:
    nobody = [f"http://127.0.0.{host}:1/feed" for host in (2, 3)]
    follow(library, *nobody)
    assert [one.status for one in updated(library)] == ["postponed", "postponed"]
    assert [feed.failures for feed in library.feeds.all()] == [0, 0]
    follow(library, room.says("/somebody", GOOD))
    assert sorted(one.status for one in updated(library)) == ["failed", "failed", "updated"]


def test_a_certificate_that_nobody_vouches_for(library: Library) -> None:
    with newsroom(CERTIFICATE) as secure:
        secure.says("/feed", GOOD)
        follow(library, f"https://127.0.0.1:{secure.port}/feed")
        (outcome,) = updated(library)
    assert "no valid security certificate" in (outcome.error or "")
    assert secure.asked.total() == 0


def test_a_proxy_of_the_environment_is_not_used(
    room: Newsroom, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.9:1")
    follow(library, room.says("/direct", GOOD))
    assert [one.new for one in updated(library)] == [2]


def test_cancelling_ends_it_at_once_and_keeps_what_was_kept(room: Newsroom, library: Library) -> None:
    gate = threading.Event()
    room.answers["/held"] = Answer(GOOD, wait=gate)
    room.says("/first", GOOD)
    follow(library, room.address("/first", 5), *(room.address(f"/held?{n}", 6 + n) for n in range(3)))
    room.answers |= {f"/held?{n}": Answer(GOOD, wait=gate) for n in range(3)}
    update = Update(library, due(library), allow_private=True)
    outcomes = []
    for outcome in update:
        outcomes.append(outcome.status)
        update.cancel()
    gate.set()
    assert outcomes == ["updated"]
    assert len(library.entries.newest()) == 2
    assert list(library.check()) == []


def test_leaving_in_the_middle_is_cancelling(room: Newsroom, library: Library) -> None:
    follow(library, room.says("/one", GOOD), room.says("/two", GOOD))
    for _ in Update(library, due(library), allow_private=True):
        break
    assert list(library.check()) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_update_that_is_ended_leaves_a_whole_library(
    room: Newsroom, tmp_path: Path, how: signal.Signals
) -> None:
    path = tmp_path / "library.db"
    library = Library(path)
    gate = threading.Event()
    room.says("/kept", GOOD)
    room.answers["/never"] = Answer(GOOD, wait=gate)
    # One host, one after the other: the second has ten seconds from when the first is there.
    follow(library, room.address("/kept", 7), room.address("/never", 7))
    # A shell's background jobs, and what they start, ignore ctrl+c.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; from reader.commands.group import main; main()"
    command = [sys.executable, "-c", code, "update", "--library", str(path), "--allow-private"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "Harbour news: 2 new\n"
    os.kill(child.pid, how)
    # ctrl+c waits for nobody: the gate is still closed.
    assert child.wait(10) == (-signal.SIGKILL if how == signal.SIGKILL else INTERRUPTED)
    child.stdout.close()
    gate.set()
    assert list(library.check()) == []
    assert len(library.entries.newest()) == 2
    library.close()


class _Chance(random.Random):
    def uniform(self, a: float, b: float) -> float:
        return a


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "120"}, timedelta(minutes=2)),
        ({"retry-after": "Wed, 04 Mar 2026 06:06:07 GMT"}, timedelta(hours=1)),
        ({"retry-after": "Wed, 04 Mar 2020 06:06:07 GMT"}, timedelta()),
        ({"retry-after": "99999999999"}, LONGEST),
        ({"retry-after": "-5"}, timedelta()),
        ({"retry-after": "soon"}, timedelta()),
        ({}, timedelta()),
    ],
)
def test_retry_after(headers: dict[str, str], wait: timedelta) -> None:
    assert retry_after(headers, NOW) == wait


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"cache-control": "public, max-age=7200"}, timedelta(hours=2)),
        ({"cache-control": "s-maxage=1, max-age=7200, no-cache"}, timedelta()),
        ({"cache-control": "s-maxage=9"}, timedelta()),
        (
            {"expires": "Wed, 04 Mar 2026 09:00:00 GMT", "date": "Wed, 04 Mar 2026 06:00:00 GMT"},
            timedelta(hours=3),
        ),
        ({"expires": "0"}, timedelta()),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, timedelta()),
    ],
)
def test_freshness(headers: dict[str, str], fresh: timedelta) -> None:
    assert freshness(headers, NOW) == fresh


def test_when_to_ask_again() -> None:
    chance, none = _Chance(), timedelta()
    assert later(NOW, none, none, (), chance) == NOW + INTERVAL * 0.98
    assert later(NOW, timedelta(hours=5), none, (), chance) == NOW + timedelta(hours=5)
    assert later(NOW, timedelta(days=365), none, (), chance) == NOW + timedelta(days=1)
    assert later(NOW, none, timedelta(days=40), (), chance) == NOW + LONGEST
    assert later(NOW, none, none, (6, 7), chance) == NOW.replace(hour=8, minute=0, second=0)
    for seed in range(50):
        real = random.Random(seed)
        assert INTERVAL * 0.9 <= later(NOW, none, none, (), real) - NOW < INTERVAL
        assert later(NOW, timedelta(hours=5), none, (), real) >= NOW + timedelta(hours=5)


def test_a_clock_that_was_ahead_does_not_keep_a_feed_from_being_asked(library: Library) -> None:
    (feed,) = follow(library, "https://news.example/feed")
    soon, some_day = (datetime.now(UTC) + timedelta(days=days) for days in (3, 4_000))
    library.feeds.postponed(feed, "", soon.isoformat(timespec="seconds"))
    assert due(library) == []
    library.feeds.postponed(feed, "", some_day.isoformat(timespec="seconds"))
    assert [one.id for one in due(library)] == [feed]
