"""Score a pipeline in-process: exact spans and types per type, region and kind of paragraph.

usage: python -m training.evaluate [--pipeline NAME] [--capitals] [--plain] [--held-out] [FILE.jsonl...]

``--plain`` leaves out what the article says as a whole, ``--capitals`` scores the texts in capitals,
``--held-out`` adds the articles of our own corpus that no training has seen.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.pipeline import Pipeline, load_pipeline
from training.corpora import articles, held_out, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reader.language.entities.labels import TypedSpan

TYPES = ("PERSON", "PLACE", "ORG")
Item = tuple[int, int, str]


def held_out_records() -> list[dict[str, Any]]:
    """The held-out articles with text and entities."""
    return [record for record in articles() if held_out(record)]


def find(pipeline: Pipeline, text: str, plain: bool = False) -> list[TypedSpan]:
    """The mentions of an article whose paragraphs are its lines, as the engine finds them."""
    matches = list(re.finditer(r"[^\n]+", text))
    spans = []
    for match, found in zip(matches, pipeline.mentions(m.group() for m in matches), strict=True):
        spans += [s._replace(start=s.start + match.start(), end=s.end + match.start()) for s in found]
    return spans if plain else consistent(text, spans)


class Tally:
    """Counts of exact matches; ``line`` prints precision, recall and F per cent."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, gold: Iterable[Item], found: Iterable[Item]) -> None:
        wanted, got = set(gold), set(found)
        self.hit.update(kind for _, _, kind in wanted & got)
        self.found.update(kind for _, _, kind in got)
        self.gold.update(kind for _, _, kind in wanted)

    def score(self, kinds: Iterable[str] = TYPES) -> tuple[float, float, float]:
        hit, found, gold = (sum(c[kind] for kind in kinds) for c in (self.hit, self.found, self.gold))
        precision, recall = hit / max(found, 1), hit / max(gold, 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)

    def line(self) -> str:
        each = "  ".join(f"{kind} {100 * self.score([kind])[2]:.1f}" for kind in TYPES)
        precision, recall, both = (100 * value for value in self.score())
        gold = sum(self.gold[kind] for kind in TYPES)
        return f"F {both:.1f} (P {precision:.1f} R {recall:.1f})  {each}  gold {gold}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--pipeline")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--capitals", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--regions", action="store_true")
    arguments = parser.parse_args()
    pipeline = load_pipeline(arguments.pipeline)
    sets = {path.stem: list(lines(path)) for path in arguments.files}
    if arguments.held_out:
        sets["held-out tenth"] = held_out_records()
    for name, records in sets.items():
        total, parts, words = Tally(), dict[str, Tally](), 0
        started = time.perf_counter()
        for record in records:
            text = record["text"]
            if arguments.capitals:
                capitals = text.upper()
                if len(capitals) != len(text):
                    capitals = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
                text = capitals
            words += len(text.split())
            gold = [(e[0], e[1], e[2]) for e in record["entities"] if e[2] in TYPES]
            spans = find(pipeline, text, arguments.plain)
            found = [(m.start, m.end, e.type) for e in cluster(text, spans) for m in e.mentions]
            total.add(gold, found)
            for part, a, b in slices(record):
                tally = parts.setdefault(part, Tally())
                tally.add([g for g in gold if a <= g[0] < b], [f for f in found if a <= f[0] < b])
        seconds = time.perf_counter() - started
        print(f"{name}: {total.line()}  {words / seconds:.0f} words/s")
        for part in sorted(parts):
            if part.startswith("·") or arguments.regions:
                print(f"    {part:24s} {parts[part].line()}")


def slices(record: dict[str, Any]) -> Iterable[tuple[str, int, int]]:
    """What a text's parts are reported under: its region, its first line, its short lines, the rest."""
    text = record["text"]
    region = record.get("region") or re.split(r"[_-]", str(record["id"]))[0]
    yield str(region), 0, len(text) + 1
    for number, match in enumerate(re.finditer(r"[^\n]+", text)):
        short = len(match.group().split()) <= 14
        part = "·first line" if number == 0 and short else "·other short line" if short else "·body"
        yield part, match.start(), match.end() + 1


if __name__ == "__main__":
    main()
