"""Opening the library for a command: the options that say which, and what is printed of it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from reader.commands.inputs import complain
from reader.commands.options import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reader.library.library import Library

FORMAT = click.option(
    "--format",
    "-f",
    "format_",
    type=Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print it.",
)


@contextmanager
def opened(path: Path | None) -> Iterator[Library]:
    """Open the library at a path, or the usual one, and close it again."""
    from reader.library.library import Library
    from reader.library.location import usual_path

    library = Library(path or usual_path())
    try:
        yield library
    finally:
        library.close()


def tell_nothing(library: Library, words: str) -> None:
    """Say on standard error why nothing is listed: the library is empty, or ``words``."""
    if not library.articles.count():
        words = (
            "The library is empty: it keeps what you read with `onrecord PATH`, and what you give to "
            "`onrecord library import` or `onrecord save`."
        )
    complain(words)


def print_json(value: object) -> None:
    """Print a value as JSON that no terminal acts on."""
    from reader.text.jsontext import dumps

    sys.stdout.buffer.write((dumps(value, indent=2) + "\n").encode())


def print_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as CSV, safe for spreadsheets and terminals; lists are parted by semicolons."""
    from reader.export.table import write_table

    write_table(columns, ([_cell(row[column]) for column in columns] for row in rows), sys.stdout.buffer)


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
