"""The wrap index: which stretch of the text stands in which row, and back.

The text is set in pieces (a paragraph, a heading, a removed line), each wrapped on its own into rows. Rows
are numbered from 0 over the whole article, blank rows between the pieces included. Only the first row of
every piece and the breaks inside it are stored; wrapping a million words takes some hundredths of a second.

Widths are those that Rich gives (Unicode tables), because Textual crops and pads with the same ones.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Sequence

# Letters, punctuation and signs that are one cell wide in every terminal: Latin, Greek, Cyrillic, Hebrew,
# Arabic, typographic quotation marks, dashes, currencies. A paragraph of these alone needs no measuring.
_NARROW = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u0390-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f\u1e00-\u1eff\u2010-\u2027\u2030-\u203b\u203d-\u2048"
    "\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2116\u2122\ufffd]*"
)
_MAY_NOT_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝〕〉》」』】〙〗’”»…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
)
_MAY_NOT_END = frozenset("（［｛〔〈《「『【〘〖‘“«")
_SPACES = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
# A row never holds more code points than this, however many of them are combining marks.
_LONGEST_ROW = 2000
_NO_BREAKS: array[int] = array("Q")


class Passage(NamedTuple):
    """A stretch of text that is set as one: ``text[start:end]``, wrapped under ``indent`` cells.

    ``gap`` is the number of blank rows above it. ``removed`` numbers the removed line that it shows, and
    is -1 for the article's own text; ``own`` is false for what is added to the text (a byline, a removed
    line): offsets never lead there.
    """

    text: str
    start: int
    end: int
    kind: str
    indent: int = 0
    gap: int = 0
    own: bool = True
    removed: int = -1


class Row(NamedTuple):
    """One row: piece number, row number inside the piece, and its stretch of the piece's text."""

    piece: int
    line: int
    start: int
    end: int


def breaks(text: str, start: int, end: int, width: int, narrow: bool = False) -> array[int]:
    """Return where the rows after the first begin, when ``text[start:end]`` is set in ``width`` cells.

    Rows break at spaces and at newlines, between wide characters where East Asian rules allow it, and
    inside a word only when it is longer than a row. Spaces at a break belong to the row before it.
    ``narrow`` says that it is known to be a single line of characters one cell wide. A terminal of no width
    to speak of has rows of one cell.
    """
    width = max(1, width)
    if narrow:
        if end - start <= width:
            return _NO_BREAKS
        known: array[int] = array("Q")
        _wrap_narrow(text, start, end, width, known)
        return known
    found: array[int] = array("Q")
    while (newline := text.find("\n", start, end)) >= 0:
        _wrap_line(text, start, newline, width, found)
        start = newline + 1
        if start < end:
            found.append(start)
    _wrap_line(text, start, end, width, found)
    return found


def _narrow(text: str, start: int, end: int) -> bool:
    match = _NARROW.match(text, start, end)
    return match is not None and match.end() == end


def _wrap_line(text: str, start: int, end: int, width: int, found: array[int]) -> None:
    if end - start <= width and _narrow(text, start, end):
        return
    if _narrow(text, start, end):
        _wrap_narrow(text, start, end, width, found)
    else:
        _wrap_measured(text, start, end, width, found)


def _wrap_narrow(text: str, start: int, end: int, width: int, found: array[int]) -> None:
    rfind, append = text.rfind, found.append
    position = start
    while end - position > width:
        cut = rfind(" ", position, position + width + 1)
        if cut <= position:
            position += width
        else:
            position = cut + 1
        while position < end and text[position] == " ":
            position += 1
        if position < end:
            append(position)


def _wrap_measured(text: str, start: int, end: int, width: int, found: array[int]) -> None:
    line = text[start:end]
    graphemes, _ = split_graphemes(line)
    used = row = 0  # cells in the row so far; where it starts
    chance = used_at_chance = 0  # the last place where the row may break, and the cells before it
    previous = ""
    for first, last, cells in graphemes:
        character = line[first]
        # A space with a joiner or mark on it is drawn: at the end of a row it takes room like a letter.
        space = character in _SPACES and last - first == 1
        follows_space = previous in _SPACES
        between_wide = (cells == 2 or _wide(previous)) and _may_part(previous, character)
        if first > row and not space and (follows_space or between_wide):
            chance, used_at_chance = first, used
        if first > row and not space and (used + cells > width or last - row > _LONGEST_ROW):
            if chance > row and last - row <= _LONGEST_ROW:
                row, used = chance, used - used_at_chance
            else:
                row, used = first, 0
            found.append(start + row)
            if used + cells > width and first > row:
                row, used = first, 0
                found.append(start + row)
        used += cells
        previous = character


@lru_cache(4096)
def _wide(character: str) -> bool:
    return cell_len(character) == 2


def _may_part(left: str, right: str) -> bool:
    return left != "" and right not in _MAY_NOT_START and left not in _MAY_NOT_END


class WrapIndex:
    """Rows of pieces set in ``width`` cells. Immutable: make a new one for another width.

    ``like`` is an index of the same pieces for another width: what was measured for it is used again.
    """

    def __init__(self, pieces: Sequence[Passage], width: int, like: WrapIndex | None = None) -> None:
        self.pieces = pieces
        if like is not None and like.pieces is pieces:
            self._narrow: bytes = like._narrow  # noqa: SLF001 -- of the same class
        else:
            self._narrow = bytes(_narrow(piece.text, piece.start, piece.end) for piece in pieces)
        self.width = width
        self._breaks: list[array[int]] = []
        self._first: array[int] = array("Q")
        self._own: array[int] = array("Q")  # numbers of the pieces of the article's own text
        self._starts: array[int] = array("Q")  # and where each of them starts
        row = 0
        for number, piece in enumerate(pieces):
            row += piece.gap
            self._first.append(row)
            room = max(2, width - piece.indent)
            inside = breaks(piece.text, piece.start, piece.end, room, self._narrow[number] == 1)
            self._breaks.append(inside)
            row += len(inside) + 1
            if piece.own:
                self._own.append(number)
                self._starts.append(piece.start)
        self.height = row

    def first_row(self, piece: int) -> int:
        """The first row of a piece."""
        return self._first[piece]

    def rows_of(self, piece: int) -> int:
        """How many rows a piece has."""
        return len(self._breaks[piece]) + 1

    def row(self, row: int) -> Row | None:
        """What stands in a row; ``None`` for a blank row and outside the article."""
        if not 0 <= row < self.height:
            return None
        piece = bisect_right(self._first, row) - 1
        if piece < 0:
            return None
        line = row - self._first[piece]
        inside = self._breaks[piece]
        if line > len(inside):
            return None
        start = inside[line - 1] if line else self.pieces[piece].start
        end = inside[line] if line < len(inside) else self.pieces[piece].end
        return Row(piece, line, start, end)

    def piece_of(self, offset: int) -> int:
        """The number of the piece that holds an offset, or the one before it; -1 when there is no text."""
        if not self._own:
            return -1
        return self._own[max(0, bisect_right(self._starts, offset) - 1)]

    def row_of(self, offset: int) -> int:
        """The row in which an offset of the article stands; that of the nearest text before it otherwise."""
        piece = self.piece_of(offset)
        if piece < 0:
            return 0
        return self._first[piece] + bisect_right(self._breaks[piece], offset)

    def offset_of_row(self, row: int) -> int:
        """The first offset of the article at or below a row; the last row's when nothing is below."""
        place = bisect_left(self._first, max(0, row) + 1) - 1
        if place >= 0 and self.pieces[place].own:
            found = self.row(row)
            if found is not None:
                return found.start
        following = bisect_left(self._own, place + 1)
        if following < len(self._own):
            return self.pieces[self._own[following]].start
        if not self._own:
            return 0
        last = self._own[-1]
        return self._breaks[last][-1] if self._breaks[last] else self.pieces[last].start

    def piece_at(self, row: int) -> int:
        """The number of the piece in a row, or above it when the row is blank; -1 above the first."""
        return bisect_right(self._first, row) - 1

    def offset_at(self, row: int, cell: int) -> int:
        """The offset of the character drawn at a cell of a row, or the nearest one in the article.

        Left of the row's text it is the row's first; right of it, the end of the row's text.
        """
        found = self.row(row)
        if found is None or not self.pieces[found.piece].own:
            return self.offset_of_row(row)
        piece = self.pieces[found.piece]
        line = row_text(piece, found)
        cell -= piece.indent
        if cell < 0:
            return found.start
        if _narrow(line, 0, len(line)):
            return found.start + min(cell, len(line))
        left = 0
        for first, _, cells in split_graphemes(line)[0]:
            if cell < left + cells:
                return found.start + first
            left += cells
        return found.start + len(line)


def row_text(piece: Passage, row: Row) -> str:
    """The text of a row as it is drawn: without the white space at its end."""
    return piece.text[row.start : row.end].rstrip()
