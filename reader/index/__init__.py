"""Who said what in one article, where it stands and how sure it is: the one place that answers.

Screen, exports and library ask an :class:`Index`, so that they never differ.
"""

from reader.index.index import Index
from reader.index.parts import ListedQuotation, NamedMention, Share
from reader.index.spans import Span
from reader.index.wording import (
    DOUBTFUL_BELOW,
    KIND_NAMES,
    LOOKING,
    NO_SPEAKER,
    STILL_LOOKING,
    TYPE_NAMES,
    Doubt,
    duration,
    percent,
)

__all__ = [
    "DOUBTFUL_BELOW",
    "KIND_NAMES",
    "LOOKING",
    "NO_SPEAKER",
    "STILL_LOOKING",
    "TYPE_NAMES",
    "Doubt",
    "Index",
    "ListedQuotation",
    "NamedMention",
    "Share",
    "Span",
    "duration",
    "percent",
]
