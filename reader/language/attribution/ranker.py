"""The learned ranker: which of the possible speakers said a quotation, and how probable that is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reader.language.attribution.confidence import Calibration, Ranking
from reader.language.attribution.features import NAMES, rows
from reader.language.attribution.setting import History, Lexicon, Setting, pool
from reader.language.trees import Trees, load_trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.readings import Pointed

_DATA = Path(__file__).parent.parent / "data"

# How much the trees and the encoder count, in log odds; what the encoder is silent about has this share.
_TREES, _ENCODER = 0.8, 0.4
_SILENCE, _ELSEWHERE = 0.004, 0.25


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees over pairs of a quotation and a candidate, with the lexicon that their features use."""

    trees: Trees
    lexicon: Lexicon
    calibration: Calibration
    # The same where the encoder says whom a quotation points at.
    hearing: Calibration | None = None

    def calibrated(self, pointed: Pointed | None) -> Calibration:
        """The calibration for a quotation, by whether the encoder was heard."""
        return self.hearing if self.hearing is not None and pointed is not None else self.calibration

    def rank(self, setting: Setting, number: int, quotation: int, history: History) -> Ranking | None:
        """The likeliest speaker of a quotation in paragraph ``number``; None without any candidate."""
        candidates = pool(setting, number, quotation, history)
        if not candidates:
            return None
        margins = self.trees.margins(rows(setting, setting.scenes[number], quotation, candidates, history))
        pointed = setting.pointed.get(quotation)
        if pointed is not None:
            margins = _agreed(margins, pointed, candidates)
        scores = 1.0 / (1.0 + np.exp(-margins))
        best = int(scores.argmax())
        second = max((float(score) for place, score in enumerate(scores) if place != best), default=0.0)
        return Ranking(candidates[best], float(scores[best]), second)


def _agreed(
    margins: NDArray[np.float64], pointed: Pointed, candidates: Sequence[Candidate]
) -> NDArray[np.float64]:
    """The log odds of candidates when the encoder's opinion is heard beside the trees'.

    It says nothing of what was not read beside the quotation: the likelier that it is none of what was, the
    less its silence about a candidate counts.
    """
    floor = _SILENCE + _ELSEWHERE * pointed.nobody
    shares = np.array([pointed.at(c.start, c.end) for c in candidates])
    shares = np.clip(shares, floor, 1 - _SILENCE)
    told: NDArray[np.float64] = _TREES * margins + _ENCODER * np.log(shares / (1 - shares))
    return told


@cache
def load_ranker() -> Ranker:
    """The ranker that ships with the package."""
    (trees,) = load_trees(_DATA / "speakers.npz", speaker=NAMES)
    stored = json.loads((_DATA / "speakers.json").read_text("utf-8"))
    lexicon = Lexicon(stored["verbs"], stored["nouns"])
    return Ranker(trees, lexicon, Calibration(**stored["calibration"]), Calibration(**stored["hearing"]))
