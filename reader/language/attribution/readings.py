"""Paragraphs as the embedded pipeline read them: their parse, and whom each quotation points at.

One reading of the text gives names, parse and speakers. Pipelines of other people parse the masked text
instead (see :mod:`reader.language.attribution.masking`); for them there are no readings.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from spacy.tokens import Doc

from reader.language.encoder.parse import Token, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.language.attribution.masking import Masked
    from reader.language.encoder.sight import Pointing, Reading
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


def questions(masked: Masked, spans: Sequence[tuple[int, int]]) -> Questions:
    """What to ask of a paragraph: its quotations; ``spans`` are those of all quotations of the article."""
    inside = (spans[placed.number] for placed in masked.placed)
    return tuple((start - masked.start, end - masked.start) for start, end in inside)


class Readings:
    """The readings of an article's paragraphs by number: ``masked``, with the ``spans`` of all quotations.

    What a parse is made of takes 12 kB for each word: it is parsed when it comes, and let go.
    """

    def __init__(
        self,
        tokenise: Callable[[str], Doc],
        tower: Tower,
        masked: Sequence[Masked],
        spans: Sequence[tuple[int, int]],
    ) -> None:
        self._tokenise = tokenise
        self._tower = tower
        self._masked, self._spans = masked, spans
        self._docs: dict[int, Doc] = {}
        self._pointings: dict[int, list[Pointing | None]] = {}

    def add(self, number: int, reading: Reading) -> None:
        """Take the reading of a paragraph."""
        self._docs[number] = self._parsed(self._masked[number], reading)
        self._pointings[number] = reading.pointings

    def __contains__(self, number: int) -> bool:
        return number in self._docs

    def doc(self, number: int) -> Doc:
        """The masked paragraph as a parsed document, its quotations one word each."""
        return self._docs[number]

    def _parsed(self, masked: Masked, reading: Reading) -> Doc:
        spans = self._spans
        plain = self._tokenise(masked.text)
        placed = [p for p in masked.placed if p.direct]
        starts = [p.start for p in placed]
        tokens = []
        for token in plain:
            start, end = token.idx, token.idx + len(token)
            place = bisect_right(starts, start) - 1
            inside = place >= 0 and start < placed[place].end
            quotation = placed[place].number if inside else -1
            low, high = masked.offsets[start] - masked.start, masked.original_end(end) - masked.start
            tokens.append(Token(low, high, quotation, token.text))
        within = {
            p.number: (spans[p.number][0] - masked.start, spans[p.number][1] - masked.start) for p in placed
        }
        parsed = parse(tokens, within, reading, self._tower)
        return Doc(
            plain.vocab,
            words=[token.text for token in tokens],
            spaces=[bool(token.whitespace_) for token in plain],
            tags=parsed.tags,
            pos=parsed.parts,
            heads=parsed.heads,
            deps=parsed.relations,
        )

    def pointed(self, numbers: Iterable[int]) -> dict[int, Pointed]:
        """Whom the quotations of some paragraphs point at, by their number."""
        masked = self._masked
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
