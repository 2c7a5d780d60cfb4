"""The parts of an archive's results: one file each, which is there whole or not at all.

A part is made from its inputs alone, so that making it twice makes the same: whoever has it to do may do it
again, and there is still one result for each input.
"""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.export.writing import new_file
from reader.model.errors import ArchiveError
from reader.model.record import record
from reader.text.jsontext import dumps
from reader.text.safety import printable
from reader.work.children import Failure
from reader.work.messages import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reader.work.children import Success
    from reader.work.messages import JobOptions
    from reader.work.plan import Input, Part, Plan

FAILURE = "onrecord-failure/1"


class Written(NamedTuple):
    """What became of a part: how many articles, which of them failed, and the lines if they are not in
    their file yet."""

    articles: int
    failures: tuple[Failure, ...]
    content: bytes | None = None


def path_of(folder: Path, number: int) -> Path:
    """Return where a part is."""
    return folder / f"part-{number:05}.jsonl"


def jobs_of(part: Part, options: JobOptions) -> Iterator[Job | Failure]:
    """Yield a job for each article of a part, in order, or what prevents it."""
    for each in part.inputs:
        if each.lines is None:
            yield Job(each.path, None, options, staged=False) if each.unchanged() else _changed(each.path)
        else:
            yield from _lines(each, options)


def _lines(each: Input, options: JobOptions) -> Iterator[Job | Failure]:
    """Yield the jobs of a stretch; the numbers of their lines are part of their names."""
    assert each.lines is not None
    start, end, first, count = each.lines
    data = b""
    if each.unchanged():
        with suppress(OSError), open(each.path, "rb") as stream:  # noqa: PTH123
            stream.seek(start)
            data = stream.read(end - start)
    lines = [(n, line) for n, line in enumerate(data.split(b"\n"), first) if line.strip()]
    if len(lines) != count:
        yield from (_changed(f"{each.path}:{number}") for number in range(first, first + count))
        return
    for number, line in lines:
        yield Job(f"{each.path}:{number}", None, options, staged=False, line=line)


def _changed(source: str) -> Failure:
    return Failure(
        source,
        f"{printable(source)} has changed since the plan was made, or is not there",
        "--restart begins anew",
    )


def analyse_part(
    part: Part,
    options: JobOptions,
    do: Callable[[Job], Success | Failure],
    folder: Path | None,
    piece: tuple[int, int] | None = None,
) -> Written:
    """Analyse a part, or the articles of it from one number to another, and write its file.

    Without a ``folder`` the lines are returned instead. A part that is there is left as it
    is. Raises :class:`reader.model.errors.PipelineError` and :class:`ExportError`.
    """
    if folder is not None and path_of(folder, part.number).exists():
        return Written(part.articles, ())
    failures: list[Failure] = []
    lines: list[bytes] = []
    for job in islice(jobs_of(part, options), *(piece or (0, None))):
        result = job if isinstance(job, Failure) else do(job)
        if isinstance(result, Failure):
            failures.append(result)
            lines.append(line_of_failure(result))
        else:
            lines.append((dumps(record(result.article, result.analysis)) + "\n").encode())
    content = b"".join(lines)
    if folder is None:
        return Written(len(lines), tuple(failures), content)
    write(folder, part.number, content)
    return Written(len(lines), tuple(failures))


def line_of_failure(failure: Failure) -> bytes:
    """Return the line that stands for an article that could not be analysed."""
    line = {"schema": FAILURE, "source": failure.source, "title": failure.title, "hint": failure.hint}
    return (dumps(line) + "\n").encode()


def write(folder: Path, number: int, content: bytes) -> None:
    """Write the file of a part, over the same if it is there. Raises :class:`ExportError`."""
    with new_file(path_of(folder, number), force=True) as stream:
        stream.write(content)


def lines_of(plan: Plan, folder: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Yield the lines of all parts in order, each also as what it holds.

    Raises :class:`ArchiveError` unless there is exactly one line for each input: before the first when a
    part is not there, and where a part holds something else than the plan says.
    """
    missing = sum(not path_of(folder, part.number).exists() for part in plan.parts)
    if missing:
        raise ArchiveError(
            f"{missing:,} of {len(plan.parts):,} parts are not there yet",
            "The command that began the archive goes on with it",
        )
    for part in plan.parts:
        yield from _checked(part, path_of(folder, part.number))


def _checked(part: Part, path: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    wrong = ArchiveError(
        f"{printable(str(path))} does not hold one line for each of its inputs",
        "Delete it, and the command that began the archive makes it anew",
    )
    expected = (each for each in part.inputs for _ in range(each.articles))
    last: tuple[Input, int] | None = None
    count = 0
    with path.open("rb") as stream:
        for line in stream:
            try:
                value = json.loads(line)
                source = value["source"]
            except (ValueError, TypeError, KeyError):
                raise wrong from None
            each = next(expected, None)
            number = _line_number(each, source) if each is not None else None
            if each is None or number is None or (last and last[0] is each and last[1] >= number):
                raise wrong
            last = each, number
            count += 1
            yield line, value
    if count != part.articles:
        raise wrong


def _line_number(each: Input, source: object) -> int | None:
    """Return which line of an input a source is, 0 for a whole file; None when it is none of it."""
    if each.lines is None:
        return 0 if source == each.path else None
    path, _, number = str(source).rpartition(":")
    return (
        int(number) if path == each.path and number.isdecimal() and int(number) >= each.lines.first else None
    )
