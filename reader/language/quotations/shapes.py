"""Shapes that tell a quotation whatever the judge says: a cue, a signature, another one beside it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from reader.language.quotations.introductions import introduced_after, reports
from reader.language.quotations.surface import inner
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.quotations.marks import Quoted

_SPOKEN_END = re.compile(r"[,?!—–…][\"”'’»*]*$")
_SENTENCE_END = re.compile(r"[.?!…][\"”'’»*]*$")
_BOUNDARY = re.compile(r"(?:^|[.?!:…][)\"”'’»]*\s+|[\"”'’»]\s+|[—–]\s*)$")
_CLAUSE_END = re.compile(r"[,?!…]\s+|\s[—–]\s")
_JOINED = re.compile(
    r"(?:,|,? (?:and|or|nor|but)(?: (?:of|as|a|an|the|even|also|to|in|with|for)){0,2}),? $|, $"
)
_SIGNED = re.compile(r"\s*(?:[—–―]|-{1,2})\s*(?=[^\W\d_]|@)")
# A cue is looked for in so much of a quotation that nobody closed.
_FAR = 4_000
_LONGEST_SIGNATURE = 90
_REACH = 60
_CUE_IN_HEADLINE = 4  # words
_SPEECH_LENGTH = 12
_SPEECH = re.compile(r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Yy]ou|[Yy]our|[Mm]y|[Oo]ur|\w+n['’]t|Let['’]s)\b")
_NOUNS = sections("reporting")
# "“Never again” was Ana Ruiz's blunt verdict"
_CALLED = re.compile(
    r",?\s+(?:was|is|were|came)\s+(?:his|her|(?:[^\W\d_][\w.'’-]*\s+){0,5}?[^\W\d_][\w.-]*['’]s?)\s+"
    rf"(?:[a-z-]+\s+){{0,2}}(?:{'|'.join(sorted(_NOUNS['what is said'] | _NOUNS['what is said, behind']))})\b"
)
# Inside a quotation only a short subject ("the old man said") tells a cue from somebody's words.
_SHORT = 5


def end_of_speech(text: str, stretch: Quoted) -> int:
    """Where a quotation without a closing mark ends: before its cue, or where the stretch does."""
    high = min(stretch.end, stretch.start + _FAR)
    for match in _CLAUSE_END.finditer(text, stretch.start + 1, high):
        if introduced_after(text, match.end(), high, _SHORT):
            return match.start() + len(match.group().rstrip().rstrip("—–").rstrip() or "")
    return stretch.end


def signed(text: str, start: int, high: int) -> bool:
    """Whether ``text[start:high]`` is a signature: a dash and a name, no sentence."""
    match = _SIGNED.match(text, start, high)
    if match is None or high - match.end() > _LONGEST_SIGNATURE:
        return False
    rest = text[match.end() : high]
    return (rest[0].isupper() or rest[0] == "@" or not rest[0].isascii()) and not re.search(
        r"[?!:;]|\w{3,}\. ", rest
    )


def surely_quotations(
    text: str, low: int, high: int, stretches: Sequence[Quoted], following: tuple[int, int] | None
) -> set[int]:
    """The starts of a paragraph's stretches that are quotations by their shape.

    ``following`` is the span of the next paragraph: it may sign this one.
    """
    sure: set[int] = set()
    for stretch in stretches:
        if not re.search(r"\w", inner(text, stretch)):
            continue
        opens = _opens(text, low, stretch)
        ended = _SPOKEN_END.search(text, max(stretch.start + 1, stretch.end - 4), stretch.end)
        spoken = ended or text[stretch.end : stretch.end + 1] == ","
        if (
            (opens and spoken and introduced_after(text, stretch.end, high))
            or (opens and _CALLED.match(text, stretch.end, min(high, stretch.end + _REACH)))
            or (
                stretch.start == low
                and (_is_signed(text, stretch, high, following) or _heads(text, stretch, high))
            )
            or _announced(text, low, high, stretch)
        ):
            sure.add(stretch.start)
    for before, stretch in pairwise(stretches):
        if _exchanged(text, low, before, stretch):
            sure |= {before.start, stretch.start}
        if before.start in sure and _goes_on(text, high, before, stretch):
            sure.add(stretch.start)
        lower = inner(text, before)[:1].islower() and inner(text, stretch)[:1].islower()
        if lower and coordinated(text, before, stretch) and _told_of(text, low, before.start):
            sure |= {before.start, stretch.start}
    return sure


def is_line_of_dialogue(text: str, low: int, high: int, stretch: Quoted) -> bool:
    """Whether a paragraph is one quoted sentence: what somebody says where others spoke right before."""
    if (stretch.start, stretch.end) != (low, high):
        return False
    return _SENTENCE_END.search(text, max(low + 1, high - 4), high) is not None


def _goes_on(text: str, high: int, before: Quoted, stretch: Quoted) -> bool:
    """Whether a stretch is the rest of what was said: a sentence after the cue's full stop."""
    opens = stretch.end >= high or text[stretch.end : stretch.end + 1].isspace()
    ended = _SENTENCE_END.search(text, max(stretch.start + 1, stretch.end - 4), stretch.end)
    return opens and ended is not None and text[before.end : stretch.start].rstrip().endswith(".")


def _told_of(text: str, low: int, start: int) -> bool:
    """Whether a verb of saying stands before an offset in its sentence."""
    sentence = re.split(r"[.?!;:]\s", text[max(low, start - _REACH) : start])[-1]
    return any(reports(word) for word in re.findall(r"[^\W\d_]+", sentence))


def _is_signed(text: str, stretch: Quoted, high: int, following: tuple[int, int] | None) -> bool:
    if stretch.end < high:
        return signed(text, stretch.end, high)
    return following is not None and signed(text, *following)


def _heads(text: str, stretch: Quoted, high: int) -> bool:
    """Whether a line is a headline of the kind "‘We never left’: families on ten years of the dam",
    "‘We never left,’ says harbour master"."""
    rest = text[stretch.end : high]
    if not rest or len(rest) >= _LONGEST_SIGNATURE or rest[-1] in ".:;":
        return False
    spoken = rest.startswith(", ") or text[stretch.end - 2 : stretch.end - 1] == ","
    told = spoken and any(reports(word) for word in re.findall(r"[^\W\d_]+", rest)[:_CUE_IN_HEADLINE])
    return rest.startswith(": ") or told


def _announced(text: str, low: int, high: int, stretch: Quoted) -> bool:
    """Whether a colon leads to a stretch that ends its line and reads like speech."""
    if stretch.end < high or text[max(low, stretch.start - 2) : stretch.start] != ": ":
        return False
    return (
        stretch.end - stretch.start > _SPEECH_LENGTH
        and _SPEECH.search(text, stretch.start, min(stretch.end, stretch.start + _REACH)) is not None
    )


def _exchanged(text: str, low: int, stretch: Quoted, beside: Quoted) -> bool:
    """Whether two quotations stand side by side, as two people's: nothing but a space between them."""
    between = text[stretch.end : beside.start]
    ended = _SENTENCE_END.search(text, max(stretch.start + 1, stretch.end - 4), stretch.end)
    said = _SPOKEN_END.search(text, max(beside.start + 1, beside.end - 4), beside.end)
    said = said or _SENTENCE_END.search(text, max(beside.start + 1, beside.end - 4), beside.end)
    return between == " " and ended is not None and said is not None and _opens(text, low, stretch)


def _opens(text: str, low: int, stretch: Quoted) -> bool:
    """Whether a stretch begins a sentence."""
    if stretch.start == low:
        return True
    return _BOUNDARY.search(text, max(low, stretch.start - 6), stretch.start) is not None


def coordinated(text: str, stretch: Quoted, beside: Quoted) -> bool:
    """Whether two stretches are parts of one enumeration: 'horror stories' and 'hysteria'."""
    gap = text[stretch.end : beside.start]
    return len(gap) < 24 and _JOINED.fullmatch(gap) is not None
