"""From a document's bytes to an article, whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ingest.decoding import decode
from reader.ingest.pasted import from_text
from reader.ingest.sources import raw_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.article import Article


def article_from(
    data: bytes,
    *,
    source: str,
    name: str = "",
    content_type: str = "",
    raw: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> Article:
    """Return the article in a document."""
    decoded = decode(data)
    return raw_article(decoded.text, source) if raw else from_text(decoded.text, source=source)
