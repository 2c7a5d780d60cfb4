"""Hand-made articles and analyses, so that exports are tested without a language pipeline."""

from __future__ import annotations

import pytest

from reader.model.analysis import Analysis, Cue, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.article import Article, Block, BlockKind, Link, RemovedLine

TITLE = "Harbour plan “a gamble”, says mayor"
LEAD = (
    "Port Ellery’s council backed the harbour plan on Monday. "
    "“It is a gamble,” Mayor Ana Ruiz said. “But we 🚢 must.”"
)
HEADING = "What comes next"
ITEM = "The Harbour Trust called it “reckless”."
QUOTED = "“Nobody asked us,” said a fisherman."
CAPTION = "Ruiz at the quay, 2024"
BLOCKS: tuple[tuple[BlockKind, str], ...] = (
    ("title", TITLE),
    ("paragraph", LEAD),
    ("heading", HEADING),
    ("list_item", ITEM),
    ("block_quotation", QUOTED),
    ("caption", CAPTION),
)


def harbour() -> tuple[Article, Analysis]:
    """An article with every kind of block and mention, a split, a partial and an unresolved quotation."""
    text = ""
    blocks: list[Block] = []
    for kind, words in BLOCKS:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(words)))
        text += words

    def span(words: str, after: int = 0) -> tuple[int, int]:
        start = text.index(words, after)
        return start, start + len(words)

    article = Article(
        text=text,
        blocks=tuple(blocks),
        title=TITLE,
        byline="Jo Lind",
        published="2024-03-04T09:30:00Z",
        site="Harbour Wire",
        language="en",
        source="https://wire.example/harbour?id=1&x=(2)",
        removed=(RemovedLine(9, "Subscribe now", "newsletter prompt", len(text)),),
        links=(Link(*span("harbour plan on"), "https://wire.example/plan"),),
    )
    ruiz_name = span("Ana Ruiz")
    said = span("said", ruiz_name[0])
    trust = span("Harbour Trust")
    entities = (
        Entity("e1", "PLACE", "Port Ellery", (), (Mention(*span("Port Ellery")),)),
        Entity(
            "e2",
            "PERSON",
            "Ana Ruiz",
            ("Ruiz",),
            (Mention(*ruiz_name), Mention(*span("Ruiz at the")[:1], span("Ruiz at")[0] + 4)),
        ),
        Entity("e3", "ORG", "The Harbour Trust", ("Harbour Trust",), (Mention(*trust),)),
        Entity("e4", "GROUP", "fisherfolk", (), (Mention(*span("fisherman")),)),
    )
    ruiz = Speaker(*span("Mayor Ana Ruiz"), "e2", "Ana Ruiz")
    quotations = (
        Quotation("q1", "direct", *span("“It is a gamble,”"), Cue(*said), ruiz, 0.981, "subject of cue"),
        Quotation("q2", "direct", *span("“But we 🚢 must.”"), Cue(*said), ruiz, 0.9, "continues q1"),
        Quotation(
            "q3",
            "partial",
            *span("“reckless”"),
            Cue(*span("called")),
            Speaker(*span("The Harbour Trust"), "e3", "The Harbour Trust"),
            0.8,
            "subject of cue",
        ),
        Quotation(
            "q4",
            "direct",
            *span("“Nobody asked us,”"),
            Cue(*span("said", said[1])),
            Speaker(*span("a fisherman"), None, None),
            0.55,
            "subject of cue",
        ),
        Quotation("q5", "partial", *span("“a gamble”"), None, None, 0.2, "no speaker found"),
    )
    in_order = tuple(sorted(quotations, key=lambda q: q.start))
    return article, Analysis(entities, in_order, PipelineInfo("embedded", "1.0"))


@pytest.fixture
def article() -> Article:
    return harbour()[0]


@pytest.fixture
def analysis() -> Analysis:
    return harbour()[1]
