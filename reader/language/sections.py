"""A long text in sections that are analysed one after the other.

What stands before is known when a section is read, what comes after is not: the first sections of a book are
complete in seconds, and memory holds the readings of one section alone. Sections grow with what lies behind
them, so that whatever looks back at all of it takes linear time. Shorter texts are one section.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.language.quotations import QuotedSpan
    from reader.language.quotations.turns import Turn
    from reader.model.article import Block

# In characters: some 20,000 words, longer than nearly every article; and some 7,000, read in a few seconds.
_WHOLE = 120_000
_SHORTEST = 40_000
_GROWTH = 3
LONGEST_BLOCK = 12_000
"""Characters, some 2,000 words: a longer paragraph is read in parts."""


class Section(NamedTuple):
    """A stretch of the text with all that begins in it; ``first`` is the number of its first block."""

    start: int
    end: int
    first: int
    blocks: Sequence[Block]
    quoted: Sequence[QuotedSpan]
    turns: Sequence[Turn]


def sections_of(
    text: str, blocks: Sequence[Block], quoted: Sequence[QuotedSpan], turns: Sequence[Turn]
) -> list[Section]:
    """Return the sections of a text, in order; together they cover it. None cuts a quotation or a turn."""
    cuts = _cuts(blocks, [*quoted, *turns]) if len(text) > _WHOLE else []
    ends = [*(blocks[number].start for number in cuts), len(text)]
    found: list[Section] = []
    start = first = quotation = turn = 0
    for end, last in zip(ends, [*cuts, len(blocks)], strict=True):
        later, after = quotation, turn
        while later < len(quoted) and quoted[later].start < end:
            later += 1
        while after < len(turns) and turns[after].start < end:
            after += 1
        found.append(
            Section(start, end, first, blocks[first:last], quoted[quotation:later], turns[turn:after])
        )
        start, first, quotation, turn = end, last, later, after
    return found


def _cuts(blocks: Sequence[Block], spans: Sequence[QuotedSpan | Turn]) -> list[int]:
    """The numbers of the blocks that begin a section, without the first."""
    ordered = sorted(spans, key=lambda span: span.start)
    found: list[int] = []
    start = reach = place = 0
    for number, block in enumerate(blocks):
        while place < len(ordered) and ordered[place].start < block.start:
            reach = max(reach, ordered[place].end)
            place += 1
        if block.start - start >= max(_SHORTEST, start // _GROWTH) and reach <= block.start:
            found.append(number)
            start = block.start
    return found


def shorter(text: str, blocks: Sequence[Block], whole: Iterable[tuple[int, int]]) -> tuple[Block, ...]:
    """The blocks, those that are too long to be read in one go cut where a sentence ends.

    Some pages and many programs write a whole text into one line. No cut is inside
    what has to stay ``whole``, quotations and turns: spans that may touch and contain one another.
    """
    if all(block.end - block.start <= LONGEST_BLOCK for block in blocks):
        return tuple(blocks)
    ordered = sorted(whole)
    found: list[Block] = []
    place = 0
    for block in blocks:
        start = block.start
        while block.end - start > LONGEST_BLOCK:
            cut = _sentence_end(text, start, start + LONGEST_BLOCK)
            while place < len(ordered) and ordered[place][1] <= cut:
                place += 1
            if place < len(ordered) and ordered[place][0] < cut:
                low, high = ordered[place]
                cut = low if low - start > LONGEST_BLOCK // 2 else high
            if cut >= block.end:
                break
            found.append(replace(block, start=start, end=cut))
            start = cut
        found.append(replace(block, start=start))
    return tuple(found)


def _sentence_end(text: str, start: int, end: int) -> int:
    """Where the last sentence before ``end`` has ended, else the last word, else ``end``."""
    for mark in (". ", " "):
        at = text.rfind(mark, start + (end - start) // 2, end)
        if at >= 0:
            return at + len(mark)
    return end
