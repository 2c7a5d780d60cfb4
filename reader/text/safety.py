r"""Foreign text made safe to show: without control bytes, escape sequences and invisible storms.

Three forms, for three uses:

* :func:`sanitise` for article text. Offsets change, so it runs before anything is measured.
* :func:`mask` for text whose offsets must stay (``--raw``): same length, dangerous code points replaced.
* :func:`printable` for file names and addresses inside messages: one line of bounded length.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# A control string ends at BEL or ST. Its body stops at any other control, so that an unterminated one
# takes its introducer and parameters with it and never the text behind it; this also keeps the scan linear.
_BODY = r"(?:[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]|\x1b\x1b)*"
_END = r"(?:\x07|\x1b\\|\x9c)"
# A screen or tmux passthrough wraps whole sequences, each ESC doubled or not, in a device control string.
_SEQUENCES = re.compile(
    rf"(?:\x1b\]|\x9d)(?:{_BODY}{_END}|\d{{0,4}};?)"  # OSC: title, clipboard, hyperlink
    rf"|(?:\x1bP|\x90)(?:{_BODY}{_END}|[0-9;]*(?:tmux;|[+$]?q)?)"  # DCS: sixel, passthrough
    rf"|(?:\x1b[_^X]|[\x98\x9e\x9f])(?:{_BODY}{_END})?"  # SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]+[0-~]?|\x1b[0-~]?"  # character sets, single functions, a lone ESC
)
_INTRODUCER = re.compile("[\x1b\x90\x98\x9b\x9d-\x9f]")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028]|\u2029")

_DROPPED = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls without tab and newline
    "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff"  # soft hyphen, invisible separators
    "\u202a-\u202e\u2066-\u206f"  # direction embeddings, overrides, isolates
    "\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"  # annotations, non-characters
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
_DROP = re.compile(f"[{_DROPPED}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(
    f"[{_DROPPED}\r\x0b\x0c\u2028\u2029\u061c\u200c-\u200f\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SUSPICIOUS = re.compile(
    f"[{_DROPPED}\r\x0b\x0c\u2028\u2029\ud800-\udfff\u061c\u200c-\u200f\ufe00-\ufe0f\U000e0000-\U000e0fff]"
    "|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}"
)

# Joiners mean something between letters of the scripts that shape with them, and inside emoji.
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_JOINER = re.compile(
    rf"(?<![{_JOINING}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINING}])|(?<=[\u200c\u200d])[\u200c\u200d]+"
)
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_EMOJI_JOINER = re.compile(rf"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])")
_MARK = re.compile("[\u061c\u200e\u200f]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SELECTORS = re.compile("([\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{2,8}\U000e007f)|[\U000e0020-\U000e007f]+")
# Four marks on one letter occur in pointed Hebrew and in Vietnamese; hundreds bury the lines around them.
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_KEPT_JOINER = "\ue000\ufffe"  # cannot occur: non-characters are dropped before it is used


def newlines(text: str) -> str:
    r"""Return the text with every kind of line end as ``\n`` and a paragraph separator as an empty line."""
    return _NEWLINES.sub(lambda match: "\n\n" if match[0] == "\u2029" else "\n", text)


def without_sequences(text: str) -> str:
    """Return the text without escape sequences, terminated or not; nothing else is changed."""
    return _SEQUENCES.sub("", text) if _INTRODUCER.search(text) else text


def sanitise(text: str) -> str:
    r"""Return the text without anything that could act on a terminal or deceive the eye.

    Whole escape sequences go, terminated or not, and never more than the sequence; control characters,
    direction overrides and isolates, invisible separators, piles of combining marks and stray joiners go
    too. Line ends become ``\n``; tabs, joiners inside emoji and between letters that shape with them, and
    direction marks in right-to-left text stay.
    """
    if not _SUSPICIOUS.search(text):
        return text
    text = newlines(text)
    text = without_sequences(text)
    text = _DROP.sub("", text)
    if text.isascii():
        return text
    text = _SURROGATE.sub(REPLACEMENT, text)
    text = _EMOJI_JOINER.sub(_KEPT_JOINER, text)
    text = _JOINER.sub("", text)
    text = text.replace(_KEPT_JOINER, "\u200d")
    text = _MARK.sub(_first if _RIGHT_TO_LEFT.search(text) else "", text)
    text = _SELECTORS.sub(r"\1", text)
    text = _TAGS.sub(lambda match: match[1] or "", text)
    return _PILE.sub(r"\1", text)


def _first(match: re.Match[str]) -> str:
    return match[0][0]


def mask(text: str) -> str:
    """Return text of the same length that is safe to show.

    Control characters become their control pictures, other dangerous code points U+FFFD; newlines and
    tabs stay, the carriage return becomes a space.
    """
    return _UNSAFE.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x0D:
        return " "
    return chr(0x2400 + code) if code < 0x20 else REPLACEMENT


def printable(text: str, limit: int = 200) -> str:
    """Return a file name or an address as one safe line of at most ``limit`` characters.

    The middle of a longer one is replaced by an ellipsis: both ends of a path tell files apart.
    """
    line = " ".join(sanitise(text).split())
    line = "".join(char if _shows(char) else REPLACEMENT for char in line)
    if len(line) <= limit:
        return line
    head = (limit - 1) // 2
    return f"{line[:head]}…{line[len(line) - (limit - 1 - head) :]}"


def _shows(char: str) -> bool:
    return char == " " or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp", "Cn")
