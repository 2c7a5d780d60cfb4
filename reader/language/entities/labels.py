"""The entity types of the product, and what other label schemes call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# OTHER names (events, works, laws, products) are never shown, but they tell what is none of the rest.
MentionType = Literal["PERSON", "PLACE", "ORG", "GROUP", "OTHER"]


class TypedSpan(NamedTuple):
    """A typed mention: offsets in code points, end exclusive; ``score`` is a probability when the
    pipeline gives one."""

    start: int
    end: int
    type: MentionType
    score: float | None = None


# OntoNotes, CoNLL, WikiNER, and the spellings that other pipelines use for the same things.
TYPES: dict[str, MentionType] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "PERS": "PERSON",
    "PEOPLE": "PERSON",
    "PLACE": "PLACE",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "LOCATION": "PLACE",
    "FAC": "PLACE",
    "FACILITY": "PLACE",
    "CITY": "PLACE",
    "COUNTRY": "PLACE",
    "STATE_OR_PROVINCE": "PLACE",
    "GEO": "PLACE",
    "ORG": "ORG",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "COMPANY": "ORG",
    "CORPORATION": "ORG",
    "NORP": "GROUP",
    "GROUP": "GROUP",
    "NATIONALITY": "GROUP",
    "OTHER": "OTHER",
    "MISC": "OTHER",
    "EVENT": "OTHER",
    "PRODUCT": "OTHER",
    "WORK_OF_ART": "OTHER",
    "LAW": "OTHER",
}


def entity_type(label: str) -> MentionType | None:
    """The type that a pipeline's label stands for, None for dates, amounts and what else is no name.

    Prefixes of tagging schemes ("B-PER") and case do not matter.
    """
    name = label.upper()
    if name[:2] in ("B-", "I-", "L-", "U-", "E-", "S-"):
        name = name[2:]
    return TYPES.get(name)


def unmapped(labels: Iterable[str]) -> bool:
    """Whether none of a recogniser's labels stands for a person, place or organisation."""
    return not any(entity_type(label) in ("PERSON", "PLACE", "ORG") for label in labels)
