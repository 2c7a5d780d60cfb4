"""A server on this computer that answers what a test puts there, and remembers what it was asked."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Answer(NamedTuple):
    """What is answered; ``etag`` and ``gate`` (which is waited for) if they are given."""

    body: bytes
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    etag: str = ""
    gate: threading.Event | None = None


class Pages(ThreadingHTTPServer):
    """Answers by path; what is not there is 404."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def put(self, path: str, text: str, **more: object) -> str:
        """Put a page there, and return its address."""
        self.answers[path] = Answer(text.encode(), **more)  # type: ignore[arg-type]
        return self.address + path

    def article(self, path: str, title: str, *paragraphs: str, etag: str = "") -> str:
        """Put an article there, and return its address."""
        return self.put(path, page(title, *paragraphs), etag=etag)

    def handle_error(self, request: object, client_address: object) -> None:
        """Readers may hang up."""


def page(title: str, *paragraphs: str) -> str:
    """An article as a page of HTML."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


@contextmanager
def served() -> Iterator[Pages]:
    """A running server."""
    with Pages() as pages:
        thread = threading.Thread(target=pages.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield pages
        for answer in pages.answers.values():
            if answer.gate is not None:
                answer.gate.set()
        pages.shutdown()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Pages

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output clean."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path, Answer(b"nothing here", 404))
        if answer.gate is not None:
            answer.gate.wait(60)
        same = answer.etag and self.headers["If-None-Match"] == answer.etag
        body = b"" if same else answer.body
        self.send_response(304 if same else answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.end_headers()
        self.wfile.write(body)
