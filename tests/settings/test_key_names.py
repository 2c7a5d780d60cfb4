"""Names of keys: those that a terminal's program can hear, and what was meant by others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from reader.settings.key_names import MODIFIERS, NAMED, is_key, nearest_key
from reader.tui.actions import ACTIONS


def test_every_key_that_we_use_is_one() -> None:
    assert [key for action in ACTIONS for key in action.keys if not is_key(key)] == []


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)] + ["ä", "ß", "€", "Я"])
def test_characters_are_keys_by_themselves_and_by_name(character: str) -> None:
    assert is_key(character)
    assert is_key(_character_to_key(character))
    assert is_key("ctrl+" + character)


@pytest.mark.parametrize(
    "key", ["", "ctrl+", "pgdn", "ctrl q", "ctl+n", "f25", "entr", "\u202e", "\n", " ", "q q", "ctrl+ctrl"]
)
def test_what_no_key_is_called(key: str) -> None:
    assert not is_key(key)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("pgdn", "pagedown"),
        ("PageUp", "pageup"),
        ("page down", "pagedown"),
        ("esc", "escape"),
        ("return", "enter"),
        ("ctrl-n", "ctrl+n"),
        ("ctrl n", "ctrl+n"),
        ("control+n", "ctrl+n"),
        ("strl+pgup", "ctrl+pageup"),
        ("spce", "space"),
        ("zzzzzz", None),
    ],
)
def test_the_nearest_right_name_is_found(key: str, meant: str | None) -> None:
    assert nearest_key(key) == meant


@given(st.lists(st.sampled_from(MODIFIERS), max_size=3), st.sampled_from(NAMED))
def test_modifiers_go_with_every_key(modifiers: list[str], name: str) -> None:
    assert is_key("+".join([*modifiers, name]))


@given(st.text(max_size=30))
def test_what_is_suggested_is_a_key(key: str) -> None:
    assert (meant := nearest_key(key)) is None or is_key(meant)
