"""Whether two texts are one story that was touched up: the same agency copy, cut and given another headline.

Texts are compared by their runs of four words. MinHash (Broder, "On the resemblance and containment of
documents", 1997) with bands finds the few that are worth comparing without looking at all others.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reader.text.names import folded

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np

FEWEST_WORDS = 40
"""Texts of fewer words are not compared: few words are said of different things."""

_RUN = 4  # words
_BANDS, _ROWS = (
    16,
    4,
)  # of two texts that share half of their runs two in three are found, of three quarters all
_SHARED = 0.5
_MOST_WORDS = 2_000  # of a text that are looked at
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z]\w+")
_PRIME = (1 << 31) - 1


@lru_cache(maxsize=1)  # asked for once to find what is alike, and once to be found
def bands(text: str) -> tuple[int, ...]:
    """Return numbers of which texts that are alike share one; none for a text of few words."""
    import numpy as np

    runs = _runs(text)
    if not runs:
        return ()
    hashed = np.array([hash_ % _PRIME for hash_ in map(_hashed, runs)], dtype=np.uint64)
    factors, offsets = _permutations()
    least = ((hashed[:, None] * factors + offsets) % _PRIME).min(axis=0).reshape(_BANDS, _ROWS)
    return tuple(_hashed(f"{number} {row.tolist()}") for number, row in enumerate(least))


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same in mostly the same words.

    What is made after one pattern, with other names or numbers in it, is not: the weather of two towns.
    """
    return (
        _overlap(_runs(one), _runs(other)) >= _SHARED
        and _overlap(set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))) >= _SHARED
        and _overlap(set(_NAME.findall(one)), set(_NAME.findall(other))) >= _SHARED
    )


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", folded(text))[:_MOST_WORDS]
    if len(words) < FEWEST_WORDS:
        return set()
    return {" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}


def _overlap(one: Collection[str], other: Collection[str]) -> float:
    """The share that two sets have in common of what is in either; 1 for two empty ones."""
    both = len(set(one) & set(other))
    return both / (len(one) + len(other) - both) if one or other else 1.0


def _hashed(text: str) -> int:
    """A number for a text that is the same on every machine, within what SQLite holds."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    factors, offsets = (
        np.array([_hashed(f"{kind} {number}") % _PRIME for number in range(_BANDS * _ROWS)], dtype=np.uint64)
        for kind in ("factor", "offset")
    )
    return factors, offsets
