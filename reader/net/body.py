"""The body of a response: decompressed by us, in pieces of bounded size, and never more than allowed."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from reader.model.errors import FetchError
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

_CHUNK = 1 << 16
ENCODINGS = "gzip, deflate"
"""What may be asked for: the compressions that :func:`pieces` undoes."""


def pieces(response: httpx.Response) -> Iterator[bytes]:
    """Yield the body decompressed. Raises :class:`zlib.error` when it is damaged, and :class:`FetchError`.

    One layer of gzip or deflate is undone: a bomb may be wrapped several times.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(
            f"{printable(str(response.url))} comes in a compression that was not asked for",
            "Open it in a browser and save the page",
        )
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    for chunk in response.iter_raw():
        data = chunk
        while data:
            try:
                piece = unpacker.decompress(data, _CHUNK * 4)
            except zlib.error:
                if not first:
                    raise
                unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers send deflate without its header
                piece = unpacker.decompress(data, _CHUNK * 4)
            first = False
            yield piece
            data = unpacker.unconsumed_tail
    yield unpacker.flush()


def announced(response: httpx.Response) -> int | None:
    """Return how many bytes the body says that it has; None when it does not, or is compressed."""
    length = response.headers.get("content-length", "")
    known = length.isascii() and length.isdigit() and "content-encoding" not in response.headers
    return int(length) if known else None
