"""Names as people across articles are joined by: what two spellings of one name have in common."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.language.entities.names import PARTICLES, key, words
from reader.language.entities.people import generation, name_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEGAL = frozenset(
    "inc ltd plc llc corp co ag gmbh sa spa nv bv ab asa oyj group company corporation limited".split()
)
_SOUNDS = (
    ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("kh", "g"), ("gh", "g"), ("zh", "z"), ("dh", "d"),
    ("ph", "f"), ("th", "t"), ("ts", "z"), ("tz", "z"), ("ck", "g"), ("q", "g"), ("k", "g"), ("h", "g"),
    ("w", "v"), ("x", "gs"),
)  # fmt: skip
_CLOSE = 0.7  # of the letters of two transliterations are the same
_VOWELS = re.compile(r"[aeiouyj']")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*\.?|[A-Z]{2}")
_TWICE = re.compile(r"(.)\1+")


class Name(NamedTuple):
    """A name taken apart. ``key`` is what equal names share; ``middle`` are the initials in between.

    ``joins`` says whether the name may join articles by itself: only a full one does.
    """

    key: str
    middle: str
    joins: bool


@lru_cache(maxsize=4096)
def person_name(name: str) -> Name:
    """Return the name of a person without titles, accents, hyphens and the dots of initials.

    "Jr" and its like stay with it: they tell father from son.
    """
    parts = name_words(name)
    inner = parts[1:-1]
    kept = (*parts[:1], *(part for part in inner if len(part) > 1), *parts[1:][-1:])
    born = generation(name)
    joins = sum(part not in PARTICLES for part in kept) > 1 and len(parts[0]) > 1 and len(parts[-1]) > 1
    whole = " ".join((*kept, born) if born else kept)
    return Name(
        " ".join(whole.split()),  # some marks stand for a space of their own
        "".join(part for part in inner if len(part) == 1),
        joins and not _initials(name),
    )


@lru_cache(maxsize=4096)
def organisation_name(name: str) -> Name:
    """Return the name of an organisation without its article and legal form."""
    parts = key(name).split()
    while len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in _LEGAL:
        parts = parts[:-1]
    return Name(" ".join(parts), "", True)


def name_of(kind: str, name: str) -> Name:
    """Return the name of an entity of a type, taken apart. Only people and organisations are joined."""
    if kind == "PERSON":
        return person_name(name)
    found = organisation_name(name)
    return found if kind == "ORG" else found._replace(joins=False)


def surname(key: str) -> str:
    """Return the last word of a key."""
    return key.rpartition(" ")[2]


@lru_cache(maxsize=4096)
def sound(key: str) -> str:
    """Return what is left of a name however it is transliterated: its consonants, those that vary as one."""
    return " ".join(filter(None, map(_consonants, key.split())))


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Whether two keys may be forms of one name: transliterations, or with and without middle names.

    They are no more than a hint: only articles that share more than the name are joined by it.
    """
    a, b = one.split(), other.split()
    if len(a) == len(b):
        close = SequenceMatcher(None, one, other, autojunk=False).ratio() >= _CLOSE
        return close and sound(one) == sound(other) and all(map(_ends_alike, a, b))
    short, long = sorted((a, b), key=len)
    if len(short) < 2 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    return _in_order(short[1:-1], long[1:-1])


def _consonants(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _TWICE.sub(r"\1", _VOWELS.sub("", word))


def _ends_alike(one: str, other: str) -> bool:
    """Maria is not Mario: a final a is no matter of transliteration."""
    return one.endswith("a") == other.endswith("a")


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _initials(name: str) -> bool:
    """Whether a name has nothing but initials before its last word: "J. R. Ruiz", "JR Ruiz"."""
    first = words(name)[:-1]
    return bool(first) and all(_INITIALS.fullmatch(word) for word in first)
