"""Opening, reloading, leaving; keys of the user's own; what is hostile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reader.model.analysis import Analysis
from reader.model.article import Article, Block, RemovedLine
from reader.settings.settings import Settings
from reader.tui.actions import ACTIONS
from reader.tui.screens.help import Palette
from reader.tui.widgets.row_list import RowList
from reader.work.client import ArticleRead, BytesRead, JobFailed
from tests.tui.articles import LONG, article_of, strips
from tests.tui.conftest import Work, complete
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from pathlib import Path


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
    work = Work(JobFailed("source", "There is no file gone.txt", "Check the path"))
    async with open_reader(None, source="gone.txt", work=work) as reading:
        await reading.pilot.pause()
        drawn = str(reading.screen.query_one("#state").render())
        assert "There is no file gone.txt" in drawn
        assert "Check the path" in drawn
        work.updates = (ArticleRead(ARTICLE), complete(ARTICLE, ANALYSIS))
        await reading.press("r")
        await reading.pilot.pause()
        assert any("Sailings" in row for row in reading.rows)
        await reading.press("right_square_bracket")
        assert reading.quotation == "q1"


async def test_reading_shows_how_far_it_is_and_can_be_stopped(open_reader: Any) -> None:
    work = Work(BytesRead(1200, 4800))
    async with open_reader(None, source="https://example.org/a", work=work) as reading:
        await reading.pilot.pause()
        drawn = str(reading.screen.query_one("#state").render())
        assert "https://example.org/a" in drawn
        assert "1,200 of 4,800" in drawn
        await reading.press("q")
        assert work.cancelled == 1


async def test_a_missing_pipeline_leaves_the_article_readable(open_reader: Any) -> None:
    work = Work(
        JobFailed("pipeline", "The pipeline nope is not installed", "Install it, or leave --pipeline out")
    )
    async with open_reader(work=work) as reading:
        assert "not installed" in reading.notice
        assert any("Sailings" in row for row in reading.rows)
        await reading.press("j", "slash", *"pier", "enter")
        assert len(reading.screen.view.cursor.matches) == 1


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
                await reading.screen.controls.act(action.name)
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
        reading.work.updates = (ArticleRead(changed), complete(changed, Analysis()))
        await reading.press("r")
        await reading.pilot.pause()
        assert next(row for row in reading.rows if row).split("Paragraph")[1] == top
        assert reading.notice == ""


async def test_several_articles(open_reader: Any) -> None:
    article = replace(ARTICLE, source="a.txt")
    async with open_reader(article, sources=["a.txt", "b.txt"]) as reading:
        await reading.press("left_parenthesis")
        assert "This is the first article" in reading.status
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
        await reading.press("colon")
        palette = reading.app.screen
        assert isinstance(palette, Palette)
        keys = palette.query_one(RowList).rows.keys
        assert set(keys) == {action.name for action in ACTIONS} - {"palette"}
        await reading.press(*"quotation next")
        assert palette.query_one(RowList).selected == "next_quotation"
        await reading.press("enter")
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
        for strip in strips(reading):
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c == "\u202e" for c in strip.text)
        assert "[red]not markup[/red]" in "\n".join(reading.rows)
        assert "[red]" in str(reading.screen.query_one("#title").render())
        assert "[red]" in reading.notice
