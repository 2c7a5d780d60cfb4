"""Lines that an extractor took for the article and that are not its own.

Promotions of other articles, bios, rows of links, labels above the title, repetitions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.cleaning.bylines import byline_in, date_in
from reader.ingest.cleaning.furniture import judge
from reader.ingest.cleaning.lines import features
from reader.ingest.cleaning.phrases import Proof
from reader.ingest.webpage.claims import key_of
from reader.ingest.webpage.recovery import is_announced, is_clock
from reader.ingest.webpage.regions import ASIDE, BYLINE, STRONG

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.ingest.assembly import Metadata
    from reader.ingest.markup import Element
    from reader.ingest.webpage.linked_data import LinkedArticle
    from reader.ingest.webpage.outline import PageLine

# What an extractor lets through and what is never an article's own line; everything else it judges better.
_LEFTOVERS = {
    "share buttons", "comment widget", "newsletter prompt", "advertisement", "cookie notice",
    "app prompt", "subscription prompt", "media player", "poll or form", "page code", "related links",
    "site navigation",
}  # fmt: skip
_LOOSE = {ASIDE, "page header", "poll or form", "media player"}
_LONGEST_LEFTOVER = 300
_LONGEST_LABEL, _LONGEST_DATELINE = 6, 14  # words
_HEAD, _TAIL = 60, 120  # lines that are judged together; between them only by themselves
_SHORTEST_BODY = 200  # letters
_SHORTEST_REPEATED = 20  # letters
_SHORTEST_ARTICLE = 4  # lines, its title among them, before comments can begin
_COUNTED = r"(?:\d[\d,.]*|no|one|two|three|all|view|read|reader|user|your|latest|top|readers?['’]?s?)"
_COMMENTS = re.compile(  # not the bare word, which may be a subject
    rf"(?:{_COUNTED}\s+){{1,3}}comments?(?:\s+on .+|\s*[:(].{{0,20}})?|comments?\s*(?:\(?\d+\)?|on .+)"
    r"|\d+ (?:responses?|thoughts?|replies)\b.*|(?:leave|post|add) a (?:comment|reply)"
    r"|join the (?:discussion|conversation)",
    re.I,
)
_CARD_LINES, _CARD_WORDS = 4, 120
_RELATED = "related links"


def leftovers(
    lines: Sequence[PageLine],
    kept: Iterable[int],
    title: int | None,
    metadata: Metadata,
    linked: LinkedArticle | None,
) -> dict[int, str]:
    """Return which of the kept lines to drop, by index, each with the reason.

    What the publisher's own text in ``linked`` has is never dropped. A line of the words of its section is
    that section's label, one of the ``metadata``'s byline is the byline.
    """
    return _Clearing(lines, sorted(kept), title, metadata, linked).run()


class _Clearing:
    def __init__(
        self,
        lines: Sequence[PageLine],
        kept: list[int],
        title: int | None,
        metadata: Metadata,
        linked: LinkedArticle | None,
    ) -> None:
        self.lines = lines
        self.all = kept
        self.title = title
        self.byline = key_of(metadata.byline or "")
        self.section = key_of((linked.section if linked else None) or "")
        self.reasons: dict[int, str] = {}
        self.safe = {title} if title is not None else set()
        body = key_of(linked.body) if linked else ""
        if len(body) > _SHORTEST_BODY:
            self.safe |= {i for i in kept if len(lines[i].text) > 40 and key_of(lines[i].text) in body}

    def run(self) -> dict[int, str]:
        for index in self.all:
            if reason := self._alone(self.lines[index]):
                self._drop(index, reason)
        self._judged()
        self._labels()
        self._dates()
        self._cards()
        self._comments()
        self._links()
        self._repeated()
        kept = self._kept()
        if len(self.reasons) * 2 > len(self.all) and not any(len(self.lines[i].text) > 200 for i in kept):
            return {}  # everything looks like furniture: it must have been misjudged
        return self.reasons

    def _kept(self) -> list[int]:
        return [index for index in self.all if index not in self.reasons]

    def _drop(self, index: int, reason: str) -> None:
        if index not in self.safe:
            self.reasons.setdefault(index, reason)

    def _alone(self, line: PageLine) -> str | None:
        """Return why a line goes for its place on the page or its own words alone."""
        if line.region in STRONG:
            return line.region
        words = len(line.text.split())
        if line.region == BYLINE and words <= 20 and not line.card:
            return BYLINE
        label = words <= _LONGEST_LABEL and line.kind in ("paragraph", "list_item")
        if line.region in _LOOSE and (line.linked * 2 > len(line.text) or (label and line.region != ASIDE)):
            return line.region
        if len(line.text) > _LONGEST_LEFTOVER or line.kind == "code" or line.card or words > 40:
            return None
        seen = features(line.text)
        if seen.phrase and seen.proof == Proof.SURE and seen.phrase.reason in _LEFTOVERS:
            return seen.phrase.reason
        return None

    def _judged(self) -> None:
        """Drop what the judgement of pasted text says of the article's head and tail."""
        looked = self.all if len(self.all) <= _HEAD + _TAIL else [*self.all[:_HEAD], *self.all[-_TAIL:]]
        judged = judge([" ".join(self.lines[index].text.split()) for index in looked])
        for index, reason in zip(looked, judged.reasons, strict=True):
            line = self.lines[index]
            own = line.card or line.table is not None or is_clock(line.text)
            if reason and line.kind in ("paragraph", "heading") and not own:
                self._drop(index, reason)

    def _labels(self) -> None:
        """Drop what stands above the title: the section's name, links."""
        for index in self._kept():
            line = self.lines[index]
            if self.title is None or index >= self.title:
                break
            label = len(line.text.split()) <= _LONGEST_LABEL and not features(line.text).stops
            label = label or line.region == "page header"
            if line.kind != "caption" and (label or line.linked * 2 > len(line.text)):
                self._drop(index, "section label")
        if self.section:
            for index in self._kept()[:4]:
                if key_of(self.lines[index].text) == self.section:
                    self._drop(index, "section label")

    def _dates(self) -> None:
        """Drop bylines and publication dates before the text, or between its standfirst and its lead."""
        paragraphs = 0
        for index in self._kept():
            line = self.lines[index]
            seen = features(line.text)
            paragraphs += seen.prose and index != self.title
            if paragraphs > 1:
                return
            published = line.kind == "paragraph" and seen.words <= _LONGEST_DATELINE and not seen.stops
            if seen.dated or (published and date_in(line.text)):
                self._drop(index, "publication date")
            elif line.kind != "heading" and (byline_in(line.text) or key_of(line.text) == self.byline != ""):
                self._drop(index, BYLINE)

    def _is_link(self, index: int) -> bool:
        """Whether a line is nothing but a link of some words, as headlines of other articles are."""
        line = self.lines[index]
        whole = line.linked * 10 >= len(line.text) * 8 and len(line.text.split()) >= 3
        return (
            whole
            and line.kind in ("paragraph", "list_item", "heading")
            and line.table is None
            and not line.card
        )

    def _cards(self) -> None:
        """Drop cards of other articles: a link around several lines, or a linked headline and its summary."""
        for index in self._kept():
            line = self.lines[index]
            if line.anchor is not None and index != self.title and not line.card:
                self._drop(index, _RELATED)
        holders: dict[Element, list[int]] = {
            _holder(line): []
            for index, line in enumerate(self.lines)
            if index != self.title and self._is_link(index) and not self._belongs(index)
        }
        if not holders:
            return
        for index, line in enumerate(self.lines):
            for up in (line.element, *line.element.iterancestors()):
                if up in holders:
                    holders[up].append(index)
        kept = set(self._kept())
        total = self._words(kept)
        for held in holders.values():
            own = kept.intersection(held)
            small = len(held) <= _CARD_LINES and self._words(held) <= _CARD_WORDS
            if small and self.title not in held and self._words(own) * 3 < total:
                for index in own:
                    self._drop(index, _RELATED)

    def _belongs(self, index: int) -> bool:
        """Whether a link is a sentence, or an entry of a list that the text before it leads up to."""
        return features(self.lines[index].text).stops or is_announced(self.lines, index)

    def _words(self, indices: Iterable[int]) -> int:
        return sum(len(self.lines[index].text.split()) for index in indices)

    def _comments(self) -> None:
        """Drop everything from the heading of the readers' comments on."""
        kept = self._kept()
        if len(kept) <= _SHORTEST_ARTICLE:
            return
        for index in range(kept[_SHORTEST_ARTICLE], kept[-1]):
            line = self.lines[index]
            if line.kind == "heading" and _COMMENTS.fullmatch(line.text):
                for each in kept:
                    if each >= index:
                        self._drop(each, "comment widget")
                return

    def _links(self) -> None:
        """Drop headlines of other articles at the end, and headings that nothing of the article follows."""
        kept = self._kept()
        tail = len(kept)
        while tail and (
            self._is_link(kept[tail - 1])
            or self.lines[kept[tail - 1]].kind == "heading"
            or (tail < len(kept) and len(self.lines[kept[tail - 1]].text.split()) <= _LONGEST_LABEL - 2)
        ):
            tail -= 1
        linked = [place for place in range(tail, len(kept)) if self._is_link(kept[place])]
        for place, index in enumerate(kept):
            line = self.lines[index]
            if index == self.title or is_clock(line.text):
                continue
            if place >= tail:
                foreign = bool(linked) or line.kind == "heading"
            elif line.kind == "heading":
                foreign = kept[place + 1] != index + 1 and self._leads_away(index + 1)
            else:
                foreign = line.kind == "paragraph" and self._is_link(index) and not features(line.text).stops
            if foreign:
                self._drop(index, _RELATED)

    def _leads_away(self, index: int) -> bool:
        """Whether a line that is not kept is a link to elsewhere."""
        if index >= len(self.lines):
            return False
        line = self.lines[index]
        return line.region in STRONG or self._is_link(index)

    def _repeated(self) -> None:
        """Drop pull quotes, which repeat words of the text."""
        kept = self._kept()
        quoted = {i for i in kept if self.lines[i].kind == "block_quotation" or self.lines[i].region == ASIDE}
        if not quoted:
            return
        text = "\n".join(key_of(self.lines[index].text) for index in kept if index not in quoted)
        for index in sorted(quoted)[:500]:
            key = key_of(self.lines[index].text)
            if len(key) >= _SHORTEST_REPEATED and key in text:
                self._drop(index, "pull quote (repeated)")


def _holder(line: PageLine) -> Element:
    """Return the element that would be a card's: what holds a line's heading or link."""
    element = line.element
    if line.tag in ("div", "li", "section", "article", "td"):
        return element
    up = element.getparent()
    while up is not None and up.tag in ("a", "span", "header", "h2", "h3", "h4"):
        up = up.getparent()
    return element if up is None else up
