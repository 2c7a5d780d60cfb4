"""Rows, offsets and cells agree, whatever the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from reader.text.safety import shown
from reader.tui.drawing.wrap import Passage, WrapIndex, breaks, row_text

_LETTERS = st.sampled_from(
    [
        *"aeiou tn  rslm\n-“”’—漢字、ひ한éאשמ\u200d\ufe0f\u3000\u00ad",
        *("e\u0301", "👩‍🚀", "👍🏽", "🇫🇷", "❤️", "क्ष"),
    ]
)
TEXTS = st.one_of(st.lists(_LETTERS, max_size=120).map("".join), st.text(max_size=60)).map(
    lambda text: shown(text).replace("\t", " ")
)


def index_of(texts: list[str], width: int, indent: int = 0) -> tuple[str, WrapIndex]:
    """Blocks joined by an empty line, and their wrap index."""
    pieces, parts, position = [], [], 0
    kept = [text for text in texts if text.strip()]
    whole = "\n\n".join(kept)
    for number, text in enumerate(kept):
        pieces.append(Passage(whole, position, position + len(text), "paragraph", indent, int(number > 0)))
        position += len(text) + 2
        parts.append(text)
    return whole, WrapIndex(pieces, width)


@given(st.lists(TEXTS, max_size=5), st.integers(4, 40), st.integers(0, 2))
def test_rows_cover_every_character_once_and_in_order(texts: list[str], width: int, indent: int) -> None:
    _, index = index_of(texts, width, indent)
    for piece in index.pieces:
        covered = piece.start
        first = index.first_row(list(index.pieces).index(piece))
        for row in range(first, first + index.rows_of(list(index.pieces).index(piece))):
            found = index.row(row)
            assert found is not None
            assert found.start == covered
            assert found.end > found.start
            covered = found.end
        assert covered == piece.end


@given(st.lists(TEXTS, max_size=4), st.integers(4, 40), st.integers(0, 2))
def test_no_row_is_wider_than_asked(texts: list[str], width: int, indent: int) -> None:
    _, index = index_of(texts, width, indent)
    for row in range(index.height):
        found = index.row(row)
        if found is not None:
            piece = index.pieces[found.piece]
            assert piece.indent + cell_len(row_text(piece, found)) <= width


@given(st.lists(TEXTS, max_size=4), st.integers(4, 40), st.integers(0, 2))
def test_offset_to_row_and_cell_and_back(texts: list[str], width: int, indent: int) -> None:
    _, index = index_of(texts, width, indent)
    for piece in index.pieces:
        for offset in range(piece.start, piece.end):
            row, cell = index.row_of(offset), piece.indent
            found = index.row(row)
            assert found is not None
            assert found.start <= offset < found.end
            line = row_text(piece, found)
            for first, last, cells in split_graphemes(line)[0]:
                # A click lands on the first code point of what is drawn there as one.
                if cells and found.start + first <= offset < found.start + last:
                    assert index.offset_at(row, cell) == found.start + first
                    assert index.offset_at(row, cell + cells - 1) == found.start + first
                cell += cells


@given(st.lists(TEXTS, max_size=4), st.integers(4, 40), st.integers(-3, 60))
def test_every_row_leads_to_an_offset_on_or_below_it(texts: list[str], width: int, row: int) -> None:
    whole, index = index_of(texts, width)
    offset = index.offset_of_row(row)
    assert 0 <= offset <= len(whole)
    if 0 <= row < index.height and index.row(row) is not None:
        assert index.row_of(offset) == row
    elif index.pieces and row < index.height:
        assert index.row_of(offset) >= row


@pytest.mark.parametrize("width", [0, -2])
@pytest.mark.parametrize("text", ["Part of it\n", "東京 now"])
def test_a_width_that_is_none_is_one(text: str, width: int) -> None:
    assert breaks(text, 0, len(text), width) == breaks(text, 0, len(text), 1)


def test_words_break_at_spaces_and_the_space_stays_behind() -> None:
    assert list(breaks("one two three", 0, 13, 8)) == [8]
    assert list(breaks("one two  three", 0, 14, 8)) == [9]
    assert list(breaks("“one” — two", 0, 11, 8)) == [8]


def test_a_word_longer_than_a_row_is_folded() -> None:
    assert list(breaks("abcdefghij", 0, 10, 4)) == [4, 8]


def test_newlines_inside_a_piece_break() -> None:
    assert list(breaks("ab\ncd", 0, 5, 40)) == [3]


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    assert list(breaks("漢字漢字。字", 0, 6, 8)) == [3]


def test_an_emoji_sequence_is_never_cut() -> None:
    text = "ab👩‍🚀cd"
    for width in (2, 3, 4):
        assert 3 not in breaks(text, 0, len(text), width)
        assert 4 not in breaks(text, 0, len(text), width)


def test_added_pieces_never_receive_offsets() -> None:
    text = "first\n\nsecond"
    index = WrapIndex(
        [
            Passage(text, 0, 5, "paragraph"),
            Passage("By someone", 0, 10, "byline", 0, 1, own=False),
            Passage(text, 7, 13, "paragraph", 0, 1),
        ],
        20,
    )
    assert index.row_of(0) == 0
    assert index.row_of(7) == 4
    assert index.offset_of_row(2) == 7
    assert index.offset_at(2, 3) == 7


def test_an_empty_index() -> None:
    index = WrapIndex((), 20)
    assert index.height == 0
    assert index.row(0) is None
    assert index.offset_of_row(3) == 0
    assert index.offset_at(0, 0) == 0
    assert index.piece_of(4) == -1


def test_a_megabyte_without_a_break_is_set_in_reasonable_time() -> None:
    for text in ("x" * 1_000_000, "e" + "\u0301" * 100_000, " " * 100_000 + "x", "漢" * 100_000):
        started = time.perf_counter()
        index = WrapIndex([Passage(text, 0, len(text), "paragraph")], 72)
        assert index.height >= 1
        assert time.perf_counter() - started < 5
