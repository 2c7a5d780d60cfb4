"""spaCy's binary format: entities as ``doc.ents``, quotations, speakers and cues as ``doc.spans``.

Entity ids are the ``kb_id`` of mentions and the ``id`` of nothing else; spans of one quotation share its
id. What spans have no place for is in ``doc.user_data["onrecord"]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.export.view import ExportView
from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.language.docbin import AnnotatedText
    from reader.model.analysis import Analysis
    from reader.model.article import Article


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write every article as a document. The format is written whole, at the end."""
    from reader.language.docbin import docbin

    stream.write(docbin(_document(ExportView(*result, options)) for result in results))


def _document(view: ExportView) -> AnnotatedText:
    from reader.language.docbin import AnnotatedText, Label

    quotations = view.analysis.quotations
    return AnnotatedText(
        view.text,
        [
            Label(m.start, m.end, entity.type, entity.id)
            for entity in view.analysis.entities
            for m in entity.mentions
        ],
        {
            "quotations": [Label(q.start, q.end, q.kind, q.id) for q in quotations],
            "speakers": [
                Label(q.speaker.start, q.speaker.end, "speaker", q.id) for q in quotations if q.speaker
            ],
            "cues": [Label(q.cue.start, q.cue.end, "cue", q.id) for q in quotations if q.cue],
        },
        _data(view),
    )


def _data(view: ExportView) -> dict[str, Any]:
    return {
        "source": view.index.source,
        "title": view.index.title,
        "entities": {entity.id: view.index.name(entity) for entity in view.analysis.entities},
        "quotations": {
            quotation.id: {
                "speaker": view.index.speaker_name(quotation),
                "role": view.index.role(quotation),
                "entity": quotation.speaker.entity if quotation.speaker else None,
                "confidence": round(quotation.confidence, 3),
                "evidence": one_line(quotation.evidence),
            }
            for quotation in view.analysis.quotations
        },
    }
