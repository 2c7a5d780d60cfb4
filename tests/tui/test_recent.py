"""Articles that were left are offered again on the first screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.settings.settings import Settings
from reader.settings.theme_choice import ThemeChoice
from reader.tui.positions import Position, Positions
from tests.tui.host import screen_text
from tests.tui.scene import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_last_one_comes_first_and_each_source_once(tmp_path: Path) -> None:
    positions = Positions(tmp_path)
    assert positions.recent() == []
    positions.save("a", Position(3), "First", "/tmp/a.txt")
    positions.save("b", Position(), "Pasted", "")
    positions.save("c", Position(), "Second", "https://b.example/")
    positions.save("d", Position(), "First, changed", "/tmp/a.txt")
    assert [(left.title, left.source) for left in positions.recent()] == [
        ("First, changed", "/tmp/a.txt"),
        ("Second", "https://b.example/"),
    ]
    assert len(positions.recent(1)) == 1
    assert positions.get("a").offset == 3


def test_a_damaged_file_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("3", encoding="utf-8")
    (tmp_path / "b.json").write_text('{"title": 1, "source": "x", "at": 1}', encoding="utf-8")
    assert Positions(tmp_path).recent() == []


async def test_the_theme_that_was_chosen_comes_back(open_reader: Callable[..., Any]) -> None:
    async with open_reader() as reading:
        assert reading.app.theme == "onrecord-dark"
        await reading.press("t", "end", "enter")
        chosen = reading.app.theme
        assert chosen != "onrecord-dark"
        await reading.press("q")
    async with open_reader() as reading:
        assert reading.app.theme == chosen
    async with open_reader(settings=Settings(theme="light")) as reading:
        assert reading.app.theme == "onrecord-light"


def test_a_damaged_choice_of_theme_is_none(tmp_path: Path) -> None:
    choice = ThemeChoice(tmp_path / "state")
    assert choice.get() == ""
    choice.keep("sepia")
    assert ThemeChoice(tmp_path / "state").get() == "sepia"
    (tmp_path / "state" / "theme").write_bytes(b"\xff\xfe")
    assert choice.get() == ""
    ThemeChoice(tmp_path / "state" / "theme").keep("light")  # where no folder can be: no harm


async def test_what_was_read_is_offered_again(open_reader: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE.text, encoding="utf-8")
    async with open_reader(replace(ARTICLE, source=str(path))) as reading:
        await reading.press("i")
        assert "Go on reading" not in screen_text(reading.app)
        reading.app.screen.dismiss(None)
        await reading.press("q")
    async with open_reader(None, None) as reading:
        text = screen_text(reading.app)
        assert "Go on reading" in text
        assert "Ferry to Orsay Island suspended" in text
        assert "today" in text


async def test_a_pasted_article_is_not_offered(open_reader: Callable[..., Any]) -> None:
    async with open_reader(replace(ARTICLE, source="")) as reading:
        await reading.press("q")
    async with open_reader(None, None) as reading:
        assert "Go on reading" not in screen_text(reading.app)
