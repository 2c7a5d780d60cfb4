"""Which person each mention of a person names: full names first, then the parts of them.

A part of a name ("Mr Putin", "Fuenzalida", "Ingrid") belongs to the person whose full name holds its
words in order. Where several do, a title may tell ("Mrs Clinton"); otherwise it is the one named last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.language.entities.names import PARTICLES, SUFFIXES, folded, is_title, words, words_in_order
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Form = tuple[tuple[str, ...], str]

# What speakers are told apart by: "Mrs Clinton" is not "Mr Clinton".
MALE_TITLES = frozenset(map(folded, sections("genders")["titles of men"]))
FEMALE_TITLES = frozenset(map(folded, sections("genders")["titles of women"]))
_NAMES_OF_MEN, _NAMES_OF_WOMEN = sections("genders")["names of men"], sections("genders")["names of women"]
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s$")


@dataclass
class Bearer:
    """A person in the making: words of the fullest name, places of mentions in order, what titles said."""

    name: tuple[str, ...]
    generation: str = ""
    places: list[int] = field(default_factory=list)
    genders: set[str] = field(default_factory=set)


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, hyphens apart, without titles before and suffixes after it."""
    parts = [part for word in words_in_order(name) for part in re.split(r"[-‑–]", word) if part]
    while len(parts) > 1 and is_title(parts[0]):
        parts = parts[1:]
    found = [folded(part) for part in parts]
    kept = [part for part in found if part not in SUFFIXES]
    return tuple(part for part in kept or found if part)


def generation(name: str) -> str:
    """The word that tells father from son ("jr", "sr", "iii"), empty for most names."""
    last = folded(words(name)[-1]) if words(name) else ""
    return last if last in SUFFIXES else ""


def is_part(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of ``short`` stand in ``long`` in that order; an initial fits a word but the last.

    Particles alone ("al", "van") are no part of a name, nor are initials alone.
    """
    told = False
    position = 0
    for number, word in enumerate(short, start=1):
        last = number == len(short) > 1
        while position < len(long) and not (
            word == long[position] or (not last and _fits(word, long[position]))
        ):
            position += 1
        if position == len(long):
            return False
        told = told or (len(word) > 1 and word == long[position] and word not in PARTICLES)
        position += 1
    return told


def _fits(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])


def same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two full names may be one person's: the same first and last word, or initials for them."""
    if is_part(a, b) or is_part(b, a):
        return True
    return a[-1] == b[-1] and len(a[-1]) > 1 and a[0] == b[0] and _middles_agree(a[1:-1], b[1:-1])


def _middles_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    return not a or not b or all(_fits(x, y) for x, y in zip(a, b, strict=False))


def gender_of_title(text: str, start: int) -> str | None:
    """What the word before a mention says of the person: ``"m"``, ``"f"`` or nothing."""
    match = _WORD_BEFORE.search(text[max(0, start - 16) : start])
    title = folded(match.group(1)) if match else ""
    return "m" if title in MALE_TITLES else "f" if title in FEMALE_TITLES else None


def group_people(text: str, mentions: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Mentions of people, sorted, as one list per person."""
    names = {}
    for start, end in mentions:
        name = text[start:end]
        names[start, end] = (name_words(name), generation(name))
    by_word: dict[str, list[Bearer]] = {}
    by_initials: dict[str, list[Bearer]] = {}
    certain: dict[Form, Bearer] = {}
    doubtful: dict[Form, list[Bearer]] = {}
    for form in sorted(
        set(names.values()), key=lambda form: (-len(form[0]), form[0], form[1] == "", form[1])
    ):
        # Two names of one person share a word, so only those people are asked.
        sharing = {id(person): person for word in form[0] for person in by_word.get(word, ())}
        candidates = _candidates(form[0], form[1], list(sharing.values()))
        candidates = candidates or by_initials.get("".join(form[0]), [])
        if not candidates:
            certain[form] = Bearer(*form)
            if len(form[0]) > 1:
                by_initials.setdefault("".join(word[0] for word in form[0]), []).append(certain[form])
            for word in set(form[0]):
                by_word.setdefault(word, []).append(certain[form])
        elif len(candidates) == 1:
            certain[form] = candidates[0]
        else:
            doubtful[form] = candidates
    for form, stranger in _of_the_other_sex(text, names, certain).items():
        doubtful[form] = [certain.pop(form), stranger]
    for place, form in names.items():
        if form in certain:
            certain[form].places.append(place[0])
            if gender := gender_of_title(text, place[0]):
                certain[form].genders.add(gender)
    groups: dict[int, list[tuple[int, int]]] = {}
    for place, form in names.items():
        person = certain.get(form)
        if person is None:
            person = _nearest(doubtful[form], place[0], gender_of_title(text, place[0]))
            insort(person.places, place[0])
        groups.setdefault(id(person), []).append(place)
    return list(groups.values())


def _of_the_other_sex(
    text: str, names: Mapping[tuple[int, int], Form], certain: Mapping[Form, Bearer]
) -> dict[Form, Bearer]:
    """The people who share a family name with the one person of that name, and whom a title tells apart:
    "Mr Hargreaves" is not Denise Hargreaves."""
    found: dict[Form, Bearer] = {}
    for (start, _), form in names.items():
        person = certain.get(form)
        if person is None or len(form[0]) != 1 or len(person.name) < 2:
            continue
        title, given = gender_of_title(text, start), _gender_of_name(person.name[0])
        if title and given and title != given:
            person.genders.add(given)
            stranger = found.setdefault(form, Bearer(form[0], form[1], genders={title}))
            stranger.places.append(start)
    return found


def _gender_of_name(given: str) -> str | None:
    """What a given name says of its bearer: ``"m"``, ``"f"`` or nothing."""
    for_men, for_women = given in _NAMES_OF_MEN, given in _NAMES_OF_WOMEN
    return None if for_men == for_women else "m" if for_men else "f"


def _candidates(form: tuple[str, ...], suffix: str, people: Sequence[Bearer]) -> list[Bearer]:
    """The people whose name a form may be, the best kind of agreement only.

    The same full name, or all of a name in another, goes before a family name at the end, that before a
    first name or a family name elsewhere.
    """
    open_to = [p for p in people if not suffix or not p.generation or p.generation == suffix]
    if len(form) > 1:
        whole = [person for person in open_to if same_person(form, person.name)]
        return [person for person in whole if person.generation == suffix] or whole
    parts = [person for person in open_to if is_part(form, person.name)]
    return [person for person in parts if person.name[-1] == form[-1]] or parts


def _nearest(candidates: Sequence[Bearer], place: int, gender: str | None) -> Bearer:
    """The candidate named last before a place, or else first after it; a title rules out the other sex."""
    fitting = [
        person for person in candidates if not gender or not person.genders or gender in person.genders
    ]
    told = [person for person in fitting if gender and gender in person.genders]

    def distance(person: Bearer) -> tuple[int, int]:
        index = bisect_left(person.places, place)
        if index:
            return (0, place - person.places[index - 1])
        return (1, person.places[0] - place)

    return min(told or fitting or candidates, key=distance)
