"""Heavy or hostile documents are taken apart in a process of their own, which can be stopped at any moment.

A thread cannot be stopped inside a parser; a process can, and its memory goes with it. Starting one
costs about half a second, so small pages are read in the caller's process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reader.ingest.assembly import Dropped, Metadata, Piece
from reader.model.article import Link
from reader.model.errors import Cancelled, MissingExtraError, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    Extraction = tuple[list[Piece | Dropped], Metadata, tuple[str, ...]]

PROCESSOR_LIMIT = 10
"""Seconds of processor time that one document may take, where the system can limit it."""
TIME_LIMIT = 30.0
"""Seconds that one document may take, waiting for a busy machine included."""
MEMORY_LIMIT = 3 << 30
"""Bytes of address space that the process may use, where the system can limit it."""
_POLL = 0.05


class TooHeavy(Exception):
    """A document was not done within the limits."""


def isolated(
    task: str,
    data: bytes,
    *,
    address: str | None = None,
    cancelled: Callable[[], bool] | None = None,
    time_limit: float | None = None,
) -> Extraction:
    """Run an extraction ("html", "markdown", "pdf" or "docx") in a process of its own and return its result.

    Raises :class:`TooHeavy` beyond the limits, :class:`Cancelled` soon after ``cancelled`` turns true, and
    the :class:`SourceError` that the extraction raised.
    """
    header = json.dumps({"task": task, "address": address}).encode() + b"\n"
    # -P keeps the current folder, which may hold a hostile "reader.py", off the import path.
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "reader.ingest.extraction"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    outputs: list[bytes] = []

    # communicate() with a timeout drops the input that it had not written; in a thread it needs none.
    def converse() -> None:
        outputs.append(process.communicate(header + data)[0])

    talk = threading.Thread(target=converse, name="onrecord-extraction", daemon=True)
    deadline = time.monotonic() + (TIME_LIMIT if time_limit is None else time_limit)
    talk.start()
    try:
        while talk.is_alive():
            talk.join(_POLL)
            if cancelled and cancelled():
                raise Cancelled("Reading the document was stopped")
            if time.monotonic() > deadline:
                raise TooHeavy
    finally:
        if process.poll() is None:
            process.kill()
        talk.join()
    if process.returncode or not outputs:
        raise TooHeavy
    return _decoded(json.loads(outputs[0]))


def encoded(extraction: Extraction) -> str:
    """Return an extraction as JSON."""
    items, metadata, notices = extraction
    return json.dumps(
        {
            "items": [
                [item.line, item.text, item.reason]
                if isinstance(item, Dropped)
                else [
                    item.line,
                    item.text,
                    item.kind,
                    [[link.start, link.end, link.url] for link in item.links],
                ]
                for item in items
            ],
            "metadata": asdict(metadata),
            "notices": notices,
        }
    )


def encoded_error(error: SourceError) -> str:
    """Return an error as JSON."""
    return json.dumps(
        {"error": error.title, "hint": error.hint, "extra": isinstance(error, MissingExtraError)}
    )


def _decoded(answer: dict[str, Any]) -> Extraction:
    if "error" in answer:
        kind = MissingExtraError if answer["extra"] else SourceError
        raise kind(answer["error"], answer["hint"])
    items: list[Piece | Dropped] = [
        Dropped(*item)
        if len(item) == 3
        else Piece(item[2], item[1], item[0], tuple(Link(*link) for link in item[3]))
        for item in answer["items"]
    ]
    return items, Metadata(**answer["metadata"]), tuple(answer["notices"])
