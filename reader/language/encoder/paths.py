"""From scores per word to spans: the likeliest sequence of labels that is well formed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FORBIDDEN = np.float32(-1e4)


@lru_cache(maxsize=4)
def _transitions(labels: tuple[str, ...]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Costs of starting with a label, and of a label (column) after another (row)."""
    inside = [label[2:] if label.startswith("I-") else None for label in labels]
    start = np.array([_FORBIDDEN if kind else 0 for kind in inside], np.float32)
    steps = np.zeros((len(labels), len(labels)), np.float32)
    for column, kind in enumerate(inside):
        if kind:
            for row, before in enumerate(labels):
                if before[2:] != kind:
                    steps[row, column] = _FORBIDDEN
    return start, steps


def best_path(scores: NDArray[np.float32], labels: tuple[str, ...]) -> tuple[list[int], NDArray[np.float32]]:
    """The best well-formed label per word, and the probability of each by itself.

    ``scores`` are logits shaped (words, labels). A continuation ("I-") follows only a label of its type.
    """
    if not len(scores):
        return [], np.zeros(0, np.float32)
    shifted = scores - scores.max(axis=1, keepdims=True)
    likelihood = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    start, steps = _transitions(labels)
    path = likelihood.argmax(axis=1)
    if start[path[0]] < 0 or (steps[path[:-1], path[1:]] < 0).any():
        path = _viterbi(likelihood, start, steps)
    certainty = np.exp(likelihood[np.arange(len(path)), path])
    return path.tolist(), certainty


def _viterbi(
    likelihood: NDArray[np.float32], start: NDArray[np.float32], steps: NDArray[np.float32]
) -> NDArray[np.int64]:
    total = likelihood[0] + start
    back = np.zeros(likelihood.shape, np.int64)
    for word in range(1, len(likelihood)):
        reached = total[:, None] + steps
        back[word] = reached.argmax(axis=0)
        total = reached.max(axis=0) + likelihood[word]
    path = np.zeros(len(likelihood), np.int64)
    path[-1] = total.argmax()
    for word in range(len(likelihood) - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path


def spans_of(
    words: Sequence[tuple[int, int]], labels: Sequence[str], certainty: NDArray[np.float32]
) -> list[tuple[int, int, str, float]]:
    """The spans of a well-formed label sequence: start, end, type, mean probability of its words."""
    found: list[tuple[int, int, str, float]] = []
    first = 0
    for number, label in enumerate([*labels, "O"]):
        if number and labels[number - 1] != "O" and not label.startswith("I-"):
            start, end = words[first][0], words[number - 1][1]
            found.append((start, end, labels[number - 1][2:], float(certainty[first:number].mean())))
        if not label.startswith("I-"):
            first = number
    return found
