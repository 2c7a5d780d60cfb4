"""What a line shows by itself, as numbers: its shape and its words, whatever stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.cleaning.phrases import Proof

if TYPE_CHECKING:
    from reader.ingest.cleaning.lines import Features

SHAPES = (
    "1 word", "2 words", "3 or 4 words", "5 to 8 words", "9 to 14 words", "15 to 24 words",
    "25 words and more", "ends as a sentence", "ends in a colon", "ends in a question mark",
    "ends in an exclamation mark", "ends in a star or bracket", "ends in an ellipsis", "opens a quotation",
    "quotes and says who spoke", "list item", "all capitals", "every word capitalised",
    "begins in lower case", "no words", "has figures", "has an amount of money", "has an address",
    "has a handle or hashtag", "has a bar or bullet", "has an arrow", "words run together",
    "begins with a command", "speaks to the reader", "speaks for the site", "reports", "is a date",
    "is a caption", "phrase book: weak", "phrase book: likely", "few small words", "many small words",
)  # fmt: skip

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_MONEY = re.compile(r"[$£€₹¥₦]\s?\d|\d\s?[$£€]")
_ADDRESS = re.compile(r"\S@\S+\.\w|https?://|www\.|\w\.(?:com|org|net|co)\b", re.I)
_HANDLE = re.compile(r"(?<!\w)[@#]\w")
_BAR = re.compile(r"[|•·●▪►»›→]| / ")
_ARROW = re.compile(r"[»›→←«‹>▶►▾▼×✕]\s*$|^\s*[»›→←«‹<▶►×✕]")
_FUSED = re.compile(r"[a-zäöüßéè]{2}[A-Z][a-z]")
_REPORTS = re.compile(
    r"\b(?:said|says|told|added|according|asked|wrote|announced|reported|argued|warned|insisted|explained"
    r"|denied|stated|claimed|noted|was|were|had|would|has been|have been)\b",
    re.I,
)
_SPEECH = re.compile(
    r"[\"“”„«»].*\b(?:said|says|told|added|asked|wrote)\b|\b(?:said|told|added)\b.*[\"“”]", re.I
)
_COMMANDS = frozenset(
    """accept activate add agree allow apply ask back become bookmark book browse buy call cancel change
    check choose clear click close comment complete confirm connect contact continue copy create customise
    customize delete discover dismiss donate download edit email enable enter explore fill find flag follow
    forget get give go help hide join keep learn leave like listen load log login make manage meet menu open
    pay pick play please post preview press print proceed read receive recommend record refresh register
    reject reload remember remove reply report republish request reserve reset save scan scroll search see
    select send set share shop show sign skip sort start stay submit subscribe suggest support swipe switch
    tap tell tick toggle try turn type unsubscribe update upgrade upload use verify view visit vote watch win
    write""".split()
)
_READER = frozenset("you your you're you've you'll yours yourself".split())
_SITE = frozenset("our us we we're we've we'll".split())
SMALL = frozenset(
    """a an the of in on at to for by with from and or but that which who as is are was were be been has have
    had it its his her their he she they this these those not than into after over about will would i me my
    you so if when what do did there just no""".split()
)
LOOKED_AT = 400
"""Characters of a line that are looked at: a paragraph shows what it is in its first sentences."""


def parts(text: str) -> list[str]:
    """The words and figures of a line, as written but for straight apostrophes."""
    return _TOKEN.findall(text[:LOOKED_AT].replace("’", "'"))


def tokens(text: str) -> list[str]:
    """The words of a line as the weights know them: lower case, every figure as ``0``."""
    return ["0" if part[0].isdigit() else part.lower() for part in parts(text)]


def terms(words: list[str]) -> set[str]:
    """What the weights look up for :func:`tokens`: each word, and the first one marked as such."""
    return {*words, f"^{words[0]}"} if words else set()


def reports(text: str) -> bool:
    """Whether a line has a verb that tells what happened or what somebody said."""
    return bool(_REPORTS.search(text[:LOOKED_AT]))


def speech(text: str) -> bool:
    """Whether a line quotes somebody and says that they spoke."""
    return bool(_SPEECH.search(text[:LOOKED_AT]))


def small_share(words: list[str]) -> float:
    """The share of articles, prepositions and the like among :func:`tokens`: running text has many."""
    return sum(word in SMALL for word in words) / len(words) if words else 0.0


def wording(line: Features, words: list[str]) -> list[bool]:
    """The row of a line, in the order of :data:`SHAPES`; ``words`` are its :func:`tokens`."""
    text, count = line.text[:LOOKED_AT], line.words
    long = [word for word in text.split() if word[0].isalpha() and len(word) > 3]
    small = small_share(words)
    return [
        count <= 1,
        count == 2,
        3 <= count <= 4,
        5 <= count <= 8,
        9 <= count <= 14,
        15 <= count <= 24,
        count >= 25,
        line.stops,
        text.endswith(":"),
        text.endswith("?"),
        text.endswith("!"),
        text.endswith(("*", ")", "]")),
        line.truncated,
        line.quoted,
        speech(text),
        line.item,
        text.isupper(),
        len(long) > 1 and all(word[0].isupper() for word in long),
        text[:1].islower(),
        all(word == "0" for word in words),
        any(mark.isdigit() for mark in text),
        bool(_MONEY.search(text)),
        bool(_ADDRESS.search(text)),
        bool(_HANDLE.search(text)),
        bool(_BAR.search(text)),
        bool(_ARROW.search(text)),
        bool(_FUSED.search(text)),
        bool(words) and words[0] in _COMMANDS,
        not _READER.isdisjoint(words),
        not _SITE.isdisjoint(words),
        reports(text),
        line.dated,
        line.caption,
        line.proof == Proof.WEAK,
        line.proof == Proof.LIKELY,
        count >= 5 and small < 0.125,
        count >= 5 and small >= 1 / 3,
    ]
