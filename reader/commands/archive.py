"""An archive from the command line: many articles into a folder of parts, here or on a cluster."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.commands.inputs import complain
from reader.commands.progress import tracked
from reader.model.errors import EXIT_NOTHING_READABLE, EXIT_SOME_FAILED, ArchiveError, ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.work.archive import Pool
    from reader.work.children import Failure
    from reader.work.messages import JobOptions
    from reader.work.parts import Written
    from reader.work.plan import Plan


def analyse_archive(
    sources: tuple[str, ...],
    options: JobOptions,
    output: str,
    *,
    jobs: int,
    scheduler: str | None,
    collect: bool,
    restart: bool,
) -> None:
    """Analyse an archive into a folder and leave with the exit status that tells what happened."""
    from reader.work import archive

    # What a library says is not the same on every machine, and nothing is fetched.
    options = options._replace(library=None, allow_private=False, again=False)
    # A scheduler needs the folder under one name on every machine.
    folder = Path(output).absolute()
    made = _plan(sources, options)
    if not made.articles:
        complain("There is nothing to read in there. Name files or folders.")
        sys.exit(EXIT_NOTHING_READABLE)
    todo = archive.settle(made, folder, restart=restart)
    failed = 0
    if todo:
        with _pool(made, folder, jobs, scheduler, collect=collect) as pool:
            done = _each(archive.run(todo, options, folder, pool))
            for failure in tracked(done, sum(part.articles for part in todo), "Analysing", printing=False):
                if failure is not None:
                    failed += 1
                    complain(str(ReaderError(failure.title, failure.hint)))
    missing = archive.missing(made, folder)
    if missing:
        raise ArchiveError(
            f"{missing:,} of {len(made.parts):,} parts are not in {output}", "The same command goes on"
        )
    articles, count = made.articles, len(made.parts)
    click.echo(
        f"{articles:,} article{'s' * (articles != 1)} in {count:,} part{'s' * (count != 1)}."
        " “onrecord join” makes one file of them.",
        err=True,
    )
    if failed:
        sys.exit(EXIT_NOTHING_READABLE if failed == articles else EXIT_SOME_FAILED)


def _each(results: Iterator[Written]) -> Iterator[Failure | None]:
    """One value for each article: its failure, if it failed."""
    for written in results:
        yield from written.failures
        yield from [None] * (written.articles - len(written.failures))


def _plan(sources: tuple[str, ...], options: JobOptions) -> Plan:
    from reader.ingest import expand
    from reader.work import plan
    from reader.work.identity import identity

    found = list(expand(list(sources)))
    parts = tuple(tracked(plan.make(found), plan.expected(found), "Planning", printing=False))
    return plan.Plan(identity(options.pipeline), options, parts)


@contextmanager
def _pool(made: Plan, folder: Path, jobs: int, scheduler: str | None, *, collect: bool) -> Iterator[Pool]:
    if scheduler is None:
        from reader.work.archive import LocalPool

        with LocalPool(jobs, made.options) as pool:
            yield pool
        return
    try:
        from reader.work.cluster import connected
    except ImportError as error:
        raise ArchiveError(
            "A scheduler needs the package distributed", "Install it with: pip install 'onrecord[cluster]'"
        ) from error
    with connected(scheduler, made.options, made.identity, complain, collect=collect) as cluster:
        cluster.compare()
        cluster.probe(made.parts[0].inputs[0], folder)
        yield cluster
