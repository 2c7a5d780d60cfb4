"""The user's settings: a typed TOML file, and where the user's files are.

A missing file means the defaults. A key that means nothing is a warning, so that a file written for a
newer version still works; a value of the wrong kind is an error that names the line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import platformdirs

from reader.model.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_APPLICATION = "onrecord"
_LARGEST_FILE = 1024 * 1024


def config_folder() -> Path:
    """Return the folder of settings and user themes (``$XDG_CONFIG_HOME/onrecord`` on Linux)."""
    return platformdirs.user_config_path(_APPLICATION, appauthor=False)


def settings_file() -> Path:
    """Return where the settings file is looked for."""
    return config_folder() / "settings.toml"


def themes_folder() -> Path:
    """Return the folder of the user's own themes."""
    return config_folder() / "themes"


def sites_folder() -> Path:
    """Return the folder of the user's rules for single sites."""
    return config_folder() / "sites"


def state_folder() -> Path:
    """Return the folder for what may be lost without harm, such as where the reader left an article."""
    return platformdirs.user_state_path(_APPLICATION, appauthor=False)


def data_folder() -> Path:
    """Return the folder for what must not be lost."""
    return platformdirs.user_data_path(_APPLICATION, appauthor=False)


def _option(default: Any, meaning: str, least: int = 0, most: int = 0) -> Any:
    return field(default=default, metadata={"meaning": meaning, "least": least, "most": most})


@dataclass(frozen=True)
class Settings:
    """What the user may set. Fields are the keys of the file; those with a dot in it are in a table.

    ``keys`` maps names of actions to the keys that replace their default ones (an empty tuple: none).
    """

    theme: str = _option("", "theme, by name; without one the theme chosen last in the reader")
    pipeline: str = _option("", "spaCy pipeline used instead of the embedded one, by name or path")
    show_groups: bool = _option(False, "show peoples, faiths and parties' members as entities too")
    any_language: bool = _option(False, "look for names and speakers in articles of any language too")
    measure: int = _option(72, "width of the text in columns", 40, 120)
    paragraph_numbers: bool = _option(True, "number the paragraphs in the margin")
    type_letters: bool = _option(False, "mark mentions by a letter for their type, for eyes without colour")
    panel: bool = _option(True, "open articles with the panel shown")
    resume: bool = _option(True, "open an article where it was left")
    private_addresses: bool = _option(False, "fetch pages from private network addresses too")
    library: str = _option("", "file of the library; without one `library.db` in the data folder")
    open_with: tuple[str, ...] = _option(
        (), "program that opens addresses, in words; without one the browser"
    )
    share_with: tuple[str, ...] = _option((), "program that `M` gives an article's address and title to")
    keys: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, metadata={"meaning": "table: action name = key or list of keys"}
    )
    warnings: tuple[str, ...] = field(default=(), compare=False)


OPTIONS = tuple(option for option in fields(Settings) if option.name not in ("keys", "warnings"))
_PLACES = ("{url}", "{title}")
_ACTION = re.compile(r"[a-z][a-z0-9_-]{0,60}")


def load(path: Path | None = None) -> Settings:
    """Return the settings in a file, or in the usual place; the defaults where there is no file.

    Raises :class:`SettingsError` for a file that cannot be read or used.
    """
    path = path or settings_file()
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"The settings file cannot be read: {error.strerror}", _hint(path)) from error
    if len(data) > _LARGEST_FILE:
        raise SettingsError("The settings file is larger than 1 MB", _hint(path))
    try:
        return parse(data.decode("utf-8-sig"))
    except ValueError as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f": {error}"
        raise SettingsError(f"The settings file{reason}", _hint(path)) from error


def parse(text: str) -> Settings:
    """Return the settings that the TOML text holds. Raises :class:`ValueError` with one plain sentence."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The decoder's message names the place and quotes at most one character of the text.
        raise ValueError(str(error).encode("unicode_escape").decode("ascii")) from error
    values: dict[str, Any] = {}
    for option in OPTIONS:
        if option.name in table:
            value = table.pop(option.name)
            if problem := _problem(value, type(option.default), **_limits(option.metadata)):
                raise ValueError(f"{_place(text, option.name)}'{option.name}' must be {problem}")
            values[option.name] = tuple(value) if isinstance(value, list) else value
    keys = table.pop("keys", {})
    if not isinstance(keys, dict):
        raise ValueError(f"{_place(text, 'keys')}'keys' must be a table: [keys]")
    values["keys"] = MappingProxyType({name: _keys(text, name, value) for name, value in keys.items()})
    warnings = tuple(f"Settings, {_place(text, name)}unknown key {_shown(name)} ignored" for name in table)
    return Settings(**values, warnings=warnings)


def _limits(metadata: Mapping[str, Any]) -> dict[str, int]:
    return {"least": metadata["least"], "most": metadata["most"]}


def _problem(value: Any, kind: type, least: int, most: int) -> str | None:
    """Return what the value should have been, if it is not that."""
    if kind is bool:
        return None if isinstance(value, bool) else "true or false"
    if kind is int:
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return None if fits else f"a whole number from {least} to {most}"
    if kind is tuple:
        return _problem_of_program(value)
    fits = isinstance(value, str) and value.isprintable()
    return None if fits else "a string of printable characters"


def _problem_of_program(value: Any) -> str | None:
    """Return what the words of a program should have been, if they are not that."""
    if not isinstance(value, list) or not all(isinstance(word, str) and word.isprintable() for word in value):
        return "a list of words: a program and its arguments"
    if not value:
        return None
    if any(("{url}" in word or "{title}" in word) and word not in _PLACES for word in value):
        return 'a list of words in which "{url}" and "{title}" are words of their own'
    if value[0] in ("", *_PLACES) or "{url}" not in value:
        return 'a list of words: a program, and its arguments with "{url}" among them'
    if value[0].lower().endswith((".bat", ".cmd")):
        return (
            "a list of words whose first is a program, not a batch file: a shell would read what it is given"
        )
    return None


def _keys(text: str, name: str, value: Any) -> tuple[str, ...]:
    if not _ACTION.fullmatch(name):
        raise ValueError(f"{_place(text, name)}{_shown(name)} is no name of an action")
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise ValueError(f"{_place(text, name)}'{name}' must be a key such as 'ctrl+n', or a list of keys")
    from reader.settings.key_names import is_key, nearest_key  # most users leave the keys as they are

    for key in keys:
        if not is_key(key):
            meant = nearest_key(key)
            advice = f"did you mean '{meant}'?" if meant else "see docs/settings.md"
            what = f"'{name}' must be a key, and {_shown(key)} is none ({advice})"
            raise ValueError(_place(text, name) + what)
    return tuple(keys)


def _shown(name: str) -> str:
    """Return the name quoted, escaped and cut to a length that fits a message."""
    return repr(name if len(name) <= 40 else name[:39] + "…")


def _place(text: str, name: str) -> str:
    """Return "line N: " for the first line that sets the key (the decoder does not keep places)."""
    key = re.escape(name)
    pattern = re.compile(rf"""\s*(?:\[+\s*)?(?:"{key}"|'{key}'|{key})\s*(?:=|\.|\])""")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return f"line {number}: "
    return ""


def _hint(path: Path) -> str:
    return f"It is {str(path)!r}; docs/settings.md describes it"
