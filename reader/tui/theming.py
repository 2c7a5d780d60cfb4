"""Themes on the screen: our colours as Textual's, a fallback that says why, reloading of changed files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Console
from textual.constants import COLOR_SYSTEM
from textual.theme import Theme as TextualTheme

from reader.model.errors import ThemeError
from reader.settings import resources
from reader.settings.theme import DEFAULT, Theme, collect, load_theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.app import App

    from reader.settings.theme import ThemeFiles

_PREFIX = "onrecord-"
_NAME = re.compile(r"[a-z0-9-]+")
_VARIABLES = {
    "person": "person",
    "place": "place",
    "org": "org",
    "group": "group",
    "quotation-bar": "quotation",
    "quotation-background": "quotation_background",
    "cue": "cue",
    "speaker": "speaker",
    "current-background": "current_background",
    "current-text": "current_text",
    "match-background": "match_background",
    "match-text": "match_text",
    "match-current-background": "match_current_background",
    "match-current-text": "match_current_text",
    "muted-text": "muted",
    "frame": "border",
}
# Textual derives these from its primary colour, which knows nothing of the contrast of our pairs.
_DERIVED = {
    "border": "accent",
    "border-blurred": "border",
    "block-cursor-background": "current_background",
    "block-cursor-foreground": "current_text",
    "block-cursor-blurred-background": "quotation_background",
    "block-cursor-blurred-foreground": "text",
    "block-hover-background": "quotation_background",
    "input-selection-background": "current_background",
    "input-selection-foreground": "current_text",
    "input-cursor-background": "text",
    "input-cursor-foreground": "background",
    "screen-selection-background": "current_background",
    "screen-selection-foreground": "current_text",
    "scrollbar": "border",
    "scrollbar-hover": "muted",
    "scrollbar-active": "accent",
    "scrollbar-background": "surface",
    "scrollbar-background-hover": "surface",
    "scrollbar-background-active": "surface",
    "scrollbar-corner-color": "surface",
    "link-color": "accent",
    "link-color-hover": "current_text",
    "link-background-hover": "current_background",
    "footer-background": "surface",
    "footer-foreground": "muted",
    "footer-key-foreground": "accent",
    "footer-description-foreground": "muted",
    "button-foreground": "text",
    "button-color-foreground": "current_text",
    "text-muted": "muted",
    "text-disabled": "muted",
    "foreground-muted": "muted",
    "foreground-disabled": "muted",
    "text": "text",
}


def convert(theme: Theme) -> TextualTheme:
    """Return the theme in Textual's form, with our colours as CSS variables."""
    variables = {name: getattr(theme, role) for name, role in (_VARIABLES | _DERIVED).items()}
    if theme.ansi:
        # Textual's own style sheet needs these two and defines them for other themes only.
        variables |= {"ansi-background": theme.background, "ansi-foreground": theme.text}
    ground = None if theme.ansi else theme.surface
    return TextualTheme(
        name=_PREFIX + theme.name,
        primary=theme.accent,
        secondary=theme.accent,
        accent=theme.accent,
        warning=theme.warning,
        error=theme.error,
        success=theme.success,
        foreground=theme.text,
        background=theme.background,
        surface=ground,
        panel=ground,
        dark=theme.dark,
        ansi=theme.ansi,
        variables=variables,
    )


def usual_theme() -> str:
    """Return the theme for a user who has chosen none: where there are sixteen colours, those."""
    console = Console(color_system=COLOR_SYSTEM, force_terminal=True)  # type: ignore[arg-type]  # as Textual
    return "ansi" if console.color_system == "standard" else ""


class FoundTheme(NamedTuple):
    """The theme that was found for a name, and a sentence for the user where it is not the one asked for."""

    theme: Theme
    problem: str | None


class Themes:
    """The themes of an application: the built-in ones and the user's own."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._seen = self._signature()
        self._loaded: ThemeFiles | None = None

    @property
    def _collection(self) -> ThemeFiles:
        if self._loaded is None:
            self._loaded = collect(*self._folders)
        return self._loaded

    @property
    def available(self) -> Mapping[str, Theme]:
        """The usable themes by name."""
        return self._collection.themes

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each theme file that cannot be used."""
        return tuple(str(error) for error in self._collection.errors.values())

    def choose(self, name: str) -> FoundTheme:
        """Return the theme of that name (the default one for none), or the default with what is wrong.

        A built-in theme that the user has no file for is loaded alone: it is in the first frame.
        """
        name = name or DEFAULT
        if self._loaded is None and (theme := self._built_in(name)) is not None:
            return FoundTheme(theme, None)
        error = self._collection.errors.get(name)
        theme = self.available.get(name)
        if theme is not None:
            return FoundTheme(theme, str(error) if error else None)
        fallback = self.available[DEFAULT]
        if error is not None:
            return FoundTheme(fallback, f"{error} Showing “{fallback.label}” instead.")
        return FoundTheme(fallback, f"There is no theme {name[:40]!r}. Showing “{fallback.label}” instead.")

    def _built_in(self, name: str) -> Theme | None:
        own = any((folder / f"{name}.toml").exists() for folder in self._folders)
        if own or not _NAME.fullmatch(name):
            return None
        try:
            return load_theme(resources.folder("themes") / f"{name}.toml")
        except ThemeError:
            return None

    def changed(self) -> bool:
        """Return whether a theme file has changed since the last call, and if so load all again.

        Cheap enough to be asked every second: it looks at the files' times, not at the files.
        """
        signature = self._signature()
        if signature == self._seen:
            return False
        self._seen = signature
        self._loaded = None
        return True

    def _signature(self) -> frozenset[tuple[str, int, int]]:
        found = set()
        for folder in self._folders:
            for path in folder.glob("*.toml") if folder.is_dir() else ():
                try:
                    status = path.stat()
                except OSError:
                    continue
                found.add((str(path), status.st_mtime_ns, status.st_size))
        return frozenset(found)


def apply(app: App[Any], theme: Theme) -> None:
    """Show an application in a theme, also when a theme of that name is already shown."""
    converted = convert(theme)
    if app.theme == converted.name and app.available_themes.get(converted.name) == converted:
        return
    again = app.theme == converted.name
    app.register_theme(converted)
    app.theme = converted.name
    if again:
        # Assigning the same name again is no change to Textual, though the colours behind it differ.
        app.refresh_css(animate=False)
