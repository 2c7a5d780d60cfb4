"""What a paragraph mentions: named mentions, and the phrases that may speak."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.language.attribution.words import Word
    from reader.model.analysis import Entity

# Relations of subjects.
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "obl:agent", "csubj"))


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an entity: its span, the entity's index and type."""

    start: int
    end: int
    entity: int
    type: str


@dataclass(slots=True, eq=False)
class Candidate:
    """A possible speaker: the word that heads it, the verb whose subject it is, the span to show.

    ``named`` is the mention that it is or ends in, ``role`` the span of what is said of it beside the name;
    ``index`` and ``verb`` are words of paragraph
    ``paragraph``; ``verb`` is -1 for what is no subject.
    """

    paragraph: int
    index: int
    start: int
    end: int
    dep: str
    verb: int
    subject: bool
    named: Named | None
    word: Word
    role: tuple[int, int] | None = None

    @property
    def lower(self) -> str:
        """The head word in lower case."""
        return self.word.lower


class Mentions:
    """The article's named mentions, to be looked up by offset."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        found = [
            Named(mention.start, mention.end, number, entity.type)
            for number, entity in enumerate(entities)
            for mention in entity.mentions
        ]
        self.all = sorted(found, key=lambda named: (named.start, named.end))
        self._starts = [named.start for named in self.all]

    def at(self, start: int, end: int) -> Named | None:
        """The mention that covers a word, if any."""
        place = bisect_right(self._starts, start) - 1
        if place >= 0 and self.all[place].end >= end:
            return self.all[place]
        if place + 1 < len(self.all) and self.all[place + 1].start < end:
            return self.all[place + 1]
        return None

    def between(self, low: int, high: int) -> list[Named]:
        """The mentions that start at ``low`` or behind it, and before ``high``."""
        return self.all[bisect_left(self._starts, low) : bisect_left(self._starts, high)]
