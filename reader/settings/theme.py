"""A theme: named colours for the screen and for exports. One TOML file per theme (docs/themes.md).

Theme files may come from anywhere: whatever of them a message repeats is escaped first.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.model.errors import ThemeError
from reader.settings import resources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DEFAULT = "dark"

# What each terminal palette colour nominally is (xterm's defaults), for exports and previews.
_ANSI = {
    "black": "#000000",
    "red": "#cd0000",
    "green": "#00cd00",
    "yellow": "#cdcd00",
    "blue": "#0000ee",
    "magenta": "#cd00cd",
    "cyan": "#00cdcd",
    "white": "#e5e5e5",
    "bright_black": "#7f7f7f",
    "bright_red": "#ff0000",
    "bright_green": "#00ff00",
    "bright_yellow": "#ffff00",
    "bright_blue": "#5c5cff",
    "bright_magenta": "#ff00ff",
    "bright_cyan": "#00ffff",
    "bright_white": "#ffffff",
}
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LARGEST_FILE = 64 * 1024


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean: ``#rrggbb``, or ``ansi_red`` for one of the terminal's own palette.

    ``colour_vision_safe`` and ``high_contrast`` are promises that
    :func:`reader.settings.theme_checks.problems_of` tests.
    """

    name: str
    label: str
    dark: bool
    colour_vision_safe: bool
    high_contrast: bool

    background: str  # the page
    surface: str  # panel, bars and dialogs
    text: str
    muted: str  # secondary text
    accent: str  # focus, keys, headings of the interface
    border: str
    person: str
    place: str
    org: str
    group: str
    quotation: str  # the bar in the margin
    quotation_background: str  # behind the current quotation
    cue: str
    speaker: str
    current_background: str  # the current mention or row
    current_text: str
    match_background: str  # what a search found
    match_text: str
    match_current_background: str
    match_current_text: str
    error: str
    warning: str
    success: str

    @property
    def ansi(self) -> bool:
        """Whether any colour is the terminal's own."""
        return any(getattr(self, role).startswith("ansi_") for role in ROLES)

    def hex(self, role: str) -> str:
        """Return the colour of a role as ``#rrggbb``; palette colours by their nominal value."""
        colour: str = getattr(self, role)
        if colour == "ansi_default":
            ground = role in ("background", "surface") or role.endswith("_background")
            if ground:
                return _ANSI["black" if self.dark else "bright_white"]
            return _ANSI["white" if self.dark else "black"]
        return _ANSI[colour.removeprefix("ansi_")] if colour.startswith("ansi_") else colour


_PROPERTIES = ("name", "label", "dark", "colour_vision_safe", "high_contrast")
ROLES = tuple(field.name for field in fields(Theme) if field.name not in _PROPERTIES)


def _colour(role: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"the colour {role} must be a string such as '#1f2d3d'")
    if _HEX.fullmatch(value):
        return value.lower()
    if value == "ansi_default" or (value.startswith("ansi_") and value[5:] in _ANSI):
        return value
    raise ValueError(f"the colour {role} is {_shown(value)}, neither '#rrggbb' nor an 'ansi_…' name")


def _shown(value: str) -> str:
    """Return the value quoted, escaped and cut to a length that fits a message."""
    return repr(value if len(value) <= 40 else value[:39] + "…")


def parse(name: str, text: str) -> Theme:
    """Return the theme that the TOML text describes. Raises :class:`ValueError` with one plain sentence."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The decoder's message names the place and quotes at most one character of the text.
        raise ValueError(f"not TOML: {str(error).encode('unicode_escape').decode('ascii')}") from error
    values: dict[str, Any] = {"name": name}
    for flag, default in (("dark", None), ("colour_vision_safe", False), ("high_contrast", False)):
        value = table.pop(flag, default)
        if not isinstance(value, bool):
            raise ValueError(f"'{flag}' must be true or false")
        values[flag] = value
    values["label"] = label = table.pop("label", name)
    if not isinstance(label, str) or not label.isprintable() or not 0 < len(label) <= 40:
        raise ValueError("'label' must be a line of 1 to 40 printable characters")
    colours = table.pop("colours", None)
    if not isinstance(colours, dict):
        raise ValueError("the table [colours] is missing")
    if unknown := [*table, *(colours.keys() - set(ROLES))]:
        raise ValueError(f"unknown key {_shown(min(unknown))}")
    if missing := [role for role in ROLES if role not in colours]:
        raise ValueError(f"the colour {missing[0]} is missing" + (" (and others)" if missing[1:] else ""))
    values.update((role, _colour(role, colours[role])) for role in ROLES)
    return Theme(**values)


def load_theme(path: Path) -> Theme:
    """Return the theme in a file; its name is the file's. Raises :class:`ThemeError`."""
    where = f"Theme file {_shown(path.name)}"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", path.stem):
        raise ThemeError(f"{where} has no usable name", "Use lower-case letters, digits and hyphens")
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
        if len(data) > _LARGEST_FILE:
            raise ValueError("larger than 64 kB")
        return parse(path.stem, data.decode("utf-8-sig"))
    except OSError as error:
        raise ThemeError(f"{where} cannot be read: {error.strerror}") from error
    except ValueError as error:
        reason = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
        raise ThemeError(f"{where}: {reason}", "docs/themes.md describes theme files") from error


class ThemeFiles(NamedTuple):
    """The usable themes by name, the default first, and by name the error of each file that is not."""

    themes: Mapping[str, Theme]
    errors: Mapping[str, ThemeError]


def collect(*folders: Path) -> ThemeFiles:
    """Load the built-in themes, then those in the folders; a later theme replaces one of its name.

    A broken file is reported and never hides a usable theme of its name.
    """
    themes: dict[str, Theme] = {}
    errors: dict[str, ThemeError] = {}
    for folder in (resources.folder("themes"), *folders):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                themes[path.stem] = load_theme(path)
            except ThemeError as error:
                errors[path.stem] = error
    ordered = sorted(themes.values(), key=lambda theme: (theme.name != DEFAULT, theme.name))
    return ThemeFiles({theme.name: theme for theme in ordered}, errors)


def load_themes(*folders: Path) -> Mapping[str, Theme]:
    """Return the usable themes by name: built-in ones and those in the folders (see :func:`collect`)."""
    return collect(*folders).themes
