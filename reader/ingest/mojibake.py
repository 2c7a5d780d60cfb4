"""Text decoded with the wrong encoding ("â€™" for an apostrophe), put right as far as it surely can be.

A line is repaired as a whole where that works. Where bytes are lost for good, each word is repaired by itself
or stays as it is: never half a word.
"""

from __future__ import annotations

import re

from reader.text.safety import REPLACEMENT

_SIGNS = re.compile(
    "[\u00c3\u00c2][\u0080-\u00bf\u20ac\u2018-\u2122]|â€|Ã¢|ï»¿|Ð[\u0080-\u00bf]|Ñ[\u0080-\u00bf]"
)
_FIRST_SIGNS = (
    "ÃÂâïÐÑ"  # one of them is in whatever _SIGNS finds; looking for letters is a hundred times as fast
)
_WORD = re.compile(r"\S+")
# Windows-1252 has no character for five bytes, so these are what is lost. Of the characters whose last byte
# is one of them, English text has one: the closing quotation mark.
_CUT_QUOTE = re.compile(f"(?<=[^\\s(\\[])â€(?:{REPLACEMENT}|\x9d)?(?=[\\s.,;:!?)\\]—–]|â€|$)")
_WINDOWS = {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0x100) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
_WINDOWS |= {chr(byte): byte for byte in range(0x80, 0x100) if chr(byte) not in _WINDOWS}
_HIGH = "".join(map(re.escape, _WINDOWS))
_CUT = re.compile(f"(?:â€|[ÃÂ])(?![{_HIGH}])")
_SEQUENCE = re.compile(f"[{_HIGH}]{{2,12}}")
_LEADS = re.compile(
    rb"[\xc3-\xc5][\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2[\x80-\x84][\x80-\xbf]|[\xd0\xd1][\x80-\xbf]"
)
_MOST_LAYERS = 3  # text that went through the wrong decoding this often


def is_damaged(text: str) -> bool:
    """Whether a text holds what only a wrong decoding leaves."""
    return any(sign in text for sign in _FIRST_SIGNS) and bool(_SIGNS.search(text))


def repaired(text: str) -> str:
    """Return a text with its damaged letters put right, line by line; what is not sure stays as it is."""
    return "\n".join(_line(line) if _SIGNS.search(line) else line for line in text.split("\n"))


def _line(line: str) -> str:
    # Where bytes are lost, what ftfy guesses ("â€ " as a dagger) is less sure than what the word tells.
    if REPLACEMENT not in line and not _CUT.search(line):
        from ftfy import TextFixerConfig, fix_encoding

        fixed = fix_encoding(line, TextFixerConfig(unescape_html=False))
        if not _SIGNS.search(fixed):
            return fixed
    return _WORD.sub(lambda match: _word(match[0]), line)


def _word(word: str) -> str:
    fixed = word
    for _ in range(_MOST_LAYERS):
        if not _SIGNS.search(fixed):
            break
        fixed = _SEQUENCE.sub(_sequence, _CUT_QUOTE.sub("”", fixed))
    whole = not _SIGNS.search(fixed) and fixed.count(REPLACEMENT) == 0
    return fixed if whole else word


def _sequence(match: re.Match[str]) -> str:
    """Return what a run of characters stands for when all of it is one wrong decoding, else the run."""
    data = bytes(_WINDOWS[char] for char in match[0])
    if "".join(found.decode("latin-1") for found in _LEADS.findall(data)) != data.decode("latin-1"):
        return match[0]
    return data.decode("utf-8")
