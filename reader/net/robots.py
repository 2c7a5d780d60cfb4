"""What hosts allow programs that nobody watches, by their robots.txt (RFC 9309).

It is for what On Record fetches by itself: re-checks and pages fetched in advance. What a reader opens or
saves is fetched for the reader, as by a browser, and a feed that was added is there to be fetched.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from protego import Protego

from reader.model.errors import FetchError
from reader.net.fetching import OUR_NAME, Limits, fetch
from reader.net.transport import web_address
from reader.text.safety import printable

if TYPE_CHECKING:
    import httpx

# The RFC asks for 500 KiB and five redirects at least.
_LIMITS = Limits(seconds=10.0, size=512 << 10, redirects=5)
_TOO_MANY_REQUESTS = 429


class Robots:
    """Asks each host once, and remembers what it said for as long as this lives. Any thread may ask."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        self._rules: dict[str, Protego | FetchError] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def allow(self, address: str) -> bool:
        """Whether an address may be fetched by a program that nobody watches.

        As the RFC has it, a host without rules (any 4xx but 429) allows everything, and one that does not
        give them allows nothing for now. Raises :class:`FetchError` for what is no web address, and where
        there is no server to ask.
        """
        rules = self._of(web_address(address))
        if isinstance(rules, FetchError):
            if rules.unreachable:
                raise rules
            return False
        return bool(rules.can_fetch(address, OUR_NAME))

    def require(self, address: str) -> None:
        """Raise :class:`FetchError` where a program that nobody watches may not fetch an address."""
        if self.allow(address):
            return
        rules, shown = self._of(web_address(address)), printable(address)
        if isinstance(rules, FetchError):
            raise FetchError(
                f"The host of {shown} does not say what programs may read",
                "Try again later, or open it yourself",
                status=rules.status,
                headers=rules.headers,
            )
        raise FetchError(
            f"{shown} is not for programs that nobody watches, says its host",
            "Open it yourself: what you ask for is fetched",
        )

    def gap(self, address: str) -> float:
        """How many seconds a host wants between two requests; 0 when it does not say."""
        try:
            rules = self._of(web_address(address))
        except FetchError:  # nobody is asked at such an address
            return 0.0
        return float((rules.crawl_delay(OUR_NAME) if isinstance(rules, Protego) else None) or 0.0)

    def _of(self, url: httpx.URL) -> Protego | FetchError:
        """The rules of a host, or why there are none to be had."""
        host = str(url.copy_with(path="/robots.txt", query=None, fragment=None))
        with self._guard:
            asking = self._asking.setdefault(host, threading.Lock())
        with asking:
            if host not in self._rules:
                self._rules[host] = self._ask(host)
            return self._rules[host]

    def _ask(self, address: str) -> Protego | FetchError:
        try:
            found = fetch(address, allow_private=self._allow_private, limits=_LIMITS)
        except FetchError as error:
            status = error.status or 0
            none = 400 <= status < 500 and status != _TOO_MANY_REQUESTS
            return Protego.parse("") if none else error
        return Protego.parse(found.data.decode("utf-8", "replace"))
