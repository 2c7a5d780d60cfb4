"""Where a line stands, as numbers: what is around it, and how it relates to the article's own paragraphs."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.ingest.cleaning.evidence import LOOKED_AT, SMALL, parts, reports
from reader.ingest.cleaning.phrases import Proof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.cleaning.lines import Features

PLACES = (
    "wording", "wording of the line before", "wording of the line after", "wording of 3 lines before",
    "wording of 3 lines after", "wording of 8 lines before", "wording of 8 lines after", "first 3 lines",
    "last 3 lines", "paragraph right before", "paragraph right after", "paragraphs in 3 lines before",
    "paragraphs in 3 lines after", "before the body", "after the body", "lines to the body's start",
    "lines from the body's end", "furniture between it and the body", "share of furniture between",
    "length of the stretch", "share of furniture in the stretch", "lines since a paragraph",
    "lines until a paragraph", "words", "ends as a sentence", "ends in a colon", "ends in a question mark",
    "ends in an ellipsis", "opens a quotation", "list item", "is a caption", "is a date",
    "phrase book: weak", "phrase book: likely", "every word capitalised", "words shared with the body",
    "names shared with the body", "reports", "repeated",
    "share of furniture in the text", "no words", "reads as a paragraph", "paragraphs before it",
    "paragraphs after it", "wording of all lines before", "wording of all lines after",
    "share of furniture before", "share of furniture after",
)  # fmt: skip
TITLES = (
    "wording", "among furniture", "words shared with the body", "names shared with the body",
    "lines to the body's start", "5 words and more", "first that may be", "repeated", "a long sentence",
    "found by the rules", "byline or date below", "more than 18 words", "opens a quotation",
    "reads as a paragraph", "first line",
)  # fmt: skip
SHELTER = 2
"""Paragraphs on both sides of a paragraph that keep it from being looked at."""
REACH = 60
"""Lines on both sides within which there must be something that is likely to be furniture."""
_ENOUGH = 30_000  # characters that tell what an article is about
SHELTERED = -6.0
"""The log odds of a line that is not looked at, and the bounds of all others."""


class Surroundings:
    """The lines of a text with what is known of them so far.

    ``removed`` tells which lines are furniture for sure; ``logits`` how much each line reads as furniture
    by its wording. ``start`` and ``end`` bound the body: the stretch of the article's own paragraphs.
    """

    def __init__(self, seen: Sequence[Features], removed: Sequence[bool], logits: Sequence[float]) -> None:
        self.seen, self.removed, self.logits = seen, removed, logits
        self.junk = [1.0 if gone else probability(logit) for gone, logit in zip(removed, logits, strict=True)]
        self.prose = [line.prose and not gone for line, gone in zip(seen, removed, strict=True)]
        self.start, self.end = self._body()
        self._junk_sums = [0.0, *accumulate(self.junk)]
        self._removed_sums = [0, *accumulate(removed)]
        self._prose_sums = [0, *accumulate(self.prose)]
        self._words, self.names = self._vocabulary()
        self._counts: dict[str, int] = {}
        for line in seen:
            self._counts[line.plain] = self._counts.get(line.plain, 0) + 1
        self._since, self._until = self._distances()

    def _body(self) -> tuple[int, int]:
        """Find the stretch with the most words in paragraphs for the furniture that it encloses."""
        best = total = 0.0
        start = end = since = 0
        for index, line in enumerate(self.seen):
            if self.prose[index]:
                total += min(line.words, 40) * (1 - 1.5 * self.junk[index])
            else:
                total -= 10.0 if self.removed[index] else 2.0 + 8.0 * self.junk[index]
            if total <= 0:
                total, since = 0.0, index + 1
            elif total > best:
                best, start, end = total, since, index + 1
        return start, end

    def _vocabulary(self) -> tuple[set[str], set[str]]:
        words: set[str] = set()
        names: set[str] = set()
        room = _ENOUGH
        for index in range(self.start, self.end):
            if self.prose[index] and room > 0:
                found = [part for part in parts(self.seen[index].text) if len(part) > 3]
                room -= LOOKED_AT
                words.update(part.lower() for part in found)
                names.update(part for part in found[1:] if part[0].isupper())
        return words - SMALL, names

    def _distances(self) -> tuple[list[int], list[int]]:
        """How far the last and the next paragraph are; the number of all lines when there is none."""
        count = len(self.seen)
        since, until = [count] * count, [count] * count
        last = -count
        for index in range(count):
            last = index if self.prose[index] else last
            since[index] = min(count, index - last)
        last = 2 * count
        for index in range(count - 1, -1, -1):
            last = index if self.prose[index] else last
            until[index] = min(count, last - index)
        return since, until

    def inside(self, index: int) -> bool:
        """Whether a line lies between the first and the last paragraph of the article."""
        return self.start <= index < self.end

    def between(self, index: int) -> tuple[int, int]:
        """The bounds of what stands between a line outside the body and the body."""
        return (self.end, index) if index >= self.end else (index + 1, self.start)

    def stretch(self, index: int) -> tuple[int, int]:
        """The bounds of the stretch without paragraphs that a line belongs to."""
        if self.prose[index]:
            return index, index + 1
        first = max(0, index - self._since[index] + 1)
        return first, min(len(self.seen), index + self._until[index])

    def _mean(self, sums: Sequence[float], low: int, high: int, otherwise: float) -> float:
        low, high = max(0, low), min(len(self.seen), high)
        return (sums[high] - sums[low]) / (high - low) if high > low else otherwise

    def _shared(self, index: int) -> tuple[float, int, bool]:
        """The share of a line's words that the body has, its names that the body has, all capitalised."""
        long = [part for part in parts(self.seen[index].text) if len(part) > 3]
        words = [part.lower() for part in long if part.lower() not in SMALL]
        share = sum(word in self._words for word in words) / len(words) if words else 0.5
        capitals = [part for part in long if part[0].isupper()]
        return share, sum(part in self.names for part in capitals), bool(long) and len(capitals) == len(long)

    def row(self, index: int) -> list[float]:
        """The row of a line, in the order of :data:`PLACES`."""
        line, count = self.seen[index], len(self.seen)
        junk, prose, gone = self._junk_sums, self._prose_sums, self._removed_sums
        before, after = index < self.start, index >= self.end
        low, high = self.between(index)
        outside = before or after
        furniture = gone[high] - gone[low] if outside and high > low else 0
        share, names, capitalised = self._shared(index)
        first, last = self.stretch(index)
        return [
            max(SHELTERED, min(-SHELTERED, self.logits[index])),
            self._mean(junk, index - 1, index, 0.5),
            self._mean(junk, index + 1, index + 2, 0.5),
            self._mean(junk, index - 3, index, 0.5),
            self._mean(junk, index + 1, index + 4, 0.5),
            self._mean(junk, index - 8, index, 0.5),
            self._mean(junk, index + 1, index + 9, 0.5),
            index < 3,
            index >= count - 3,
            self._mean(prose, index - 1, index, 0.0),
            self._mean(prose, index + 1, index + 2, 0.0),
            self._mean(prose, index - 3, index, 0.0),
            self._mean(prose, index + 1, index + 4, 0.0),
            before,
            after,
            math.log1p(self.start - index) if before else 0.0,
            math.log1p(index - self.end) if after else 0.0,
            math.log1p(furniture),
            furniture / max(1, high - low) if outside else 0.0,
            math.log1p(last - first),
            self._mean(gone, first, last, 0.0),
            math.log1p(self._since[index]),
            math.log1p(self._until[index]),
            math.log1p(line.words),
            line.stops,
            line.text.endswith(":"),
            line.text.endswith("?"),
            line.truncated,
            line.quoted,
            line.item,
            line.caption,
            line.dated,
            line.proof == Proof.WEAK,
            line.proof == Proof.LIKELY,
            capitalised,
            share,
            names,
            reports(line.text),
            self._counts[line.plain] > 1,
            gone[-1] / count,
            not any(mark.isalpha() for mark in line.text[:LOOKED_AT]),
            line.prose,
            math.log1p(prose[index]),
            math.log1p(prose[count] - prose[index + 1]),
            self._mean(junk, 0, index, 0.5),
            self._mean(junk, index + 1, count, 0.5),
            self._mean(gone, 0, index, 0.0),
            self._mean(gone, index + 1, count, 0.0),
        ]

    def title_row(self, index: int, among: float, *, first: bool, ruled: bool, dated: bool) -> list[float]:
        """The row of a line that may be the title, in the order of :data:`TITLES`.

        ``among`` is how probably it is furniture where it stands; ``first`` marks the first line that may
        be the title, ``ruled`` the one that the rules took, ``dated`` one with a byline or date below.
        """
        line = self.seen[index]
        share, names, _ = self._shared(index)
        return [
            self.junk[index],
            among,
            share,
            min(3, names),
            math.log1p(max(0, self.start - index)),
            line.words >= 5,
            first,
            self._counts[line.plain] > 1,
            line.stops and line.words > 10,
            ruled,
            dated,
            line.words > 18,
            line.quoted,
            line.prose,
            index == 0,
        ]


def probability(logit: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def sheltered(seen: Sequence[Features], removed: Sequence[bool]) -> list[bool]:
    """Which lines are the article's own without being looked at: paragraphs among paragraphs, and whatever
    is far from every line that is likely to be furniture."""
    count = len(seen)
    prose = [line.prose and not gone for line, gone in zip(seen, removed, strict=True)]
    marks = [gone or line.proof >= Proof.LIKELY for line, gone in zip(seen, removed, strict=True)]
    paragraphs, marked = [0, *accumulate(prose)], [0, *accumulate(marks)]
    found = []
    for index in range(count):
        low, high = max(0, index - REACH), min(count, index + REACH + 1)
        around = paragraphs[min(count, index + SHELTER + 1)] - paragraphs[max(0, index - SHELTER)]
        found.append(marked[high] == marked[low] or around == 2 * SHELTER + 1)
    return found
