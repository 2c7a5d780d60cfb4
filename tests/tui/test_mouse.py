"""The mouse, the clipboard, and removed lines."""

from __future__ import annotations

from typing import Any

from reader.model.analysis import Analysis
from tests.tui.articles import LONG, article_of, cell_of, click
from tests.tui.scene import ARTICLE, TEXT


async def test_a_click_selects_what_is_under_it_and_a_second_opens_its_card(open_reader: Any) -> None:
    async with open_reader() as reading:
        await click(reading, TEXT.index("Morag Teale") + 2)
        assert reading.current == "Morag Teale"
        await click(reading, TEXT.index("good news"))
        assert (reading.current, reading.quotation) == ("", "q1")
        await click(reading, TEXT.index("told reporters"))
        assert (reading.current, reading.quotation) == ("", None)
        await click(reading, TEXT.index("Ibrahim Nasser"))
        reading.pilot._mouse_offset = None
        await click(reading, TEXT.index("Ibrahim Nasser") + 3)
        assert type(reading.app.screen).__name__ == "EntityCard"


async def test_dragging_selects_and_copies(open_reader: Any) -> None:
    async with open_reader() as reading:
        first, last = TEXT.index("Sailings"), TEXT.index("until")
        await reading.pilot.mouse_down("#article", offset=cell_of(reading, first))
        await reading.pilot.hover("#article", offset=cell_of(reading, last))
        await reading.pilot.mouse_up("#article", offset=cell_of(reading, last))
        assert reading.screen.view.selected_text == TEXT[first:last]
        await reading.press("ctrl+c")
        assert reading.copied == [TEXT[first:last]]
        assert reading.app.is_running
        await reading.press("escape")
        assert reading.screen.view.cursor.selection is None


async def test_double_and_triple_clicks_select_word_and_paragraph(open_reader: Any) -> None:
    async with open_reader() as reading:
        offset = TEXT.index("forgotten, and")
        await reading.pilot.click("#article", offset=cell_of(reading, TEXT.index("Sailings") + 3), times=2)
        assert reading.screen.view.selected_text == "Sailings"
        await reading.pilot.click("#article", offset=cell_of(reading, offset), times=3)
        assert reading.screen.view.selected_text == TEXT[ARTICLE.blocks[4].start : ARTICLE.blocks[4].end]


async def test_the_wheel_scrolls(open_reader: Any) -> None:
    from textual.events import MouseScrollDown

    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.pilot._post_mouse_events([MouseScrollDown], "#article", button=0)
        await reading.pilot.pause()
        assert reading.screen.view.scroll_offset.y > 0


async def test_the_overview_leads_to_places_and_quotations(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        overview = reading.screen.query_one("#overview")
        await reading.pilot.click("#overview", offset=(0, overview.size.height // 2))
        await reading.pilot.pause()
        assert 0 < reading.screen.view.scroll_offset.y < reading.screen.view.max_scroll_y
    async with open_reader(size=(80, 24)) as reading:
        overview = reading.screen.query_one("#overview")
        marked = [y for y in range(overview.size.height) if "▐" in overview.render_line(y).text]
        assert marked
        await reading.pilot.click("#overview", offset=(0, marked[0]))
        await reading.pilot.pause()
        assert reading.quotation == "q1"


async def test_the_keys_at_the_bottom_can_be_clicked(open_reader: Any) -> None:
    async with open_reader() as reading:
        bar = reading.screen.query_one("#keys")
        line = str(bar.render())
        await reading.pilot.click("#keys", offset=(1 + line.index("quotation"), 0))
        await reading.pilot.pause()
        assert reading.quotation == "q1"


async def test_the_last_line_shows_the_keys_of_what_has_the_focus(open_reader: Any) -> None:
    async with open_reader(size=(80, 24)) as reading:
        line = reading.screen.query_one("#keys")
        assert str(line.render()).startswith("Tab name")
        assert str(line.render()).rstrip().endswith("? help  q quit")
        await reading.press("slash")
        assert str(line.render()).startswith("Enter keep  Esc go back")
        await reading.pilot.click("#keys", offset=(1 + str(line.render()).index("exactly"), 0))
        await reading.pilot.pause()
        assert str(reading.screen.query_one("#search-mode").render()) == "exact/"
        await reading.press("escape", "1")
        assert "put back" not in str(line.render())
        await reading.press("5")
        assert "u put back" in str(line.render())
        await reading.pilot.click("#keys", offset=(1 + str(line.render()).index("article"), 0))
        await reading.pilot.pause()
        assert reading.screen.view.has_focus
        assert str(line.render()).startswith("Tab name")


async def test_copying_a_quotation_with_its_citation(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("right_square_bracket", "y")
        assert reading.copied[0].startswith("“Nobody was hurt")
        assert "Morag Teale" in reading.copied[0]
        assert "Lennox Courier" in reading.copied[0]
        assert "citation" in reading.status
        await reading.press("escape", "p", "y")
        assert reading.copied[1] == "Morag Teale"
        await reading.press("escape", "escape", "y")
        assert reading.copied[2] == "Ferry to Orsay Island suspended after engine fire"
        assert "Copied the title" in reading.status
        await reading.press("right_curly_bracket", "right_curly_bracket", "y")
        assert reading.copied[3].startswith("Ferry")  # all of it is on the screen: nothing scrolls
        await reading.press("Y")
        assert reading.copied[4] == TEXT
        await reading.press("C")
        assert "Ferry to Orsay Island" in reading.copied[5]


async def test_copying_the_paragraph_at_the_top(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("right_curly_bracket", "right_curly_bracket", "y")
        assert reading.copied == ["Paragraph 3 holds the number 3 and words, many words."]
        assert "Copied paragraph 3" in reading.status


async def test_a_whole_copy_has_the_title_also_when_the_text_has_not(open_reader: Any) -> None:
    async with open_reader(article_of("Only text.", title="Its title"), Analysis()) as reading:
        await reading.press("Y")
        assert reading.copied == ["Its title\n\nOnly text."]


async def test_what_is_copied_is_harmless(open_reader: Any) -> None:
    hostile = article_of("A\x1b]52;c;ZXZpbA==\x07B said “x\x9b31m\u202ey”.")
    async with open_reader(hostile, Analysis()) as reading:
        await reading.press("y", "Y")
        for text in reading.copied:
            assert not any(ord(c) < 32 and c != "\n" for c in text)
            assert "\u202e" not in text
            assert "\x9b" not in text


async def test_removed_lines_are_shown_in_place_and_put_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        assert not any("Subscribe" in row for row in reading.rows)
        await reading.press("x")
        drawn = "\n".join(reading.rows)
        assert "Subscribe to our newsletter  newsletter prompt" in drawn
        assert "3 removed lines" in reading.status
        await reading.press("J", "J")
        await reading.press("u")
        assert "Subscribe to our newsletter" in reading.article.text
        assert len(reading.article.removed) == 2
        assert len(reading.work.jobs) == 2
        await reading.press("U")
        assert not reading.article.removed
        await reading.press("x")
        assert "Nothing was removed" in reading.status


async def test_clicking_a_removed_line_twice_puts_it_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("x")
        y = next(y for y, row in enumerate(reading.rows) if "Subscribe" in row)
        x = reading.rows[y].index("Subscribe")
        await reading.pilot.click("#article", offset=(x, y))
        await reading.pilot.pause()
        assert reading.screen.view.cursor.removed == 1
        y = next(y for y, row in enumerate(reading.rows) if "Subscribe" in row)
        await reading.pilot.click("#article", offset=(x + 4, y))
        await reading.pilot.pause()
        assert "Subscribe" in reading.article.text
