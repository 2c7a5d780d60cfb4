"""How good the machine is for this reader: what it found in articles that were corrected, and what held."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from reader.library.errors import LibraryError
from reader.model.corrected import apply
from reader.model.corrections import RestoreLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.library.library import Library
    from reader.model.analysis import Analysis, Quotation

_Z = 1.96  # nineteen times in twenty


class Score(NamedTuple):
    """How often something was right, out of so many times."""

    what: str
    right: int
    all: int

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares (0 to 1) the truth lies, nineteen times in twenty: Wilson's interval."""
        if not self.all:
            return 0.0, 1.0
        share, more = self.right / self.all, _Z * _Z / self.all
        middle = (share + more / 2) / (1 + more)
        width = _Z * sqrt(share * (1 - share) / self.all + more / (4 * self.all)) / (1 + more)
        return max(0.0, middle - width), min(1.0, middle + width)


class Accuracy(NamedTuple):
    """The scores, and how many articles they rest on: those that were corrected at all.

    What was left as it was in them counts as right.
    """

    articles: int
    scores: tuple[Score, ...]


def accuracy(library: Library) -> Accuracy:
    """Compare the machine's latest analyses with the reader's decisions about them."""
    right = dict.fromkeys(_WHAT, 0)
    total = dict.fromkeys(_WHAT, 0)
    articles = 0
    for machine, reader in _pairs(library):
        articles += 1
        for what, found, kept in _compared(machine, reader):
            right[what] += len(found & kept)
            total[what] += len(kept if what in _MISSED else found)
    return Accuracy(articles, tuple(Score(what, right[what], total[what]) for what in _WHAT))


_WHAT = (
    "speakers that are right",
    "quotations that are some",
    "quotations that were found",
    "names that are some, of the right type",
    "names that were found",
)
_MISSED = ("quotations that were found", "names that were found")


def _pairs(library: Library) -> Iterator[tuple[Analysis, Analysis]]:
    """The machine's analysis and the reader's, over the same text, of every article that was corrected."""
    for document in library.corrections.documents():
        try:
            article = library.articles.load(library.articles.get(str(document)).version)
        except LibraryError:  # forgotten meanwhile
            continue
        machine = library.analyses.find(article)
        if machine is None:
            continue
        decisions = [one.correction for one in library.corrections.of(document)]
        about = [one for one in decisions if not isinstance(one, RestoreLine)]  # that is about cleaning
        if about:
            yield machine, apply(article, machine, about).analysis


def _compared(machine: Analysis, reader: Analysis) -> Iterator[tuple[str, set[object], set[object]]]:
    quotations = [{(q.start, q.end): q for q in analysis.quotations} for analysis in (machine, reader)]
    both = quotations[0].keys() & quotations[1].keys()
    spoken = [
        {(place, _speaker(quotations[number][place], analysis)) for place in both}
        for number, analysis in enumerate((machine, reader))
    ]
    yield _WHAT[0], set(spoken[0]), set(spoken[1])
    for what in _WHAT[1:3]:
        yield what, set(quotations[0]), set(quotations[1])
    names = [
        {(m.start, m.end, entity.type) for entity in analysis.entities for m in entity.mentions}
        for analysis in (machine, reader)
    ]
    for what in _WHAT[3:]:
        yield what, set(names[0]), set(names[1])


def _speaker(quotation: Quotation, analysis: Analysis) -> object:
    """Who speaks: the first mention of the entity, which a new name does not change; else the words."""
    if quotation.speaker is None:
        return None
    entity = next((one for one in analysis.entities if one.id == quotation.speaker.entity), None)
    if entity is not None:
        return entity.mentions[0].start
    return quotation.speaker.name or quotation.speaker.start
