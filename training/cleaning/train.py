"""Learn what stands around articles, and write ``reader/ingest/cleaning/data/weights.json``.

python -m training.cleaning.train --labelled pages.jsonl --notes raw.notes FOLDER --write

Three things are learnt, one on top of the other: how furniture is worded (a linear model of shapes and
words), where it stands (small boosted trees), and which line is the title (a linear model). Whatever a later
model sees of an earlier one comes from folds that the earlier one was not trained on. The operating point is
the least strict one at which no fold loses a line of a real text; texts made at random teach, but do not
decide.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from reader.ingest.cleaning import evidence
from reader.ingest.cleaning.furniture import judge_by_rules
from reader.ingest.cleaning.neighbourhood import judge_neighbourhood, title_rows, wordings
from reader.ingest.cleaning.surroundings import Surroundings
from reader.ingest.cleaning.weights import PATH, Weights, fingerprint
from training.cleaning import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ingest.cleaning.judgement import Judgement
    from training.cleaning.documents import Document

FOLDS, INNER = 5, 4
LENIENT = (0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99)
STRICT = (0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 1.01)
MARGIN = 0.5  # of the way from there to certainty
MADE = 500
TREES, DEPTH = 150, 3
SLIGHT = 0.08  # weights of words below this are left out


@dataclass
class Case:
    """A labelled text with what the rules say of it."""

    document: Document
    judged: Judgement
    removed: list[bool]
    terms: list[set[str]]
    shapes: list[list[bool]]
    weight: float

    @property
    def real(self) -> bool:
        """Whether somebody published it, rather than chance."""
        return not self.document.name.startswith("made/")

    def taught(self, index: int) -> bool:
        """Whether a line's label is one of the two that are told apart."""
        return self.document.labels[index] in "TAJ"

    def junk(self, index: int) -> bool:
        return self.document.labels[index] == "J"


def case(document: Document) -> Case:
    """Prepare a text. A page with ten thousand lines of furniture must not outweigh all others."""
    judged = judge_by_rules(document.lines)
    words = [evidence.tokens(line.text) for line in judged.seen]
    junk = document.labels.count("J")
    weight = min(1.0, (15 / junk) ** 0.5 if junk else 1.0)
    return Case(
        document,
        judged,
        [reason is not None for reason in judged.reasons],
        [evidence.terms(found) for found in words],
        [evidence.wording(line, found) for line, found in zip(judged.seen, words, strict=True)],
        weight * (0.35 if document.name.startswith("made/") else 1.0),
    )


def parted(cases: Sequence[Case], count: int, seed: int) -> Iterator[tuple[list[Case], list[Case]]]:
    """Part cases into folds, keeping groups together: yields (to train on, to apply to)."""
    groups = sorted({each.document.group for each in cases})
    np.random.default_rng(seed).shuffle(groups)
    fold = {group: number % count for number, group in enumerate(groups)}
    for kept in range(count):
        yield (
            [each for each in cases if fold[each.document.group] != kept],
            [each for each in cases if fold[each.document.group] == kept],
        )


def learn_wording(cases: Sequence[Case]) -> tuple[float, list[float], dict[str, float]]:
    """Fit the linear model of shapes and words: bias, weights of shapes, weights of words."""
    seen = Counter[str]()
    for each in cases:
        # What chance put into an article says nothing about articles; its furniture is what pages say.
        lines = [terms for index, terms in enumerate(each.terms) if each.real or each.junk(index)]
        seen.update(dict.fromkeys(set().union(*lines), 1 if each.real else 0.34))
    words = {term: number for number, term in enumerate(sorted(t for t, n in seen.items() if n >= 3))}
    shapes = len(evidence.SHAPES)
    rows, columns, values, weights = [], [], [], []
    labels: list[bool] = []
    for each in cases:
        for index, (shape, terms) in enumerate(zip(each.shapes, each.terms, strict=True)):
            if not each.taught(index):
                continue
            known = [shapes + words[term] for term in terms if term in words]
            true = [column for column, value in enumerate(shape) if value]
            rows += [len(labels)] * (len(true) + len(known))
            columns += true + known
            values += [1.0] * len(true) + [max(1, len(known)) ** -0.5] * len(known)
            labels.append(each.junk(index))
            weights.append(each.weight)
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(labels), shapes + len(words)))
    model = LogisticRegression(C=0.3, solver="liblinear", max_iter=400)
    model.fit(matrix, labels, sample_weight=weights)
    learnt = [round(float(value), 3) for value in model.coef_[0]]
    kept = {
        term: learnt[shapes + number]
        for term, number in words.items()
        if abs(learnt[shapes + number]) >= SLIGHT
    }
    return round(float(model.intercept_[0]), 3), learnt[:shapes], kept


def learn_place(surrounded: Sequence[tuple[Case, Surroundings]]) -> tuple[float, list[Any]]:
    """Fit the trees: base and trees."""
    rows, labels, weights = [], [], []
    for each, around in surrounded:
        for index in range(len(each.removed)):
            if each.taught(index) and not each.removed[index]:
                rows.append(around.row(index))
                labels.append(each.junk(index))
                weights.append(each.weight * (1 if each.junk(index) else 3))
    model = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=0.06,
        subsample=0.7,
        min_samples_leaf=30,
        max_features=0.4,
        random_state=1,
    )
    model.fit(np.array(rows, dtype=np.float32), labels, sample_weight=weights)
    base = float(np.log(model.init_.class_prior_[1] / model.init_.class_prior_[0]))
    return round(base, 4), [_node(stage[0].tree_, 0, model.learning_rate) for stage in model.estimators_]


def _node(tree: Any, index: int, rate: float) -> Any:
    if tree.children_left[index] < 0:
        return round(float(tree.value[index][0][0]) * rate, 4)
    return [
        int(tree.feature[index]),
        round(float(tree.threshold[index]), 4),
        _node(tree, tree.children_left[index], rate),
        _node(tree, tree.children_right[index], rate),
    ]


def learn_title(
    surrounded: Sequence[tuple[Case, Surroundings]], weights: Weights
) -> tuple[float, list[float]]:
    """Fit the linear model of titles: bias and weights."""
    rows, labels, sizes = [], [], []
    for each, around in surrounded:
        titles = {
            text
            for text, label in zip(each.document.lines, each.document.labels, strict=True)
            if label == "T"
        }
        if not titles:
            continue
        among = [weights.place(around.row(index)) for index in range(len(each.removed))]
        for index, row in title_rows(each.judged, around, among):
            rows.append(row)
            labels.append(each.document.lines[index] in titles)
            sizes.append((1.0 if each.real else 0.2) * (1 if labels[-1] else 3))
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(rows, float), labels, sample_weight=sizes)
    return round(float(model.intercept_[0]), 3), [round(float(value), 3) for value in model.coef_[0]]


def learn(cases: Sequence[Case], seed: int = 0) -> Weights:
    """Learn everything from these cases; the thresholds are left open."""
    surrounded = []
    for taught, asked in parted(cases, INNER, seed):
        fold = _unplaced(learn_wording(taught))
        surrounded += [
            (
                each,
                Surroundings(each.judged.seen, each.removed, wordings(each.judged.seen, each.removed, fold)),
            )
            for each in asked
        ]
    weights = _unplaced(learn_wording(cases))
    base, trees = learn_place(surrounded)
    weights = replace(weights, base=base, trees=trees)
    bias, title = learn_title(surrounded, weights)
    return replace(weights, title_bias=bias, title=title)


def _unplaced(worded: tuple[float, list[float], dict[str, float]]) -> Weights:
    return Weights(*worded, 0.0, [], 0.0, [], 1.01, 1.01)


@dataclass
class Score:
    """How many lines of furniture went, and which of the article's lines."""

    junk: int = 0
    gone: int = 0
    ruled: int = 0
    lines: int = 0
    lost: int = 0
    titled: int = 0
    titles: int = 0


def apply(each: Case, weights: Weights) -> Judgement:
    """Judge a case with these weights."""
    judged = replace(each.judged, reasons=list(each.judged.reasons), seen=list(each.judged.seen))
    judge_neighbourhood(judged, weights)
    return judged


def score(each: Case, judged: Judgement, into: Score) -> list[str]:
    """Count one case; return the lines that were lost to the weights, not to the rules."""
    lost = []
    for index, (label, line) in enumerate(zip(each.document.labels, each.document.lines, strict=True)):
        gone = judged.reasons[index] is not None
        into.junk += label == "J"
        into.gone += label == "J" and gone
        into.ruled += label == "J" and each.removed[index]
        into.lines += label in "AT"
        into.lost += label in "AT" and gone
        if label in "AT" and gone and not each.removed[index]:
            lost.append(f"{each.document.name}: {line[:90]}")
    titles = [
        line for line, label in zip(each.document.lines, each.document.labels, strict=True) if label == "T"
    ]
    if titles:
        into.titles += 1
        into.titled += judged.title is not None and each.document.lines[judged.title] in titles
    return lost


def operating_point(held: Sequence[tuple[Case, Weights]]) -> tuple[float, float]:
    """The least strict thresholds at which no real text of any fold loses a line, and a margin on top."""
    held = [(each, weights) for each, weights in held if each.real]

    def losses(lenient: float, strict: float) -> int:
        tried = ((each, replace(weights, lenient=lenient, strict=strict)) for each, weights in held)
        return sum(len(score(each, apply(each, weights), Score())) for each, weights in tried)

    lenient = next((value for value in LENIENT if not losses(value, 1.01)), 1.01)
    strict = next((value for value in STRICT if not losses(lenient, value)), 1.01)
    return tuple(round(value + MARGIN * max(0.0, 1 - value), 4) for value in (lenient, strict))  # type: ignore[return-value]


def report(held: Sequence[tuple[Case, Weights]], lenient: float, strict: float) -> None:
    """Print what the folds say, by kind of text."""
    scores: dict[str, Score] = {}
    lost: list[str] = []
    for each, weights in held:
        kind = each.document.name.partition("/")[0]
        judged = apply(each, replace(weights, lenient=lenient, strict=strict))
        lost += score(each, judged, scores.setdefault(kind, Score()))
    for kind, found in scores.items():
        print(
            f"{kind:10} junk by the rules {found.ruled / found.junk:.1%}, with the weights"
            f" {found.gone / found.junk:.1%} of {found.junk:,}; lost {found.lost} of {found.lines:,};"
            f" titles {found.titled} of {found.titles}"
        )
    print(*(f"  LOST {line}" for line in lost), sep="\n")


def strongest(weights: Weights, count: int = 30) -> Iterator[str]:
    """The first words and shapes by weight."""
    named = [*zip(evidence.SHAPES, weights.shapes, strict=True), *weights.words.items()]
    for name, weight in sorted(named, key=lambda pair: -abs(pair[1]))[:count]:
        yield f"{weight:+.2f}  {name}"


def main() -> None:
    """Train, report and, when asked to, write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--labelled", type=Path, action="append", default=[], metavar="JSONL")
    parser.add_argument(
        "--notes", type=Path, nargs=2, action="append", default=[], metavar=("NOTES", "FOLDER")
    )
    parser.add_argument(
        "--aside", type=Path, action="append", default=[], metavar="JSONL", help="only scored"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    texts = documents.ours() + documents.made(MADE, 11)
    for path in arguments.labelled:
        texts += documents.from_jsonl(path)
    for notes, folder in arguments.notes:
        texts += documents.from_notes(notes, folder)
    cases = [case(text) for text in texts]
    held = []
    for taught, asked in parted(cases, FOLDS, arguments.seed):
        weights = learn(taught, arguments.seed)
        held += [(each, weights) for each in asked]
    lenient, strict = operating_point(held)
    print(f"thresholds: lenient {lenient}, strict {strict}")
    report(held, lenient, strict)
    weights = replace(learn(cases, arguments.seed), lenient=lenient, strict=strict)
    for path in arguments.aside:
        report([(case(text), weights) for text in documents.from_jsonl(path)], lenient, strict)
    print(*strongest(weights), sep="\n")
    if arguments.write:
        stored = {"fingerprint": fingerprint(), **asdict(weights)}
        PATH.write_text(
            json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
