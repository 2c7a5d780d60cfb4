"""The lines of a text under judgement: what each is, where its head and tail are, why a line goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.cleaning.lines import Features

# Furniture that comes in stretches: what stands between two such lines belongs to the stretch.
SPREADING = {
    "share buttons", "comment widget", "newsletter prompt", "related links", "site navigation",
    "cookie notice", "donation prompt", "subscription prompt", "app prompt", "tags", "counts",
    "poll or form", "media player", "copyright notice", "message from the site", "title repeated",
}  # fmt: skip
FAR = 12
"""Lines apart at which two pieces of furniture still belong together."""


@dataclass(slots=True)
class Judgement:
    """What each line is: ``reasons`` tells why a line is removed (None: it stays), by index."""

    reasons: list[str | None]
    seen: list[Features]
    title: int | None = None
    byline: str | None = None
    published: str | None = None
    site: str | None = None


class Pass:
    """One text being judged. Lines before ``head`` and from ``tail`` on are not enclosed by prose."""

    def __init__(self, judged: Judgement, head: int, tail: int) -> None:
        self.judged = judged
        self.reasons = judged.reasons
        self.seen = judged.seen
        self.head, self.tail = head, tail
        self.questions = sum(line.text.endswith("?") for line in self.seen)  # many of them: an interview

    def _in_zone(self, index: int) -> bool:
        return index < self.head or index >= self.tail

    def _kept(self, start: int, end: int) -> Iterator[int]:
        return (index for index in range(start, end) if self.reasons[index] is None)

    def _reason(self, index: int) -> str | None:
        return self.reasons[index] if 0 <= index < len(self.reasons) else None

    def _remove(self, index: int, reason: str) -> None:
        if self.reasons[index] is None:
            self.reasons[index] = reason

    def _by_wording(self, index: int) -> None:
        if phrase := self.seen[index].phrase:
            self._remove(index, phrase.reason)
