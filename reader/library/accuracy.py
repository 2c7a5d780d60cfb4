"""How good the machine is for this reader: what it found in articles that were looked at, and what held.

Two questions are told apart. Of what the reader decided about, one by one, it is known whether it is right;
but what is wrong may catch the eye first. What was left alone in those articles counts as right only where
that is said.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from reader.library.errors import LibraryError
from reader.library.reading import found_by_machine
from reader.model.corrected import apply
from reader.model.corrections import AddQuotation, ConfirmSpeaker, NoQuotation, RestoreLine, SetSpeaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library.library import Library
    from reader.model.analysis import Analysis, Quotation

_Span = tuple[int, int]  # code points, end exclusive
_Z = 1.96  # nineteen times in twenty


class Score(NamedTuple):
    """How often something was right, out of so many times.

    With ``decided`` only what the reader decided about counts; else what was left alone counts as right.
    """

    what: str
    right: int
    all: int
    decided: bool = False

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
    """The scores, and how many articles they rest on: those with any decision about what was found."""

    articles: int
    scores: tuple[Score, ...]


def accuracy(library: Library) -> Accuracy:
    """Compare the machine's latest analyses with the reader's decisions about them."""
    scores: dict[tuple[str, bool], tuple[int, int]] = {}
    articles = 0
    for seen in _seen(library):
        articles += 1
        for one in (*_of_decided(seen), *_of_all(seen)):
            right, total = scores.get((one.what, one.decided), (0, 0))
            scores[one.what, one.decided] = right + one.right, total + one.all
    return Accuracy(articles, tuple(Score(what, *sums, decided) for (what, decided), sums in scores.items()))


_SPEAKERS = "speakers that are right"
_QUOTATIONS = "quotations that are some"


class _Seen(NamedTuple):
    """An article that was looked at: the machine's analysis and the reader's, over the same text.

    ``speakers`` and ``quotations`` are the spans of text about which there are decisions of that kind.
    """

    machine: Analysis
    reader: Analysis
    speakers: Sequence[_Span]
    quotations: Sequence[_Span]


def _seen(library: Library) -> Iterator[_Seen]:
    for document in library.corrections.documents():
        try:
            article = library.articles.load(library.articles.get(str(document)).version)
        except LibraryError:  # forgotten meanwhile
            continue
        decisions = library.corrections.of(document)
        article, machine = found_by_machine(library, article, library.analyses.find(article), decisions)
        corrections = [one.correction for one in decisions]
        about = [one for one in corrections if not isinstance(one, RestoreLine)]  # that is about cleaning
        if about and machine is not None:
            reader = apply(article, machine, about).analysis
            speakers = [one for one in about if isinstance(one, SetSpeaker | ConfirmSpeaker)]
            others = [one for one in about if isinstance(one, NoQuotation | AddQuotation)]
            spoken = _places(article.text, speakers)
            yield _Seen(machine, reader, spoken, [*spoken, *_places(article.text, others)])


def _places(
    text: str, about: Sequence[SetSpeaker | ConfirmSpeaker | NoQuotation | AddQuotation]
) -> list[_Span]:
    return [place for one in about if (place := one.quotation.find(text)) is not None]


def _of_decided(seen: _Seen) -> Iterator[Score]:
    spoken = _spoken(seen.machine), _spoken(seen.reader)
    known = [place for place in spoken[0].keys() & spoken[1].keys() if _touched(place, seen.speakers)]
    right = sum(spoken[0][place] == spoken[1][place] for place in known)
    yield Score(_SPEAKERS, right, len(known), decided=True)
    found = {place for place in spoken[0] if _touched(place, seen.quotations)}
    yield Score(_QUOTATIONS, len(found & spoken[1].keys()), len(found), decided=True)


def _of_all(seen: _Seen) -> Iterator[Score]:
    spoken = _spoken(seen.machine), _spoken(seen.reader)
    both = spoken[0].keys() & spoken[1].keys()
    yield Score(_SPEAKERS, sum(spoken[0][place] == spoken[1][place] for place in both), len(both))
    yield Score(_QUOTATIONS, len(both), len(spoken[0]))
    yield Score("quotations that were found", len(both), len(spoken[1]))
    names = [
        {(m.start, m.end, entity.type) for entity in analysis.entities for m in entity.mentions}
        for analysis in (seen.machine, seen.reader)
    ]
    yield Score("names that are some, of the right type", len(names[0] & names[1]), len(names[0]))
    yield Score("names that were found", len(names[0] & names[1]), len(names[1]))


def _touched(place: _Span, spans: Sequence[_Span]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in spans)


def _spoken(analysis: Analysis) -> dict[_Span, object]:
    """The places of the quotations, each with who speaks."""
    return {(one.start, one.end): _speaker(one, analysis) for one in analysis.quotations}


def _speaker(quotation: Quotation, analysis: Analysis) -> object:
    """Who speaks: the first mention of the entity, which a new name does not change; else the words."""
    if quotation.speaker is None:
        return None
    entity = next((one for one in analysis.entities if one.id == quotation.speaker.entity), None)
    if entity is not None:
        return entity.mentions[0].start
    return quotation.speaker.name or quotation.speaker.start
