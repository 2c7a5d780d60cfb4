"""Many articles in one call: read and analyse each, in order, over one or several processes.

A source that cannot be read, or whose process dies of it, becomes a failure in its place; the others still
come out. Each process is a warm child that serves one thread: when it dies it is known what it died of, and
nothing else is lost.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from reader.model.errors import PipelineError
from reader.processes import Process
from reader.text.safety import printable
from reader.work.memory import Memory
from reader.work.messages import (
    ArticleRead,
    Begin,
    Done,
    Findings,
    Job,
    JobFailed,
    Progress,
    Remembered,
    failure,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from reader.language.pipeline import Pipeline
    from reader.model.analysis import Analysis, Entity, Quotation
    from reader.model.article import Article
    from reader.work.messages import JobOptions, Report

Result = TypeVar("Result")
# Finished articles that wait for a slow one before them are held in memory: so many for each process.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Success:
    """An analysed article; one that is the library's own was ``kept`` then (UTC, ISO 8601), not fetched."""

    article: Article
    analysis: Analysis
    kept: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was skipped, and why."""

    source: str
    title: str
    hint: str


def read_each(sources: Iterable[str], options: JobOptions) -> Iterator[Article | Failure]:
    """Read every source, in order, without analysing it."""
    from reader.ingest import read

    return _each(sources, lambda source: read(source, raw=options.raw, allow_private=options.allow_private))


def try_rules_on_each(sources: Iterable[str], options: JobOptions) -> Iterator[list[str] | Failure]:
    """Say of every page, in order, what the user's rules for single sites find on it, line by line."""
    from reader.ingest.sources import try_site_rules

    return _each(sources, lambda source: try_site_rules(source, allow_private=options.allow_private))


def _each(sources: Iterable[str], reading: Callable[[str], Result]) -> Iterator[Result | Failure]:
    for source in sources:
        try:
            result = reading(source)
        except Exception as error:
            yield _failure(source, failure(source, error))
        else:
            yield result


def analyse_each(
    sources: Iterable[str], options: JobOptions, jobs: int | None = None
) -> Iterator[Success | Failure]:
    """Read and analyse every source, in order: in ``jobs`` processes, without a number in this one.

    Raises :class:`PipelineError`: no article can be analysed then. Closing the iterator ends the processes,
    as does any exception in here, ctrl+c included.
    """
    return _in_this_process(sources, options) if jobs is None else _in_processes(sources, options, jobs)


class Analyst:
    """Analyses articles that were read already, in a process of its own, which starts with the first.

    An article that kills it becomes a failure, and the next gets a new process.
    """

    def __init__(self, options: JobOptions) -> None:
        self._options = options
        self._children = _Children()
        self._memory = Memory(options)

    def analyse(self, article: Article) -> Success | Failure:
        """Return an article with what is found in it; what the library knows is not looked for again.

        Raises :class:`PipelineError`, and an error of :mod:`reader.library.errors`.
        """
        known = self._memory.recall(article)
        if known is not None:
            return Success(article, known)
        return self._children.result(Job(article.source, article, self._options, staged=False))

    def close(self) -> None:
        """End the process."""
        self._children.end()
        self._memory.close()


def _in_this_process(sources: Iterable[str], options: JobOptions) -> Iterator[Success | Failure]:
    pipeline: Pipeline | None = None
    memory = Memory(options)
    for read in _each(sources, lambda source: _read(source, options, memory)):
        if isinstance(read, Failure):
            yield read
            continue
        result, kept = read
        analysis = memory.recall(result)
        if analysis is None:
            # Not imported for articles that are known: it takes longer than printing them.
            from reader.language.analyser import analyse
            from reader.language.pipeline import load_pipeline

            pipeline = pipeline or load_pipeline(options.pipeline)
            try:
                analysis = analyse(
                    result, pipeline, show_groups=options.show_groups, any_language=options.any_language
                )
            except Exception as error:
                yield _failure(result.source, failure(result.source, error))
                continue
        yield Success(result, analysis, kept)
    memory.close()


def _read(source: str, options: JobOptions, memory: Memory) -> tuple[Article, str | None]:
    """Read a source, or take it out of the library, and say when it was kept there."""
    from reader.ingest import read

    stored = memory.stored(source)
    if stored is not None:
        return stored.article, stored.checked
    return read(source, raw=options.raw, allow_private=options.allow_private), None


def _in_processes(sources: Iterable[str], options: JobOptions, jobs: int) -> Iterator[Success | Failure]:
    children = _Children()
    executor = ThreadPoolExecutor(jobs, "child")
    waiting: deque[Future[Success | Failure]] = deque()
    try:
        for source in sources:
            waiting.append(executor.submit(children.result, _job(source, options)))
            if len(waiting) > jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
        children.end()
        executor.shutdown()


def _job(source: str, options: JobOptions) -> Job | Failure:
    """Standard input is ours: a child has none."""
    if source != "-":
        return Job(source, None, options, staged=False)
    (result,) = read_each([source], options)
    return result if isinstance(result, Failure) else Job(source, result, options, staged=False)


class _Children:
    """The children of the threads, one each."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._lock = threading.Lock()
        self._all: list[_Child] = []
        self._ended = False

    def result(self, job: Job | Failure) -> Success | Failure:
        """Do a job in the child of this thread."""
        if isinstance(job, Failure):
            return job
        child: _Child | None = getattr(self._own, "child", None)
        if child is None or child.dead:
            child = self._own.child = self._new()
        return child.result(job)

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

    def result(self, job: Job) -> Success | Failure:
        """Do a job. Raises :class:`PipelineError` when its pipeline cannot be had."""
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
            return Failure(
                job.source,
                f"{printable(job.source)} could not be analysed: the process that did it was ended",
                "It may need more memory than there is",
            )
        if failed is not None:
            return _failure(job.source, failed)
        assert article is not None
        assert analysis is not None
        return Success(article, analysis, kept)


def _failure(source: str, failed: JobFailed) -> Failure:
    if failed.kind == "pipeline":
        raise PipelineError(failed.title, failed.hint)
    return Failure(source, failed.title, failed.hint)
