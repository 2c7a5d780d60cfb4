"""Passages in another language inside an article: the pipeline cannot vouch for names in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from reader.text.languages import LATIN, UNSPACED, language_of, script_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reader.language.entities.labels import TypedSpan
    from reader.model.article import Block

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"\n]{2,})[”“»\"]")
_SENTENCE = re.compile(r"\S(?:.*?[.!?…。！？।][\"'”’»)\]]*(?=\s|$)|.*)", re.S)
_LATIN_WORD = re.compile(r"(?<!\w)[a-z]{2,}")
_ENDS = tuple(",.!?…。，！？।،؟")
# A name in letters of its own is no passage: that takes a few words, or what ends like something said.
_FEWEST_WORDS = 4
_FEWEST_SIGNS = 8


def foreign_passages(text: str, blocks: Iterable[Block], languages: Collection[str]) -> list[tuple[int, int]]:
    """The sentences and quoted words clearly in none of the ``languages``: sorted, not overlapping."""
    spans: list[tuple[int, int]] = []
    for block in blocks:
        spans += (match.span() for match in _SENTENCE.finditer(text, block.start, block.end))
        spans += (match.span(1) for match in _QUOTED.finditer(text, block.start, block.end))
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if _foreign(text[span[0] : span[1]], languages)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _foreign(passage: str, languages: Collection[str]) -> bool:
    passage = passage.strip()
    if not passage:
        return False
    if not passage.endswith(_ENDS):
        unspaced = script_of(passage) in UNSPACED
        if len(passage) < _FEWEST_SIGNS if unspaced else len(passage.split()) < _FEWEST_WORDS:
            return False
    language = language_of(passage)
    if language is None or language in languages:
        return False
    # English may be wrapped around words in other letters: "answered Владимир Орлов".
    return script_of(passage) == LATIN or not _LATIN_WORD.search(passage)


def outside(spans: Iterable[TypedSpan], passages: list[tuple[int, int]]) -> list[TypedSpan]:
    """The spans that lie in none of the passages."""
    starts = [start for start, _ in passages]
    found = []
    for span in spans:
        before = bisect_right(starts, span.start) - 1
        if before < 0 or span.start >= passages[before][1]:
            found.append(span)
    return found
