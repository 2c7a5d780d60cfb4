"""Headlines in capitals, read through the text below: "HEALTH MINISTRY" is the Ministry of Health there.

Case tells names from other words, and where everything is capital the recogniser has to guess. What the
article writes in mixed case elsewhere says which words are a name, where two names meet, and of what type.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import folded
from reader.language.entities.overlaps import inside
from reader.language.entities.votes import weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"\S[^\n]*")
_WORD = re.compile(r"[^\W\d_](?:[\w&-]|['’](?![sS]\b))*")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]+(?![\w-])")
# "The Ministry of Health" is "the Health Ministry" as well.
_OFFICE = re.compile(r"(Ministry|Department|University|Parliament|Government|Bank) of (?:the )?(\w+)")
# A headline and the line below it.
_FIRST = 2
_SHORTEST, _LONGEST = 3, 200  # letters, code points
_SHOWN = ("PERSON", "PLACE", "ORG")
# Words of a name at most.
_WIDEST = 6


def with_headings(text: str, spans: Sequence[TypedSpan]) -> list[TypedSpan]:
    """The mentions, those in a headline of capitals corrected by the names in the rest of the text.

    ``spans`` are sorted and do not overlap.
    """
    lines = list(_in_capitals(text))
    if not lines:
        return list(spans)
    names = _names(text, spans, lines)
    if not names:
        return list(spans)
    common = {match.group() for match in _SMALL_WORD.finditer(text)}
    kept = list(spans)
    for low, high in lines:
        found = list(_read(text, low, high, names, common))
        here = inside(spans, (low, high))
        taken = [span for span in here if _covered(text, span, found)]
        rest = [span for span in here if span not in taken]
        added = [new for new in found if not any(s.start < new.end and new.start < s.end for s in rest)]
        kept = [span for span in kept if span not in taken] + added
    return sorted(kept)


def _in_capitals(text: str) -> Iterator[tuple[int, int]]:
    """Those of the first lines that are short and in which every letter is a capital."""
    for match in islice(_LINE.finditer(text), _FIRST):
        line = match.group()
        if len(line) <= _LONGEST and line.isupper() and sum(map(str.isalpha, line)) >= _SHORTEST:
            yield match.span()


def _names(
    text: str, spans: Sequence[TypedSpan], lines: Sequence[tuple[int, int]]
) -> dict[tuple[str, ...], TypedSpan]:
    """A mention of every name in mixed case, by its folded words."""
    capital = {span for line in lines for span in inside(spans, line)}
    found: dict[tuple[str, ...], TypedSpan] = {}
    for span in spans:
        if span.type not in _SHOWN or span in capital:
            continue
        name = text[span.start : span.end]
        forms = [_folded(name)]
        if office := _OFFICE.fullmatch(name):
            forms.append(_folded(f"{office.group(2)} {office.group(1)}"))
        for form in forms:
            if form and (form not in found or weight(found[form]) < weight(span)):
                found[form] = span
    return found


def _folded(name: str) -> tuple[str, ...]:
    return tuple(folded(match.group()) for match in _WORD.finditer(name))


def _read(
    text: str, low: int, high: int, names: dict[tuple[str, ...], TypedSpan], common: set[str]
) -> Iterator[TypedSpan]:
    """The names in a line, longest first; a single word must not be an everyday one."""
    words = list(_WORD.finditer(text, low, high))
    forms = [folded(match.group()) for match in words]
    place = 0
    while place < len(words):
        for size in range(min(_WIDEST, len(words) - place), 0, -1):
            known = names.get(tuple(forms[place : place + size]))
            if known is not None and (size > 1 or forms[place] not in common):
                yield TypedSpan(words[place].start(), words[place + size - 1].end(), known.type, known.score)
                place += size - 1
                break
        place += 1


def _covered(text: str, span: TypedSpan, found: Sequence[TypedSpan]) -> bool:
    """Whether names that were found make up all of a mention."""
    parts = [new for new in found if new.start < span.end and span.start < new.end]
    if not parts or parts[0].start > span.start or parts[-1].end < span.end:
        return False
    return all(not text[one.end : two.start].strip(" ,&") for one, two in pairwise(parts))
