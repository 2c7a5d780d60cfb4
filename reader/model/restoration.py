"""Putting removed lines back: a line returns to its place, and every offset behind it moves along."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

from reader.model.article import Block, RemovedLine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reader.model.article import Article

_SEPARATOR = "\n\n"


class Shift:
    """Where the offsets of a text have moved: pieces were put in at ``places``, in order, ``added`` long."""

    def __init__(self, places: Sequence[int], added: Sequence[int]) -> None:
        self._places = places
        self._sums = [0, *accumulate(added)]

    def start(self, offset: int) -> int:
        """Return where a span starts now that started at an offset."""
        return offset + self._sums[bisect_right(self._places, offset)]

    def end(self, offset: int) -> int:
        """Return where a span ends now that ended at an offset."""
        return offset + self._sums[bisect_left(self._places, offset)]


def restore(article: Article, lines: Collection[int]) -> Article:
    """Return the article with the removed lines of these numbers back in its text, each as a paragraph.

    Blocks, links and the positions of the lines that stay removed are shifted. Numbers that no removed
    line has are ignored. To keep everything, pass the numbers of all of ``article.removed``.
    """
    return restored(article, lines)[0]


def restored(article: Article, lines: Collection[int]) -> tuple[Article, Shift]:
    """Return what :func:`restore` does, and where the offsets of the text before are now."""
    wanted = {line.line for line in article.removed}.intersection(lines)
    if not wanted:
        return article, Shift((), ())
    text, starts = article.text, [block.start for block in article.blocks]
    parts: list[str] = []
    places: list[int] = []
    back: list[Block] = []
    removed: list[RemovedLine] = []
    waiting: list[RemovedLine] = []  # at the end of the text, until it is known what follows
    position = grown = 0
    for line, place in sorted(_placed(article, starts), key=itemgetter(1)):
        if line.line not in wanted:
            if place == len(text):
                waiting.append(line)
            else:
                removed.append(replace(line, position=place + grown))
            continue
        parts.append(text[position:place])
        position = place
        before = _SEPARATOR if place == len(text) and place + grown else ""
        after = _SEPARATOR if place < len(text) else ""
        start = place + grown + len(before)
        removed += (replace(other, position=start) for other in waiting)
        waiting.clear()
        back.append(Block("paragraph", start, start + len(line.text)))
        parts.append(before + line.text + after)
        places.append(place)
        grown += len(parts[-1])
    parts.append(text[position:])
    removed += (replace(line, position=len(text) + grown) for line in waiting)
    shift = Shift(places, [len(part) for part in parts[1::2]])
    moved = [replace(b, start=shift.start(b.start), end=shift.end(b.end)) for b in article.blocks]
    put_back = {*map(shift.start, article.restored), *(block.start for block in back)}
    return (
        replace(
            article,
            text="".join(parts),
            blocks=tuple(sorted([*moved, *back], key=lambda block: (block.start, block.end))),
            links=tuple(
                replace(link, start=shift.start(link.start), end=shift.end(link.end))
                for link in article.links
            ),
            removed=tuple(removed),
            restored=tuple(sorted(put_back)),
        ),
        shift,
    )


def _placed(article: Article, starts: Sequence[int]) -> Iterator[tuple[RemovedLine, int]]:
    """Every removed line with where it stood: before a block, or at the end."""
    for line in article.removed:
        block = bisect_left(starts, line.position)
        yield line, starts[block] if block < len(starts) else len(article.text)
