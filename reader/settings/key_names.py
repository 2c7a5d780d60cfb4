"""Which names of keys there are, as a terminal's program may hear them, and what somebody meant instead."""

from __future__ import annotations

MODIFIERS = ("ctrl", "shift", "alt", "super", "hyper", "meta")
NAMED = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
    *("enter", "escape", "tab", "backspace", "space"),
    *(f"f{number}" for number in range(1, 25)),
)
# Characters have the names that Unicode gives them, with underscores; these have others.
_OTHERWISE = (
    "slash",
    "backslash",
    "at",
    "minus",
    "plus",
    "underscore",
    "less_than_sign",
    "greater_than_sign",
)
# What keyboards and other programs call them; too far from the right name to be found by likeness.
_MEANT = {
    "pgup": "pageup",
    "pgdn": "pagedown",
    "return": "enter",
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
    "command": "super",
    "win": "super",
}


def is_key(key: str) -> bool:
    """Whether this names a key: a character, or a name, with modifiers and ``+`` before it."""
    modifiers, name = _parts(key)
    if not all(modifier in MODIFIERS for modifier in modifiers):
        return False
    return (len(name) == 1 and name.isprintable() and not name.isspace()) or name in NAMED or _character(name)


def nearest_key(key: str) -> str | None:
    """Return the key that is most likely meant by a name that is none."""
    modifiers, name = _parts(key.strip().lower().replace("page ", "page").replace("-", "+").replace(" ", "+"))
    meant = [*(_nearest(modifier, MODIFIERS) for modifier in modifiers if modifier)]
    base = name if is_key(name) else _nearest(name, (*NAMED, *_OTHERWISE))
    if base is None or None in meant:
        return None
    return "+".join([*filter(None, meant), base])


def _parts(key: str) -> tuple[list[str], str]:
    if key == "+" or key.endswith("++"):
        return key[:-2].split("+") if key[:-2] else [], "+"
    *modifiers, name = key.split("+")
    return modifiers, name


def _character(name: str) -> bool:
    if name in _OTHERWISE:
        return True
    if not name.replace("_", "").isalnum() or name != name.lower():
        return False
    import unicodedata

    try:
        return unicodedata.lookup(name.replace("_", " ").upper()).isprintable()
    except KeyError:
        return False


def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    if (meant := _MEANT.get(name)) in names:
        return meant
    return next(iter(get_close_matches(name, names, 1)), None)
