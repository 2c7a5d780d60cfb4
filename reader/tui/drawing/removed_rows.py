"""The lines that cleaning took out: a row for every run of them, unfolded on request."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from reader.text.names import folded
from reader.text.safety import one_line
from reader.tui.drawing.attribution import matches
from reader.tui.drawing.rows import Line, Piece, plural, spread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reader.model.article import Article, RemovedLine

    Run = tuple[RemovedLine, ...]

_RUN = "run "


class RemovedRows:
    """Runs of lines that stood in one place, and the lines of those that are unfolded.

    The key of a line is its number in the source; that of a run begins with "run ". A line that stood
    alone has no run. What a query finds is shown unfolded.
    """

    def __init__(self, article: Article, query: str = "", unfolded: Collection[str] = ()) -> None:
        self._length = len(article.text)
        self._rows: list[tuple[RemovedLine | Run, bool]] = []  # with whether it is a line of a run
        self.keys: list[str] = []
        self._unfolded: set[str] = set()
        query = folded(query)
        found = (line for line in article.removed if not query or matches(query, line.text, line.reason))
        for _, group in groupby(found, lambda line: line.position):
            run = tuple(group)
            if len(run) == 1:
                self._add(str(run[0].line), run[0])
                continue
            key = f"{_RUN}{run[0].line}"
            self._add(key, run)
            if query or key in unfolded:
                self._unfolded.add(key)
                for line in run:
                    self._add(str(line.line), line, inside=True)

    def _add(self, key: str, row: RemovedLine | Run, *, inside: bool = False) -> None:
        self.keys.append(key)
        self._rows.append((row, inside))

    def is_run(self, key: str) -> bool:
        """Return whether a row stands for a run."""
        return key.startswith(_RUN)

    def lines(self, key: str) -> tuple[int, ...]:
        """Return the numbers in the source of the lines that a row stands for."""
        row, _ = self._rows[self.keys.index(key)]
        return tuple(line.line for line in row) if isinstance(row, tuple) else (row.line,)

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for a line of a run, two for the rest."""
        return [1 if inside else 2 for _, inside in self._rows]

    def selectable(self, index: int) -> bool:
        """Return True."""
        return True

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        row, inside = self._rows[index]
        if isinstance(row, tuple):
            mark = "▾ " if self.keys[index] in self._unfolded else "▸ "
            numbers = [Piece(f"lines {row[0].line:,}–{row[-1].line:,}", "muted")]
            name = [Piece(mark, "muted"), Piece(self._name(row)), Piece(f" · {plural(len(row), 'line')}")]
            reasons = ", ".join(_reasons(row))
            return [spread(name, numbers, width), [Piece("  "), Piece(reasons, "muted")]]
        text = one_line(row.text[: 4 * width]) or "(empty line)"
        reason = one_line(row.reason)
        if inside:
            return [spread([Piece("    "), Piece(text)], [Piece(reason, "muted")], width)]
        return [[Piece("  "), Piece(text)], [Piece(f"  line {row.line:,} · {reason}", "muted")]]

    def _name(self, run: Run) -> str:
        if run[0].position == 0:
            return "page header"
        if run[0].position == self._length:
            return "page footer"
        return next(_reasons(run))


def _reasons(run: Run) -> Iterator[str]:
    """Yield the reasons why the lines of a run were removed, the most frequent first."""
    for reason, _ in Counter(one_line(line.reason) for line in run).most_common():
        yield reason
