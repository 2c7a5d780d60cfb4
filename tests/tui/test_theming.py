"""Our themes as Textual's, fallbacks, and reloading."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.color import Color
from textual.widgets import Static

from reader.index import Index
from reader.tui.theming import Themes, apply, convert
from reader.tui.widgets.panel import Panel
from tests.tui.host import Host, show
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

THEMES = Themes()
GOOD = (Path(__file__).parents[2] / "themes" / "sepia.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", THEMES.available)
async def test_every_theme_colours_a_screen(name: str) -> None:
    made = Panel()
    made.show(Index(ARTICLE, ANALYSIS))
    theme = THEMES.available[name]
    async with show(made, theme=name, size=(48, 12)) as shown:
        assert shown.app.theme == f"onrecord-{name}"
        style = made.query_one("#panel-list").get_component_styles("row--person")
        assert style.color == Color.parse(theme.person)
        assert shown.app.native_ansi_color is theme.ansi
        assert "Morag Teale" in shown.text


def test_every_variable_of_the_contract_is_defined() -> None:
    variables = convert(THEMES.available["dark"]).variables
    types = {"person", "place", "org", "group"}
    quoting = {"quotation-bar", "quotation-background", "cue", "speaker"}
    current = {"current-background", "current-text", "match-background", "match-current-background"}
    for name in types | quoting | current | {"muted-text"}:
        assert variables[name].startswith("#")


def test_an_unknown_theme_falls_back_and_says_so() -> None:
    theme, problem = THEMES.choose("nosuch")
    assert theme.name == "dark"
    assert problem == "There is no theme 'nosuch'. Showing “Dark” instead."
    assert THEMES.choose("sepia").problem is None
    assert Themes().choose("") == (Themes().choose("dark").theme, None)


def test_a_broken_theme_falls_back_and_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD.replace("#f6ecd8", "red"), encoding="utf-8")
    (tmp_path / "light.toml").write_text("dark = 3", encoding="utf-8")
    themes = Themes(tmp_path)
    theme, problem = themes.choose("mine")
    assert theme.name == "dark"
    assert problem is not None
    assert "the colour background is 'red'" in problem
    assert "Showing “Dark” instead" in problem
    theme, problem = themes.choose("light")
    assert theme.name == "light"
    assert "'dark' must be true or false" in (problem or "")
    assert len(themes.problems) == 2


def test_changed_files_are_noticed_once(tmp_path: Path) -> None:
    themes = Themes(tmp_path, tmp_path / "nowhere")
    assert not themes.changed()
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert themes.changed()
    assert themes.available["mine"].label == "Sepia"
    assert not themes.changed()
    path.write_text(GOOD.replace('"Sepia"', '"Umber"'), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert themes.changed()
    assert themes.available["mine"].label == "Umber"
    path.unlink()
    assert themes.changed()
    assert "mine" not in themes.available


async def test_a_theme_is_shown_as_soon_as_its_file_is_mended(
    open_reader: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "onrecord" / "themes" / "mine.toml"
    path.parent.mkdir(parents=True)
    path.write_text("dark = 3", encoding="utf-8")
    async with open_reader(theme="mine") as reading:
        assert reading.app.theme == "onrecord-dark"
        path.write_text(GOOD, encoding="utf-8")
        reading.app.look_at_themes()
        assert reading.app.theme == "onrecord-mine"
        assert reading.app.chosen_theme.label == "Sepia"


async def test_a_theme_of_the_same_name_is_shown_in_its_new_colours() -> None:
    label = Static("x")
    async with show(label) as shown:
        theme = THEMES.available["dark"]
        changed = replace(theme, background="#102030")
        apply(shown.app, changed)
        await shown.pilot.pause()
        assert shown.app.screen.styles.background == Color.parse("#102030")
        apply(shown.app, changed)
        assert isinstance(shown.app, Host)
