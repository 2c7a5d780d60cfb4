"""The settings file: defaults, typed values, and messages that name the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import EXIT_USAGE, SettingsError
from reader.settings import settings
from reader.settings.settings import OPTIONS, Settings, load, parse

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == Settings()


def test_every_option_is_read() -> None:
    read = parse(
        'theme = "sepia"\npipeline = "en_core_web_sm"\nshow_groups = true\nany_language = true\n'
        "measure = 66\n"
        "paragraph_numbers = false\ntype_letters = true\npanel = false\nresume = false\n"
        "private_addresses = true\n"
    )
    assert read == Settings("sepia", "en_core_web_sm", True, True, 66, False, True, False, False, True)
    assert read.warnings == ()


def test_keys_may_be_one_or_several() -> None:
    read = parse('[keys]\nquit = "Q"\nnext_quotation = ["ctrl+n", "]"]\nspeaker = []\n')
    assert dict(read.keys) == {"quit": ("Q",), "next_quotation": ("ctrl+n", "]"), "speaker": ()}


def test_unknown_keys_are_warnings_with_their_line() -> None:
    read = parse('theme = "light"\n\ncolour = "red"\n[screen]\nx = 1\n')
    assert read.theme == "light"
    assert read.warnings == (
        "Settings, line 3: unknown key 'colour' ignored",
        "Settings, line 4: unknown key 'screen' ignored",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a =", "at "),
        ('measure = "wide"', "line 1: 'measure' must be a whole number from 40 to 120"),
        ("# first\nmeasure = 12", "line 2: 'measure' must be a whole number from 40 to 120"),
        ("measure = true", "'measure' must be a whole number"),
        ("measure = 72.0", "'measure' must be a whole number"),
        ('panel = "yes"', "line 1: 'panel' must be true or false"),
        ("theme = 3", "'theme' must be a string"),
        ('theme = "\\u001b[31m"', "'theme' must be a string of printable characters"),
        ("keys = 1", "line 1: 'keys' must be a table"),
        ("[keys]\n\nquit = 1", "line 3: 'quit' must be a key"),
        ('[keys]\nquit = ["a", 1]', "'quit' must be a key"),
        ('[keys]\nquit = "ctrl q"', "'quit' must be a key"),
        (
            '[keys]\nquit = "pgdn"',
            "line 2: 'quit' must be a key, and 'pgdn' is none (did you mean 'pagedown'?)",
        ),
        ('[keys]\nquit = ["q", "ctrl-n"]', "did you mean 'ctrl+n'?"),
        ('[keys]\nquit = "\\u202e"', "'quit' must be a key"),
        ('[keys]\n"No Action" = "a"', "line 2: 'No Action' is no name of an action"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(path)
    assert message in caught.value.title
    assert str(path) in caught.value.hint
    assert caught.value.exit_code == EXIT_USAGE


def test_files_that_cannot_be_used_at_all(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="is not UTF-8 text"):
        load(path)
    path.write_bytes(b"#" * 1_100_000)
    with pytest.raises(SettingsError, match="larger than 1 MB"):
        load(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "sepia"', encoding="utf-8-sig")
    assert load(path).theme == "sepia"


def test_folders_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    assert settings.settings_file() == tmp_path / "CONFIG" / "onrecord" / "settings.toml"
    assert settings.themes_folder() == tmp_path / "CONFIG" / "onrecord" / "themes"
    assert settings.state_folder() == tmp_path / "STATE" / "onrecord"
    assert settings.data_folder() == tmp_path / "DATA" / "onrecord"
    settings.config_folder().mkdir(parents=True)
    settings.settings_file().write_text("measure = 60", encoding="utf-8")
    assert load().measure == 60


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_otherwise_or_speak_unprintably(text: str) -> None:
    try:
        messages = parse(text).warnings
    except ValueError as error:
        messages = (str(error),)
    assert all(message.isprintable() for message in messages)


def test_the_documentation_lists_every_option_with_its_default() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for option in OPTIONS:
        default = str(option.default).lower() if isinstance(option.default, bool) else repr(option.default)
        default = default.replace("()", "[]")
        shown = default.replace("'", '"')
        assert f"| `{option.name}` | `{shown}` |" in text
        assert option.metadata["meaning"] in text


def test_the_example_in_the_documentation_is_valid() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    example = text.split("```toml\n", 1)[1].split("```", 1)[0]
    read = parse(example)
    assert read.warnings == ()
    assert read != Settings()
