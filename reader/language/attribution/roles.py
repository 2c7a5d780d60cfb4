"""What the text says beside an entity's names: "the mayor, Edda Kroll", "Ana Ruiz, 43, a baker"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.language.cues import is_person, noun_kind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from reader.language.attribution.mentions import Candidate, Mentions
    from reader.model.analysis import Entity

_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)\.?,? $")
_TOLD_AFTER = re.compile(r"(?:,| is| was| \()")
_AGED = re.compile(r",? [^.;\n]{0,40}?\b(\d{1,3})\b(?!\s?(?:%|per|years? later))")
_AGE = re.compile(r"^(\d{1,3})-year-old$")
_DEFINITE = frozenset(("the", "its", "his", "her", "their"))
# Mentions of an entity that are looked at: what somebody is, is said early.
_MENTIONS = 12
# From here on the text says in so many words what a description says.
_IN_SO_MANY_WORDS = 1.5
# A description of so many words, and how far behind it, in characters, its bearer may be named.
_SEVERAL, _SOON = 3, 1_200
# Titles before a name, and what they make of its bearer.
_TITLES = {
    "dr": "doctor", "prof": "professor", "gov": "governor", "sen": "senator", "rep": "representative",
    "insp": "inspector", "supt": "superintendent", "sgt": "sergeant", "capt": "captain", "lt": "lieutenant",
    "col": "colonel", "gen": "general", "justice": "judge", "rev": "reverend", "cllr": "councillor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The words right before an entity's mentions, those that follow as its description, those nearby."""

    before: frozenset[str]
    after: frozenset[str]
    near: frozenset[str]
    ages: frozenset[str]


def _told(text: str, entity: Entity) -> RoleWords:
    """Collect what the text says of an entity beside its mentions."""
    before: set[str] = set()
    after: set[str] = set()
    near: set[str] = set()
    ages: set[str] = set()
    for mention in entity.mentions[:_MENTIONS]:
        lead = text[max(0, mention.start - 50) : mention.start].lower()
        rest = text[mention.end : mention.end + 90].split("\n")[0].lower()
        last = _BEFORE.search(lead)
        if last is not None:
            before |= {last.group(1), _TITLES.get(last.group(1), last.group(1))}
        near.update(_WORD.findall(lead.rsplit(". ", 1)[-1]))
        if _TOLD_AFTER.match(rest):
            after.update(_WORD.findall(re.split(r"[.;]\s|[.;]$", rest, maxsplit=1)[0]))
        aged = _AGED.match(rest)
        if aged is not None:
            ages.add(aged.group(1))
    return RoleWords(frozenset(before), frozenset(after), frozenset(near), frozenset(ages))


def _match(words: Sequence[str], head: str, entity: Entity, beside: RoleWords) -> float:
    """How well a noun phrase with a head fits what the text calls an entity: 2 in so many words, -1 not.

    ``words`` are those of the phrase, ``head`` is in lower case.
    """
    kind = noun_kind(head)
    if not words or words[0].lower() not in _DEFINITE or kind in ("document", "group"):
        return -1.0
    if entity.type == "ORG":
        return 2.0 if head in entity.name.lower().split() else 1.0 if kind == "body" else -0.5
    if kind == "body":
        return -1.0
    age = _AGE.match(head)
    if age is not None:
        return 2.0 if age.group(1) in beside.ages else 0.0
    if head in beside.before:
        return 2.0
    return 1.5 if head in beside.after else 0.7 if head in beside.near else 0.0


class Roles:
    """Whom a description means by what the text says of people and bodies beside their names."""

    def __init__(self, text: str, entities: Sequence[Entity], mentions: Mentions) -> None:
        self._text = text
        self._entities = entities
        self._mentions = mentions
        self._beside: dict[int, RoleWords] = {}

    def fit(self, description: Candidate, entity: int) -> float:
        """How well a description fits what the text calls an entity: 2 in so many words, -1 not."""
        beside = self._beside.get(entity)
        if beside is None:
            beside = self._beside[entity] = _told(self._text, self._entities[entity])
        words = self._text[description.start : description.end].split()
        return _match(words, description.lower, self._entities[entity], beside)

    def says(self, description: Candidate, entity: int) -> bool:
        """Whether the text says in so many words that an entity is what a description says."""
        return self.fit(description, entity) >= _IN_SO_MANY_WORDS

    def named(self, description: Candidate, among: Iterable[int]) -> int | None:
        """The one entity among some of which the text says what a description says."""
        found = [
            entity
            for entity in among
            if self._entities[entity].type in ("PERSON", "ORG") and self.says(description, entity)
        ]
        return found[0] if len(found) == 1 else None

    def named_later(self, description: Candidate, known: Container[int]) -> int | None:
        """The one person not ``known`` before whom the text names soon by a description of several words:
        "its managing director said “No”. … Ana Ruiz, the managing director, …".
        """
        first, *words = self._text[description.start : description.end].lower().split()
        if len(words) + 1 < _SEVERAL or first not in _DEFINITE or not is_person(description.lower):
            return None
        # "Managing director of another firm" says more.
        said = re.compile(rf",? (?:the )?{re.escape(' '.join(words))}\b(?! (?:of|at|for)\b)", re.IGNORECASE)
        found = {
            named.entity
            for named in self._mentions.between(description.end, description.end + _SOON)
            if named.type == "PERSON" and named.entity not in known and said.match(self._text, named.end)
        }
        return found.pop() if len(found) == 1 else None
