"""What a quoted stretch is: somebody's utterance, words woven into a sentence, or no quotation at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.analysis import QuotationKind
    from reader.language.quotations.marks import Quoted

_WORD = re.compile(r"\w[\w'’.-]*")
_ENDS = re.compile(r"[.?!,…—–-][\"”'’»*]*$")
_CAPITAL = re.compile(r"\W*[A-Z0-9\[]")
_MARKS = "\"“”„‟«»＂‘’‚‹›'`"


def kind_of(text: str, low: int, high: int, stretch: Quoted) -> QuotationKind | None:
    """Return the kind of a quoted stretch of the paragraph ``text[low:high]``; None for no quotation."""
    start, end = stretch.start, stretch.end
    inner = text[start:end].strip(_MARKS + " ")
    words = len(_WORD.findall(inner))
    if words == 0 or text[start - 1 : start] == "=":
        return None
    before = text[max(low, start - 3) : start].rstrip(" ")
    after_boundary = before == "" or before[-1] in ".?!:,”\"'’—–-―;)"
    ends = _ENDS.search(text[start:end].rstrip()) is not None
    capital = _CAPITAL.match(inner) is not None
    if after_boundary and ((words >= 4 and (ends or capital)) or (capital and ends)):
        return "direct"
    return "partial"
