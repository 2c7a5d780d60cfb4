"""Fetching pages while nobody watches: by the rules of their hosts, and not from those that are busy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from reader.model.errors import FetchError
from reader.net.hosts import GAP, host_of
from reader.net.manners import INTERVAL, retry_after
from reader.net.robots import Robots

if TYPE_CHECKING:
    from reader.net.fetching import Fetched, Validators

LONGEST_GAP = 60.0
"""Seconds between two requests that a host is granted at the most."""
_BUSY = (429, 503)


class Busy(NamedTuple):
    """A host that wants to be left alone until then; ``title`` says how it said so."""

    until: datetime
    title: str

    @property
    def written(self) -> str:
        """The time as the library keeps it: UTC, ISO 8601."""
        return self.until.astimezone(UTC).isoformat(timespec="seconds")


class Unattended:
    """Fetches in any thread. ``patience`` says until when hosts want to be left alone (UTC, ISO 8601)."""

    def __init__(self, patience: dict[str, str], *, allow_private: bool) -> None:
        self._patience = {host: datetime.fromisoformat(until) for host, until in patience.items()}
        self._allow_private = allow_private
        self._robots = Robots(allow_private=allow_private)

    def gap(self, address: str) -> float:
        """Return for how many seconds the host of an address is left alone after a request."""
        return max(GAP, min(self._robots.gap(address), LONGEST_GAP))

    def fetch(self, address: str, *, unless: Validators | None = None) -> Fetched | Busy:
        """Fetch a page, unless it is still the version of the validators, or its host wants to be left alone.

        Raises :class:`FetchError` when it cannot be had, or must not be, by the rules of a host on the way.
        """
        from reader.net.fetching import fetch

        host, now = host_of(address), datetime.now(UTC)
        if (until := self._patience.get(host)) and until > now:
            return Busy(until, "Its host asked to be left alone for a while")
        try:
            return fetch(
                address, unless=unless, allow_private=self._allow_private, permit=self._robots.require
            )
        except FetchError as error:
            if error.status not in _BUSY:
                raise
            until = now + (retry_after(error.headers, now) or INTERVAL)
            self._patience[host] = until
            return Busy(until, error.title)
