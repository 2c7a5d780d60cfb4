"""Trying themes on."""

from __future__ import annotations

from pathlib import Path

from reader.tui.screens.theme_picker import ThemePicker
from reader.tui.theming import Themes
from reader.tui.widgets.row_list import RowList
from tests.tui.host import WAITING, Host, show


async def test_moving_shows_the_theme_and_enter_keeps_it() -> None:
    themes = Themes()
    names = list(themes.available)
    async with show(screen=lambda: ThemePicker(themes, "dark")) as shown:
        assert shown.app.screen.query_one(RowList).selected == "dark"
        await shown.press("down", "down")
        assert shown.app.theme == f"onrecord-{names[2]}"
        await shown.press("enter")
        assert shown.result == names[2]


async def test_closing_brings_the_old_theme_back() -> None:
    async with show(screen=lambda: ThemePicker(Themes(), "dark")) as shown:
        await shown.press("end")
        assert shown.app.theme != "onrecord-dark"
        await shown.press("escape")
        assert shown.app.theme == "onrecord-dark"
        assert shown.result is None


async def test_by_mouse_one_click_tries_and_the_second_keeps() -> None:
    async with show(screen=lambda: ThemePicker(Themes(), "dark")) as shown:
        await shown.pilot.click(RowList, (3, 1))
        await shown.pilot.pause()
        assert shown.result is WAITING
        tried = shown.app.theme
        assert tried != "onrecord-dark"
        await shown.pilot.double_click(RowList, (3, 1))
        await shown.pilot.pause()
        assert shown.result == tried.removeprefix("onrecord-")


async def test_the_key_line_works_by_mouse() -> None:
    async with show(screen=lambda: ThemePicker(Themes(), "dark")) as shown:
        await shown.pilot.click("KeyLine", (2, 0))
        assert shown.app.theme != "onrecord-dark"
        await shown.pilot.click("KeyLine", (10, 0))
        await shown.pilot.pause()
        assert shown.result == shown.app.theme.removeprefix("onrecord-")


async def test_broken_themes_are_named(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("dark = 3", encoding="utf-8")
    async with show(screen=lambda: ThemePicker(Themes(tmp_path), "dark")) as shown:
        assert "Theme file 'broken.toml'" in shown.text


async def test_the_picker_fits_a_small_screen(tmp_path: Path) -> None:
    good = (Path(__file__).parents[2] / "themes" / "dark.toml").read_text(encoding="utf-8")
    for number in range(40):
        (tmp_path / f"mine-{number}.toml").write_text(good, encoding="utf-8")
    async with show(screen=lambda: ThemePicker(Themes(tmp_path), "dark")) as shown:
        assert "Esc as before" in shown.text
        await shown.press("end")
        assert "Esc as before" in shown.text
        assert isinstance(shown.app, Host)
