"""Boosted trees of scikit-learn as the plain arrays that :mod:`reader.language.trees` evaluates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reader.language.trees import digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


def arrays(classifier: Any, name: str, features: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of a fitted binary ``HistGradientBoostingClassifier``, their names under ``name``.

    ``features`` are the names of what it was fitted on.
    """
    feature: list[int] = []
    threshold: list[np.float32] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    for (predictor,) in classifier._predictors:
        nodes = predictor.nodes
        first = len(feature)
        roots.append(first)
        for index, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            feature.append(0 if leaf else int(node["feature_idx"]))
            threshold.append(np.float32(0) if leaf else _rounded_down(float(node["num_threshold"])))
            left.append(first + (index if leaf else int(node["left"])))
            right.append(first + (index if leaf else int(node["right"])))
            value.append(float(node["value"]) if leaf else 0.0)
    return {
        f"{name}.feature": np.array(feature, np.int16),
        f"{name}.threshold": np.array(threshold, np.float32),
        f"{name}.left": np.array(left, np.int32),
        f"{name}.right": np.array(right, np.int32),
        f"{name}.value": np.array(value, np.float32),
        f"{name}.roots": np.array(roots, np.int32),
        f"{name}.features": np.array(digest(features)),
        f"{name}.base": np.array(float(classifier._baseline_prediction.ravel()[0])),
    }


def save(path: Path, *classifiers: dict[str, NDArray[Any]]) -> None:
    """Write the arrays of several classifiers into one compressed file."""
    np.savez_compressed(path, **{key: value for part in classifiers for key, value in part.items()})  # type: ignore[arg-type]  # stubs take a flag for an array


def stored(path: Path, name: str) -> dict[str, NDArray[Any]]:
    """The arrays of one classifier of a file, as :func:`save` wrote them."""
    with np.load(path) as file:
        return {key: file[key] for key in file.files if key.startswith(f"{name}.")}


def _rounded_down(threshold: float) -> np.float32:
    """The largest single-precision number that is no larger: rows in single precision fall the same way."""
    rounded = np.float32(threshold)
    return np.nextafter(rounded, np.float32(-np.inf)) if float(rounded) > threshold else rounded
