"""Bytes to text: byte order mark, declared charset, UTF-8, UTF-16 without a mark, then detection.

Nothing here fails: a byte that fits nowhere becomes U+FFFD, and a stray byte in a UTF-8 file is read as
Windows-1252, the encoding that such bytes nearly always come from.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reader.ingest.mojibake import is_damaged, repaired

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers take these labels to mean: pages that declare them hold Windows characters.
_LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_SAMPLE = 1 << 16
_LEADS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# Marks that English text written on Windows uses, the Latin letters, and no control code.
_WINDOWS = re.compile(rb"[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f\xa0-\xff]")
_PUNCTUATION = re.compile(rb"[\x85\x91-\x97\xa0]")
_MAC_QUOTES = re.compile(rb"(?<=[A-Za-z])\xd5(?=[a-z])|(?:^|[\s(])\xd2(?=[A-Z])|[a-z.,!?]\xd3(?=\s)")
_WINDOWS_QUOTES = re.compile(rb"(?<=[A-Za-z])\x92(?=[a-z])|\x93(?=[A-Za-z])|[a-z.,!?]\x94|\s\x96\s|\x97")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was read in; ``repaired`` when mojibake was put right."""

    text: str
    encoding: str
    repaired: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of ``data``, byte order mark removed; ``declared`` is the charset label it came with.

    UTF-8 beats a declared single-byte charset when the bytes are valid UTF-8: that is no coincidence.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    if (wide := _unmarked_utf16(data)) is not None:
        return wide
    if b"\x1b$" in data and data.isascii():
        declared = "iso-2022-jp"  # the only 7-bit encoding in use: its text is escape sequences and ASCII
    else:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    label = _known(declared) if declared else None
    if label and label != "utf-8":
        try:
            return Decoded(data.decode(label), label)
        except (UnicodeDecodeError, LookupError):
            pass
    whole = _without_cut_character(data)
    if len(whole) < len(data):
        try:
            return Decoded(whole.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    if _mostly_utf8(data):
        return Decoded("".join(map(_line, data.splitlines(keepends=True))), "utf-8, some lines windows-1252")
    return _detected(data)


def _known(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _LABELS.get(name, name)


def _unmarked_utf16(data: bytes) -> Decoded | None:
    sample = data[: _SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    for name, low in (("utf-16-le", 0), ("utf-16-be", 1)):
        # Spaces, digits, line ends and Latin letters have a zero high byte in every language's text.
        zeros = sample[1 - low :: 2].count(0)
        if zeros < len(sample) // 20 or sample[low::2].count(0):
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        head = text[:2000]
        odd = sum(not (char.isprintable() or char in "\t\r\n\u3000\ufeff") for char in head)
        if odd * 50 <= len(head):
            return Decoded(text, name)
    return None


def _without_cut_character(data: bytes) -> bytes:
    """Return the data without a UTF-8 character that its end cuts short."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC2:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data[:-back] if back < needed else data
        if byte < 0x80:
            break
    return data


def _mostly_utf8(data: bytes) -> bool:
    """Whether UTF-8 is what the file means to be; by chance, legacy Asian text is half valid too."""
    valid, high = sum(map(len, _LEADS.findall(data))), len(_HIGH.findall(data))
    return valid * 20 >= high * 19 or (valid * 2 >= high and high * 5 < len(data))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        if not _LEADS.search(line):
            return _windows(line)
    return line.decode("utf-8", "onrecord-windows")


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows(error.object[error.start : error.start + 1]), error.start + 1


codecs.register_error("onrecord-windows", _stray)


def _detected(data: bytes) -> Decoded:
    high = len(_HIGH.findall(data))
    quotes, mac_quotes = len(_WINDOWS_QUOTES.findall(data)), len(_MAC_QUOTES.findall(data))
    if mac_quotes > quotes and mac_quotes * 3 > high:
        return Decoded(data.decode("mac-roman"), "mac-roman")
    # Few high bytes among ASCII letters is a western language; detectors do badly on so little.
    punctuated = quotes and len(_PUNCTUATION.findall(data)) * 2 >= high and high * 6 < len(data)
    if (punctuated or high * 40 < len(data)) and len(_WINDOWS.findall(data)) == high:
        return Decoded(_windows(data), "windows-1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    name = best.encoding if best else "cp1252"
    return Decoded(data.decode(name, "replace"), name)


def repair(decoded: Decoded) -> Decoded:
    """Return the text with its mojibake ("â€™" for an apostrophe) put right, as far as it surely can be."""
    if not is_damaged(decoded.text):
        return decoded
    fixed = repaired(decoded.text)
    return decoded if fixed == decoded.text else Decoded(fixed, decoded.encoding, repaired=True)
