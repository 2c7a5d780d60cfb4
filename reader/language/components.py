"""spaCy components: quotations and their speakers in anybody's pipeline.

``nlp.add_pipe("onrecord_quotations")`` sets ``doc._.quotations`` to objects of the class
:class:`reader.model.analysis.Quotation`, without speakers; it needs nothing else in the pipeline.
``"onrecord_speakers"`` after it says who speaks, with whatever the pipeline offers: named entities, a tagger,
a parser, or none of them.
Offsets count code points of ``doc.text``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from reader.language.attribution import attribute, attribute_turns, in_order, in_turns
from reader.language.entities.aliases import cluster
from reader.language.entities.labels import TypedSpan, entity_type
from reader.language.quotations import find_quotations, find_turns
from reader.model.analysis import NOT_LOOKED_FOR, Quotation, quotation_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.model.analysis import QuotationKind

_OURS = ("onrecord_quotations", "onrecord_speakers")

if not Doc.has_extension("quotations"):
    Doc.set_extension("quotations", default=())
if not Doc.has_extension("quotation_entities"):
    Doc.set_extension("quotation_entities", default=())


class QuotationFinder:
    """Sets ``doc._.quotations``: every quotation of the text, its speaker not yet looked for."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotations of a document."""
        text = doc.text
        doc._.quotations = in_order(
            [_unattributed(q.start, q.end, q.kind) for q in find_quotations(text, ())],
            [_unattributed(turn.start, turn.end, "turn") for turn in find_turns(text, ())],
        )
        return doc


def _unattributed(start: int, end: int, kind: QuotationKind) -> Quotation:
    return Quotation(quotation_id(start), kind, start, end, None, None, 0.0, NOT_LOOKED_FOR)


class SpeakerFinder:
    """Sets the speakers of ``doc._.quotations``, and ``doc._.quotation_entities`` that they name."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Find and attribute the quotations of a document."""
        text = doc.text
        quoted = find_quotations(text, ())
        spans = [
            TypedSpan(entity.start_char, entity.end_char, kind)
            for entity in doc.ents
            if (kind := entity_type(entity.label_)) is not None
        ]
        entities = cluster(text, spans)
        doc._.quotation_entities = entities
        turns = attribute_turns(text, find_turns(text, ()), entities)
        marked = filter(None, attribute(text, (), quoted, entities, self._parse))
        doc._.quotations = in_order(in_turns(text, marked, turns), turns)
        return doc

    def _parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        # The parser should see paragraphs whose quotations are masked: the document's own parse will not do.
        nlp = self._nlp
        off = [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory in _OURS]
        yield from nlp.pipe(texts, disable=off)


@Language.factory("onrecord_quotations", assigns=["doc._.quotations"])
def make_quotation_finder(nlp: Language, name: str) -> QuotationFinder:
    """Make the component that finds quotations."""
    return QuotationFinder()


@Language.factory("onrecord_speakers", assigns=["doc._.quotations", "doc._.quotation_entities"])
def make_speaker_finder(nlp: Language, name: str) -> SpeakerFinder:
    """Make the component that attributes quotations to their speakers."""
    return SpeakerFinder(nlp)
