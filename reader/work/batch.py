"""Many articles in one call: read and analyse each, in order, over one or several processes.

A source that cannot be read, or whose process dies of it, becomes a failure in its place; the others still
come out. Each process is a warm child that serves one thread: when it dies it is known what it died of, and
nothing else is lost.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from reader.ingest.archived import SUFFIX, own_record
from reader.work.children import Children, Failure, Success, failure_of
from reader.work.memory import Memory
from reader.work.messages import Job, failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from reader.language.pipeline import Pipeline
    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.work.messages import JobOptions

__all__ = ["Failure", "Success", "analyse_each", "read_each", "try_rules_on_each"]

Result = TypeVar("Result")
_Task: TypeAlias = "Job | Success | Failure"
# Finished articles that wait for a slow one before them are held in memory, with what was found some ten
# times as large as their files: so many bytes of these for each process. Short articles may run far ahead
# of a long one, so that no process is idle.
_AHEAD = 4 << 20
_FEWEST_AHEAD = 2  # for each process, however large they are
_UNKNOWN_SIZE = 100_000  # bytes, of an address for instance


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
            yield failure_of(source, failure(source, error))
        else:
            yield result


def analyse_each(
    sources: Iterable[str],
    options: JobOptions,
    jobs: int | None = None,
    *,
    believed: bool = False,
    in_parts: bool = False,
) -> Iterator[Success | Failure]:
    """Read and analyse every source, in order: in ``jobs`` processes, without a number in this one.

    A file named ``*.jsonl`` holds an article per line. One that we wrote holds analyses too, which are taken
    as they are if they are ``believed``. With ``in_parts`` (in this process) a long text comes once for each
    of its sections, as soon as it is known; one that the reader has corrected comes whole.

    Raises :class:`PipelineError`: no article can be analysed then. Closing the iterator ends the processes,
    as does any exception in here, ctrl+c included.
    """
    if jobs is None:
        return _in_this_process(sources, options, in_parts)
    return _in_processes(_tasks(sources, options, believed), jobs)


def is_archive(source: str) -> bool:
    """Tell whether a source is a file with an article per line."""
    return source.lower().endswith(SUFFIX) and os.path.isfile(source)  # noqa: PTH113 -- never raises


def count(sources: Iterable[str]) -> int:
    """Return how many articles some sources hold."""
    return sum(_lines_of(source) if is_archive(source) else 1 for source in sources)


def _lines_of(path: str) -> int:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            return sum(bool(line.strip()) for line in stream)
    except OSError:
        return 1  # which fails


class Analyst:
    """Analyses articles that were read already, in a process of its own, which starts with the first.

    An article that kills it becomes a failure, and the next gets a new process.
    """

    def __init__(self, options: JobOptions) -> None:
        self._options = options
        self._children = Children()
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


def _in_this_process(
    sources: Iterable[str], options: JobOptions, in_parts: bool
) -> Iterator[Success | Failure]:
    pipeline: Pipeline | None = None
    memory = Memory(options)
    for read in _each(sources, lambda source: _read(source, options, memory)):
        if isinstance(read, Failure):
            yield read
            continue
        result, kept = read
        analysis = memory.recall(result)
        if analysis is not None:
            yield Success(result, analysis, kept)
            continue
        # Not imported for articles that are known: it takes longer than printing them.
        from reader.language.pipeline import load_pipeline

        pipeline = pipeline or load_pipeline(options.pipeline)
        try:
            apart = in_parts and not memory.decisions(result)
            for part, analysis in _parts(result, pipeline, options, apart):
                yield Success(result, analysis, kept, part)
        except Exception as error:
            yield failure_of(result.source, failure(result.source, error))
    memory.close()


def _parts(
    article: Article, pipeline: Pipeline, options: JobOptions, in_parts: bool
) -> Iterator[tuple[tuple[int, int] | None, Analysis]]:
    """What is known when each section is complete, with its place in the text; or all of it at the end."""
    from reader.language.analyser import steps

    begun = 0
    for step in steps(article, pipeline, show_groups=options.show_groups, any_language=options.any_language):
        complete = step.stage == "complete"
        if complete or (in_parts and step.settled > begun):
            whole = complete and not begun
            yield None if whole else (begun, step.settled), step.analysis
            begun = step.settled


def _read(source: str, options: JobOptions, memory: Memory) -> tuple[Article, str | None]:
    """Read a source, or take it out of the library, and say when it was kept there."""
    from reader.ingest import read

    stored = memory.stored(source)
    if stored is not None:
        return stored.article, stored.checked
    return read(source, raw=options.raw, allow_private=options.allow_private), None


def _tasks(sources: Iterable[str], options: JobOptions, believed: bool) -> Iterator[tuple[_Task, int]]:
    """Yield what is to be done for each article, or what came of it at once; with its size in bytes."""
    for source in sources:
        if not is_archive(source):
            yield _job(source, options), _size(source)
            continue
        try:
            with open(source, "rb") as stream:  # noqa: PTH123
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield _line(f"{source}:{number}", line, options, believed), len(line)
        except OSError as error:
            yield failure_of(source, failure(source, error)), 0


def _line(source: str, line: bytes, options: JobOptions, believed: bool) -> _Task:
    if believed:
        ours = own_record(line)
        if ours is not None and ours[1].pipeline is not None:
            return Success(*ours)
    return Job(source, None, options, staged=False, line=line)


def _in_processes(tasks: Iterable[tuple[_Task, int]], jobs: int) -> Iterator[Success | Failure]:
    children = Children()
    executor = ThreadPoolExecutor(jobs, "child")
    waiting: deque[tuple[Future[Success | Failure], int]] = deque()
    ahead = 0
    try:
        for task, size in tasks:
            waiting.append((executor.submit(_do, children, task), size))
            ahead += size
            while ahead > jobs * _AHEAD and len(waiting) > jobs * _FEWEST_AHEAD:
                future, size = waiting.popleft()
                ahead -= size
                yield future.result()
        while waiting:
            yield waiting.popleft()[0].result()
    finally:
        for future, _ in waiting:
            future.cancel()
        children.end()
        executor.shutdown()


def _size(source: str) -> int:
    """Return how much text a source holds, in bytes; a guess where that is not known beforehand."""
    try:
        return os.stat(source).st_size or _UNKNOWN_SIZE  # noqa: PTH116 -- "-" and addresses are no paths
    except (OSError, ValueError):
        return _UNKNOWN_SIZE


def _do(children: Children, task: _Task) -> Success | Failure:
    return children.result(task) if isinstance(task, Job) else task


def _job(source: str, options: JobOptions) -> Job | Failure:
    """Standard input is ours: a child has none."""
    if source != "-":
        return Job(source, None, options, staged=False)
    (result,) = read_each([source], options)
    return result if isinstance(result, Failure) else Job(source, result, options, staged=False)
