"""Paragraphs as the embedded pipeline read them: their parse, and whom each quotation points at.

One reading of the text gives names, parse and speakers. Pipelines of other people parse the masked text
instead (see :mod:`reader.language.attribution.masking`); for them there are no readings.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reader.language.encoder.parse import Token, annotate, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spacy.tokens import Doc

    from reader.language.attribution.masking import Masked
    from reader.language.encoder.sight import PointedWords, TextReading
    from reader.language.encoder.tower import Questions, Tower


class Pointed(NamedTuple):
    """Whom a quotation points at: words of the article (start, end, probability), or nobody near it;
    ``genuine`` is how probably it is a quotation at all."""

    answers: tuple[tuple[int, int, float], ...]
    nobody: float
    genuine: float

    def at(self, start: int, end: int) -> float:
        """The probability that the words of a span speak."""
        return sum(share for low, high, share in self.answers if low < end and start < high)

    @property
    def best(self) -> tuple[int, int, float]:
        """The likeliest answer."""
        return max(self.answers, key=lambda answer: answer[2], default=(0, 0, 0.0))


class Readings:
    """An article's paragraphs by number as they were read; ``spans`` are those of all its quotations.

    What was read takes some 12 KB for each word, a parse a hundredth of it: each paragraph is parsed at once.
    """

    def __init__(
        self,
        tokenise: Callable[[str], Doc],
        tower: Tower,
        masked: Sequence[Masked],
        spans: Sequence[tuple[int, int]],
    ) -> None:
        self.masked = masked
        self._tokenise = tokenise
        self._tower = tower
        self._spans = spans
        self._docs: dict[int, Doc] = {}
        self._pointings: dict[int, list[PointedWords | None]] = {}

    def questions(self, number: int) -> Questions:
        """What to ask of a paragraph: its quotations."""
        low = self.masked[number].start
        inside = (self._spans[placed.number] for placed in self.masked[number].placed)
        return tuple((start - low, end - low) for start, end in inside)

    def add(self, number: int, reading: TextReading) -> None:
        """Keep the reading of a paragraph."""
        self._docs[number] = self._parsed(self.masked[number], reading)
        self._pointings[number] = reading.pointings

    def __contains__(self, number: int) -> bool:
        return number in self._docs

    def doc(self, number: int) -> Doc:
        """The masked paragraph as a parsed document, its quotations one word each."""
        return self._docs[number]

    def _parsed(self, masked: Masked, reading: TextReading) -> Doc:
        doc = self._tokenise(masked.text)
        placed = [p for p in masked.placed if p.direct]
        starts = [p.start for p in placed]
        base, offsets = masked.start, masked.offsets
        tokens = []
        for token in doc:
            text, start = token.text, token.idx
            quotation = -1
            if placed:
                place = bisect_right(starts, start) - 1
                if place >= 0 and start < placed[place].end:
                    quotation = placed[place].number
            end = start + len(text)
            tokens.append(Token(offsets[start] - base, masked.original_end(end) - base, quotation, text))
        within = {
            p.number: (self._spans[p.number][0] - base, self._spans[p.number][1] - base) for p in placed
        }
        annotate(doc, parse(tokens, within, reading, self._tower))
        return doc

    def pointed(self, numbers: Iterable[int]) -> dict[int, Pointed]:
        """Whom the quotations of some paragraphs point at, by their number."""
        masked = self.masked
        found: dict[int, Pointed] = {}
        for number in numbers:
            if number not in self._pointings:
                continue
            for placed, told in zip(masked[number].placed, self._pointings[number], strict=True):
                if told is not None:
                    answers = tuple(
                        (masked[a.text].start + a.start, masked[a.text].start + a.end, a.probability)
                        for a in told.answers
                    )
                    found[placed.number] = Pointed(answers, told.nobody, told.genuine)
        return found
