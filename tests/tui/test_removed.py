"""Removed lines between panel and article: looked through, put back, and put back again after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.tui.widgets.row_list import RowList
from reader.work.client import ArticleRead
from tests.tui.conftest import Work, complete
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from reader.work.client import Deliver
    from reader.work.messages import Job


async def test_looking_through_the_tab_leaves_the_article_as_it_was(open_reader: Any) -> None:
    async with open_reader() as reading:
        before = reading.rows
        await reading.press("5", "down", "enter", "down", "up")
        assert reading.rows == before
        # Enter on a line shows where it stood.
        await reading.press("down", "enter")
        assert any("Subscribe to our newsletter" in row for row in reading.rows)


async def test_a_run_is_put_back_whole(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("5", "end")
        assert reading.screen.panel.query_one(RowList).selected == "run 14"
        await reading.press("u")
        assert [line.line for line in reading.article.removed] == [1]
        assert "2 lines put back" in reading.status


class File(Work):
    """A file that is read whenever it is asked for, and analysed by hand."""

    def __call__(self, job: Job, deliver: Deliver) -> Work:
        self.updates = (ArticleRead(ARTICLE),) if job.article is None else ()
        return super().__call__(job, deliver)


async def test_lines_that_were_put_back_are_there_after_a_reload(open_reader: Any) -> None:
    async with open_reader(work=File()) as reading:
        await reading.press("5", "end", "enter", "down", "u")
        assert [line.line for line in reading.article.removed] == [1, 15]
        await reading.press("r")
        assert "Subscribe to our newsletter" in reading.article.text
        assert [line.line for line in reading.article.removed] == [1, 15]
        # What is analysed is the text that is shown.
        assert reading.work.jobs[-1].article == reading.article
        reading.work.report(complete(reading.article, ANALYSIS))
        await reading.pilot.pause()
        assert reading.screen.session.shown.complete


async def test_lines_put_back_while_one_searches_end_the_search(open_reader: Any) -> None:
    """What was current, and what was found, are of the text before."""
    async with open_reader() as reading:
        await reading.press("right_square_bracket", "slash", "a", "l", "f6", "5", "U")
        assert "put back" in reading.status
        assert not reading.screen.has_class("-searching")
        await reading.press("slash", *"newsletter", "enter")
        assert "1 of 1" in reading.status


async def test_escape_in_the_article_ends_the_panels_filter(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("1", "slash", *"forgotten", "enter", "enter")
        rows = reading.screen.panel.query_one(RowList)
        assert reading.screen.view.has_focus
        assert len(rows.rows.keys) == 2
        await reading.press("escape", "escape")
        assert len(rows.rows.keys) > 2
