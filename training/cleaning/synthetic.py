"""Pages put together at random: an article of our own corpus, widgets around and inside it.

``widgets.txt`` holds what pages say around articles, ``keepers.txt`` short lines that are an article's own.
Everything is drawn from a seeded generator, so that a page is the same whenever it is made again.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import NamedTuple

from training.corpora import articles

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)\}")
_BYLINE = re.compile(r"By (?:[A-Z]\S+ ){2}.{0,120}$")
_SITES = "Valley Herald;The Tideline;Northern Standard;Daily Ledger;Radio Horizont;The Post;Echo".split(";")
_TAGS = """Politics;Environment;Health;Courts;Football;Technology;Africa;Housing;Education;Economy;Migration
;Climate;Film;Elections;Trade;Water;Energy;Opinion;Science;Local news;World;Business""".replace(
    "\n", ""
).split(";")
_CITIES = "Gulu;Trieste;Bergen;Leeds;Quito;Adelaide;Tallinn;Kano;Izmir;Ohio;Cebu;Nagoya;Lille;Oaxaca".split(
    ";"
)
_FIRST = "Ana;Tom;Mairi;Joseph;Lena;Ibrahim;Priya;Carlos;Wei;Fatou;Erik;Nour;Grace;Dmitri;Ingrid".split(";")
_LAST = "Ruiz;Day;Okafor;Lindqvist;Mehta;Costa;Haddad;Novak;Gunn;Tanaka;Bello;Moreau;Petrov;Walsh".split(";")
_MONTHS = "Jan;February;March;Apr;May;June;July;August;Sept;October;November;Dec".split(";")


class _Block(NamedTuple):
    kind: str
    place: str
    lines: list[str]


def _blocks(name: str) -> list[_Block]:
    blocks: list[_Block] = []
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind, _, place = line.strip("[]").partition(" | ")
            blocks.append(_Block(kind, place, []))
        elif line and not line.startswith("#"):
            blocks[-1].lines.append(line)
    return blocks


class Maker:
    """Makes pages from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._widgets, self._keepers = _blocks("widgets.txt"), _blocks("keepers.txt")
        self._articles = [record["text"].split("\n\n") for record in articles()]

    def page(self) -> list[tuple[str, str]]:
        """Make one page: lines with their labels, T title, A article, B byline, J junk."""
        draw = self._random
        title, *paragraphs = draw.choice(self._articles)
        paragraphs = [line for line in paragraphs if len(line.split()) > 5][: draw.randint(2, 16)]
        lines = [("T", title)]
        if draw.random() < 0.3:
            lines += self._kept("start")
        for place, paragraph in enumerate(paragraphs):
            lines.append(("B" if _BYLINE.match(paragraph) else "A", paragraph))
            last = place == len(paragraphs) - 1
            if not last and draw.random() < 0.12:
                lines += self._kept("middle")
            elif not last and draw.random() < 0.08:
                lines += self._junk("any", 0.9)
        if draw.random() < 0.4:
            lines += self._kept("end")
        if draw.random() < 0.12:
            return lines
        head = [line for _ in range(draw.choice((0, 0, 1, 1, 2, 3))) for line in self._junk("head", 0.5)]
        under = self._junk("any", 0.7) if draw.random() < 0.3 else []
        tail = [line for _ in range(draw.choice((0, 1, 1, 2, 3, 4, 6))) for line in self._junk("tail", 0.7)]
        return [*head, lines[0], *under, *lines[1:], *tail]

    def _kept(self, place: str) -> list[tuple[str, str]]:
        block = self._random.choice([block for block in self._keepers if block.place == place])
        return [("A", self._filled(line)) for line in block.lines]

    def _junk(self, place: str, whole: float) -> list[tuple[str, str]]:
        draw = self._random
        block = draw.choice([block for block in self._widgets if block.place in (place, "any")])
        lines = block.lines
        if len(lines) > 2 and draw.random() > whole:
            first = draw.randrange(len(lines) - 1)
            lines = lines[first : first + draw.randint(2, len(lines))]
        if len(lines) > 3:
            lines = [line for line in lines if draw.random() < 0.85]
        shout = draw.random() < 0.1
        filled = [self._filled(line) for line in lines]
        return [("J", line.upper() if shout else line) for line in filled]

    def _filled(self, line: str) -> str:
        return _SLOT.sub(lambda match: self._slot(match[1]), line)

    def _slot(self, name: str) -> str:
        draw = self._random
        match name:
            case "count":
                return str(draw.choice((draw.randint(0, 9), draw.randint(10, 99), draw.randint(100, 4000))))
            case "name":
                return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"
            case "headline":
                return str(draw.choice(self._articles)[0]).rstrip(".")
            case "sentence":
                return str(draw.choice([line for line in draw.choice(self._articles)[1:] if line]))[:160]
            case "site":
                return draw.choice(_SITES)
            case "date":
                return f"{draw.choice(_MONTHS)} {draw.randint(1, 28)}, {draw.randint(2009, 2025)}"
            case "time":
                return f"{draw.randint(0, 23)}:{draw.randint(0, 59):02}"
            case "price":
                return f"{draw.choice('$£€')}{draw.choice((1, 3, 5, 9.99, 10, 25, 50, 100))}"
            case "mail":
                return f"{draw.choice(_LAST).lower()}@{draw.choice(_SITES).split()[-1].lower()}.example"
            case "tag":
                return draw.choice(_TAGS)
            case "city":
                return draw.choice(_CITIES)
        raise ValueError(f"no such slot: {name}")
