"""Which lines of pasted text are page furniture, judged in runs.

Furniture gathers at the head and the tail, around marks that nothing but furniture bears ("Leave a
reply"). A line that could be either ("News", a related headline) is judged by its neighbours; in the
middle of the text, between paragraphs, only sure marks and what they govern are removed. Whatever is in
doubt stays: a reader skips a stray line, but cannot miss one that is gone.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.ingest.dates import (
    byline_in,
    date_in,
    is_date_line,
    is_labelled_date,
    looks_like_name,
    name_with_role,
)
from reader.ingest.features import Features, features, unseen
from reader.ingest.phrases import Proof, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Furniture that comes in stretches: what stands between two such lines belongs to the stretch.
_SPREADING = {
    "share buttons", "comment widget", "newsletter prompt", "related links", "site navigation",
    "cookie notice", "donation prompt", "subscription prompt", "app prompt", "tags", "counts",
    "poll or form", "media player", "copyright notice", "message from the site", "title repeated",
}  # fmt: skip
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
_SECTION_LINKS = {"more>>", "more >>", "more »", "view all", "see all"}
_ACTIONS = {
    "learn more", "find out more", "sign up", "sign up now", "subscribe", "subscribe now",
    "get started", "join now", "accept", "accept all", "donate", "donate now", "shop now", "read more",
    "more information", "register", "register now", "dismiss", "got it", "download",
}  # fmt: skip
_FAR = 12
# In a text of book length only its head and tail are looked at, which bounds the time.
_LONG, _MARGIN = 6000, 2000


@dataclass(slots=True)
class Judgement:
    """What each line is: ``reasons`` tells why a line is removed (None: it stays), by index."""

    reasons: list[str | None]
    seen: list[Features]
    title: int | None = None
    byline: str | None = None
    published: str | None = None
    site: str | None = None
    restored: bool = field(default=False)


def judge(lines: Sequence[str]) -> Judgement:
    """Judge the lines of a text, none of them blank."""
    between = range(_MARGIN, len(lines) - _MARGIN) if len(lines) > _LONG else range(0)
    seen = [
        unseen(line) if index in between else features(line, first=index == 0)
        for index, line in enumerate(lines)
    ]
    judged = Judgement([None] * len(lines), seen)
    if not lines:
        return judged
    prose = [index for index, line in enumerate(seen) if line.prose]
    head = prose[0] if prose else 0
    tail = _tail_start(seen, prose)
    _Judge(judged, head, tail).run()
    return judged


def _tail_start(seen: Sequence[Features], prose: Sequence[int]) -> int:
    """Return where the tail begins: after the last paragraph, or where furniture plainly takes over.

    A page's own sentences ("At this station we consider…") read like paragraphs. They stay in the text,
    but the labels around them are judged as a tail.
    """
    if not prose:
        return len(seen)
    end = prose[-1] + 1
    likely = paragraphs = 0
    start = end
    for first in range(len(seen) - 1, max(0, prose[0]), -1):
        line = seen[first]
        likely += line.proof >= Proof.LIKELY
        paragraphs += line.prose
        if paragraphs * 3 > len(prose):
            break
        sure = line.proof == Proof.SURE and line.phrase and line.phrase.reason in _SPREADING
        if first < end and sure and likely >= 5 and paragraphs * 4 <= likely:
            start = first
    return start


class _Judge:
    """One text being judged. Lines before ``head`` and from ``tail`` on are not enclosed by prose."""

    def __init__(self, judged: Judgement, head: int, tail: int) -> None:
        self.judged = judged
        self.reasons = judged.reasons
        self.seen = judged.seen
        self.head, self.tail = head, tail
        self.questions = sum(line.text.endswith("?") for line in self.seen)  # many of them: an interview

    def run(self) -> None:
        self._sure()
        self._menus()
        self._forms()
        self._comments()
        self._title()
        self._head()
        self._metadata()
        self._rows()
        self._beside()
        self._governed()
        self._tail()
        self._sections()
        self._repeated()

    # -- small questions ---------------------------------------------------------------------------------

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

    # -- the steps ---------------------------------------------------------------------------------------

    def _sure(self) -> None:
        for index, line in enumerate(self.seen):
            if line.proof == Proof.SURE:
                self._by_wording(index)

    def _menus(self) -> None:
        """Remove menus: stretches of short labels, several of them words that menus consist of."""
        start = 0
        while start < len(self.seen):
            end = start
            while end < len(self.seen) and (self.seen[end].label or self.reasons[end]):
                end += 1
            known = [index for index in range(start, end) if self.seen[index].proof]
            menu = sum(self._menu_word(index) for index in known)
            if end - start >= 5 and menu >= 2 and len(known) * 5 >= (end - start) * 2:
                # A label beyond the last known word may be the article's first: a name, a kicker, a subhead.
                for index in range(known[0] if start else start, known[-1] + 1):
                    self._by_wording(index)
                    self._remove(index, "site navigation")
            start = end + 1

    def _menu_word(self, index: int) -> bool:
        phrase = self.seen[index].phrase
        return bool(
            phrase
            and phrase.reason in ("site navigation", "subscription prompt")
            and phrase.proof >= Proof.LIKELY
        )

    def _forms(self) -> None:
        """Remove what stands between the sure lines of one poll or form."""
        marks = [index for index, reason in enumerate(self.reasons) if reason == "poll or form"]
        for first, last in pairwise(marks):
            between = range(first + 1, last)
            if len(between) <= _FAR and all(self.seen[index].words <= 16 for index in between):
                for index in between:
                    self._remove(index, "poll or form")

    def _comments(self) -> None:
        """Remove readers' comments: the end of the text, when every few lines belong to a comment widget."""
        start, below, each = None, len(self.seen), 0
        for index in range(len(self.seen) - 1, len(self.seen) // 3 - 1, -1):
            if self.seen[index].proof < Proof.LIKELY:
                continue
            if below - index > 4:
                break
            below = index
            each += self._per_comment(index)
            if each >= 3 and self.reasons[index] == "comment widget":
                start = index
        if start is not None:
            for index in range(start, len(self.seen)):
                self._by_wording(index)
                self._remove(index, "reader comment")
            self.tail = min(self.tail, start)

    def _per_comment(self, index: int) -> bool:
        """Whether a line is of the kind that every single comment brings along."""
        words = self.seen[index].plain.split()
        return bool(words) and words[-1] in (
            "reply",
            "says",
            "ago",
            "report",
            "share",
            "like",
            "upvote",
            "flag",
        )

    def _title(self) -> None:
        """Find the title: the first line of the head that could be a headline and is no promotion."""
        end = min(self.head, len(self.seen))
        candidates = [index for index in self._kept(0, end) if self._could_be_title(index)]
        if len(candidates) > 1 and self._is_promoted(candidates[0]):
            self._remove(candidates.pop(0), "promotion")
        long = [index for index in candidates if self.seen[index].words >= 4]
        if candidates:
            self.judged.title = (long or candidates)[0]
        self._page_title(candidates)

    def _could_be_title(self, index: int) -> bool:
        line = self.seen[index]
        if line.words < 3 or line.caption or line.dated or byline_in(line.text):
            return False
        # Headlines are worded like links, too: "LIVE: Leaders arrive in Copenhagen".
        return line.proof < Proof.LIKELY or (line.proof == Proof.LIKELY and line.headline)

    def _is_promoted(self, index: int) -> bool:
        """Whether a line at the very top is an offer: a button ("Learn more") stands right under it."""
        below = self.seen[index + 1].plain if index + 1 < len(self.seen) else ""
        return below in _ACTIONS and self.seen[index].words <= 10 and not any(self._kept(0, index))

    def _page_title(self, candidates: list[int]) -> None:
        """Tell the window's title ("Headline - The Site") from the headline that follows it."""
        for index, later_ones in (
            (first, candidates[place + 1 : 30]) for place, first in enumerate(candidates[:29])
        ):
            whole = self.seen[index].text
            for later in later_ones:
                text = self.seen[later].text
                if (
                    whole.endswith(text)
                    and len(text) >= 12
                    and whole[: -len(text)].strip()[-1:] in ("|", ">", "»")
                ):
                    self._remove(index, "window title")
                    self.judged.title = later
                    return
                rest = whole[len(text) :].strip()
                if whole.startswith(text) and len(text) >= 12 and rest[:1] in ("|", "-", "–", "—", "·", "•"):
                    self.judged.site = rest.strip(" |-–—·•") or None
                    self._remove(index, "window title")
                    self.judged.title = later
                    return

    def _head(self) -> None:
        """Remove what stands in the head before the title, when some of it is surely furniture."""
        title = self.judged.title
        if title is None:
            return
        before = range(title)
        marks = sum(bool(self.reasons[index]) or self.seen[index].proof >= Proof.LIKELY for index in before)
        first = self._reason(0) == "web address"
        for index in before:
            line = self.seen[index]
            likely = line.proof == Proof.LIKELY and (line.words <= 6 or not line.stops)
            if likely or (line.proof == Proof.WEAK and marks - first >= 2):
                self._by_wording(index)
            elif (
                line.label and marks - first >= 2 and marks * 3 >= len(before) and not is_date_line(line.text)
            ):
                self._remove(index, "site navigation")

    def _metadata(self) -> None:
        """Take byline and publication date from the lines around the title."""
        judged = self.judged
        for index in self._kept(0, min(self.head, len(self.seen))):
            if index == judged.title:
                continue
            text = self.seen[index].text
            if judged.byline is None and (byline := byline_in(text) or name_with_role(text)):
                judged.byline = byline
                judged.published = judged.published or date_in(text)
                self._remove(index, "byline")
            elif is_date_line(text):
                judged.published = judged.published or date_in(text)
                self._remove(index, "publication date")
        for index in self._kept(self.tail, len(self.seen)):
            text = self.seen[index].text
            if is_labelled_date(text):
                judged.published = judged.published or date_in(text)
                self._remove(index, "publication date")
        self._late_byline()
        if judged.byline is None and judged.title is not None:
            self._name_as_byline(judged.title)

    def _late_byline(self) -> None:
        """Take a byline that stands under a standfirst, and the date beside it."""
        for index in self._kept(self.head, min(self.head + 8, self.tail)):
            text = self.seen[index].text
            byline = byline_in(text) if text[:3] in ("By ", "BY ") else None
            if self.judged.byline or byline is None or not looks_like_name(byline):
                continue
            self.judged.byline = byline
            self._remove(index, "byline")
            for near in self._kept(max(0, index - 1), min(index + 3, len(self.seen))):
                if self.seen[near].dated:
                    self.judged.published = self.judged.published or date_in(self.seen[near].text)
                    self._remove(near, "publication date")
            return

    def _name_as_byline(self, title: int) -> None:
        """Take a bare name under the title for the byline when another line confirms it."""
        removed = " ".join(line.text for line, reason in zip(self.seen, self.reasons, strict=True) if reason)
        for index in range(title + 1, min(title + 4, self.head)):
            name = self.seen[index].text
            if self.reasons[index] is None and looks_like_name(name) and name in removed:
                self.judged.byline = name
                self._remove(index, "byline")
                return

    def _beside(self) -> None:
        """Remove likely lines at the head and tail, and wherever they stand beside furniture."""
        after_title = (self.judged.title if self.judged.title is not None else -1) + 1
        for index in self._kept(0, len(self.seen)):
            line = self.seen[index]
            if line.proof != Proof.LIKELY or index == self.judged.title:
                continue
            if line.words > 8 and line.stops and line.phrase and line.phrase.reason != "author contact":
                continue  # a sentence needs a neighbour that is surely furniture
            if (after_title <= index < self.head or index >= self.tail) and not (
                line.words > 12 and index < self.head
            ):
                self._by_wording(index)
        changed = True
        while changed:
            changed = False
            for index in self._kept(0, len(self.seen)):
                line = self.seen[index]
                if index == self.judged.title or not line.proof:
                    continue
                near = self._reason(index - 1) in _SPREADING or self._reason(index + 1) in _SPREADING
                paired = self._likely(index - 1) or self._likely(index + 1)
                likely = line.proof == Proof.LIKELY and (near or paired)
                if likely or (line.proof == Proof.WEAK and near and self._in_zone(index)):
                    self._by_wording(index)
                    changed = True

    def _rows(self) -> None:
        """Remove rows of buttons with their counts ("41", "6", "Share"), wherever they stand."""
        start = 0
        while start < len(self.seen):
            end = start
            while end < len(self.seen) and self.seen[end].proof and self.seen[end].words <= 4:
                end += 1
            likely = sum(self.seen[index].proof >= Proof.LIKELY for index in range(start, end))
            if end - start >= 3 and likely and not (start <= (self.judged.title or -1) < end):
                for index in range(start, end):
                    self._by_wording(index)
            start = end + 1

    def _likely(self, index: int) -> bool:
        return (
            0 <= index < len(self.seen)
            and self.seen[index].proof == Proof.LIKELY
            and self.seen[index].words <= 4
        )

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
            while end < len(self.seen) and end - index <= _FAR and self._entry(end):
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
        marks = [index for index in range(start, len(self.seen)) if self.reasons[index] in _SPREADING]
        if not marks:
            return
        if (taken := self._taken_over(marks)) is not None:
            for index in self._kept(taken, len(self.seen)):
                line = self.seen[index]
                if not (line.prose or line.caption or line.quoted or self._sentence(index)):
                    self._by_wording(index)
                    if line.fused or not (line.item or line.words > 14 or line.text.endswith(":")):
                        self._remove(index, "page furniture")
            return
        span = marks[-1] - marks[0] + 1
        dense = len(marks) * 3 >= span and len(marks) >= 3
        for index in self._kept(marks[0], marks[-1]):
            line = self.seen[index]
            place = bisect(marks, index)
            before, after = marks[place - 1], marks[place]
            close = after - before <= _FAR + 1
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

    def _sections(self) -> None:
        """Remove the title of a section that a "More>>" link closes."""
        for index in self._kept(0, len(self.seen) - 1):
            after = self.seen[index + 1]
            closes = after.text.lower() in _SECTION_LINKS or after.plain in _SECTION_LINKS
            if closes and self.reasons[index + 1] and self.seen[index].label and index != self.judged.title:
                self._remove(index, "related links")

    def _repeated(self) -> None:
        """Remove repetitions: the title after the text, and labels of a menu that was removed above."""
        title = plain(self.seen[self.judged.title].text) if self.judged.title is not None else None
        labels = {
            line.plain
            for line, reason in zip(self.seen, self.reasons, strict=True)
            if reason == "site navigation" and line.label
        }
        for index in self._kept(0, len(self.seen)):
            line = self.seen[index]
            if index == self.judged.title or not self._in_zone(index):
                continue
            if line.plain == title and line.words >= 4 and index >= self.tail:
                self._remove(index, "title repeated")
            elif line.plain in labels and line.label:
                self._remove(index, "site navigation")
