"""Attribute the quotations of an article to their speakers, in text order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.analysis import Cue, Quotation, Speaker
from reader.language.attribution.candidates import Mentions, candidates
from reader.language.attribution.masking import mask
from reader.language.attribution.sieve import scene, sift
from reader.language.attribution.words import view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from reader.analysis import Entity
    from reader.article import Block
    from reader.language.attribution.masking import Masked
    from reader.language.attribution.sieve import Found, Scene
    from reader.language.quotations import QuotedSpan

    Parse = Callable[[Iterable[str]], Iterator[Doc]]


def attribute(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    entities: Sequence[Entity],
    parse: Parse | None,
) -> Iterator[Quotation]:
    """Yield one attributed quotation for every quoted span, in order.

    ``parse`` tags and parses the strings that it is given; without it, cue patterns decide alone.
    """
    scenes = scenes_of(text, blocks, quoted, entities, parse)
    found = sift(scenes)
    for number, span in enumerate(quoted):
        yield _quotation(number, span, found.get(number), scenes, entities)


def scenes_of(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    entities: Sequence[Entity],
    parse: Parse | None,
) -> dict[int, Scene]:
    """Look at the paragraphs with quotations and their neighbours."""
    masked = mask(text, blocks, quoted)
    wanted = _wanted(masked)
    docs = iter(parse(masked[number].text for number in wanted)) if parse is not None else None
    mentions = Mentions(entities)
    scenes = {}
    for number in wanted:
        paragraph = view(masked[number], next(docs) if docs is not None else None)
        scenes[number] = scene(number, paragraph, candidates(number, paragraph, mentions))
    return scenes


def _wanted(masked: Sequence[Masked]) -> list[int]:
    numbers: set[int] = set()
    for number, paragraph in enumerate(masked):
        if paragraph.placed:
            numbers.update(range(max(0, number - 2), min(len(masked), number + 2)))
    return sorted(numbers)


def _quotation(
    number: int, span: QuotedSpan, found: Found | None, scenes: dict[int, Scene], entities: Sequence[Entity]
) -> Quotation:
    identity = f"q{number + 1}"
    if found is None:
        return Quotation(identity, span.kind, span.start, span.end, None, None, 0.0, "no speaker found")
    candidate = found.candidate
    cue = None
    if found.cue[0] >= 0:
        words = scenes[candidate.paragraph].paragraph.words
        cue = Cue(words[found.cue[0]].start, words[found.cue[1]].end)
    entity = entities[candidate.named.entity] if candidate.named is not None else None
    speaker = Speaker(
        candidate.start, candidate.end, entity.id if entity else None, entity.name if entity else None
    )
    return Quotation(identity, span.kind, span.start, span.end, cue, speaker, 0.5, found.rule)
