"""What a whole article says about its names, laid over what single paragraphs seemed to say.

The recogniser reads a few paragraphs at a time. Afterwards the article votes: one name has one type
throughout; the family name of a person named in full is that person; initials in brackets after an
organisation are its short name; and a name found twice is not missed the third time.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reader.language.entities.labels import Span
from reader.language.entities.names import (
    PARTICLES,
    POSSESSIVE,
    SUFFIXES,
    folded,
    is_acronym,
    is_acronym_of,
    is_title,
    key,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reader.language.entities.labels import MentionType

_UNSURE = 0.75
_BRACKETED = re.compile(r"\s\(([A-Z][\w.&-]{1,9})\)")
# "Moon Jae-in" is one name; "Narendra Modi-led" is a name and something else.
_LAST_SYLLABLE = re.compile(r"[-‑]([a-z]{1,6})(?![\w-])")
_NO_SYLLABLES = frozenset(
    {
        "led",
        "era",
        "like",
        "style",
        "owned",
        "run",
        "born",
        "based",
        "backed",
        "linked",
        "type",
        "esque",
        "ism",
    }
)
_WORD = re.compile(r"\w+")
_JOINS_BEFORE = frozenset("’'&@#./-")
_JOINS_AFTER = re.compile(r"[\w&@-]")
_CAPITALISED_BEFORE = re.compile(r"([^\W\d_][\w’'.-]*)[ -]$")
_CAPITALISED_AFTER = re.compile(r"(?:[ -]|['’](?!s\b))[^\W\d_]")
# People are called so too, but a word of the calendar that was not marked is none of them.
_CALENDAR = frozenset(
    {"April", "May", "June", "August", "March", "January", "July", "Sunday", "Monday", "Friday", "Tuesday"}
)
_NO_NAME_BEFORE = frozenset(
    {
        "the",
        "in",
        "but",
        "and",
        "for",
        "at",
        "on",
        "while",
        "when",
        "as",
        "by",
        "with",
        "from",
        "of",
        "to",
        "if",
        "that",
        "said",
    }
)


def consistent(text: str, mentions: Sequence[Span]) -> list[Span]:
    """The article's mentions, corrected by each other; sorted, none overlapping another.

    Offsets are those of the whole article ``text``. The order in which mentions are given does not matter.
    """
    spans = without_overlaps(_trimmed(text, span) for span in sorted(mentions, key=_order))
    spans = _without_bare_titles(text, spans)
    spans, short_for = _defined_acronyms(text, spans)
    spans = _one_type_per_name(text, spans, short_for)
    return sorted((s for s in _missed(text, spans) if s.type != "OTHER"), key=_order)


def _without_bare_titles(text: str, spans: list[Span]) -> list[Span]:
    """The spans without offices taken for people ("the President"); a last name may be an office too."""
    names = [words(text[span.start : span.end]) for span in spans]
    people = [parts for parts, span in zip(names, spans, strict=True) if span.type == "PERSON"]
    last = {parts[-1] for parts in people if len(parts) > 1}
    bare = [len(parts) == 1 and is_title(parts[0]) and parts[0] not in last for parts in names]
    return [s for s, dropped in zip(spans, bare, strict=True) if not (dropped and s.type == "PERSON")]


def _order(span: Span) -> tuple[int, int, str, float]:
    return (span.start, span.end, span.type, span.score or 0.0)


def without_overlaps(spans: Iterable[Span | None]) -> list[Span]:
    """The spans in order of start; of two that overlap, the longer stays, then the earlier."""
    kept: list[Span] = []
    for span in spans:
        if span is None:
            continue
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without outer space and marks, article, possessive, or a title before a person's name."""
    start, end, kind, score = span
    while start < end and not (text[start].isalnum() or text[start] in "@#$"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)!"):
        end -= 1
    if text.startswith("the ", start) and start + 4 < end and text[start + 4 : end] != "Hague":
        start += 4
    name = text[start:end]
    if match := POSSESSIVE.search(name):
        end -= len(match.group())
    if kind == "PERSON":
        while (space := text.find(" ", start, end)) > 0 and is_title(text[start:space]):
            start = space + 1
        syllable = _LAST_SYLLABLE.match(text, end) if " " in text[start:end] else None
        if syllable and syllable.group(1) not in _NO_SYLLABLES:
            end = syllable.end()
    return Span(start, end, kind, score) if start < end else None


def _weight(span: Span) -> float:
    return 1.0 if span.score is None else span.score


def _leader(votes: Counter[MentionType]) -> MentionType:
    return max(sorted(votes), key=lambda kind: votes[kind])


def _family_names(text: str, spans: Iterable[Span]) -> dict[str, float]:
    """The last words of people's full names, folded, with how much speaks for those people."""
    found: dict[str, float] = defaultdict(float)
    for span in spans:
        if family := _family_name(text, span):
            found[folded(family)] += _weight(span)
    return found


def _family_name(text: str, span: Span) -> str | None:
    """The last word of a person's full name, None for other mentions."""
    parts = [word for word in words(text[span.start : span.end]) if folded(word) not in SUFFIXES]
    if span.type != "PERSON" or len(parts) < 2:
        return None
    last = parts[-1]
    return last if len(last) > 2 and last[0].isupper() and folded(last) not in PARTICLES else None


def _one_type_per_name(text: str, spans: Sequence[Span], short_for: Mapping[str, str]) -> list[Span]:
    """Every mention of a name with the type that most of its mentions have, initials and all."""
    names = [key(text[span.start : span.end]) for span in spans]
    names = [short_for.get(name, name) for name in names]
    votes: dict[str, Counter[MentionType]] = defaultdict(Counter)
    for name, span in zip(names, spans, strict=True):
        votes[name][span.type] += _weight(span)  # type: ignore[assignment]
    for family, weight in _family_names(text, spans).items():
        if family in votes:
            votes[family]["PERSON"] += weight  # type: ignore[assignment]
    found = []
    for name, span in zip(names, spans, strict=True):
        leader = _leader(votes[name])
        found.append(span._replace(type=leader) if votes[name][leader] > votes[name][span.type] else span)
    return found


def _defined_acronyms(text: str, spans: Sequence[Span]) -> tuple[list[Span], dict[str, str]]:
    """Initials in brackets after the name they stand for, as mentions of the same type; and a mapping
    from those initials to that name, both as keys."""
    found = list(spans)
    by_start = {span.start: index for index, span in enumerate(found)}
    added = []
    short_for: dict[str, str] = {}
    for span in spans:
        name = text[span.start : span.end]
        match = _BRACKETED.match(text, span.end)
        if match is None or not is_acronym_of(match.group(1), name):
            continue
        start, end = match.span(1)
        short_for[key(match.group(1))] = key(name)
        if (index := by_start.get(start)) is not None and found[index].end == end:
            found[index] = found[index]._replace(type=span.type)
        elif not any(other.start < end and start < other.end for other in spans):
            added.append(Span(start, end, span.type, span.score))
    return sorted(found + added, key=_order), short_for


def _missed(text: str, spans: Sequence[Span]) -> list[Span]:
    """The mentions and, besides, unmarked repetitions of names that are sure."""
    candidates: dict[str, tuple[MentionType, float]] = {}
    surfaces: Counter[str] = Counter()
    best: dict[str, Counter[MentionType]] = defaultdict(Counter)
    for span in spans:
        name = text[span.start : span.end]
        surfaces[name] += 1
        best[name][span.type] += _weight(span)  # type: ignore[assignment]
    for name, counted in best.items():
        kind = _leader(counted)
        several = surfaces[name] >= 2 or " " in name or is_acronym(name)
        if several and counted[kind] >= _UNSURE and len(name) > 2 and name[0].isupper() and kind != "GROUP":
            candidates[name] = (kind, counted[kind] / surfaces[name])
    for span in spans:
        if family := _family_name(text, span):
            candidates.setdefault(family, ("PERSON", _weight(span)))
    taken = bytearray(len(text) + 1)
    for span in spans:
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
    found = list(spans)
    end = 0
    for start, name in _occurrences(text, candidates.keys() - _CALENDAR):
        if start < end or any(taken[start : start + len(name)]):
            continue
        if _stands_alone(text, start, start + len(name)):
            end = start + len(name)
            kind, score = candidates[name]
            found.append(Span(start, end, kind, score))
    return found


def _occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Every place where one of the names stands as whole words, longer names first at the same place.

    One pass over the text, however many names there are.
    """
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if match := _WORD.match(name):
            by_word[match.group()].append(name)
    for match in _WORD.finditer(text):
        start = match.start()
        for name in by_word.get(match.group(), ()):
            if (
                text.startswith(name, start)
                and text[start - 1 : start] not in _JOINS_BEFORE
                and not _JOINS_AFTER.match(text, start + len(name))
            ):
                yield start, name


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no capitalised neighbour makes the words at this place part of a longer name."""
    after = _CAPITALISED_AFTER.match(text, end)
    if after and text[after.end() - 1].isupper():
        return False
    before = _CAPITALISED_BEFORE.search(text[max(0, start - 30) : start])
    if before is None or not before.group(1)[0].isupper():
        return True
    word = before.group(1)
    return is_title(word) or folded(word) in _NO_NAME_BEFORE
