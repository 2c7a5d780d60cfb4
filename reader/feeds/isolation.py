"""Feeds are read in processes of their own, with limits on time and memory: they come from anybody.

A process stays for the feeds that follow, because starting one takes longer than reading most feeds; one
that does not answer in time is killed, and that feed alone is lost.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING, NamedTuple

from reader.feeds.feed import Feed, FeedError
from reader.processes import Process

if TYPE_CHECKING:
    from collections.abc import Generator

    from reader.feeds.discovery import NamedFeed

PROCESSOR_LIMIT = 15
"""Seconds of processor time that one feed may take, where the system can limit it."""
TIME_LIMIT = 30.0
"""Seconds that one feed may take, waiting for a busy machine included."""
MEMORY_LIMIT = 1 << 30
"""Bytes of address space that a process may use, where the system can limit it."""
_MOST_PROCESSES = 4


class FeedBytes(NamedTuple):
    """What a process is asked to read: bytes, the address that they came from, their declared type."""

    data: bytes
    address: str
    content_type: str


class SitePage(NamedTuple):
    """A page that it is asked to look for feeds in: bytes, and the address that they came from."""

    data: bytes
    address: str


class FeedRefused(NamedTuple):
    """Its answer when that is no feed."""

    title: str
    hint: str


class Parser:
    """Reads feeds for several threads at once; each process is started when it is first needed."""

    def __init__(self, *, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._free: LifoQueue[_Child | None] = LifoQueue()
        self._all: set[_Child] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(max(1, min(_MOST_PROCESSES, os.cpu_count() or 1))):
            self._free.put(None)

    def parse(self, data: bytes, address: str, content_type: str = "") -> Feed:
        """Return the feed in some bytes, see :func:`reader.feeds.parsing.parse`.

        Raises :class:`FeedError`, also for a feed that is not done within the limits.
        """
        answer = self._ask(FeedBytes(data, address, content_type))
        assert isinstance(answer, Feed)
        return answer

    def discover(self, data: bytes, address: str) -> list[NamedFeed]:
        """Return the feeds that a page names, see :func:`reader.feeds.discovery.discover`.

        Raises :class:`FeedError` when it is not done within the limits.
        """
        answer = self._ask(SitePage(data, address))
        assert isinstance(answer, list)
        return answer

    def _ask(self, what: FeedBytes | SitePage) -> Feed | list[NamedFeed]:
        child = self._free.get()
        try:
            if child is None:
                child = self._new()
            answer = child.ask(what, self._time_limit)
            if answer is None:
                self._drop(child)
                child = None
                raise FeedError("This takes too long to read, so it was left")
        finally:
            self._free.put(child)
        if isinstance(answer, FeedRefused):
            raise FeedError(answer.title, answer.hint)
        return answer

    def close(self) -> None:
        """End all processes; a feed that is being read comes to nothing."""
        with self._lock:
            self._closed = True
            for child in self._all:
                child.kill()
        for _ in range(self._free.qsize()):
            with suppress(Empty):
                if (free := self._free.get_nowait()) is not None:
                    free.end()
                self._free.put(None)

    def _new(self) -> _Child:
        with self._lock:
            if self._closed:
                raise FeedError("Updating was stopped")
            child = _Child()
            self._all.add(child)
            return child

    def _drop(self, child: _Child) -> None:
        with self._lock:
            self._all.discard(child)


class _Child:
    """A process that reads one feed after another."""

    def __init__(self) -> None:
        self._process = Process("reader.feeds.child")
        self._messages: Generator[Feed | list[NamedFeed] | FeedRefused, None, None] = self._process.messages()
        self.kill = self._process.kill

    def end(self) -> None:
        """End the process, and leave nothing of it behind."""
        self._messages.close()

    def ask(
        self, what: FeedBytes | SitePage, time_limit: float
    ) -> Feed | list[NamedFeed] | FeedRefused | None:
        """Return its answer; None when it had to be ended, and is of no use any more."""
        alarm = threading.Timer(time_limit, self.kill)
        alarm.daemon = True
        alarm.start()
        try:
            self._process.send(what)
            return next(self._messages, None)
        finally:
            alarm.cancel()
