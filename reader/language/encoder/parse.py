"""The parse of a paragraph from how it was read: direct quotations count as one word each.

Whoever writes "I wonder," he said, means one sentence. The words of a direct quotation hang on each other;
of the rest, what hangs on any of them hangs on the quotation.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reader.language.encoder.arcs import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from reader.language.encoder.sight import Sight, TextReading
    from reader.language.encoder.tower import Tower

_WORD = 0xFFFFFFFFFFFFFFFF
_START = 0.5
# What speaks for a word's being the root of its sentence, by its coarse tag, in log probability.
_ROOTS = {
    "VERB": 3.0, "NOUN": 0.0, "ADJ": -0.5, "PROPN": -1.0, "PRON": -1.5, "NUM": -1.5, "INTJ": -1.0,
    "AUX": -2.0,
    "ADV": -3.0,
}  # fmt: skip
_NO_ROOT = -5.0
# A finite verb is it more often than not, above all the first that nothing subordinates.
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_SUBORDINATING = frozenset(("WDT", "WP", "WRB", "WP$"))
_FIRST, _LATER = 4.0, 1.0
# What was told apart in training and is one thing to whoever reads the parse.
_PLAIN = {
    "acl:relcl": "acl",
    "nmod:desc": "nmod",
    "nmod:poss": "nmod",
    "compound:prt": "compound",
    "root": "dep",
}


class Token(NamedTuple):
    """A token: its span in the text, and the number of the quotation that it stands for, or -1."""

    start: int
    end: int
    quotation: int
    text: str


class Parsed(NamedTuple):
    """Per token: the number of its head (its own for a root), relation, coarse and fine tag."""

    heads: list[int]
    relations: list[str]
    parts: list[str]
    tags: list[str]


@dataclass(slots=True)
class _Unit:
    """Tokens that are one word to the parse, with the encoder's words (in one stretch) for them."""

    tokens: list[int]
    stretch: int
    words: list[int]
    quotation: bool


def annotate(doc: Doc, parsed: Parsed) -> None:
    """Set tags, heads and relations of a document's tokens."""
    add = doc.vocab.strings.add
    known = {text: np.uint64(add(text)) for text in {*parsed.relations, *parsed.parts, *parsed.tags}}
    rows = [
        (np.uint64(head - number & _WORD), known[relation], known[part], known[tag])
        for number, (head, relation, part, tag) in enumerate(
            zip(parsed.heads, parsed.relations, parsed.parts, parsed.tags, strict=True)
        )
    ]
    if rows:
        doc.from_array(["HEAD", "DEP", "POS", "TAG"], np.array(rows, np.uint64))  # type: ignore[arg-type]  # stubs know no unsigned


def parse(
    tokens: Sequence[Token], quotations: dict[int, tuple[int, int]], reading: TextReading, tower: Tower
) -> Parsed:
    """Parse tokens; ``quotations`` are the spans in the text of those that tokens stand for."""
    count = len(tokens)
    parsed = Parsed(list(range(count)), ["dep"] * count, ["X"] * count, [""] * count)
    units = _units(tokens, quotations, reading)
    for first, last in _sentences(tokens, units, reading):
        _sentence(units[first:last], reading.stretches[units[first].stretch], tower, parsed)
    for unit in units:
        main = _main(unit)
        for token in unit.tokens:
            if token != main:
                parsed.heads[token] = main
                mark = not tokens[token].text.isalnum()
                parsed.relations[token] = "punct" if mark else "dep"
                parsed.parts[token] = "PUNCT" if mark else parsed.parts[main]
    _leftover(tokens, units, parsed)
    return parsed


def _main(unit: _Unit) -> int:
    """The token that stands for a unit: of '"Yes,"' the word."""
    return unit.tokens[1] if unit.quotation and len(unit.tokens) > 1 else unit.tokens[0]


def _units(
    tokens: Sequence[Token], quotations: dict[int, tuple[int, int]], reading: TextReading
) -> list[_Unit]:
    starts: list[int] = []
    where: list[tuple[int, int]] = []
    for number, sight in enumerate(reading.stretches):
        starts += [start for start, _ in sight.words]
        where += [(number, word) for word in range(len(sight.words))]
    units: list[_Unit] = []
    last = -1
    for number, token in enumerate(tokens):
        if token.text.isspace() or not where:
            continue
        if token.quotation >= 0 and number and tokens[number - 1].quotation == token.quotation and units:
            units[-1].tokens.append(number)
            continue
        if token.quotation >= 0:
            low = bisect_left(starts, quotations[token.quotation][0])
            high = bisect_left(starts, quotations[token.quotation][1])
            low = min(low, len(where) - 1)
            stretch = where[low][0]
            words = [
                where[place][1] for place in range(low, max(high, low + 1)) if where[place][0] == stretch
            ]
            units.append(_Unit([number], stretch, words, True))
            last = -1
            continue
        place = bisect_left(starts, token.start)
        if place == len(starts) or starts[place] >= token.end:
            place = max(0, place - 1)
        if place == last and units:
            units[-1].tokens.append(number)
            continue
        last = place
        units.append(_Unit([number], where[place][0], [where[place][1]], False))
    return units


def _sentences(
    tokens: Sequence[Token], units: Sequence[_Unit], reading: TextReading
) -> list[tuple[int, int]]:
    """The sentences as ranges of units. What goes on in lower case after a quotation begins none."""
    cuts: list[int] = []
    begins = [
        (sight.starts[sight.first : sight.first + len(sight.words)] > _START).tolist()
        for sight in reading.stretches
    ]
    for number, unit in enumerate(units):
        before = units[number - 1] if number else None
        if before is None or before.stretch != unit.stretch:
            cuts.append(number)
            continue
        goes_on = before.quotation and tokens[unit.tokens[0]].text[:1].islower()
        if not goes_on and begins[unit.stretch][unit.words[0]]:
            cuts.append(number)
    return list(pairwise([*cuts, len(units)]))


def _sentence(units: Sequence[_Unit], sight: Sight, tower: Tower, parsed: Parsed) -> None:
    words = np.array([unit.words[0] for unit in units]) + sight.first
    targets = np.concatenate(([0], words))
    scores = sight.arcs[words[:, None], targets]
    # For a quotation, which of its words hangs there, and which is hung on.
    hanging = np.broadcast_to(words[:, None], scores.shape)
    hung = np.broadcast_to(targets, scores.shape)
    if any(len(unit.words) > 1 for unit in units):
        hanging, hung = hanging.copy(), hung.copy()
        for number, unit in enumerate(units):
            if len(unit.words) > 1:
                inside = np.array(unit.words) + sight.first
                _widen(number, inside, words, sight.arcs, scores, hanging, hung)
    parts = [tower.parts[number] for number in sight.parts[words].tolist()]
    tags = [tower.tags[number] for number in sight.tags[words].tolist()]
    scores[:, 0] += _rooted(units, parts, tags)
    heads = tree(scores)
    arcs = [(number, head) for number, head in enumerate(heads) if head >= 0]
    rows, columns = [number for number, _ in arcs], [head + 1 for _, head in arcs]
    relations = tower.relation(sight.compared[hanging[rows, columns]], sight.heads[hung[rows, columns]])
    for number, unit in enumerate(units):
        main = _main(unit)
        parsed.parts[main] = "INTJ" if unit.quotation else parts[number]
        parsed.tags[main] = "UH" if unit.quotation else tags[number]
        if heads[number] < 0:
            parsed.relations[main] = "ROOT"
    for (number, head), relation in zip(arcs, relations, strict=True):
        main = _main(units[number])
        parsed.heads[main] = _main(units[head])
        reports = units[head].quotation and parsed.parts[main] in ("VERB", "AUX")
        parsed.relations[main] = "parataxis" if reports else _PLAIN.get(relation, relation)


def _rooted(units: Sequence[_Unit], parts: Sequence[str], tags: Sequence[str]) -> NDArray[np.float32]:
    """What speaks for each unit's being the root of its sentence, by the tags."""
    found = np.zeros(len(units), np.float32)
    fresh, under = True, False
    for number, (unit, part, tag) in enumerate(zip(units, parts, tags, strict=True)):
        if unit.quotation:
            continue
        found[number] = _ROOTS.get(part, _NO_ROOT)
        if part == "VERB" and tag in _FINITE:
            found[number] += _FIRST if fresh and not under else _LATER
            fresh = fresh and under
        under = tag in _SUBORDINATING or (under and tag not in _FINITE)
    return found


def _widen(
    number: int,
    inside: NDArray[np.int64],
    words: NDArray[np.int64],
    arcs: NDArray[np.float32],
    scores: NDArray[np.float32],
    hanging: NDArray[np.int64],
    hung: NDArray[np.int64],
) -> None:
    """Let a quotation hang by the word that fits best, and be hung on likewise."""
    targets = np.concatenate(([0], words))
    rows = arcs[inside[:, None], targets]
    best = rows.argmax(axis=0)
    scores[number] = rows[best, np.arange(len(targets))]
    hanging[number] = inside[best]
    columns = arcs[words[:, None], inside]
    best = columns.argmax(axis=1)
    scores[:, number + 1] = columns[np.arange(len(words)), best]
    hung[:, number + 1] = inside[best]


def _leftover(tokens: Sequence[Token], units: Sequence[_Unit], parsed: Parsed) -> None:
    """White space, and words that the encoder does not see, hang on the token before them."""
    known = {token for unit in units for token in unit.tokens}
    for number in range(len(tokens)):
        if number not in known:
            parsed.heads[number] = max(0, number - 1)
            parsed.parts[number] = "SPACE" if tokens[number].text.isspace() else "X"
            if number == 0:
                parsed.relations[number] = "ROOT"
