"""The learned ranker: which of the possible speakers said a quotation, and how probable that is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader.language.attribution.confidence import Calibration, Ranking
from reader.language.attribution.features import NAMES, rows
from reader.language.attribution.setting import History, Lexicon, Setting, pool
from reader.language.trees import Trees, load_trees

_DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees over pairs of a quotation and a candidate, with the lexicon that their features use."""

    trees: Trees
    lexicon: Lexicon
    calibration: Calibration

    def rank(self, setting: Setting, number: int, quotation: int, history: History) -> Ranking | None:
        """The likeliest speaker of a quotation in paragraph ``number``; None without any candidate."""
        candidates = pool(setting, number, quotation, history)
        if not candidates:
            return None
        scores = self.trees.probabilities(
            rows(setting, setting.scenes[number], quotation, candidates, history)
        )
        best = int(scores.argmax())
        second = max((float(score) for place, score in enumerate(scores) if place != best), default=0.0)
        return Ranking(candidates[best], float(scores[best]), second)


@cache
def load_ranker() -> Ranker:
    """The ranker that ships with the package."""
    (trees,) = load_trees(_DATA / "speakers.npz", speaker=NAMES)
    stored = json.loads((_DATA / "speakers.json").read_text("utf-8"))
    lexicon = Lexicon(stored["verbs"], stored["nouns"])
    return Ranker(trees, lexicon, Calibration(**stored["calibration"]))
