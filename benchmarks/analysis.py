"""The analysis beside its neighbours: words a second, and who is right on the same articles.

    python -m benchmarks.analysis [speed|accuracy] [--neighbours PYTHON] [SET.jsonl ...]

Neighbours are spaCy's small English pipeline and textacy, in an environment of their own
(`make bench-neighbours`). Sets are annotated articles as training/quotations/articles.py describes; without
any the tenth of our own corpus that nothing was trained on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import HERE, Figure, Skipped, corpus, show, words_in
from benchmarks.quotations import Read, runs, score
from reader.language.analyser import analyse
from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.pipeline import load_pipeline
from reader.language.quotations.finder import paragraphs
from reader.model.analysis import Quotation, Speaker
from reader.model.article import Article, Block
from training.corpora import articles as own_articles
from training.corpora import held_out, lines
from training.quotations.articles import from_corpus, from_jsonl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.language.pipeline import Pipeline, TypedSpan

WORDS = 12_000
NEIGHBOURS = HERE.parent / ".neighbours" / "bin" / "python"
_TYPES = ("PERSON", "PLACE", "ORG")


def neighbours(texts: Iterable[str], python: Path, *, find: bool = False) -> dict[str, Any]:
    """Let the neighbours read articles. Raises :class:`Skipped` when they are not installed."""
    if not python.exists():
        raise Skipped("no neighbours are installed: make bench-neighbours")
    given = [[(start, text[start:end]) for start, end in paragraphs(text, ())] for text in texts]
    command = [str(python), str(HERE / "neighbour.py"), *["find"] * find]
    run = subprocess.run(command, input=json.dumps(given), text=True, capture_output=True, check=False)
    if run.returncode:
        raise Skipped(f"the neighbours fail: {run.stderr.strip().splitlines()[-1]}")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def speed(python: Path = NEIGHBOURS, rounds: int = 3) -> Iterator[Figure]:
    """Words per second of processor time, and ratios to the neighbours over the same paragraphs."""
    taken: list[list[str]] = []
    for paragraphs_of_one in corpus():
        taken.append(paragraphs_of_one)
        if words_in(taken) >= WORDS:
            break
    words = words_in(taken)
    pipeline = load_pipeline()
    articles = [_article(each) for each in taken]
    analyse(articles[0], pipeline)
    times: dict[str, list[float]] = {"everything": [], "names": []}
    others: dict[str, list[float]] = {"pipe": [], "quotations": []}
    trouble = None
    for _ in range(rounds):
        started = time.process_time()
        for article in articles:
            analyse(article, pipeline)
        times["everything"].append(time.process_time() - started)
        started = time.process_time()
        for article in articles:
            _names(article, pipeline)
        times["names"].append(time.process_time() - started)
        try:
            other = neighbours((article.text for article in articles), python)
        except Skipped as error:
            trouble = error
            continue
        for name, values in others.items():
            values.append(other[name])
    yield Figure("On Record: everything", words / statistics.median(times["everything"]), "words/s")
    yield Figure("On Record: names alone", words / statistics.median(times["names"]), "words/s")
    if trouble:
        raise trouble
    yield Figure("spaCy small, bare nlp.pipe", words / statistics.median(others["pipe"]), "words/s")
    both = [pipe + said for pipe, said in zip(*others.values(), strict=True)]
    yield Figure("textacy's quotations, its parse included", words / statistics.median(both), "words/s")
    for name, label in (("everything", "everything"), ("names", "names alone")):
        ratios = [ours / theirs for ours, theirs in zip(times[name], others["pipe"], strict=True)]
        yield Figure(f"time of {label} ÷ spaCy small", statistics.median(ratios), "×")


def accuracy(sets: Sequence[Path] = (), python: Path = NEIGHBOURS) -> Iterator[Figure]:
    """F of names (exact span and type) and of quotations with their speakers, each beside the neighbour's."""
    pipeline = load_pipeline()
    named: dict[str, list[dict[str, Any]]] = {}
    quoted = {}
    for path in sets:
        records = list(lines(path))
        if records and "quotations" in records[0]:
            quoted[path.stem] = list(from_jsonl(path))
        elif records:
            named[path.stem] = records
    if not sets:
        named["own, held out"] = [record for record in own_articles() if held_out(record)]
        quoted["own, held out"] = list(from_corpus(kept_out=True))
    trouble = None
    for label, records in named.items():
        ours = [_spans(record["text"], pipeline) for record in records]
        yield Figure(f"names, {label} ({len(records)} articles): On Record", _f(records, ours), "F")
        try:
            theirs = neighbours((record["text"] for record in records), python, find=True)["found"]
        except Skipped as error:
            trouble = error
            continue
        yield Figure(
            f"names, {label}: spaCy small",
            _f(records, [{(s, e, kind) for s, e, kind in each["entities"]} for each in theirs]),
            "F",
        )
    for label, gold in quoted.items():
        reads = [Read(article, []) for article in gold]
        total = score(reads, runs(pipeline)["everything"])
        yield Figure(
            f"quotations with their speaker, {label} ({len(gold)} articles): On Record",
            total.f(total.right),
            "F",
        )
        try:
            theirs = neighbours((article.text for article in gold), python, find=True)["found"]
        except Skipped as error:
            trouble = error
            continue
        by_text = {
            article.text: [_quotation(found) for found in each["quotations"]]
            for article, each in zip(gold, theirs, strict=True)
        }
        total = score(reads, partial(_looked_up, by_text))
        yield Figure(f"quotations with their speaker, {label}: textacy", total.f(total.right), "F")
    if trouble:
        raise trouble


def _article(paragraphs: list[str]) -> Article:
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", at, at + len(paragraph)))
        at += len(paragraph) + 2
    return Article("\n\n".join(paragraphs), tuple(blocks))


def _names(article: Article, pipeline: Pipeline) -> list[TypedSpan]:
    text = article.text
    spans: list[TypedSpan] = []
    found = pipeline.mentions(text[block.start : block.end] for block in article.blocks)
    for block, inside in zip(article.blocks, found, strict=True):
        spans += (
            span._replace(start=span.start + block.start, end=span.end + block.start) for span in inside
        )
    spans = consistent(text, spans)
    cluster(text, spans)
    return spans


def _spans(text: str, pipeline: Pipeline) -> set[tuple[int, int, str]]:
    blocks = tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ()))
    found = analyse(Article(text, blocks), pipeline, any_language=True)
    return {(m.start, m.end, each.type) for each in found.entities for m in each.mentions}


def _f(records: Sequence[dict[str, Any]], found: Sequence[set[tuple[int, int, str]]]) -> float:
    right = wanted = given = 0
    for record, spans in zip(records, found, strict=True):
        gold = {(start, end, kind) for start, end, kind, *_ in record["entities"] if kind in _TYPES}
        right += len(gold & spans)
        wanted += len(gold)
        given += len(spans)
    return 200 * right / max(1, wanted + given)


def _looked_up(found: dict[str, list[Quotation]], read: Read) -> list[Quotation]:
    return found[read.gold.text]


def _quotation(found: dict[str, Any]) -> Quotation:
    start, end = found["speaker"] or (0, 0)
    speaker = Speaker(start, end, None, None) if found["speaker"] else None
    return Quotation(f"q{found['start']}", "direct", found["start"], found["end"], None, speaker, 1.0, "")


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["speed", "accuracy"])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--neighbours", type=Path, default=NEIGHBOURS)
    options = parser.parse_args()
    python = options.neighbours
    show(speed(python) if options.what == "speed" else accuracy(options.sets, python))


if __name__ == "__main__":
    main()
