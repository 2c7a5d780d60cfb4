"""Which type each name has: the article votes, and what stands around a name speaks too.

The recogniser sees a name in its paragraph. Over the whole article its mentions should agree, a family name
goes with the person named in full, and some names and some places in a sentence leave no choice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reader.language.entities.clubs import about_sport, plays
from reader.language.entities.names import (
    GIVEN_NAMES,
    PARTICLES,
    SUFFIXES,
    folded,
    key,
    words,
    words_in_order,
)
from reader.language.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reader.language.entities.labels import MentionType, TypedSpan

Votes = dict[str, Counter["MentionType"]]

_ORGANISATIONS = sections("organisations")
_PRESS = _ORGANISATIONS["agencies"] | _ORGANISATIONS["newspapers and broadcasters"]
_KNOWN_ORGANISATIONS = _ORGANISATIONS["names"] | _PRESS
_COUNTRIES = sections("places")["countries"]
_BODIES_OF_PLACES = _ORGANISATIONS["bodies of places"]
_FAMILY_FIRST = sections("names")["family names that stand first"]
# In news a name behind these is a place in 98 of 100 cases, and one behind "told" an outlet in 91.
_WHERE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Aa]cross|[Tt]hroughout) (?:the )?$")
_TOLD = re.compile(r"\btold (?:the )?$")
# "the magazine Compás", "Ostermann, the distributor,": what kind of thing it is, said beside it.
_KINDS_BEFORE = "|".join(sorted(_ORGANISATIONS["what stands before"]))
_KINDS_BEHIND = "|".join(sorted(_ORGANISATIONS["what stands behind"]))
_KIND_BEFORE = re.compile(rf"\b(?:{_KINDS_BEFORE}) [\"“‘']?$", re.I)
_KIND_BEHIND = re.compile(
    r", (?:a|an|the|its|another) "
    r"(?:(?!(?:of|the|at|for|from|behind|in|by|an?|and|whose|his|her|their)\b)[\w-]+ ){0,3}?"
    rf"(?:{_KINDS_BEHIND})(?=[,.;)]| (?:that|which|based|owned|behind|in|of|for)\b)"
)
_OWNED = re.compile(r"(?:['’]s)? (?:shares|stock|share price|employees|shareholders)\b")
_EAST_ASIAN = re.compile(r"([^\W\d_a-z][\w]*) [^\W\d_a-z][\w]*[-‑][a-z]\w*$")
# "Photograph: Huw Tasker/Valley Sentinel"
_CREDITED = re.compile(
    r"\b(?:Photo|Photograph|Photographer|Picture|Image|Illustration|Credit)s?(?: by)?:? $", re.I
)
_NAME_AND_HOUSE = re.compile(r"[^\W\d_a-z][\w’'-]+ [^\W\d_a-z][\w’'-]+ ?/")
# "HERAT, Oct. 8 (Odran) --", "Originally published on Live Science."
_DATELINE_END = re.compile(r"\)\s?[-–—]")
_PUBLISHED = re.compile(r"\bpublished (?:by|on|in(?: the journal)?) (?:the )?$")
_PARTNERS = re.compile(r" (?:&|et|und) [^\W\d_a-z]")
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|MR|MRS|MS|DR)\.? $")
_KIND_WEIGHT = 1.1
_UNSURE = 0.75
_KNOWN_WEIGHT = 1.2
_PLACE_WEIGHT = 0.6


def weight(span: TypedSpan) -> float:
    """How much a mention counts: its probability, 1 where the pipeline gives none."""
    return 1.0 if span.score is None else span.score


def leader(votes: Counter[MentionType]) -> MentionType:
    """The type with the most votes, of equal ones the first in the alphabet."""
    return max(sorted(votes), key=lambda kind: votes[kind])


def family_name(text: str, span: TypedSpan) -> str | None:
    """The word that alone names a person named in full, None for other mentions.

    That is the last word, or the first where that is a family name that stands first ("Moon Jae-in").
    """
    name = text[span.start : span.end]
    parts = [word for word in words_in_order(name) if folded(word) not in SUFFIXES]
    if span.type != "PERSON" or len(parts) < 2:
        return None
    last = parts[-1]
    if (
        "," not in name
        and len(parts) <= 3
        and folded(parts[0]) in _FAMILY_FIRST
        and folded(last) not in _FAMILY_FIRST
    ):
        last = parts[0]
    elif len(last) <= 2:
        return None
    return last if last[0].isupper() and folded(last) not in PARTICLES else None


def one_type_per_name(text: str, spans: Sequence[TypedSpan], short_for: Mapping[str, str]) -> list[TypedSpan]:
    """Every mention of a name with the type that most speaks for, initials and all.

    ``short_for`` leads from the key of initials to that of the name they stand for.
    """
    names = [key(text[span.start : span.end]) for span in spans]
    names = [short_for.get(name, name) for name in names]
    sport = about_sport(text)
    votes: Votes = defaultdict(Counter)
    for name, span in zip(names, spans, strict=True):
        votes[name][span.type] += weight(span)  # type: ignore[assignment]
        _hear_the_place(text, span, votes[name])
        if sport and span.type == "PERSON" and plays(text, span):
            votes[name]["ORG"] += _PLACE_WEIGHT  # type: ignore[assignment]
    families: Counter[str] = Counter()
    for span in spans:
        if family := family_name(text, span):
            families[folded(family)] += weight(span)  # type: ignore[assignment]
    shared = _hear_longer_names(text, spans, votes, families)
    for family, counted in families.items():
        if family in votes:
            votes[family]["PERSON"] += counted
    _hear_the_last_words(text, spans, votes, shared)
    for name, counted_votes in votes.items():
        _hear_the_known(name, counted_votes)
    firms = _between_introductions(text, spans, shared)
    found = []
    for name, span in zip(names, spans, strict=True):
        usual = "ORG" if span in firms else span.type if name in shared else leader(votes[name])
        best = _told(text, span) or usual
        if sport and best == "PLACE" and plays(text, span):
            best = "ORG"
        found.append(span._replace(type=best) if best != span.type else span)
    return found


def _between_introductions(text: str, spans: Sequence[TypedSpan], shared: Collection[str]) -> set[TypedSpan]:
    """Bare names that a firm and a person share, between the firm's full name and the person's.

    They are the firm's: nobody knows the person yet.
    """
    people: dict[str, int] = {}
    firms: dict[str, int] = {}
    for span in spans:
        parts = [folded(word) for word in words(text[span.start : span.end])]
        if family := family_name(text, span):
            people.setdefault(folded(family), span.start)
        elif span.type == "ORG" and len(parts) > 1 and parts[0] in shared:
            firms.setdefault(parts[0], span.start)
    return {
        span
        for span in spans
        for name in (key(text[span.start : span.end]),)
        if name in firms and firms[name] < span.start < people.get(name, 0)
    }


def _told(text: str, span: TypedSpan) -> MentionType | None:
    """The type that the words beside a mention leave no choice about."""
    before = text[max(0, span.start - 24) : span.start]
    if span.type in ("PERSON", "ORG", "PLACE") and _ADDRESSED.search(before):
        return "PERSON"
    single = " " not in text[span.start : span.end]
    if single and span.type == "PERSON" and _OWNED.match(text, span.end):
        return "ORG"
    named = span.type == "PERSON" and _is_full_name(text, span)
    return "ORG" if not named and _KIND_BEHIND.match(text, span.end) else None


def _is_full_name(text: str, span: TypedSpan) -> bool:
    """Whether a mention has a given name and another: no sentence makes that a firm."""
    first, _, rest = text[span.start : span.end].partition(" ")
    return bool(rest) and folded(first) in GIVEN_NAMES


def _hear_the_place(text: str, span: TypedSpan, votes: Counter[MentionType]) -> None:
    """Count what the words before a mention say of its type."""
    before = text[max(0, span.start - 32) : span.start]
    if span.type == "PERSON" and _WHERE.search(before):
        votes["PLACE"] += _PLACE_WEIGHT  # type: ignore[assignment]
    elif span.type in ("PERSON", "PLACE", "OTHER") and _TOLD.search(before):
        votes["ORG"] += _PLACE_WEIGHT  # type: ignore[assignment]
    east = _EAST_ASIAN.match(text[span.start : span.end])
    if span.type == "PLACE" and east and folded(east.group(1)) in _FAMILY_FIRST:
        votes["PERSON"] += _KIND_WEIGHT  # type: ignore[assignment]
    if span.type in ("ORG", "PLACE") and _CREDITED.search(before) and _NAME_AND_HOUSE.match(text, span.start):
        votes["PERSON"] += _KIND_WEIGHT  # type: ignore[assignment]
    if before.endswith("(") and _DATELINE_END.match(text, span.end):
        votes["ORG"] += _KIND_WEIGHT  # type: ignore[assignment]
    if span.type == "OTHER" and _PUBLISHED.search(before):
        votes["ORG"] += _KIND_WEIGHT  # type: ignore[assignment]
    if span.type == "PERSON" and _PARTNERS.search(text, span.start, span.end):
        votes["ORG"] += _KIND_WEIGHT  # type: ignore[assignment]
    named = span.type == "PERSON" and _is_full_name(text, span)
    if not named and (_KIND_BEFORE.search(before) or _KIND_BEHIND.match(text, span.end)):
        votes["ORG"] += _KIND_WEIGHT  # type: ignore[assignment]


def _hear_the_known(name: str, votes: Counter[MentionType]) -> None:
    if name in _KNOWN_ORGANISATIONS:
        votes["ORG"] += _KNOWN_WEIGHT  # type: ignore[assignment]
    elif name in _COUNTRIES:
        votes["PLACE"] += _KNOWN_WEIGHT  # type: ignore[assignment]


def _hear_longer_names(
    text: str, spans: Iterable[TypedSpan], votes: Votes, families: Counter[str]
) -> frozenset[str]:
    """A word that begins the name of an organisation and is part of nobody's name is no person.

    The words that begin both are returned: "Corrigan" may be the firm or the man.
    """
    longer: Votes = defaultdict(Counter)
    people = set(families)
    for span in spans:
        parts = [folded(word) for word in words(text[span.start : span.end])]
        if len(parts) > 1 and span.type == "PERSON":
            people.update(parts)
        elif len(parts) > 1 and span.type == "ORG":
            longer[parts[0]]["ORG"] += weight(span)  # type: ignore[assignment]
    for name, counted in longer.items():
        if name in votes and name not in people and leader(votes[name]) == "PERSON":
            votes[name]["ORG"] += counted["ORG"] + votes[name]["PERSON"]
    return frozenset(longer).intersection(families)


def _hear_the_last_words(text: str, spans: Iterable[TypedSpan], votes: Votes, firms: Collection[str]) -> None:
    """A name of two words whose last alone is a person is that person; a university is "of" a place."""
    alone = {name: counted for name, counted in votes.items() if " " not in name and name not in firms}
    for span in spans:
        name = text[span.start : span.end]
        parts = [folded(word) for word in words(name)]
        if span.type in ("ORG", "PLACE") and len(parts) == 2 and parts[1] in alone:
            person = alone[parts[1]]
            given = parts[0] in GIVEN_NAMES or weight(span) < _UNSURE
            if given and leader(person) == "PERSON" and parts[0] not in votes:
                votes[key(name)]["PERSON"] += person["PERSON"] + votes[key(name)][span.type]
        elif span.type == "ORG" and len(parts) > 2 and parts[0] in _BODIES_OF_PLACES and parts[1] == "of":
            place = " ".join(parts[2:])
            if place in votes and leader(votes[place]) != "PLACE":
                votes[place]["PLACE"] += weight(span)  # type: ignore[assignment]
