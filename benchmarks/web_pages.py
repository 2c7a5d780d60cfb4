"""How much of an article is found on web pages, and how much else: ours against the extractor alone.

python -m benchmarks.web_pages              both halves, one line each
python -m benchmarks.web_pages tuned -v     every page, with what was lost and what should have gone
python -m benchmarks.web_pages cost         a page of 1 MB, ours against the extractor with its metadata

The pages are made here: layouts after real content systems (`pages/tuned`, looked at while rules were
written, and `pages/unseen`, which were not) filled with articles of our own corpus, two for each layout.
"""

from __future__ import annotations

import itertools
import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from benchmarks.figures import Figure, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
CORPUS = HERE.parent / "training" / "corpus"
PAGES = HERE / "pages"
_FIELD = re.compile(r"\{\{(\w+) ?([^{}]*)\}\}")
_WORD = re.compile(r"\w+")


@dataclass
class Story:
    """An article to fill a layout with, and what of it has been used: the gold."""

    title: str
    paragraphs: list[str]
    others: Iterator[tuple[str, str]]
    number: int
    gold: list[str] = field(default_factory=list)
    neutral: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        last = self.paragraphs.pop()
        self.standfirst = re.split(r"(?<=[.!?])\s", last)[0]
        self.left = list(self.paragraphs)

    def next(self) -> str:
        """Take the next paragraph."""
        text = (
            self.left.pop(0) if self.left else f"The count of the day was {len(self.gold)}, the clerk said."
        )
        self.gold.append(text)
        return escape(text, quote=False)

    def field(self, match: re.Match[str]) -> str:
        """Return what stands for a field of a layout that was found in it."""
        return self.value(match[1], match[2])

    def value(self, name: str, argument: str) -> str:
        """Return what stands for a field of a layout."""
        month = 1 + self.number % 12
        day = f"2024-{month:02}-{10 + self.number % 17}"
        if name == "title":
            return escape(self.title, quote=False)
        if name == "json":
            return json.dumps(self.title)
        if name == "body":
            self.body = True
            return "\0BODY\0"
        if name == "date":
            return day
        if name == "longdate":
            return f"{time.strftime('%B', (2024, month, 1, 0, 0, 0, 0, 1, 0))} {day[-2:]}, 2024"
        if name == "author":
            return ("Marta Quill", "Osric Vane", "Ines Calloway", "Gideon Starke")[self.number % 4]
        if name in ("rel", "junk"):
            title, paragraph = next(self.others)
            return escape(title if name == "rel" else paragraph, quote=False)
        if name == "caption":
            text = f"The pier at Lower Brill on the evening of day {self.number}, seen from the water."
            self.neutral.append(text)
            return text
        if name == "repeat":
            sentence = re.split(r"(?<=[.!?])\s", self.gold[0])[0]
            return escape(sentence, quote=False)
        if name == "next":
            return self.next()
        if name == "paras":
            return self.paras(argument)
        text = {
            "standfirst": self.standfirst,
            "subhead": f"What the {('clerk', 'mayor', 'board')[self.number % 3]} did not say",
            "quote": f"We have waited {self.number + 3} years for this wall and we can wait for one more.",
            "item": f"Pier {len(self.gold)}: closed until the summer of 2025",
            "gold": argument,
        }[name]
        self.gold.append(text)
        return escape(text, quote=False)

    def paras(self, argument: str) -> str:
        """Return several paragraphs, each in the element that is named, or joined as text."""
        count, tag, *names = argument.split()
        number = max(1, len(self.left)) if count == "rest" else int(count)
        texts = [self.next() for _ in range(number)]
        if tag == "text":
            return " ".join(texts)
        if tag == "br":
            return "<br><br>".join(texts)
        name = f' class="{names[0]}"' if names else ""
        return "\n".join(f"<{tag}{name}>{text}</{tag}>" for text in texts)


def stories() -> list[tuple[str, list[str]]]:
    """Return title and paragraphs of our corpus's articles, the long ones."""
    found = []
    for path in sorted(CORPUS.glob("*.xml")):
        for article in ElementTree.parse(path).getroot():
            texts = {
                tag: [" ".join("".join(e.itertext()).split()) for e in article.iter(tag)]
                for tag in ("title", "p")
            }
            if texts["title"] and len(texts["p"]) >= 7:
                found.append((texts["title"][0], texts["p"]))
    return found


def pages(half: str) -> Iterator[tuple[str, str, Story]]:
    """Yield name, markup and story of every page of a half ("tuned" or "unseen")."""
    known = stories()
    for number, path in enumerate(sorted((PAGES / half).glob("*.html"))):
        layout = path.read_text(encoding="utf-8")
        for copy in (0, 1):
            at = (number * 7 + copy * 61 + (half == "unseen") * 31) % len(known)
            others = itertools.cycle([(t, p[0]) for t, p in known[at + 5 : at + 40] + known[:at]])
            story = Story(known[at][0], list(known[at][1]), others, number * 2 + copy)
            html = _FIELD.sub(story.field, layout)
            if "\0BODY\0" in html:
                if not story.gold:
                    story.gold += story.paragraphs
                html = html.replace("\0BODY\0", json.dumps("\n\n".join(story.gold)))
            yield f"{path.stem}-{copy}", html, story


def score(text: str, story: Story) -> tuple[float, float, float, list[str]]:
    """Return precision, recall and F1 of words, and the gold paragraphs that are missing."""
    for neutral in (*story.neutral, story.title):
        text = text.replace(neutral, " ")
    gold = Counter(_WORD.findall(" ".join(story.gold).casefold()))
    found = Counter(_WORD.findall(text.casefold()))
    common = sum((gold & found).values())
    precision = common / max(1, sum(found.values()))
    recall = common / max(1, sum(gold.values()))
    squeezed = "".join(_WORD.findall(text.casefold()))
    lost = [each for each in story.gold if "".join(_WORD.findall(each.casefold())) not in squeezed]
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), lost


def ours(html: str) -> str:
    """Return the article's text as On Record reads it."""
    from reader.ingest.assembly import Draft
    from reader.ingest.formats.html import extract

    return "\n".join(item.text for item in extract(html)[0] if isinstance(item, Draft))


def plain(html: str) -> str:
    """Return the article's text as trafilatura gives it."""
    from trafilatura import extract

    return extract(html, include_comments=False) or ""


def measure(halves: Sequence[str] = ("tuned", "unseen"), *, verbose: bool = False) -> Iterator[Figure]:
    """The scores of each half; ``verbose`` shows every page that is not perfect."""
    for half in halves:
        yield from _scores(half, verbose=verbose)


def _scores(half: str, *, verbose: bool) -> Iterator[Figure]:
    made = list(pages(half))
    for name, reading in (("trafilatura", plain), ("ours", ours)):
        rows = []
        for page, html, story in made:
            text = reading(html)
            row = score(text, story)
            rows.append((row, len(story.gold) - len(row[3]), len(story.gold)))
            if verbose and name == "ours" and row[2] < 0.9999:
                print(f"  {page:28} P {row[0]:.3f} R {row[1]:.3f} F {row[2]:.3f}")
                for lost in row[3]:
                    print(f"      LOST {lost[:100]}")
                gold = "".join(_WORD.findall(" ".join([*story.gold, *story.neutral, story.title]).casefold()))
                for line in text.split("\n"):
                    if "".join(_WORD.findall(line.casefold())) not in gold:
                        print(f"      MORE {line[:100]}")
        means = [statistics.mean(figure) for figure in zip(*(row[0][:3] for row in rows), strict=True)]
        recalled = sum(row[1] for row in rows) / sum(row[2] for row in rows)
        where = f"{len(rows)} {half} pages: {'On Record' if name == 'ours' else name}"
        for what, value in zip(("precision", "recall", "F"), means, strict=True):
            yield Figure(f"words of the article, {what}, {where}", 100 * value, "%")
        yield Figure(f"paragraphs recalled, {where}", 100 * recalled, "%")


def cost() -> Iterator[Figure]:
    """The processor time of a page of 1 MB, the best of five, and its ratio to the extractor's."""
    from trafilatura import bare_extraction

    from benchmarks.cleaning import page

    html = page(9_500)
    best = {}
    for name, reading in (
        ("ours", ours),
        ("trafilatura", lambda text: bare_extraction(text, with_metadata=True)),
    ):
        times = []
        for _ in range(5):
            began = time.process_time()
            reading(html)
            times.append(time.process_time() - began)
        best[name] = min(times)
    for name, seconds in best.items():
        yield Figure(f"a page of 1 MB, {'On Record' if name == 'ours' else name}", seconds, "s")
    yield Figure("a page of 1 MB: On Record ÷ trafilatura", best["ours"] / best["trafilatura"], "×")


if __name__ == "__main__":
    chosen = [argument for argument in sys.argv[1:] if argument != "-v"]
    if chosen == ["cost"]:
        show(cost())
    else:
        show(measure(chosen or ("tuned", "unseen"), verbose="-v" in sys.argv))
