"""Asking many hosts at once and each politely: one request at a time, with a gap before the next."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 8
"""How many hosts are asked at the same time."""

GAP = 1.0
"""Seconds between the end of a request to a host and the next one."""


def host_of(address: str) -> str:
    """Return the host of an address, with its port if it has one; nothing for what is no address."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:  # brackets that hold no address
        return ""


def in_turns(
    items: Iterable[T],
    address: Callable[[T], str],
    work: Callable[[T], R],
    *,
    gap: Callable[[str], float] = lambda _: GAP,
    at_once: int = AT_ONCE,
) -> Generator[tuple[T, R], None, None]:
    """Yield every item with what ``work`` makes of it, as it comes.

    ``work`` runs in other threads, for one item of a host at a time; the hosts with most to do begin. ``gap``
    gives the seconds that the host of an address is then left alone. What ``work`` raises is raised here.
    Closing the iterator ends it at once: what is in flight comes to nothing, and no more is begun.
    """
    queues: dict[str, deque[T]] = {}
    for item in items:
        queues.setdefault(host_of(address(item)), deque()).append(item)
    left = sum(map(len, queues.values()))
    turns = [(0.0, -len(queue), host) for host, queue in queues.items()]
    heapq.heapify(turns)
    changed, ended = threading.Condition(), threading.Event()
    results: SimpleQueue[tuple[T, R] | BaseException] = SimpleQueue()

    def next_host() -> str | None:
        """Wait for the turn of a host; None when there is nothing left to begin."""
        with changed:
            while not ended.is_set() and any(queues.values()):
                now = time.monotonic()
                if turns and turns[0][0] <= now:
                    return heapq.heappop(turns)[2]
                changed.wait(turns[0][0] - now if turns else None)
            return None

    def serve() -> None:
        while (host := next_host()) is not None:
            item = queues[host].popleft()
            try:
                results.put((item, work(item)))
                pause = gap(address(item))
            except BaseException as error:  # handed to whoever waits
                results.put(error)
                return
            with changed:
                if queues[host]:
                    heapq.heappush(turns, (time.monotonic() + pause, -len(queues[host]), host))
                changed.notify_all()

    # Daemons: whoever leaves does not wait for a server that never answers.
    for number in range(min(at_once, len(queues))):
        threading.Thread(target=serve, name=f"host {number}", daemon=True).start()
    try:
        for _ in range(left):
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        ended.set()
        with changed:
            changed.notify_all()
