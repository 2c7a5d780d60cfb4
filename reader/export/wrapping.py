"""Breaking passages into lines of a fixed number of terminal columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.view import ExportView, Run
    from reader.model.article import Block

_WORD = re.compile(r"\s*(\S+)")


class Segment(NamedTuple):
    """A stretch of a line in one style."""

    text: str
    run: Run


def lines(view: ExportView, passage: Block, width: int) -> Iterator[list[Segment]]:
    """Cut a passage into lines of at most ``width`` columns, and each line into segments."""
    runs = view.runs(passage)
    text = re.sub(r"\s", " ", view.text[passage.start : passage.end])
    first = 0
    code = passage.kind == "code"
    for start, end in _lines_of_code(view, passage, width) if code else _spans(text, width):
        start, end = start + passage.start, end + passage.start
        while first < len(runs) and runs[first].end <= start:
            first += 1
        segments = []
        number = first
        while number < len(runs) and runs[number].start < end:
            run = runs[number]
            cut = slice(max(run.start, start) - passage.start, min(run.end, end) - passage.start)
            segments.append(Segment(text[cut], run))
            number += 1
        yield segments


def _lines_of_code(view: ExportView, passage: Block, width: int) -> Iterator[tuple[int, int]]:
    """The offsets of each line as the text has them, cut where one is too long."""
    text = view.text[passage.start : passage.end]
    for match in re.finditer(r"[^\n]+", text):
        start = match.start()
        while start < match.end():
            cut = _fitting(text, start, match.end(), width)
            yield start, cut
            start = cut


def _spans(text: str, width: int) -> Iterator[tuple[int, int]]:
    """The offsets of each line, without the spaces at which it was broken."""
    line_start: int | None = None
    line_end = used = 0
    for match in _WORD.finditer(text):
        wide = cell_len(text[line_end : match.end()]) if line_start is not None else 0
        if line_start is not None and used + wide <= width:
            line_end, used = match.end(), used + wide
            continue
        if line_start is not None:
            yield line_start, line_end
        line_start, line_end = match.start(1), match.end()
        # A word longer than a line, or writing without spaces.
        while (cut := _fitting(text, line_start, line_end, width)) < line_end:
            yield line_start, cut
            line_start = cut
        used = cell_len(text[line_start:line_end])
    if line_start is not None:
        yield line_start, line_end


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """The offset up to which characters fit; at least one does."""
    used = 0
    for position in range(start, end):
        used += cell_len(text[position])
        if used > width and position > start:
            return position
    return end


def fold(text: str, width: int) -> Iterator[str]:
    """Break a text of one style into lines of at most ``width`` columns."""
    line = ""
    for word in text.split():
        start, end = 0, len(word)
        while (cut := _fitting(word, start, end, width)) < end:
            if line:
                yield line
                line = ""
            yield word[start:cut]
            start = cut
        rest = word[start:]
        if line and cell_len(line) + 1 + cell_len(rest) > width:
            yield line
            line = rest
        else:
            line = f"{line} {rest}".strip()
    if line:
        yield line
