"""What can be corrected about a quotation, a name or a selection, as choices in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.index import TYPE_NAMES
from reader.library.pointing import confirmation
from reader.model.anchors import Anchor, anchor
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
    RestoreLine,
    RetypeEntity,
    SetSpeaker,
    SplitEntity,
    to_data,
)
from reader.text.names import folded
from reader.text.safety import one_line, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.index import Index, NamedMention
    from reader.model.analysis import Entity, EntityType, Quotation

_TYPES: tuple[EntityType, ...] = ("PERSON", "PLACE", "ORG")
_LONGEST = 60


class Choice(NamedTuple):
    """Something that may be right: its heading, its label, and what is said when it is done."""

    heading: str
    label: str
    done: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be corrected. A selection comes before everything else; offsets are code points."""

    index: Index
    quotation: Quotation | None = None
    mention: NamedMention | None = None
    selection: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.quotation or self.mention or self.selection)

    @property
    def title(self) -> str:
        """What it is, in its own words."""
        if self.selection is not None:
            return f"“{self._words(*self.selection)}”"
        if self.mention is not None and self.quotation is None:
            return self.index.name(self.mention.entity)
        assert self.quotation is not None
        return self._words(self.quotation.start, self.quotation.end)

    def choices(self, typed: str = "") -> list[Choice]:
        """Return what may be right; with ``typed``, what has it in its label, and what was typed as a name.

        Where a word begins so, that is likelier meant than a new name; where it is only inside one, less.
        """
        name, wanted = one_line(typed).strip(), folded(typed).strip()
        found = list(self._all())
        if not name:
            return found
        begins = [one for one in found if f" {wanted}" in f" {folded(one.label)}"]
        inside = [one for one in found if wanted in folded(one.label) and one not in begins]
        return [*begins, *self._typed(name), *inside]

    def _all(self) -> Iterator[Choice]:
        if self.selection is not None:
            yield from self._of_selection(*self.selection)
            return
        if self.quotation is not None:
            yield from self._of_quotation(self.quotation)
        if self.mention is not None:
            yield from self._of_name(self.mention)

    def _typed(self, name: str) -> Iterator[Choice]:
        if self.selection is not None:
            return
        if self.quotation is not None:
            said = SetSpeaker(self._anchor(self.quotation.start, self.quotation.end), name=name)
            yield Choice("Said by", f"“{name}”", f"Said by {name}", (said,))
        if self.mention is not None:
            renamed = RenameEntity(self._first(self.mention.entity), name)
            yield Choice("The name", f"call it “{name}”", f"Called {name}", (renamed,))

    def _of_quotation(self, quotation: Quotation) -> Iterator[Choice]:
        here = self._anchor(quotation.start, quotation.end)
        now = quotation.speaker.entity if quotation.speaker else None
        if not self.index.looking(quotation):
            yield self.confirmed(quotation)
        for entity in self._speakers():
            if entity.id != now:
                name = self.index.name(entity)
                yield Choice("Said by", name, f"Said by {name}", (SetSpeaker(here, self._first(entity)),))
        if quotation.speaker:
            yield Choice("Said by", "nobody", "Said by nobody", (SetSpeaker(here),))
        yield Choice("The quotation", "is none", "No quotation", (NoQuotation(here),))

    def confirmed(self, quotation: Quotation) -> Choice:
        """Return the choice that who speaks is right as it was found."""
        who = self.index.speaker(quotation) if quotation.speaker else "nobody"
        done = f"Said by {who}: you say that this is right"
        return Choice("Said by", f"{who} (this is right)", done, (confirmation(self.index, quotation),))

    def _of_name(self, mention: NamedMention) -> Iterator[Choice]:
        entity = mention.entity
        name, first = self.index.name(entity), self._first(entity)
        here = self._anchor(mention.start, mention.end)
        heading = f"The name {name}"
        for type_ in _TYPES:
            if type_ != entity.type:
                what = _a(type_)
                yield Choice(heading, f"is {what}", f"{name} is {what}", (RetypeEntity(first, type_),))
        if len(entity.mentions) > 1:
            alone = SplitEntity((here,))
            yield Choice(heading, "is somebody or something else here", "Somebody else here", (alone,))
            yield Choice(heading, "is no name here", f"{name} is no name here", (RemoveMention(here),))
        yield Choice(heading, "is no name anywhere", f"{name} is no name", (RemoveEntity(first),))
        others = [other for other in self.index.analysis.entities if other.id != entity.id]
        for other in sorted(others, key=lambda other: other.type != entity.type):
            called = self.index.name(other)
            same = MergeEntities(first, self._first(other))
            yield Choice("It is the same as", called, f"{name} is {called}", (same,))

    def _of_selection(self, start: int, end: int) -> Iterator[Choice]:
        here, words = self._anchor(start, end), self._words(start, end)
        yield Choice("The selection", "is a quotation", "A quotation", (AddQuotation(here),))
        for type_ in _TYPES:
            named = AddMention(here, type_)
            yield Choice("The selection", f"names {_a(type_)}", f"{words} is {_a(type_)}", (named,))
        for entity in self.index.analysis.entities:
            name = self.index.name(entity)
            named = AddMention(here, entity.type, self._first(entity))
            yield Choice("It names", name, f"{words} is {name}", (named,))

    def _speakers(self) -> list[Entity]:
        """People first who speak in the article, then others, then bodies."""
        entities = [entity for entity in self.index.analysis.entities if entity.type != "PLACE"]
        return sorted(entities, key=lambda e: (not self.index.said_by(e.id), e.type != "PERSON"))

    def _anchor(self, start: int, end: int) -> Anchor:
        return anchor(self.index.article.text, start, end)

    def _first(self, entity: Entity) -> Anchor:
        return self._anchor(entity.mentions[0].start, entity.mentions[0].end)

    def _words(self, start: int, end: int) -> str:
        return printable(one_line(self.index.article.text[start:end]), _LONGEST)


def _a(type_: EntityType) -> str:
    name = TYPE_NAMES[type_][0]
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def told(correction: Correction) -> str:
    """Return a decision in a line: what it is about, and what holds."""
    data = to_data(correction)

    def words(key: str) -> str:
        value = data.get(key)
        if isinstance(value, list | tuple):
            value = value[0] if value else None
        text = value["exact"] if isinstance(value, dict) else value or ""
        return printable(one_line(str(text)), _LONGEST)

    if isinstance(correction, SetSpeaker):
        return f"{words('quotation')} is by {words('mention') or words('name') or 'nobody'}"
    if isinstance(correction, ConfirmSpeaker):
        who = words("name") or words("mention") or words("wording") or "nobody"
        return f"{words('quotation')} is by {who}, as found"
    if isinstance(correction, NoQuotation):
        return f"{words('quotation')} is no quotation"
    if isinstance(correction, AddQuotation):
        return f"{words('quotation')} is a quotation"
    if isinstance(correction, MergeEntities):
        return f"{words('mention')} is the same as {words('into')}"
    if isinstance(correction, SplitEntity):
        return f"{words('mentions')} is somebody or something else there"
    if isinstance(correction, RenameEntity):
        return f"{words('mention')} is called {words('name')}"
    if isinstance(correction, RetypeEntity):
        return f"{words('mention')} is {_a(correction.type)}"
    if isinstance(correction, RemoveMention):
        return f"{words('mention')} is no name there"
    if isinstance(correction, RemoveEntity):
        return f"{words('mention')} is no name"
    if isinstance(correction, AddMention):
        return f"{words('mention')} is {words('entity') or _a(correction.type)}"
    assert isinstance(correction, RestoreLine)
    return f"put back: {words('text')}"
