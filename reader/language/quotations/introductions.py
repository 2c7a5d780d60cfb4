"""Plain words that introduce a quotation, without a language model: "said the minister", "she told them"."""

from __future__ import annotations

import re
from functools import lru_cache

from reader.language.cues import PLAINLY_REPORTING
from reader.language.stems import stem

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_BREAK = re.compile(r"[.?!;:\"“”«»\n(]")
_SUBJECTS = frozenset("he she they i we it one".split())
_LEADS = frozenset(
    "the a an his her its their my our one another he she they i we someone somebody others".split()
)
_ADVERBIAL = re.compile(
    r"(?:\w+ly|then|also|later|once|just|both|all|simply|himself|herself|has|have|had|would)$"
)
_REACH = 110


def introduced_after(text: str, start: int, high: int, longest: int = 12) -> bool:
    """Whether ``text[start:high]`` begins with who said what stands before it: "said Ana", "she told them".

    Looks at no more than ``longest`` words, up to the end of the sentence.
    """
    end = min(high, start + _REACH)
    words: list[str] = []
    position = start
    for match in _WORD.finditer(text, start, end):
        stop = _BREAK.search(text, position, match.start())
        if stop is not None and not (stop.group() == "." and _abbreviated(words)):
            break
        words.append(match.group())
        position = match.end()
        if len(words) == longest:
            break
    return _inverted(words) or _in_order(words)


def _abbreviated(words: list[str]) -> bool:
    """Whether a full stop belongs to the word before it: "Mr.", "Lt.", an initial."""
    return bool(words) and len(words[-1]) <= 3 and words[-1][0].isupper()


def _inverted(words: list[str]) -> bool:
    """ "said Ana Ruiz", "replied the warden"; telling needs somebody told, so it never comes first."""
    if len(words) < 2 or not reports(words[0]) or words[0].lower() in ("told", "tells"):
        return False
    return words[1][0].isupper() or words[1].lower() in _LEADS


def _in_order(words: list[str]) -> bool:
    """ "she said", "Ana Ruiz told reporters", "the minister for rural affairs, Osric Vane, warned"."""
    if len(words) < 2 or (words[0][0].islower() and words[0].lower() not in _LEADS):
        return False
    if words[0].lower() in _SUBJECTS:
        return reports(words[1]) or (
            len(words) > 2 and _ADVERBIAL.match(words[1]) is not None and reports(words[2])
        )
    return any(reports(word) for word in words[1:])


@lru_cache(maxsize=20_000)
def reports(word: str) -> bool:
    """Whether a word is a plain verb of saying in the past or the third person."""
    lower = word.lower()
    finite = lower.endswith(("ed", "s")) or lower in ("said", "told", "wrote", "cried")
    return finite and word[0].islower() and stem(lower) in PLAINLY_REPORTING
