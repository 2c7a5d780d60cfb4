"""Pages over HTTP, from a real server on this computer: limits, redirects, refusals."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from reader.ingest import read
from reader.model.errors import FetchError, SourceError
from reader.net.fetching import Limits, Validators, fetch
from reader.net.transport import is_public

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (
    "<html><head><title>Tide tables</title></head><body><article><h1>Tide tables</h1>"
    "<p>The tide will turn at four in the morning, the harbour master said on Tuesday, and nobody can stop"
    " it.</p>"
    "<p>“Not even the mayor,” he added, “and he has tried it <a href='more'>more than once</a> in the past."
    "”</p>"
    "<p>The next tide follows twelve hours later, as it has since the moon was hung up there.</p>"
    "</article></body></html>"
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    gate = threading.Event()

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output clean."""

    def _send(
        self, body: bytes, code: int = 200, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        page = PAGE.encode()
        if self.path == "/gzip":
            self._send(gzip.compress(page), Content_Encoding="gzip")
        elif self.path == "/deflate":
            self._send(zlib.compress(page)[2:-4], Content_Encoding="deflate")
        elif self.path == "/twice":
            self._send(gzip.compress(gzip.compress(page)), Content_Encoding="gzip, gzip")
        elif self.path == "/bomb":
            self._send(gzip.compress(bytes(60_000_000), 9), Content_Encoding="gzip")
        elif self.path == "/latin":
            self._send(
                PAGE.replace("“", '"').replace("”", '"').encode("latin-1"), kind="text/html; charset=latin-1"
            )
        elif self.path == "/redirect":
            self._send(b"", 302, Location="/dir/page")
        elif self.path == "/for-good":
            self._send(b"", 308, Location="/page")
        elif self.path == "/host":
            self._send(self.headers["Host"].encode())
        elif self.path == "/versioned":
            etag, date = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
            if etag or date:
                seen = f"{etag or '-'} {date or '-'}".encode("unicode_escape").decode("ascii")
                self._send(b"", 304, X_Seen=seen)
            else:
                self._send(
                    page, ETag='W/"caf\xe9"', Last_Modified="Thu, 26 Nov 2026 00:00:00 GMT", Retry_After="60"
                )
        elif self.path == "/circle":
            self._send(b"", 301, Location="/circle")
        elif self.path == "/file":
            self._send(b"", 302, Location="file:///etc/passwd")
        elif self.path == "/inside":
            self._send(b"", 302, Location="http://169.254.169.254/latest/meta-data")
        elif self.path == "/image":
            self._send(b"\x89PNG\r\n", kind="image/png")
        elif self.path.startswith("/status/"):
            self._send(b"no", int(self.path.rpartition("/")[2]))
        elif self.path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                while not self.gate.wait(0.02):
                    self.wfile.write(b"<p>more</p>")
            except OSError:
                pass
            self.close_connection = True
        else:
            self._send(page)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers that hang up are what these tests are about."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    _Handler.gate.clear()
    with _Server(("127.0.0.1", 0), _Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        _Handler.gate.set()
        http.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/page", "/gzip", "/deflate", "/latin", "/redirect"])
def test_a_page_is_fetched(server: str, path: str) -> None:
    article = read(server + path, allow_private=True)
    assert article.title == "Tide tables"
    assert article.source == server + path
    assert "and he has tried it more than once in the past." in article.text


def test_links_are_relative_to_where_the_redirects_ended(server: str) -> None:
    assert read(server + "/redirect", allow_private=True).links[0].url == server + "/dir/more"


def test_progress_counts_bytes(server: str) -> None:
    seen: list[tuple[int, int | None]] = []
    page = fetch(
        server + "/page", allow_private=True, progress=lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (len(page.data), len(page.data))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/bomb", "larger than"),
        ("/twice", "not asked for"),
        ("/circle", "redirects in circles"),
        ("/file", "Only http and https"),
        ("/image", "type image"),
        ("/status/404", "does not exist"),
        ("/status/403", "refuses"),
        ("/status/500", "could not be served"),
        ("/status/418", "was refused"),
    ],
)
def test_what_cannot_be_fetched_is_said(server: str, path: str, says: str) -> None:
    with pytest.raises(FetchError) as caught:
        read(server + path, allow_private=True)
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_page_that_never_ends_is_left(server: str) -> None:
    with pytest.raises(FetchError, match="too long"):
        fetch(server + "/endless", allow_private=True, limits=Limits(seconds=0.3))


def test_what_progress_raises_ends_the_fetching(server: str) -> None:
    class Enough(BaseException):
        pass

    def stop(_done: int, _total: int | None) -> None:
        raise Enough

    with pytest.raises(Enough):
        fetch(server + "/endless", allow_private=True, progress=stop)


@pytest.mark.parametrize(
    "known",
    [
        Validators(etag=b'W/"a \xe9 \\ odd, tag"'),
        Validators(last_modified=b"Thursday, 26-Nov-26 00:00:00 GMT"),
        Validators(b'"x"', b"yesterday"),
    ],
)
def test_a_version_that_we_have_is_not_fetched_again(server: str, known: Validators) -> None:
    again = fetch(server + "/versioned", unless=known, allow_private=True)
    assert again.unchanged
    assert again.data == b""
    assert again.validators == known
    # The server gives back what it was asked with, byte for byte.
    seen = again.headers["x-seen"].encode("ascii").decode("unicode_escape").encode("latin-1")
    assert seen == (known.etag or b"-") + b" " + (known.last_modified or b"-")


def test_validators_come_back_byte_for_byte(server: str) -> None:
    page = fetch(server + "/versioned", allow_private=True)
    assert not page.unchanged
    assert page.data == PAGE.encode()
    assert page.validators == Validators(b'W/"caf\xe9"', b"Thu, 26 Nov 2026 00:00:00 GMT")
    assert page.headers["retry-after"] == "60"


@pytest.mark.parametrize(("path", "moved"), [("/page", None), ("/redirect", None), ("/for-good", "/page")])
def test_a_move_for_good_is_told_from_a_detour(server: str, path: str, moved: str | None) -> None:
    page = fetch(server + path, allow_private=True)
    assert page.moved == (moved and server + moved)


def test_too_many_redirects_are_said(server: str) -> None:
    with pytest.raises(FetchError, match="circles"):
        fetch(server + "/redirect", allow_private=True, limits=Limits(redirects=0))


def test_a_page_may_be_as_large_as_the_limit(server: str) -> None:
    size = len(PAGE.encode())
    assert len(fetch(server + "/page", allow_private=True, limits=Limits(size=size)).data) == size
    with pytest.raises(FetchError, match="larger than"):
        fetch(server + "/gzip", allow_private=True, limits=Limits(size=size - 1))


def test_a_name_is_looked_up_once_and_used_as_it_is(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lookups: list[str] = []
    real = socket.getaddrinfo

    def counted(host: str, *arguments: Any, **options: Any) -> Any:
        lookups.append(host)
        return real("127.0.0.1" if host == "news.example" else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", counted)
    page = fetch(server.replace("127.0.0.1", "news.example") + "/host", allow_private=True)
    assert page.data.decode().startswith("news.example:")  # the server is asked by its name
    assert [host for host in lookups if host != "127.0.0.1"] == ["news.example"]


def test_the_local_network_is_refused(server: str) -> None:
    with pytest.raises(FetchError, match="local network"):
        read(server + "/page")


def test_every_redirect_is_checked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The first server counts as public for once; where it redirects to does not.
    monkeypatch.setattr("reader.net.transport.is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match="local network"):
        read(server + "/inside")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3",
        "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
)
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["http://", "https://[::1", "http://a b/", "http://exa\x1b[31mmple\u202e.invalid/"]
)
def test_an_address_that_is_none_is_said_safely(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(address)
    assert str(caught.value).isprintable()


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(FetchError, match="cannot be reached"):
        read("http://127.0.0.1:1/", allow_private=True)
