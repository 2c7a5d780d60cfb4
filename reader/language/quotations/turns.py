"""Turns: speech of an interview or a transcript that stands without quotation marks.

"SEN. BRAM SANDLER (I): It is asleep." — "Q: And then?" — "EK: We went home." A single label proves nothing
("Note: …", "LONDON: …"): an article has turns when labels come again, and are those of people.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reader.language.cues import is_person
from reader.language.quotations.finder import paragraphs
from reader.language.quotations.introductions import introduced_after
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.model.article import Block

_LABEL = re.compile(
    r"[\[(]?(?:\d{1,2}[:.]){0,2}(?:\d\d)?[\])]?\s*([^\s:\n\"“”«»][^:\n\"“”«»]{0,78}?)\s?:\s+(?=\S)"
)
_POINTED = re.compile(r"(Q|A)\.\s+(?=\S)")
_QUESTIONER = frozenset(("q", "question", "interviewer"))
_ANSWERER = frozenset(("a", "answer"))
_TITLES = sections("speakers")["titles"] | {"the"}
_NO_SPEAKERS = sections("speakers")["labels of no speaker"]
_AFTER_A_NAME = sections("speakers")["after a name"]
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*\.?$")
_FULL_NAME = re.compile(
    r"(?<![\w.])[^\W\d_a-z][\w.'’-]*(?: (?:de|da|van|von|der|den|al|el|bin|la|le|du|of))?"
    r"(?: [^\W\d_a-z][\w.'’-]*){1,4}"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|me|[Ww]e|[Ww]e['’]\w+|[Oo]ur|us)\b")
_SECOND_PERSON = re.compile(r"\b[Yy]our?\b")
_ASIDE = re.compile(r"[\[(*][^\])*\n]*[\])*]\.?\s*$")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]{0,600}[\"”»]|(?<!\w)[‘'][^‘\n]{0,600}?[’'](?!\w)")
_IS = re.compile(r",? (?:is|was)\b")
_MARKS = frozenset("\"“‘«'")
_LONGEST_QUESTION = 450
_FAR = 12  # paragraphs
_SHORT = 5  # words: what somebody said may hold a longer cue
_ENOUGH = 3  # turns, before a text is taken for a conversation


class Turn(NamedTuple):
    """A paragraph's unmarked speech, and the label that says whose it is.

    ``key`` is the label's last name in lower case, "q" or "a" for who asks and who answers; ``label`` is
    None where a paragraph goes on from the one before or bears none.
    """

    start: int
    end: int
    key: str
    label: tuple[int, int] | None


class _Labelled(NamedTuple):
    start: int
    end: int
    key: str
    label: tuple[int, int]
    capitals: bool


def find_turns(text: str, blocks: Sequence[Block]) -> list[Turn]:
    """Find the turns of an article, in text order; none in ordinary articles. Takes linear time."""
    spans = list(paragraphs(text, blocks))
    if len(spans) < _ENOUGH:
        return []
    labelled = {number: found for number, span in enumerate(spans) if (found := _labelled(text, *span))}
    valid = _valid(text, labelled)
    turns = _conversation(text, spans, valid) if valid else _interview(text, spans, labelled)
    return [turn for turn in turns if not _quoted_whole(text, turn)]


def _labelled(text: str, low: int, high: int) -> _Labelled | None:
    """Read the label at the beginning of a paragraph."""
    match = _POINTED.match(text, low, high) or _LABEL.match(text, low, min(high, low + 110))
    if match is None:
        return None
    label = match.group(1)
    name = re.split(r"[,(]", label, maxsplit=1)[0].strip()
    words = [word.strip(".") for word in name.split()]
    start, end = match.start(1), match.start(1) + len(name)
    lower = name.lower().strip(".")
    if lower in _QUESTIONER | _ANSWERER:
        key = "q" if lower in _QUESTIONER else "a"
        return _Labelled(match.end(), high, key, (start, end), True)
    plain = [word for word in words if word.lower() not in _TITLES and word.lower() not in _AFTER_A_NAME]
    plain = plain or words[-1:]
    if plain and plain[-1].lower() in _NO_SPEAKERS:
        return None
    if not plain or len(plain[-1]) < 2 or len(words) > 6 or not all(_NAME_WORD.match(word) for word in words):
        return None
    if not all(word[0].isupper() or not word[0].isascii() or len(word) <= 3 for word in plain):
        return None
    if _FULL_NAME.fullmatch(text, match.end(), high):
        return None  # "Man of the match: Bo Lee"
    key = plain[-1].casefold().replace(".", "")
    return _Labelled(match.end(), high, key, (start, end), name.isupper())


def _valid(text: str, labelled: Mapping[int, _Labelled]) -> dict[int, _Labelled]:
    """The labels that are those of a conversation; empty when there is none."""
    counts = Counter(found.key for found in labelled.values())
    if sum(counts.values()) < _ENOUGH:
        return {}
    named = _names(text, counts)
    questions = Counter(found.key for found in labelled.values() if text[found.end - 1] == "?")
    # "The Courier: And then?": whoever asks again and again may be anything.
    named |= {key for key, count in questions.items() if count >= _ENOUGH and 3 * count >= 2 * counts[key]}
    kept = {
        number: found
        for number, found in labelled.items()
        if found.key in ("q", "a") or found.key in named or is_person(found.key)
    }
    if kept and all(found.capitals for found in kept.values()):
        # In a transcript whoever bears no name is labelled in the same way: "VOICE", "THE COURT".
        kept |= {number: found for number, found in labelled.items() if found.capitals}
    counts = Counter(found.key for found in kept.values())
    total, distinct = sum(counts.values()), len(counts)
    again = sum(count > 1 for count in counts.values())
    if total < _ENOUGH or (distinct < 2 and "q" not in counts):
        return {}
    speaking = sum(_addresses(text, found) for found in kept.values())
    capitals = all(found.capitals for found in kept.values())
    recurs = again >= 1 and total >= 1.4 * distinct and (capitals or 3 * speaking >= total)
    return _together(kept) if recurs or (distinct >= _ENOUGH and 2 * speaking >= total) else {}


def _together(kept: dict[int, _Labelled]) -> dict[int, _Labelled]:
    """The labels without stray ones far from the conversation."""
    numbers = sorted(kept)
    while len(numbers) > _ENOUGH and numbers[-1] - numbers[-2] > _FAR:
        numbers.pop()
    while len(numbers) > _ENOUGH and numbers[1] - numbers[0] > _FAR:
        numbers.pop(0)
    return {number: kept[number] for number in numbers}


def _addresses(text: str, found: _Labelled) -> bool:
    """Whether what follows a label is somebody's speech: of himself, to another, or a question."""
    return (
        text[found.end - 1] == "?"
        or _FIRST_PERSON.search(text, found.start, found.end) is not None
        or _SECOND_PERSON.search(text, found.start, found.end) is not None
    )


def _names(text: str, counts: Mapping[str, int]) -> set[str]:
    """Which keys are somebody's last name, or initials, by a full name that stands in the text."""
    found: set[str] = set()
    for match in _FULL_NAME.finditer(text):
        found |= _keys(match.group()) & counts.keys()
    return found


def _keys(name: str) -> set[str]:
    """What a label of somebody with this full name may say: first or last name, initials."""
    words = [word.strip(".’'").casefold() for word in name.split()]
    while len(words) > 2 and words[-1] in _AFTER_A_NAME:
        words.pop()
    if len(words) < 2:
        return set()
    parts = [part for word in words for part in word.split("-") if part]
    initials = "".join(word[0] for word in words if word)
    every = "".join(part[0] for part in parts)
    return {words[0], words[-1], initials, every, initials[0] + initials[-1]}


def _is_about(text: str, low: int, high: int, keys: frozenset[str]) -> bool:
    """Whether a paragraph says who one of those is that talk: the note on the author below an interview."""
    about = _FULL_NAME.match(text, low, high)
    return about is not None and bool(_IS.match(text, about.end(), high) and _keys(about.group()) & keys)


def _tells(text: str, low: int, high: int) -> bool:
    """Whether a paragraph tells what somebody says in it: "“Every day,” she says finally"."""
    return any(
        introduced_after(text, match.end(), high, _SHORT) for match in _QUOTED.finditer(text, low, high)
    )


def _conversation(
    text: str, spans: Sequence[tuple[int, int]], labelled: Mapping[int, _Labelled]
) -> list[Turn]:
    """The turns of labelled paragraphs, and the paragraphs that go on from them."""
    first, last = min(labelled), max(labelled)
    if first == 0 and 1 not in labelled and len(labelled) > 1:
        first = min(number for number in labelled if number > 0)  # a headline: "Fallin: …"
    answered = "a" in {found.key for found in labelled.values()}
    capitals = all(found.capitals and found.key not in ("q", "a") for found in labelled.values())
    turns: list[Turn] = []
    key = ""
    keys = frozenset(found.key for found in labelled.values())
    for number in range(first, len(spans)):
        low, high = spans[number]
        found = labelled.get(number)
        if found is not None:
            key = found.key
            if found.end > found.start and not _ASIDE.match(text, found.start, found.end):
                turns.append(Turn(found.start, found.end, key, found.label))
            continue
        if not key or text[low] in _MARKS or _ASIDE.match(text, low, high):
            continue
        if key == "q" and not answered:
            key = "a"
        spoken = _FIRST_PERSON.search(_QUOTED.sub("", text[low:high])) is not None
        told = _is_about(text, low, high, keys) or (not spoken and _tells(text, low, high))
        if not told and (spoken or (capitals and number < last)):
            turns.append(Turn(low, high, key, None))
        else:
            # An aside of the reporter: what follows without a label is nobody's.
            key = "" if told or not capitals or number > last else key
    return turns


def _interview(text: str, spans: Sequence[tuple[int, int]], labelled: Mapping[int, _Labelled]) -> list[Turn]:
    """The turns of an interview whose questions are told by their question marks alone."""
    numbered = {n: m.end() for n, (low, high) in enumerate(spans) if (m := _NUMBERED.match(text, low, high))}
    asks = [
        number
        for number, (low, high) in enumerate(spans)
        if high - low <= _LONGEST_QUESTION
        and text[low] not in _MARKS
        and (text[high - 1] == "?" or (len(numbered) >= _ENOUGH and number in numbered))
    ]
    if len(asks) < _ENOUGH:
        return []
    addressed = sum(_SECOND_PERSON.search(text, *spans[number]) is not None for number in asks)
    if 2 * addressed < len(asks):
        return []
    first, questions = asks[0], set(asks)
    between = [number for number in range(first, len(spans)) if number not in questions]
    within = [number for number in between if number < asks[-1]]
    own = {n for n in between if _FIRST_PERSON.search(_QUOTED.sub("", text[slice(*spans[n])]))}
    if not within or 2 * sum(n in own for n in within) < len(within) or 5 * len(asks) < len(spans) - first:
        return []
    answers = set(within) | {n for n in own if n > asks[-1]}
    turns = []
    for number in sorted(questions | answers):
        low, high = spans[number]
        found = labelled.get(number) if number in answers else None
        start = found.start if found is not None else numbered.get(number, low)
        label = found.label if found is not None else None
        turns.append(Turn(start, high, "q" if number in questions else "a", label))
    return turns


def _quoted_whole(text: str, turn: Turn) -> bool:
    """Whether a turn is a quotation in marks: then it is found as that."""
    return text[turn.start] in _MARKS and text[turn.end - 1] in "\"”’»'"
