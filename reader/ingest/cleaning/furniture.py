"""Which lines of pasted text are page furniture, judged in runs.

Furniture gathers at the head and the tail, around marks that nothing but furniture bears ("Leave a
reply"). A line that could be either ("News", a related headline) is judged by its neighbours; in the
middle of the text, between paragraphs, only sure marks and what they govern are removed. Whatever is in
doubt stays: a reader skips a stray line, but cannot miss one that is gone.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from reader.ingest.cleaning.head import HeadJudge
from reader.ingest.cleaning.judgement import FAR, SPREADING, Judgement
from reader.ingest.cleaning.lines import Features, features, unseen
from reader.ingest.cleaning.neighbourhood import judge_neighbourhood
from reader.ingest.cleaning.phrases import Proof, plain
from reader.ingest.cleaning.tail import Closing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADINGS = {"related links", "tags", "subscription prompt"}
_SECTION_LINKS = {"more>>", "more >>", "more »", "view all", "see all"}
_ACTIONS = {
    "learn more", "find out more", "sign up", "sign up now", "subscribe", "subscribe now",
    "get started", "join now", "accept", "accept all", "donate", "donate now", "shop now", "read more",
    "more information", "register", "register now", "dismiss", "got it", "download",
}  # fmt: skip
# In a text of book length only its head and tail are looked at, which bounds the time: so many lines of
# each, and as many again while there is furniture among the last of them.
_BESIDE = SPREADING | {"publication date"}  # under the date stand buttons
_ENLARGING = {"view image in fullscreen", "open image modal", "enlarge image", "click to enlarge"}
_AGE = re.compile(
    r"\d+ ?(?:s|m|h|d|w|y|mo|min|hr|sec|second|minute|hour|day|week|month|year)s?(?: ago)?(?: \(?edited\)?)?"
)
_LONG, _MARGIN, _STEP = 6000, 2000, 250


def judge(lines: Sequence[str]) -> Judgement:
    """Judge the lines of a text, none of them blank: by rules, then by what stands around each line."""
    judged = judge_by_rules(lines)
    judge_neighbourhood(judged)
    return judged


def judge_by_rules(lines: Sequence[str]) -> Judgement:
    """Judge lines by their wording, and by the rules for what that wording governs."""
    seen = _looked_at(lines)
    judged = Judgement([None] * len(lines), seen)
    if not lines:
        return judged
    prose = [index for index, line in enumerate(seen) if line.prose]
    head = prose[0] if prose else 0
    tail = _tail_start(seen, prose)
    _Judge(judged, head, tail).run()
    return judged


def _looked_at(lines: Sequence[str]) -> list[Features]:
    """Return the features of all lines; of a long text, those of its head and tail, seen from the ends."""
    if len(lines) <= _LONG:
        return [features(line, first=index == 0) for index, line in enumerate(lines)]
    head = _end(features(line, first=index == 0) for index, line in enumerate(lines[:_MARGIN]))
    tail = _end(features(line) for line in lines[: -_MARGIN - 1 : -1])
    return [*head, *map(unseen, lines[len(head) : len(lines) - len(tail)]), *reversed(tail)]


def _end(lines: Iterator[Features]) -> list[Features]:
    """Return the first lines, as far as there is furniture among them."""
    seen: list[Features] = []
    while step := list(islice(lines, _STEP)):
        seen += step
        if not any(line.proof >= Proof.LIKELY for line in step):
            break
    return seen


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
        sure = line.proof == Proof.SURE and line.phrase and line.phrase.reason in SPREADING
        if first < end and sure and likely >= 5 and paragraphs * 4 <= likely:
            start = first
    return start


class _Judge(HeadJudge, Closing):
    """All steps, in the order in which they build on each other."""

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
        self._single_comments()
        self._author()
        self._pictures()
        self._signature()
        self._sections()
        self._repeated()

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
            known = (
                [index for index in range(start, end) if self.seen[index].proof] if end - start >= 5 else []
            )
            menu = sum(map(self._menu_word, known)) if known else 0
            if menu >= 2 and len(known) * 5 >= (end - start) * 2:
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
            if len(between) <= FAR and all(self.seen[index].words <= 16 for index in between):
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

    def _pictures(self) -> None:
        """Remove what a page says in place of a picture: it stands over the button that enlarges it, or over
        a caption that says it again."""
        for index in self._kept(0, len(self.seen) - 1):
            line, below = self.seen[index], self.seen[index + 1]
            if index == self.judged.title or line.quoted:
                continue
            enlarges = below.plain in _ENLARGING and self.reasons[index + 1] is not None and not line.stops
            again = (
                line.words >= 4 and len(below.text) > len(line.text) and line.text.rstrip(".") in below.text
            )
            if enlarges or (again and self.reasons[index + 1] is None):
                self._remove(index, "text in place of a picture")

    def _single_comments(self) -> None:
        """Remove a comment between its age and "Reply", below the heading of a page's comments."""
        marks = [n for n in range(self.tail, len(self.seen)) if self.reasons[n] == "comment widget"]
        for reply in marks[1:]:
            if self.seen[reply].plain != "reply":
                continue
            above = range(max(marks[0], reply - FAR), reply)
            age = next((n for n in reversed(above) if _AGE.fullmatch(self.seen[n].plain)), None)
            for index in self._kept(age + 1, reply) if age is not None else ():
                self._remove(index, "reader comment")

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

    def _beside(self) -> None:
        """Remove likely lines at the head and tail, and wherever they stand beside furniture."""
        after_title = (self.judged.title if self.judged.title is not None else -1) + 1
        marks = [index for index in range(self.tail, len(self.seen)) if self.reasons[index]]
        first_mark = marks[0] if marks else len(self.seen)
        for index in self._kept(0, len(self.seen)):
            line = self.seen[index]
            if line.proof != Proof.LIKELY or index == self.judged.title:
                continue
            if line.words > 8 and line.stops and line.phrase and line.phrase.reason != "author contact":
                continue  # a sentence needs a neighbour that is surely furniture
            opening = after_title <= index < self.head and line.words <= 12
            # In the tail, too, a lone word may be a poem's: it goes among furniture, or as the very last.
            among = index > first_mark or index >= len(self.seen) - 2 or self._furnished(index)
            if len(marks) >= 3 and line.phrase and line.phrase.reason in _HEADINGS:
                among = True
            if opening or (index >= self.tail and among):
                self._by_wording(index)
        changed = True
        while changed:
            changed = False
            for index in self._kept(0, len(self.seen)):
                line = self.seen[index]
                if index == self.judged.title or not line.proof:
                    continue
                near = self._reason(index - 1) in _BESIDE or self._reason(index + 1) in SPREADING
                paired = self._likely(index - 1) or self._likely(index + 1)
                likely = line.proof == Proof.LIKELY and (near or paired)
                if likely or (line.proof == Proof.WEAK and near and self._in_zone(index)):
                    self._by_wording(index)
                    changed = True

    def _furnished(self, index: int) -> bool:
        """Whether furniture stands within two lines of a line."""
        return any(
            self._reason(near) or self._likely(near) for near in (index - 2, index - 1, index + 1, index + 2)
        )

    def _rows(self) -> None:
        """Remove rows of buttons with their counts ("41", "6", "Share"), wherever they stand."""
        start = 0
        while start < len(self.seen):
            end = start
            while end < len(self.seen) and self.seen[end].proof and self.seen[end].words <= 4:
                end += 1
            likely = end - start >= 3 and any(
                self.seen[index].proof >= Proof.LIKELY for index in range(start, end)
            )
            if likely and not (start <= (self.judged.title or -1) < end):
                for index in range(start, end):
                    self._by_wording(index)
            start = end + 1

    def _likely(self, index: int) -> bool:
        return (
            0 <= index < len(self.seen)
            and self.seen[index].proof == Proof.LIKELY
            and self.seen[index].words <= 4
        )

    def _sections(self) -> None:
        """Remove the title of a section that a "More>>" link closes."""
        for index in self._kept(0, len(self.seen) - 1):
            after = self.seen[index + 1]
            if not self.reasons[index + 1] or index == self.judged.title or not self.seen[index].label:
                continue
            if after.text.lower() in _SECTION_LINKS or after.plain in _SECTION_LINKS:
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
