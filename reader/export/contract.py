"""The public JSON shape of an analysed article, schema ``onrecord/1``.

Offsets are Unicode code points into ``article.text``, end exclusive.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.analysis import Analysis, Quotation
    from reader.article import Article

SCHEMA = "onrecord/1"


def record(article: Article, analysis: Analysis) -> dict[str, Any]:
    """Return the article and its analysis as a dictionary that ``json.dumps`` takes."""
    return {
        "schema": SCHEMA,
        "source": article.source,
        "article": {
            "id": article.id,
            "title": article.title,
            "byline": article.byline,
            "published": article.published,
            "site": article.site,
            "language": article.language,
            "text": article.text,
            "blocks": [{"kind": b.kind, "start": b.start, "end": b.end} for b in article.blocks],
            "removed": [{"line": r.line, "text": r.text, "reason": r.reason} for r in article.removed],
        },
        "entities": [asdict(entity) for entity in analysis.entities],
        "quotations": [_quotation(quotation) for quotation in analysis.quotations],
        "pipeline": asdict(analysis.pipeline) if analysis.pipeline else None,
    }


def _quotation(quotation: Quotation) -> dict[str, Any]:
    shape = asdict(quotation)
    shape["confidence"] = round(quotation.confidence, 3)
    return shape
