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
    from collections.abc import Callable, Sequence

    from reader.language.attribution.masking import Masked
    from reader.language.encoder.sight import Reading
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
    """The readings of an article's paragraphs by number."""

    def __init__(self, tokenise: Callable[[str], Doc], tower: Tower) -> None:
        self._tokenise = tokenise
        self._tower = tower
        self._found: dict[int, Reading] = {}

    def add(self, number: int, reading: Reading) -> None:
        """Keep the reading of a paragraph."""
        self._found[number] = reading

    def __contains__(self, number: int) -> bool:
        return number in self._found

    def doc(self, number: int, masked: Masked, spans: Sequence[tuple[int, int]]) -> Doc:
        """The masked paragraph as a parsed document, its quotations one word each."""
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
        parsed = parse(tokens, within, self._found[number], self._tower)
        return Doc(
            plain.vocab,
            words=[token.text for token in tokens],
            spaces=[bool(token.whitespace_) for token in plain],
            tags=parsed.tags,
            pos=parsed.parts,
            heads=parsed.heads,
            deps=parsed.relations,
        )

    def pointed(self, masked: Sequence[Masked], numbers: Sequence[int]) -> dict[int, Pointed]:
        """Whom the quotations of some paragraphs point at, by their number."""
        found: dict[int, Pointed] = {}
        for number in numbers:
            reading = self._found.get(number)
            if reading is None:
                continue
            for placed, told in zip(masked[number].placed, reading.pointings, strict=True):
                if told is not None:
                    answers = tuple(
                        (masked[a.text].start + a.start, masked[a.text].start + a.end, a.probability)
                        for a in told.answers
                    )
                    found[placed.number] = Pointed(answers, told.nobody, told.genuine)
        return found
