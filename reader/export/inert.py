"""Foreign text made harmless for display: no character in it can act on a terminal, a parser or the eye.

Articles are kept as they were read, so a title or a raw text may hold escape sequences, bidirectional
overrides or lone surrogates. Each such character becomes U+FFFD (or a space, if it is a kind of white
space), one for one, so that offsets into the text stay valid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SPACES = (0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0x2028, 0x2029)
_RANGES: tuple[Iterable[int], ...] = (
    range(0x00, 0x20),  # C0 controls, ESC among them
    range(0x7F, 0xA0),  # DEL and C1 controls
    (0x61C, 0x200E, 0x200F),  # bidirectional marks
    range(0x2028, 0x202F),  # line separators, bidirectional embeddings and overrides
    range(0x2066, 0x2070),  # bidirectional isolates and deprecated format characters
    range(0xFFF9, 0xFFFC),  # interlinear annotation
    range(0xD800, 0xE000),  # lone surrogates, which no encoding can write
    range(0xFDD0, 0xFDF0),  # noncharacters
    *((plane | 0xFFFE, plane | 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
)
_TABLE = {code: _REPLACEMENT for codes in _RANGES for code in codes}
_TABLE |= dict.fromkeys(_SPACES, " ")
del _TABLE[0x09], _TABLE[0x0A]

ACTING = re.escape("".join(map(chr, _TABLE)))
"""Every acting character, to stand inside a regular expression's square brackets."""


def inert(text: str) -> str:
    """Return the text, of the same length, with every acting character replaced. Line feeds and tabs stay."""
    return text.translate(_TABLE)


def inert_line(text: str) -> str:
    """Return the text made inert on one line, each run of white space a single space."""
    return " ".join(inert(text).split())


def web_address(text: str | None) -> str | None:
    """Return the text if it is an http(s) address that may be linked to, else None.

    Anything but printable ASCII without quotes, brackets and spaces is percent-encoded, so that the
    address cannot end the attribute, the Markdown link or the BibTeX field that it is put in.
    """
    if text is None or not text.lower().startswith(("http://", "https://")) or len(text) > 2_000:
        return None
    encoded = text.encode("utf-8", "replace")
    return "".join(
        chr(byte) if 0x20 < byte < 0x7F and chr(byte) not in "\"'<>\\^`{|}()[]*" else f"%{byte:02X}"
        for byte in encoded
    )
