"""Which articles mean the same person by a name: a pure function of evidence and the reader's decisions.

Full names that are equal join unless something tells them apart: sex, year of birth, field of work, country,
or that one article names both. What fits several namesakes equally joins none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from reader.library.evidence import together
from reader.library.naming import alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.library.evidence import Evidence

_ENOUGH = 3
"""How much articles must share, besides a name that is only alike, to mean one person."""

_YEARS = 2
_SEXES = {"he": "m", "she": "f"}


class NamedEntity(NamedTuple):
    """An entity of one article: its row, what it is called, and what the article says of it.

    ``keys`` are its full names; ``joins`` is false for what only a decision may join.
    """

    id: int
    version: int
    document: str
    type: str
    keys: tuple[str, ...]
    joins: bool
    evidence: Evidence
    company: frozenset[str]
    where: frozenset[str] = frozenset()


@dataclass(slots=True)
class Profile:
    """What is known of a person from the articles that were joined so far."""

    keys: set[str] = field(default_factory=set)
    versions: set[int] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    pronouns: set[str] = field(default_factory=set)
    born: set[int] = field(default_factory=set)
    middles: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    roles: set[tuple[str, str]] = field(default_factory=set)  # noun, place or country
    nouns: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    where: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)  # their long names

    def add(self, row: NamedEntity) -> None:
        """Take what another article says."""
        said = row.evidence
        self.keys.update(row.keys)
        if row.type == "ORG":
            self.organisations.update(key for key in row.keys if " " in key)
        self.versions.add(row.version)
        self.company.update(row.company)
        self.where.update(row.where)
        if said.sex in _SEXES.values():
            self.sexes.add(said.sex)
        elif said.sex:
            self.pronouns.add(_SEXES.get(said.sex, ""))
        self.middles.update(filter(None, (said.middle,)))
        if said.born is not None:
            self.born.add(said.born)
        for role in said.roles:
            self.nouns.add(role.noun)
            self.countries.update(role.countries)
            self.places.update(role.places)
            self.roles.update((role.noun, place) for place in role.places)
            if role.field is not None:
                self.fields.add(role.field)


def profile(rows: Iterable[NamedEntity]) -> Profile:
    """Return what articles say together."""
    found = Profile()
    for row in rows:
        found.add(row)
    return found


def shared(one: Profile, other: Profile) -> int:
    """Return how much two profiles have in common besides the name."""
    return (
        2 * len(one.company & other.company)
        + 2 * len(one.roles & other.roles)
        + len(one.nouns & other.nouns)
        + len(one.countries & other.countries)
        + len((one.places | one.where) & (other.places | other.where))
    )


def apart(one: Profile, other: Profile) -> str:
    """Return what tells two profiles apart, for people; empty when nothing does."""
    if one.versions & other.versions:
        return "one article names both"
    if _told_apart(one.organisations, other.organisations):
        return "other full names"
    if _told_apart(one.sexes, other.sexes):
        return "he and she"
    if _told_apart(one.middles, other.middles):
        return "other initials"
    if one.born and other.born and min(abs(a - b) for a in one.born for b in other.born) > _YEARS:
        return "other ages"
    if one.fields and other.fields and not any(together(a, b) for a in one.fields for b in other.fields):
        return f"{_some(one.nouns)} and {_some(other.nouns)}"
    if one.company & other.company:
        return ""
    if _told_apart(one.sexes | one.pronouns, other.sexes | other.pronouns):
        return "he and she"
    if _told_apart(one.countries, other.countries):
        return f"{_some(one.countries).title()} and {_some(other.countries).title()}"
    for noun in one.nouns & other.nouns:
        here, there = ({place for of, place in side.roles if of == noun} for side in (one, other))
        if _told_apart(here, there):
            return f"{noun} of {_some(here).title()} and of {_some(there).title()}"
    return ""


def joins(row: Profile, people: Sequence[Profile]) -> list[int]:
    """Return which of some people a row means, by number: none for somebody new, several for any of them."""
    fits = []
    for number, person in enumerate(people):
        equal = bool(row.keys & person.keys)
        if not equal and not any(alike(a, b) for a in row.keys for b in person.keys):
            continue
        common = shared(row, person)
        if (equal or common >= _ENOUGH) and not apart(row, person):
            fits.append((equal, common, number))
    equal = any(fit[0] for fit in fits)
    if not equal:  # forms of one name that nothing tells apart
        return [number for _, _, number in fits]
    most = max(common for same, common, _ in fits if same)
    return [number for same, common, number in fits if same and common == most]


def clusters(
    rows: Sequence[NamedEntity],
    same: Sequence[tuple[set[int], set[int]]] = (),
    different: Sequence[tuple[set[int], set[int]]] = (),
) -> list[list[NamedEntity]]:
    """Return the people that rows with equal or similar names mean; what cannot be told stands alone.

    ``same`` and ``different`` are the reader's decisions: two sets of rows each. They outrank the evidence,
    and of two that contradict each other the one that keeps apart.
    """
    units = _units(rows, same)
    # What says most comes first, so that the rest finds somebody to join.
    units.sort(key=lambda unit: (-_weight(unit), unit[0].id))
    people: list[tuple[Profile, list[NamedEntity]]] = []
    alone: list[list[NamedEntity]] = []
    waiting: list[list[NamedEntity]] = []
    for unit in units:
        if not any(row.joins for row in unit) and len(unit) == 1:
            alone.append(unit)
        elif not _place(unit, people, different):
            waiting.append(unit)
    for unit in waiting:
        if not _place(unit, people, different):
            alone.append(unit)
    return [members for _, members in people] + alone


def _place(
    unit: list[NamedEntity],
    people: list[tuple[Profile, list[NamedEntity]]],
    different: Sequence[tuple[set[int], set[int]]],
) -> bool:
    known = profile(unit)
    ids = {row.id for row in unit}
    allowed = [person for person in people if not _forbidden(ids, {row.id for row in person[1]}, different)]
    numbers = joins(known, [person[0] for person in allowed])
    if not numbers:
        people.append((known, list(unit)))
        return True
    meant = [allowed[number] for number in numbers]
    if any(apart(one[0], other[0]) for one, other in combinations(meant, 2)):
        return False
    # Several that nothing tells apart are one: it took this article to see that.
    found, members = meant[0]
    for other in meant[1:]:
        if _forbidden({row.id for row in members}, {row.id for row in other[1]}, different):
            return False
    added = [*unit, *(row for other in meant[1:] for row in other[1])]
    people[:] = [person for person in people if all(person is not other for other in meant[1:])]
    members += added
    for row in added:
        found.add(row)
    return True


def _forbidden(one: set[int], other: set[int], different: Sequence[tuple[set[int], set[int]]]) -> bool:
    return any((one & a and other & b) or (one & b and other & a) for a, b in different)


def _units(rows: Sequence[NamedEntity], same: Sequence[tuple[set[int], set[int]]]) -> list[list[NamedEntity]]:
    """Rows that a decision says are one person, together; every other row by itself."""
    leader = {row.id: row.id for row in rows}

    def root(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for one, other in same:
        joined = [number for number in sorted(one | other) if number in leader]
        if one & leader.keys() and other & leader.keys():
            for number in joined[1:]:
                leader[root(number)] = root(joined[0])
    groups: dict[int, list[NamedEntity]] = {}
    for row in rows:
        groups.setdefault(root(row.id), []).append(row)
    return list(groups.values())


def _weight(unit: Sequence[NamedEntity]) -> int:
    return max(
        3 * len(row.evidence.roles) + 2 * bool(row.evidence.sex) + min(len(row.company), 3) for row in unit
    ) + 20 * (len(unit) > 1 or any(" " in key for row in unit if row.type == "ORG" for key in row.keys))


def _told_apart(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and not one & other


def _some(words: set[str]) -> str:
    return ", ".join(sorted(words)[:2])
