"""Made-up analysed articles of the length and density of real news, to time and to look at exports.

They come from a generator and not from the language pipeline, so that exports are measured alone.
"""

from __future__ import annotations

import random

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
from reader.model.article import Article, Block, BlockKind

_FIRST = ("Ana", "Ruth", "Tomas", "Ingrid", "Samuel", "Mei", "Farah", "Jonas", "Petra", "Idris")
_LAST = ("Ruiz", "Okafor", "Lindqvist", "Haddad", "Moreau", "Tanaka", "Brandt", "Silva", "Novak", "Doyle")
_PLACES = ("Port Ellery", "Westmarch", "the Sound of Ard", "Kelby", "Norrland Bay", "Santa Olaya")
_ORGS = ("Harbour Trust", "Ellery Council", "Ministry of Transport", "Seafarers’ Union", "Ard Shipping")
_CUES = ("told reporters", "said", "argued", "warned", "added", "insisted", "replied")
_SAID = (
    "We have waited eleven years for a decision, and the sea has not waited with us",
    "Nobody asked the people who work there what they thought of it",
    "It is a gamble, but it is the only one that we can still afford",
    "The figures were wrong in March and they are wrong today",
    "If the wall goes, the school goes, and then the village goes",
    "I would rather be late than drowned",
    "You cannot move a harbour twice",
    "What we were shown was a drawing, not a plan",
)
_PARTS = ("a gamble with other people’s houses", "reckless", "the best of the bad answers", "no plan at all")
_SENTENCES = (
    "The plan would move the fish market and two hundred homes behind a new wall of stone and steel.",
    "Work could begin in the autumn, although the money has not been found.",
    "Storms have closed the coast road nine times since the winter before last.",
    "A first vote is expected on Thursday; a second would follow in the spring.",
    "Engineers put the cost at 240 million, almost twice what was announced at first.",
    "Residents walked from the chapel to the quay on Sunday, many of them in boots.",
)
_HEADINGS = ("What comes next", "A wall or a retreat", "Who pays", "The view from the quay")


class _Writer:
    """Writes an article's text and remembers where everything in it stands."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.text = ""
        self.blocks: list[Block] = []
        self.mentions: dict[tuple[EntityType, str], list[Mention]] = {}
        self.quotations: list[tuple[QuotationKind, int, int, Cue | None, int, int, str | None]] = []
        people = [
            f"{first} {last}" for first, last in zip(self._some(_FIRST, 5), self._some(_LAST, 5), strict=True)
        ]
        self.people, self.places, self.orgs = people, self._some(_PLACES, 3), self._some(_ORGS, 3)

    def _some(self, names: tuple[str, ...], count: int) -> list[str]:
        return self.random.sample(names, count)

    def put(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def name(self, kind: EntityType, full: str, words: str | None = None) -> tuple[int, int]:
        start, end = self.put(words or full)
        self.mentions.setdefault((kind, full), []).append(Mention(start, end))
        return start, end

    def place_sentence(self) -> None:
        self.put(self.random.choice(_SENTENCES)[:-1] + " in ")
        self.name("PLACE", self.random.choice(self.places))
        self.put(". ")

    def quotation(self) -> None:
        person = self.random.choice(self.people)
        first = ("PERSON", person) not in self.mentions
        if self.random.random() < 0.3:
            self.put("The ")
            org = self.random.choice(self.orgs)
            start, end = self.name("ORG", org)
            self.put(" ")
            cue = Cue(*self.put("called"))
            self.put(" it ")
            quoted = self.put(f"“{self.random.choice(_PARTS)}”")
            self.put(". ")
            self.quotations.append(("partial", *quoted, cue, start, end, org))
            return
        said = self.random.choice(_SAID)
        quoted = self.put(f"“{said},”")
        self.put(" ")
        if self.random.random() < 0.15:
            start, end = self.put("a resident")
            speaker = None
        else:
            start, end = self.name("PERSON", person, None if first else person.split()[1])
            speaker = person
        self.put(" ")
        cue = Cue(*self.put(self.random.choice(_CUES)))
        self.put(". ")
        self.quotations.append(("direct", *quoted, cue, start, end, speaker))
        if self.random.random() < 0.3:
            more = self.put(f"“{self.random.choice(_SAID)}.”")
            self.put(" ")
            self.quotations.append(("direct", *more, None, start, end, speaker))

    def block(self, kind: BlockKind, *parts: object) -> None:
        self.text += "\n\n" if self.text else ""
        start = len(self.text)
        for part in parts:
            if callable(part):
                part()
            else:
                self.put(str(part))
        self.text = self.text.rstrip()
        self.blocks.append(Block(kind, start, len(self.text)))


def analysed_article(number: int, paragraphs: int = 14) -> tuple[Article, Analysis]:
    """Return the article of that number: about 45 words a paragraph; the same number, the same article."""
    writer = _Writer(number)
    place = writer.places[0]
    writer.block(
        "title",
        lambda: writer.name("PLACE", place),
        f" must choose between wall and water, survey {number} says",
    )
    for paragraph in range(paragraphs):
        if paragraph and paragraph % 5 == 0:
            writer.block("heading", writer.random.choice(_HEADINGS))
        kinds: tuple[BlockKind, ...] = (*("paragraph",) * 5, "list_item", "block_quotation")
        works = [writer.place_sentence, writer.quotation, writer.place_sentence]
        writer.block(writer.random.choice(kinds), *works[: writer.random.randint(1, 3)])
    names = sorted(writer.mentions, key=lambda name: writer.mentions[name][0].start)
    ids = {name: f"e{index}" for index, (_, name) in enumerate(names, 1)}
    entities = tuple(
        Entity(
            ids[name],
            kind,
            name,
            (name.split()[1],) if kind == "PERSON" else (),
            tuple(writer.mentions[kind, name]),
        )
        for kind, name in names
    )
    quotations = tuple(
        Quotation(
            f"q{index}",
            kind,
            start,
            end,
            cue,
            Speaker(first, last, ids[speaker] if speaker else None, speaker),
            writer.random.uniform(0.4, 0.99),
            "subject of cue" if cue else "continues the quotation before",
        )
        for index, (kind, start, end, cue, first, last, speaker) in enumerate(writer.quotations, 1)
    )
    article = Article(
        text=writer.text,
        blocks=tuple(writer.blocks),
        title=writer.text[: writer.blocks[0].end],
        byline="Jo Lind and Max Ode",
        published="2026-03-04T09:30:00Z",
        site="Harbour Wire",
        language="en",
        source=f"https://wire.example/harbour/{number}",
    )
    return article, Analysis(entities, quotations, PipelineInfo("made up", "1"))
