"""Find the quotations of an article: instant, without a language model."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.language.quotations.kinds import load_judge, shape_of
from reader.language.quotations.marks import Quoted, quoted_stretches
from reader.language.quotations.shapes import (
    coordinated,
    end_of_speech,
    is_line_of_dialogue,
    surely_quotations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.analysis import QuotationKind
    from reader.model.article import Block


# No title or nickname runs over two paragraphs.
_CERTAIN = 0.95


class QuotedSpan(NamedTuple):
    """A quotation without its speaker: offsets into the article's text, marks included, end exclusive.

    ``score`` is how probable it is, from its surface alone, that it is a quotation.
    """

    start: int
    end: int
    kind: QuotationKind
    score: float = 1.0


def find_quotations(text: str, blocks: Sequence[Block]) -> list[QuotedSpan]:
    """Find the stretches in quotation marks that seem to report somebody's words, in text order.

    Titles of works, nicknames and words in scare quotes are left out where their surroundings give them
    away. A quotation that runs over several paragraphs gives one span per paragraph. ``blocks`` are the
    article's; without any, every line is taken for a paragraph. Never raises, whatever the marks; takes
    time proportional to the text.
    """
    found = list(stretches_by_paragraph(text, blocks))
    if not any(stretches for _, _, stretches in found):
        return []
    judge = load_judge()
    certain = _running_on(found) | _by_shape(text, found)
    scores = iter(judge.scores(text, found))
    spans: list[QuotedSpan] = []
    for low, _, stretches in found:
        scored = [
            max(score, _CERTAIN) if stretch.start in certain else score
            for stretch, score in zip(stretches, scores, strict=False)
        ]
        accepted = _accepted(text, stretches, scored, judge.threshold)
        for stretch, score, taken in zip(stretches, scored, accepted, strict=True):
            if taken and (kind := shape_of(text, low, stretch)) is not None:
                spans.append(QuotedSpan(stretch.start, stretch.end, kind, max(score, judge.threshold)))
    return spans


def _accepted(
    text: str, stretches: Sequence[Quoted], scores: Sequence[float], threshold: float
) -> list[bool]:
    """Which stretches of a paragraph are taken for quotations: parts of one enumeration stand together."""
    accepted = [score >= threshold for score in scores]
    for order in (range(1, len(stretches)), range(len(stretches) - 2, -1, -1)):
        for place in order:
            other = place - 1 if order.step > 0 else place + 1
            first, second = sorted((place, other))
            if (
                accepted[other]
                and not accepted[place]
                and coordinated(text, stretches[first], stretches[second])
            ):
                accepted[place] = True
    return accepted


def _by_shape(text: str, found: Sequence[tuple[int, int, list[Quoted]]]) -> set[int]:
    """The starts of stretches that are quotations by their shape alone."""
    sure: set[int] = set()
    for place, (low, high, stretches) in enumerate(found):
        if stretches:
            following = found[place + 1][:2] if place + 1 < len(found) else None
            sure |= surely_quotations(text, low, high, stretches, following)
            if place and found[place - 1][2] and is_line_of_dialogue(text, low, high, stretches[0]):
                sure.add(low)
    return sure


def _running_on(found: Sequence[tuple[int, int, list[Quoted]]]) -> set[int]:
    """The starts of quotations that run over paragraphs: left open, opened again where the next begins."""
    running: set[int] = set()
    for (_, _, before), (low, _, after) in pairwise(found):
        if before and after and not before[-1].closed and after[0].start == low:
            running |= {before[-1].start, after[0].start}
    return running


def stretches_by_paragraph(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, list[Quoted]]]:
    """Yield every paragraph's span with its quoted stretches, whatever they are for."""
    pending: tuple[int, int, list[Quoted]] | None = None
    continued = ""
    for low, high in paragraphs(text, blocks):
        stretches = list(quoted_stretches(text, low, high, continued=continued))
        if pending is not None:
            yield _settled(text, pending, stretches)
        pending = low, high, stretches
        continued = ""
        if stretches and not stretches[-1].closed:
            continued = "single" if stretches[-1].single else "double"
    if pending is not None:
        yield _settled(text, pending, [])


def _settled(
    text: str, paragraph: tuple[int, int, list[Quoted]], following: list[Quoted]
) -> tuple[int, int, list[Quoted]]:
    """Drop an unclosed single mark unless the next paragraph goes on with one: it was an apostrophe."""
    low, high, stretches = paragraph
    if (
        stretches
        and stretches[-1].single
        and not stretches[-1].closed
        and not (following and following[0].single)
    ):
        stretches = stretches[:-1]
    return (
        low,
        high,
        [
            stretch if stretch.closed else stretch._replace(end=end_of_speech(text, stretch))
            for stretch in stretches
        ],
    )


def paragraphs(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the article's paragraphs: its blocks, or the lines of a text without any."""
    if blocks:
        yield from ((block.start, block.end) for block in blocks)
        return
    position = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = position + len(line) - len(line.lstrip())
            yield start, position + len(line.rstrip())
        position += len(line)
