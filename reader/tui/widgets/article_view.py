"""The article on the screen: drawn line by line from the wrap index, whatever the article's length."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from reader.tui.drawing.article_rows import KINDS, MEASURE, Cursor, RowPainter, ViewOptions
from reader.tui.drawing.wrap import Passage, WrapIndex, row_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual import events
    from textual.strip import Strip

    from reader.index import Index, NamedMention
    from reader.model.analysis import Quotation
    from reader.model.article import Link
    from reader.tui.drawing.page import Page

NARROWEST, WIDEST = 24, 140
_KEPT_ROWS = 1024
# Where a place that was jumped to comes to stand when it was off the screen: a third from the top.
_LANDING = 3


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows one article; knows what is current in it. Offsets are code points into the article's text."""

    ALLOW_SELECT = False  # it selects by offsets itself, so that a selection survives scrolling and wrapping
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"article--{kind}" for kind in KINDS),
        *("article--removed-current", "article--margin"),
        *("article--bar", "article--bar-current", "article--person", "article--place", "article--org"),
        *("article--group", "article--sibling", "article--quotation", "article--cue", "article--speaker"),
        *("article--current", "article--link", "article--match", "article--match-current"),
        "article--selection",
    }
    DEFAULT_CSS = """
    ArticleView {
        background: $background; color: $text; overflow-x: hidden; overflow-y: scroll;
        scrollbar-size-vertical: 0; width: 1fr; height: 1fr;
        .article--title, .article--heading { text-style: bold; }
        .article--byline, .article--margin { color: $muted-text; }
        .article--caption { color: $muted-text; text-style: italic; }
        .article--removed { color: $muted-text; text-style: strike; }
        .article--removed-current { color: $current-text; background: $current-background; }
        .article--bar { color: $quotation-bar 55%; }
        .article--bar-current { color: $quotation-bar; text-style: bold; }
        .article--person { color: $person; text-style: bold; }
        .article--place { color: $place; text-style: underline; }
        .article--org { color: $org; text-style: italic; }
        .article--group { color: $group; }
        .article--sibling, .article--quotation { background: $quotation-background; }
        .article--cue { color: $cue; text-style: italic; }
        .article--speaker { color: $speaker; text-style: bold underline; }
        .article--current { color: $current-text; background: $current-background; text-style: bold; }
        .article--link { color: $accent; text-style: underline; }
        &:nocolor .article--link { text-style: underline dim; }
        .article--match { color: $match-text; background: $match-background; }
        .article--match-current { color: $match-current-text; background: $match-current-background; }
        .article--match-current { text-style: bold; }
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

    class Moved(Message):
        """Another part of the article is on the screen, or something else in it is current."""

        def can_replace(self, message: Message) -> bool:
            """One is enough, however fast the reader moves."""
            return isinstance(message, ArticleView.Moved)

    def __init__(self, *, osc8: bool = True, id: str | None = None) -> None:
        super().__init__(id=id)
        self.index = WrapIndex((), MEASURE)
        self._painter = RowPainter(self._style, osc8=osc8)
        self._pieces: list[Passage] = []
        self._strips: dict[int, Strip] = {}
        self._styles: dict[str, Style] = {}
        # The offset that stays at the top when the article is set anew, and the empty rows above it.
        self._anchor = self._blank = 0
        self._setting = self._unplaced = False
        self._height = 0  # before the last change of it
        self._drag_from: int | None = None
        self._dragged = False

    # What is shown

    @property
    def page(self) -> Page | None:
        """The article as it is set; ``None`` while there is none."""
        return self._painter.page

    @property
    def findings(self) -> Index | None:
        """What is highlighted; ``None`` until there is an analysis."""
        return self._painter.findings

    @property
    def options(self) -> ViewOptions:
        """How the article is set."""
        return self._painter.options

    @property
    def cursor(self) -> Cursor:
        """What is current in the article; :meth:`show_cursor` is to be called after a change."""
        return self._painter.cursor

    def show(self, page: Page | None, offset: int = 0) -> None:
        """Show an article from ``offset`` on, or none; forgets what was current in the one before."""
        painter = self._painter
        painter.page = page
        painter.links = page.article.links if page else ()
        painter.findings, painter.cursor = None, Cursor()
        self._pieces = page.pieces(removed=self.options.removed) if page else []
        self._anchor, self._blank = offset, 0
        self._set()

    def set_options(self, options: ViewOptions) -> None:
        """Set the article differently; the same words stay at the top."""
        removed_changed = options.removed != self.options.removed
        self._painter.options = options
        if self.page is not None:
            if removed_changed:
                self._pieces = self.page.pieces(removed=options.removed)
            self._set()

    def show_findings(self, findings: Index) -> None:
        """Show (more of) an analysis; what is current stays so where it is still found."""
        self._painter.findings = findings
        cursor = self.cursor
        if cursor.mention is not None:
            found = findings.mention_at(cursor.mention.start)
            cursor.mention = found if found and found.start == cursor.mention.start else None
        if cursor.quotation is not None:
            said = findings.quotation_at(cursor.quotation.start)
            cursor.quotation = said if said and said.start == cursor.quotation.start else None
        self.redraw()

    def stand(self, mention: NamedMention | None, quotation: Quotation | None) -> None:
        """Make a mention and a quotation current, or nothing."""
        self.cursor.mention, self.cursor.quotation = mention, quotation
        self.show_cursor()

    def show_cursor(self) -> None:
        """Draw again, and tell others: something else is current."""
        self.redraw()
        self.post_message(self.Moved())

    def redraw(self) -> None:
        """Draw again what is visible; to be called when something that is shown has changed."""
        self._strips.clear()
        self.refresh()

    @property
    def column(self) -> tuple[int, int, int]:
        """Cells left of the margin, in the margin, and for the text."""
        margin = self._painter.margin_width()
        width = self.size.width
        text = max(2, min(self.options.measure, width - margin - 1))
        return max(0, (width - margin - text) // 2), margin, text

    def _set(self) -> None:
        """Wrap anew for the present width and keep the anchor at the top."""
        if self.page is None:
            self.index = WrapIndex(self._pieces, MEASURE)
            self.redraw()
            return
        if self.size.width <= 0:
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
        self.post_message(self.Moved())

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

    def is_shown(self, offset: int, height: int | None = None) -> bool:
        """Whether an offset is on the screen, or would be if that had another height."""
        row = self.index.row_of(offset) - self.scroll_offset.y
        return 0 <= row < (self.size.height if height is None else height)

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
            self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Set the article for the new width: the same words stay at the top, and what is current in sight."""
        current = self.cursor.mention or self.cursor.quotation
        shown = current is not None and self.is_shown(current.start, self._height)
        self._set()
        self._height = self.size.height
        if current is not None and shown:
            self.reveal(current.start, current.end)

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
            left, _, _ = self.column
            strip = self._strips[row] = self._painter.draw(self.index, row, left, self.size.width)
        return strip

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            # Textual computes these styles anew each time it is asked for them.
            part = f"article--{name}"
            style = self.get_component_rich_style(part, partial=True) if name else self.rich_style
            self._styles[name] = style
        return style

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
        span = self.page.word_span if event.chain == 2 else self.page.paragraph_span
        self.select(*span(self._offset_under(event)))

    def select(self, start: int, end: int) -> None:
        """Select a span of the text; an empty one selects nothing."""
        selection = (start, end) if start < end else None
        if selection != self.cursor.selection:
            self.cursor.selection = selection
            self.redraw()

    def words(self, start: int, end: int) -> str:
        """A stretch of the text, safe to draw."""
        return self.page.text[start:end] if self.page is not None else ""

    def links_in(self, start: int, end: int) -> Iterator[Link]:
        """Yield the links that touch ``[start, end)``."""
        return self._painter.links_in(start, end)

    @property
    def selected_text(self) -> str | None:
        """The selected text of the article, safe to draw and to copy; ``None`` without a selection."""
        if self.cursor.selection is None or self.page is None:
            return None
        return self.words(*self.cursor.selection)
