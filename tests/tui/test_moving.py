"""Scrolling, jumps, marks and searching by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.model.analysis import Analysis
from reader.settings.settings import Settings
from reader.tui.positions import Positions
from reader.tui.widgets.search_bar import SearchBar
from tests.tui.articles import LONG
from tests.tui.scene import TEXT

if TYPE_CHECKING:
    from pathlib import Path


async def test_scrolling(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        view = reading.screen.view
        height = view.size.height
        for keys, expected in [
            ("j", 1),
            ("down", 2),
            ("k", 1),
            ("space", 1 + height - 2),
            ("b", 1),
            ("ctrl+d", 1 + height // 2),
            ("ctrl+u", 1),
            ("up", 0),
            ("k", 0),
        ]:
            await reading.press(keys)
            assert view.scroll_offset.y == expected, keys
        await reading.press("G")
        assert view.scroll_offset.y == view.max_scroll_y
        await reading.press("g")
        assert view.scroll_offset.y == 0


async def test_paragraphs_come_to_the_top(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("right_curly_bracket", "right_curly_bracket")
        assert "Paragraph 3 " in reading.rows[0]
        await reading.press("left_curly_bracket")
        assert "Paragraph 2 " in reading.rows[0]


async def test_the_same_words_stay_at_the_top_when_the_screen_is_resized(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(120, 30)) as reading:
        await reading.press("space", "space", "space")
        top = reading.screen.view.first_shown
        for width, height in ((60, 20), (40, 30), (200, 50), (90, 24)):
            await reading.pilot.resize_terminal(width, height)
            await reading.pilot.pause()
            view = reading.screen.view
            assert view.index.row_of(top) - view.scroll_offset.y in (0, 1)


async def test_jumps_lead_back_and_forward(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        view = reading.screen.view
        await reading.press("j", "j", "G")
        bottom = view.scroll_offset.y
        await reading.press("ctrl+o")
        assert view.scroll_offset.y == 2
        await reading.press("greater_than_sign")
        assert view.scroll_offset.y == bottom
        await reading.press("alt+left")
        assert view.scroll_offset.y == 2
        await reading.press("alt+left", "alt+left")
        assert "oldest" in reading.status


async def test_marks(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        view = reading.screen.view
        await reading.press("space", "m", "a")
        marked = view.first_shown
        await reading.press("G", "apostrophe", "a")
        assert view.first_shown == marked
        await reading.press("apostrophe", "apostrophe")
        assert view.scroll_offset.y == view.max_scroll_y
        await reading.press("apostrophe", "z")
        assert "no mark z" in reading.status
        await reading.press("m", "1")
        assert "letter" in reading.status
        # The letter after m is a name, whatever that key does otherwise.
        await reading.press("m", "q")
        assert "Marked as q" in reading.status


async def test_an_article_opens_where_it_was_left(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("space", "space", "m", "a")
        row = next(row for row in reading.rows if row)
        await reading.press("q")
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        assert reading.rows[0] == row
        assert "left it" in reading.status
        await reading.press("G", "apostrophe", "a")
        assert reading.rows[0] == row
    async with open_reader(LONG, Analysis(), settings=Settings(resume=False), size=(80, 24)) as reading:
        assert reading.screen.view.scroll_offset.y == 0


async def test_search_finds_across_rows_and_counts(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("slash", *"number 1", "enter")
        matches = reading.screen.view.cursor.matches
        assert len(matches) == 32
        assert "1 of 32 found" in reading.status
        await reading.press("n", "n")
        assert "3 of 32 found" in reading.status
        await reading.press("N")
        assert "2 of 32 found" in reading.status
        await reading.press("N", "N")
        assert "Continued from the end" in reading.status
        await reading.press("escape")
        assert not len(reading.screen.view.cursor.matches)


async def test_search_is_incremental_and_escape_goes_back(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("j", "slash", *"Paragraph 90")
        assert reading.screen.view.scroll_offset.y > 50
        await reading.press("escape")
        assert reading.screen.view.scroll_offset.y == 1
        assert not len(reading.screen.view.cursor.matches)


async def test_search_says_when_there_is_nothing_or_the_expression_is_wrong(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("slash", *"zebra")
        found = reading.screen.query_one("#search-found")
        assert "not found" in str(found.render())
        await reading.press("ctrl+r", "left_parenthesis")
        assert "not a regular expression" in str(found.render())
        await reading.press("escape")
        await reading.press("n")
        assert "Nothing is searched for" in reading.status


async def test_search_across_a_soft_wrap(open_reader: Any) -> None:
    async with open_reader(size=(60, 24)) as reading:
        view = reading.screen.view
        row = view.index.row(view.index.row_of(TEXT.index("Sailings")) + 1)
        words = TEXT[row.start - 8 : row.start + 8]
        await reading.press("slash")
        reading.screen.query_one(SearchBar).input.value = words
        await reading.pilot.pause()
        await reading.press("enter")
        assert len(view.cursor.matches) == 1
        assert view.cursor.matches.found[0].start == row.start - 8


async def test_marks_that_another_reader_sets_meanwhile_stay(open_reader: Any, tmp_path: Path) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        other = Positions(tmp_path / "state" / "articles")
        position = other.get(LONG.id)
        position.marks["b"] = 120
        other.save(LONG.id, position)
        await reading.press("space", "m", "a", "q")
    assert set(Positions(tmp_path / "state" / "articles").get(LONG.id).marks) == {"a", "b"}
