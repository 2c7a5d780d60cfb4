"""Which keys the last line shows: those of whatever has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.actions import ACTIONS, BY_NAME
from reader.tui.keys import KeyHint, key_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The last ones on any line, however short.
STAY = ("help", "quit")


def article_keys(keys: Mapping[str, Sequence[str]]) -> tuple[KeyHint, ...]:
    """Return the keys for an article."""
    return _hints([action.name for action in ACTIONS if action.label and action.name not in STAY], keys)


def other_keys(keys: Mapping[str, Sequence[str]]) -> tuple[KeyHint, ...]:
    """Return the keys for when there is no article."""
    return _hints(["reload", "open", "theme"], keys)


def _hints(names: Sequence[str], keys: Mapping[str, Sequence[str]]) -> tuple[KeyHint, ...]:
    return tuple(
        KeyHint(
            key_label(keys[name][0]), BY_NAME[name].label or BY_NAME[name].title.lower(), f"act('{name}')"
        )
        for name in (*names, *STAY)
        if keys.get(name)
    )
