"""What an index answers with, besides what the analysis holds itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reader.model.analysis import Entity, Quotation


class NamedMention(NamedTuple):
    """A mention with the entity that it names: ``entity.mentions[number]``."""

    start: int
    end: int
    entity: Entity
    number: int


class Share(NamedTuple):
    """How much of an article one source's words fill. ``entity`` is None for a source that is no entity.

    ``key`` tells shares apart; it is empty for the quotations without any speaker.
    """

    key: str
    name: str
    entity: Entity | None
    quotations: tuple[Quotation, ...]
    words: int


class ListedQuotation(NamedTuple):
    """What stands together in a list of quotations: one, or the two halves of a split utterance.

    ``speaker`` tells speakers apart; it is None while the speaker is looked for. ``fragment``: a few words
    that nothing introduces.
    """

    said: tuple[Quotation, ...]
    speaker: str | None
    fragment: bool
