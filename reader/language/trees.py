"""Gradient-boosted trees as plain arrays: what training exported, walked by ONNX Runtime."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from reader.language.inference import open_graph
from reader.language.tree_graph import INPUT, Nodes, tree_graph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession


@dataclass(frozen=True)
class Trees:
    """A binary classifier. Every tree's nodes stand one after another in the same arrays.

    A row goes to ``left[node]`` when its ``feature[node]`` is at most ``threshold[node]``, else to
    ``right[node]``; a leaf leads to itself and adds ``value[node]``.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float32]
    roots: NDArray[np.int64]
    base: float

    def margins(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """The log odds of each row."""
        if len(rows) == 0:
            return np.zeros(0)
        (sums,) = self._graph.run(None, {INPUT: np.asarray(rows, dtype=np.float32)})
        margins: NDArray[np.float64] = sums[:, 0].astype(np.float64)
        return margins

    def probabilities(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """The probability of each row."""
        result: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-self.margins(rows)))
        return result

    @cached_property
    def _graph(self) -> InferenceSession:
        nodes = Nodes(self.feature, self.threshold, self.left, self.right, self.value, self.roots)
        return open_graph(tree_graph(nodes, self.base))


def digest(features: Sequence[str]) -> str:
    """A short hash of the names of features: it ties weights to the rows that they were trained on."""
    return hashlib.sha256("\n".join(features).encode()).hexdigest()[:16]


def load_trees(path: Path, **features: Sequence[str]) -> tuple[Trees, ...]:
    """Load classifiers by name from an ``.npz`` file; nothing in it is unpickled.

    ``features`` are the names of each one's features, in order. Raises :class:`ValueError` when a
    classifier was trained on others.
    """
    with np.load(path, allow_pickle=False) as stored:
        for name, names in features.items():
            if str(stored[f"{name}.features"]) != digest(names):
                raise ValueError(f"{path.name}: the weights “{name}” were trained on other features")
        return tuple(_trees(stored, name) for name in features)


def _trees(stored: Any, name: str) -> Trees:
    return Trees(
        stored[f"{name}.feature"].astype(np.int64),
        stored[f"{name}.threshold"].astype(np.float32),
        stored[f"{name}.left"].astype(np.int64),
        stored[f"{name}.right"].astype(np.int64),
        stored[f"{name}.value"].astype(np.float32),
        stored[f"{name}.roots"].astype(np.int64),
        float(stored[f"{name}.base"]),
    )
