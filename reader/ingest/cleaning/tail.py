"""Lists of links wherever they stand, and the tail of a text, where a page takes over from its article."""

from __future__ import annotations

from bisect import bisect

from reader.ingest.cleaning.judgement import FAR, SPREADING, Pass
from reader.ingest.cleaning.phrases import Proof

_LISTS = {"related links", "subscription prompt"}
# Buttons follow what they belong to; only headings of lists govern what comes after them.
_BUTTONS = {
    "read more", "view all", "view more", "see all", "see more", "show more", "load more", "more",
    "click here", "continue reading", "more>>", "read on", "keep reading", "read full article",
    "read full story", "read the full story", "read more here", "leer más", "ver más", "lire la suite",
    "leggi tutto", "leia mais", "saiba mais", "lees meer", "weiterlesen", "view all stories",
    "view all posts", "view all articles", "see all stories", "load more stories", "load more articles",
    "recommended by", "next article", "next story", "next post", "previous article", "previous story",
    "previous post", "next up", "up next", "back to article", "read",
}  # fmt: skip


class Closing(Pass):
    """The steps that judge lists and the tail."""

    def _governed(self) -> None:
        """Remove the headlines that a list's heading ("Also read:") announces."""
        for index, reason in enumerate(self.reasons):
            line = self.seen[index]
            if (
                index < self.head
                or reason not in _LISTS
                or line.words > 7
                or (line.plain in _BUTTONS and not line.text.endswith(":"))
            ):
                continue
            end = index + 1
            while end < len(self.seen) and end - index <= FAR and self._entry(end):
                end += 1
            entries = [entry for entry in range(index + 1, end) if self.reasons[entry] is None]
            if entries and end < len(self.seen) and self.reasons[end - 1] is None:
                entries = self._announced(entries, end)
            for entry in entries:
                self._remove(entry, reason)

    def _announced(self, entries: list[int], end: int) -> list[int]:
        """Return which lines between a list's heading and the text after it are surely the list's.

        The last one stands where a subhead would, so it must be as long as only headlines are; and a
        stretch too long for a box of links, or one that no paragraph ends, may be the article's own list.
        """
        if len(entries) > 5 or not (self.seen[end].prose or self.reasons[end]):
            return [entry for entry in entries if self.seen[entry].truncated]
        last = self.seen[entries[-1]]
        if not last.truncated and last.words < 8:
            entries.pop()
        return entries

    def _entry(self, index: int) -> bool:
        line = self.seen[index]
        headline = (
            line.headline
            or line.fused
            or (line.text.endswith("?") and line.words <= 16 and self.questions <= 2)
        )
        return self.reasons[index] is not None or (headline and not line.quoted and not line.caption)

    def _tail(self) -> None:
        """Remove what stands among furniture after the last paragraph."""
        start = self.tail
        marks = [index for index in range(start, len(self.seen)) if self.reasons[index] in SPREADING]
        if not marks:
            return
        if (taken := self._taken_over(marks)) is not None:
            for index in self._kept(taken, len(self.seen)):
                line = self.seen[index]
                if not (line.prose or line.caption or line.quoted or self._sentence(index)):
                    self._by_wording(index)
                    if (
                        line.fused
                        or line.truncated
                        or not (line.item or line.words > 14 or line.text.endswith(":"))
                    ):
                        self._remove(index, "page furniture")
            return
        span = marks[-1] - marks[0] + 1
        dense = len(marks) * 3 >= span and len(marks) >= 3
        for index in self._kept(marks[0], marks[-1]):
            line = self.seen[index]
            place = bisect(marks, index)
            before, after = marks[place - 1], marks[place]
            close = after - before <= FAR + 1
            if (line.label and close and (dense or after - before <= 3)) or (
                line.headline and not line.quoted and close and (dense or self.reasons[before] in _LISTS)
            ):
                self._remove(index, self.reasons[before] or "page furniture")
            elif line.proof:
                self._by_wording(index)
        self._last_list(marks[-1])

    def _sentence(self, index: int) -> bool:
        line = self.seen[index]
        return line.stops and not line.truncated and line.proof < Proof.LIKELY

    def _taken_over(self, marks: list[int]) -> int | None:
        """Return where the page takes over from the article, or None when it does not plainly do so.

        That is where furniture is sure, repeated and dense up to the end. A short sentence among the
        marks may be the article's last, so the page takes over after it, if enough marks are left.
        """
        sure = sum(self.seen[mark].proof == Proof.SURE for mark in marks)
        starts = [
            marks[0],
            *(index for index in self._kept(marks[0], len(self.seen)) if self._sentence(index)),
        ]
        found, passed = None, 0
        for start in starts:
            while passed < len(marks) and marks[passed] < start:
                sure -= self.seen[marks[passed]].proof == Proof.SURE
                passed += 1
            left = len(marks) - passed
            if sure >= 2 and left >= 4 and left * 3 >= len(self.seen) - marks[passed]:
                found = marks[passed]
        return found

    def _last_list(self, last: int) -> None:
        """Remove related headlines that close the text, after the heading that announces them."""
        if self.reasons[last] in _LISTS and self.seen[last].words <= 7:
            for index in self._kept(last + 1, len(self.seen)):
                if not self._entry(index):
                    break
                self._remove(index, self.reasons[last] or "related links")
