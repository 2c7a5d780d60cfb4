"""What a quoted stretch and its surroundings look like, as numbers: no language model needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.language.quotations.marks import Quoted

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_INNER_END = re.compile(r"([.?!,…;:—–-])[\"”'’»*]*$")
_CAPITAL = re.compile(r"\W*[A-Z0-9\[]")
_SPEECH = re.compile(
    r"\b(?:I|I['’]\w+|me|my|we|We|we['’]\w+|us|our|you|You|your|he|she|they|it|It|is|are|was|were"
    r"|be|been|have|has|had|do|does|did|will|would|can|could|should|not|n['’]t|don['’]t|to|that|this|there)\b"
)
_SPEAKER_TURN = re.compile(r"\W*[A-Z][A-Za-z.' ]{1,30}:\s")
_SENTENCE_INSIDE = re.compile(r"[.?!]\s+\S")
_MARKS = "\"“”„‟«»＂‘’‚‹›'`"
_SMALL = frozenset("a an the of and or in on at to for by with from as but nor".split())
_PUNCTUATION = {mark: number for number, mark in enumerate(",.:;?!()[]—–-=>/…\n*|", 2)}
NAMES = (
    "words", "characters", "single", "closed", "ending", "before", "after", "opens paragraph",
    "closes paragraph", "capital", "capitals share", "title case", "speech words", "speech share",
    "speaker turn", "sentences inside", "last word before", "word before that", "word after",
    "word after that", "any cue before", "any cue after", "first paragraph", "paragraph words",
    "paragraph ends like a sentence", "others in paragraph", "place", "singles share", "stretches",
    "repeated", "digits", "lower after", "comma in ending", "gap to the one before",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StretchProfile:
    """What the article's stretches are like as a whole."""

    singles: float
    count: int
    # How often the same words stand in quotation marks.
    repeats: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Log odds that a stretch is a quotation, by the words around it."""

    before: Mapping[str, float]
    earlier: Mapping[str, float]
    after: Mapping[str, float]
    later: Mapping[str, float]


def inner(text: str, stretch: Quoted) -> str:
    """A stretch without its marks."""
    return text[stretch.start : stretch.end].strip(_MARKS + " ")


def profile(text: str, stretches: Sequence[Quoted]) -> StretchProfile:
    """Look at all stretches of an article."""
    repeats: dict[str, int] = {}
    singles = 0
    for stretch in stretches:
        singles += stretch.single
        if stretch.end - stretch.start < 80:
            key = inner(text, stretch).lower().rstrip(".,!?")
            repeats[key] = repeats.get(key, 0) + 1
    return StretchProfile(singles / max(1, len(stretches)), len(stretches), repeats)


def words_before(text: str, low: int, start: int) -> list[str]:
    """Up to three lower-case words before an offset, the nearest first."""
    return [match.group().lower() for match in _WORD.finditer(text, max(low, start - 60), start)][-3:][::-1]


def words_after(text: str, end: int, high: int) -> list[str]:
    """Up to three lower-case words after an offset; "^" stands for capitals."""
    found = []
    for match in _WORD.finditer(text, end, min(high, end + 60)):
        found.append(match.group().lower() if match.group()[0].islower() else "^")
        if len(found) == 3:
            break
    return found


def surface(
    text: str,
    low: int,
    high: int,
    others: Sequence[Quoted],
    place: int,
    number: int,
    whole: StretchProfile,
    near: Neighbours,
) -> list[float]:
    """The features of stretch ``others[place]`` of paragraph ``number``, ``text[low:high]``."""
    stretch = others[place]
    start, end = stretch.start, stretch.end
    words = _WORD.findall(inner(text, stretch)[:600])
    count = max(1, len(words))
    capitals = sum(word[0].isupper() for word in words)
    speech = len(_SPEECH.findall(text, start, min(end, start + 600)))
    content = [word for word in words if word.lower() not in _SMALL]
    titled = bool(content) and all(word[0].isupper() or word[0].isdigit() for word in content)
    ending = _INNER_END.search(text, max(start, end - 5), end)
    previous = text[start - 1 : start].strip() or text[max(low, start - 2) : start].strip()
    following = text[end : end + 1] if end < high else "\n"
    before, after = words_before(text, low, start), words_after(text, end, high)
    gap = start - others[place - 1].end if place else 999
    return [
        len(words),
        min(end - start, 600),
        stretch.single,
        stretch.closed,
        _PUNCTUATION.get(ending.group(1), 1) if ending else 0,
        0 if start == low else _PUNCTUATION.get(previous[-1:], 1),
        _PUNCTUATION.get(following, 1 if following.isspace() else 30),
        start == low,
        end >= high,
        _CAPITAL.match(text, start + 1, end) is not None,
        capitals / count,
        titled,
        speech,
        speech / count,
        _SPEAKER_TURN.match(text, start, end) is not None,
        _SENTENCE_INSIDE.search(text, start, end) is not None,
        near.before.get(before[0], 0.0) if before else 0.5,
        near.earlier.get(before[1], 0.0) if len(before) > 1 else 0.5,
        near.after.get(after[0], 0.0) if after else 0.5,
        near.later.get(after[1], 0.0) if len(after) > 1 else 0.5,
        max((near.before.get(word, 0.0) for word in before), default=0.0),
        max((near.after.get(word, 0.0) for word in after), default=0.0),
        min(number, 5),
        min(high - low, 800),
        text[high - 1 : high] in ".?!\"”’'",
        len(others),
        place,
        whole.singles,
        min(whole.count, 60),
        whole.repeats.get(inner(text, stretch).lower().rstrip(".,!?"), 0) if end - start < 80 else 0,
        sum(word[0].isdigit() for word in words) / count,
        bool(after) and after[0] != "^",
        text[end : end + 1] == ",",
        min(gap, 200),
    ]
