"""One row of the article as it is drawn: margin, indent, the text with its highlights."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from reader.index import Doubt
from reader.text.safety import shown
from reader.tui.drawing.matches import Matches
from reader.tui.drawing.wrap import row_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.index import Index, NamedMention
    from reader.model.analysis import Quotation
    from reader.model.article import Link
    from reader.tui.drawing.page import Page
    from reader.tui.drawing.wrap import Passage, Row, WrapIndex

MEASURE = 72
_TYPES = {"PERSON": "person", "PLACE": "place", "ORG": "org", "GROUP": "group"}
_LETTERS = {"PERSON": "P", "PLACE": "L", "ORG": "O", "GROUP": "G"}
_SAFE_URL = re.compile(r"https?://[!-~]+")
# Kinds of pieces that have a look of their own.
KINDS = ("title", "heading", "byline", "caption", "block-quotation", "removed")

# From the surest on.
_GRADES = (Doubt.SURE, Doubt.DOUBTFUL, Doubt.UNRESOLVED)

_Layer = tuple[int, int, Style]


class ViewOptions(NamedTuple):
    """How the article is set and what is shown of the analysis."""

    measure: int = MEASURE
    numbers: bool = False
    letters: bool = False
    highlights: bool = True
    removed: bool = False


def _grade(findings: Index, quotation: Quotation) -> Doubt:
    """How sure its speaker is; nothing is doubtful while it is still being looked for."""
    return Doubt.SURE if findings.looking(quotation) else findings.doubt(quotation)


@dataclass(slots=True)
class Cursor:
    """What is current in an article, by offsets into its text.

    ``removed`` numbers a removed line; ``hints`` are links that have numbers just now, from 1.
    """

    mention: NamedMention | None = None
    quotation: Quotation | None = None
    selection: tuple[int, int] | None = None
    removed: int | None = None
    hints: tuple[Link, ...] = ()
    matches: Matches = field(default_factory=Matches)


class RowPainter:
    """Draws rows of one article. ``style`` gives the look of a part by its name."""

    def __init__(self, style: Callable[[str], Style], *, osc8: bool) -> None:
        self._style = style
        self._osc8 = osc8
        self.page: Page | None = None
        self.links: tuple[Link, ...] = ()
        self.findings: Index | None = None
        self.options = ViewOptions()
        self.cursor = Cursor()

    def margin_width(self) -> int:
        """Cells between the left edge of the column and the text."""
        return 3 + 5 * self.options.numbers + 4 * self.options.letters

    def draw(self, index: WrapIndex, number: int, left: int, width: int) -> Strip:
        """Draw a row in ``width`` cells; the column begins after ``left`` of them."""
        base = self._style("")
        row = index.row(number)
        if row is None:
            return Strip.blank(width, base)
        piece = index.pieces[row.piece]
        text = row_text(piece, row)
        segments = [Segment(" " * left, base), *self._margin(piece, row, text, base)]
        if piece.indent:
            segments.append(Segment(self._indent(piece, row), base + self._style("margin")))
        kind = piece.kind.replace("_", "-")
        own = base + self._style(kind) if kind in KINDS else base
        if piece.removed >= 0 and piece.removed == self.cursor.removed:
            own = base + self._style("removed-current")
        segments += self._styled(piece, row, text, own)
        if piece.removed >= 0 and row.end == piece.end and self.page is not None:
            reason = self.page.article.removed[piece.removed].reason
            room = width - sum(cell_len(segment.text) for segment in segments) - 3
            if room > 4:
                said = Content(shown(reason)).truncate(room, ellipsis=True).plain
                segments.append(Segment(f"  {said}", base + self._style("margin")))
        used = sum(cell_len(segment.text) for segment in segments)
        segments.append(Segment(" " * max(0, width - used), base))
        return Strip(segments).crop_extend(0, width, base)

    def _margin(self, piece: Passage, row: Row, text: str, base: Style) -> Iterator[Segment]:
        muted = base + self._style("margin")
        if self.options.numbers:
            number = ""
            if row.line == 0 and piece.own and self.page is not None:
                paragraph = self.page.index.paragraph(piece.start)
                # Neither the title nor a line that was put back has a number.
                if paragraph != self.page.index.paragraph(piece.start - 1):
                    number = str(paragraph)
            yield Segment(f"{number:>4} ", muted)
        end = row.start + len(text)
        findings = self.findings if piece.own and self.options.highlights else None
        if self.options.letters:
            mentions = findings.mentions_in(row.start, end) if findings else ()
            letters = "".join(dict.fromkeys(_LETTERS[mention.entity.type] for mention in mentions))
            yield Segment(f"{letters[:3]:>3} ", muted)
        if piece.removed >= 0:
            yield Segment(" × ", muted)
        else:
            yield self._bar(findings, row, end, base)

    def _bar(self, findings: Index | None, row: Row, end: int, base: Style) -> Segment:
        """The mark of the quotations in a row: of the current one, else of the least sure."""
        quotations = list(findings.quotations_in(row.start, end)) if findings else []
        if findings is None or not quotations:
            return Segment("   ", base + self._style("margin"))
        current = self.cursor.quotation
        here = next((q for q in quotations if current is not None and q.id == current.id), None)
        marked = here or max(quotations, key=lambda quotation: _GRADES.index(_grade(findings, quotation)))
        grade = _grade(findings, marked)
        question = "?" if grade is Doubt.DOUBTFUL and row.start <= marked.start else " "
        if here is not None:
            return Segment(f"{question}▌ ", base + self._style("bar-current"))
        if grade is Doubt.UNRESOLVED:
            return Segment(" ┊ ", base + self._style("margin"))
        return Segment(f"{question}▎ ", base + self._style("bar"))

    def _indent(self, piece: Passage, row: Row) -> str:
        if piece.kind == "block_quotation":
            return "│".ljust(piece.indent)
        if row.line == 0 and self.page is not None and self.page.bulleted(piece):
            return "•".ljust(piece.indent)
        return " " * piece.indent

    def _styled(self, piece: Passage, row: Row, text: str, base: Style) -> list[Segment]:
        """The row's text cut wherever its look changes; later layers lie on top of earlier ones."""
        start, end = row.start, row.start + len(text)
        layers = list(self._layers(start, end)) if piece.own else []
        if not layers:
            return [Segment(text, base)] if text else []
        edges = {start, end}
        for first, last, _ in layers:
            edges.add(min(max(first, start), end))
            edges.add(min(max(last, start), end))
        cuts = sorted(edges)
        segments = []
        for left, right in pairwise(cuts):
            style = base
            for first, last, layer in layers:
                if first <= left and right <= last:
                    style += layer
            segments.append(Segment(text[left - start : right - start], style))
        return self._numbered(segments, text, start, base) if self.cursor.hints else segments

    def _numbered(self, segments: list[Segment], text: str, start: int, base: Style) -> list[Segment]:
        """Put the numbers of links over their first characters."""
        for number, link in enumerate(self.cursor.hints, 1):
            if start <= link.start < start + len(text):
                label, all_of_it = str(number), cell_len(text)
                at = cell_len(text[: link.start - start])
                cuts = [at, min(at + len(label), all_of_it), all_of_it]
                before, _, after = Strip(segments).divide(cuts)
                segments = [*before, Segment(label, base + self._style("match-current")), *after]
        return segments

    def _layers(self, start: int, end: int) -> Iterator[_Layer]:
        if self.links:
            yield from self._link_layers(start, end)
        if self.findings is not None and self.options.highlights:
            yield from self._highlight_layers(self.findings, start, end)
        matches = self.cursor.matches
        for number, match in matches.within(start, end):
            name = "match-current" if number == matches.current else "match"
            yield match.start, match.end, self._style(name)
        if self.cursor.selection is not None:
            yield *self.cursor.selection, self._style("selection")

    def _highlight_layers(self, findings: Index, start: int, end: int) -> Iterator[_Layer]:
        current, quotation = self.cursor.mention, self.cursor.quotation
        if quotation is not None:
            yield quotation.start, quotation.end, self._style("quotation")
        for mention in findings.mentions_in(start, end):
            yield mention.start, mention.end, self._style(_TYPES[mention.entity.type])
            if current is not None and mention.entity.id == current.entity.id:
                yield mention.start, mention.end, self._style("sibling")
        if quotation is not None:
            if quotation.cue is not None:
                yield quotation.cue.start, quotation.cue.end, self._style("cue")
            if quotation.speaker is not None:
                yield quotation.speaker.start, quotation.speaker.end, self._style("speaker")
        if current is not None:
            yield current.start, current.end, self._style("current")

    def _link_layers(self, start: int, end: int) -> Iterator[_Layer]:
        for link in self.links_in(start, end):
            style = self._style("link")
            if self._osc8 and _SAFE_URL.fullmatch(link.url):
                style += Style(link=link.url)
            yield link.start, link.end, style

    def links_in(self, start: int, end: int) -> Iterator[Link]:
        """Yield the links that touch ``[start, end)``."""
        for link in self.links:
            if link.start >= end:
                return
            if link.end > start:
                yield link
