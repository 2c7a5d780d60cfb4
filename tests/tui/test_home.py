"""The first screen: naming, pasting and picking an article."""

from __future__ import annotations

from functools import partial

import pytest
from textual import events

from reader.tui.samples import SAMPLES
from reader.tui.screens.home import ArticleInput, HomeScreen, Recent, SourceInput
from reader.tui.screens.results import OpenSource, OpenText
from reader.tui.widgets.row_list import RowList
from tests.tui.host import WAITING, Shown, show

RECENT = (
    Recent("Ferry to Orsay Island", "https://courier.example/ferry", "yesterday"),
    Recent("", "/tmp/a.txt"),
)


async def paste(shown: Shown, text: str) -> None:
    target = shown.app.focused
    assert target is not None
    target.post_message(events.Paste(text))
    await shown.pilot.pause()


async def test_it_offers_recent_articles_and_samples() -> None:
    async with show(screen=partial(HomeScreen, RECENT)) as shown:
        text = shown.text
    for words in ("Go on reading", "Ferry to Orsay Island", "yesterday", "/tmp/a.txt", "Try a sample"):
        assert words in text
    for sample in SAMPLES:
        assert sample.title in text
    assert "Esc leave" in text


async def test_without_recent_articles_there_is_no_empty_heading() -> None:
    async with show(screen=HomeScreen) as shown:
        assert "Go on reading" not in shown.text


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["a", ".", "t", "x", "t", "enter"], OpenSource("a.txt")),
        (["down", "enter"], OpenSource("https://courier.example/ferry")),
        (["enter"], OpenSource("https://courier.example/ferry")),
        (["tab", "down", "down", "enter"], OpenSource(str(SAMPLES[0].path))),
        (["escape"], None),
    ],
)
async def test_naming_and_picking(keys: list[str], result: object) -> None:
    async with show(screen=partial(HomeScreen, RECENT)) as shown:
        await shown.press(*keys)
        assert shown.result == result


async def test_picking_with_the_mouse() -> None:
    async with show(screen=partial(HomeScreen, RECENT)) as shown:
        await shown.pilot.click(RowList, (5, 2))
        await shown.pilot.pause()
        assert shown.result == OpenSource("/tmp/a.txt")


@pytest.mark.parametrize(
    ("pasted", "value"),
    [
        ("/tmp/x y.txt\n", "/tmp/x y.txt"),
        ("'/tmp/x y.txt'", "/tmp/x y.txt"),
        ("https://a.example/\x1b[31mb", "https://a.example/b"),
    ],
)
async def test_pasting_a_name_fills_the_field(pasted: str, value: str) -> None:
    async with show(screen=HomeScreen) as shown:
        await paste(shown, pasted)
        assert shown.app.screen.query_one(SourceInput).value == value


async def test_pasting_an_article_shows_it_and_ctrl_o_opens_it() -> None:
    text = "Mayor resigns\n\n“I am tired,” she said.\x1b]0;x\x07"
    async with show(screen=HomeScreen) as shown:
        await paste(shown, text)
        area = shown.app.screen.query_one(ArticleInput)
        assert area.has_focus
        assert "“I am tired,” she said." in shown.text
        await paste(shown, "More.\x9b31m ")
        await shown.press("ctrl+o")
        assert shown.result == OpenText("More. Mayor resigns\n\n“I am tired,” she said.")


async def test_pasting_works_while_the_list_has_the_keys() -> None:
    async with show(screen=HomeScreen) as shown:
        await shown.press("tab")
        assert shown.app.screen.query_one(RowList).has_focus
        await paste(shown, "one\ntwo")
        assert shown.app.screen.query_one(ArticleInput).text == "one\ntwo"


async def test_writing_and_going_back() -> None:
    async with show(screen=HomeScreen) as shown:
        await shown.press("ctrl+o")
        assert shown.result is WAITING
        await shown.press("ctrl+t", "ctrl+o")
        assert "There is no text yet" in shown.text
        await shown.press("escape")
        assert shown.app.screen.query_one(SourceInput).has_focus
        await shown.press("ctrl+t", "H", "i", "ctrl+o")
        assert shown.result == OpenText("Hi")


async def test_why_the_last_one_could_not_be_opened() -> None:
    async with show(screen=partial(HomeScreen, problem="nothing.txt: no such file.")) as shown:
        assert "nothing.txt: no such file." in shown.text
