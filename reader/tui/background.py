"""The work behind the screen: a worker process that reads and analyses, and what it reports."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from reader.work.child import GO, read_frames, write_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reader.index import Index
    from reader.model.analysis import PipelineInfo
    from reader.model.article import Article
    from reader.work.child import Job


class Reading(NamedTuple):
    """Bytes read so far, and in all when that is known."""

    done: int
    total: int | None


class ArticleRead(NamedTuple):
    """The source has been read. The analysis waits for :meth:`Work.go`."""

    article: Article


class Found(NamedTuple):
    """What the analysis knows so far: ``done`` of ``total`` blocks or quotations; ``complete`` at the end."""

    stage: str
    done: int
    total: int
    findings: Index

    @property
    def complete(self) -> bool:
        """Whether this is the whole analysis."""
        return self.stage == "complete"


class Failed(NamedTuple):
    """The work came to nothing. ``kind`` is "source", "pipeline" or "crash"."""

    kind: str
    title: str
    hint: str


Update = Reading | ArticleRead | Found | Failed


class Work(Protocol):
    """A job that is being done."""

    def go(self) -> None:
        """Begin to analyse the article that was read."""

    def cancel(self) -> None:
        """NamedMention at once."""


if TYPE_CHECKING:
    Deliver = Callable[[Update], None]
    Start = Callable[[Job, Deliver], Work]
    """Starts a job; updates are delivered from another thread."""


class WorkerProcess:
    """A job in a process of its own. Updates wait until somebody takes them."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "reader.work.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._cancelled = threading.Event()
        self._waiting: SimpleQueue[Update] = SimpleQueue()
        self._deliver: Deliver = self._waiting.put
        self._handover = threading.Lock()
        # A daemon: it may sit in a read when the reader quits, and nothing it holds needs saving.
        threading.Thread(target=self._listen, name="onrecord-worker", daemon=True).start()

    def first(self, timeout: float) -> Update | None:
        """Wait for what comes of reading; ``None`` when it takes longer. Before :meth:`attach` only."""
        end = time.monotonic() + timeout
        with suppress(Empty):
            while True:
                update = self._waiting.get(timeout=max(0.0, end - time.monotonic()))
                if not isinstance(update, Reading):
                    return update
        return None

    def attach(self, deliver: Deliver) -> None:
        """Deliver what has waited and what comes from now on."""
        with self._handover:
            with suppress(Empty):
                while True:
                    deliver(self._waiting.get_nowait())
            self._deliver = deliver

    def go(self) -> None:
        """Begin to analyse the article that was read."""
        with suppress(OSError, ValueError):
            assert self._process.stdin is not None
            write_frame(self._process.stdin, GO)

    def cancel(self) -> None:
        """Kill the process."""
        self._cancelled.set()
        self._process.kill()

    def _pass_on(self, update: Update) -> None:
        with self._handover:
            if not self._cancelled.is_set():
                self._deliver(update)

    def _listen(self) -> None:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        ended = False
        with suppress(OSError):
            write_frame(process.stdin, (self.job,))
            ended = report(read_frames(process.stdout), self._pass_on, self.job.article)
        process.wait()
        if not ended:
            self._pass_on(Failed("crash", "The analysis stopped unexpectedly", ""))


def start_process(job: Job, deliver: Deliver) -> Work:
    """Do a job in a process of its own."""
    work = WorkerProcess(job)
    work.attach(deliver)
    return work


def report(
    frames: Iterable[tuple[Any, ...]], deliver: Callable[[Update], None], article: Article | None = None
) -> bool:
    """Turn frames into updates. Returns whether the last one was an end (complete or failed).

    ``article`` is what is analysed, unless the frames bring it.
    """
    found: dict[str, list[Any]] = {"entities": [], "quotations": []}
    ended = False
    for kind, *content in frames:
        if kind == "progress":
            deliver(Reading(*content))
        elif kind == "article":
            article = content[0]
            deliver(ArticleRead(article))
        elif kind == "findings":
            found[content[0]] += content[1]
        elif kind == "step" and article is not None:
            stage, done, total, info = content
            deliver(Found(stage, done, total, _index(article, found, info)))
            found = {"entities": [], "quotations": []}
            ended = stage == "complete"
        elif kind == "failed":
            deliver(Failed(*content))
            ended = True
    return ended


def _index(article: Article, found: dict[str, list[Any]], info: PipelineInfo | None) -> Index:
    from reader.index import Index
    from reader.model.analysis import Analysis

    index = Index(article, Analysis(tuple(found["entities"]), tuple(found["quotations"]), info))
    # Put in order here: over there it would hold up the screen.
    _ = index.mentions, index.quotations
    return index
