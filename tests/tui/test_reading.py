"""What the keys and the mouse do on the reading screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Work, complete
from scene import ANALYSIS, ARTICLE, TEXT

from reader.analysis import Analysis
from reader.article import Article, Block, Link, RemovedLine
from reader.settings import Settings
from reader.tui.actions import ACTIONS
from reader.tui.background import ArticleRead, Failed, Found, Reading
from reader.tui.highlights import Highlights
from reader.tui.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from pathlib import Path


def article_of(*paragraphs: str, **fields: Any) -> Article:
    """An article of plain paragraphs."""
    blocks, position = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", position, position + len(paragraph)))
        position += len(paragraph) + 2
    return Article("\n\n".join(paragraphs), tuple(blocks), **fields)


LONG = article_of(*(f"Paragraph {n} holds the number {n} and words, many words." for n in range(1, 121)))


def test_every_action_of_the_table_is_a_method_of_the_screen() -> None:
    missing = [action.name for action in ACTIONS if not hasattr(ReadingScreen, f"action_{action.name}")]
    assert not missing


def test_no_two_actions_share_a_key() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))


async def test_the_article_is_set_with_its_kinds(open_reader: Any) -> None:
    async with open_reader() as reading:
        drawn = "\n".join(reading.rows)
        assert "Ferry to Orsay Island suspended after engine fire" in drawn
        assert "Catriona Vale · 17 February 2026 · The Lennox Courier" in drawn
        assert "1 min · " in str(reading.screen.query_one("#title").render())


@pytest.mark.parametrize(
    ("size", "measure"), [((80, 24), 72), ((200, 50), 72), ((50, 20), 72), ((20, 8), 72)]
)
async def test_the_text_stays_within_its_measure(
    open_reader: Any, size: tuple[int, int], measure: int
) -> None:
    async with open_reader(size=size) as reading:
        left, margin, text = reading.screen.view.column
        assert text <= measure
        assert left + margin + text <= reading.screen.view.size.width
        assert all(strip.cell_length == reading.screen.view.size.width for strip in _strips(reading))


def _strips(reading: Any) -> list[Any]:
    view = reading.screen.view
    return [view.render_line(y) for y in range(view.size.height)]


# Moving


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


async def test_an_article_opens_where_it_was_left(open_reader: Any, tmp_path: Path) -> None:
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


# Names and quotations


async def test_mentions_one_after_the_other_and_round(open_reader: Any) -> None:
    async with open_reader() as reading:
        seen = []
        for _ in range(9):
            await reading.press("tab")
            seen.append(reading.current)
        order = sorted((m.start, TEXT[m.start : m.end]) for e in ANALYSIS.entities for m in e.mentions)
        assert seen[: len(order)] == [name for _, name in order][: len(seen)]
        await reading.press("escape", "shift+tab")
        assert reading.current == order[-1][1]
        assert "continued from the end" in reading.status
        await reading.press("tab")
        assert reading.current == order[0][1]
        assert "continued from the beginning" in reading.status


@pytest.mark.parametrize(
    ("keys", "first"), [("pP", "Morag Teale"), ("lL", "Orsay Island"), ("oO", "Northern Ferries Board")]
)
async def test_mentions_of_a_type(open_reader: Any, keys: str, first: str) -> None:
    async with open_reader() as reading:
        await reading.press(keys[0])
        assert reading.current == first
        types = {reading.screen.view.current.entity.type}
        for _ in range(4):
            await reading.press(keys[0])
            types.add(reading.screen.view.current.entity.type)
        assert len(types) == 1
        await reading.press("escape", "g", keys[1])
        assert {reading.screen.view.current.entity.type} == types


async def test_the_same_entity_onwards_and_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("p")
        assert reading.current == "Morag Teale"
        assert "Morag Teale · person · 1 of 2" in reading.status
        await reading.press("asterisk")
        assert reading.current == "Teale"
        await reading.press("number_sign")
        assert reading.current == "Morag Teale"
        await reading.press("escape", "asterisk")
        assert "Go to a name first" in reading.status


async def test_quotations_in_order_and_round(open_reader: Any) -> None:
    async with open_reader() as reading:
        seen = []
        for _ in range(6):
            await reading.press("right_square_bracket")
            seen.append(reading.quotation)
        assert seen == ["q1", "q2", "q3", "q4", "q5", "q6"]
        assert "Quotation 6 of 6 · speaker unknown" in reading.status
        await reading.press("right_square_bracket")
        assert reading.quotation == "q1"
        await reading.press("left_square_bracket")
        assert reading.quotation == "q6"


async def test_from_quotation_to_speaker_and_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("right_square_bracket", "s")
        assert (reading.current, reading.quotation) == ("Morag Teale", "q1")
        await reading.press("s")
        assert (reading.current, reading.quotation) == ("", "q1")
        # A pronoun is no mention, but it is where the speaker stands in the text.
        for _ in range(3):
            await reading.press("right_square_bracket")
        await reading.press("s")
        assert (reading.current, reading.quotation) == ("He", "q4")
        await reading.press("s")
        assert (reading.current, reading.quotation) == ("", "q4")


async def test_from_a_name_to_what_it_said(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("p", "asterisk", "asterisk", "s")
        assert reading.quotation == "q1"
        await reading.press("escape", "o", "s")
        assert "not quoted" in reading.status


async def test_a_quotation_without_speaker_says_so(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("left_square_bracket", "s")
        assert reading.quotation == "q6"
        assert "no speaker" in reading.status


async def test_cards_open_and_lead_on(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("enter")
        assert "first" in reading.status
        await reading.press("p", "enter")
        assert type(reading.app.screen).__name__ == "EntityCard"
        await reading.press("escape")
        await reading.press("escape", "right_square_bracket", "enter")
        assert type(reading.app.screen).__name__ == "QuotationCard"
        await reading.press("escape")
        assert reading.app.screen is reading.screen


async def test_names_before_the_analysis_is_there(open_reader: Any) -> None:
    async with open_reader(analysis=None) as reading:
        for key in ("tab", "right_square_bracket", "s", "asterisk"):
            await reading.press(key)
            assert "not known yet" in reading.status
        assert "Getting ready" in str(reading.screen._progress())


async def test_nothing_found(open_reader: Any) -> None:
    async with open_reader(analysis=Analysis()) as reading:
        await reading.press("right_square_bracket")
        assert "quotes nobody" in reading.status
        await reading.press("tab")
        assert "none" in reading.status


async def test_partial_results_are_shown_and_what_is_current_stays(open_reader: Any) -> None:
    work = Work()
    async with open_reader(work=work) as reading:
        partial = Analysis(ANALYSIS.entities[3:4])
        work.report(Found("entities", 2, 6, Highlights(partial)))
        await reading.pilot.pause()
        assert "Looking for names" in reading.status
        await reading.press("p")
        assert reading.current == "Morag Teale"
        work.report(complete(ANALYSIS))
        await reading.pilot.pause()
        assert reading.current == "Morag Teale"
        assert "Looking" not in reading.status


# The mouse


async def test_a_click_selects_what_is_under_it_and_a_second_opens_its_card(open_reader: Any) -> None:
    async with open_reader() as reading:
        await _click(reading, TEXT.index("Morag Teale") + 2)
        assert reading.current == "Morag Teale"
        await _click(reading, TEXT.index("good news"))
        assert (reading.current, reading.quotation) == ("", "q1")
        await _click(reading, TEXT.index("told reporters"))
        assert (reading.current, reading.quotation) == ("", None)
        await _click(reading, TEXT.index("Ibrahim Nasser"))
        reading.pilot._mouse_offset = None
        await _click(reading, TEXT.index("Ibrahim Nasser") + 3)
        assert type(reading.app.screen).__name__ == "EntityCard"


def _cell(reading: Any, offset: int) -> tuple[int, int]:
    view = reading.screen.view
    row, cell = view.index.cell_of(offset)
    left, margin, _ = view.column
    return left + margin + cell, row - view.scroll_offset.y


async def _click(reading: Any, offset: int) -> None:
    await reading.pilot.click("#article", offset=_cell(reading, offset))
    await reading.pilot.pause()


async def test_dragging_selects_and_copies(open_reader: Any) -> None:
    async with open_reader() as reading:
        first, last = TEXT.index("Sailings"), TEXT.index("until")
        await reading.pilot.mouse_down("#article", offset=_cell(reading, first))
        await reading.pilot.hover("#article", offset=_cell(reading, last))
        await reading.pilot.mouse_up("#article", offset=_cell(reading, last))
        assert reading.screen.view.selected_text == TEXT[first:last]
        await reading.press("ctrl+c")
        assert reading.copied == [TEXT[first:last]]
        assert reading.app.is_running
        await reading.press("escape")
        assert reading.screen.view.selection is None


async def test_double_and_triple_clicks_select_word_and_paragraph(open_reader: Any) -> None:
    async with open_reader() as reading:
        offset = TEXT.index("forgotten, and")
        await reading.pilot.click("#article", offset=_cell(reading, TEXT.index("Sailings") + 3), times=2)
        assert reading.screen.view.selected_text == "Sailings"
        await reading.pilot.click("#article", offset=_cell(reading, offset), times=3)
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


# Copying


async def test_copying_a_quotation_with_its_citation(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("right_square_bracket", "y")
        assert reading.copied[0].startswith("“Nobody was hurt")
        assert "Morag Teale" in reading.copied[0]
        assert "Lennox Courier" in reading.copied[0]
        assert "citation" in reading.status
        await reading.press("escape", "y")
        assert reading.copied[1] == TEXT
        await reading.press("Y")
        assert "Ferry to Orsay Island" in reading.copied[2]


async def test_what_is_copied_is_harmless(open_reader: Any) -> None:
    hostile = article_of("A\x1b]52;c;ZXZpbA==\x07B said “x\x9b31m\u202ey”.")
    async with open_reader(hostile, Analysis()) as reading:
        await reading.press("y", "Y")
        for text in reading.copied:
            assert not any(ord(c) < 32 and c != "\n" for c in text)
            assert "\u202e" not in text
            assert "\x9b" not in text


# Search


async def test_search_finds_across_rows_and_counts(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("slash", *"number 1", "enter")
        matches = reading.screen.view.matches
        assert len(matches) == 32
        assert "1 of 32 found" in reading.status
        await reading.press("n", "n")
        assert "3 of 32 found" in reading.status
        await reading.press("N")
        assert "2 of 32 found" in reading.status
        await reading.press("N", "N")
        assert "Continued from the end" in reading.status
        await reading.press("escape")
        assert not len(reading.screen.view.matches)


async def test_search_is_incremental_and_escape_goes_back(open_reader: Any) -> None:
    async with open_reader(LONG, Analysis(), size=(80, 24)) as reading:
        await reading.press("j", "slash", *"Paragraph 90")
        assert reading.screen.view.scroll_offset.y > 50
        await reading.press("escape")
        assert reading.screen.view.scroll_offset.y == 1
        assert not len(reading.screen.view.matches)


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
        reading.screen._bar.input.value = words
        await reading.pilot.pause()
        await reading.press("enter")
        assert len(view.matches) == 1
        assert view.matches.found[0].start == row.start - 8


# Removed lines


async def test_removed_lines_are_shown_in_place_and_put_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        assert not any("Subscribe" in row for row in reading.rows)
        await reading.press("x")
        drawn = "\n".join(reading.rows)
        assert "Subscribe to our newsletter  newsletter prompt" in drawn
        assert "3 removed lines" in reading.status
        await reading.press("J", "J")
        await reading.press("u")
        assert "Subscribe to our newsletter" in reading.screen.article.text
        assert len(reading.screen.article.removed) == 2
        assert len(reading.work.jobs) == 2
        await reading.press("U")
        assert not reading.screen.article.removed
        await reading.press("x")
        assert "Nothing was removed" in reading.status


async def test_clicking_a_removed_line_twice_puts_it_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("x")
        y = next(y for y, row in enumerate(reading.rows) if "Subscribe" in row)
        x = reading.rows[y].index("Subscribe")
        await reading.pilot.click("#article", offset=(x, y))
        await reading.pilot.pause()
        assert reading.screen.view.removed_line == 1
        y = next(y for y, row in enumerate(reading.rows) if "Subscribe" in row)
        await reading.pilot.click("#article", offset=(x + 4, y))
        await reading.pilot.pause()
        assert "Subscribe" in reading.screen.article.text


# The view


async def test_options_of_the_view(open_reader: Any) -> None:
    async with open_reader() as reading:
        view = reading.screen.view
        before = view.column[2]
        await reading.press("minus")
        assert view.column[2] == before - 4
        await reading.press("plus")
        assert view.column[2] == before
        await reading.press("d")
        assert not view.options.numbers
        await reading.press("c")
        assert any(" P " in row[:12] for row in reading.rows)
        await reading.press("h")
        assert "▎" not in "".join(reading.rows)
        assert "hidden" in reading.status


async def test_focus_mode_hides_all_but_the_text(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("z")
        visible = {type(w).__name__ for w in reading.screen.query("*") if w.display and w.region.area}
        assert not visible & {"TitleBar", "StatusBar", "KeyBar", "Panel", "Overview"}
        await reading.press("q")
        assert reading.app.is_running
        assert not reading.screen.has_class("-alone")


async def test_the_panel_lies_beside_or_over_the_article(open_reader: Any) -> None:
    async with open_reader(size=(120, 30)) as reading:
        assert reading.screen.panel_shown
        await reading.press("v")
        assert not reading.screen.panel_shown
    async with open_reader(size=(80, 24)) as reading:
        width = reading.screen.view.size.width
        assert not reading.screen.panel_shown
        await reading.press("v")
        assert reading.screen.panel_shown
        assert reading.screen.view.size.width == width
        await reading.press("q")
        assert reading.app.is_running
        assert not reading.screen.panel_shown
        assert reading.screen.view.has_focus


@pytest.mark.parametrize(
    ("key", "tab"),
    [
        ("1", "quotations"),
        ("2", "people"),
        ("3", "places"),
        ("4", "organisations"),
        ("5", "removed"),
        ("6", "article"),
    ],
)
async def test_digits_open_the_tabs(open_reader: Any, key: str, tab: str) -> None:
    async with open_reader() as reading:
        await reading.press(key)
        assert reading.screen.panel.tab == tab
        assert reading.screen.panel.has_focus_within
        await reading.press("ctrl+w")
        assert reading.screen.view.has_focus


async def test_the_panel_follows_the_article_and_the_article_the_panel(open_reader: Any) -> None:
    async with open_reader() as reading:
        panel = reading.screen.panel
        await reading.press("right_square_bracket", "right_square_bracket")
        assert panel._list.selected == "q2"
        await reading.press("1", "down", "enter")
        assert reading.quotation == "q3"
        assert reading.screen.view.has_focus
        await reading.press("2", "enter")
        assert reading.screen.view.current is not None


# Leaving, opening, reloading


async def test_q_quits_and_ctrl_c_never_does(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("ctrl+c")
        assert reading.app.is_running
        await reading.press("q")
        await reading.pilot.pause()
        assert reading.app.return_value == 0
        assert not reading.app._running or reading.app._exit


async def test_quitting_stops_the_work(open_reader: Any) -> None:
    work = Work()
    async with open_reader(work=work) as reading:
        await reading.press("q")
        assert work.cancelled == 1


async def test_a_source_that_cannot_be_read(open_reader: Any) -> None:
    work = Work(Failed("source", "There is no file gone.txt", "Check the path"))
    async with open_reader(None, source="gone.txt", work=work) as reading:
        await reading.pilot.pause()
        drawn = str(reading.screen.query_one("#state").render())
        assert "There is no file gone.txt" in drawn
        assert "Check the path" in drawn
        work.updates = (ArticleRead(ARTICLE), complete(ANALYSIS))
        await reading.press("r")
        await reading.pilot.pause()
        assert any("Sailings" in row for row in reading.rows)
        await reading.press("right_square_bracket")
        assert reading.quotation == "q1"


async def test_reading_shows_how_far_it_is_and_can_be_stopped(open_reader: Any) -> None:
    work = Work(Reading(1200, 4800))
    async with open_reader(None, source="https://example.org/a", work=work) as reading:
        await reading.pilot.pause()
        drawn = str(reading.screen.query_one("#state").render())
        assert "https://example.org/a" in drawn
        assert "1,200 of 4,800" in drawn
        await reading.press("q")
        assert work.cancelled == 1


async def test_a_missing_pipeline_leaves_the_article_readable(open_reader: Any) -> None:
    work = Work(
        Failed("pipeline", "The pipeline nope is not installed", "Install it, or leave --pipeline out")
    )
    async with open_reader(work=work) as reading:
        assert "not installed" in reading.notice
        assert any("Sailings" in row for row in reading.rows)
        await reading.press("j", "slash", *"pier", "enter")
        assert len(reading.screen.view.matches) == 1


async def test_an_article_without_text(open_reader: Any) -> None:
    async with open_reader(Article("", source="empty.txt"), Analysis()) as reading:
        assert "no text" in str(reading.screen.query_one("#state").render())
        for action in ACTIONS:
            if action.name not in (
                "quit",
                "open",
                "help",
                "theme",
                "palette",
                "export",
                "search",
                "set_mark",
                "go_to_mark",
            ):
                await reading.screen.run_action(action.name)
        await reading.pilot.pause()
        assert reading.app.is_running


async def test_a_changed_file_is_offered_again_and_keeps_the_place(open_reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(LONG.text)
    article = replace(LONG, source=str(path))
    changed = article_of("A new first paragraph.", *(LONG.text.split("\n\n")), source=str(path))
    async with open_reader(article, Analysis(), size=(80, 24)) as reading:
        await reading.press("space", "space", "space")
        top = next(row for row in reading.rows if row).split("Paragraph")[1]
        reading.screen.look_at_file()
        assert reading.notice == ""
        path.write_text(changed.text)
        reading.screen.look_at_file()
        await reading.pilot.pause()
        assert "has changed" in reading.notice
        reading.work.updates = (ArticleRead(changed), complete(Analysis()))
        await reading.press("r")
        await reading.pilot.pause()
        assert next(row for row in reading.rows if row).split("Paragraph")[1] == top
        assert reading.notice == ""


async def test_links_are_opened_only_on_request(open_reader: Any) -> None:
    text = "See the report and the notes."
    links = (Link(8, 14, "https://example.org/report"), Link(23, 28, "javascript:alert(1)"))
    article = replace(article_of(text), links=links)
    async with open_reader(article, Analysis()) as reading:
        await _click(reading, 9)
        assert reading.opened == []
        await reading.press("w")
        assert reading.opened == ["https://example.org/report"]
        styles = [s.style.link for s in reading.screen.view.render_line(0) if s.style and s.style.link]
        assert styles == ["https://example.org/report"]


async def test_several_articles(open_reader: Any) -> None:
    article = replace(ARTICLE, source="a.txt")
    async with open_reader(article, sources=["a.txt", "b.txt"]) as reading:
        await reading.press("left_parenthesis")
        assert "no other article" in reading.status
        await reading.press("right_parenthesis")
        assert reading.work.jobs[-1].source == "b.txt"


async def test_keys_can_be_remapped_and_conflicts_are_told(open_reader: Any) -> None:
    settings = Settings(keys={"next_quotation": ("f9",), "line_down": ("/",), "nonsense": ("f8",)})
    async with open_reader(settings=settings) as reading:
        await reading.press("right_square_bracket")
        assert reading.quotation is None
        await reading.press("f9")
        assert reading.quotation == "q1"
        told = " ".join(reading.app.key_problems)
        assert "line_down" in told
        assert "search" in told
        assert "nonsense" in told


async def test_every_action_is_in_the_palette(open_reader: Any) -> None:
    async with open_reader() as reading:
        titles = " ".join(command.title for command in reading.app.get_system_commands(reading.screen))
        assert all(action.title in titles for action in ACTIONS if action.name != "palette")
        await reading.press("colon")
        assert type(reading.app.screen).__name__ == "CommandPalette"
        await reading.press(*"next quotation", "enter")
        await reading.pilot.pause()
        assert reading.quotation == "q1"


@pytest.mark.parametrize(
    ("key", "screen"),
    [("question_mark", "HelpScreen"), ("t", "ThemePicker"), ("e", "ExportDialog"), ("i", "HomeScreen")],
)
async def test_dialogs_open_and_close(open_reader: Any, key: str, screen: str) -> None:
    async with open_reader() as reading:
        await reading.press(key)
        assert type(reading.app.screen).__name__ == screen
        await reading.press("escape")
        await reading.pilot.pause()
        assert reading.app.screen is reading.screen


async def test_hostile_text_is_drawn_without_control_characters_or_markup(open_reader: Any) -> None:
    nasty = "[red]not markup[/red] \x1b[31mred \x9b2J \u202eevil [@click=app.quit]x[/] $person"
    article = Article(
        nasty,
        (Block("title", 0, len(nasty)),),
        title=nasty,
        byline=nasty,
        source=nasty,
        removed=(RemovedLine(1, nasty, nasty, 0),),
        notices=(nasty,),
    )
    async with open_reader(article, Analysis()) as reading:
        await reading.press("x")
        for strip in _strips(reading):
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c == "\u202e" for c in strip.text)
        assert "[red]not markup[/red]" in "\n".join(reading.rows)
        assert "[red]" in str(reading.screen.query_one("#title").render())
        assert "[red]" in reading.notice
