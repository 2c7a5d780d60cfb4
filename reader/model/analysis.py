"""What the analysis of an article found: entities and attributed quotations.

All offsets are Unicode code points into the article's text, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityType = Literal["PERSON", "PLACE", "ORG", "GROUP"]
QuotationKind = Literal["direct", "partial", "turn"]

NOT_LOOKED_FOR = "speaker not looked for yet"
"""The evidence of a quotation while its analysis has not come to its speaker."""


def entity_id(start: int) -> str:
    """Return the id of the entity whose first mention starts there.

    Ids come from content, so that the same text and pipeline give the same ids at every stage of an
    analysis, and one that is out of date never names another entity: mentions do not overlap.
    """
    return f"e{start}"


def quotation_id(start: int) -> str:
    """Return the id of the quotation that starts there; no two start at the same place."""
    return f"q{start}"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity, without title or possessive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions refer to. ``name`` is the canonical name, ``aliases`` the other forms in the text.

    GROUP (peoples, faiths, parties' members) occurs only when the user asks to see groups.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that introduce a quotation ("said", "according to")."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """The mention nearest the quotation as the text words it ("he", "a spokesman for the ministry").

    ``entity`` (an :attr:`Entity.id`) and ``name`` say who that is, when the text supports it; ``role`` is
    the description that stands beside the name ("the mayor"), or without a name whom a pronoun stands for.
    """

    start: int
    end: int
    entity: str | None
    name: str | None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span, marks included, that reports somebody's words.

    ``confidence`` is the calibrated probability (0 to 1) that the attribution is right; ``evidence``
    says in a phrase what it rests on.
    """

    id: str
    kind: QuotationKind
    start: int
    end: int
    cue: Cue | None
    speaker: Speaker | None
    confidence: float
    evidence: str


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """Which language pipeline produced an analysis, and a fingerprint of our rules and weights beside it."""

    name: str
    version: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article. Entities are in order of first mention, quotations in text order."""

    entities: tuple[Entity, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    pipeline: PipelineInfo | None = None
