"""The upper layers beside the recogniser's own: tags, parse and speakers, from what its middle layer says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reader.language.encoder.sight import PointedWords, Sight, pointing
from reader.language.inference import open_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reader.language.encoder.wordpieces import Pieces

Questions = tuple[tuple[int, int], ...]
Request = tuple[str, Questions | None]
"""A text and the spans of the quotations to ask about; None when its words are not asked for."""


class Stretch(NamedTuple):
    """A stretch of a text in a pack; ``last`` when it is the text's last."""

    text: int
    pieces: Pieces
    questions: Questions | None
    last: bool


class Tower:
    """The graph above the middle, with the labels of its heads."""

    def __init__(self, model: bytes, settings: dict[str, Any], threads: int) -> None:
        self.middle: str = settings["middle"]
        self.tags: tuple[str, ...] = tuple(settings["tags"])
        self.parts: tuple[str, ...] = tuple(settings["parts"])
        self.relations: tuple[str, ...] = tuple(settings["relations"])
        self._session = open_graph(model, threads)

    def look(
        self, middle: NDArray[np.float32], pack: Sequence[Stretch], firsts: Sequence[list[int]]
    ) -> list[tuple[Sight | None, dict[int, PointedWords]]]:
        """What is said about the stretches of a pack; ``firsts`` are their words' first pieces in it."""
        words = [(part.text, *word) for part in pack for word in part.pieces.words]
        places = np.array([0, *(first for part in firsts for first in part)], np.int64)
        asked = [
            (number, question, *ends)
            for number, part in enumerate(pack)
            for question, span in enumerate(part.questions or ())
            if (ends := _ends(part.pieces, firsts[number], span)) is not None
        ]
        feed = {
            "middle": middle,
            "words": places,
            "firsts": np.array([first for *_, first, _ in asked], np.int64),
            "lasts": np.array([last for *_, last in asked], np.int64),
        }
        tags, parts, starts, arcs, compared, heads, speakers, genuine = self._session.run(None, feed)
        compared = compared.reshape(len(places), len(self.relations), -1)
        told: list[dict[int, PointedWords]] = [{} for _ in pack]
        for row, (number, question, _, _) in enumerate(asked):
            told[number][question] = pointing(speakers[row], float(genuine[row]), words)
        found: list[tuple[Sight | None, dict[int, PointedWords]]] = []
        begin = 1
        for number, part in enumerate(pack):
            sight = None
            if part.questions is not None:
                sight = Sight(part.pieces.words, begin, tags, parts, starts, arcs, compared, heads)
            found.append((sight, told[number]))
            begin += len(part.pieces.words)
        return found

    def relation(self, compared: NDArray[np.float32], heads: NDArray[np.float32]) -> list[str]:
        """The relation of each word to its head, from their rows in ``compared`` and ``heads``."""
        if not len(compared):
            return []
        scores = np.matmul(compared, heads[:, :, None])[:, :, 0]
        if "root" in self.relations:
            scores[:, self.relations.index("root")] = -np.inf
        return [self.relations[number] for number in scores.argmax(axis=1).tolist()]


def _ends(part: Pieces, firsts: Sequence[int], span: tuple[int, int]) -> tuple[int, int] | None:
    """The first and last piece (in the pack) of the words of a span, None when it begins elsewhere."""
    starts = [start for start, _ in part.words]
    low = bisect_left(starts, span[0])
    high = bisect_right(starts, span[1] - 1)
    return (firsts[low], firsts[high - 1]) if low < high else None
