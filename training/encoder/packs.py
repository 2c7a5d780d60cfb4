"""From prepared streams to batches: neighbouring units packed side by side, as they are read in use."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CLS, SEP = 101, 102
LOWER, TITLE, UNCASED, SPECIAL, CASELESS = 0, 1, 5, 6, 7
# How many pieces a sequence may have; the smallest leaves every unit alone.
BUDGETS = (1, 96, 160, 256, 320)
IN_USE = 256
CASELESS_SHARE, TITLED_SHARE = 0.11, 0.04
JOINED = 0.85
PIECEWISE = ("name", "tag", "pos", "start", "head", "relation", "role", "word")
FILLERS = {"name": -1, "tag": -1, "pos": -1, "start": -1, "head": -2, "relation": -1, "role": 255, "word": 0}


class Stream:
    """Documents of units as flat arrays; see :mod:`training.encoder.prepare`."""

    def __init__(self, stored: Any, name: str) -> None:
        def take(key: str) -> NDArray[Any]:
            found: NDArray[Any] = stored[f"{name}.{key}"]
            return found

        self.arrays = {key: take(key) for key in (*PIECEWISE, "ids", "cases")}
        self.units = take("unit")
        self.glued = take("glued")
        self.documents = take("document")
        self.folds = take("fold")
        links = take("links")
        order = np.argsort(links[:, 1], kind="stable")
        counts = np.maximum(links[:, 4], 0)
        starts = np.concatenate([[0], np.cumsum(counts)])
        self.links = links[order]
        targets = take("targets")
        self.targets = [targets[starts[i] : starts[i] + counts[i]] for i in order]

    def all_documents(self, *, without: int = -9, only: int = -9) -> list[int]:
        """Numbers of documents, without those of one fold, or those alone."""
        return [
            number
            for number, fold in enumerate(self.folds)
            if (only == -9 or fold == only) and fold != without
        ]


class Group(NamedTuple):
    """Consecutive units of a stream to be read together; ``apart`` says before which stands a separator."""

    stream: Stream
    first: int
    last: int
    apart: tuple[bool, ...]
    cases: int

    def __len__(self) -> int:
        pieces = self.stream.units[self.last] - self.stream.units[self.first]
        return int(pieces) + 2 + sum(self.apart[1:])


def pack(stream: Stream, document: int, budget: int, chance: random.Random | None) -> Iterator[Group]:
    """A document as groups of at most ``budget`` pieces; without ``chance`` as they are read in use."""
    low, high = int(stream.documents[document]), int(stream.documents[document + 1])
    first, size = low, 1
    apart: list[bool] = []

    def group(last: int) -> Group:
        draw = chance.random() if chance is not None else 1.0
        cases = 2 if draw < CASELESS_SHARE else 1 if draw < CASELESS_SHARE + TITLED_SHARE else 0
        return Group(stream, first, last, tuple(apart), cases)

    for unit in range(low, high):
        length = int(stream.units[unit + 1] - stream.units[unit]) + 1
        if apart and size + length > budget:
            yield group(unit)
            first, size, apart = unit, 1, []
        glued = bool(stream.glued[unit]) and (chance is None or chance.random() < JOINED)
        apart.append(not glued)
        size += length
    if apart:
        yield group(high)


@dataclass
class Sequence_:
    """A group as arrays with its special pieces."""

    arrays: dict[str, NDArray[Any]]
    segment: NDArray[np.int64]
    # The stream's piece at every place, -1 at special pieces.
    source: NDArray[np.int64]
    links: list[tuple[int, int, int, int, list[int] | None, int]]


def sequence(group: Group) -> Sequence_:
    """Lay a group out."""
    stream = group.stream
    size = len(group)
    arrays = {key: np.full(size, FILLERS[key], np.int64) for key in PIECEWISE}
    ids = np.full(size, SEP, np.int64)
    cases = np.full(size, SPECIAL, np.int64)
    segment = np.zeros(size, np.int64)
    source = np.full(size, -1, np.int64)
    ids[0] = CLS
    place, current = 1, 0
    begin = int(stream.units[group.first])
    moves: list[tuple[int, int]] = []
    for number, unit in enumerate(range(group.first, group.last)):
        low, high = int(stream.units[unit]), int(stream.units[unit + 1])
        if number and group.apart[number]:
            place += 1
        if not number or group.apart[number]:
            current += 1
        end = place + high - low
        for key in PIECEWISE:
            arrays[key][place:end] = stream.arrays[key][low:high]
        heads = arrays["head"][place:end]
        heads[heads >= 0] += place
        heads[heads == -1] = 0
        ids[place:end] = stream.arrays["ids"][low:high]
        cases[place:end] = stream.arrays["cases"][low:high]
        segment[place:end] = current
        source[place:end] = np.arange(low, high)
        moves.append((low, place - low))
        place = end
    if group.cases == 1:
        cases[cases == LOWER] = TITLE
    elif group.cases == 2:
        cases[(cases != UNCASED) & (cases != SPECIAL)] = CASELESS
    arrays["ids"], arrays["cases"] = ids, cases
    finish = int(stream.units[group.last])
    lows = [low for low, _ in moves]
    table = stream.links
    found = []
    for link in range(np.searchsorted(table[:, 1], begin), np.searchsorted(table[:, 1], finish)):
        kind, one, two, label, count = (int(value) for value in table[link])

        def moved(piece: int) -> int:
            return piece + moves[int(np.searchsorted(lows, piece, "right")) - 1][1]

        targets = None
        if count >= 0:
            inside = stream.targets[link]
            targets = [moved(int(t)) for t in inside if begin <= t < finish]
        found.append((kind, moved(one), moved(min(two, finish - 1)), label, targets, link))
    return Sequence_(arrays, segment, source, found)


def collate(groups: Sequence[Group], *, keep: bool = False) -> dict[str, Any]:
    """A batch: arrays padded to one length, links as a table with a matrix of answers."""
    import torch  # looking at what was prepared needs none

    rows = [sequence(group) for group in groups]
    longest = max(len(row.segment) for row in rows)
    batch: dict[str, Any] = {}
    for key in (*PIECEWISE, "ids", "cases"):
        filled = np.full((len(rows), longest), FILLERS.get(key, 0), np.int64)
        for number, row in enumerate(rows):
            filled[number, : len(row.segment)] = row.arrays[key]
        batch[key] = torch.from_numpy(filled)
    segment = np.full((len(rows), longest), -1, np.int64)
    for number, row in enumerate(rows):
        segment[number, : len(row.segment)] = row.segment
    batch["segment"] = torch.from_numpy(segment)
    table = [
        (number, *link[:4], link[4] is not None, link[5])
        for number, row in enumerate(rows)
        for link in row.links
    ]
    answers = np.zeros((len(table), longest), bool)
    flat = [link[4] for row in rows for link in row.links]
    for number, targets in enumerate(flat):
        if targets is not None:
            answers[number, targets or [0]] = True
    batch["links"] = torch.tensor(table, dtype=torch.int64).reshape(-1, 7)
    batch["answers"] = torch.from_numpy(answers)
    if keep:
        source = np.full((len(rows), longest), -1, np.int64)
        for number, row in enumerate(rows):
            source[number, : len(row.segment)] = row.source
        batch["source"] = source
    return batch


def batches(groups: list[Group], size: int, chance: random.Random | None) -> list[list[Group]]:
    """Batches of about ``size`` pieces of groups of like length, in order of length."""
    ordered = sorted(groups, key=lambda item: len(item) + (chance.random() * 8 if chance else 0.0))
    made: list[list[Group]] = [[]]
    longest = 0
    for item in ordered:
        longest = max(longest, len(item))
        if made[-1] and longest * (len(made[-1]) + 1) > size:
            made.append([])
            longest = len(item)
        made[-1].append(item)
    return made


def load(path: Path) -> tuple[dict[str, Stream], dict[str, Any]]:
    """The streams of a prepared file by name, and its labels."""
    with np.load(path) as stored:
        names = sorted({key.split(".")[0] for key in stored.files if "." in key})
        return {name: Stream(stored, name) for name in names}, json.loads(stored["meta"].tobytes())
