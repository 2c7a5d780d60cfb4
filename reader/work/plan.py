"""What an archive is made of and how it is cut into parts: written once, compared ever after.

A plan depends on its inputs and options alone: whoever makes it of the same makes the same.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.model.errors import ArchiveError
from reader.text.safety import printable
from reader.work.batch import is_archive
from reader.work.identity import Identity
from reader.work.messages import JobOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SCHEMA = "onrecord-plan/1"
NAME = "plan.json"
PART_BYTES = 1 << 18
"""About so much of the inputs goes into one part, for plain text some ten seconds of work: what is lost when
a worker dies, and how long the last ones may work alone."""
_MISSING = -1


class Lines(NamedTuple):
    """A stretch of a file with one article per line: bytes, end exclusive, the number of its first line
    (from 1), and how many of its lines hold an article: are not blank."""

    start: int
    end: int
    first: int
    articles: int


class Input(NamedTuple):
    """A file, or a stretch of one, as it was when the plan was made.

    ``path`` is absolute; ``modified`` is in milliseconds. Both figures are -1 for a file that is not there.
    """

    path: str
    size: int
    modified: int
    lines: Lines | None = None

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return 1 if self.lines is None else self.lines.articles

    def unchanged(self) -> bool:
        """Whether the file is still as it was."""
        return (self.size, self.modified) == _figures(self.path)


@dataclass(frozen=True, slots=True)
class Part:
    """What is analysed in one go, and whose results are one file."""

    number: int
    inputs: tuple[Input, ...]

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return sum(each.articles for each in self.inputs)


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of an archive, and with what they are analysed."""

    identity: Identity
    options: JobOptions
    parts: tuple[Part, ...] = field(repr=False)

    @property
    def articles(self) -> int:
        """How many articles the archive holds."""
        return sum(part.articles for part in self.parts)

    def to_json(self) -> Iterator[str]:
        """Yield the plan as JSON, a line for each part."""
        head = {
            "schema": SCHEMA,
            "articles": self.articles,
            "identity": self.identity._asdict(),
            "options": self.options._asdict(),
        }
        yield json.dumps(head)[:-1] + ', "parts": ['
        for number, part in enumerate(self.parts):
            yield ("," if number else "") + "\n" + json.dumps(part.inputs)
        yield "\n]}\n"

    def differences(self, other: Plan) -> list[str]:
        """Say in which way a plan that was made later differs."""
        found = self.identity.differences(other.identity)
        found += [
            f"the option {name.replace('_', ' ')}"
            for name, mine, its in zip(self.options._fields, self.options, other.options, strict=True)
            if mine != its
        ]
        if self.parts != other.parts:
            mine, its = _files(self), _files(other)
            found += _told("new", [path for path in its if path not in mine])
            found += _told("gone", [path for path in mine if path not in its])
            found += _told("changed", [path for path in its if path in mine and mine[path] != its[path]])
        return found


def make(sources: Iterable[str]) -> Iterator[Part]:
    """Cut files into parts; one named ``*.jsonl`` holds an article per line.

    Raises :class:`ArchiveError` for what is no file.
    """
    waiting: list[Input] = []
    size = number = 0
    for path in sorted({_absolute(source) for source in sources}):
        for piece in _pieces(path):
            waiting.append(piece)
            size += piece.size if piece.lines is None else piece.lines.end - piece.lines.start
            if size >= PART_BYTES:
                yield Part(number, tuple(waiting))
                waiting, size, number = [], 0, number + 1
    if waiting:
        yield Part(number, tuple(waiting))


def from_json(text: bytes, shown: str) -> Plan:
    """Read a plan back. Raises :class:`ArchiveError` when the text is none."""
    try:
        value: dict[str, Any] = json.loads(text)
        if value["schema"] != SCHEMA:
            raise ValueError
        return Plan(
            Identity(**value["identity"]),
            JobOptions(**value["options"]),
            tuple(Part(number, tuple(map(_input, inputs))) for number, inputs in enumerate(value["parts"])),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ArchiveError(
            f"{shown} is no plan of this version of On Record", "--restart begins anew"
        ) from error


def _input(value: Sequence[Any]) -> Input:
    path, size, modified, lines = value
    return Input(path, size, modified, Lines(*lines) if lines else None)


def _absolute(source: str) -> str:
    from reader.model.source import is_address

    if source == "-" or is_address(source):
        raise ArchiveError(
            "An archive is made of files", "Save addresses and standard input to files, and name these"
        )
    return os.path.abspath(source)  # noqa: PTH100 -- never touches the disk


def expected(paths: Iterable[str]) -> int:
    """About how many parts inputs make, at least one: what is there now, by its size."""
    return max(1, sum(max(0, _figures(path)[0]) for path in paths) // PART_BYTES)


def _figures(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116 -- may be no valid path
    except (OSError, ValueError):
        return _MISSING, _MISSING
    return status.st_size, status.st_mtime_ns // 1_000_000


def _pieces(path: str) -> Iterator[Input]:
    size, modified = _figures(path)
    if not is_archive(path):
        yield Input(path, size, modified)
        return
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            start = end = count = 0
            first = number = 1
            for number, line in enumerate(stream, 1):
                end += len(line)
                count += bool(line.strip())
                if end - start >= PART_BYTES:
                    yield Input(path, size, modified, Lines(start, end, first, count))
                    start, first, count = end, number + 1, 0
            if count:
                yield Input(path, size, modified, Lines(start, end, first, count))
    except OSError:
        yield Input(path, size, modified)  # reading it will say why


def _files(plan: Plan) -> dict[str, tuple[int, int]]:
    return {each.path: (each.size, each.modified) for part in plan.parts for each in part.inputs}


def _told(how: str, paths: list[str]) -> list[str]:
    if not paths:
        return []
    more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    return [f"{printable(paths[0])}{more} {'is' if len(paths) == 1 else 'are'} {how}"]
