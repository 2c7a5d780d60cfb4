"""What an article says about a person's gender: titles, role nouns, pronouns that follow, the given name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.analysis import Entity

_WORDS = sections("genders")


def _alternatives(*names: str) -> str:
    """The words of some sections as a pattern; nouns may be written with a capital."""
    words = sorted(word for name in names for word in _WORDS[name])
    return "|".join(
        f"[{word[0].upper()}{word[0]}]{word[1:]}" if word[0].islower() else word for word in words
    )


_MALE_BEFORE = re.compile(rf"\b(?:{_alternatives('titles of men', 'men')})\.?,? $")
_FEMALE_BEFORE = re.compile(rf"\b(?:{_alternatives('titles of women', 'women')})\.?,? $")
_AFTER = r"^(?: \([^)]{1,20}\))?,? (?:\d\d, )?(?:(?:a|an|the|its|his|her|their) )?(?:[\w’'-]+ ){0,5}?(?:%s)\b"
_MALE_AFTER = re.compile(_AFTER % _alternatives("men"))
_FEMALE_AFTER = re.compile(_AFTER % _alternatives("women"))
_PRONOUN = re.compile(r"\b(?:([Hh]e|[Hh]is|[Hh]im|[Hh]imself)|([Ss]he|[Hh]er|[Hh]ers|[Hh]erself))\b")
_WINDOW = 110


def genders(text: str, entities: Sequence[Entity]) -> list[float]:
    """For every entity, evidence for male (positive) or female (negative); 0 where there is none.

    Titles and role nouns count most, then the pronouns that follow in the same or the next sentence before
    anybody else is named. The given name only decides where the text is silent.
    """
    people = sorted(
        (m.start, m.end, n) for n, e in enumerate(entities) if e.type == "PERSON" for m in e.mentions
    )
    told = [0.0] * len(entities)
    he, she = [0] * len(entities), [0] * len(entities)
    for place, (start, end, number) in enumerate(people):
        before = text[max(0, start - 40) : start]
        if _MALE_BEFORE.search(before):
            told[number] += 3
        elif _FEMALE_BEFORE.search(before):
            told[number] -= 3
        after = text[end : end + 60]
        if _MALE_AFTER.match(after):
            told[number] += 2
        elif _FEMALE_AFTER.match(after):
            told[number] -= 2
        limit = min(end + _WINDOW, people[place + 1][0] if place + 1 < len(people) else len(text))
        line_end = text.find("\n", end, limit)
        found = _PRONOUN.search(text, end, line_end if line_end >= 0 else limit)
        if found:
            (he if found.group(1) else she)[number] += 1
    given = given_names()
    result = []
    for number, entity in enumerate(entities):
        if entity.type != "PERSON":
            result.append(0.0)
            continue
        words = entity.name.split()
        name = given.get(words[0].casefold().strip(".,’'"), 0.0)
        if len(words) == 1:
            # It may as well be a family name.
            name /= 2
        hint = (he[number] - she[number]) / (he[number] + she[number] + 1)
        result.append(max(-4.0, min(4.0, told[number])) + 1.5 * hint + 2 * name)
    return result


@cache
def given_names() -> dict[str, float]:
    """Common given names of many languages: 1 for men's, -1 for women's, in between for both."""
    names = dict.fromkeys(_WORDS["names of men"], 1.0)
    for name in _WORDS["names of women"]:
        names[name] = names.get(name, 0.0) - 1.0
    return names
