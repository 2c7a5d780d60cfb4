"""Which language a text is in, told by its script and its small words.

Every language says "the", "and" and "of" in words of its own, several times in each sentence. Counting them
needs no model, takes one pass and says nothing where there is too little to tell.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from reader.text.wordlists import read_lines

_DATA = Path(__file__).parent / "data" / "languages.txt"
LATIN = "Latin"
# The letters of each script; a letter of none of these counts as Latin.
_SCRIPTS = {
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebrew": "\u05d0-\u05ea",
    "Arabic": "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff"
    "\ufb50-\ufdff\ufe70-\ufefc",
    "Han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af",
    "Kana": "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff",
    "Hangul": "\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e",
    "Thai": "\u0e01-\u0e4e",
    "Lao": "\u0e81-\u0edf",
    "Khmer": "\u1780-\u17d3",
    "Myanmar": "\u1000-\u109f",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Armenian": "\u0531-\u058f",
    "Ethiopic": "\u1200-\u139f",
    "Tibetan": "\u0f00-\u0fff",
}
UNSPACED = frozenset({"Han", "Kana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan"})
"""The scripts that put no spaces between words."""
OTHER_LETTERS = "".join(_SCRIPTS.values())
"""The letters of all scripts but Latin, as the inside of a character class."""
_NOT_LATIN = re.compile(f"[{OTHER_LETTERS}]")
_LETTERS = {name: re.compile(f"[{letters}]+") for name, letters in _SCRIPTS.items()}
# The words of a text, combining marks (of Devanagari, of decomposed accents) and inner apostrophes included.
_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f\u0900-\u0dff]|['’](?=\w))*")
# What is read of a long text: its beginning, middle and end, in code points each.
_SAMPLE = 12_000
# Small words that names are made of: before a capital ("de la Torre", "van der Berg") they prove nothing.
_IN_NAMES = frozenset(
    "de del la las los el al da do dos das di della du des le les van von y i e d'un af av".split()
)
# ... and an article behind these ("van der Berg", "von den Linden").
_BEFORE_ARTICLES = frozenset({"van", "von", "op", "auf", "zu"})
# Of the words of running text at least this share are small words of its language.
_LEAST_SHARE = 0.12
# Two small words are enough where every fifth word is one, and none is English.
_LARGE_SHARE = 0.2


class _Profile(NamedTuple):
    code: str
    name: str
    script: str
    words: frozenset[str]


@cache
def _profiles() -> tuple[_Profile, ...]:
    found = []
    for title, lines in read_lines(_DATA).items():
        language, _, script = title.partition(" | ")
        code, _, name = language.partition(" ")
        words = frozenset(word for line in lines for word in line)
        found.append(_Profile(code, name, script, words))
    return tuple(found)


@cache
def _codes(script: str) -> tuple[str, ...]:
    """The codes of the languages that are written in a script."""
    return tuple(profile.code for profile in _profiles() if profile.script == script)


@cache
def _languages_of_marks() -> dict[str, frozenset[str]]:
    """The languages that use each small word or, after an asterisk, each letter."""
    found: dict[str, set[str]] = defaultdict(set)
    for profile in _profiles():
        for word in profile.words:
            found[word].add(profile.code)
    return {word: frozenset(codes) for word, codes in found.items()}


@lru_cache(maxsize=20_000)
def _languages_using(word: str) -> frozenset[str]:
    """The languages that a word in lower case tells of."""
    marks = _languages_of_marks()
    found = marks.get(word, frozenset())
    if not word.isascii():
        found = found.union(*(marks.get(f"*{letter}", ()) for letter in word))
    return found


def language_name(code: str) -> str:
    """The English name of a language, of its code where we know none."""
    return next((profile.name for profile in _profiles() if profile.code == code), code)


def script_of(text: str) -> str | None:
    """The script that most letters of a text are in ("Latin", "Cyrillic", "Han"), None without letters."""
    if text.isascii() or not _NOT_LATIN.search(text):
        return LATIN if any(map(str.isalpha, text)) else None
    letters = sum(map(str.isalpha, text))
    if not letters:  # places in a script that this Python's Unicode has no letter for yet
        return None
    counts = {name: sum(map(len, pattern.findall(text))) for name, pattern in _LETTERS.items()}
    # Japanese writes Chinese characters between its own.
    if counts["Kana"] * 8 > counts["Han"]:
        counts["Kana"] += counts["Han"]
    name = max(counts, key=lambda script: counts[script])
    return name if counts[name] * 2 > letters else LATIN


def language_of(text: str) -> str | None:
    """The ISO 639 code of the language that a text is clearly in, None where that cannot be told.

    A few words in Latin letters are nearly always None, a few in another script the commonest language of
    that script. Time is linear in the text at worst; of a long one the beginning, middle and end are read.
    """
    sample = _sampled(text)
    script = script_of(sample)
    if script is None:
        return None
    words = _WORD.findall(sample)
    hits = dict.fromkeys(_codes(script), 0)
    different = dict(hits)
    for word, count in Counter(_small_words(words)).items():
        for code in _languages_using(word):
            if code in hits:
                hits[code] += count
                different[code] += 1
    best = max(hits, key=hits.__getitem__)
    if script != LATIN:
        return best
    # A foreign text has English words in it that are its own too ("in", "is", "a"), or that it quotes.
    if best != "en" and hits[best] < 2 * hits["en"]:
        best = "en"
    few = not hits["en"] and hits[best] >= _LARGE_SHARE * len(words)
    least = max(2 if few else 3, _LEAST_SHARE * len(words))
    return best if hits[best] >= least and different[best] >= 2 else None


def _sampled(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _small_words(words: list[str]) -> list[str]:
    """The words that may tell, folded: none with a capital, unless all is in capitals, nor parts of names."""
    shouted = len(words) >= 5 and sum(map(str.isupper, words)) * 2 > len(words)
    found = []
    in_name = False
    for word, before in zip(reversed(words), [*words[-2::-1], ""], strict=True):
        plain = word.lower().replace("’", "'")
        if shouted:
            found.append(plain)
        elif word[0].isupper():
            in_name = True
        elif not (in_name and (plain in _IN_NAMES or before in _BEFORE_ARTICLES)):
            found.append(plain)
            in_name = False
    return found
