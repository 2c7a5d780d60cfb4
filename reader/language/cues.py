"""Words that introduce quotations, and common nouns by what they name: who or what can speak."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from reader.language.stems import stem
from reader.language.wordlists import sections

# Verbs whose subject speaks when they stand beside a quotation.
REPORTING = frozenset(stem(verb) for verb in sections("reporting")["reporting"])
# Those that hardly ever do anything else there.
PLAINLY_REPORTING = frozenset(stem(verb) for verb in sections("reporting")["plainly reporting"])

NounKind = Literal["person", "body", "document", "group"]

_NOUNS = sections("speakers")
_PEOPLE, _BODIES = _NOUNS["people"], _NOUNS["organisations"]
_DOCUMENTS, _GROUPS = _NOUNS["documents"], _NOUNS["groups"]
_NEVER = _NOUNS["never"]
# Nouns of people that no list can hold all of.
_PERSONAL_ENDINGS = ("woman", "person", "ographer", "ician", "keeper", "maker", "holder")
_IST = 6  # letters: "florist", but neither "list" nor "waist"


@lru_cache(maxsize=20_000)
def noun_kind(word: str) -> NounKind | None:
    """What a common noun in lower case names, when that can speak; a plural of people is a group."""
    if word in _PEOPLE:
        return "person"
    if word in _BODIES:
        return "body"
    if _names_a_person(word):
        return "person"
    if word in _DOCUMENTS:
        return "document"
    if word in _GROUPS or (word.endswith(("people", "men", "women")) and len(word) > 5):
        return "group"
    single = _singular(word)
    if single is None:
        return None
    if single in _PEOPLE or (single not in _BODIES and _names_a_person(single)):
        return "group"
    return "body" if single in _BODIES else "document" if single in _DOCUMENTS else None


def _names_a_person(word: str) -> bool:
    return word.endswith(_PERSONAL_ENDINGS) or (word.endswith("ist") and len(word) > _IST)


def never_speaks(word: str) -> bool:
    """Whether a noun in lower case names a time, a quantity or the like."""
    return word in _NEVER or (_singular(word) or "") in _NEVER


def is_person(word: str) -> bool:
    """Whether a noun in lower case says what one person is: by office, trade or kin."""
    return noun_kind(word) == "person" or ("-" in word and noun_kind(word.rsplit("-", 1)[1]) == "person")


def is_plural(word: str) -> bool:
    """Whether a noun in lower case names several of what can speak."""
    single = _singular(word)
    return single is not None and word not in _BODIES and noun_kind(single) is not None


def _singular(word: str) -> str | None:
    if not word.endswith("s") or word.endswith("ss"):
        return None
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]
