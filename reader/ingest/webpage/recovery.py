"""Lines of the article that the extractor left out: leads, standfirsts, captions, subheads, last paragraphs.

A line comes back for evidence of its place (inside the article's element, between its title and its end)
and of its own shape; what stands in a part of the page that is not the article's never does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.cleaning.bylines import byline_in, name_with_role
from reader.ingest.cleaning.lines import features
from reader.ingest.cleaning.phrases import Proof
from reader.ingest.webpage.claims import key_of
from reader.ingest.webpage.outline import SIGNATURE
from reader.ingest.webpage.regions import STRONG, names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.ingest.webpage.outline import PageLine
    from reader.ingest.webpage.scope import Scope

_LEAD = re.compile(
    r"(?:.*-)?(?:standfirst|dek|deck|sub-?(?:title|headline|heading|head|line)|summary|lead|lede|intro(?:duction)?"
    r"|excerpt|description|abstract|teaser|kicker-text|strapline|preamble|ingress|vorspann|chapo|entradilla"
    r"|bajada|sommario|sottotitolo)(?:-(?:text|line|wrapper|container|block))?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+)?"
_DAY = rf"{_WEEKDAY}(?:[a-z]{{3,9}}\.?\s+\d{{1,2}}|\d{{1,2}}\s+[a-z]{{3,9}}\.?),?(?:\s+\d{{4}})?,?"
_TIME = (
    r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
    r"(?:\s*(?:(?:gmt|utc)(?:[+-]\d{1,2})?|[bijkw]st|[cew]es?t|ees?t|[acemp][sd]?t|ae[sd]t|uhr|hrs?"
    r"|local time))?"
)
_CLOCK = re.compile(
    rf"(?:(?:posted|published|updated)\s+)?(?:at\s+)?(?:{_DAY}\s+(?:at\s+)?)?{_TIME}(?:,?\s+{_DAY})?\.?", re.I
)
_TEXT_TAGS = {"p", "blockquote", "li", "dd", "h2", "h3"}  # what holds text and rarely anything else
_NOTES = re.compile(r"(?:.*-)?(?:foot|end)?-?notes?(?:-(?:list|body|content|text))?|fn-?\d+|references")
_LONGEST_LEAD = 30  # lines between the title and the text
_LONGEST_CAPTION = 80
_LONGEST_LIST, _SHORTEST_SENTENCE = 200, 7  # items, words
_LONGEST_CLOCK = 40  # characters
_SHORTEST_VOTE = 12  # letters


def recovered(
    lines: Sequence[PageLine],
    claimed: set[int],
    scope: Scope,
    published_body: str,
    second_opinion: Callable[[], Sequence[str]],
) -> set[int]:
    """Return the lines that belong to the article beside the claimed ones.

    ``published_body`` is the text as the publisher gives it to machines; ``second_opinion`` extracts the
    page anew and is asked only when a paragraph hangs on it.
    """
    return _Recovery(lines, claimed, scope, published_body, second_opinion).run()


class _Recovery:
    def __init__(
        self,
        lines: Sequence[PageLine],
        claimed: set[int],
        scope: Scope,
        published_body: str,
        second_opinion: Callable[[], Sequence[str]],
    ) -> None:
        self.lines = lines
        self.claimed = claimed
        self.scope = scope
        self.body_key = key_of(published_body)
        self.second_opinion = second_opinion
        self._second_key: str | None = None
        self.found: set[int] = set()

    def run(self) -> set[int]:
        scope = self.scope
        if scope.title is not None:
            self.found.add(scope.title)
        start = scope.first if scope.title is None else min(scope.title, scope.first)
        for index in range(self._lead_start(), scope.first):
            if self._is_lead(index):
                self.found.add(index)
        for index in range(start, scope.last + 1):
            if self._is_inside(index):
                self.found.add(index)
        for index in range(start + 1, scope.last + 2):
            if self._signs(index):
                self.found.add(index)
        self._after()
        self._rows()
        self._voted()
        kept = self.claimed | self.found
        for index in range(start, max(kept, default=0) + 2):
            if index < len(self.lines) and self._is_caption(index):
                self.found.add(index)
        self._subheads()
        self._clocks()
        return self.found - self.claimed

    def _lead_start(self) -> int:
        scope = self.scope
        if scope.title is None:
            return max(0, scope.first - _LONGEST_LEAD)
        return max(scope.title + 1, scope.first - _LONGEST_LEAD)

    def _free(self, index: int) -> bool:
        """Whether a line is unclaimed and in no part of the page that is not the article's."""
        line = self.lines[index]
        return index not in self.claimed and line.region is None and line.kind != "caption"

    def _own(self, index: int, *, least: int = 9) -> bool:
        """Whether a line reads like the article's: a sentence, few links, no furniture."""
        line = self.lines[index]
        if line.linked * 2 > len(line.text):
            return False
        seen = features(line.text)
        if seen.phrase or seen.dated or seen.caption or byline_in(line.text) or name_with_role(line.text):
            return False
        return (seen.stops and seen.words >= least) or seen.words >= 32 or (seen.quoted and seen.words >= 3)

    def _is_lead(self, index: int) -> bool:
        """Whether a line between title and text is the standfirst or a first paragraph."""
        line = self.lines[index]
        if not self._free(index):
            return False
        if self.scope.title is None:
            return self.scope.holds(line) and self._own(index)
        named = any(
            _LEAD.fullmatch(name)
            for element in (line.element, line.element.getparent())
            if element is not None
            for name in names_of(element)
        ) or line.element.get("itemprop") in ("description", "alternativeHeadline")
        seen = features(line.text)
        first = line.tag in ("h2", "h3") and index == self.scope.title + 1 and line.linked == 0
        if (first or named) and seen.words >= (2 if named else 5) and not seen.phrase and not seen.dated:
            return not byline_in(line.text) and line.linked * 2 <= len(line.text)
        if not self._own(index) or not (self._near_title(line) or self.scope.holds(line)):
            return False
        return line.tag in _TEXT_TAGS or self.scope.alike(line) or self._seconded(index)

    def _near_title(self, line: PageLine) -> bool:
        """Whether a line stands in the title's own element or the one around that."""
        title = self.lines[self.scope.title or 0].element
        around = [title.getparent(), *([] if title.getparent() is None else [title.getparent().getparent()])]
        return any(up in around for up in line.element.iterancestors() if up.tag not in ("body", "html"))

    def _is_inside(self, index: int) -> bool:
        line = self.lines[index]
        if not self._free(index) or not self.scope.holds(line):
            return False
        if line.kind == "code" or line.card:
            return True
        if line.kind == "heading":
            return False
        if line.kind == "list_item":
            seen = features(line.text)
            near = self.scope.beside(line) or self.scope.holds(line, body=True)
            own = line.linked * 2 <= len(line.text) or is_announced(self.lines, index)
            return near and own and seen.words >= 2 and not seen.phrase
        if line.table is not None:
            return line.linked * 2 <= len(line.text) and self.scope.holds(line, body=True)
        if self._own(index):
            set_as_text = line.tag in _TEXT_TAGS and (
                self.scope.beside(line) or self.scope.holds(line, body=True)
            )
            return self.scope.alike(line) or set_as_text or self._seconded(index)
        if not self.scope.alike(line) or line.linked * 2 > len(line.text):
            return False
        seen = features(line.text)
        return not (seen.phrase or seen.dated or byline_in(line.text))

    def _signs(self, index: int) -> bool:
        """Whether a line names who is quoted in the block quotation right above it."""
        if index >= len(self.lines) or not self.lines[index].text.startswith(SIGNATURE):
            return False
        above = index - 1 in self.claimed or index - 1 in self.found
        return above and self.lines[index - 1].kind == self.lines[index].kind == "block_quotation"

    def _after(self) -> None:
        """Take up what follows the extracted text: until the page goes over to something else."""
        missed = 0
        for index in range(self.scope.last + 1, len(self.lines)):
            line = self.lines[index]
            if not self.scope.holds(line) or missed > 3 or line.region == "comment widget":
                return
            if line.kind == "heading" and features(line.text).phrase:
                missed += 2
            elif index in self.claimed or line.region or line.kind == "caption":
                continue
            elif (self._own(index, least=6) and self._belongs(index)) or line.card or line.kind == "code":
                self.found.add(index)
            else:
                missed += line.kind != "heading"

    def _belongs(self, index: int) -> bool:
        """Whether a line behind the extracted text is set as the text is, or known to another witness."""
        line = self.lines[index]
        beside = self.scope.alike(line) or (line.tag in _TEXT_TAGS and self.scope.beside(line))
        return beside or self.scope.around(line) or _is_footnote(line) or self._seconded(index)

    def _in_body(self, line: PageLine) -> bool:
        key = key_of(line.text)
        return len(key) >= _SHORTEST_VOTE and key in self.body_key

    def _seconded(self, index: int) -> bool:
        """Whether the publisher's own text or a second extractor has a line."""
        if self._in_body(self.lines[index]):
            return True
        if self._second_key is None:
            self._second_key = key_of("\n".join(self.second_opinion()))
        return key_of(self.lines[index].text) in self._second_key

    def _voted(self) -> None:
        """Take up every line of prose that the publisher's own text has, wherever the page shows it."""
        if len(self.body_key) < 200:
            return
        for index, line in enumerate(self.lines):
            free = index not in self.claimed and line.region not in STRONG and line.kind != "caption"
            if free and len(line.text) > 60 and line.linked * 2 <= len(line.text) and self._in_body(line):
                self.found.add(index)

    def _rows(self) -> None:
        """Keep tables whole: the header row, too, where other rows were taken."""
        kept = self.claimed | self.found
        tables = {self.lines[index].table for index in kept if self.lines[index].table is not None}
        if tables:
            self.found |= {index for index, line in enumerate(self.lines) if line.table in tables}

    def _is_caption(self, index: int) -> bool:
        line = self.lines[index]
        if (
            line.kind != "caption"
            or index in self.claimed
            or line.region is not None
            or line.table is not None
        ):
            return False
        seen = features(line.text)
        long_enough = 4 <= seen.words <= _LONGEST_CAPTION
        return long_enough and seen.proof < Proof.SURE and (self.scope.holds(line) or self._near_title(line))

    def _subheads(self) -> None:
        """Take up subheads that stand right before a line that is kept."""
        kept = self.claimed | self.found
        first = min((i for i in kept if i != self.scope.title), default=0)
        for index in range(max(kept, default=0) - 1, first, -1):
            line = self.lines[index]
            if line.kind != "heading" or line.tag == "h1" or index in kept or line.region is not None:
                continue
            if line.linked * 2 > len(line.text):
                continue
            seen = features(line.text)
            follows = any(
                after in kept and self.lines[after].kind != "caption" for after in (index + 1, index + 2)
            )
            if follows and self.scope.holds(line) and seen.proof < Proof.SURE and seen.words <= 30:
                self.found.add(index)
                kept.add(index)

    def _clocks(self) -> None:
        """Take up the times of a live blog, two or more, each before an entry that is kept."""
        kept = self.claimed | self.found
        start = (self.scope.title if self.scope.title is not None else self.scope.first) + 1
        times = [
            index
            for index in range(
                max(0, start if self.scope.title is not None else start - 4), max(kept, default=0)
            )
            if is_clock(self.lines[index].text)
            and self.scope.holds(self.lines[index])
            and self.lines[index].region in (None, "byline")
            and any(after in kept for after in (index + 1, index + 2, index + 3))
        ]
        following = [*times[1:], len(self.lines)] if times else []
        entries = [index for index, after in zip(times, following, strict=True) if after > index + 1]
        if len(entries) >= 2:
            for index in entries:
                self.lines[index].kind = "heading"
                self.lines[index].region = None
                self.found.add(index)


def _is_footnote(line: PageLine) -> bool:
    """Whether a line is the text of a footnote: an entry of a list that is called so."""
    around = (line.element, line.element.getparent())
    return line.kind == "list_item" and any(
        _NOTES.fullmatch(name) for element in around if element is not None for name in names_of(element)
    )


def is_announced(lines: Sequence[PageLine], index: int) -> bool:
    """Whether a line is an entry of a list that the sentence before it leads up to with a colon."""
    first = index
    while first and lines[first].kind == "list_item" and index - first < _LONGEST_LIST:
        first -= 1
    lead = lines[first]
    return first < index and lead.text.endswith(":") and len(lead.text.split()) >= _SHORTEST_SENTENCE


def is_clock(text: str) -> bool:
    """Whether a line is a time of day, with a date at the most."""
    return len(text) < _LONGEST_CLOCK and bool(_CLOCK.fullmatch(text))
