"""Jobs for a warm child: whoever gives one gets its updates, already in the form that a screen asks from.

Nothing here knows a screen: updates are delivered from a listening thread, in which the index over what has
been found is built as well.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reader.processes import Process
from reader.work.messages import (
    ArticleRead,
    Begin,
    BytesRead,
    Done,
    Findings,
    GoOn,
    JobFailed,
    NotKept,
    Prepare,
    Progress,
    Remembered,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.index import Index
    from reader.model.analysis import Entity, Quotation
    from reader.model.article import Article
    from reader.work.messages import Job, Order, Report

__all__ = [
    "ArticleRead",
    "BytesRead",
    "Client",
    "Found",
    "JobFailed",
    "NotKept",
    "Remembered",
    "Update",
    "Work",
]

# A child between two paragraphs stops sooner than this; one inside a parser would never know.
_SECONDS_TO_STOP = 0.5
CRASHED = JobFailed("crash", "The analysis stopped unexpectedly", "It may need more memory than there is")


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


Update = BytesRead | Remembered | ArticleRead | Found | JobFailed | NotKept


if TYPE_CHECKING:

    class Running(Protocol):
        """A job that is being done."""

        def go(self) -> None:
            """Begin to analyse the article that was read."""

        def cancel(self) -> None:
            """Stop; nothing more is delivered."""

    Deliver = Callable[[Update], None]
    Start = Callable[[Job, Deliver], Running]
    """Starts a job; updates are delivered from another thread."""


class Work:
    """A job of a :class:`Client`. Updates wait until somebody takes them."""

    def __init__(self, number: int, job: Job, client: Client) -> None:
        self.number, self.job = number, job
        self.ended = False
        """Whether nothing more will come of it: it is complete, has failed or was cancelled."""
        self._client = client
        self._article = job.article
        self._entities: list[Entity] = []
        self._quotations: list[Quotation] = []
        self._waiting: SimpleQueue[Update] = SimpleQueue()
        self._deliver: Deliver = self._waiting.put
        self._handover = threading.Lock()

    def first(self, timeout: float) -> Update | None:
        """Wait for what comes of reading; ``None`` when it takes longer (seconds). Before :meth:`attach`.

        Called again it waits for what comes next.
        """
        end = time.monotonic() + timeout
        with suppress(Empty):
            while True:
                update = self._waiting.get(timeout=max(0.0, end - time.monotonic()))
                if not isinstance(update, BytesRead):
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
        self._client.tell(self, GoOn(self.number))

    def cancel(self) -> None:
        """Stop: at the next paragraph, or by the child's death when it does not answer soon."""
        if not self.ended:
            self.ended = True
            self._client.stop(self)

    def take(
        self, content: BytesRead | Remembered | ArticleRead | Findings | Progress | JobFailed | NotKept
    ) -> None:
        """Make an update of what the child reports; called from the listening thread."""
        if isinstance(content, Findings):
            self._entities += content.entities
            self._quotations += content.quotations
        elif isinstance(content, Progress):
            found = self._found(content)
            if found.complete:
                self._end(found)
            else:
                self._pass_on(found)
        elif isinstance(content, JobFailed):
            self._end(content)
        elif isinstance(content, NotKept):
            with self._handover:
                self._deliver(content)  # it may come when everything is known already
        else:
            if isinstance(content, ArticleRead):
                self._article = content.article
            self._pass_on(content)

    def _end(self, update: Update) -> None:
        with self._handover:
            if not self.ended:
                self.ended = True
                self._deliver(update)

    def _pass_on(self, update: Update) -> None:
        with self._handover:
            if not self.ended:
                self._deliver(update)

    def _found(self, step: Progress) -> Found:
        from reader.index import Index
        from reader.model.analysis import Analysis

        analysis = Analysis(tuple(self._entities), tuple(self._quotations), step.pipeline)
        self._entities.clear()
        self._quotations.clear()
        article: Article | None = self._article
        assert article is not None
        index = Index(article, analysis)
        # Put in order here: over there it would hold up the screen.
        index.prepare()
        return Found(step.stage, step.done, step.total, index)


class Client:
    """Gives jobs to a child, one at a time: a new job ends the one before.

    The child stays for the next job. It is replaced when it has died, and when it does not stop soon after a
    job was cancelled; the new one loads the pipeline at once, so that the next job need not wait for it.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._process: Process | None = None
        self._work: Work | None = None  # the latest; only it may still be wanted
        self._number = 0
        self._unfinished: set[int] = set()  # jobs that the child has not done with
        self._closed = False

    def start(self, job: Job, deliver: Deliver | None = None) -> Work:
        """Begin a job. Without ``deliver`` the updates wait for :meth:`Work.attach`."""
        with self._lock:
            if self._work is not None:
                self._work.cancel()
            self._number += 1
            self._work = work = Work(self._number, job, self)
            if deliver is not None:
                work.attach(deliver)
            self._send(Begin(work.number, job))
            return work

    def prepare(self, pipeline: str | None) -> None:
        """Have a child ready that has loaded the pipeline, while nobody waits for it."""
        with self._lock:
            self._send(Prepare(pipeline))

    def close(self) -> None:
        """End the child with all that it has started; nothing more is delivered."""
        with self._lock:
            self._closed = True
            if self._work is not None:
                self._work.ended = True
            if self._process is not None:
                self._process.kill()

    @property
    def pid(self) -> int | None:
        """The number of the child's process, if there is one."""
        return self._process.pid if self._process is not None else None

    def tell(self, work: Work, order: Order) -> None:
        """Send an order about a job, if the child still has it."""
        with self._lock:
            if work.number in self._unfinished and self._process is not None:
                self._process.send(order)

    def stop(self, work: Work) -> None:
        """Have the child leave a job, or replace it if it does not soon."""
        with self._lock:
            process = self._process
            if process is None or work.number not in self._unfinished:
                return
            process.send(Stop(work.number))
        timer = threading.Timer(_SECONDS_TO_STOP, self._insist, (process, work))
        timer.daemon = True
        timer.start()

    def _insist(self, process: Process, work: Work) -> None:
        with self._lock:
            if process is not self._process or work.number not in self._unfinished or self._closed:
                return
            process.kill()
            self._process = None
            self._unfinished.clear()
            self._send(Prepare(work.job.options.pipeline))
            latest = self._work
            if latest is not None and not latest.ended:
                self._send(Begin(latest.number, latest.job))  # the old child had not come to it yet

    def _send(self, order: Begin | Prepare) -> None:
        """Send an order to the child, which is started if there is none."""
        if self._closed:
            return
        if self._process is None:
            self._process = process = Process("reader.work.child", apart=True)
            threading.Thread(target=self._listen, args=(process,), name="from child", daemon=True).start()
        if isinstance(order, Begin):
            self._unfinished.add(order.number)
        self._process.send(order)

    def _listen(self, process: Process) -> None:
        for report in process.messages():
            self._heed(process, report)
        with self._lock:
            if process is not self._process:
                return  # it was replaced
            self._process = None
            lost = self._work if self._work is not None and self._work.number in self._unfinished else None
            self._unfinished.clear()
        if lost is not None:
            lost.take(CRASHED)

    def _heed(self, process: Process, report: Report) -> None:
        with self._lock:
            if process is not self._process:
                return
            if isinstance(report.content, Done):
                self._unfinished.discard(report.number)
                return
            work = self._work
        if work is not None and work.number == report.number:
            # Outside the lock: building an index takes its time, and cancelling must not wait for it.
            work.take(report.content)
