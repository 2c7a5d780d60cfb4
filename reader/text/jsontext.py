"""JSON that is safe to print and to encode."""

from __future__ import annotations

import json
import re

from reader.text.safety import ACTING

_ACTING = re.compile(f"[{ACTING}]")


def dumps(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON on one line (or indented) that is safe to print and to encode.

    Characters that act on a terminal or split a line (controls, bidirectional overrides, U+2028, lone
    surrogates) are written as ``\\uXXXX``: a JSON reader gets them back unchanged.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # Looking through the different characters alone is ten times as fast.
    return _ACTING.sub(_escape, text) if _ACTING.search("".join(set(text))) else text


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if (
        code < 0x20
    ):  # between values, where JSON has white space of its own; inside them it is escaped already
        return match[0]
    if code > 0xFFFF:  # JSON escapes are UTF-16 code units
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
