"""The reader's decisions about an analysis, each anchored in the text.

A decision says what is to hold, so that deciding the same again changes nothing; of two about the same
thing the later one holds. :func:`reader.model.corrected.apply` puts them over an analysis.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from reader.model.analysis import EntityType, QuotationKind
from reader.model.anchors import Anchor
from reader.model.errors import RecordError
from reader.model.fields import Fields

_HINT = "It may come from a newer On Record: update, or leave this correction out"


@dataclass(frozen=True, slots=True)
class SetSpeaker:
    """A quotation is by the entity that ``mention`` names, else by who is called ``name``, else by nobody."""

    quotation: Anchor
    mention: Anchor | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmSpeaker:
    """A quotation is by whom an analysis gives, and was looked at.

    That is who is worded so in the text, whom ``mention`` names, else who is called ``name``; without all
    three nobody. It holds whatever a later analysis finds.
    """

    quotation: Anchor
    wording: Anchor | None = None
    mention: Anchor | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class NoQuotation:
    """A span is no quotation."""

    quotation: Anchor


@dataclass(frozen=True, slots=True)
class AddQuotation:
    """A span, marks included, is a quotation."""

    quotation: Anchor
    kind: QuotationKind = "direct"


@dataclass(frozen=True, slots=True)
class MergeEntities:
    """What ``mention`` names is the same as what ``into`` names, and is called as that is."""

    mention: Anchor
    into: Anchor


@dataclass(frozen=True, slots=True)
class SplitEntity:
    """These mentions name one entity, and no other mention does."""

    mentions: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class RenameEntity:
    """What a mention names is called so."""

    mention: Anchor
    name: str


@dataclass(frozen=True, slots=True)
class RetypeEntity:
    """What a mention names is of this type."""

    mention: Anchor
    type: EntityType


@dataclass(frozen=True, slots=True)
class RemoveMention:
    """A span names nothing."""

    mention: Anchor


@dataclass(frozen=True, slots=True)
class RemoveEntity:
    """What a mention names is no entity, wherever it is named."""

    mention: Anchor


@dataclass(frozen=True, slots=True)
class AddMention:
    """A span names what ``entity`` (one of its mentions) names; without that, an entity of its own."""

    mention: Anchor
    type: EntityType
    entity: Anchor | None = None


@dataclass(frozen=True, slots=True)
class RestoreLine:
    """A line that cleaning removed belongs to the text. ``line`` is its number in the source."""

    line: int
    text: str


Correction = (
    SetSpeaker
    | ConfirmSpeaker
    | NoQuotation
    | AddQuotation
    | MergeEntities
    | SplitEntity
    | RenameEntity
    | RetypeEntity
    | RemoveMention
    | RemoveEntity
    | AddMention
    | RestoreLine
)

_KINDS: dict[str, type[Correction]] = {
    "speaker": SetSpeaker,
    "confirm": ConfirmSpeaker,
    "no quotation": NoQuotation,
    "quotation": AddQuotation,
    "merge": MergeEntities,
    "split": SplitEntity,
    "rename": RenameEntity,
    "retype": RetypeEntity,
    "no mention": RemoveMention,
    "no entity": RemoveEntity,
    "mention": AddMention,
    "restore": RestoreLine,
}
_NAMES = {made: kind for kind, made in _KINDS.items()}


def to_data(correction: Correction) -> dict[str, Any]:
    """Return a correction as plain data for JSON; ``correct`` says of what kind it is."""
    return {"correct": _NAMES[type(correction)], **asdict(correction)}


def from_data(value: object) -> Correction:
    """Return the correction that plain data holds. Raises :class:`RecordError` that names what is wrong."""
    found = Fields(value, "correction", _HINT)
    kind = found.text("correct")
    if kind not in _KINDS:
        raise RecordError("There is no such kind of correction", _HINT)
    made: Any = _KINDS[kind]
    correction: Correction = made(
        **{field.name: _READERS[str(field.type)](found, field.name) for field in fields(made)}
    )
    return correction


def _anchor(found: Fields) -> Anchor:
    start = found.number("start", 0)
    return Anchor(
        start, found.number("end", start), found.text("exact"), found.text("prefix"), found.text("suffix")
    )


def _needed(found: Fields, key: str) -> Anchor:
    found.value(key)
    anchor = found.maybe(key, _anchor)
    if anchor is None:
        raise RecordError(f"The record lacks {found.name}.{key}", _HINT)
    return anchor


# By the annotation of the field.
_READERS: dict[str, Any] = {
    "Anchor": _needed,
    "Anchor | None": lambda found, key: found.maybe(key, _anchor),
    "tuple[Anchor, ...]": lambda found, key: found.each(key, _anchor),
    "str": Fields.text,
    "str | None": Fields.text_or_none,
    "int": lambda found, key: found.number(key, 0),
    "EntityType": lambda found, key: found.one_of(key, EntityType),
    "QuotationKind": lambda found, key: found.one_of(key, QuotationKind),
}
