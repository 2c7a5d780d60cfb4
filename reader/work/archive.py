"""An archive of articles, analysed part by part into a folder, by whatever does the work.

The folder holds the plan and the parts that are done. Whoever is given the same folder and the same inputs
goes on with what is not there yet: after an interruption, or at the same time on another machine.
"""

from __future__ import annotations

import random
from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reader.export.writing import new_file
from reader.model.errors import ArchiveError, ExportError
from reader.text.safety import printable
from reader.work import parts, plan
from reader.work.children import Children, fatal
from reader.work.parts import Written, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader.work.messages import JobOptions
    from reader.work.plan import Part, Plan

_WINDOW = 3  # parts in flight for each worker
_A_WHILE = 10.0  # seconds

Piece = tuple[int, int]
"""Articles of a part, from one number to another."""


class Pool(Protocol):
    """Something that analyses parts."""

    workers: int
    collect: bool
    """Whether it cannot write into the folder, and returns the lines."""

    def submit(self, part: Part, folder: Path | None, piece: Piece | None) -> Future[Written]:
        """Begin with a part, or with a piece of one: see :func:`reader.work.parts.analyse_part`."""

    def died(self, error: BaseException) -> bool:
        """Whether an error says that workers died of what they were given."""

    def look(self) -> None:
        """Say what is the matter if nothing has come for a while, and what is does not show by itself."""


class LocalPool:
    """Processes on this machine. Each article that kills one is known: a part never kills the pool."""

    collect = False

    def __init__(self, jobs: int, options: JobOptions) -> None:
        self.workers = jobs
        self._options = options
        self._children = Children()
        self._executor = ThreadPoolExecutor(jobs, "child")

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(self, *_: object) -> None:
        self._children.end()
        self._executor.shutdown(cancel_futures=True)

    def submit(self, part: Part, folder: Path | None, piece: Piece | None) -> Future[Written]:
        """Begin with a part."""
        do = self._children.result
        return self._executor.submit(parts.analyse_part, part, self._options, do, folder, piece)

    def died(self, error: BaseException) -> bool:
        """Whether a part killed its worker: none does here."""
        return False

    def look(self) -> None:
        """Nothing is ever the matter: who works is here."""


class _Task(NamedTuple):
    """A part, or a piece of one whose whole killed its workers."""

    part: Part
    piece: Piece | None = None

    def halves(self) -> list[_Task]:
        """The same in two pieces; of one article there are none."""
        first, end = self.piece or (0, self.part.articles)
        middle = (first + end) // 2
        return [_Task(self.part, (first, middle)), _Task(self.part, (middle, end))] if middle > first else []

    def failure(self, options: JobOptions) -> Written:
        """What becomes of one article that killed its workers."""
        first, _ = self.piece or (0, 1)
        failure = fatal(next(islice(parts.jobs_of(self.part, options), first, None)).source)
        return Written(1, (failure,), parts.line_of_failure(failure))


def settle(made: Plan, folder: Path, *, restart: bool = False) -> list[Part]:
    """Put a plan into a folder, made if need be, and return the parts that are not there yet.

    Raises :class:`ArchiveError` when the folder holds the results of another plan, which ``restart``
    deletes, and :class:`ExportError` when it cannot be written.
    """
    target = folder / plan.NAME
    shown = printable(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if restart:
            for path in (*folder.glob("part-*.jsonl"), target):
                path.unlink(missing_ok=True)
        elif not target.exists() and any(folder.glob("part-*.jsonl")):
            raise ArchiveError(f"{shown} holds parts but no plan", "--restart deletes them and begins anew")
    except OSError as error:
        raise ExportError(f"{shown} cannot be used: {error.strerror or 'input/output error'}") from error
    if not target.exists():
        _write(target, made)
    if found := load(folder).differences(made):
        raise ArchiveError(
            f"{shown} holds the results of another plan: {', '.join(found)}",
            "--restart deletes them and begins anew, another folder keeps them",
        )
    there = _names(folder)
    return [part for part in made.parts if path_of(folder, part.number).name not in there]


def missing(made: Plan, folder: Path) -> int:
    """Return how many parts are not in the folder."""
    there = _names(folder)
    return sum(path_of(folder, part.number).name not in there for part in made.parts)


def _names(folder: Path) -> set[str]:
    # A network drive may remember that a single file was not there; what a folder lists is fresh.
    return {path.name for path in folder.iterdir()}


def _write(path: Path, made: Plan) -> None:
    try:
        with new_file(path) as stream:
            stream.writelines(line.encode() for line in made.to_json())
    except ExportError:
        if not path.exists():  # or another has been faster
            raise


def load(folder: Path) -> Plan:
    """Return the plan of an archive. Raises :class:`ArchiveError`."""
    path = folder / plan.NAME
    shown = printable(str(path))
    try:
        return plan.from_json(path.read_bytes(), shown)
    except FileNotFoundError:
        raise ArchiveError(
            f"{shown} does not exist", "Name a folder that `onrecord analyse --output` has filled"
        ) from None
    except OSError as error:
        raise ArchiveError(f"{shown} cannot be read: {error.strerror or 'input/output error'}") from error


def run(todo: list[Part], options: JobOptions, folder: Path, pool: Pool) -> Iterator[Written]:
    """Analyse parts and yield what became of each as soon as it is in its file.

    They are begun somewhere in their order, so that two who do the same archive rarely do the same part. A
    part that workers die of is halved until the article is found. Raises what the work raises, and
    :class:`ArchiveError` when whoever distributes it has gone.
    """
    begin = random.randrange(len(todo)) if todo else 0  # noqa: S311 -- nothing to guess
    waiting = deque(_Task(part) for part in todo[begin:] + todo[:begin])
    running: dict[Future[Written], _Task] = {}
    gathered: dict[int, dict[Piece, Written]] = {}
    while waiting or running:
        while waiting and len(running) < _WINDOW * pool.workers:
            task = waiting.popleft()
            if task.piece is None and path_of(folder, task.part.number).exists():
                yield Written(task.part.articles, ())  # another has done it meanwhile
                continue
            target = folder if task.piece is None and not pool.collect else None
            running[pool.submit(task.part, target, task.piece)] = task
        done = wait(running, timeout=_A_WHILE, return_when=FIRST_COMPLETED).done
        if not done:
            pool.look()
        for future in done:
            task = running.pop(future)
            try:
                written = future.result()
            except CancelledError:
                raise ArchiveError(
                    "The scheduler has gone", "What is done is kept: the same command goes on with the rest"
                ) from None
            except Exception as error:
                if not pool.died(error):
                    raise
                if halves := task.halves():
                    waiting.extendleft(reversed(halves))
                    continue
                written = task.failure(options)
            if task.piece is not None:
                pieces = gathered.setdefault(task.part.number, {})
                pieces[task.piece] = written
                if sum(each.articles for each in pieces.values()) < task.part.articles:
                    continue
                written = _together([pieces[piece] for piece in sorted(pieces)])
                del gathered[task.part.number]
            if written.content is not None:
                parts.write(folder, task.part.number, written.content)
            yield written._replace(content=None)


def _together(pieces: list[Written]) -> Written:
    failures = tuple(failure for each in pieces for failure in each.failures)
    return Written(
        sum(each.articles for each in pieces), failures, b"".join(each.content or b"" for each in pieces)
    )
