"""Which organisation or place each mention names: spelling, initials, short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reader.language.entities.names import (
    SMALL_WORDS,
    acronym_letters,
    acronyms_of,
    is_acronym,
    key,
    words,
)
from reader.language.wordlists import lines, sections

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORGANISATIONS, _PLACES = sections("organisations"), sections("places")
# Names so common that newspapers never explain them, under the form that the others stand for.
KNOWN_PLACES = {form: names[0] for names in lines("places")["names"] for form in names}
KNOWN_ORGANISATIONS = {form: names[0] for names in lines("organisations")["names"] for form in names}
COMPANY_WORDS = _ORGANISATIONS["legal forms"]
_PLACE_KINDS = _PLACES["kinds"]
_CITIES_OF_COUNTRIES = _PLACES["cities of countries"]
_IN_BRACKETS = re.compile(r"\s?\(\s?")
_POSSESSIVE = re.compile(r"['’]s?$")
_BODIES_OF_PLACES = _ORGANISATIONS["bodies of places"]
_PARTS_OF_BODIES = _ORGANISATIONS["parts of bodies"]


def group_names(text: str, mentions: Sequence[tuple[int, int]], kind: str) -> list[list[tuple[int, int]]]:
    """Mentions of organisations or of places, sorted, as one list per thing."""
    known = KNOWN_PLACES if kind == "PLACE" else KNOWN_ORGANISATIONS
    by_form: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in mentions:
        form = _form(text[start:end])
        by_form[known.get(form, form)].append((start, end))
    parents = {form: form for form in by_form}

    def root(form: str) -> str:
        while parents[form] != form:
            parents[form] = parents[parents[form]]
            form = parents[form]
        return form

    for short, long in _pairs(text, by_form, kind):
        if root(short) != root(long):
            parents[root(short)] = root(long)
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for form, places in by_form.items():
        groups[root(form)] += places
    return [sorted(places) for places in groups.values()]


def _form(name: str) -> str:
    """A name for comparison: folded, without the article before it."""
    found = key(name)
    return found.removeprefix("the ") or found


def _pairs(text: str, by_form: dict[str, list[tuple[int, int]]], kind: str) -> list[tuple[str, str]]:
    """Pairs of forms (short, long) that name the same thing."""
    shown = {form: text[places[0][0] : places[0][1]] for form, places in by_form.items()}
    spelled = {form: [text[start:end] for start, end in places] for form, places in by_form.items()}
    found = _bracketed(text, by_form)
    explained = {short for short, _ in found}
    forms = sorted(by_form)
    by_letters: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        for letters in acronyms_of(shown[form]):
            by_letters[letters].append(form)
    for form in forms:
        acronym = next((name for name in spelled[form] if is_acronym(name)), None)
        if form in explained or acronym is None:
            continue
        long = [other for other in by_letters[acronym_letters(acronym)] if other != form]
        if len(long) == 1:
            found.append((form, long[0]))
            explained.add(form)
    if kind == "PLACE":
        found += _short_places([form for form in forms if form not in explained], forms)
    elif kind == "ORG":
        found += _same_words(forms)
        found += _short_forms([form for form in forms if form not in explained], forms, shown)
    return found


def _bracketed(text: str, by_form: dict[str, list[tuple[int, int]]]) -> list[tuple[str, str]]:
    """Names followed by another in brackets, one of the two an acronym: "Kurdistan Workers’ Party (PKK)"."""
    at = {start: (form, end) for form, places in by_form.items() for start, end in places}
    found = []
    for form, places in sorted(by_form.items()):
        for start, end in places:
            match = _IN_BRACKETS.match(text, end)
            if match is None or match.end() not in at:
                continue
            other, other_end = at[match.end()]
            first, second = text[start:end], text[match.end() : other_end]
            if text[other_end : other_end + 1] != ")" or other == form:
                continue
            if is_acronym(second) and len(words(first)) > 1:
                found.append((other, form))
            elif is_acronym(first) and len(words(second)) > 1:
                found.append((form, other))
    return found


def _content(form: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: no small words, no legal form at the end."""
    parts = [part for part in form.split() if part not in SMALL_WORDS]
    while len(parts) > 1 and parts[-1] in COMPANY_WORDS:
        parts.pop()
    return tuple(parts)


def _same_words(forms: Sequence[str]) -> list[tuple[str, str]]:
    """Forms of the same words: "Ministry of Justice", "Justice Ministry"; "Boeing", "Boeing Co"; "Office of
    the Auditor", "Auditor's Office"."""
    by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for form in forms:
        by_words[tuple(sorted(_POSSESSIVE.sub("", part) for part in _content(form)))].append(form)
    return [(other, same[0]) for same in by_words.values() for other in same[1:]]


def _short_places(shorts: Sequence[str], forms: Sequence[str]) -> list[tuple[str, str]]:
    """Places named with and without the word for their kind: "Jonglei" and "Jonglei State"."""
    found = []
    known = frozenset(forms) - _CITIES_OF_COUNTRIES
    for short in shorts:
        longer = [form for kind in sorted(_PLACE_KINDS) if (form := f"{short} {kind}") in known]
        if len(longer) == 1:
            found.append((short, longer[0]))
    return found


def _short_forms(shorts: Sequence[str], forms: Sequence[str], shown: dict[str, str]) -> list[tuple[str, str]]:
    """Beginnings or ends of exactly one longer name: "Halvorsen" and "Halvorsen Minerals", "Sundowns"
    and "Mamelodi Sundowns"."""
    found = []
    content = {form: _content(form) for form in forms}
    beginnings: dict[tuple[str, ...], list[str]] = defaultdict(list)
    ends: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for form, parts in content.items():
        of_a_place = bool(parts) and parts[0] in _BODIES_OF_PLACES and " of " in form
        for size in range(1, len(parts)):
            if not of_a_place:
                ends[parts[-size:]].append(form)
            if parts[-1] not in _PARTS_OF_BODIES:
                beginnings[parts[:size]].append(form)
    for short in shorts:
        part = content[short]
        if len(part) == 1 and is_acronym(shown[short]) and shown[short].isupper():
            continue
        for choice in (beginnings[part], ends[part]):
            if len({content[form] for form in choice}) == 1:
                found.append((short, min(choice)))
                break
    return found
