"""Invented articles with marked names, to measure how well people are told apart and put together.

``[Ana Ruiz=p1]`` names the person p1 (o: an organisation, l: a place); ``“...”^p1`` is said by p1.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from reader.library.library import Library
from reader.library.reading import keep
from reader.model.analysis import Analysis, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.article import Article

FOLDER = Path(__file__).parents[1] / "data" / "library" / "people"
_MARK = re.compile(r"\[([^=\]]+)=([plo]\d+)\]|(“[^”]*”)\^([po]\d+)")
_TYPES = {"p": "PERSON", "o": "ORG", "l": "PLACE"}


class Item(NamedTuple):
    """An entity of an article, with who it truly is."""

    document: int
    entity: str
    gold: str


def marked(line: str, number: int, pipeline: str = "test") -> tuple[Article, Analysis, dict[str, str]]:
    """Return the article of a line, its analysis, and who each entity truly is."""
    data = json.loads(line)
    text, said, end = "", [], 0
    places: dict[str, list[Mention]] = {}
    for mark in _MARK.finditer(data["text"]):
        text += data["text"][end : mark.start()]
        words = mark[1] or mark[3]
        if mark[1]:
            places.setdefault(mark[2], []).append(Mention(len(text), len(text) + len(words)))
        else:
            said.append((len(text), len(text) + len(words), mark[4]))
        text += words
        end = mark.end()
    text += data["text"][end:]
    entities, ids, gold = [], {}, {}
    for who, mentions in sorted(places.items(), key=lambda item: item[1][0].start):
        names = list(dict.fromkeys(text[mention.start : mention.end] for mention in mentions))
        name = max(names, key=len)
        ids[who] = f"e{mentions[0].start}"
        gold[ids[who]] = who
        others = tuple(other for other in names if other != name)
        entities.append(Entity(ids[who], _TYPES[who[0]], name, others, tuple(mentions)))  # type: ignore[arg-type]
    quotations = []
    for start, stop, who in said:
        entity = next(entity for entity in entities if entity.id == ids[who])
        nearest = min(entity.mentions, key=lambda mention: abs(mention.start - stop))
        speaker = Speaker(nearest.start, nearest.end, entity.id, entity.name)
        quotations.append(Quotation(f"q{start}", "direct", start, stop, None, speaker, 0.9, "marked"))
    article = Article(text, published=data["published"], source=f"https://example.org/{number}")
    info = PipelineInfo(pipeline, "1")
    return article, Analysis(tuple(entities), tuple(quotations), info), gold


def lines(*names: str) -> list[str]:
    """Return the lines of some files of the set."""
    return [line for name in names for line in (FOLDER / name).read_text("utf-8").splitlines()]


def filled(library: Library, articles: Iterable[str]) -> list[Item]:
    """Keep marked articles in a library and return every person and organisation of theirs."""
    items = []
    for number, line in enumerate(articles):
        article, analysis, gold = marked(line, number)
        kept = keep(library, article, analysis)
        items += [Item(kept.document, entity, who) for entity, who in gold.items() if who[0] in "po"]
    return items


def answers(library: Library) -> dict[tuple[int, str], int | None]:
    """Return whom the library takes each entity for."""
    with library.database.reading() as connection:
        rows = connection.execute(
            "SELECT document, entity, person FROM named JOIN version ON version.id = named.version"
        ).fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def b_cubed(pairs: list[tuple[object, object]]) -> tuple[float, float]:
    """Return B-cubed precision and recall of (answer, truth) pairs."""
    both, found, true = Counter(pairs), Counter(a for a, _ in pairs), Counter(t for _, t in pairs)
    size = len(pairs)
    precision = sum(both[pair] / found[pair[0]] for pair in pairs) / size
    recall = sum(both[pair] / true[pair[1]] for pair in pairs) / size
    return precision, recall


def measured(items: list[Item], found: dict[tuple[int, str], int | None]) -> tuple[float, float]:
    """Return B-cubed precision and recall over all entities; one that joined nobody stands alone."""
    return b_cubed(
        [(found[item.document, item.entity] or (item.document, item.entity), item.gold) for item in items]
    )


def wrong_quotations(library: Library, items: list[Item]) -> list[str]:
    """Return the quotations that stand under somebody who mostly is somebody else."""
    found = answers(library)
    gold = {(item.document, item.entity): item.gold for item in items}
    people: dict[int, Counter[str]] = {}
    for place, who in gold.items():
        if (person := found[place]) is not None:
            people.setdefault(person, Counter())[who] += 1
    with library.database.reading() as connection:
        rows = connection.execute(
            """
            SELECT version.document, named.entity, quotation.text, named.person FROM quotation
            JOIN named ON named.id = quotation.named JOIN version ON version.id = named.version
            WHERE named.person IS NOT NULL
            """
        ).fetchall()
    return [
        row["text"]
        for row in rows
        if gold[row["document"], row["entity"]] != people[row["person"]].most_common(1)[0][0]
    ]
