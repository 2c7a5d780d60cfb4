"""Articles and analyses as the library keeps them: the public record's own shape, compressed.

The text stands apart, where it can be searched; whatever else the record says is one small blob.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from reader.model.errors import RecordError
from reader.model.record import from_record, record

if TYPE_CHECKING:
    from reader.model.analysis import Analysis
    from reader.model.article import Article

_LARGEST = 1 << 28
"""Bytes that a blob may unpack to: another's library may hold one made to fill the memory."""


def pack(article: Article, analysis: Analysis) -> tuple[bytes, bytes]:
    """Return an article without its text, and an analysis, as blobs."""
    whole = record(article, analysis)
    findings = {key: whole.pop(key) for key in ("entities", "quotations", "pipeline")}
    del whole["article"]["text"]
    return _packed(whole), _packed(findings)


def unpack(text: str, parts: bytes, findings: bytes | None = None) -> tuple[Article, Analysis]:
    """Return what :func:`pack` made blobs of; without findings an empty analysis.

    Raises :class:`reader.model.errors.RecordError` for blobs of another origin.
    """
    whole = _unpacked(parts)
    if not isinstance(whole.get("article"), dict):
        raise RecordError("This article of the library cannot be read", "Read it again from its source")
    whole["article"]["text"] = text
    whole |= _unpacked(findings) if findings is not None else {"entities": [], "quotations": []}
    return from_record(whole)


def _packed(value: object) -> bytes:
    return zlib.compress(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    )


def _unpacked(blob: bytes) -> dict[str, Any]:
    try:
        data = zlib.decompressobj().decompress(blob, _LARGEST)
        value = json.loads(data.decode("utf-8", "surrogatepass"))
    except (zlib.error, ValueError, RecursionError, TypeError) as error:
        raise RecordError(
            "This article of the library cannot be read", "Read it again from its source"
        ) from error
    if not isinstance(value, dict):
        raise RecordError("This article of the library cannot be read", "Read it again from its source")
    return value
