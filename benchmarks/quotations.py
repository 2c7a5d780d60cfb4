"""Measure quotations and speakers: overall, by construction and source, calibration, ablations, time.

usage: python -m benchmarks.quotations [ARTICLES.jsonl ...] [--held-out] [--ablations] [--errors N]

Annotated articles are described in training/quotations/articles.py. ``--held-out`` adds the tenth of our own
corpus that nothing was trained on. A quotation counts as found when it shares over half of the union with an
annotated one of the same paragraph; a speaker is right when it overlaps the annotated source's head.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.language.analyser import analyse
from reader.language.attribution import attribute
from reader.language.attribution.scenes import scenes_of
from reader.language.attribution.sieve import sift
from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.pipeline import load_pipeline
from reader.language.quotations import QuotedSpan, find_quotations
from reader.language.quotations.finder import paragraphs, stretches_by_paragraph
from reader.model.analysis import Quotation, Speaker
from reader.model.article import Article, Block
from training.quotations.articles import from_corpus, from_jsonl, matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reader.language.pipeline import Pipeline, TypedSpan
    from reader.model.analysis import Entity
    from training.quotations.articles import GoldArticle, Unit


@dataclass
class Read:
    """An article with the named mentions that the pipeline finds in it."""

    gold: GoldArticle
    spans: list[TypedSpan]


@dataclass
class Score:
    """Counts of one run."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    right: int = 0
    spurious: int = 0
    sources: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    constructions: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def f(self, count: int) -> float:
        """The F score, in per cent, of a count of right answers."""
        return 200 * count / max(1, self.gold + self.found + self.spurious)


def score(articles: Iterable[Read], run: Callable[[Read], list[Quotation]]) -> Score:
    """Compare a run with the annotation."""
    total = Score()
    for article in articles:
        _add(total, article.gold, run(article))
    return total


def _add(total: Score, gold: GoldArticle, quotations: Sequence[Quotation]) -> None:
    matched, touching = matches(gold.units, [(q.start, q.end) for q in quotations])
    by_unit = {(unit.start, unit.end): quotations[index] for index, unit in matched.items()}
    for unit in gold.units:
        if unit.kind in ("scare", "turn"):  # nothing in marks that anybody says
            continue
        quotation = by_unit.get((unit.start, unit.end))
        speaker = quotation.speaker if quotation else None
        if unit.head is None:
            right = quotation is not None and speaker is None
        else:
            right = speaker is not None and speaker.start < unit.head[1] and unit.head[0] < speaker.end
            if unit.kind == "full":
                total.sources[unit.source_kind or "?"][str(right)] += 1
            total.constructions[construction(gold.text, unit)][str(right)] += 1
        total.gold += 1
        total.right += right
        if quotation is not None:
            total.found += 1
            total.exact += abs(quotation.start - unit.start) <= 1 and abs(quotation.end - unit.end) <= 1
            total.confidences.append((quotation.confidence, right))
        if not right:
            total.errors.append(_error(gold, unit, quotation))
    for index, quotation in enumerate(quotations):
        if index not in matched and index not in touching:
            total.spurious += 1
            total.confidences.append((quotation.confidence, False))
            total.errors.append(_error(gold, None, quotation))


def construction(text: str, unit: Unit) -> str:
    """Where the source stands: in which paragraph, on which side, with how much in between."""
    assert unit.head is not None
    start, end = unit.head
    if "\n" in text[min(end, unit.start) : max(start, unit.end)].strip():
        return "other paragraph"
    woven = unit.kind == "mixed"
    if end <= unit.start:
        between = text[end : unit.start]
        side = "before"
    else:
        between = text[unit.end : start]
        side = "after"
    if "according to" in text[max(0, start - 15) : start].lower():
        return "according to"
    if any(mark in between for mark in '“”"‘'):
        return "another quotation in between"
    if woven:
        return f"partial, speaker {side}"
    if side == "after":
        return "“Q,” said S" if len(between.split()) else "“Q,” S said"
    return "S said: “Q”" if not any(stop in between for stop in ".?!") else "speaker in an earlier sentence"


def _error(gold: GoldArticle, unit: Unit | None, quotation: Quotation | None) -> str:
    text = gold.text
    start, end = (unit.start, unit.end) if unit else (quotation.start, quotation.end) if quotation else (0, 0)
    got = text[quotation.speaker.start : quotation.speaker.end] if quotation and quotation.speaker else None
    want = text[unit.head[0] : unit.head[1]] if unit and unit.head else None
    kind = "spurious" if unit is None else "missed" if quotation is None else "speaker"
    context = text[max(0, start - 160) : start], text[start : start + 60], text[end : end + 100]
    return (
        f"{kind} [{gold.identity}] got {got!r}, want {want!r}, {quotation and quotation.evidence}: {context}"
    )


def reliability(
    confidences: Sequence[tuple[float, bool]], edges: Sequence[float]
) -> Iterator[tuple[str, int, float, float]]:
    """For each band of confidence: how many, mean confidence, share right (per cent)."""
    for low, high in pairwise(edges):
        inside = [(c, right) for c, right in confidences if low <= c < high]
        if inside:
            mean = 100 * sum(c for c, _ in inside) / len(inside)
            yield (
                f"{low:.2f}-{min(high, 1):.2f}",
                len(inside),
                mean,
                100 * sum(r for _, r in inside) / len(inside),
            )


def entities_of(article: Read) -> tuple[Entity, ...]:
    """The article's clustered entities."""
    return cluster(article.gold.text, consistent(article.gold.text, article.spans))


def runs(pipeline: Pipeline) -> dict[str, Callable[[Read], list[Quotation]]]:
    """The whole system and what is left of it without each part."""

    def whole(
        article: Read, *, parse: Any = pipeline.parse, entities: bool = True, judge: bool = True
    ) -> list[Quotation]:
        text = article.gold.text
        if judge:
            quoted = find_quotations(text, ())
        else:
            quoted = [
                QuotedSpan(s.start, s.end, "direct" if s.end - s.start > 30 else "partial")
                for _, _, stretches in stretches_by_paragraph(text, ())
                for s in stretches
            ]
        known = entities_of(article) if entities else ()
        return [q for q in attribute(text, (), quoted, known, parse) if q is not None]

    def rules(article: Read) -> list[Quotation]:
        text = article.gold.text
        quoted = find_quotations(text, ())
        found = sift(scenes_of(text, (), quoted, entities_of(article), pipeline.parse))
        return [
            Quotation(
                f"q{number}",
                span.kind,
                span.start,
                span.end,
                None,
                Speaker(rule.candidate.start, rule.candidate.end, None, None)
                if rule and rule.candidate
                else None,
                0.0,
                rule.reason if rule else "",
            )
            for number, span in enumerate(quoted)
            for rule in [found.get(number)]
        ]

    def complete(article: Read) -> list[Quotation]:
        text = article.gold.text
        blocks = tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ()))
        found = analyse(Article(text, blocks), pipeline, any_language=True).quotations
        return [quotation for quotation in found if quotation.kind != "turn"]

    return {
        "everything": complete,
        "no reading by the encoder: masked text parsed": whole,
        "no ranker: rules on the parse": rules,
        "no parse, no ranker: cue patterns": lambda article: whole(article, parse=None),
        "no named entities": lambda article: whole(article, entities=False),
        "no judge: every stretch in marks": lambda article: whole(article, judge=False),
    }


def show(name: str, total: Score) -> None:
    """Print one run's figures on a line of a table."""
    direct = list(total.sources.values())
    right, count = sum(c["True"] for c in direct), sum(sum(c.values()) for c in direct)
    print(
        f"| {name} | {total.f(total.found):.1f} | {total.f(total.exact):.1f} | {total.f(total.right):.1f} "
        f"| {100 * right / max(1, count):.1f} of {count} |"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--ablations", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    pipeline = load_pipeline()
    sets: dict[str, list[GoldArticle]] = {path.stem: list(from_jsonl(path)) for path in options.files}
    if options.held_out:
        sets["our own, held out"] = list(from_corpus(kept_out=True))
    for name, articles in sets.items():
        words = sum(len(article.text.split()) for article in articles)
        started = time.process_time()
        reads = [Read(article, list(_mentions(article.text, pipeline))) for article in articles]
        entity_time = time.process_time() - started
        print(f"\n## {name}: {len(articles)} articles, {words} words\n")
        print("| | found F | exact F | end to end F | speaker of direct |\n|---|---|---|---|---|")
        kinds = runs(pipeline)
        started = time.process_time()
        total = score(reads, kinds["everything"])
        rest = time.process_time() - started
        show("everything", total)
        if options.ablations:
            for label, run in list(kinds.items())[1:]:
                show(label, score(reads, run))
        for title, table in (
            ("source of direct quotations", total.sources),
            ("construction", total.constructions),
        ):
            print(f"\n| {title} | right | of | % |\n|---|---|---|---|")
            for key, count in sorted(table.items(), key=lambda item: -sum(item[1].values())):
                number = sum(count.values())
                print(f"| {key} | {count['True']} | {number} | {100 * count['True'] / number:.1f} |")
        print("\n| confidence | quotations | mean confidence % | right % |\n|---|---|---|---|")
        for band in reliability(total.confidences, (0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)):
            print("| {} | {} | {:.1f} | {:.1f} |".format(*band))
        per = 1_000_000 / words
        print(f"\nprocessor ms per 1,000 words: names {entity_time * per:.0f}, the rest {rest * per:.0f}")
        random.Random(0).shuffle(total.errors)
        for error in total.errors[: options.errors]:
            print("-", error)


def _mentions(text: str, pipeline: Pipeline) -> Iterator[TypedSpan]:
    spans = list(paragraphs(text, ()))
    for (start, _), inside in zip(spans, pipeline.mentions(text[a:b] for a, b in spans), strict=True):
        yield from (span._replace(start=span.start + start, end=span.end + start) for span in inside)


if __name__ == "__main__":
    main()
