"""Many hosts at once, each one thing at a time."""

from __future__ import annotations

import threading
import time
from collections import Counter
from itertools import pairwise

import pytest

from reader.net.hosts import host_of, in_turns
from tests.observing import until


def test_a_host_is_asked_one_thing_at_a_time_and_others_meanwhile() -> None:
    busy: Counter[str] = Counter()
    lock, together = threading.Lock(), threading.Barrier(3)
    most: Counter[str] = Counter()

    def work(address: str) -> str:
        host = host_of(address)
        with lock:
            busy[host] += 1
            most[host] = max(most[host], busy[host])
        if address.endswith("/0"):
            together.wait(30)  # comes true only if the three hosts are asked at the same time
        with lock:
            busy[host] -= 1
        return address.upper()

    items = [f"http://{host}/{number}" for host in "abc" for number in range(20)]
    found = dict(in_turns(items, str, work, gap=lambda _: 0.0))
    assert found == {item: item.upper() for item in items}
    assert most == {"a": 1, "b": 1, "c": 1}


def test_the_gap_lies_between_two_requests_to_a_host() -> None:
    at: list[float] = []
    list(
        in_turns(
            ["http://a/1", "http://a/2", "http://a/3"],
            str,
            lambda _: at.append(time.monotonic()),
            gap=lambda _: 0.05,
        )
    )
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(at))


def test_no_more_than_so_many_at_once() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def work(_: str) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        with lock:
            now -= 1

    assert len(list(in_turns([f"http://{n}/" for n in range(50)], str, work, at_once=4))) == 50
    assert most <= 4


def test_whoever_leaves_does_not_wait() -> None:
    gate, begun = threading.Event(), []

    def work(address: str) -> None:
        begun.append(address)
        if "slow" in address:
            gate.wait(30)

    results = in_turns(["http://slow/1", "http://slow/2", "http://fast/1"], str, work, gap=lambda _: 0.0)
    assert next(results)[0] == "http://fast/1"
    results.close()
    gate.set()
    until(lambda: not any(thread.name.startswith("host ") for thread in threading.enumerate()))
    assert "http://slow/2" not in begun


def test_what_goes_wrong_is_raised() -> None:
    def work(_: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_turns(["http://a/1"], str, work))


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(in_turns([], str, str)) == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Example.org:8443/a", "example.org:8443"),
        ("http://user:pass@example.org/a", "example.org"),
        ("http://[", ""),
        ("story.txt", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host
