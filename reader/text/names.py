"""Names as people type them."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return text without case and accents, to compare what people type with what articles spell."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # A long text has few different characters: looking through those is many times as fast.
    marks = {ord(char): None for char in set(decomposed) if unicodedata.combining(char)}
    return decomposed.translate(marks) if marks else decomposed
