"""Links: numbered on request, their addresses shown before they open, told from places without colour too."""

from __future__ import annotations

import webbrowser
from dataclasses import replace
from typing import Any

import pytest

from reader.index import Index
from reader.model.analysis import Analysis, Entity, Mention
from reader.model.article import Link
from tests.tui.articles import LONG, article_of, cell_of, click
from tests.tui.conftest import Work, complete
from tests.tui.host import screen_text

TEXT = "See the report and the notes on Oslo."
REPORT, NOTES = "https://example.org/report", "https://example.org/notes?a=1"
ARTICLE = replace(article_of(TEXT), links=(Link(8, 14, REPORT), Link(23, 28, NOTES)))


@pytest.fixture(autouse=True)
def _browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda *_: webbrowser.BackgroundBrowser("browser"))


async def test_a_number_shows_where_a_link_leads_and_enter_opens_it(open_reader: Any) -> None:
    async with open_reader(ARTICLE, Analysis()) as reading:
        await reading.press("w")
        assert "See the 1eport and the 2otes" in reading.rows[0]
        assert "Which link? 1 to 2" in reading.status
        await reading.press("2")
        assert NOTES in reading.status
        assert reading.opened == []
        await reading.press("enter")
        assert reading.opened == [NOTES]
        assert f"Opened {NOTES}" in reading.status
        assert "See the report and the notes" in reading.rows[0]


async def test_an_address_can_be_copied_instead_and_the_numbers_go_away(open_reader: Any) -> None:
    async with open_reader(ARTICLE, Analysis()) as reading:
        await reading.press("w", "1", "y")
        assert reading.copied == [REPORT]
        await reading.press("w", "escape")
        assert "See the report" in reading.rows[0]
        # Any other key does what it does otherwise.
        await reading.press("w", "d")
        assert not reading.screen.view.options.numbers
        assert reading.opened == []


async def test_a_link_alone_needs_no_number(open_reader: Any) -> None:
    async with open_reader(replace(ARTICLE, links=ARTICLE.links[:1]), Analysis()) as reading:
        await reading.press("w")
        assert REPORT in reading.status
        await reading.press("enter")
        assert reading.opened == [REPORT]


async def test_all_links_are_listed(open_reader: Any) -> None:
    async with open_reader(ARTICLE, Analysis()) as reading:
        await reading.press("W")
        text = screen_text(reading.app)
        assert "report" in text
        assert REPORT in text
        assert NOTES in text
        await reading.press("down", "enter")
        assert reading.opened == [NOTES]
        await reading.press("W", "y")
        assert reading.copied == [REPORT]


async def test_without_a_browser_nothing_is_said_to_have_opened(
    open_reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    async with open_reader(ARTICLE, Analysis()) as reading:
        await reading.press("w", "1", "enter")
        assert reading.opened == []
        assert reading.copied == [REPORT]
        assert f"There is no browser here. Copied {REPORT}" in reading.status


async def test_no_link_is_opened_by_a_click_and_no_other_address_at_all(open_reader: Any) -> None:
    links = (ARTICLE.links[0], Link(23, 28, "javascript:alert(1)"))
    async with open_reader(replace(ARTICLE, links=links), Analysis()) as reading:
        await click(reading, 9)
        assert reading.opened == []
        await reading.press("w", "2", "enter")
        assert reading.opened == []
        assert "Not an address" in reading.status
        await reading.pilot.click("#article", offset=cell_of(reading, 9), control=True)
        await reading.pilot.pause()
        assert reading.opened == [REPORT]
        styles = [s.style.link for s in reading.screen.view.render_line(0) if s.style and s.style.link]
        assert styles == [REPORT]


async def test_an_article_without_links_says_so(open_reader: Any) -> None:
    async with open_reader() as reading:
        for key in ("w", "W"):
            await reading.press("escape", key)
            assert "no links in this article" in reading.status
    far = replace(LONG, links=(Link(len(LONG.text) - 6, len(LONG.text) - 1, REPORT),))
    async with open_reader(far, Analysis()) as reading:
        await reading.press("w")
        assert "no link on this screen. W lists" in reading.status


@pytest.mark.parametrize("colourless", [False, True])
async def test_links_look_different_from_places(
    open_reader: Any, monkeypatch: pytest.MonkeyPatch, colourless: bool
) -> None:
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    oslo = Entity("e32", "PLACE", "Oslo", (), (Mention(32, 36),))
    found = complete(ARTICLE, Analysis((oslo,)))
    assert isinstance(found.findings, Index)
    async with open_reader(ARTICLE, work=Work(found)) as reading:
        line = list(reading.screen.view.render_line(0))
        style = {s.text: s.style for s in line if s.style is not None}
        link, place = style["report"], style["Oslo"]
        assert link.underline
        assert place.underline
        assert (link.dim, place.dim) == ((True, None) if colourless else (None, None))
        assert colourless or link.color != place.color
