"""Heavy or hostile documents are taken apart in a process of their own, which can be stopped at any moment.

A thread cannot be stopped inside a parser; a process can, and its memory goes with it. Starting one
costs about half a second, so small pages are read in the caller's process.
"""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.errors import MissingExtraError, SourceError
from reader.processes import Process

if TYPE_CHECKING:
    from reader.ingest.assembly import Draft, Dropped, Metadata
    from reader.ingest.sniffing import Kind

    Extraction = tuple[list[Draft | Dropped], Metadata, tuple[str, ...]]

PROCESSOR_LIMIT = 10
"""Seconds of processor time that one document may take, where the system can limit it."""
TIME_LIMIT = 30.0
"""Seconds that one document may take, waiting for a busy machine included."""
MEMORY_LIMIT = 3 << 30
"""Bytes of address space that the process may use, where the system can limit it."""


class TooHeavy(Exception):
    """A document was not done within the limits."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the process is asked to take apart. ``address`` is where a page came from."""

    kind: Kind
    data: bytes
    address: str | None


@dataclass(frozen=True, slots=True)
class Extracted:
    """Its answer."""

    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Refused:
    """Its answer when the document cannot be read."""

    title: str
    hint: str
    missing_extra: bool


def isolated(
    kind: Kind, data: bytes, *, address: str | None = None, time_limit: float | None = None
) -> Extraction:
    """Take a document apart in a process of its own and return what is in it.

    Raises :class:`TooHeavy` beyond the limits, and the :class:`SourceError` that the extraction raised. The
    process belongs to the group of this one, and ends when this one has gone.
    """
    process = Process("reader.ingest.extraction")
    alarm = threading.Timer(TIME_LIMIT if time_limit is None else time_limit, process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        with closing(process.messages()) as messages:
            process.send(Document(kind, data, address))
            answer: Extracted | Refused | None = next(messages, None)
    finally:
        alarm.cancel()
    if answer is None:
        raise TooHeavy
    if isinstance(answer, Refused):
        raise (MissingExtraError if answer.missing_extra else SourceError)(answer.title, answer.hint)
    return answer.extraction
