"""Fetching a document: http and https only, bounded in time, size and redirects, and only when it is new."""

from __future__ import annotations

import threading
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from reader.model.errors import FetchError
from reader.net.body import ENCODINGS, announced, pieces
from reader.net.transport import CheckedTransport, web_address
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[int, int | None], None]
    Permit = Callable[[str], None]

_TIMEOUT = httpx.Timeout(10.0, connect=8.0)
OUR_NAME = "onrecord"
"""The name that rules for programs (robots.txt) know us by."""

_AGENT = f"Mozilla/5.0 (compatible; {OUR_NAME}; a reader in the terminal)"
PAGES = "text/html,application/xhtml+xml,text/*;q=0.9,*/*;q=0.5"
FEEDS = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
_NOT_MODIFIED = 304
_FOR_GOOD = (301, 308)
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
class Limits:
    """Seconds in all, redirects included; bytes after decompression; redirects."""

    seconds: float = 30.0
    size: int = 20 << 20
    redirects: int = 8


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that we have, byte for byte: to be given back as it came."""

    etag: bytes | None = None
    last_modified: bytes | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a request.

    ``address`` is where the redirects ended, ``moved`` where the document lives from now on, if all of them
    were for good. ``unchanged`` says that the version whose validators were given is still the current one:
    then there is no ``data``. ``headers`` are those of the last response, names in lower case.
    """

    data: bytes
    address: str
    content_type: str
    headers: dict[str, str]
    validators: Validators
    unchanged: bool = False
    moved: str | None = None


def fetch(
    address: str,
    *,
    unless: Validators | None = None,
    progress: Progress | None = None,
    allow_private: bool = False,
    limits: Limits | None = None,
    accept: str = PAGES,
    permit: Permit | None = None,
) -> Fetched:
    """Fetch a document, unless it is still the version that the validators belong to.

    ``accept`` says which types are wanted (RFC 9110). ``progress`` is called with bytes so far and in all
    (None when unknown), ``permit`` with every address before it is asked, those of redirects included; what
    they raise ends the fetching.
    Raises :class:`FetchError` when the document cannot be had within the limits.
    """
    limits = limits or Limits()
    outcome: list[Fetched | BaseException] = []
    job = _Fetch(unless or Validators(), progress, allow_private, limits, accept, permit)

    def work() -> None:
        try:
            outcome.append(job.run(address))
        except BaseException as error:  # handed to the caller's thread, whatever it is
            outcome.append(error)

    # In a thread of its own: a name server that does not answer cannot be interrupted, but can be left.
    thread = threading.Thread(target=work, name="onrecord-fetch", daemon=True)
    thread.start()
    thread.join(limits.seconds + 1)
    if not outcome:
        job.given_up.set()
        raise _too_slow(printable(address))
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


class _Fetch:
    """One document being fetched."""

    def __init__(
        self,
        unless: Validators,
        progress: Progress | None,
        allow_private: bool,
        limits: Limits,
        accept: str,
        permit: Permit | None,
    ) -> None:
        self._unless, self._progress, self._limits, self._accept = unless, progress, limits, accept
        self._allow_private, self._permit = allow_private, permit
        self._deadline = time.monotonic() + limits.seconds
        self.given_up = threading.Event()

    def run(self, address: str) -> Fetched:
        """Fetch the document, following its redirects."""
        shown = printable(address)
        transport = CheckedTransport(allow_private=self._allow_private, deadline=self._deadline)
        with httpx.Client(
            transport=transport,
            timeout=_TIMEOUT,
            follow_redirects=True,
            max_redirects=self._limits.redirects,
            trust_env=False,
            event_hooks={"request": [self._ask]},
        ) as client:
            try:
                with client.stream("GET", web_address(address), headers=self._headers()) as response:
                    return self._answer(response)
            except httpx.TooManyRedirects:
                raise FetchError(
                    f"{shown} redirects in circles", "Open it in a browser and save the page"
                ) from None
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                raise _unreachable(_where(error, shown), str(error)) from None
            except httpx.TimeoutException as error:
                raise _too_slow(_where(error, shown)) from None
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, zlib.error, ValueError) as error:
                raise FetchError(
                    f"{shown} could not be fetched ({printable(type(error).__name__, 40)})",
                    "Try again, or save the page in a browser",
                ) from None

    def _ask(self, request: httpx.Request) -> None:
        if self._permit is not None:
            self._permit(str(request.url))

    def _headers(self) -> list[tuple[bytes, bytes]]:
        headers = [
            (b"User-Agent", _AGENT.encode()),
            (b"Accept", self._accept.encode()),
            (b"Accept-Encoding", ENCODINGS.encode()),
        ]
        if self._unless.etag is not None:
            headers.append((b"If-None-Match", self._unless.etag))
        if self._unless.last_modified is not None:
            headers.append((b"If-Modified-Since", self._unless.last_modified))
        return headers

    def _answer(self, response: httpx.Response) -> Fetched:
        shown = printable(str(response.url))
        unchanged = response.status_code == _NOT_MODIFIED
        if not unchanged and not response.is_success:
            what, hint = _STATUS.get(
                response.status_code,
                (f"could not be served ({response.status_code})", "Try again later")
                if response.is_server_error
                else (f"was refused ({response.status_code})", "Check the address"),
            )
            raise FetchError(
                f"{shown} {what}", hint, status=response.status_code, headers=dict(response.headers)
            )
        kind = response.headers.get("content-type", "").strip()
        moved = response.history and all(each.status_code in _FOR_GOOD for each in response.history)
        return Fetched(
            b"" if unchanged else self._body(response, kind, shown),
            str(response.url),
            kind,
            dict(response.headers),
            self._unless if unchanged else _validators(response),
            unchanged,
            str(response.url) if moved else None,
        )

    def _body(self, response: httpx.Response, kind: str, shown: str) -> bytes:
        if kind.lower().startswith(_UNREADABLE):
            what = kind.partition(";")[0].partition("/")[0]
            raise FetchError(
                f"{shown} is no article but a file of type {printable(what, 40)}", "Open it in a browser"
            )
        too_large = FetchError(
            f"{shown} is larger than {self._limits.size >> 20} MB", "Save the page and cut out the article"
        )
        total = announced(response)
        if total and total > self._limits.size:
            raise too_large
        chunks: list[bytes] = []
        size = 0
        for chunk in pieces(response):
            size += len(chunk)
            if size > self._limits.size:
                raise too_large
            if self.given_up.is_set() or time.monotonic() > self._deadline:
                raise _too_slow(shown)
            chunks.append(chunk)
            if self._progress:
                self._progress(size, total)
        return b"".join(chunks)


def _validators(response: httpx.Response) -> Validators:
    raw = {name.lower(): value for name, value in response.headers.raw}
    return Validators(raw.get(b"etag"), raw.get(b"last-modified"))


def _where(error: httpx.RequestError, shown: str) -> str:
    """Return the address that an error is about: that of the redirect, where there was one."""
    try:
        return printable(str(error.request.url))
    except RuntimeError:  # the error knows no request
        return shown


def _too_slow(shown: str) -> FetchError:
    return FetchError(f"{shown} took too long to answer", "Try again, or save the page in a browser")


def _unreachable(shown: str, reason: str) -> FetchError:
    if "CERTIFICATE" in reason.upper() or "SSL" in reason.upper():
        return FetchError(
            f"{shown} has no valid security certificate", "Check the address and this computer's clock"
        )
    return FetchError(
        f"{shown} cannot be reached", "Check the address and the network connection", unreachable=True
    )
