"""How an attribution is put to people: who speaks, and how sure that is."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.analysis import EntityType, QuotationKind

DOUBTFUL_BELOW = 0.85
"""An attribution with less confidence than this is shown with a question mark."""

NO_SPEAKER = "no speaker given"
"""What is said of a quotation whose speaker the text does not give."""

STILL_LOOKING = "still being looked for"
"""What is said of anything that an analysis has not come to."""

LOOKING = f"speaker {STILL_LOOKING}"
"""What is said of a quotation while its analysis has not come to its speaker."""

TYPE_NAMES: dict[EntityType, tuple[str, str]] = {
    "PERSON": ("person", "people"),
    "PLACE": ("place", "places"),
    "ORG": ("organisation", "organisations"),
    "GROUP": ("group", "groups"),
}
"""What one entity of a type is called, and what several are."""

KIND_NAMES: dict[QuotationKind, str] = {
    "direct": "whole utterance",
    "partial": "words woven into the reporter’s sentence",
    "turn": "turn of an interview or a transcript",
}
"""What a quotation of a kind is."""


class Doubt(Enum):
    """How an attribution is to be taken.

    DOUBTFUL is less sure than :data:`DOUBTFUL_BELOW`. UNRESOLVED names nobody: its speaker is a pronoun, a
    description, or not given at all.
    """

    SURE = "sure"
    DOUBTFUL = "doubtful"
    UNRESOLVED = "unresolved"


def percent(confidence: float) -> str:
    """Return a confidence as people read it, rounded down: nothing less than certain is "100%"."""
    whole = math.floor(confidence * 100 + 1e-9)  # .29 * 100 is a little less than 29
    return f"{min(whole, 99) if confidence < 1 else whole}%"


def duration(minutes: int) -> str:
    """Return how long reading takes, as people say it: "4 min", "2 h", "76 h"."""
    return f"{minutes} min" if minutes < 100 else f"{round(minutes / 60):,} h"
