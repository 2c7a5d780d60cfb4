"""What the tower of the encoder says about the words of a stretch and about the quotations in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Answers that are less probable than this are not kept.
_LEAST = 0.01


class SpeakingWord(NamedTuple):
    """A word that may speak: the number of its text, its span there, and the probability."""

    text: int
    start: int
    end: int
    probability: float


class PointedWords(NamedTuple):
    """Who says a quotation: the words that may, how probably none that was read beside it, and how
    probably it is a quotation at all."""

    answers: tuple[SpeakingWord, ...]
    nobody: float
    genuine: float


class Sight(NamedTuple):
    """The words of a stretch with their fine and coarse tags and the material of their parse.

    ``words`` are spans in the text. The arrays are those of all that was read together: word ``i`` has row
    ``first + i``, and of ``arcs``, log probabilities, that column; row and column 0 stand for the root.
    """

    words: list[tuple[int, int]]
    first: int
    tags: NDArray[np.int32]
    parts: NDArray[np.int32]
    starts: NDArray[np.float32]
    arcs: NDArray[np.float32]
    compared: NDArray[np.float32]
    heads: NDArray[np.float32]


class TextReading(NamedTuple):
    """A text as it was read: its stretches in order, and the pointing of each quotation asked about."""

    stretches: list[Sight]
    pointings: list[PointedWords | None]


def pointing(
    shares: NDArray[np.float32], genuine: float, words: Sequence[tuple[int, int, int]]
) -> PointedWords:
    """The pointing of a quotation; ``shares`` are over nobody and the ``words``: text, start and end."""
    chosen = np.flatnonzero(shares[1:] >= _LEAST)
    answers = tuple(SpeakingWord(*words[place], float(shares[1 + place])) for place in chosen.tolist())
    return PointedWords(answers, float(shares[0]), genuine)
