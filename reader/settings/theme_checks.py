"""Whether a theme keeps its promises: contrast, and types that are told apart.

Apart from the themes themselves: opening the reader takes no colour arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reader.settings.colour import VISIONS, contrast, distance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.settings.theme import Theme

# Distances are those of reader.settings.colour.distance: 2 is just noticeable side by side; at about 8, two
# words apart on a page are still told from each other.
TYPE_DISTANCE = 8.0
TEXT_RATIO, HIGH_CONTRAST_RATIO, GRAPHIC_RATIO = 4.5, 7.0, 3.0

_TYPES = ("person", "place", "org", "group")
_ON_PAGE = ("text", *_TYPES, "cue", "speaker")
_ON_FRAME = ("text", "muted", "accent", "error", "warning", "success", *_TYPES)
_PAIRS = (
    *((role, "background") for role in (*_ON_PAGE, "muted", "accent")),
    *((role, "surface") for role in _ON_FRAME),
    *((role, "quotation_background") for role in _ON_PAGE),
    ("current_text", "current_background"),
    ("match_text", "match_background"),
    ("match_current_text", "match_current_background"),
)


@dataclass(frozen=True)
class Problem:
    """A promise that a theme does not keep. ``message`` is one plain sentence."""

    theme: str
    message: str


def _messages(theme: Theme) -> Iterator[str]:
    # The terminal's own palette is the user's choice and unknown to us: nothing to measure.
    if theme.ansi:
        return
    least = HIGH_CONTRAST_RATIO if theme.high_contrast else TEXT_RATIO
    for front, back in _PAIRS:
        ratio = contrast(theme.hex(front), theme.hex(back))
        if ratio < least:
            yield f"{front} on {back} has a contrast of {ratio:.2f}, below {least}"
    for role in ("quotation", "border") if theme.high_contrast else ("quotation",):
        ratio = contrast(theme.hex(role), theme.hex("background"))
        if ratio < GRAPHIC_RATIO:
            yield f"{role} on background has a contrast of {ratio:.2f}, below {GRAPHIC_RATIO}"
    for vision in VISIONS if theme.colour_vision_safe else ("normal",):
        for one, other in combinations(_TYPES[:3] if vision != "normal" else _TYPES, 2):
            apart = distance(theme.hex(one), theme.hex(other), vision)
            if apart < TYPE_DISTANCE:
                suffix = "" if vision == "normal" else f" with {vision}"
                yield f"{one} and {other} are {apart:.1f} apart{suffix}, below {TYPE_DISTANCE}"


def problems_of(theme: Theme) -> list[Problem]:
    """Return every promise that the theme breaks.

    Text must have a contrast of 4.5:1 (7:1 when declared high contrast) with what it stands on, and
    the entity types must look different; when declared safe, also to people with colour-vision
    deficiencies. Themes that use the terminal's palette have nothing to measure.
    """
    return [Problem(theme.name, message) for message in _messages(theme)]
