"""What hosts allow programs, asked of a real server on this computer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from reader.model.errors import FetchError
from reader.net.fetching import fetch
from reader.net.robots import Robots
from tests.pages import Answer, Pages, served

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = """\
User-agent: *
Disallow: /

User-agent: onrecord
Crawl-delay: 2.5
Disallow: /private
Disallow: /*.pdf$
Allow: /private/open
"""


@pytest.fixture
def host() -> Iterator[Pages]:
    with served() as pages:
        rules(pages, RULES)
        yield pages


def rules(pages: Pages, text: str, status: int = 200) -> None:
    pages.put("/robots.txt", text, status=status, kind="text/plain")


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/news", True),
        ("/", True),
        ("/private", False),
        ("/private/diary", False),
        ("/private/open/day", True),
        ("/a/report.pdf", False),
        ("/a/report.pdf?page=2", True),
        ("/robots.txt", True),
    ],
)
def test_the_rules_for_our_name_go_before_those_for_all(host: Pages, path: str, allowed: bool) -> None:
    assert Robots(allow_private=True).allow(host.address + path) is allowed


def test_a_host_is_asked_once_however_many_want_to_know(host: Pages) -> None:
    robots = Robots(allow_private=True)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(robots.allow, [f"{host.address}/{n}?q=/robots.txt" for n in range(20)]))
    assert answers == [True] * 20
    assert robots.gap(f"{host.address}/x") == 2.5
    assert host.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (500, False), (503, False)]
)
def test_no_rules_allow_all_and_rules_that_cannot_be_had_allow_nothing(
    host: Pages, status: int, allowed: bool
) -> None:
    rules(host, RULES, status)
    assert Robots(allow_private=True).allow(f"{host.address}/private") is allowed


def test_the_rules_hold_at_every_step_of_the_way(host: Pages) -> None:
    host.put("/news", "", status=302, headers=(("Location", "/private"),))
    host.put("/old", "", status=301, headers=(("Location", "/new"),))
    host.put("/new", "here")
    robots = Robots(allow_private=True)
    asked = partial(fetch, allow_private=True, permit=robots.require)
    with pytest.raises(FetchError, match="/private is not for programs that nobody watches"):
        asked(f"{host.address}/news")
    assert asked(f"{host.address}/old").data == b"here"
    assert "/private" not in host.asked
    rules(host, RULES, 503)
    with pytest.raises(FetchError, match="does not say what programs may read") as refused:
        fetch(f"{host.address}/old", allow_private=True, permit=Robots(allow_private=True).require)
    assert refused.value.status == 503


def test_a_host_that_cannot_be_reached_allows_nothing(host: Pages) -> None:
    assert not Robots().allow(f"{host.address}/news")  # without leave to look into the local network
    assert host.asked == []
    with pytest.raises(FetchError, match="cannot be reached"):
        Robots(allow_private=True).allow("http://127.0.0.1:1/news")
    assert Robots(allow_private=True).gap("http://127.0.0.1:1/news") == 0


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00\xff\xfe nonsense \x9b31m",
        b"<html><body>no rules here</body></html>",
        b"User-agent: *\nDisallow:",
    ],
)
def test_what_says_nothing_allows_everything(host: Pages, text: bytes) -> None:
    host.answers["/robots.txt"] = Answer(text)
    robots = Robots(allow_private=True)
    assert robots.allow(f"{host.address}/private")
    assert robots.gap(f"{host.address}/private") == 0.0


def test_rules_without_end_are_no_rules_to_go_by(host: Pages) -> None:
    rules(host, "User-agent: *\nAllow: /\n" + "# more\n" * 100_000)
    assert not Robots(allow_private=True).allow(f"{host.address}/news")


def test_only_web_addresses_can_be_asked_about() -> None:
    with pytest.raises(FetchError, match="not a web address"):
        Robots().allow("file:///etc/passwd")
