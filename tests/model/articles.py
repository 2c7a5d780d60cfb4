"""Any article with any analysis, within the contract, for property tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from reader.model.analysis import (
    Analysis,
    Cue,
    Entity,
    EntityType,
    Mention,
    PipelineInfo,
    Quotation,
    QuotationKind,
    Speaker,
    entity_id,
    quotation_id,
)
from reader.model.article import Article, Block, BlockKind, Link, RemovedLine

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.text(st.characters(codec=None), max_size=12)
_MAYBE = st.none() | WORDS
_BLOCKS: st.SearchStrategy[BlockKind] = st.sampled_from(("title", "paragraph", "code", "list_item"))
_ENTITIES: st.SearchStrategy[EntityType] = st.sampled_from(("PERSON", "PLACE", "ORG"))
_QUOTATIONS: st.SearchStrategy[QuotationKind] = st.sampled_from(("direct", "partial", "turn"))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of paragraphs of words, some of them removed."""
    paragraphs = draw(st.lists(st.text("ab “”é\x1b\ud800\n", min_size=1, max_size=20), max_size=6))
    text = ""
    blocks: list[Block] = []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        kind = draw(_BLOCKS)
        blocks.append(Block(kind, len(text), len(text) + len(paragraph)))
        text += paragraph
    places = st.sampled_from([*(block.start for block in blocks), len(text)])
    positions = sorted(draw(st.lists(places, max_size=4)))
    removed = [RemovedLine(n, draw(WORDS), draw(WORDS), place) for n, place in enumerate(positions, 1)]
    links = [Link(start, end, draw(WORDS)) for start, end in sorted(draw(spans(text)))]
    restored = (
        draw(st.lists(st.sampled_from([block.start for block in blocks]), max_size=2)) if blocks else []
    )
    return Article(
        text,
        tuple(blocks),
        title=draw(_MAYBE),
        byline=draw(_MAYBE),
        published=draw(_MAYBE),
        site=draw(_MAYBE),
        language=draw(_MAYBE),
        source=draw(st.sampled_from(("", "-", "a.txt", "https://a.example/?utm_source=x&b=1")) | WORDS),
        removed=tuple(removed),
        links=tuple(links),
        notices=tuple(draw(st.lists(WORDS, max_size=2))),
        restored=tuple(restored),
    )


def spans(text: str, least: int = 1) -> st.SearchStrategy[Sequence[tuple[int, int]]]:
    """Spans of a text that do not overlap, in order."""
    cuts = st.sets(st.integers(0, len(text)), max_size=8).map(sorted)
    return cuts.map(lambda c: [(a, b) for a, b in zip(c[::2], c[1::2], strict=False) if b - a >= least])


@st.composite
def analyses(draw: st.DrawFn, text: str) -> Analysis:
    """An analysis of a text: entities that share its mentions, quotations by them, by words, by nobody."""
    groups: dict[int, list[Mention]] = {}
    for start, end in draw(spans(text)):
        groups.setdefault(draw(st.integers(0, 2)), []).append(Mention(start, end))
    entities: list[Entity] = []
    for mentions in sorted(groups.values(), key=lambda group: group[0].start):
        kind = draw(_ENTITIES)
        first = mentions[0]
        name = text[first.start : first.end]
        forms = dict.fromkeys(text[m.start : m.end] for m in mentions)
        aliases = tuple(form for form in forms if form != name)
        entities.append(Entity(entity_id(first.start), kind, name, aliases, tuple(mentions)))
    quotations: list[Quotation] = []
    for start, end in draw(spans(text)):
        speaker = None
        named: bool = draw(st.booleans())
        if entities and named:
            entity = draw(st.sampled_from(entities))
            mention = draw(st.sampled_from(entity.mentions))
            speaker = Speaker(mention.start, mention.end, entity.id, entity.name, draw(_MAYBE))
        elif draw(st.booleans()):
            speaker = Speaker(start, end, None, None)
        cue = Cue(start, end) if draw(st.booleans()) else None
        sure = draw(st.floats(0, 1))
        quotations.append(
            Quotation(
                quotation_id(start),
                draw(_QUOTATIONS),
                start,
                end,
                cue,
                speaker,
                sure,
                draw(WORDS) or "evidence",
            )
        )
    pipeline = draw(st.none() | st.builds(PipelineInfo, WORDS, WORDS, WORDS))
    return Analysis(tuple(entities), tuple(quotations), pipeline)


@st.composite
def analysed(draw: st.DrawFn) -> tuple[Article, Analysis]:
    """An article with an analysis of it."""
    article = draw(articles())
    return article, draw(analyses(article.text))
