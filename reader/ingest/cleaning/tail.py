"""Lists of links wherever they stand, and the tail of a text, where a page takes over from its article."""

from __future__ import annotations

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


_SIGNATURE = 8  # lines of a signature, or about an author, at the most
_OF_AUTHORS = {"covers", "writes", "is", "reports", "joined", "has", "edits", "leads"}


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
            if entries and end < min(len(self.seen), self.tail) and self.reasons[end - 1] is None:
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
        headline = headline or (line.label and index >= self.tail)
        return self.reasons[index] is not None or (headline and not line.quoted and not line.caption)

    def _tail(self) -> None:
        """Remove by their wording what stands among furniture after the last paragraph."""
        marks = [index for index in range(self.tail, len(self.seen)) if self.reasons[index] in SPREADING]
        for index in self._kept(marks[0], len(self.seen)) if marks else ():
            line = self.seen[index]
            if not (line.prose or line.caption or line.quoted or self._sentence(index)):
                self._by_wording(index)

    def _sentence(self, index: int) -> bool:
        line = self.seen[index]
        return line.stops and not line.truncated and line.proof < Proof.LIKELY

    def _author(self) -> None:
        """Remove what a page says of its author below the article: up to a button to follow them, the name
        again, or a sentence that begins with it ("Lucia covers mining.")."""
        for start in range(self.tail, len(self.seen)):
            if not self.seen[start].plain.startswith("written by "):
                continue
            below = range(start + 1, min(start + _SIGNATURE, len(self.seen)))
            button = next((n for n in below if self.seen[n].plain == "follow"), start)
            for index in self._kept(start, button):
                self._remove(index, "author contact")
        byline = (self.judged.byline or "").casefold()
        names = set(byline.split())
        marked = any(self.reasons[index] for index in range(self.tail, len(self.seen)))
        for index in self._kept(self.tail, len(self.seen)) if marked and byline else ():
            line = self.seen[index]
            words = line.text.casefold().split()
            told = _OF_AUTHORS.intersection(words[1:4]) and self._reason(index - 1) is not None
            if words[0] in names and (len(words) == 1 or told or line.text.casefold() == byline):
                self._remove(index, "author contact")

    def _signature(self) -> None:
        """Remove what a mail program puts below a line of two dashes: who wrote, and how to reach them."""
        dashes = [index for index in self._kept(0, len(self.seen)) if self.seen[index].text == "--"]
        below = range(dashes[-1] + 1, len(self.seen)) if dashes else range(0)
        lines = [self.seen[index] for index in below]
        if 0 < len(lines) <= _SIGNATURE and not any(line.prose for line in lines):
            for index in (dashes[-1], *below):
                self._remove(index, "mail signature")
