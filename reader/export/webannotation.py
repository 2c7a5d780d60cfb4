"""W3C Web Annotation (JSON-LD): every finding as an annotation of the article's text.

The first annotation holds the text itself, because positions count its code points and not those of
the web page that it came from. Quotations are linked to their speakers' words; confidence is ITS 2.0's
``taConfidence``, the W3C term for how sure a text analysis is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from reader.export.view import ExportView
from reader.text.jsontext import dumps
from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.options import Options
    from reader.model.analysis import Analysis, Cue, Mention, Quotation, Speaker
    from reader.model.article import Article

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "confidence": {
            "@id": "http://www.w3.org/2005/11/its/rdf#taConfidence",
            "@type": "http://www.w3.org/2001/XMLSchema#double",
        }
    },
]
_AROUND = 32  # characters of prefix and suffix

_Shape = dict[str, Any]


def render(article: Article, analysis: Analysis, options: Options) -> str:
    """Return an annotation page. Identifiers depend on the text alone, so that they are stable."""
    view = ExportView(article, analysis, options)
    items = [_text(view), *_mentions(view), *_quotations(view)]
    page = {"@context": CONTEXT, "id": _urn(view, "page"), "type": "AnnotationPage", "items": items}
    return dumps(page, indent=2) + "\n"


def _text(view: ExportView) -> _Shape:
    body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": view.text}
    source: _Shape = {"id": _urn(view, "text"), "type": "Text", "format": "text/plain"}
    if language := one_line(view.article.language or ""):
        body["language"] = source["language"] = language
    annotation = _annotation(view, "whole", "describing", body, source)
    if view.address:
        source["via"] = view.address
    return annotation


def _mentions(view: ExportView) -> Iterator[_Shape]:
    for entity in view.analysis.entities:
        for number, mention in enumerate(entity.mentions, 1):
            body = [
                {"type": "SpecificResource", "purpose": "identifying", "source": _urn(view, entity.id)},
                _words("tagging", view.index.name(entity)),
                _words("classifying", entity.type),
            ]
            yield _annotation(view, f"{entity.id}-{number}", "identifying", body, _part(view, mention))


def _quotations(view: ExportView) -> Iterator[_Shape]:
    for quotation in view.analysis.quotations:
        target = _part(view, quotation)
        kind = _words("classifying", f"{quotation.kind} quotation")
        yield _annotation(view, quotation.id, "classifying", kind, target)
        if quotation.cue:
            body = _part(view, quotation.cue) | {"purpose": "describing"}
            yield _annotation(view, f"{quotation.id}-cue", "describing", body, target)
        if quotation.speaker:
            yield _attribution(view, quotation, quotation.speaker)


def _attribution(view: ExportView, quotation: Quotation, speaker: Speaker) -> _Shape:
    bodies = [_part(view, speaker) | {"purpose": "linking"}]
    if entity := view.index.speaker_entity(quotation):
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": _urn(view, entity.id)})
    if name := view.index.speaker_name(quotation):
        bodies.append(_words("tagging", name))
    if role := view.index.role(quotation):
        bodies.append(_words("describing", role))
    if evidence := one_line(quotation.evidence):
        bodies.append(_words("commenting", evidence))
    shape = _annotation(view, f"{quotation.id}-speaker", "linking", bodies, _part(view, quotation))
    return shape | {"confidence": round(quotation.confidence, 3)}


def _annotation(
    view: ExportView, key: str, motivation: str, body: _Shape | list[_Shape], target: _Shape
) -> _Shape:
    return {
        "id": _urn(view, f"annotation {key}"),
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": target,
    }


def _part(view: ExportView, span: Mention | Quotation | Cue | Speaker) -> _Shape:
    text = view.text
    return {
        "type": "SpecificResource",
        "source": _urn(view, "text"),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _words(purpose: str, value: str) -> _Shape:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _urn(view: ExportView, part: str) -> str:
    return uuid5(NAMESPACE_URL, f"{view.article.id} {part}").urn
