"""What is on the reading screen, and how it is set."""

from __future__ import annotations

from typing import Any

import pytest

from reader.index import duration
from reader.tui.actions import ACTIONS
from reader.tui.widgets.row_list import RowList
from tests.tui.articles import strips
from tests.tui.host import screen_text
from tests.tui.scene import ANALYSIS


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
        assert all(strip.cell_length == reading.screen.view.size.width for strip in strips(reading))


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
        await reading.press("T")
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


async def test_the_panel_stands_beside_the_article_or_below_it(open_reader: Any) -> None:
    async with open_reader(size=(120, 30)) as reading:
        assert reading.screen.controls.link.shown
        await reading.press("v")
        assert not reading.screen.controls.link.shown
    async with open_reader(size=(80, 24)) as reading:
        before = reading.screen.view.size
        assert not reading.screen.controls.link.shown
        await reading.press("v")
        assert reading.screen.controls.link.shown
        assert reading.screen.view.size.width == before.width
        assert 8 <= before.height - reading.screen.view.size.height <= 10
        await reading.press("q")
        assert reading.app.is_running
        assert not reading.screen.controls.link.shown
        assert reading.screen.view.has_focus


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (99, 40)])
async def test_what_is_current_stays_in_sight_when_the_panel_opens(
    open_reader: Any, size: tuple[int, int]
) -> None:
    async with open_reader(size=size) as reading:
        view = reading.screen.view
        for _ in ANALYSIS.quotations:
            await reading.press("right_square_bracket", "v")
            await reading.pilot.pause()
            start, end = view.cursor.quotation.start, view.cursor.quotation.end
            assert view.is_shown(start)
            assert view.is_shown(end - 1)
            await reading.press("v", "ctrl+w")
            await reading.pilot.pause()
            assert view.is_shown(start)
            await reading.press("escape", "escape")


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
        await reading.press(*["right_square_bracket"] * 3)
        assert panel.query_one(RowList).selected == "q3"
        await reading.press("1", "down", "enter")
        assert reading.quotation == "q4"
        assert reading.screen.view.has_focus
        await reading.press("2", "enter")
        assert reading.screen.view.cursor.mention is not None


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 min"), (99, "99 min"), (120, "2 h"), (4545, "76 h")])
def test_how_long_it_takes_is_said_as_people_say_it(minutes: int, said: str) -> None:
    assert duration(minutes) == said


async def test_what_is_being_done_is_said_once(open_reader: Any) -> None:
    async with open_reader(analysis=None) as reading:
        assert screen_text(reading.app).count("Getting ready") == 1


async def test_a_message_is_not_cut_for_what_is_being_done(open_reader: Any) -> None:
    async with open_reader(analysis=None, size=(80, 24)) as reading:
        assert "Getting ready" in reading.status
        await reading.press("W")
        assert "There are no links in this article" in reading.status
        await reading.press("escape")
        assert "Getting ready" in reading.status
