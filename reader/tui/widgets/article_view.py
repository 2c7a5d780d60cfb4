"""The article on the screen: drawn line by line from the wrap index, whatever the article's length."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui.matches import Matches
from reader.tui.shown import shown
from reader.tui.wrap import Piece, Row, WrapIndex, row_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events

    from reader.model.analysis import Quotation
    from reader.model.article import Link
    from reader.tui.highlights import Highlights, Stop
    from reader.tui.page import Page

NARROWEST, WIDEST, MEASURE = 24, 140, 72
_TYPES = {"PERSON": "person", "PLACE": "place", "ORG": "org", "GROUP": "group"}
_LETTERS = {"PERSON": "P", "PLACE": "L", "ORG": "O", "GROUP": "G"}
_KEPT_ROWS = 1024
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_SAFE_URL = re.compile(r"https?://[!-~]+")
# Where a place that was jumped to comes to stand when it was off the screen: a third from the top.
_LANDING = 3

_Layer = tuple[int, int, Style]


class Options(NamedTuple):
    """How the article is set and what is shown of the analysis."""

    measure: int = MEASURE
    numbers: bool = False
    letters: bool = False
    highlights: bool = True
    removed: bool = False


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one article; knows what is current in it. Offsets are code points into the article's text."""

    ALLOW_SELECT = False  # it selects by offsets itself, so that a selection survives scrolling and wrapping
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("article--title", "article--heading", "article--byline", "article--caption"),
        *("article--block-quotation", "article--removed", "article--removed-current", "article--margin"),
        *("article--bar", "article--bar-current", "article--person", "article--place", "article--org"),
        *("article--group", "article--sibling", "article--quotation", "article--cue", "article--speaker"),
        *("article--current", "article--link", "article--match", "article--match-current"),
        "article--selection",
    }
    DEFAULT_CSS = """
    ArticleView {
        background: $background; color: $text; overflow-x: hidden; overflow-y: scroll;
        scrollbar-size-vertical: 0; width: 1fr; height: 1fr;
        .article--title { text-style: bold; }
        .article--heading { text-style: bold; }
        .article--byline { color: $muted-text; }
        .article--caption { color: $muted-text; text-style: italic; }
        .article--removed { color: $muted-text; text-style: strike; }
        .article--removed-current { color: $current-text; background: $current-background; }
        .article--margin { color: $muted-text; }
        .article--bar { color: $quotation-bar 55%; }
        .article--bar-current { color: $quotation-bar; text-style: bold; }
        .article--person { color: $person; text-style: bold; }
        .article--place { color: $place; text-style: underline; }
        .article--org { color: $org; text-style: italic; }
        .article--group { color: $group; }
        .article--sibling { background: $quotation-background; }
        .article--quotation { background: $quotation-background; }
        .article--cue { color: $cue; text-style: italic; }
        .article--speaker { color: $speaker; text-style: bold underline; }
        .article--current { color: $current-text; background: $current-background; text-style: bold; }
        .article--link { text-style: underline; }
        .article--match { color: $match-text; background: $match-background; }
        .article--match-current {
            color: $match-current-text; background: $match-current-background; text-style: bold;
        }
        .article--selection { color: $screen-selection-foreground; background: $screen-selection-background; }
    }
    """

    class Pressed(Message):
        """The reader clicked on the text, at ``offset``, without selecting."""

        def __init__(self, offset: int, control: bool) -> None:
            super().__init__()
            self.offset = offset
            self.control_key = control

    class RemovedPressed(Message):
        """The reader clicked on the removed line of this number in ``article.removed``."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Scrolled(Message):
        """Another part of the article is on the screen, or it is set anew."""

        bubble = True

        def can_replace(self, message: Message) -> bool:
            """One is enough, however fast the reader scrolls."""
            return isinstance(message, ArticleView.Scrolled)

    def __init__(self, *, osc8: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self.options = Options()
        self.index = WrapIndex((), MEASURE)
        self.page: Page | None = None
        self.highlights: Highlights | None = None
        self.current: Stop | None = None
        self.quotation: Quotation | None = None
        self.matches = Matches()
        self.selection: tuple[int, int] | None = None
        self.removed_line: int | None = None
        self._osc8 = osc8
        self._pieces: list[Piece] = []
        self._links: tuple[Link, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        # The offset that stays at the top when the article is set anew, and the empty rows above it.
        self._anchor = self._blank = 0
        self._setting = self._unplaced = False
        self._drag_from: int | None = None
        self._dragged = False

    # What is shown

    def show(self, page: Page, offset: int = 0) -> None:
        """Show an article from ``offset`` on; forgets what was current in the one before."""
        self.page = page
        self._links = page.article.links
        self.highlights = self.current = self.quotation = self.selection = self.removed_line = None
        self.matches = Matches()
        self._pieces = page.pieces(removed=self.options.removed)
        self._anchor, self._blank = offset, 0
        self._set()

    def set_options(self, options: Options) -> None:
        """Set the article differently; the same words stay at the top."""
        removed_changed = options.removed != self.options.removed
        self.options = options
        if self.page is not None:
            if removed_changed:
                self._pieces = self.page.pieces(removed=options.removed)
            self._set()

    def show_highlights(self, highlights: Highlights) -> None:
        """Show (more of) an analysis; what is current stays so where it is still found."""
        self.highlights = highlights
        if self.current is not None:
            found = highlights.stop_at(self.current.start)
            self.current = found if found and found.start == self.current.start else None
        if self.quotation is not None:
            self.quotation = highlights.quotation(self.quotation.id)
        self.redraw()

    def redraw(self) -> None:
        """Draw again what is visible; to be called when something that is shown has changed."""
        self._strips.clear()
        self.refresh()

    @property
    def column(self) -> tuple[int, int, int]:
        """Cells left of the margin, in the margin, and for the text."""
        margin = 3 + 5 * self.options.numbers + 4 * self.options.letters
        width = self.size.width
        text = max(2, min(self.options.measure, width - margin - 1))
        return max(0, (width - margin - text) // 2), margin, text

    def _set(self) -> None:
        """Wrap anew for the present width and keep the anchor at the top."""
        if self.size.width <= 0 or self.page is None:
            return
        self._setting = True
        self._strips.clear()
        if self._wrap() or self._unplaced:
            self._unplaced = False
            top = max(0, self.index.row_of(self._anchor) - self._blank) if self._anchor else 0
        else:
            top = self.scroll_offset.y
        # Room below lets the last lines come up to the eye and any match stand at the landing place.
        height = self.index.height + 1
        self.virtual_size = Size(self.size.width, height)
        self.scroll_to(y=top, animate=False)
        self._setting = False
        self.refresh()
        self.post_message(self.Scrolled())

    def _wrap(self) -> bool:
        """Wrap for the present width. Returns whether that was needed."""
        _, _, text = self.column
        if self.index.pieces is self._pieces and self.index.width == text:
            return False
        self.index = WrapIndex(self._pieces, text, self.index)
        return True

    # Places

    @property
    def first_shown(self) -> int:
        """The offset of the first text on the screen."""
        return self.index.offset_of_row(self.scroll_offset.y)

    @property
    def last_shown(self) -> int:
        """The offset at which the screen ends."""
        row = self.scroll_offset.y + max(1, self.size.height)
        return self.index.offset_of_row(row) if row < self.index.height else (1 << 62)

    @property
    def place(self) -> int:
        """The offset that the reader has at the top, to come back to it later; 0 at the very beginning."""
        return self._anchor

    @property
    def blank_above(self) -> int:
        """How many empty rows there are on the screen above the place."""
        return self._blank

    def is_shown(self, offset: int) -> bool:
        """Whether an offset is on the screen."""
        row = self.index.row_of(offset)
        return self.scroll_offset.y <= row < self.scroll_offset.y + self.size.height

    def reveal(self, offset: int, end: int | None = None) -> None:
        """Scroll, if need be, so that a span can be read; comfortably away from the edges."""
        first = self.index.row_of(offset)
        last = self.index.row_of(end - 1) if end is not None else first
        self._reveal_rows(first, last)

    def reveal_removed(self, number: int) -> None:
        """Scroll to a removed line that is shown in place."""
        for place, piece in enumerate(self._pieces):
            if piece.removed == number:
                first = self.index.first_row(place)
                self._reveal_rows(first, first + self.index.rows_of(place) - 1)
                return

    def _reveal_rows(self, first: int, last: int) -> None:
        height = max(1, self.size.height)
        top = self.scroll_offset.y
        edge = 1 if height > 6 else 0
        if top + edge <= first and min(last, first + height // 2) < top + height - edge:
            return
        self.scroll_to(y=max(0, first - height // _LANDING), animate=False)

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows, at once."""
        self.scroll_to(y=self.scroll_target_y + rows, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember what is at the top and tell others."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and not self._setting:
            row = round(new_value)
            self._anchor = self.index.offset_of_row(row) if row > 0 else 0
            self._blank = max(0, self.index.row_of(self._anchor) - row)
            self.post_message(self.Scrolled())

    def on_resize(self) -> None:
        """Set the article for the new width; the same words stay at the top."""
        self._set()

    def notify_style_update(self) -> None:
        """Forget styles and drawn rows: the theme or the focus has changed."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        if not y and self._anchor == 0 and self.page is not None and self._wrap():
            # The first frame is drawn before the news of the size arrives; the text is to be in it.
            self._unplaced = True
            self._strips.clear()
        row = y + self.scroll_offset.y
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > _KEPT_ROWS:
                self._strips.clear()
            strip = self._strips[row] = self._draw(row)
        return strip

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = self.get_component_rich_style(f"article--{name}", partial=True)
        return style

    @property
    def _base(self) -> Style:
        # Textual computes this style anew each time it is asked for.
        style = self._styles.get("")
        if style is None:
            style = self._styles[""] = self.rich_style
        return style

    def _draw(self, number: int) -> Strip:
        width = self.size.width
        base = self._base
        row = self.index.row(number)
        if row is None:
            return Strip.blank(width, base)
        piece = self._pieces[row.piece]
        text = row_text(piece, row)
        left, _, _ = self.column
        segments = [Segment(" " * left, base), *self._margin(piece, row, text, base)]
        if piece.indent:
            segments.append(Segment(self._indent(piece, row), base + self._style("margin")))
        kind = piece.kind.replace("_", "-")
        own = base + self._style(kind) if f"article--{kind}" in self.COMPONENT_CLASSES else base
        if piece.removed >= 0 and piece.removed == self.removed_line:
            own = base + self._style("removed-current")
        segments += self._styled(piece, row, text, own)
        if piece.removed >= 0 and row.end == piece.end:
            assert self.page is not None
            reason = self.page.article.removed[piece.removed].reason
            room = width - sum(cell_len(segment.text) for segment in segments) - 3
            if room > 4:
                said = Content(shown(reason)).truncate(room, ellipsis=True).plain
                segments.append(Segment(f"  {said}", base + self._style("margin")))
        used = sum(cell_len(segment.text) for segment in segments)
        segments.append(Segment(" " * max(0, width - used), base))
        return Strip(segments).crop_extend(0, width, base)

    def _margin(self, piece: Piece, row: Row, text: str, base: Style) -> Iterator[Segment]:
        muted = base + self._style("margin")
        if self.options.numbers:
            number = ""
            if row.line == 0 and piece.own and self.page is not None:
                number = str(self.page.paragraph_of(piece.start))
            yield Segment(f"{number:>4} ", muted)
        end = row.start + len(text)
        highlights = self.highlights if piece.own and self.options.highlights else None
        if self.options.letters:
            stops = highlights.stops_in(row.start, end) if highlights else ()
            letters = "".join(dict.fromkeys(_LETTERS[stop.entity.type] for stop in stops))
            yield Segment(f"{letters[:3]:>3} ", muted)
        bar, style = " ", muted
        if piece.removed >= 0:
            bar = "×"
        elif piece.kind == "block_quotation":
            bar = " "
        for quotation in highlights.quotations_in(row.start, end) if highlights else ():
            if self.quotation is not None and quotation.id == self.quotation.id:
                bar, style = "▌", base + self._style("bar-current")
                break
            bar, style = "▎", base + self._style("bar")
        yield Segment(f" {bar} ", style)

    def _indent(self, piece: Piece, row: Row) -> str:
        if piece.kind == "block_quotation":
            return "│".ljust(piece.indent)
        if row.line == 0 and self.page is not None and self.page.bulleted(piece):
            return "•".ljust(piece.indent)
        return " " * piece.indent

    def _styled(self, piece: Piece, row: Row, text: str, base: Style) -> list[Segment]:
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
        return segments

    def _layers(self, start: int, end: int) -> Iterator[_Layer]:
        if self._links:
            yield from self._link_layers(start, end)
        if self.highlights is not None and self.options.highlights:
            yield from self._highlight_layers(self.highlights, start, end)
        for number, match in self.matches.within(start, end):
            name = "match-current" if number == self.matches.current else "match"
            yield match.start, match.end, self._style(name)
        if self.selection is not None:
            yield *self.selection, self._style("selection")

    def _highlight_layers(self, highlights: Highlights, start: int, end: int) -> Iterator[_Layer]:
        current, quotation = self.current, self.quotation
        if quotation is not None:
            yield quotation.start, quotation.end, self._style("quotation")
        for stop in highlights.stops_in(start, end):
            yield stop.start, stop.end, self._style(_TYPES[stop.entity.type])
            if current is not None and stop.entity.id == current.entity.id:
                yield stop.start, stop.end, self._style("sibling")
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
        for link in self._links:
            if link.start >= end:
                return
            if link.end > start:
                yield link

    # Mouse

    def _offset_under(self, event: events.MouseEvent) -> int:
        left, margin, _ = self.column
        row = self.scroll_offset.y + max(0, min(self.size.height - 1, event.y))
        return self.index.offset_at(row, event.x - left - margin)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection, or a click."""
        if event.button != 1:
            return
        self._drag_from = self._offset_under(event)
        self._dragged = False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection; beyond an edge the article scrolls along."""
        if self._drag_from is None:
            return
        if event.y < 0:
            self.scroll_rows(-1)
        elif event.y >= self.size.height:
            self.scroll_rows(1)
        offset = self._offset_under(event)
        if offset != self._drag_from or self._dragged:
            self._dragged = True
            self.select(min(offset, self._drag_from), max(offset, self._drag_from))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection, or tell where the reader clicked."""
        start, self._drag_from = self._drag_from, None
        self.release_mouse()
        if start is None or self._dragged:
            return
        self.select(0, 0)
        row = self.index.row(self.scroll_offset.y + event.y)
        if row is None:
            return
        piece = self._pieces[row.piece]
        if piece.removed >= 0:
            self.post_message(self.RemovedPressed(piece.removed))
        elif piece.own:
            left, margin, _ = self.column
            cell = event.x - left - margin - piece.indent
            if 0 <= cell < cell_len(row_text(piece, row)):
                self.post_message(self.Pressed(self._offset_under(event), event.ctrl))

    def on_click(self, event: events.Click) -> None:
        """A double click selects a word, a triple click the paragraph."""
        if event.chain < 2 or self.page is None or self._dragged:
            return
        offset = self._offset_under(event)
        start, end = self.page.paragraph_span(offset)
        if event.chain == 2:
            for word in _WORD.finditer(self.page.text, start, end):
                if word.start() <= offset < word.end():
                    start, end = word.span()
                    break
            else:
                return
        self.select(start, end)

    def select(self, start: int, end: int) -> None:
        """Select a span of the text; an empty one selects nothing."""
        selection = (start, end) if start < end else None
        if selection != self.selection:
            self.selection = selection
            self.redraw()

    def page_text(self, start: int, end: int) -> str:
        """A stretch of the text, safe to draw."""
        return self.page.text[start:end] if self.page is not None else ""

    @property
    def selected_text(self) -> str | None:
        """The selected text of the article, safe to draw and to copy; ``None`` without a selection."""
        if self.selection is None or self.page is None:
            return None
        return self.page.text[slice(*self.selection)]
