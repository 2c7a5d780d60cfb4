"""A server of feeds on this computer, with everything that servers do to readers of feeds."""

from __future__ import annotations

import gzip
import ssl
import threading
import zlib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def rss(*items: str, channel: str = "", title: str = "Harbour news") -> bytes:
    """Return a feed with some items."""
    inside = "".join(items)
    return f'<rss version="2.0"><channel><title>{title}</title>{channel}{inside}</channel></rss>'.encode()


def item(name: str, text: str = "The tide turned at four.", *, title: str = "", more: str = "") -> str:
    """Return an item that is called by a name and leads to a page of that name."""
    return (
        f"<item><guid>{name}</guid><link>/page/{name}</link><title>{title or f'Story {name}'}</title>"
        f"<description>{text}</description>{more}</item>"
    )


@dataclass
class Answer:
    """What the server says at one path. ``after`` is said from the second request on."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/rss+xml"
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None
    endless: bool = False


class Newsroom:
    """A running server: what it says can be changed at any time, and what it was asked is counted."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.heard: dict[str, dict[str, str]] = {}
        self.at_once: dict[str, int] = {}
        self.most_at_once: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.closing = threading.Event()

    def address(self, path: str, host: int = 1) -> str:
        """Return the address of a path on one of many hosts that are all this computer."""
        return f"http://127.0.0.{host}:{self.port}{path}"

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Let a path answer so from now on; return its address on the first host."""
        kind = headers.pop("kind", "application/rss+xml")
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(body, status, kind, names)
        return self.address(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    newsroom: Newsroom

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        room, host = self.newsroom, self.headers["Host"]
        with room.lock:
            room.asked[self.path] += 1
            room.heard[self.path] = dict(self.headers.items())
            room.at_once[host] = room.at_once.get(host, 0) + 1
            room.most_at_once[host] = max(room.most_at_once[host], room.at_once[host])
        try:
            self._answer(room.answers.get(self.path) or Answer(status=404))
        except OSError:
            self.close_connection = True
        finally:
            with room.lock:
                room.at_once[host] -= 1

    def _answer(self, answer: Answer) -> None:
        if answer.wait is not None:
            answer.wait.wait(20)
        etag, body, status = answer.headers.get("ETag"), answer.body, answer.status
        if etag is not None and self.headers["If-None-Match"] == etag:
            body, status = b"", 304
        self.send_response(status)
        self.send_header("Content-Type", answer.kind)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.endless:
            self.end_headers()
            while not self.newsroom.closing.wait(0.01):
                self.wfile.write(b"<!-- more -->" * 1000)
            self.close_connection = True
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers that hang up are what these tests are about."""


@contextmanager
def newsroom(certificate: Path | None = None) -> Iterator[Newsroom]:
    """Run a server for as long as the block lasts; with a certificate it speaks TLS."""
    handler: type[_Handler] = type("Handler", (_Handler,), {})
    with _Server(("0.0.0.0", 0), handler) as http:  # every 127.x.y.z is one more host
        if certificate is not None:
            secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            secure.load_cert_chain(certificate)
            http.socket = secure.wrap_socket(http.socket, server_side=True)
        room = handler.newsroom = Newsroom(http.server_port)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield room
        finally:
            room.closing.set()
            http.shutdown()
            thread.join()


def bomb(size: int) -> bytes:
    """Return zeros of a size, compressed."""
    return gzip.compress(bytes(size), 9)


def deflated(body: bytes) -> bytes:
    """Return a body as servers send it that leave out what should stand around it."""
    return zlib.compress(body)[2:-4]
