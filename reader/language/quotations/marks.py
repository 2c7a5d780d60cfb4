"""Quotation marks in one paragraph: where they are, which way they face, which belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.language.quotations.introductions import introduced_after

if TYPE_CHECKING:
    from collections.abc import Iterator

Facing = Literal["opens", "closes", "either"]

# Two apostrophes or back-ticks make one mark; everything else is a single character.
_MARK = re.compile(r"''|``|’’|‘‘|[\"“”„‟«»＂‘’‚‹›']")
_LINE_BREAKS = "\n\r\u2028\u2029\x0b\x0c\x85"
_OPENING_CONTEXT = frozenset(" \t\xa0\u2009\u200a\u202f\u202a\u200b([{<—–―-/|*_>:" + _LINE_BREAKS)
_CLOSING_CONTEXT = frozenset(" \t\xa0\u2009\u200a\u202f\u200b)]},.;:?!…—–―-/|*_<" + _LINE_BREAKS)
# An apostrophe at the start of a word that stands for missing letters or digits.
_ELISION = re.compile(
    r"(?:\d0s\b|(?:tis|twas|twere|twill|em|til|till|cause|bout|round|neath|n|nuff|cos|kay|er|im|ere|ello|ere)\b)",
    re.IGNORECASE,
)
_ENDS_UTTERANCE = frozenset('.,?!…;:—–-)]"”*')
_MEASURE = re.compile(r"\d['′’]?\s?\d{0,2}$")
# A straight mark that opens inside an open quotation usually means that the earlier one was never
# closed, when what stands between them ends like a sentence.
_SENTENCE_END = re.compile(r"[.?!,…]['’)\]]*\s*$")


_CLAUSE_END = re.compile(r"[,?!…]\s+")
# So near to one another two marks that open are a quotation within another.
_SHORT = 60


class Quoted(NamedTuple):
    """A quoted stretch of one paragraph, marks included. ``closed`` is false when no mark ends it."""

    start: int
    end: int
    closed: bool
    single: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    facing: Facing
    single: bool
    # How likely a single mark that faces backwards closes a quotation rather than stands for a letter.
    strength: int = 2


def _facing(mark: str, before: str, after: str) -> Facing:
    leading = before in _OPENING_CONTEXT or before == ""
    trailing = after in _CLOSING_CONTEXT or after == ""
    if mark in ("“", "‟", "``", "‘‘"):
        # Typed the wrong way round: glued to the end of a sentence, with a space after it.
        return "closes" if before in ".,?!" and before and trailing and after != "" else "opens"
    if mark in ("„", "‚"):
        return "opens"
    if mark in "»›" and (after == "" or after.isspace()):
        return "closes"  # before a space it is a bullet or an arrow, unless it ends a quotation
    if mark in ("”", "’’"):
        glued = after.isalnum() or (after in "[‘'" and after != "")
        at_start = before == "" and after.isspace()
        return "opens" if (leading and glued) or at_start else "closes"
    if leading and not trailing:
        return "opens"
    if trailing and not leading:
        return "closes"
    return "either"


def _single(text: str, start: int, end: int, low: int, high: int) -> _Mark | None:
    """Judge a single mark; None for an apostrophe."""
    mark = text[start]
    before = text[start - 1] if start > low else ""
    after = text[end] if end < high else ""
    if before.isalnum() and after.isalnum():
        return None
    if mark in "‹›‚":
        return _Mark(start, end, mark, _facing(mark, before, after), True)
    starts_word = before == "" or before in _OPENING_CONTEXT or before in '"“'
    if starts_word and mark in "‘'" and after and not after.isspace() and after not in ",.;:?!)":
        if _ELISION.match(text, end, min(high, end + 8)):
            return None
        return _Mark(start, end, mark, "opens", True)
    if mark in "’'" and not (after.isalnum()):
        if before in _ENDS_UTTERANCE and before:
            return _Mark(start, end, mark, "closes", True, 3)
        if not before.isalnum():
            return None
        lower_follows = after.isspace() and text[end + 1 : end + 2].islower()
        plural = before in "sSzx" and (after.isspace() and text[end + 1 : end + 2] not in "(")
        dropped = text[max(low, start - 2) : start] == "in" and lower_follows
        elided = text[max(low, start - 2) : start] in ("'n", "’n", "‘n")
        return _Mark(start, end, mark, "closes", True, 0 if elided else 1 if plural or dropped else 2)
    return None


def _marks(text: str, low: int, high: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, low, high):
        start, end = match.span()
        mark = match.group()
        if mark in ("'", "‘", "’", "‹", "›", "‚"):
            found = _single(text, start, end, low, high)
            if found is not None:
                yield found
            continue
        before = text[start - 1] if start > low else ""
        after = text[end] if end < high else ""
        yield _Mark(start, end, mark, _facing(mark, before, after), False)


def _closing_after(marks: list[_Mark]) -> list[int]:
    """For every mark, the index of the next single mark after it that surely closes, or -1."""
    following = [-1] * len(marks)
    sure = -1
    for index in range(len(marks) - 1, -1, -1):
        following[index] = sure
        mark = marks[index]
        if mark.single and mark.facing == "closes" and mark.strength >= 2:
            sure = index
        elif mark.single and mark.facing == "opens":
            sure = -1 if mark.text == "‘" else sure
    return following


def _closes(opener: _Mark, mark: _Mark, sure_later: bool) -> bool:
    if opener.single != mark.single:
        return False
    if opener.single:
        if opener.text in "‚‹›":
            return mark.text in "‘’‹›" and mark.facing != "opens"
        return mark.facing == "closes" and mark.strength > 0 and (mark.strength >= 2 or not sure_later)
    if opener.text in "„":
        return mark.text in '“”"„' and mark.text != "„"
    if opener.text in "«»":
        return mark.text in "«»" and (mark.text != opener.text or mark.facing == "closes")
    return mark.facing != "opens"


def quoted_stretches(text: str, low: int, high: int, *, continued: str = "") -> Iterator[Quoted]:
    """Yield the outermost quoted stretches of the paragraph ``text[low:high]``, in order.

    ``continued`` is the mark of a quotation that the paragraph before left open: then a paragraph that
    closes without opening was quoted from its start. Every mark is looked at a bounded number of times,
    so the time is linear in the paragraph's length.
    """
    marks = list(_marks(text, low, high))
    sure = _closing_after(marks)
    doubles = _doubles_after(marks)
    opener: _Mark | None = None
    virgin = True
    nested = False
    for index, mark in enumerate(marks):
        if opener is None:
            if mark.single:
                if mark.facing == "closes":
                    if continued == "single" and virgin and mark.strength >= 3 and sure[index] < 0:
                        yield Quoted(low, mark.end, True, True)
                        virgin = False
                    continue
                # Without a mark that closes it, it may still run on into the next paragraph.
                if (
                    not _first_closer(marks, index, sure)
                    and not all(m.single for m in marks[index + 1 : index + 9])
                    and not (continued != "double" and _misclosed(marks[index + 1], mark))
                ):
                    continue
            elif mark.facing == "closes":
                if virgin and continued == "double" and mark.start > low:
                    yield Quoted(low, mark.end, True, False)
                    virgin = False
                    continue
                if mark.text in '"＂' and text[mark.start - 1 : mark.start].isdigit():
                    continue
                virgin = False
                continue
            elif mark.text in '"＂' and _MEASURE.search(text, max(low, mark.start - 6), mark.start):
                continue
            opener, virgin, nested = mark, False, False
            continue
        if _closes(opener, mark, sure[index] >= 0) or (
            not nested
            and _misclosed(mark, opener)
            and (sure[index] < 0 if opener.single else _opens_next(marks, doubles[index]))
        ):
            yield Quoted(opener.start, mark.end, True, opener.single)
            opener = None
        elif (
            mark.facing == "opens"
            and mark.single == opener.single
            and not mark.single
            and (mark.start - opener.start > _SHORT or _told_within(text, opener.end, mark.start))
            and _SENTENCE_END.search(text, max(opener.start, mark.start - 6), mark.start)
        ):
            yield Quoted(opener.start, _trimmed(text, opener.end, mark.start), False, False)
            opener, nested = mark, False
        elif mark.single != opener.single and mark.facing != "closes":
            nested = True
    if opener is not None:
        yield Quoted(opener.start, _trimmed(text, opener.end, high), False, opener.single)


def _told_within(text: str, low: int, high: int) -> bool:
    """Whether a cue stands between two marks that open: the first quotation ended before it."""
    return any(
        introduced_after(text, match.end(), high, 5) for match in _CLAUSE_END.finditer(text, low, high)
    )


def _doubles_after(marks: list[_Mark]) -> list[int]:
    """For every mark, the index of the next double mark after it, or -1."""
    following = [-1] * len(marks)
    double = -1
    for index in range(len(marks) - 1, -1, -1):
        following[index] = double
        if not marks[index].single:
            double = index
    return following


def _misclosed(mark: _Mark, opener: _Mark) -> bool:
    """Whether a mark of the other kind may have been typed for the one that closes."""
    if mark.single == opener.single or opener.text in "„‚«»‹›" or mark.text in "«»‹›":
        return False
    return mark.facing == "closes" and (not mark.single or mark.strength >= 3)


def _opens_next(marks: list[_Mark], following: int) -> bool:
    """Whether no double mark closes later what is open."""
    return following < 0 or marks[following].facing == "opens"


def _first_closer(marks: list[_Mark], index: int, sure: list[int]) -> bool:
    """Whether a single mark that may close follows the one at ``index``."""
    if sure[index] >= 0:
        return True
    # Only the next few marks can matter: beyond them a weak closer belongs to something else.
    return any(m.single and m.facing == "closes" and m.strength == 1 for m in marks[index + 1 : index + 5])


def _trimmed(text: str, low: int, high: int) -> int:
    while high > low and text[high - 1].isspace():
        high -= 1
    return high
