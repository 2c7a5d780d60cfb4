"""From scores of arcs to trees: one root a sentence, no cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = np.float32(-1e9)


def tree(scores: NDArray[np.float32]) -> list[int]:
    """The head of every unit of a sentence, -1 for the root.

    ``scores`` are log probabilities shaped (units, 1 + units), the root's in column 0. The unit that gains
    most by it is the root; the others take their best head, and cycles are broken where that costs least.
    """
    count = len(scores)
    if count == 1:
        return [-1]
    inner = scores[:, 1:].copy()
    np.fill_diagonal(inner, _NEVER)
    root = int((scores[:, 0] - inner.max(axis=1)).argmax())
    heads: list[int] = inner.argmax(axis=1).tolist()
    heads[root] = -1
    while cycle := _cycle(heads):
        _break(heads, cycle, inner, root)
    return heads


def _cycle(heads: list[int]) -> list[int]:
    """The units of a cycle, none when there is none."""
    seen = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        unit = start
        while unit >= 0 and not seen[unit]:
            seen[unit] = start + 1
            path.append(unit)
            unit = heads[unit]
        if unit >= 0 and seen[unit] == start + 1:
            return path[path.index(unit) :]
    return []


def _break(heads: list[int], cycle: list[int], inner: NDArray[np.float32], root: int) -> None:
    """Hang the cycle on a unit that does not hang on it."""
    inside = set(cycle)
    outside = [unit for unit in range(len(heads)) if not _leads(heads, unit, inside)]
    targets = np.array(outside or [root])
    rows = np.array(cycle)
    options = inner[np.ix_(rows, targets)] - inner[cycle, [heads[unit] for unit in cycle]][:, None]
    place, target = np.unravel_index(int(options.argmax()), options.shape)
    heads[cycle[int(place)]] = int(targets[int(target)])


def _leads(heads: list[int], unit: int, inside: set[int]) -> bool:
    """Whether a unit hangs on the cycle (or on another, which will be broken in its turn)."""
    for _ in range(len(heads)):
        if unit in inside:
            return True
        if heads[unit] < 0:
            return False
        unit = heads[unit]
    return True
