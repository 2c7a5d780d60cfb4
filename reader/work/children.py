"""Warm children that read and analyse, one for each thread that asks.

When a child dies it is known of which article. That article is tried once more: the system, short of memory,
ends whoever has most of it. If another child dies of it, it becomes a failure, and nothing else is lost.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.errors import PipelineError
from reader.processes import Process
from reader.text.safety import printable
from reader.work.messages import ArticleRead, Begin, Done, Findings, JobFailed, Progress, Remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.analysis import Analysis, Entity, Quotation
    from reader.model.article import Article
    from reader.work.messages import Job, Report


@dataclass(frozen=True, slots=True)
class Success:
    """An analysed article; one that is the library's own was ``kept`` then (UTC, ISO 8601), not fetched.

    ``part`` is the stretch of its text that has been analysed since the last time, where it comes in parts.
    """

    article: Article
    analysis: Analysis
    kept: str | None = None
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was skipped, and why."""

    source: str
    title: str
    hint: str


def failure_of(source: str, failed: JobFailed) -> Failure:
    """Return what became of a source. Raises :class:`PipelineError` when none would fare better."""
    if failed.kind == "pipeline":
        raise PipelineError(failed.title, failed.hint)
    return Failure(source, failed.title, failed.hint)


def fatal(source: str) -> Failure:
    """Return the failure of a source whose process died of it."""
    return Failure(
        source,
        f"{printable(source)} could not be analysed: the process that did it was ended",
        "It may need more memory than there is",
    )


_TRIES = 2  # children that may die of an article


class Ended(Exception):
    """Nobody wants the result any more: what the child was doing has come to nothing, not to a failure."""


class Children:
    """The children of some threads, one each, started when a thread first has a job."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._lock = threading.Lock()
        self._all: list[_Child] = []
        self._ended = False

    def result(self, job: Job) -> Success | Failure:
        """Do a job in the child of this thread.

        Raises :class:`PipelineError` (see :func:`failure_of`), and :class:`Ended` after :meth:`end`.
        """
        for _ in range(_TRIES):
            child: _Child | None = getattr(self._own, "child", None)
            if child is None or child.dead:
                child = self._own.child = self._new()
            result = child.result(job)
            if result is not None:
                return result
            if self._ended:
                raise Ended
        return fatal(job.source)

    def _new(self) -> _Child:
        with self._lock:
            child = _Child()
            self._all = [other for other in self._all if not other.dead] + [child]
            if self._ended:
                child.kill()
            return child

    def end(self) -> None:
        """End all children; what they were doing comes to nothing."""
        with self._lock:
            self._ended = True
            for child in self._all:
                child.kill()


class _Child:
    """A warm child that does one job after another for whoever waits."""

    def __init__(self) -> None:
        self._process = Process("reader.work.child", apart=True)
        self._reports: Iterator[Report] = self._process.messages()
        self._number = 0
        self.dead = False
        self.kill = self._process.kill

    def result(self, job: Job) -> Success | Failure | None:
        """Do a job; None when the child died of it. Raises :class:`PipelineError` (no pipeline)."""
        self._number += 1
        self._process.send(Begin(self._number, job))
        article, failed, analysis, kept = job.article, None, None, None
        entities: list[Entity] = []
        quotations: list[Quotation] = []
        for report in self._reports:
            content = report.content
            if isinstance(content, ArticleRead):
                article = content.article
            elif isinstance(content, Remembered):
                kept = content.kept
            elif isinstance(content, Findings):
                entities += content.entities
                quotations += content.quotations
            elif isinstance(content, Progress):
                from reader.model.analysis import Analysis

                analysis = Analysis(tuple(entities), tuple(quotations), content.pipeline)
            elif isinstance(content, JobFailed):
                failed = content
            elif isinstance(content, Done):
                break
        else:
            self.dead = True
            return None
        if failed is not None:
            return failure_of(job.source, failed)
        assert article is not None
        assert analysis is not None
        return Success(article, analysis, kept)
