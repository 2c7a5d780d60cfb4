"""A small article with everything on it, and its analysis, for tests that need no pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
)
from reader.model.article import Article, Block, BlockKind, RemovedLine

if TYPE_CHECKING:
    from reader.index import Index

_PARAGRAPHS: tuple[tuple[BlockKind, str], ...] = (
    ("title", "Ferry to Orsay Island suspended after engine fire"),
    (
        "paragraph",
        "Sailings between Port Lennox and Orsay Island will stop until the spring, the Northern Ferries "
        "Board said on Tuesday, after a fire in the engine room of the Saint Brannoc.",
    ),
    (
        "paragraph",
        "“Nobody was hurt, and that is the only good news I have,” Morag Teale, the board’s chief "
        "executive, told reporters in Port Lennox. “The ship is forty-one years old.”",
    ),
    ("heading", "‘We feel forgotten’"),
    (
        "paragraph",
        "Councillor Ibrahim Nasser said islanders had warned of “a disaster on rails” for years. He added: "
        "“We feel forgotten, and Teale knows it.”",
    ),
    (
        "paragraph",
        "A spokesman for the ministry declined to comment. “A replacement is being sought,” according to "
        "a notice on the pier. “Everyone out!” somebody had painted beside it.",
    ),
)
TEXT = "\n\n".join(text for _, text in _PARAGRAPHS)


def _blocks() -> tuple[Block, ...]:
    blocks = []
    position = 0
    for kind, text in _PARAGRAPHS:
        blocks.append(Block(kind, position, position + len(text)))
        position += len(text) + 2
    return tuple(blocks)


def _mentions(*names: str) -> tuple[Mention, ...]:
    found = []
    for name in names:
        start = TEXT.find(name)
        while start >= 0:
            found.append(Mention(start, start + len(name)))
            start = TEXT.find(name, start + 1)
    kept = [m for m in found if not any(o.start <= m.start and m.end <= o.end and o != m for o in found)]
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _entity(number: int, kind: EntityType, name: str, *aliases: str) -> Entity:
    return Entity(f"e{number}", kind, name, aliases, _mentions(name, *aliases))


def _quotation(
    number: int, words: str, cue: str | None, speaker: tuple[str, str | None, str | None] | None, sure: float
) -> Quotation:
    start = TEXT.index(words)
    near = max(0, start - 90)
    said = None
    if speaker:
        at = TEXT.index(speaker[0], near)
        said = Speaker(at, at + len(speaker[0]), speaker[1], speaker[2])
    found = TEXT.index(cue, near) if cue else 0
    kind: QuotationKind = "partial" if words.endswith("rails”") else "direct"
    evidence = f"subject of “{cue}”" if cue else "no cue near it"
    by = Cue(found, found + len(cue)) if cue else None
    return Quotation(f"q{number}", kind, start, start + len(words), by, said, sure, evidence)


ARTICLE = Article(
    text=TEXT,
    blocks=_blocks(),
    title=_PARAGRAPHS[0][1],
    byline="Catriona Vale",
    published="2026-02-17",
    site="The Lennox Courier",
    language="en",
    source="https://courier.example/ferry",
    removed=(
        RemovedLine(1, "Home  News  Sport  Tides", "navigation", 0),
        RemovedLine(14, "Subscribe to our newsletter", "newsletter prompt", len(TEXT)),
        RemovedLine(15, "0 Comments", "comment widget", len(TEXT)),
    ),
    notices=("Part of the page could not be read.",),
)

ANALYSIS = Analysis(
    entities=(
        _entity(1, "PLACE", "Orsay Island"),
        _entity(2, "PLACE", "Port Lennox"),
        _entity(3, "ORG", "Northern Ferries Board"),
        _entity(4, "PERSON", "Morag Teale", "Teale"),
        _entity(5, "PERSON", "Ibrahim Nasser"),
    ),
    quotations=(
        _quotation(
            1,
            "“Nobody was hurt, and that is the only good news I have,”",
            "told",
            ("Morag Teale", "e4", "Morag Teale"),
            0.98,
        ),
        _quotation(
            2, "“The ship is forty-one years old.”", "told", ("Morag Teale", "e4", "Morag Teale"), 0.93
        ),
        _quotation(3, "“a disaster on rails”", "said", ("Ibrahim Nasser", "e5", "Ibrahim Nasser"), 0.81),
        _quotation(
            4, "“We feel forgotten, and Teale knows it.”", "added", ("He", "e5", "Ibrahim Nasser"), 0.46
        ),
        _quotation(
            5,
            "“A replacement is being sought,”",
            "according to",
            ("a notice on the pier", None, None),
            0.71,
        ),
        _quotation(6, "“Everyone out!”", None, None, 0.2),
    ),
    pipeline=PipelineInfo("en_onrecord", "0.1.0"),
)


def entity_of(index: Index, id: str) -> Entity:
    """The entity of an index that is certain to be there."""
    entity = index.entity(id)
    assert entity is not None
    return entity


def quotation_of(index: Index, id: str) -> Quotation:
    """The quotation of an index that is certain to be there."""
    quotation = index.quotation(id)
    assert quotation is not None
    return quotation
