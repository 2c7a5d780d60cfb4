"""Paragraphs as the parser should see them: direct quotations masked, marks normalised, offsets kept.

A parser does badly on "I wonder whether," he said. It does well on "Yes," he said: every direct quotation
is therefore replaced by a short placeholder, and a map leads from the masked text back to the article's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.language.quotations.finder import paragraphs
from reader.text.languages import OTHER_LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.quotations import QuotedSpan
    from reader.model.article import Block

_ENDING = re.compile(r"([.?!,])[\"”'’»*]*$")
_NORMAL = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"',
    "‘": "'", "’": "'", "‚": "'", "\xa0": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ",
    "―": "—", "–": "—", "\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " ",
})  # fmt: skip
# A word in letters that the parser has never seen is a name to it when it looks like one of the same length.
_OWN_LETTERS = re.compile(f"[{OTHER_LETTERS}]+")
_STAND_IN = "Tom"


@dataclass(slots=True)
class Placed:
    """A quotation inside a masked paragraph: its number and its span in the masked text."""

    number: int
    start: int
    end: int
    direct: bool


@dataclass(slots=True)
class Masked:
    """A paragraph of the article (``start``, ``end``) and its masked text.

    ``offsets[i]`` is the offset in the article of the masked text's character ``i``.
    """

    start: int
    end: int
    text: str
    offsets: list[int]
    placed: list[Placed] = field(default_factory=list)

    def original_end(self, masked_end: int) -> int:
        """The offset in the article of the end (exclusive) of a span that ends at ``masked_end``."""
        return self.offsets[masked_end - 1] + 1 if masked_end > 0 else self.start


def mask(text: str, blocks: Sequence[Block], quoted: Sequence[QuotedSpan]) -> list[Masked]:
    """Mask every paragraph of an article. ``quoted`` must be in text order and within paragraphs."""
    masked = []
    number = 0
    for low, high in paragraphs(text, blocks):
        inside = []
        while number < len(quoted) and quoted[number].start < high:
            if quoted[number].start >= low:
                inside.append(number)
            number += 1
        masked.append(_masked(text, low, high, inside, quoted))
    return masked


def _masked(text: str, low: int, high: int, inside: list[int], quoted: Sequence[QuotedSpan]) -> Masked:
    pieces: list[str] = []
    offsets: list[int] = []
    placed = []
    position = low
    for number in inside:
        span = quoted[number]
        start, end = max(span.start, position), min(span.end, high)
        pieces.append(_normal(text[position:start]))
        offsets.extend(range(position, start))
        masked_start = len(offsets)
        if span.kind == "direct":
            replacement = _placeholder(text, start, end, low, high)
            masked_start += replacement.startswith(" ")
            pieces.append(replacement)
            offsets.extend([start] * (len(replacement) - 1))
            offsets.append(end - 1)
        else:
            pieces.append(_plain_marks(_normal(text[start:end])))
            offsets.extend(range(start, end))
        placed.append(Placed(number, masked_start, len(offsets), span.kind == "direct"))
        position = end
    pieces.append(_normal(text[position:high]))
    offsets.extend(range(position, high))
    return Masked(low, high, "".join(pieces), offsets, placed)


def _normal(part: str) -> str:
    """A part of the text as the parser knows text, its length unchanged."""
    plain = part.translate(_NORMAL)
    return plain if plain.isascii() else _OWN_LETTERS.sub(_stand_in, plain)


def _stand_in(word: re.Match[str]) -> str:
    size = word.end() - word.start()
    return _STAND_IN[:size].ljust(size, "n")


def _placeholder(text: str, start: int, end: int, low: int, high: int) -> str:
    ending = _ENDING.search(text, max(start, end - 4), end)
    leading = " " if start > low and not text[start - 1].isspace() and text[start - 1] not in "([—–-―" else ""
    trailing = " " if end < high and text[end].isalnum() else ""
    return f'{leading}"Yes{ending.group(1) if ending else ""}"{trailing}'


def _plain_marks(masked: str) -> str:
    """Two apostrophes would be split into two tokens: make them one mark, the length unchanged."""
    if masked.startswith("''"):
        masked = ' "' + masked[2:]
    if masked.endswith("''"):
        masked = masked[:-2] + '" '
    return masked
