"""Which keys the last line shows: those of whatever has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.actions import ACTIONS, BY_NAME
from reader.tui.keys import KeyHint, key_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The last ones on any line, however short.
STAY = ("help", "quit")


def article_keys(keys: Mapping[str, Sequence[str]], *, back: bool = False) -> tuple[KeyHint, ...]:
    """Return the keys for an article; ``back`` when the key to quit leads to a list first."""
    return _hints([action.name for action in ACTIONS if action.label and action.name not in STAY], keys, back)


def other_keys(keys: Mapping[str, Sequence[str]], *, back: bool = False) -> tuple[KeyHint, ...]:
    """Return the keys for when there is no article."""
    return _hints(["reload", "open", "theme"], keys, back)


def _hints(names: Sequence[str], keys: Mapping[str, Sequence[str]], back: bool) -> tuple[KeyHint, ...]:
    return tuple(
        KeyHint(key_label(keys[name][0]), _label(name, back), f"act('{name}')")
        for name in (*names, *STAY)
        if keys.get(name)
    )


def _label(name: str, back: bool) -> str:
    return "back" if back and name == "quit" else BY_NAME[name].label or BY_NAME[name].title.lower()
