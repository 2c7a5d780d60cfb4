"""The first screen: naming, pasting and picking an article."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from reader.tui.samples import SAMPLES
from reader.tui.screens.article_list import ArticleList
from reader.tui.screens.home import ArticleInput, HomeScreen, Recent
from reader.tui.screens.results import OpenFeeds, OpenSource, OpenText
from reader.tui.widgets.row_list import RowList
from reader.tui.widgets.source_input import SourceInput, complete
from reader.work.client import JobFailed
from reader.work.messages import JobOptions
from tests.tui.conftest import Work
from tests.tui.host import WAITING, Shown, screen_text, show
from tests.tui.test_library import shows

if TYPE_CHECKING:
    from pathlib import Path

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
        ([*"https://a.example/b", "enter"], OpenSource("https://a.example/b")),
        (["down", "enter"], OpenSource("https://courier.example/ferry")),
        (["enter"], OpenSource("https://courier.example/ferry")),
        (["tab", "down", "down", "down", "enter"], OpenSource(str(SAMPLES[0].path))),
        (["escape"], None),
    ],
)
async def test_naming_and_picking(keys: list[str], result: object) -> None:
    async with show(screen=partial(HomeScreen, RECENT)) as shown:
        await shown.press(*keys)
        assert shown.result == result


async def test_it_leads_to_the_feeds_where_a_library_keeps_them(open_reader: Any, tmp_path: Path) -> None:
    async with show(screen=HomeScreen) as shown:
        await shown.press("down", "end", "enter")
        assert shown.result == OpenFeeds()
    async with show(screen=partial(HomeScreen, feeds=False)) as shown:
        assert "Feeds" not in shown.text
    async with open_reader(options=JobOptions(library=str(tmp_path / "new.db"))) as reading:
        await reading.press("i", "down", "end", "enter")
        await shows(reading, "You follow no feeds yet")


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


async def test_what_was_typed_stays_with_the_error_beneath_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "story.txt").write_text("Words.", encoding="utf-8")
    async with show(screen=HomeScreen) as shown:
        await shown.press(*"stori.txt", "enter")
        assert "There is no file or folder stori.txt." in shown.text
        field = shown.app.screen.query_one(SourceInput)
        assert field.value == "stori.txt"
        field.value = "empty"
        await shown.press("enter")
        assert "empty is an empty folder." in shown.text
        field.value = "story.txt"
        await shown.pilot.pause()
        assert "empty folder" not in shown.text
        await shown.press("enter")
        assert shown.result == OpenSource("story.txt")


async def test_tab_completes_a_path_and_then_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "story.txt").write_text("Words.", encoding="utf-8")
    async with show(screen=HomeScreen) as shown:
        field = shown.app.screen.query_one(SourceInput)
        for typed, completed in (("ar", "articles/"), ("st", "articles/story.txt")):
            await shown.press(*typed)
            while not field._suggestion:
                await shown.pilot.pause()
            await shown.press("tab")
            assert field.value == completed
        await shown.press("tab")
        assert shown.app.screen.query_one(RowList).has_focus


def test_names_that_are_not_safe_to_show_are_not_proposed(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").touch()
    assert complete(f"{tmp_path}/a") is None
    (tmp_path / "ab.txt").touch()
    (tmp_path / ".hidden").touch()
    assert complete(f"{tmp_path}/a") == f"{tmp_path}/ab.txt"
    assert complete(f"{tmp_path}/") == f"{tmp_path}/ab.txt"
    assert complete(f"{tmp_path}/.h") == f"{tmp_path}/.hidden"
    assert complete(f"{tmp_path}/none/x") is None


async def test_a_paste_of_two_megabytes_is_opened_without_being_shown() -> None:
    text = "Words of an article.\n" * 100_000
    async with show(screen=HomeScreen) as shown:
        await paste(shown, text)
        assert shown.result == OpenText(text)
    async with show(screen=HomeScreen) as shown:
        await shown.press("ctrl+t")
        await paste(shown, text)
        assert shown.result == OpenText(text)


async def test_a_folder_is_opened_as_a_list_and_a_failure_is_explained_where_it_was_typed(
    open_reader: Any, tmp_path: Path
) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"Words of {name}.", encoding="utf-8")
    async with open_reader() as reading:
        await reading.press("i")
        reading.app.screen.query_one(SourceInput).value = str(tmp_path)
        await reading.press("enter")
        assert isinstance(reading.app.screen, ArticleList)
        assert [entry.source for entry in reading.screen.controls.shelf.entries] == [
            str(tmp_path / "one.txt"),
            str(tmp_path / "two.txt"),
        ]


async def test_after_a_failure_the_field_holds_what_failed(open_reader: Any) -> None:
    gone = JobFailed("source", "There is no page at this address (404)", "Check the address")
    async with open_reader(None, None, work=Work(gone), source="https://a.example/b") as reading:
        await reading.press("i")
        assert reading.app.screen.query_one(SourceInput).value == "https://a.example/b"
        assert "There is no page at this address (404). Check the address." in screen_text(reading.app)
