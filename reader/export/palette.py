"""The colours that exports take from themes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reader.settings.theme import load_themes

if TYPE_CHECKING:
    from reader.settings.theme import Theme

MARKS = ("person", "place", "org", "group", "quotation", "speaker", "cue")
_GROUND = ("background", "surface", "text", "muted", "accent", "border")


@lru_cache
def schemes(theme: Theme | None) -> tuple[Theme, Theme]:
    """Return a theme for light and one for dark surroundings.

    The chosen theme is one of them; the other is its counterpart by name (``x-light``, ``x-dark``) or
    On Record's own. Raises :class:`ThemeError` only when the shipped themes are damaged.
    """
    themes = load_themes()
    if theme is None:
        return themes["light"], themes["dark"]
    stem, _, scheme = theme.name.rpartition("-")
    other = "light" if theme.dark else "dark"
    counterpart = themes.get(f"{stem}-{other}") if scheme in ("light", "dark") else None
    if counterpart is None or counterpart.dark == theme.dark:
        counterpart = themes[other]
    return (counterpart, theme) if theme.dark else (theme, counterpart)


def colours(theme: Theme) -> dict[str, str]:
    """Return ``#rrggbb`` by role, and shades that may stand behind text.

    Each mark has a ``-tint``; ``quotation-strong`` is for the quotation that is being looked at.
    """
    shades = {role: theme.hex(role) for role in (*_GROUND, *MARKS)}
    strength = 0.20 if theme.dark else 0.13
    for role in MARKS:
        shades[f"{role}-tint"] = blend(shades["background"], shades[role], strength)
    shades["quotation-strong"] = blend(shades["background"], shades["quotation"], strength * 1.7)
    return shades


def blend(ground: str, colour: str, share: float) -> str:
    """Mix two ``#rrggbb`` colours; ``share`` (0 to 1) is how much of the second there is."""
    pairs = ((int(ground[i : i + 2], 16), int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
