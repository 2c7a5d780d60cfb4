"""What changed between two versions of an article, the things that matter first.

Quotations are compared first, then sentences: equal ones are put aside by their words, the rest are paired
by likeness (Levenshtein, by rapidfuzz), and only what a pair says differently is told. Comparing whole texts
word by word would take minutes on long ones. White space, typographic marks and counters are no change.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.index import Index
    from reader.model.analysis import Quotation

ChangeKind = Literal[
    "quotation changed", "quotation vanished", "speaker changed", "number", "name", "wording"
]
ORDER: tuple[ChangeKind, ...] = (
    "quotation changed",
    "quotation vanished",
    "speaker changed",
    "number",
    "name",
    "wording",
)

_SAME_QUOTATION = 85  # of 100: words of one quotation that were edited
_SAME_SENTENCE = 60
_WINDOW = 40  # sentences on either side in which the other half of a pair is looked for

_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'",
    "–": "-", "—": "-", "―": "-", "…": "...", "\u00ad": None,
})  # fmt: skip
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"'”’»)]*(?=\s|$)|(?=\n|$))")
_NUMBER = re.compile(r"\d[\d.,:]*")
# "12 comments", "1,204 shares", "5 min read": a page counts, the article says nothing else.
_COUNTER = re.compile(r"[\d.,]+\s*[KkMm]?\s+\w+(?:\s+(?:read|ago))?")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the older version says otherwise, or only one of the two says at all."""

    kind: ChangeKind
    before: str | None
    after: str | None


def changes(older: Index, newer: Index) -> list[Change]:
    """Return what changed, quotations first, then numbers, names and wording, each in the text's order."""
    found = [*_quotations(older, newer), *_sentences(older, newer)]
    return sorted(found, key=lambda change: ORDER.index(change.kind))


def normal(text: str) -> str:
    """Return text without what is no change: kinds of white space and of marks, and composed letters."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_MARKS)).split())


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", normal(text).casefold()))


def _quotations(older: Index, newer: Index) -> Iterator[Change]:
    left = {number: _words(newer.words(quotation)) for number, quotation in enumerate(newer.quotations)}
    unmatched: list[tuple[Quotation, str]] = []
    for quotation in older.quotations:
        words = _words(older.words(quotation))
        same = next((number for number, other in left.items() if other == words), None)
        if same is None:
            unmatched.append((quotation, words))
            continue
        del left[same]
        before, after = older.speaker(quotation), newer.speaker(newer.quotations[same])
        known = older.resolved_name(quotation) or newer.resolved_name(newer.quotations[same])
        if before != after and known:
            said = newer.words(newer.quotations[same])
            yield Change("speaker changed", f"{before}: {said}", f"{after}: {said}")
    text = _words(newer.text)
    for quotation, words in unmatched:
        told = f"{older.speaker(quotation)}: {older.words(quotation)}"
        best = process.extractOne(words, left, scorer=fuzz.ratio, score_cutoff=_SAME_QUOTATION)
        if best is not None:
            number = best[2]
            del left[number]
            other = newer.quotations[number]
            yield Change("quotation changed", told, f"{newer.speaker(other)}: {newer.words(other)}")
        elif f" {words} " not in f" {text} ":
            yield Change("quotation vanished", told, None)
        else:  # the words are there, the marks are not
            yield Change("quotation changed", told, older.words(quotation).strip("\"'“”‘’«»„"))


def _sentences(older: Index, newer: Index) -> Iterator[Change]:
    before, after = list(_split(older.text)), list(_split(newer.text))
    common = Counter(map(normal, before)) & Counter(map(normal, after))
    old, new = _without(before, common), _without(after, common)
    taken: set[int] = set()
    shift = 0
    for place, sentence in old:
        near = {
            number: normal(other)
            for number, (where, other) in enumerate(new)
            if number not in taken and abs(where - place - shift) <= _WINDOW
        }
        best = process.extractOne(normal(sentence), near, scorer=fuzz.ratio, score_cutoff=_SAME_SENTENCE)
        if best is None:
            if not _only_quotation(sentence):
                yield Change("wording", sentence, None)
            continue
        number = best[2]
        taken.add(number)
        shift = new[number][0] - place
        change = _pair(sentence, new[number][1], older, newer)
        if change is not None:
            yield change
    for number, (_, sentence) in enumerate(new):
        if number not in taken and not _COUNTER.fullmatch(sentence.strip()):
            yield Change("wording", None, sentence)


def _pair(before: str, after: str, older: Index, newer: Index) -> Change | None:
    if _COUNTER.fullmatch(before) and _COUNTER.fullmatch(after):
        return None
    if _told_by_quotations(before, after):
        return None
    if Counter(_NUMBER.findall(before)) != Counter(_NUMBER.findall(after)):
        return Change("number", before, after)
    if _named(before, older) != _named(after, newer):
        return Change("name", before, after)
    return Change("wording", before, after)


def _told_by_quotations(before: str, after: str) -> bool:
    """Whether two sentences differ only between quotation marks."""
    return (outside := _outside(before)) == _outside(after) and outside != normal(before)


def _outside(sentence: str) -> str:
    return re.sub(r'"[^"]*"?', '""', normal(sentence))


def _only_quotation(sentence: str) -> bool:
    return not _outside(sentence).replace('"', "").strip(" .,;:!?")


def _named(sentence: str, index: Index) -> Counter[str]:
    start = index.text.find(sentence)
    if start < 0:
        return Counter()
    return Counter(
        " ".join(index.text[mention.start : mention.end].split()).casefold()
        for mention in index.mentions_in(start, start + len(sentence))
    )


def _split(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if sentence := match[0].strip():
            yield sentence


def _without(sentences: list[str], common: Counter[str]) -> list[tuple[int, str]]:
    """The sentences that are not in both versions, with their places."""
    left = Counter(common)
    found = []
    for place, sentence in enumerate(sentences):
        key = normal(sentence)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append((place, sentence))
    return found
