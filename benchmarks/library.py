"""How fast the library answers, and how large it is: generated articles of 500 words.

    python -m benchmarks.library 100 10000 100000

Prints a line for each question, on the clock and on the processor, which other programs disturb less; what
keeping an article takes, and bytes per article. The articles are invented: words and names as frequent as in
language (Zipf), three quotations each. With --folder the libraries stay there, and those that are there
already are asked without being filled.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from contextlib import nullcontext
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import library_screen
from benchmarks.figures import Figure, median, show
from reader.library.library import Library
from reader.library.queries import parse
from reader.library.reading import keep
from reader.library.roster import called, roster
from reader.model.analysis import Analysis, Entity, Mention, PipelineInfo, Quotation, Speaker
from reader.model.article import Article, Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = 500
QUOTATIONS = 3
PEOPLE = 5_000
PIPELINE = PipelineInfo("generated", "1")
ROLES = ("minister", "coach", "singer", "nurse", "banker", "farmer", "judge", "bishop")
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "or")]


class Generator:
    """Invented articles, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        # Common words are short, as in language.
        self.words = [self._word(1 + n.bit_length() // 6) for n in range(20_000)]
        self.names = [f"{self._word(2).title()} {self._word(3).title()}" for _ in range(PEOPLE)]
        self._common = list(accumulate(1 / (n + 2) for n in range(len(self.words))))
        self._known = list(accumulate(1 / (n + 20) for n in range(PEOPLE)))

    def _word(self, syllables: int) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=syllables))

    def sentence(self, size: int) -> str:
        """Return words that mean nothing."""
        return " ".join(self.chance.choices(self.words, cum_weights=self._common, k=size)).capitalize()

    def article(self, number: int) -> tuple[Article, Analysis]:
        """Return an article with its analysis."""
        text = self.sentence(7)
        title_end = len(text)
        people: dict[str, list[Mention]] = {}
        quotations = []
        text += "\n\n"
        for _ in range(QUOTATIONS):
            for _ in range(WORDS // QUOTATIONS // 20 - 1):
                text += self.sentence(20) + ". "
            who = self.chance.choices(range(PEOPLE), cum_weights=self._known)[0]
            name, role = self.names[who], ROLES[who % len(ROLES)]
            start = len(text)
            text += f"“{self.sentence(18)},”"
            end = len(text)
            text += f" said the {role} "
            people.setdefault(name, []).append(Mention(len(text), len(text) + len(name)))
            text += f"{name}. "
            quotations.append((start, end, name))
        entities = tuple(
            Entity(f"e{mentions[0].start}", "PERSON", name, (), tuple(mentions))
            for name, mentions in people.items()
        )
        ids = {entity.name: entity.id for entity in entities}
        said = tuple(
            Quotation(
                f"q{start}", "direct", start, end, None,
                Speaker(people[name][0].start, people[name][0].end, ids[name], name), 0.9, "",
            )
            for start, end, name in quotations
        )  # fmt: skip
        day = f"{2000 + number // 8_000 % 26}-{1 + number % 12:02}-{1 + number % 28:02}"
        article = Article(
            text,
            (Block("title", 0, title_end), Block("paragraph", title_end + 2, len(text))),
            title=text[:title_end],
            site=f"outlet{number % 40}.example",
            published=day,
            source=f"https://outlet{number % 40}.example/{number}",
        )
        return article, Analysis(entities, said, PIPELINE)


def timed(what: Callable[[], object], times: int = 40) -> tuple[list[float], list[float]]:
    """Return how long something takes, in milliseconds, several times: on the clock, and on the processor."""
    clock, processor = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), time.process_time()
        what()
        clock.append((time.perf_counter() - start) * 1e3)
        processor.append((time.process_time() - busy) * 1e3)
    return sorted(clock), sorted(processor)


def questions(library: Library, made: Generator) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is asked, with a question that differs every time."""
    chance = random.Random(2)
    ranks = (0, 3, 30, 300, 3_000)
    with library.database.reading() as connection:
        known: list[str] = [
            row[0]
            for row in connection.execute("SELECT speaker FROM quotation GROUP BY 1 ORDER BY count(*) DESC")
        ]

    def word() -> str:
        return made.words[chance.choice((5, 50, 500, 5_000))]

    def name() -> str:
        return known[min(chance.choice(ranks), len(known) - 1)]

    def person() -> int:
        return dossiers.find(name())[0].id

    def last_quotation() -> object:
        hit = library.search(f'by:"{known[0]}" has:quote', limit=1)[0]
        version = library.articles.get(str(hit.article.id)).version
        return dossiers.said_before(version, hit.quotation or "")

    def dossier() -> None:
        who = person()
        dossiers.get(who)
        dossiers.company(who)
        dossiers.said(who)
        dossiers.articles(who)

    def typing() -> None:
        whole = word()
        for end in range(1, len(whole) + 1):
            library.search(parse(whole[:end], typing=True))

    dossiers = library.dossiers
    yield "list, a page", lambda: library.articles.entries(limit=200)
    yield "list, how many", library.articles.count
    yield "list, outlets", library.articles.sites
    yield "search, newest first", lambda: library.search(word())
    yield "search, a word as it is typed", typing
    yield "search, two words", lambda: library.search(f"{word()} {word()}")
    yield "search, by rank", lambda: library.search(word(), order="rank")
    yield "search, by rank, commonest", lambda: library.search(made.words[0], order="rank")
    yield "search, by:NAME", lambda: library.search(f'by:"{name()}"')
    yield "search, by:NAME and a word", lambda: library.search(f'by:"{name()}" {word()}')
    yield "who", lambda: dossiers.find(name())
    yield "everybody, a page", lambda: roster(library.database)
    yield "everybody, as typed", lambda: called(library.database, name()[:3])
    yield "dossier", dossier
    yield "words over time", lambda: dossiers.over_time(person())
    yield "said before", last_quotation


def measure(size: int, folder: Path) -> Iterator[Figure]:
    """Fill a library, and ask it what readers ask."""
    library = Library(folder / f"{size}.db")
    made = Generator()
    kept = busy = 0.0
    for number in range(library.articles.count(), size):
        article, analysis = made.article(number)
        start, before = time.perf_counter(), time.process_time()
        keep(library, article, analysis)
        kept += time.perf_counter() - start
        busy += time.process_time() - before
    library.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    named = f"{size:,} articles"
    if kept:
        yield Figure(f"keeping one, {named}", kept / size * 1e3, "ms")
        yield Figure(f"keeping one, on the processor, {named}", busy / size * 1e3, "ms")
    yield Figure(f"file, an article, {named}", library.path.stat().st_size / size / 1e3, "kB")
    for what, ask in questions(library, made):
        clock, processor = timed(ask)
        yield median(f"{what}, {named}", clock, "ms")
        yield median(f"{what}, on the processor, {named}", processor, "ms")
    library.close()
    yield from library_screen.measure(library.path, named)


def main() -> None:
    """Measure every size that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 10_000], metavar="ARTICLES")
    parser.add_argument("--folder", help="where the libraries are, or are to stay")
    asked = parser.parse_args()
    with nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            show(measure(size, Path(folder)))


if __name__ == "__main__":
    main()
