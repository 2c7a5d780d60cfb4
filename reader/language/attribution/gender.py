"""What an article says about a person's gender: titles, role nouns, pronouns that follow, the given name."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.analysis import Entity

_DATA = Path(__file__).parent.parent / "data"
_MALE_BEFORE = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|Baron|Duke|Count|Herr|Monsieur|Señor|Don|Father|Fr|Pope|Sheikh|Imam|Brother"
    r"|Sultan|(?:husband|father|son|brother|grandfather|grandson|uncle|nephew|boyfriend|widower)"
    r"|[Cc]hairman|[Ss]pokesman|[Cc]ongressman|[Bb]usinessman|[Aa]ctor|[Aa]lderman|[Cc]ouncilman|[Pp]oliceman)"
    r"\.?,? $"
)
_FEMALE_BEFORE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|Baroness|Duchess|Countess|Frau|Madame|Mme|Señora|Doña|Sister|Sheikha"
    r"|(?:wife|mother|daughter|sister|grandmother|granddaughter|aunt|niece|girlfriend|widow)"
    r"|[Cc]hairwoman|[Ss]pokeswoman|[Cc]ongresswoman|[Bb]usinesswoman|[Aa]ctress|[Aa]lderwoman|[Cc]ouncilwoman"
    r"|[Pp]olicewoman|[Ff]irst [Ll]ady|[Nn]oblewoman)\.?,? $"
)
_MALE_AFTER = re.compile(
    r"^(?: \([^)]{1,20}\))?,? (?:\d\d, )?(?:(?:a|an|the|its|his|her|their) )?(?:[\w’'-]+ ){0,5}?"
    r"(?:spokesman|chairman|congressman|businessman|actor|councilman|father|son|brother|husband|king|prince|widower)\b"
)
_FEMALE_AFTER = re.compile(
    r"^(?: \([^)]{1,20}\))?,? (?:\d\d, )?(?:(?:a|an|the|its|his|her|their) )?(?:[\w’'-]+ ){0,5}?"
    r"(?:spokeswoman|chairwoman|congresswoman|businesswoman|actress|councilwoman|mother|daughter|sister|wife|queen"
    r"|princess|widow)\b"
)
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
    stored = json.loads((_DATA / "given_names.json").read_text("utf-8"))
    names: dict[str, float] = dict.fromkeys(stored["male"].split(), 1.0)
    for name in stored["female"].split():
        names[name] = names.get(name, 0.0) - 1.0
    return names
