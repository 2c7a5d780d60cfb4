r"""Foreign text made safe to show: without control bytes, escape sequences and invisible storms.

One table says which code points act, on a terminal, a parser or the eye, and one set of rules which others
act out of place (joiners between letters that do not shape, marks of direction in left-to-right text, piles
of combining marks). Three forms go by both, for three uses:

* :func:`sanitise` takes them out of article text. Offsets change, so it runs before anything is measured.
* :func:`shown` puts something visible in their places, one for one, so that offsets stay; :func:`one_line`
  is the same on one line. Text that was sanitised is shown as it is.
* :func:`printable` is for file names and addresses inside messages: sanitised, one line of bounded length.

:func:`web_address` does the same for addresses that become links.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class _Pattern:
    """A regular expression that is compiled when it is first used: few texts have anything to look for."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern)


REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What most articles are made of: letters of Latin scripts, typographic marks; nothing that ever acts.
_PLAIN = frozenset(
    map(chr, (9, 10, *range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x300), *range(0x2010, 0x2028)))
)

# A control string ends at BEL or ST. Its body stops at any other control, so that an unterminated one
# takes its introducer and parameters with it and never the text behind it; this also keeps the scan linear.
_BODY = r"(?:[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]|\x1b\x1b)*"
_END = r"(?:\x07|\x1b\\|\x9c)"
# A screen or tmux passthrough wraps whole sequences, each ESC doubled or not, in a device control string.
_SEQUENCES = _Pattern(
    rf"(?:\x1b\]|\x9d)(?:{_BODY}{_END}|\d{{0,4}};?)"  # OSC: title, clipboard, hyperlink
    rf"|(?:\x1bP|\x90)(?:{_BODY}{_END}|[0-9;]*(?:tmux;|[+$]?q)?)"  # DCS: sixel, passthrough
    rf"|(?:\x1b[_^X]|[\x98\x9e\x9f])(?:{_BODY}{_END})?"  # SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]+[0-~]?|\x1b[0-~]?"  # character sets, single functions, a lone ESC
)
_INTRODUCER = _Pattern("[\x1b\x90\x98\x9b\x9d-\x9f]")
_NEWLINES = _Pattern("\r\n?|[\x0b\x0c\x85\u2028]|\u2029")

ACTING = "".join(
    (
        "\x00-\x08\x0b-\x1f\x7f-\x9f",  # controls without tab and newline
        "\u00ad\u034f\u180e\u200b\u2060-\u2065\ufeff",  # soft hyphen, invisible separators
        "\u2028\u2029",  # line and paragraph separator
        "\u202a-\u202e\u2066-\u206f",  # direction embeddings, overrides, isolates
        "\ud800-\udfff",  # lone surrogates, which no encoding can write
        "\ufdd0-\ufdef\ufff0-\ufffc",  # non-characters, annotations, an object's place
        "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a",  # controls of shorthand and of music
        "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff",  # unassigned, and never seen
        *(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)),
    )
)
"""Every code point that acts wherever it stands, to be put inside a regular expression's square brackets."""

_ACTS = _Pattern(f"[{ACTING}]")
_SURROGATE = _Pattern("[\ud800-\udfff]+")
_FEW = 40  # different characters are replaced faster one after the other
_COMBINING = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_SELECTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SUSPICIOUS = _Pattern(f"[{ACTING}{_SELECTS}\u061c\u200c-\u200f\U000e0020-\U000e007f]")
_COMBINES = _Pattern(f"[{_COMBINING}]")
_PILED = _Pattern(f"[{_COMBINING}]{{5}}")

# Joiners mean something between letters of the scripts that shape with them, and inside emoji.
_JOINING = "\u0600-\u061b\u061d-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_JOINER = _Pattern(
    rf"(?<![{_JOINING}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINING}])|(?<=[\u200c\u200d])[\u200c\u200d]+"
)
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_EMOJI_JOINER = _Pattern(rf"(?<=[{_EMOJI}{_SELECTS}])\u200d(?=[{_EMOJI}])")
_MARK = _Pattern("[\u061c\u200e\u200f]+")
_RIGHT_TO_LEFT = _Pattern("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SELECTORS = _Pattern(f"([{_SELECTS}])[{_SELECTS}]+")
_TAGS = _Pattern("(\U0001f3f4[\U000e0020-\U000e007e]{2,8}\U000e007f)|[\U000e0020-\U000e007f]+")
# Four marks on one letter occur in pointed Hebrew and in Vietnamese; hundreds bury the lines around them.
_PILE = _Pattern(f"([{_COMBINING}]{{4}})[{_COMBINING}]+")
_LONGEST_ADDRESS = 2_000  # characters, percent-encoded
_KEPT_JOINER = "\ufffe"  # acts, so that it cannot occur once those that act have gone


def newlines(text: str) -> str:
    r"""Return the text with every kind of line end as ``\n`` and a paragraph separator as an empty line."""
    return _NEWLINES.compiled.sub(lambda match: "\n\n" if match[0] == "\u2029" else "\n", text)


def without_sequences(text: str) -> str:
    """Return the text without escape sequences, terminated or not; nothing else is changed."""
    return _SEQUENCES.compiled.sub("", text) if _INTRODUCER.compiled.search(text) else text


def _is_suspicious(text: str) -> bool:
    # A long text has few different characters: looking through those is ten times as fast.
    found = "".join(set(text) - _PLAIN)
    if not found:
        return False
    return bool(
        _SUSPICIOUS.compiled.search(found)
        or (_COMBINES.compiled.search(found) and _PILED.compiled.search(text))
    )


def sanitise(text: str) -> str:
    r"""Return the text without anything that could act on a terminal or deceive the eye.

    Whole escape sequences go, terminated or not, and never more than the sequence; control characters,
    direction overrides and isolates, invisible separators, piles of combining marks and stray joiners go
    too. Line ends become ``\n``; tabs, joiners inside emoji and between letters that shape with them, and
    direction marks in right-to-left text stay.
    """
    if not _is_suspicious(text):
        return text
    text = without_sequences(newlines(text))
    text = _SURROGATE.compiled.sub(lambda match: REPLACEMENT * len(match[0]), text)
    return _in_place(_without_acting(text, lambda _: ""), lambda _: "")


def shown(text: str) -> str:
    r"""Return text of the same length that is safe to show, so that offsets into one fit the other.

    What ends a line becomes a space, other control characters their pictures, whatever else acts U+FFFD;
    newlines and tabs stay.
    """
    if not _is_suspicious(text):
        return text
    return _in_place(_without_acting(text, _picture), lambda run: REPLACEMENT * len(run))


def one_line(text: str) -> str:
    """Return text safe to show on one line, each run of white space a single space."""
    return " ".join(shown(text).split())


def _without_acting(text: str, instead: Callable[[str], str]) -> str:
    found = _ACTS.compiled.findall("".join(set(text)))
    if len(found) > _FEW:
        return _ACTS.compiled.sub(lambda match: instead(match[0]), text)
    for char in found:
        text = text.replace(char, instead(char))
    return text


def _picture(char: str) -> str:
    if char in "\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if char == "\x7f":
        return "\N{SYMBOL FOR DELETE}"
    return chr(0x2400 + ord(char)) if char < " " else REPLACEMENT


def _in_place(text: str, instead: Callable[[str], str]) -> str:
    """The text with whatever acts out of place replaced; nothing in it acts wherever it stands."""
    if text.isascii():
        return text
    # In this order, none leaves anything that makes one before it look again: done twice is done once.
    text = _TAGS.compiled.sub(lambda match: match[1] or instead(match[0]), text)
    text = _EMOJI_JOINER.compiled.sub(_KEPT_JOINER, text)
    text = _JOINER.compiled.sub(lambda match: instead(match[0]), text)
    text = text.replace(_KEPT_JOINER, "\u200d")
    kept = 1 if _RIGHT_TO_LEFT.compiled.search(text) else 0
    text = _MARK.compiled.sub(lambda match: match[0][:kept] + instead(match[0][kept:]), text)
    text = _SELECTORS.compiled.sub(lambda match: match[1] + instead(match[0][1:]), text)
    return _PILE.compiled.sub(lambda match: match[1] + instead(match[0][4:]), text)


def printable(text: str, limit: int = 200) -> str:
    """Return a file name or an address as one safe line of at most ``limit`` characters.

    The middle of a longer one is replaced by an ellipsis: both ends of a path tell files apart.
    """
    line = " ".join(sanitise(text).split())
    if len(line) <= limit:
        return line
    head = (limit - 1) // 2
    return f"{line[:head]}…{line[len(line) - (limit - 1 - head) :]}"


def web_address(text: str | None) -> str | None:
    """Return the text if it is an http(s) address that may be linked to, else None.

    Anything but printable ASCII without quotes, brackets and spaces is percent-encoded, so that the
    address cannot end the attribute, the Markdown link or the BibTeX field that it is put in.
    """
    if text is None or not text.lower().startswith(("http://", "https://")) or len(text) > _LONGEST_ADDRESS:
        return None
    encoded = text.encode("utf-8", "replace")
    address = "".join(
        chr(byte) if 0x20 < byte < 0x7F and chr(byte) not in "\"'<>\\^`{|}()[]*" else f"%{byte:02X}"
        for byte in encoded
    )
    return address if len(address) <= _LONGEST_ADDRESS else None
