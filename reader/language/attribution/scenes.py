"""The paragraphs that matter for attribution, with what the rules and the ranker keep asking about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.language.attribution.candidates import candidates
from reader.language.attribution.masking import mask
from reader.language.attribution.mentions import Mentions
from reader.language.attribution.words import view
from reader.language.cues import REPORTING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from reader.language.attribution.masking import Masked
    from reader.language.attribution.mentions import Candidate
    from reader.language.attribution.readings import Readings
    from reader.language.attribution.words import Paragraph
    from reader.language.quotations import QuotedSpan
    from reader.model.analysis import Entity
    from reader.model.article import Block

    Parse = Callable[[Iterable[str]], Iterator[Doc]]

# Nearly every speaker stands in the quotation's paragraph, one of the two before it or the one after.
_BEFORE, _AFTER = 2, 1
_VERBAL = frozenset(("VERB", "AUX", "NOUN", "PROPN", "ADJ", "X"))


@dataclass(slots=True)
class Scene:
    """A paragraph with its candidates, looked up by word, and running counts over its words.

    ``verbs[i]`` counts the verbs before word ``i``, and so on: counting between two words is a subtraction.
    """

    number: int
    paragraph: Paragraph
    candidates: list[Candidate]
    at: dict[int, Candidate] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    verbs: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)
    commas: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        words = self.paragraph.words
        self.at = {candidate.index: candidate for candidate in self.candidates}
        self.order = sorted(self.paragraph.spans)
        self.place = {quotation: place for place, quotation in enumerate(self.order)}
        starts = {
            first for number, (first, _) in self.paragraph.spans.items() if number in self.paragraph.direct
        }
        subjects = {candidate.index for candidate in self.candidates if candidate.subject}
        self.verbs = _running(word.pos == "VERB" and not word.masked for word in words)
        self.heads = _running(index in self.at for index in range(len(words)))
        self.subjects = _running(index in subjects for index in range(len(words)))
        self.masks = _running(index in starts for index in range(len(words)))
        self.commas = _running(word.text in ",:" for word in words)

    def is_cue(self, index: int) -> bool:
        """Whether a word may introduce a quotation."""
        word = self.paragraph.words[index]
        return word.stem in REPORTING and word.pos in _VERBAL and not word.masked and word.lower[0].isalpha()


def _running(flags: Iterable[bool]) -> list[int]:
    return list(accumulate(flags, initial=0))


def scenes_of(
    text: str,
    blocks: Sequence[Block],
    quoted: Sequence[QuotedSpan],
    entities: Sequence[Entity],
    parse: Parse | None,
    readings: Readings | None = None,
) -> dict[int, Scene]:
    """Look at the paragraphs with quotations and their neighbours, by paragraph number.

    ``parse`` is for those that are not among the ``readings``.
    """
    masked = readings.masked if readings is not None else mask(text, blocks, quoted)
    wanted = in_view(masked)
    rest = [number for number in wanted if readings is None or number not in readings]
    docs = iter(parse(masked[number].text for number in rest)) if parse is not None else None
    mentions = Mentions(entities)
    scenes = {}
    for number in wanted:
        if readings is not None and number in readings:
            doc: Doc | None = readings.doc(number)
        else:
            doc = next(docs) if docs is not None else None
        paragraph = view(masked[number], doc)
        scenes[number] = Scene(number, paragraph, candidates(number, paragraph, mentions))
    return scenes


def in_view(masked: Sequence[Masked]) -> list[int]:
    """The numbers of the paragraphs that matter for attribution."""
    numbers: set[int] = set()
    for number, paragraph in enumerate(masked):
        if paragraph.placed:
            numbers.update(range(max(0, number - _BEFORE), min(len(masked), number + _AFTER + 1)))
    return sorted(numbers)
