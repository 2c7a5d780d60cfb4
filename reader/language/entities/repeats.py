"""Names that are sure in one place and unmarked in another: every repetition is a mention too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import folded, is_acronym, is_title
from reader.language.entities.votes import family_name, leader, weight
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.language.entities.labels import MentionType

_UNSURE = 0.75
_WORD = re.compile(r"\w+")
_JOINS_BEFORE = frozenset("’'&@#./-")
_JOINS_AFTER = re.compile(r"[\w&@-]")
_CAPITALISED_BEFORE = re.compile(r"([^\W\d_][\w’'.-]*)[ -]$")
_CAPITALISED_AFTER = re.compile(r"(?:[ -]|['’](?!s\b))[^\W\d_]")
# People are called so too, but a word of the calendar that was not marked is none of them.
_CALENDAR = sections("names")["calendar"]
# Two countries whose initials are the commonest names of all; in a line of capitals "US" may be the pronoun.
_COUNTRIES = re.compile(r"(?<![\w.$&@#-])(?:US|UK|UAE|U\.S\.|U\.K\.)(?![\w$&-])")
_NO_NAME_BEFORE = frozenset("the in but and for at on while when as by with from of to if that said".split())


def with_repeats(text: str, spans: Sequence[TypedSpan]) -> list[TypedSpan]:
    """The mentions and, besides, unmarked repetitions of names that are sure."""
    candidates = _sure_names(text, spans)
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
            found.append(TypedSpan(start, end, kind, score))
            taken[start:end] = b"\1" * (end - start)
    for match in _COUNTRIES.finditer(text):
        start, end = match.span()
        if not any(taken[start:end]) and not _in_capitals(text, start, end):
            found.append(TypedSpan(start, end, "PLACE", None))
    return found


def _in_capitals(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip(" ").rpartition(" ")[2]
    after = text[end : end + 12].lstrip(" ").partition(" ")[0]
    return any(len(word) > 1 and word.isupper() for word in (before, after))


def _sure_names(text: str, spans: Sequence[TypedSpan]) -> dict[str, tuple[MentionType, float]]:
    """The names to look for again, as they are written, with their type and probability."""
    surfaces: Counter[str] = Counter()
    best: dict[str, Counter[MentionType]] = defaultdict(Counter)
    for span in spans:
        name = text[span.start : span.end]
        surfaces[name] += 1
        best[name][span.type] += weight(span)  # type: ignore[assignment]
    found: dict[str, tuple[MentionType, float]] = {}
    for name, counted in best.items():
        kind = leader(counted)
        capital = name[0].isupper() and len(name) > 2
        # Scripts without capitals: a name there is as sure as its letters are rare in an English text.
        uncased = name[0].isalpha() and name.upper() == name.lower() and len(name) > 1
        several = surfaces[name] >= 2 or " " in name or is_acronym(name) or uncased
        if several and (capital or uncased) and counted[kind] >= _UNSURE and kind != "GROUP":
            found[name] = (kind, counted[kind] / surfaces[name])
    for span in spans:
        if family := family_name(text, span):
            found.setdefault(family, ("PERSON", weight(span)))
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
