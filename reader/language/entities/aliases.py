"""From mentions to entities: one per real person, place and organisation, under its fullest name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.names import folded, is_title, key, words, words_in_order
from reader.language.entities.organisations import group_names
from reader.language.entities.people import group_people
from reader.language.entities.transcriptions import transcribed
from reader.model.analysis import Entity, Mention, entity_id
from reader.text.languages import LATIN, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.language.entities.labels import TypedSpan
    from reader.model.analysis import EntityType

_TYPES: tuple[EntityType, ...] = ("PERSON", "PLACE", "ORG", "GROUP")


def cluster(text: str, mentions: Sequence[TypedSpan], *, show_groups: bool = False) -> tuple[Entity, ...]:
    """The entities that mentions of a whole article name, in order of first mention.

    No two mentions may overlap: an entity's id is the place of its first one. Every mention is in exactly
    one entity, an entity has one type, and the order in which mentions are given does not matter. Groups
    ("Russian") are left out unless ``show_groups``, other names always.
    """
    places: dict[EntityType, set[tuple[int, int]]] = {kind: set() for kind in _TYPES}
    seen: set[tuple[int, int]] = set()
    for span in sorted(mentions, key=lambda span: (span.start, span.end, span.type)):
        if span.type == "OTHER" or (span.type == "GROUP" and not show_groups):
            continue
        if (span.start, span.end) not in seen:
            seen.add((span.start, span.end))
            places[span.type].add((span.start, span.end))
    found: list[tuple[EntityType, list[tuple[int, int]]]] = []
    for kind in _TYPES:
        ordered = sorted(places[kind])
        groups = group_people(text, ordered) if kind == "PERSON" else group_names(text, ordered, kind)
        found += [(kind, group) for group in _with_transcriptions(text, groups)]
    found.sort(key=lambda item: (item[1][0], item[0]))
    return tuple(_entity(kind, text, group) for kind, group in found)


def _with_transcriptions(
    text: str, groups: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[list[tuple[int, int]]]:
    """The groups, those together that one name in two scripts links, the mentions of each in order."""
    number = {place: index for index, group in enumerate(groups) for place in group}
    joined = {index: list(group) for index, group in enumerate(groups)}
    for first, second in transcribed(text, sorted(number)):
        a, b = number[first], number[second]
        if a != b:
            moved = joined.pop(b)
            joined[a] += moved
            number.update(dict.fromkeys(moved, a))
    for group in joined.values():
        yield sorted(group)


def _entity(kind: EntityType, text: str, group: Sequence[tuple[int, int]]) -> Entity:
    forms = list(dict.fromkeys(_spelled(text[start:end]) for start, end in group))
    name = max(forms, key=lambda form: _fullness(form, kind))
    different: dict[str, str] = {key(name): name}
    for form in sorted(forms, key=lambda form: form.isupper() and len(words(form)) > 1):
        different.setdefault(key(form), form)
    aliases = tuple(form for form in forms if form != name and form in different.values())
    return Entity(
        entity_id(group[0][0]), kind, name, aliases, tuple(Mention(start, end) for start, end in group)
    )


def _spelled(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


def _fullness(name: str, kind: EntityType) -> tuple[bool, bool, int, bool, int, str]:
    """The better the name for the entity, the greater: in letters that all can read, then full with the given
    name first, then of more words, not in capitals, longer."""
    parts = words(name)
    if kind == "PERSON":
        parts = [part for part in parts if not is_title(part)] or parts
    spelled_out = sum(len(folded(part)) > 1 for part in parts)
    in_order = spelled_out > 1 and (kind != "PERSON" or words_in_order(name) == words(name))
    return (
        script_of(name) == LATIN,
        in_order,
        spelled_out,
        not (name.isupper() and len(name) > 4),
        len(name),
        name,
    )
