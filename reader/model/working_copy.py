"""The working copy of an analysis that corrections are put into, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import TYPE_CHECKING, NamedTuple

from reader.model.analysis import (
    Analysis,
    Cue,
    Entity,
    EntityType,
    Mention,
    Quotation,
    QuotationKind,
    Speaker,
    entity_id,
    quotation_id,
)
from reader.model.corrections import (
    AddMention,
    AddQuotation,
    ConfirmSpeaker,
    Correction,
    MergeEntities,
    NoQuotation,
    RemoveEntity,
    RemoveMention,
    RenameEntity,
    RetypeEntity,
    SetSpeaker,
    SplitEntity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.model.anchors import Anchor
    from reader.model.restoration import Shift

BY_THE_READER = "corrected by the reader"
"""The evidence of a speaker that the reader has set, and of a quotation that the reader has marked."""
CONFIRMED = "confirmed by the reader"
"""The evidence of a speaker that the reader has said to be right."""


class _Place(NamedTuple):
    start: int
    end: int

    def overlaps(self, other: _Place) -> bool:
        return self.start < other.end and other.start < self.end

    def crosses(self, other: _Place) -> bool:
        inside = (self.start <= other.start and other.end <= self.end) or (
            other.start <= self.start and self.end <= other.end
        )
        return self.overlaps(other) and not inside

    def distance(self, other: _Place) -> int:
        return max(0, other.start - self.end, self.start - other.end)


@dataclass(eq=False, slots=True)
class _Entity:
    type: EntityType
    name: str
    aliases: list[str]
    mentions: list[_Place]


@dataclass(eq=False, slots=True)
class _Quotation:
    kind: QuotationKind
    place: _Place
    cue: Cue | None
    wording: _Place | None  # how the text words the speaker; stays while the reader says that it is nobody
    said: bool  # whether anybody is said to speak
    entity: _Entity | None
    name: str | None
    role: str | None
    confidence: float
    evidence: str

    @property
    def speaker(self) -> _Entity | str | _Place | None:
        """Who speaks: an entity, else a name, else as the text words it, else nobody."""
        return (self.entity or self.name or self.wording) if self.said else None


@dataclass(slots=True)
class WorkingCopy:
    """An analysis that is being corrected."""

    text: str
    analysis: Analysis
    shift: Shift
    entities: list[_Entity] = field(init=False)
    quotations: list[_Quotation] = field(init=False)

    def __post_init__(self) -> None:
        by_id: dict[str, _Entity] = {}
        for entity in self.analysis.entities:
            mentions = [self._moved(mention) for mention in entity.mentions]
            by_id[entity.id] = _Entity(entity.type, entity.name, list(entity.aliases), mentions)
        self.entities = list(by_id.values())
        self.quotations = [self._quotation(quotation, by_id) for quotation in self.analysis.quotations]

    def _moved(self, span: Mention | Cue | Speaker | Quotation) -> _Place:
        return _Place(self.shift.start(span.start), self.shift.end(span.end))

    def _quotation(self, quotation: Quotation, by_id: dict[str, _Entity]) -> _Quotation:
        speaker, cue = quotation.speaker, quotation.cue
        return _Quotation(
            quotation.kind,
            self._moved(quotation),
            Cue(*self._moved(cue)) if cue else None,
            self._moved(speaker) if speaker else None,
            speaker is not None,
            by_id.get(speaker.entity or "") if speaker else None,
            speaker.name if speaker else None,
            speaker.role if speaker else None,
            quotation.confidence,
            quotation.evidence,
        )

    # The corrections; each returns whether what it is about was found.

    @singledispatchmethod
    def correct(self, correction: Correction) -> bool:
        """Put a correction over the draft."""
        raise TypeError(f"no correction: {type(correction).__name__}")

    @correct.register
    def _(self, correction: SetSpeaker) -> bool:
        quotation = self._quoted(correction.quotation)
        entity = self._entity(correction.mention) if correction.mention else None
        if quotation is None or (correction.mention and entity is None and not correction.name):
            return False
        self._give(quotation, entity, entity.name if entity else correction.name)
        quotation.confidence, quotation.evidence = 1.0, BY_THE_READER
        return True

    @correct.register
    def _(self, correction: ConfirmSpeaker) -> bool:
        quotation = self._quoted(correction.quotation)
        entity = self._entity(correction.mention) if correction.mention else None
        wording = self._place(correction.wording) if correction.wording else None
        confirmed = entity or correction.name or wording
        if quotation is None or (confirmed is None and (correction.mention or correction.wording)):
            return False
        if confirmed != quotation.speaker:
            self._give(quotation, entity, entity.name if entity else correction.name)
            if wording is not None:
                quotation.wording, quotation.said = wording, True
        quotation.confidence, quotation.evidence = 1.0, CONFIRMED
        return True

    def _give(self, quotation: _Quotation, entity: _Entity | None, name: str | None) -> None:
        """Let a quotation be by an entity, else by who is called so, else by nobody."""
        if quotation.wording and self._names_another(quotation.wording, entity):
            quotation.wording = None
        if quotation.wording is None and entity is not None:
            quotation.wording = min(entity.mentions, key=lambda m: (quotation.place.distance(m), m.start))
        if quotation.entity is not entity or quotation.name != name or name is None:
            quotation.role = None
        quotation.said = name is not None
        quotation.entity, quotation.name = entity, name

    def _names_another(self, place: _Place, entity: _Entity | None) -> bool:
        return any(
            other is not entity and any(mention.overlaps(place) for mention in other.mentions)
            for other in self.entities
        )

    @correct.register
    def _(self, correction: NoQuotation) -> bool:
        place = self._place(correction.quotation)
        if place is not None:
            self.quotations = [q for q in self.quotations if q.place.start != place.start]
        return place is not None

    @correct.register
    def _(self, correction: AddQuotation) -> bool:
        place = self._place(correction.quotation)
        if place is None:
            return False
        found = next((q for q in self.quotations if q.place == place), None)
        if found is None:
            found = _Quotation("direct", place, None, None, False, None, None, None, 0.0, BY_THE_READER)
            self.quotations = [
                q for q in self.quotations if q.place.start != place.start and not q.place.crosses(place)
            ]
            self.quotations.append(found)
        found.kind = correction.kind
        return True

    @correct.register
    def _(self, correction: MergeEntities) -> bool:
        one, other = self._entity(correction.mention), self._entity(correction.into)
        if one is None or other is None:
            return False
        if one is not other:
            other.mentions += one.mentions
            other.aliases += [n for n in (one.name, *one.aliases) if n not in (other.name, *other.aliases)]
            self.entities.remove(one)
            self._hand_over(one, other)
        return True

    @correct.register
    def _(self, correction: SplitEntity) -> bool:
        places = [place for mention in correction.mentions if (place := self._place(mention)) is not None]
        owners = [e for e in self.entities if any(mention in places for mention in e.mentions)]
        if not owners:
            return False
        moved = [mention for entity in owners for mention in entity.mentions if mention in places]
        if len(owners) == 1 and len(moved) == len(owners[0].mentions):
            return True
        forms = self._forms(moved)
        name = max(forms, key=lambda form: (len(form), form))
        split = _Entity(owners[0].type, name, [form for form in forms if form != name], moved)
        for entity in owners:
            entity.mentions = [mention for mention in entity.mentions if mention not in places]
            self._forget(entity, forms)
        for quotation in self.quotations:
            if quotation.entity in owners and quotation.wording and quotation.wording in moved:
                quotation.entity, quotation.name = split, split.name
        self.entities.append(split)
        self._drop_unnamed()
        return True

    @correct.register
    def _(self, correction: RenameEntity) -> bool:
        entity = self._entity(correction.mention)
        if entity is not None and entity.name != correction.name:
            forms = self._forms(entity.mentions)
            before = [entity.name] if entity.name in forms else []
            entity.aliases = [n for n in (*before, *entity.aliases) if n != correction.name]
            entity.name = correction.name
        return entity is not None

    @correct.register
    def _(self, correction: RetypeEntity) -> bool:
        entity = self._entity(correction.mention)
        if entity is not None:
            entity.type = correction.type
        return entity is not None

    @correct.register
    def _(self, correction: RemoveMention) -> bool:
        place = self._place(correction.mention)
        if place is not None:
            self._clear(place)
        return place is not None

    @correct.register
    def _(self, correction: RemoveEntity) -> bool:
        entity = self._entity(correction.mention)
        if entity is not None:
            entity.mentions = []
            self._drop_unnamed()
        return entity is not None or self._place(correction.mention) is not None

    @correct.register
    def _(self, correction: AddMention) -> bool:
        place = self._place(correction.mention)
        entity = self._entity(correction.entity) if correction.entity else None
        if place is None or (correction.entity and entity is None):
            return False
        if self._at(place) is not None and (entity is None or place in entity.mentions):
            return True
        kept = entity.name if entity else ""
        self._clear(place, keep=entity)
        (form,) = self._forms([place])
        if entity is None:
            self.entities.append(_Entity(correction.type, form, [], [place]))
            return True
        entity.mentions.append(place)
        entity.name = kept
        if form not in (entity.name, *entity.aliases):
            entity.aliases.append(form)
        return True

    # What is where

    def _place(self, anchor: Anchor) -> _Place | None:
        found = anchor.find(self.text)
        return _Place(*found) if found else None

    def _quoted(self, anchor: Anchor) -> _Quotation | None:
        place = self._place(anchor)
        if place is None:
            return None
        starting = next((q for q in self.quotations if q.place.start == place.start), None)
        touching = [q for q in self.quotations if q.place.overlaps(place)]
        return starting or (touching[0] if len(touching) == 1 else None)

    def _at(self, place: _Place) -> _Entity | None:
        return next((e for e in self.entities if place in e.mentions), None)

    def _entity(self, anchor: Anchor) -> _Entity | None:
        """What a mention names; where its words have gone elsewhere, the one entity that is so called."""
        place = self._place(anchor)
        if place is None:
            called = [e for e in self.entities if " ".join(anchor.exact.split()) in self._forms(e.mentions)]
            return called[0] if len(called) == 1 else None
        touching = [e for e in self.entities if any(mention.overlaps(place) for mention in e.mentions)]
        return self._at(place) or (touching[0] if len(touching) == 1 else None)

    def _forms(self, places: Iterable[_Place]) -> list[str]:
        """The words of mentions, each once."""
        return list(dict.fromkeys(" ".join(self.text[p.start : p.end].split()) for p in places))

    # Changes

    def _clear(self, place: _Place, keep: _Entity | None = None) -> None:
        """Let nothing be named in a place; ``keep`` stays even when it is named nowhere else."""
        for entity in self.entities:
            gone = [mention for mention in entity.mentions if mention.overlaps(place)]
            if gone:
                entity.mentions = [mention for mention in entity.mentions if mention not in gone]
                self._forget(entity, self._forms(gone))
        self._drop_unnamed(keep)

    def _forget(self, entity: _Entity, forms: Sequence[str]) -> None:
        """Do not call an entity what only mentions called it that are not its own any more."""
        left = self._forms(entity.mentions)
        gone = [form for form in forms if form not in left]
        entity.aliases = [alias for alias in entity.aliases if alias not in gone]
        if entity.name in gone and left:
            entity.name = max(left, key=lambda form: (len(form), form))
            entity.aliases = [alias for alias in entity.aliases if alias != entity.name]

    def _drop_unnamed(self, keep: _Entity | None = None) -> None:
        for entity in [e for e in self.entities if not e.mentions and e is not keep]:
            self.entities.remove(entity)
            self._hand_over(entity, None)

    def _hand_over(self, one: _Entity, other: _Entity | None) -> None:
        for quotation in self.quotations:
            if quotation.entity is one:
                quotation.entity, quotation.name = other, other.name if other else None

    # The result

    def finished(self) -> Analysis:
        """Return the analysis as it is now, in order and with its own ids."""
        for entity in self.entities:
            entity.mentions.sort()
        self.entities.sort(key=lambda entity: entity.mentions[0])
        self.quotations.sort(key=lambda quotation: quotation.place)
        ids = {id(entity): entity_id(entity.mentions[0].start) for entity in self.entities}
        entities = tuple(
            Entity(ids[id(e)], e.type, e.name, tuple(e.aliases), tuple(Mention(*m) for m in e.mentions))
            for e in self.entities
        )
        quotations = tuple(
            Quotation(
                quotation_id(q.place.start),
                q.kind,
                *q.place,
                q.cue,
                self._speaker(q, ids),
                q.confidence,
                q.evidence,
            )
            for q in self.quotations
        )
        return replace(self.analysis, entities=entities, quotations=quotations)

    @staticmethod
    def _speaker(quotation: _Quotation, ids: dict[int, str]) -> Speaker | None:
        if not quotation.said:
            return None
        # Who is named by the reader alone stands nowhere in the text.
        start, end = quotation.wording or (quotation.place.start, quotation.place.start)
        entity = quotation.entity
        return Speaker(
            start,
            end,
            ids[id(entity)] if entity else None,
            entity.name if entity else quotation.name,
            quotation.role,
        )
