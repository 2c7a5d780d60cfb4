"""Text as the terminal may receive it: every code point in its place, none that could act on the terminal."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\uffff\ud800-\udfff]"
)


def shown(text: str) -> str:
    """Return text of the same length that is safe to draw, so that offsets into one fit the other.

    Articles are sanitised when they are read, except raw ones; this is what stands between those and the
    terminal. Newlines stay, tabs and carriage returns become spaces.
    """
    return _UNSAFE.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in "\t\r":
        return " "
    if match[0] in "\x0b\x0c\x85\u2028\u2029":
        return "\n"
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
