"""Names as people type them."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return text without case and accents, to compare what people type with what articles spell."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
