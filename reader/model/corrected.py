"""Corrections put over an article and its analysis. Nothing here is changed: what comes out is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.corrections import Correction, RestoreLine
from reader.model.restoration import restored
from reader.model.working_copy import WorkingCopy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.model.analysis import Analysis
    from reader.model.article import Article


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article and its analysis as the reader has decided, and the decisions that no longer apply.

    When lines were put back the article's text is another one: what is in them has not been analysed.
    """

    article: Article
    analysis: Analysis
    stale: tuple[Correction, ...]


def apply(article: Article, analysis: Analysis, corrections: Sequence[Correction]) -> Corrected:
    """Return the article and its analysis with corrections put over them, in order.

    A correction whose words are not in the text any more, or where what it is about is not found, is
    stale and does nothing. Ids of entities and quotations are those of what results.
    """
    if not corrections:
        return Corrected(article, analysis, ())
    lines = [c for c in corrections if isinstance(c, RestoreLine)]
    numbers, lost = _lines(article, lines)
    article, shift = restored(article, numbers)
    copy = WorkingCopy(article.text, analysis, shift)
    stale = [c for c in corrections if (c in lost if isinstance(c, RestoreLine) else not copy.correct(c))]
    return Corrected(article, copy.finished(), tuple(stale))


def _lines(article: Article, wanted: Iterable[RestoreLine]) -> tuple[set[int], set[RestoreLine]]:
    """The numbers of the removed lines that are meant, and the corrections that mean none."""
    numbers: set[int] = set()
    lost: set[RestoreLine] = set()
    back = {article.text[b.start : b.end] for b in article.blocks if b.start in article.restored}
    for correction in dict.fromkeys(wanted):
        same = {line.line for line in article.removed if line.text == correction.text} - numbers
        if correction.line in same:
            numbers.add(correction.line)
        elif correction.text not in back and same:  # cleaned anew, with other numbers
            numbers.add(min(same, key=lambda number: (abs(number - correction.line), number)))
        elif correction.text not in back:
            lost.add(correction)
    return numbers, lost
