"""How probable it is that an attribution is right: ranker and rules, calibrated."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.answer import Answer
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.readings import Pointed
    from reader.language.quotations import QuotedSpan

# Roughly what cue patterns get right by themselves, without a parse, on held-out articles.
BY_RULES = 0.6
# What the layout tells: a signature, a label before a colon.
SURE = 0.95
# That nobody is named.
NAMELESS = 0.8
_LEAST = 0.005


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best candidate, its probability, and that of the runner-up."""

    candidate: Candidate
    probability: float
    second: float


def evidence(
    span: QuotedSpan, ranking: Ranking, found: Answer | None, paragraph: int, pointed: Pointed | None
) -> list[float]:
    """What the calibration looks at for a quotation in a paragraph; more where the encoder was heard."""
    candidate = ranking.candidate
    return [
        _log_odds(ranking.probability),
        _log_odds(ranking.second),
        _log_odds(span.score),
        float(found is not None and found.candidate is candidate),
        float(found is None),
        float(span.kind == "direct"),
        float(candidate.paragraph != paragraph),
        float(candidate.named is None),
        *(
            (_log_odds(pointed.at(candidate.start, candidate.end)), _log_odds(pointed.genuine))
            if pointed is not None
            else ()
        ),
    ]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over :func:`evidence`; below ``least`` a quotation is none at all."""

    weights: Sequence[float]
    bias: float
    least: float

    def probability(self, row: Sequence[float]) -> float:
        """The probability that the quotation is one and the speaker right."""
        margin = self.bias + sum(weight * value for weight, value in zip(self.weights, row, strict=True))
        return 1 / (1 + math.exp(-margin))


def _log_odds(probability: float) -> float:
    bounded = min(1 - _LEAST, max(_LEAST, probability))
    return math.log(bounded / (1 - bounded))
