"""Which quotation or entity of an article somebody means by words: exactly one, or an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from reader.library.errors import NotInLibrary
from reader.model.anchors import anchor
from reader.model.corrections import ConfirmSpeaker
from reader.text.names import folded
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.index import Index
    from reader.model.analysis import Entity, Quotation
    from reader.model.anchors import Anchor

T = TypeVar("T")


def quotation_of(index: Index, words: str) -> Quotation:
    """Return the one quotation that holds these words. Raises :class:`NotInLibrary`."""
    wanted = _plain(words)
    if not wanted:
        raise NotInLibrary("No words of a quotation were given", "Give some that stand in no other")
    found = [quotation for quotation in index.quotations if wanted in _plain(index.words(quotation))]
    whole = [quotation for quotation in found if _plain(index.words(quotation)) == wanted]
    return _one(
        whole or found, f"quotation with the words {printable(words, 60)!r}", "Give more of its words"
    )


def entity_of(index: Index, name: str) -> Entity:
    """Return the one entity of this name: its own, another that the article uses, or a part of one."""
    wanted = _plain(name)
    names = {
        entity.id: [_plain(entity.name), *map(_plain, entity.aliases)] for entity in index.analysis.entities
    }
    entities = {entity.id: entity for entity in index.analysis.entities}
    for fits in (
        lambda own: own[0] == wanted,
        lambda own: wanted in own,
        lambda own: any(f" {wanted} " in f" {one} " for one in own),
    ):
        found = [entities[key] for key, own in names.items() if wanted and fits(own)]
        if found:
            return _one(found, f"name {printable(name, 60)!r}", "Give the whole name")
    raise NotInLibrary(
        f"Nobody and nothing in this article is called {printable(name, 60)!r}",
        "`onrecord entities SOURCE` shows the names in it",
    )


def quotation_anchor(index: Index, quotation: Quotation) -> Anchor:
    """Return the anchor of a quotation."""
    return anchor(index.article.text, quotation.start, quotation.end)


def entity_anchor(index: Index, entity: Entity) -> Anchor:
    """Return the anchor of an entity: its first mention."""
    first = entity.mentions[0]
    return anchor(index.article.text, first.start, first.end)


def confirmation(index: Index, quotation: Quotation) -> ConfirmSpeaker:
    """Return the decision that a quotation's speaker, whoever that is now, is right."""
    speaker, text = quotation.speaker, index.article.text
    here = quotation_anchor(index, quotation)
    if speaker is None:
        return ConfirmSpeaker(here)
    entity = index.entity(speaker.entity)
    return ConfirmSpeaker(
        here,
        anchor(text, speaker.start, speaker.end) if speaker.start < speaker.end else None,
        entity_anchor(index, entity) if entity is not None else None,
        speaker.name,
    )


def span_of(index: Index, words: str) -> Anchor:
    """Return the anchor of words that stand in the text once. Raises :class:`NotInLibrary`."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = [match.span() for match in pattern.finditer(index.article.text)] if words.strip() else []
    place = _one(found, f"place with the words {printable(words, 60)!r}", "Give more words")
    return anchor(index.article.text, *place)


def _one(found: Sequence[T], what: str, hint: str) -> T:
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotInLibrary(f"The article has no {what}", hint)
    raise NotInLibrary(f"The article has {len(found)} times a {what}", hint)


def _plain(text: str) -> str:
    """Words without case, accents and marks."""
    return " ".join(re.findall(r"\w+", folded(text)))
