"""What a quoted stretch is: somebody's utterance, words woven into a sentence, or no quotation at all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.language.quotations.surface import NAMES, Neighbours, inner, profile, surface
from reader.language.trees import Trees, load_trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.quotations.marks import Quoted
    from reader.model.analysis import QuotationKind

_DATA = Path(__file__).parent.parent / "data"
_WORD = re.compile(r"\w[\w'’.-]*")
_ENDS = re.compile(r"[.?!,…—–-][\"”'’»*]*$")
_CAPITAL = re.compile(r"\W*(?:[\d\[]|(?![a-z])[^\W_])")

Paragraph = tuple[int, int, "Sequence[Quoted]"]


@dataclass(frozen=True, slots=True)
class Judge:
    """Trained on the surface of quoted stretches: is it a quotation at all?"""

    quotation: Trees
    near: Neighbours
    threshold: float

    def scores(self, text: str, paragraphs: Sequence[Paragraph]) -> list[float]:
        """For every stretch of every paragraph, the probability that it is a quotation.

        Titles, nicknames, scare quotes and mark-up score low.
        """
        whole = profile(text, [stretch for _, _, stretches in paragraphs for stretch in stretches])
        rows = [
            surface(text, low, high, stretches, place, number, whole, self.near)
            for number, (low, high, stretches) in enumerate(paragraphs)
            for place in range(len(stretches))
        ]
        return [float(score) for score in self.quotation.probabilities(rows)]


def shape_of(text: str, low: int, stretch: Quoted) -> QuotationKind | None:
    """The kind of a quotation in the paragraph of ``text`` from ``low``; None for mark-up and empty marks."""
    start, end = stretch.start, stretch.end
    content = inner(text, stretch)
    words = len(_WORD.findall(content))
    if words == 0 or text[start - 1 : start] == "=":
        return None
    before = text[max(low, start - 3) : start].rstrip(" ")
    after_boundary = before == "" or before[-1] in ".?!:,”\"'’—–-―;)"
    ends = _ENDS.search(text, max(start, end - 6), end) is not None
    capital = _CAPITAL.match(content) is not None and not content.lstrip("([")[:1].islower()
    if after_boundary and ((words >= 4 and (ends or capital)) or (capital and ends)):
        return "direct"
    return "partial"


@cache
def load_judge() -> Judge:
    """The classifier that ships with the package."""
    (quotation,) = load_trees(_DATA / "quotations.npz", quotation=NAMES)
    stored = json.loads((_DATA / "quotations.json").read_text("utf-8"))
    return Judge(quotation, Neighbours(**stored["neighbours"]), stored["threshold"])
