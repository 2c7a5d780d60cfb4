"""The head of a pasted text: the title, what stands before it, byline and date."""

from __future__ import annotations

from reader.ingest.cleaning.bylines import (
    byline_in,
    date_in,
    is_date_line,
    is_labelled_date,
    is_post,
    looks_like_name,
    name_with_role,
    names_alone,
    names_in_places,
)
from reader.ingest.cleaning.judgement import Pass
from reader.ingest.cleaning.phrases import Proof

_ACTIONS = {
    "learn more", "find out more", "sign up", "sign up now", "subscribe", "subscribe now",
    "get started", "join now", "accept", "accept all", "donate", "donate now", "shop now", "read more",
    "more information", "register", "register now", "dismiss", "got it", "download",
}  # fmt: skip


class HeadJudge(Pass):
    """The steps that judge the head."""

    def _title(self) -> None:
        """Find the title: the first line of the head that could be a headline and is no promotion."""
        end = min(self.head, len(self.seen))
        candidates = [index for index in self._kept(0, end) if self._could_be_title(index)]
        if len(candidates) > 1 and self._is_promoted(candidates[0]):
            self._remove(candidates.pop(0), "promotion")
        masthead = len(candidates) > 1 and self._is_masthead(candidates[0])
        if masthead:
            first = candidates[0]
            self._remove(first, "newsletter prompt")
            self._by_wording(first + 1)
            candidates = [index for index in candidates if self.reasons[index] is None]
        long = [index for index in candidates if self.seen[index].words >= 4]
        if candidates:
            self.judged.title = (candidates if masthead else long or candidates)[0]
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
        button = below in _ACTIONS or below.startswith("learn more about ")
        return button and self.seen[index].words <= 10 and not any(self._kept(0, index))

    def _is_masthead(self, index: int) -> bool:
        """Whether a line says what a newsletter is about: it stands under "Discover more from …"."""
        above = self.seen[index - 1].plain if index else ""
        return above.startswith("discover more from ") and self.seen[index + 1].proof >= Proof.LIKELY

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
            self._name_over_post(judged.title)
            self._name_over_date(judged.title)
            self._name_below_by(judged.title)
        if judged.byline is None and judged.title is not None:
            self._name_as_byline(judged.title)

    def _late_byline(self) -> None:
        """Take a byline that stands under a standfirst, and the date beside it."""
        for index in self._kept(self.head, min(self.head + 8, self.tail)):
            text = self.seen[index].text
            byline = byline_in(text) if text[:3] in ("By ", "BY ") else None
            if self.judged.byline or byline is None or not names_alone(byline):
                continue
            self.judged.byline = byline
            self._remove(index, "byline")
            for near in self._kept(max(0, index - 1), min(index + 3, len(self.seen))):
                if self.seen[near].dated:
                    self.judged.published = self.judged.published or date_in(self.seen[near].text)
                    self._remove(near, "publication date")
            return

    def _name_over_post(self, title: int) -> None:
        """Take a name under the title with what it is at the newsroom below, and from where it reports."""
        for index in self._kept(title + 1, min(title + 8, len(self.seen) - 1)):
            name = self.seen[index].text
            if not looks_like_name(name) or is_post(name) or not is_post(self.seen[index + 1].text):
                continue
            self.judged.byline = name
            self._remove(index, "byline")
            self._remove(index + 1, "byline")
            from_where = self.seen[index + 2].plain if index + 2 < len(self.seen) else ""
            if from_where.startswith("reporting from"):
                self._remove(index + 2, "byline")
                below = index + 3
                if from_where == "reporting from" and below < len(self.seen) and self.seen[below].label:
                    self._remove(below, "byline")
            return

    def _name_below_by(self, title: int) -> None:
        """Take a name that stands on a line below "By"."""
        for index in range(title + 1, min(title + 8, len(self.seen) - 1)):
            name = self.seen[index + 1].text
            if self.seen[index].plain == "by" and looks_like_name(name) and self.judged.byline is None:
                self.judged.byline = name
                self._remove(index, "byline")
                self._remove(index + 1, "byline")

    def _name_over_date(self, title: int) -> None:
        """Take who reports from where ("Sofia Ek in Oslo") when a date stands right below it."""
        for index in self._kept(title + 1, min(title + 8, len(self.seen) - 1)):
            names = names_in_places(self.seen[index].text)
            if names is not None and self.seen[index + 1].dated and self.judged.byline is None:
                self.judged.byline = names
                self._remove(index, "byline")

    def _name_as_byline(self, title: int) -> None:
        """Take a bare name under the title for the byline when another line confirms it: one that was
        removed, or the next, which says it again (a picture and its name) or how long it is to read."""
        removed = " ".join(line.text for line, reason in zip(self.seen, self.reasons, strict=True) if reason)
        for index in range(title + 1, min(title + 4, self.head)):
            name = self.seen[index].text
            if self.reasons[index] is not None or not looks_like_name(name):
                continue
            again = self.seen[index + 1].text == name
            if again or name in removed or self._reason(index + 1) == "reading time":
                self.judged.byline = name
                for line in (index, index + 1) if again else (index,):
                    self._remove(line, "byline")
                return
