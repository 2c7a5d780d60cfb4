"""The parts of names: titles, possessives, particles, acronyms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reader.language.wordlists import sections

_WORDS = sections("names")
TITLES = _WORDS["titles"]
# Words inside a family name that are not its last word's only companion: "van der Berg", "bin Salman".
PARTICLES = _WORDS["particles"]
SUFFIXES = _WORDS["suffixes"]
SMALL_WORDS = _WORDS["small words"]
# Given names of many languages, folded.
GIVEN_NAMES = _WORDS["given names"].union(
    *(sections("genders")[section] for section in ("names of men", "names of women"))
)

POSSESSIVE = re.compile(r"(?:['’]s|(?<=[sSzZxX])['’])$")
_QUOTES = "\"'“”„‘’‚«»"
_EDGE = _QUOTES + ",;:!?()[]{}*_ \t\n"


def words(name: str) -> list[str]:
    """The words of a name, without the marks around each."""
    return [word for raw in name.split() if (word := raw.strip(_EDGE))]


def words_in_order(name: str) -> list[str]:
    """The words of a person's name, those before a comma behind the others: "Dower, John" is "John Dower"."""
    family, comma, given = name.partition(", ")
    parts = words(given)
    if not comma or not parts or folded(parts[0]) in SUFFIXES:
        return words(name)
    return parts + words(family)


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """A word for comparison: no case, accents, full stops or typographic apostrophes."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c) and c != ".").casefold()


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """A name for comparison: its words folded, one space between them; marks alone stay as they are."""
    return " ".join(filter(None, map(folded, words(name)))) or name.strip()


def is_title(word: str) -> bool:
    """Whether a word is a title or office that stands before names."""
    return folded(word) in TITLES


def is_acronym(name: str) -> bool:
    """Whether a name looks like initials: two to eight letters or digits, mostly capital, no spaces."""
    letters = name.replace(".", "").replace("&", "")
    if not 2 <= len(letters) <= 8 or not letters.isalnum() or not letters[0].isupper():
        return False
    high = sum(character.isupper() or character.isdigit() for character in letters)
    return high >= 2 and high * 3 >= len(letters) * 2


def initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words could have: with and without its small words."""
    parts = [part for word in words(name) for part in re.split(r"[-–/]", word) if part]
    heads = [part for part in parts if folded(part) not in SMALL_WORDS]
    forms = {"".join(part[0] for part in choice).casefold() for choice in (parts, heads)}
    return frozenset(form for form in forms if len(form) >= 2)


def acronyms_of(name: str) -> frozenset[str]:
    """The folded letters that may stand for a name of several words, besides :func:`initials` all their
    beginnings of three letters or more ("WWF", World Wide Fund for Nature)."""
    if len(words(name)) < 2:
        return frozenset()
    forms = {folded(form) for form in initials(name)}
    return frozenset(forms | {form[:size] for form in forms for size in range(3, len(form))})


def acronym_letters(name: str) -> str:
    """The folded letters of an acronym, to be looked for in :func:`acronyms_of`."""
    return folded(name).replace("&", "")


def is_acronym_of(short: str, long: str) -> bool:
    """Whether ``short`` is made of the first letters of the words of ``long``, in order."""
    return is_acronym(short) and acronym_letters(short) in acronyms_of(long)
