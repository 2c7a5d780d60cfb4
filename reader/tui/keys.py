"""Keys: how they are written for people and by Textual, and who has which after the user's remapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.tui.actions import Action


class KeyHint(NamedTuple):
    """A key for the footer: how it is written, what it does, and the action that a click on it runs."""

    key: str
    title: str
    action: str


@runtime_checkable
class Hinted(Protocol):
    """What has keys of its own while it has the focus."""

    @property
    def hints(self) -> Sequence[KeyHint]:
        """The keys, the most important first. Their actions are its own."""
        ...

    async def run_action(self, action: str) -> None:
        """Do what a key does."""
        ...


class Conflict(NamedTuple):
    """A key that two actions claim; ``kept`` has it, ``lost`` has not."""

    key: str
    kept: str
    lost: str


class KeyTable(NamedTuple):
    """The keys of every action after remapping, and what could not be had."""

    keys: dict[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    unknown: tuple[str, ...]


def resolve(actions: Iterable[Action], remaps: Mapping[str, Sequence[str]]) -> KeyTable:
    """Give each action its keys: the remapped ones where there are any, else its own.

    A remapped key wins over an action's own key, and an earlier action over a later one. ``unknown``
    names remapped actions that do not exist.
    """
    table = tuple(actions)
    names = {action.name for action in table}
    owner: dict[str, str] = {}
    conflicts: list[Conflict] = []
    wanted = [(action.name, tuple(remaps[action.name])) for action in table if action.name in remaps]
    wanted += [(action.name, action.keys) for action in table if action.name not in remaps]
    for name, keys in wanted:
        for key in dict.fromkeys(keys):
            if (kept := owner.setdefault(key, name)) != name:
                conflicts.append(Conflict(key, kept, name))
    resolved = {
        action.name: tuple(
            dict.fromkeys(k for k in remaps.get(action.name, action.keys) if owner[k] == action.name)
        )
        for action in table
    }
    return KeyTable(resolved, tuple(conflicts), tuple(name for name in remaps if name not in names))


_SYMBOLS = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "home": "Home",
    "end": "End",
    "apostrophe": "'",
    "asterisk": "*",
    "backslash": "\\",
    "colon": ":",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "left_curly_bracket": "{",
    "left_parenthesis": "(",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "plus": "+",
    "question_mark": "?",
    "right_curly_bracket": "}",
    "right_parenthesis": ")",
    "right_square_bracket": "]",
    "slash": "/",
}


def key_label(key: str) -> str:
    """How a key is written for people: ``slash`` is "/", ``shift+tab`` is "shift+Tab"."""
    *modifiers, last = key.split("+")
    return "+".join(
        [
            *modifiers,
            _SYMBOLS.get(last, last.upper() if last.startswith("f") and last[1:].isdigit() else last),
        ]
    )


_NAMES = {symbol: name for name, symbol in _SYMBOLS.items() if len(symbol) == 1 and name.isidentifier()}


def key_name(key: str) -> str:
    """The Textual name of a key as people write it in the settings: "/" is ``slash``; names stay."""
    return _NAMES.get(key, key)
