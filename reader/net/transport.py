"""A transport for httpx that never leads into the local network unless told to.

The address that a name resolves to is checked and then used as it is, so that a name cannot lead somewhere
else between the check and the connection. A client that follows redirects asks its transport for each, so
each is checked the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from functools import cache
from typing import TYPE_CHECKING

import httpx

from reader.model.errors import FetchError
from reader.text.safety import printable

if TYPE_CHECKING:
    import ssl

_MOST_ADDRESSES = 4
_MAKING = threading.Lock()


class CheckedTransport(httpx.BaseTransport):
    """Connects to the addresses that a host resolves to, one after the other, once all are checked.

    ``deadline`` (on the clock of :func:`time.monotonic`) ends the attempts. Raises :class:`FetchError` for
    what is no web address, cannot be looked up, or leads into the local network without ``allow_private``.
    """

    def __init__(self, *, allow_private: bool, deadline: float) -> None:
        self._allow_private, self._deadline = allow_private, deadline
        self._inner = httpx.HTTPTransport(verify=_trust(), trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to a checked address."""
        url = request.url
        addresses = resolved(url, allow_private=self._allow_private)
        for number, address in enumerate(addresses, 1):
            pinned = httpx.Request(
                request.method,
                url.copy_with(host=address),
                headers=request.headers,  # with the host by its name
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": url.raw_host.decode("ascii")},
            )
            try:
                return self._inner.handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(addresses) or time.monotonic() > self._deadline:
                    raise
        raise httpx.ConnectError("no address", request=request)

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


def _trust() -> ssl.SSLContext:
    """Whose certificates count. Made once: reading them takes longer than most answers do."""
    with _MAKING:
        return _context()


@cache
def _context() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def web_address(address: str) -> httpx.URL:
    """Return an address that can be fetched, without the credentials in it.

    Raises :class:`FetchError` when it is none.
    """
    try:
        url = httpx.URL(address)
        _ = url.port
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise FetchError(
            f"{printable(address)} is not a web address", "It must look like https://example.org/article"
        ) from None
    _require_web(url)
    return url.copy_with(userinfo=b"")


def _require_web(url: httpx.URL) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(
            f"{printable(str(url))} is not a web address", "Only http and https addresses can be read"
        )


def resolved(url: httpx.URL, *, allow_private: bool) -> list[str]:
    """Return the network addresses that a host may be reached at, those of version 4 first."""
    _require_web(url)
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(
            f"The name {printable(url.host, 80)} could not be looked up",
            "Check the address and the network connection",
            unreachable=True,
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not allow_private and not all(map(is_public, addresses)):
        raise FetchError(
            f"{printable(str(url))} leads into the local network",
            "If you trust it: --allow-private, or private_addresses = true in the settings",
        )
    return sorted(addresses, key=lambda each: ":" in each)[:_MOST_ADDRESSES]


def is_public(address: str) -> bool:
    """Whether an address is on the open internet: not this computer's, not its network's, nor reserved."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast
