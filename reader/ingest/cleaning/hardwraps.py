"""Lines of pasted text: hard-wrapped ones become paragraphs again; verse, lists, tables stay."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An address is one long lower-case word: it would look like the continuation of any line.
_ADDRESS = re.compile(r"(https?://|www\.)\S+$")
_LIST_ITEM = re.compile(r"(?:[-–—*•·▪■●◦⁃]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+\S")
_TABLE = re.compile(r"\S(?: {3,}|\t+| ?\| ?)\S.*\S(?: {3,}|\t+| ?\| ?)\S|\S\t+\S| {4,}\d")
_NARROWEST, _WIDEST = 44, 132  # a column that somebody wrapped by hand or by mail program
_SLACK = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, white space trimmed. ``number`` is its place in the source, from 1.

    ``gap`` tells whether a blank line (or the start of the text) stands before it.
    """

    number: int
    text: str
    gap: bool


def read_lines(text: str) -> list[Line]:
    """Return the lines that are not blank, hard-wrapped paragraphs joined into one line each."""
    lines: list[Line] = []
    raw: list[str] = []
    gap = True
    for number, content in enumerate(text.split("\n"), 1):
        stripped = content.strip()
        if not stripped:
            gap = True
            continue
        lines.append(Line(number, " ".join(stripped.split()), gap))
        raw.append(content.rstrip())
        gap = False
    width = _wrap_width(lines, raw)
    return _joined(lines, raw, width) if width else lines


def _continues(line: Line, above: str, content: str, width: int) -> bool:
    """Whether a line continues the one above: its first word would not have fitted there any more."""
    if (
        line.gap
        or _LIST_ITEM.match(line.text)
        or (_ADDRESS.match(line.text) and not _runs_on(above, width))
        or _TABLE.search(content.strip())
        or _TABLE.search(above.strip())
    ):
        return False
    if content[:1] in " \t" and above[:1] not in (" ", "\t"):
        return False  # an indented line begins a paragraph
    first = line.text.split(" ", 1)[0]
    return len(above) + 1 + len(first) > width - _SLACK


def _runs_on(above: str, width: int) -> bool:
    """Whether a line stops in the middle of a sentence, so that even an address may go on with it."""
    return len(above) * 2 > width and above[-1].isalpha() and above.rsplit(None, 1)[-1][:1].islower()


def _wrap_width(lines: list[Line], raw: list[str]) -> int:
    """Return the column at which the text was wrapped by hand, or 0 when it was not.

    Wrapped prose runs on: most lines are full, most continuations begin in lower case, and no line is
    much longer than the rest. Verse fails the first two tests, one line per paragraph the last.
    """
    pairs = [index for index in range(1, len(lines)) if not lines[index].gap]
    if len(pairs) < 3:
        return 0
    # One long address does not fit into any column, so it says nothing of the column's width.
    members = {*pairs, *(index - 1 for index in pairs)}
    lengths = sorted(len(raw[index]) for index in members if " " in lines[index].text)
    if not lengths:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 98 // 100)]
    if not _NARROWEST <= width <= _WIDEST or lengths[-1] > width + 2 * _SLACK + 20:
        return 0
    full = [index for index in pairs if _continues(lines[index], raw[index - 1], raw[index], width)]
    lower = sum(lines[index].text[0].islower() for index in full)
    if len(full) < 3 or len(full) * 2 < len(pairs) or lower * 5 < len(full) * 2:
        return 0
    return width


def _joined(lines: list[Line], raw: list[str], width: int) -> list[Line]:
    joined: list[Line] = []
    for index, line in enumerate(lines):
        if (
            index
            and joined
            and _continues(line, raw[index - 1], raw[index], width)
            and not _is_short_group(lines, raw, index, width)
        ):
            above = joined[-1]
            joined[-1] = Line(above.number, _glue(above.text, line.text), above.gap)
        else:
            joined.append(line)
    return joined


def _is_short_group(lines: list[Line], raw: list[str], index: int, width: int) -> bool:
    """Whether the line above ends a sentence and this one is set like a new paragraph, or like verse."""
    above = lines[index - 1].text
    return above[-1:] in '.!?”"' and len(raw[index - 1]) < width * 3 // 4


def _glue(above: str, below: str) -> str:
    if above.endswith("-") and len(above) > 2 and above[-2].islower() and below[:1].islower():
        return above + below  # a compound's own hyphen: dropping it could damage a word
    return f"{above} {below}"
