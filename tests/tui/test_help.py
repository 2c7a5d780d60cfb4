"""The help screen is the table of actions, no more and no less."""

from __future__ import annotations

from functools import partial

from textual.widgets import Input

from reader.tui.actions import ACTIONS, GROUPS
from reader.tui.drawing.help_rows import FIRST
from reader.tui.drawing.panel_keys import PANEL_KEYS
from reader.tui.keys import key_label
from reader.tui.screens.help import HelpScreen
from reader.tui.widgets.panel import Panel
from reader.tui.widgets.row_list import RowList
from tests.tui.host import WAITING, show


async def test_every_action_is_there_with_its_keys() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS), size=(110, 200)) as shown:
        rows = shown.app.screen.query_one(RowList).rows
        lines = [" ".join(p.text for p in line) for i in range(len(rows.keys)) for line in rows.draw(i, 100)]
        text = "\n".join(lines)
        assert set(rows.keys) >= {action.name for action in ACTIONS}
        for action in ACTIONS:
            assert key_label(action.keys[0]) in text
        for group in GROUPS:
            assert group in lines
        for row in PANEL_KEYS:
            assert row.help in text


def test_the_panels_keys_are_those_that_it_has() -> None:
    bound = {key for binding in Panel.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
    bound |= {key for binding in RowList.BINDINGS for key in binding.key.split(",")}  # type: ignore[union-attr]
    assert {key for row in PANEL_KEYS for key in row.keys} <= bound


async def test_remapped_keys_and_their_problems_are_shown() -> None:
    actions = [action._replace(keys=()) if action.name == "top" else action for action in ACTIONS]
    screen = partial(HelpScreen, actions, {"quit": ("f10",)}, ["The key n is claimed by two actions"])
    async with show(screen=screen, size=(110, 200)) as shown:
        rows = shown.app.screen.query_one(RowList).rows
        lines = ["".join(p.text for p in line) for i in range(len(rows.keys)) for line in rows.draw(i, 100)]
    assert any(line.startswith("F10") for line in lines)
    assert any(line.startswith("no key") for line in lines)
    assert "The key n is claimed by two actions" in lines


async def test_picking_an_action_answers_with_its_name() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS)) as shown:
        await shown.press("down", "down", "enter")
        assert shown.result == FIRST[1]


async def test_six_keys_come_first_and_the_mouse_last() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS), size=(100, 40)) as shown:
        rows = shown.app.screen.query_one(RowList).rows
        assert tuple(rows.keys[1:7]) == FIRST
        await shown.press("end")
        assert "With the mouse" in shown.text


async def test_a_search_that_finds_nothing_says_so() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS)) as shown:
        await shown.press("slash", *"zzz")
        assert "Nothing here is called “zzz”. Esc shows everything." in shown.text
        assert "end the search" in shown.text
        await shown.press("escape")
        assert "Go to the next quotation." in shown.text


async def test_finding_a_key_by_what_it_does() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS)) as shown:
        await shown.press("slash", *"citation", "down")
        rows = shown.app.screen.query_one(RowList)
        assert "copy_citation" in rows.rows.keys
        assert "line_down" not in rows.rows.keys
        await shown.press("escape")
        assert shown.result is WAITING
        assert shown.app.screen.query_one(Input).value == ""
        assert "line_down" in rows.rows.keys
        await shown.press("escape")
        assert shown.result is None


async def test_characters_typed_into_the_field_are_no_commands() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS)) as shown:
        await shown.press("slash", "slash", "q", "question_mark")
        assert shown.app.screen.query_one(Input).value == "/q?"
        await shown.press("enter")
        assert shown.app.screen.query_one(RowList).has_focus


async def test_the_key_line_works_by_mouse() -> None:
    async with show(screen=partial(HelpScreen, ACTIONS)) as shown:
        await shown.press("down")
        await shown.pilot.click("KeyLine", (2, 0))
        assert shown.app.screen.query_one(Input).has_focus
        assert "Enter to the list" in shown.text
        await shown.press("enter")
        text = next(row for row in shown.text.splitlines() if "Enter do it" in row)
        line = shown.app.screen.query_one("KeyLine")
        await shown.pilot.click("KeyLine", (text.index("Enter do it") + 2 - line.region.x, 0))
        await shown.pilot.pause()
        assert shown.result == FIRST[0]
