"""Fetching a web page: http and https only, bounded in time, size and redirects, and never the local network.

The address that a name resolves to is checked and then used as it is, so that a name cannot lead somewhere
else between the check and the connection. Every redirect is checked the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from reader.model.errors import Cancelled, FetchError
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOTAL_TIME = 30.0
"""Seconds that a page may take, redirects included."""
MAX_BYTES = 20 << 20
"""Bytes of a page, after decompression."""
MAX_REDIRECTS = 8
_TIMEOUT = httpx.Timeout(10.0, connect=8.0)
_AGENT = "Mozilla/5.0 (compatible; onrecord; a reader in the terminal)"
_ACCEPT = "text/html,application/xhtml+xml,text/*;q=0.9,*/*;q=0.5"
_CHUNK = 1 << 16
_UNREADABLE = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "application/zip",
    "application/gzip",
    "application/javascript",
)
_STATUS = {
    401: ("asks for a password", "Open it in a browser, save the page, and open the saved file"),
    402: ("is behind a paywall", "Open it in a browser, save the page, and open the saved file"),
    403: ("refuses to be read by programs", "Open it in a browser, save the page, and open the saved file"),
    404: ("does not exist (404)", "Check the address"),
    410: ("is gone (410)", "Look for it in a web archive"),
    429: ("is answering too many requests (429)", "Try again in a few minutes"),
    451: ("is blocked for legal reasons (451)", "It may be readable from another country"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched document, decompressed; ``address`` is where the redirects ended."""

    data: bytes
    address: str
    content_type: str


def fetch(
    address: str,
    *,
    progress: Callable[[int, int | None], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    allow_private: bool = False,
    total_time: float = TOTAL_TIME,
    max_bytes: int = MAX_BYTES,
) -> Page:
    """Fetch a page.

    ``progress`` is called with bytes so far and in all (None when unknown); ``cancelled`` is asked between
    them. Raises :class:`FetchError` when the page cannot be had within the limits, :class:`Cancelled` when
    ``cancelled`` turned true.
    """
    result: list[Page | BaseException] = []
    stop = threading.Event()
    job = _Fetch(progress, stop, allow_private, time.monotonic() + total_time, max_bytes)

    def work() -> None:
        try:
            result.append(job.run(address))
        except BaseException as error:  # handed to the caller's thread, whatever it is
            result.append(error)

    # In a thread of its own: a name server that does not answer cannot be interrupted, but can be left.
    thread = threading.Thread(target=work, name="onrecord-fetch", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.05)
        if cancelled and cancelled():
            stop.set()
            raise Cancelled(f"Fetching {printable(address)} was stopped")
        if time.monotonic() > job.deadline + 1:
            stop.set()
            raise job.too_slow(address)
    outcome = result[0]
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


class _Fetch:
    """One page being fetched."""

    def __init__(
        self,
        progress: Callable[[int, int | None], None] | None,
        stop: threading.Event,
        allow_private: bool,
        deadline: float,
        max_bytes: int,
    ) -> None:
        self.progress = progress
        self.stop = stop
        self.allow_private = allow_private
        self.deadline = deadline
        self.max_bytes = max_bytes

    def run(self, address: str) -> Page:
        """Fetch the page, following its redirects."""
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            for _ in range(MAX_REDIRECTS + 1):
                page = self._request(client, address)
                if isinstance(page, Page):
                    return page
                address = page
        raise FetchError(
            f"{printable(address)} redirects in circles", "Open it in a browser and save the page"
        )

    def too_slow(self, address: str) -> FetchError:
        """Return the error for a page that takes too long."""
        return FetchError(
            f"{printable(address)} took too long to answer", "Try again, or save the page in a browser"
        )

    def _request(self, client: httpx.Client, address: str) -> Page | str:
        """Return the page at an address, or the address that it redirects to."""
        shown = printable(address)
        url, addresses = self._checked(address)
        host = url.raw_host.decode("ascii")
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": _AGENT,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        for number, pinned in enumerate(addresses, 1):
            request = client.build_request(
                "GET",
                url.copy_with(host=pinned, userinfo=b""),
                headers=headers,
                extensions={"sni_hostname": host},
            )
            try:
                return self._answer(client.send(request, stream=True), url)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                if number < len(addresses) and time.monotonic() < self.deadline:
                    continue
                raise _unreachable(shown, str(error)) from None
            except httpx.TimeoutException:
                raise self.too_slow(address) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error, ValueError) as error:
                raise FetchError(
                    f"{shown} could not be fetched ({printable(type(error).__name__, 40)})",
                    "Try again, or save the page in a browser",
                ) from None
        raise _unreachable(shown, "")

    def _answer(self, response: httpx.Response, url: httpx.URL) -> Page | str:
        shown = printable(str(url))
        try:
            if response.is_redirect:
                return str(url.join(response.headers["location"]))
            if response.is_error:
                what, hint = _STATUS.get(
                    response.status_code,
                    (f"could not be served ({response.status_code})", "Try again later")
                    if response.is_server_error
                    else (f"was refused ({response.status_code})", "Check the address"),
                )
                raise FetchError(f"{shown} {what}", hint)
            return self._body(response, str(url))
        finally:
            response.close()

    def _checked(self, address: str) -> tuple[httpx.URL, list[str]]:
        """Return the parsed address and the network addresses that its host may be reached at."""
        shown = printable(address)
        try:
            url = httpx.URL(address)
            port = url.port or (443 if url.scheme == "https" else 80)
        except (httpx.InvalidURL, ValueError, UnicodeError):
            raise FetchError(
                f"{shown} is not a web address", "It must look like https://example.org/article"
            ) from None
        if url.scheme not in ("http", "https") or not url.host:
            raise FetchError(f"{shown} is not a web address", "Only http and https addresses can be read")
        try:
            found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise FetchError(
                f"The name {printable(url.host, 80)} could not be looked up",
                "Check the address and the network connection",
            ) from None
        addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
        if not self.allow_private and not all(_public(each) for each in addresses):
            raise FetchError(
                f"{shown} leads into the local network",
                "If you trust it, allow private addresses and try again",
            )
        return url, sorted(addresses, key=lambda each: ":" in each)[:4]

    def _body(self, response: httpx.Response, address: str) -> Page:
        shown = printable(address)
        kind = response.headers.get("content-type", "").strip()
        if kind.lower().startswith(_UNREADABLE):
            what = kind.partition(";")[0].partition("/")[0]
            raise FetchError(
                f"{shown} is no article but a file of type {printable(what, 40)}", "Open it in a browser"
            )
        length = response.headers.get("content-length", "")
        total = (
            int(length)
            if length.isascii() and length.isdigit() and "content-encoding" not in response.headers
            else None
        )
        too_large = FetchError(
            f"{shown} is larger than {self.max_bytes >> 20} MB", "Save the page and cut out the article"
        )
        if total and total > self.max_bytes:
            raise too_large
        chunks: list[bytes] = []
        size = 0
        for chunk in _pieces(response):
            size += len(chunk)
            if size > self.max_bytes:
                raise too_large
            if self.stop.is_set() or time.monotonic() > self.deadline:
                raise self.too_slow(address)
            chunks.append(chunk)
            if self.progress:
                self.progress(size, total)
        return Page(b"".join(chunks), address, kind)


def _unreachable(shown: str, reason: str) -> FetchError:
    if "CERTIFICATE" in reason.upper() or "SSL" in reason.upper():
        return FetchError(
            f"{shown} has no valid security certificate", "Check the address and this computer's clock"
        )
    return FetchError(f"{shown} cannot be reached", "Check the address and the network connection")


def _pieces(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body decompressed, in pieces of bounded size.

    One layer of gzip or deflate is undone: a bomb may be wrapped several times.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw(_CHUNK)
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError("unknown content encoding")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    for chunk in response.iter_raw(_CHUNK):
        data = chunk
        while data:
            try:
                piece = unpacker.decompress(data, _CHUNK * 4)
            except zlib.error:
                if not first:
                    raise
                unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers send deflate without its header
                piece = unpacker.decompress(data, _CHUNK * 4)
            first = False
            yield piece
            data = unpacker.unconsumed_tail
    yield unpacker.flush()


def _public(address: str) -> bool:
    """Whether an address is on the open internet: not this computer's, not its network's, nor reserved."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return _public(str(inner))
    return found.is_global and not found.is_multicast
