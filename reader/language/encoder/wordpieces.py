"""Text as the encoder reads it: word pieces, the case of every word, and where the words stand.

Training and the shipped component share this module, so that what was learnt is what is read. The
encoder's vocabulary knows no case; each word's case is a small class of its own, and text without
any difference of case (ALL CAPITALS, all lower) has the class ``CASELESS`` throughout, so that it
reads the same whichever it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

LOWER, TITLE, UPPER, SINGLE, MIXED, UNCASED, SPECIAL, CASELESS = range(8)
CASES = 8

# Marks that come in several shapes are read in one; each replacement is one character long.
_SHAPES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"})


class Pieces(NamedTuple):
    """A paragraph for the encoder: piece numbers and case classes, and per word its first piece and
    its span in the paragraph (code points, end exclusive)."""

    ids: list[int]
    cases: list[int]
    first: list[int]
    words: list[tuple[int, int]]

    @classmethod
    def join(cls, parts: Sequence[Pieces]) -> Pieces:
        """Consecutive stretches of one paragraph as one; the spans must already be the paragraph's."""
        ids: list[int] = []
        cases: list[int] = []
        first: list[int] = []
        words: list[tuple[int, int]] = []
        for part in parts:
            first.extend(number + len(ids) for number in part.first)
            ids.extend(part.ids)
            cases.extend(part.cases)
            words.extend(part.words)
        return cls(ids, cases, first, words)

    def cut(self, start: int, end: int) -> Pieces:
        """The words number ``start`` up to ``end``, with their spans unchanged."""
        begin = self.first[start]
        finish = self.first[end] if end < len(self.first) else len(self.ids)
        return Pieces(
            self.ids[begin:finish],
            self.cases[begin:finish],
            [number - begin for number in self.first[start:end]],
            self.words[start:end],
        )


@lru_cache(maxsize=8192)
def word_case(word: str) -> int:
    """The case class of one word."""
    if not any(character.isalpha() for character in word):
        return UNCASED
    if word.islower():
        return LOWER
    if word.isupper():
        return SINGLE if len(word) == 1 else UPPER
    if word[:1].isupper() and not any(character.isupper() for character in word[1:]):
        return TITLE
    return MIXED if any(character.isupper() for character in word) else LOWER


def without_case(cases: Sequence[int]) -> list[int]:
    """The same classes for text whose case says nothing."""
    return [case if case in (UNCASED, SPECIAL) else CASELESS for case in cases]


def pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Pieces]:
    """Cut paragraphs into word pieces, without the encoder's special pieces at the ends."""
    # One by one: a batch starts threads of its own, of which a process that analyses has no use.
    encodings = [tokenizer.encode(text.translate(_SHAPES), add_special_tokens=False) for text in texts]
    found = []
    for text, encoding in zip(texts, encodings, strict=True):
        cases: list[int] = []
        first: list[int] = []
        words: list[tuple[int, int]] = []
        offsets = encoding.offsets
        previous: int | None = None
        for number, word in enumerate(encoding.word_ids):
            start, end = offsets[number]
            if word is None or word != previous:
                first.append(number)
                words.append((start, end))
                previous = word
            else:
                words[-1] = (words[-1][0], end)
        for index, (start, end) in enumerate(words):
            following = first[index + 1] if index + 1 < len(first) else len(offsets)
            cases.extend([word_case(text[start:end])] * (following - first[index]))
        if text.isupper() or text.islower():
            cases = without_case(cases)
        found.append(Pieces(encoding.ids, cases, first, words))
    return found
