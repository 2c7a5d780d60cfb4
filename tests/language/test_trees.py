"""Trees in arrays give what walking them by hand gives."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reader.language.attribution import features, resolver
from reader.language.attribution.ranker import load_ranker
from reader.language.attribution.resolver import load_resolver
from reader.language.quotations import surface
from reader.language.quotations.kinds import load_judge
from reader.language.trees import Trees, digest, load_trees

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _store(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Write arrays as NumPy would; its own signature takes no mapping of names."""
    save: Callable[..., None] = np.savez
    save(path, **arrays)


def two_trees() -> Trees:
    """If x0 <= 1: -2; else if x1 <= 5: 1, else 3. And a single leaf of 0.5."""
    return Trees(
        feature=np.array([0, 0, 1, 0, 0, 0]),
        threshold=np.array([1, 0, 5, 0, 0, 0], np.float32),
        left=np.array([1, 1, 3, 3, 4, 5]),
        right=np.array([2, 1, 4, 3, 4, 5]),
        value=np.array([0, -2, 0, 1, 3, 0.5], np.float32),
        roots=np.array([0, 5]),
        base=0.25,
    )


@pytest.mark.parametrize(
    ("row", "margin"), [((1, 9), -1.25), ((1.5, 5), 1.75), ((2, 5.1), 3.75), ((-3, 0), -1.25)]
)
def test_each_row_falls_to_its_leaf(row: tuple[float, float], margin: float) -> None:
    assert two_trees().margins([row])[0] == pytest.approx(margin)
    assert two_trees().probabilities([row])[0] == pytest.approx(1 / (1 + math.exp(-margin)))


def test_many_rows_at_once_and_none() -> None:
    rows = [(float(n % 3), float(n % 7)) for n in range(1_500)]
    alone = [two_trees().margins([row])[0] for row in rows[:50]]
    assert two_trees().margins(rows)[:50].tolist() == pytest.approx(alone)
    assert len(two_trees().margins([])) == 0


def test_trees_are_stored_without_pickles(tmp_path: Path) -> None:
    trees = two_trees()
    path = tmp_path / "trees.npz"
    names = ("feature", "threshold", "left", "right", "value", "roots", "base")
    stored = {f"t.{name}": np.asarray(getattr(trees, name)) for name in names}
    _store(path, {**stored, "t.features": np.array(digest(("x0", "x1")))})
    (loaded,) = load_trees(path, t=("x0", "x1"))
    assert loaded.margins([(2, 5.1)])[0] == pytest.approx(3.75)


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "trees.npz"
    _store(path, {"t.features": np.array(digest(("x0", "x1")))})
    with pytest.raises(ValueError, match="other features"):
        load_trees(path, t=("x1", "x0"))


def test_the_shipped_models_fit_their_features() -> None:
    assert load_judge().quotation.feature.max() < len(surface.NAMES)
    assert load_ranker().trees.feature.max() < len(features.NAMES)
    assert load_resolver().feature.max() < len(resolver.NAMES)
    assert len(load_ranker().calibration.weights) == 8
