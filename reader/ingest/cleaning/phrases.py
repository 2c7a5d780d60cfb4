"""What the wording of a line says about it: the phrase book of page furniture, ``furniture.txt``.

The book is read once. Patterns are compiled when a line first has one of their words, so that a short
clean article costs next to nothing.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_MACRO = re.compile(r"<(\w+)>")
_CHOICE = re.compile(r"\{([^{}]*,[^{}]*)\}")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_EDGE = " \t\u00a0-–—*•·|>»›→▶►▸▾▼▲‹«<←✕×✓✔☰…_~=▪■□●◦⁃#"
_ICONS = re.compile("[\ue000-\uf8ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_QUOTES = str.maketrans("‘’‚“”„\u00a0", "'''\"\"\" ")
_ROW = re.compile(r" ?[|·•∙/] ?|, ")
_LONGEST = 700  # no wording in the book is longer; a paragraph of that length is prose
_SIGNS = {
    "hash": "#",
    "star": "★☆",
    "handle": "@",
    "mail": "@",
    "count": "0123456789",
    "dollar": "$£€₹",
    "money": "$£€₹",
    "time": ":",
    "degrees": "°",
}


class Proof(IntEnum):
    """How much a wording proves by itself."""

    WEAK = 1
    LIKELY = 2
    SURE = 3


class Phrase(NamedTuple):
    """What a line's wording says about it."""

    reason: str
    proof: Proof


class _Pattern:
    """A pattern that is compiled on first use."""

    __slots__ = ("_compiled", "_source", "phrase")

    def __init__(self, source: str, phrase: Phrase) -> None:
        self._source = source
        self._compiled: re.Pattern[str] | None = None
        self.phrase = phrase

    def matches(self, line: str) -> bool:
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return bool(self._compiled.fullmatch(line))


class _Book:
    """Whole lines, and patterns by the words that call for them."""

    def __init__(self, text: str) -> None:
        self.labels: dict[str, Phrase] = {}
        self.by_word: dict[str, list[_Pattern]] = {}
        self.by_sign: list[tuple[str, _Pattern]] = []
        macros: dict[str, str] = {}
        phrase = Phrase("", Proof.WEAK)
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            if line.startswith("@"):
                name, _, macro = line[1:].partition(" = ")
                macros[name] = macro
            elif line.startswith("["):
                reason, _, proof = line.strip("[]").partition(" | ")
                phrase = Phrase(reason, Proof[proof.upper()])
            elif line.startswith("= "):
                for label in _labels(line[2:]):
                    known = self.labels.get(label)
                    if known is None or known.proof < phrase.proof:
                        self.labels[label] = phrase
            else:
                words, _, source = line.partition(" ~ ")
                pattern = _Pattern(_MACRO.sub(lambda match: macros[match[1]], source), phrase)
                for word in words.split():
                    if word in _SIGNS:
                        self.by_sign.append((_SIGNS[word], pattern))
                    else:  # lines are cut at hyphens
                        part = max(_WORD.findall(word), key=len)
                        self.by_word.setdefault(part, []).append(pattern)

    def candidates(self, line: str) -> list[_Pattern]:
        found = [
            pattern for word in dict.fromkeys(_WORD.findall(line)) for pattern in self.by_word.get(word, ())
        ]
        marks = set(line)
        found += [pattern for signs, pattern in self.by_sign if not marks.isdisjoint(signs)]
        return found


def _labels(text: str) -> list[str]:
    labels = (plain(label) for entry in text.split(";") for label in _expanded(entry))
    return [label for label in labels if label]


def _expanded(label: str) -> list[str]:
    match = _CHOICE.search(label)
    if match is None:
        return [label]
    before, after = label[: match.start()], label[match.end() :]
    return [whole for part in match[1].split(",") for whole in _expanded(before + part + after)]


@lru_cache(maxsize=1)
def _book() -> _Book:
    return _Book(Path(__file__).with_name("data").joinpath("furniture.txt").read_text(encoding="utf-8"))


def plain(line: str) -> str:
    """Return a line as the phrase book compares it: without case, bullets, icons and final punctuation."""
    text = line.translate(_QUOTES).casefold()
    if not text.isascii():
        text = _ICONS.sub(" ", text)
    text = " ".join(text.split()).strip(_EDGE)
    return text.rstrip(" .:!?…") if len(text) > 1 else text


def _row(text: str, book: _Book) -> Phrase | None:
    """Return what a row of labels proves ("Terms of Use | Privacy Policy"): each of them must be known."""
    parts = _ROW.split(text)
    if len(parts) < 2:
        return None
    found: list[Phrase] = []
    for part in filter(None, map(plain, parts)):
        if (phrase := book.labels.get(part)) is None:
            return None
        found.append(phrase)
    if len(found) < 2:
        return None
    best = max(found, key=lambda phrase: phrase.proof)
    return Phrase(best.reason, Proof.SURE) if best.proof >= Proof.LIKELY and len(found) > 2 else best


@lru_cache(maxsize=4096)
def phrase_of(line: str) -> Phrase | None:
    """Return what the wording of a line proves, the strongest first, or None.

    A short line that ends in a full stop proves one step less: "Share." may be a sentence.
    """
    text = plain(line)
    if not text or len(text) > _LONGEST:
        return None
    found = _look_up(_unquoted(text))
    stopped = line.endswith(".") and not line.endswith("..") and text.count(" ") < 3
    if found and stopped and found.reason not in ("photo credit", "advertisement", "author contact"):
        return Phrase(found.reason, Proof(found.proof - 1)) if found.proof > Proof.WEAK else None
    return found


def _unquoted(text: str) -> str:
    """Return a label without the quotation marks that some exports put around it (\'"Related:"\')."""
    inner = text.strip('"')
    return inner.rstrip(" :") if inner.endswith(":") and len(inner) + 2 == len(text) else text


def _look_up(text: str) -> Phrase | None:
    book = _book()
    if found := book.labels.get(text):
        return found
    best = _row(text, book)
    for pattern in book.candidates(text):
        if (best is None or pattern.phrase.proof > best.proof) and pattern.matches(text):
            best = pattern.phrase
    return best
