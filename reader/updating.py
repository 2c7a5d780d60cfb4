"""Feeds are brought up to date: asked, read, kept. Many hosts at once, each politely; one writer.

What a host wants is respected: 304 and unchanged bytes move only the clock; ``Retry-After``,
``Cache-Control``, ``Expires``, ``ttl`` and hours to skip put the next request off; too many requests leave
the whole host in peace. A feed that fails is asked less and less often, then no more, and that is said.
"""

from __future__ import annotations

import hashlib
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.feeds.feed import FeedError
from reader.feeds.isolation import Parser
from reader.feeds.subscription import Subscription, address_of
from reader.library.clock import latest, now
from reader.library.feeds import FeedAnswer
from reader.model.errors import FetchError, ReaderError
from reader.net.fetching import FEEDS, PAGES, Limits, Validators, fetch
from reader.net.hosts import AT_ONCE, host_of, in_turns
from reader.net.manners import INTERVAL, freshness, later, retry_after
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.feeds.feed import Feed as Document
    from reader.library.feeds import Feed
    from reader.library.library import Library
    from reader.net.fetching import Fetched

Status = Literal["updated", "unchanged", "failed", "parked", "gone", "postponed"]
BACK_OFF = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=7))
"""How long a feed is left alone after its first, second, … failure in a row. After those it is parked."""
_LIMITS = Limits(size=10 << 20)
_WAITING = 32
"""Answers that wait to be read: each may be as large as the limit allows."""
_GONE = 410
_BUSY = (429, 503)


def look(address: str, *, allow_private: bool = False) -> list[Subscription]:
    """Return the feed at an address, or those that the page there names: a list to choose from.

    Raises :class:`FetchError`, and :class:`FeedError` when there is no feed.
    """
    address = address_of(address) or address
    fetched = fetch(address, allow_private=allow_private, limits=_LIMITS, accept=f"{FEEDS},{PAGES};q=0.8")
    parser = Parser()
    try:
        try:
            feed = parser.parse(fetched.data, fetched.address, fetched.content_type)
            return [Subscription(fetched.moved or address, feed.title, page=feed.page)]
        except FeedError as error:
            found = parser.discover(fetched.data, fetched.address)
            if not found:
                raise FeedError(
                    f"No feed was found at {printable(address)}",
                    "Look for a link to one on the page, often called RSS, and add that",
                ) from error
            return [Subscription(one.address, one.title) for one in found]
    finally:
        parser.close()


class Outcome(NamedTuple):
    """What came of asking a feed: how many entries are new, how many say something else than before.

    ``error`` says in a plain sentence why there is nothing, and what happens now.
    """

    feed: Feed
    status: Status
    new: int = 0
    changed: int = 0
    error: str | None = None


class _Fresh(NamedTuple):
    """An answer that is to be read yet."""

    fetched: Fetched
    hash: str


class _Heard(NamedTuple):
    """An answer; ``document`` is None when it is what was known before."""

    fetched: Fetched
    document: Document | None
    hash: str | None


class _Busy(NamedTuple):
    """A host that wants to be left alone until then; ``title`` says how it said so."""

    until: datetime
    title: str


_Said = _Heard | _Busy | ReaderError


def due(library: Library, *, force: bool = False) -> list[Feed]:
    """Return the feeds that may be asked now; with ``force`` all but those that are parked or gone."""
    return [
        feed
        for feed in library.feeds.all()
        if feed.state == "active" and (force or not now() < feed.due <= latest())
    ]


class Update:
    """Asks some feeds and keeps what they say. To be iterated once, in one thread; any may cancel it."""

    def __init__(
        self,
        library: Library,
        feeds: Sequence[Feed],
        *,
        allow_private: bool = False,
        chance: random.Random | None = None,
    ) -> None:
        self._library, self._feeds = library, feeds
        self._asking = _Asking(library.feeds.patience(), allow_private)
        self._chance = chance or random.Random()  # noqa: S311 -- spreads requests, hides nothing
        self._heard: SimpleQueue[tuple[Feed, _Said] | BaseException | None] = SimpleQueue()

    def cancel(self) -> None:
        """End it at once: what was kept stays, what is in flight comes to nothing."""
        self._heard.put(None)

    def __iter__(self) -> Iterator[Outcome]:
        """Yield what comes of each feed, as it is kept.

        Raises an error of :mod:`reader.library.errors` when the library cannot be written to.
        """
        threading.Thread(target=self._listen, name="update", daemon=True).start()
        unreachable: list[tuple[Feed, ReaderError]] = []
        online = False
        try:
            while (heard := self._heard.get()) is not None:
                if isinstance(heard, BaseException):
                    raise heard
                feed, said = heard
                if isinstance(said, FetchError) and said.unreachable:
                    unreachable.append((feed, said))
                    continue
                online = True
                yield self._keep(feed, said)
            # Where nobody at all could be reached the feeds are not to blame.
            for feed, error in unreachable:
                yield self._failed(feed, error) if online else self._offline(feed, error)
        finally:
            self._asking.end()

    def _listen(self) -> None:
        """Ask, and have read what is to be read; hosts are asked while others' answers wait for that."""
        readers = ThreadPoolExecutor(AT_ONCE, "reading")
        try:
            for feed, said in in_turns(self._feeds, lambda feed: feed.address, self._asking.ask):
                if self._asking.ended:
                    return
                if isinstance(said, _Fresh):
                    readers.submit(self._read, feed, said)
                else:
                    self._heard.put((feed, said))
            readers.shutdown()
            self._heard.put(None)
        except BaseException as error:  # handed to whoever waits
            self._heard.put(error)
        finally:
            readers.shutdown(wait=False)

    def _read(self, feed: Feed, fresh: _Fresh) -> None:
        self._heard.put((feed, self._asking.read(feed, fresh)))

    def _keep(self, feed: Feed, said: _Said) -> Outcome:
        if isinstance(said, _Heard):
            return self._answered(feed, said)
        if isinstance(said, _Busy):
            until = _written(said.until)
            self._library.feeds.have_patience(host_of(feed.address), until)
            self._library.feeds.postponed(feed.id, said.title, until)
            return Outcome(feed, "postponed", error=f"{said.title}; it is asked again {_when(said.until)}")
        if isinstance(said, FetchError) and said.status == _GONE:
            self._library.feeds.failed(feed.id, said.title, feed.due, state="gone")
            return Outcome(feed, "gone", error=f"{said.title}; it is not asked any more")
        return self._failed(feed, said)

    def _answered(self, feed: Feed, heard: _Heard) -> Outcome:
        fetched, document = heard.fetched, heard.document
        rest, quiet = (document.rest, document.quiet) if document else (feed.rest, feed.quiet)
        asked_at = datetime.now(UTC)
        wanted = max(timedelta(seconds=rest), freshness(fetched.headers, asked_at))
        patience = retry_after(fetched.headers, asked_at)
        again = later(asked_at, wanted, patience, quiet, self._chance)
        validators = fetched.validators
        answer = FeedAnswer(_written(again), fetched.moved, validators.etag, validators.last_modified)
        if document is None:
            self._library.feeds.unchanged(feed.id, answer)
            return Outcome(feed, "unchanged")
        stored = self._library.entries.store(feed.id, document, answer, hash_=heard.hash)
        if not any(stored):
            return Outcome(feed, "unchanged")
        return Outcome(self._library.feeds.get(str(feed.id)), "updated", stored.new, stored.changed)

    def _failed(self, feed: Feed, error: ReaderError) -> Outcome:
        if feed.failures >= len(BACK_OFF):
            self._library.feeds.failed(feed.id, error.title, feed.due, state="parked")
            last = f"it failed {feed.failures + 1} times in a row and is not asked any more"
            return Outcome(feed, "parked", error=f"{error.title}; {last}")
        again = datetime.now(UTC) + BACK_OFF[feed.failures]
        # One that was parked or gone, and was asked by name, stays what it was.
        self._library.feeds.failed(feed.id, error.title, _written(again), state=feed.state)
        return Outcome(feed, "failed", error=f"{error.title}; it is asked again {_when(again)}")

    def _offline(self, feed: Feed, error: ReaderError) -> Outcome:
        again = datetime.now(UTC) + INTERVAL
        self._library.feeds.postponed(feed.id, error.title, _written(again))
        return Outcome(feed, "postponed", error=f"{error.title}; nobody else could be reached either")


class _Asking:
    """Fetching and reading, in several threads; nothing is written here."""

    def __init__(self, patience: dict[str, str], allow_private: bool) -> None:
        self._room = threading.BoundedSemaphore(_WAITING)
        self._patience = {host: datetime.fromisoformat(until) for host, until in patience.items()}
        self._allow_private = allow_private
        self._parser = Parser()
        self.ended = False

    def ask(self, feed: Feed) -> _Said | _Fresh:
        """Return what came of asking a feed. What is to be read is waited for when there is much of it."""
        host, asked_at = host_of(feed.address), datetime.now(UTC)
        if self.ended:
            return ReaderError("Updating was stopped")
        if (until := self._patience.get(host)) and until > asked_at:
            return _Busy(until, "Its host asked to be left alone for a while")
        try:
            fetched = fetch(
                feed.address,
                unless=Validators(feed.etag, feed.last_modified),
                allow_private=self._allow_private,
                limits=_LIMITS,
                accept=FEEDS,
            )
            if fetched.unchanged:
                return _Heard(fetched, None, feed.hash)
            digest = hashlib.sha256(fetched.data).hexdigest()
            if digest == feed.hash:
                return _Heard(fetched, None, digest)
            while not self._room.acquire(timeout=1.0):
                if self.ended:
                    return ReaderError("Updating was stopped")
            return _Fresh(fetched, digest)
        except FetchError as error:
            if error.status in _BUSY:
                until = asked_at + (retry_after(error.headers, asked_at) or INTERVAL)
                self._patience[host] = until
                return _Busy(until, error.title)
            return error
        except ReaderError as error:
            return error
        except Exception as error:  # one feed must not cost the others
            return ReaderError(f"{printable(feed.address)} could not be asked ({type(error).__name__})")

    def read(self, feed: Feed, fresh: _Fresh) -> _Said:
        """Return what a feed says in an answer."""
        fetched = fresh.fetched
        try:
            document = self._parser.parse(fetched.data, fetched.address, fetched.content_type)
            return _Heard(fetched, document, fresh.hash)
        except ReaderError as error:
            return error
        except Exception as error:
            return ReaderError(f"{printable(feed.address)} could not be read ({type(error).__name__})")
        finally:
            self._room.release()

    def end(self) -> None:
        """Begin nothing more, and end the processes that read."""
        self.ended = True
        self._parser.close()


def _written(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _when(when: datetime) -> str:
    """A time ahead in words."""
    hours = (when - datetime.now(UTC)) / timedelta(hours=1)
    if hours < 1.5:
        return "in about an hour" if hours > 0.75 else f"in {max(1, round(hours * 60))} minutes"
    return f"in {round(hours)} hours" if hours < 36 else f"in {round(hours / 24)} days"
