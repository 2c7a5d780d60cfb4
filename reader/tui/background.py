"""The work behind the screen: a worker process that reads and analyses, and what it reports."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.analysis import Analysis, PipelineInfo
from reader.tui.highlights import Highlights
from reader.worker import Job, read_frames, write_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.article import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """Bytes read so far, and in all when that is known."""

    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """The source has been read."""

    article: Article


@dataclass(frozen=True, slots=True)
class Found:
    """What the analysis knows so far: ``done`` of ``total`` blocks or quotations; ``complete`` at the end."""

    stage: str
    done: int
    total: int
    highlights: Highlights

    @property
    def complete(self) -> bool:
        """Whether this is the whole analysis."""
        return self.stage == "complete"


@dataclass(frozen=True, slots=True)
class Failed:
    """The work came to nothing. ``kind`` is "source", "pipeline" or "crash"."""

    kind: str
    title: str
    hint: str


Update = Reading | ArticleRead | Found | Failed

if TYPE_CHECKING:
    Deliver = Callable[[Update], None]
    Cancel = Callable[[], None]
    Start = Callable[[Job, Deliver], Cancel]
    """Start a job; updates are delivered from another thread. Returns what stops it at once."""


def start_process(job: Job, deliver: Deliver) -> Cancel:
    """Do a job in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "reader.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    cancelled = threading.Event()

    def pass_on(update: Update) -> None:
        if not cancelled.is_set():
            deliver(update)

    def listen() -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_frame(process.stdin, (job,))
            ended = report(read_frames(process.stdout), pass_on)
        except OSError:
            ended = False
        status = process.wait()
        if not ended and (status or job.analyse) and not cancelled.is_set():
            deliver(Failed("crash", "The analysis stopped unexpectedly", "r starts it again"))

    # A daemon: it may sit in a read when the reader quits, and nothing it holds needs saving.
    threading.Thread(target=listen, name="onrecord-worker", daemon=True).start()

    def cancel() -> None:
        cancelled.set()
        process.kill()

    return cancel


def report(frames: Iterable[tuple[Any, ...]], deliver: Callable[[Update], None]) -> bool:
    """Turn frames into updates. Returns whether the last one was an end (complete or failed)."""
    found: dict[str, list[Any]] = {"entities": [], "quotations": []}
    ended = False
    for kind, *content in frames:
        if kind == "progress":
            deliver(Reading(*content))
        elif kind == "article":
            deliver(ArticleRead(content[0]))
        elif kind == "findings":
            found[content[0]] += content[1]
        elif kind == "step":
            stage, done, total, info = content
            deliver(Found(stage, done, total, _highlights(found, info)))
            found = {"entities": [], "quotations": []}
            ended = stage == "complete"
        elif kind == "failed":
            deliver(Failed(*content))
            ended = True
    return ended


def _highlights(found: dict[str, list[Any]], info: PipelineInfo | None) -> Highlights:
    return Highlights(Analysis(tuple(found["entities"]), tuple(found["quotations"]), info))
