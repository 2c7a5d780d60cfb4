"""CSV that every reader takes and no spreadsheet executes: RFC 4180, UTF-8, one line per record."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

Cell = str | int | float | None

# A cell that begins with one of these is a formula to some spreadsheet; the last four are full-width.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], stream: BinaryIO) -> None:
    """Write a header and rows, each row as soon as it is there."""
    stream.write(line(header))
    for row in rows:
        stream.write(line(row))


def table_of(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a header and rows as CSV."""
    return b"".join([line(header), *map(line, rows)])


def line(row: Sequence[Cell]) -> bytes:
    """Return a row as one line of CSV. Text that would be a formula gets an apostrophe in front."""
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([_safe(cell) for cell in row])
    return buffer.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = one_line(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
