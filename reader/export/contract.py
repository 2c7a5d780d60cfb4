"""The public JSON shape of an analysed article, schema ``onrecord/1``.

Offsets are Unicode code points into ``article.text``, end exclusive.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reader.export.view import chosen
from reader.text.safety import ACTING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis, Quotation
    from reader.model.article import Article

SCHEMA = "onrecord/1"

_ACTING = re.compile(f"[{ACTING}]")


def record(article: Article, analysis: Analysis) -> dict[str, Any]:
    """Return the article and its analysis as a dictionary that :func:`dumps` takes."""
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


def dumps(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON on one line (or indented) that is safe to print and to encode.

    Characters that act on a terminal or split a line (controls, bidirectional overrides, U+2028, lone
    surrogates) are written as ``\\uXXXX``: a JSON reader gets them back unchanged.
    """
    return _ACTING.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent))


def json_line(article: Article, analysis: Analysis) -> str:
    """Return the line that ``onrecord analyse`` prints for an article, without the line feed."""
    return dumps(record(article, analysis))


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write one JSON object per line and article."""
    for article, analysis in results:
        stream.write((json_line(article, chosen(analysis, options)) + "\n").encode())


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code > 0xFFFF:  # JSON escapes are UTF-16 code units
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"


def _quotation(quotation: Quotation) -> dict[str, Any]:
    shape = asdict(quotation)
    shape["confidence"] = round(quotation.confidence, 3)
    return shape
