"""From name to name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.index import NamedMention
    from reader.model.analysis import Entity, EntityType
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.widgets.article_view import ArticleView


class Names:
    """Moves from mention to mention."""

    def __init__(self, view: ArticleView, trail: Trail, telling: Telling) -> None:
        self._view, self._trail, self._telling = view, trail, telling

    def next(self, step: int, type_: EntityType | None = None) -> None:
        """Go to the next mention (``step`` -1: the one before), of a type if one is given."""
        findings = self._view.findings
        if findings is None:
            self._telling.say_unknown("Names")
            return
        mention = findings.next_mention(self._trail.origin(), step, type=type_)
        wrapped = mention is None
        if mention is None:
            mention = findings.next_mention(-1 if step > 0 else 1 << 62, step, type=type_)
        self._go(mention, "There is none in this article", step if wrapped else 0)

    def next_same(self, step: int) -> None:
        """Go to the next mention of the entity that is current, or that speaks the current quotation."""
        findings, cursor = self._view.findings, self._view.cursor
        if findings is None:
            self._telling.say_unknown("Names")
            return
        quotation = cursor.quotation
        if cursor.mention is None and quotation is not None and quotation.speaker is not None:
            entity = findings.entity(quotation.speaker.entity)
        else:
            entity = cursor.mention.entity if cursor.mention else None
        if entity is None:
            self._telling.say(f"Go to a name first: {self._telling.key_of('next_mention')}")
            return
        origin = cursor.mention.start if cursor.mention else self._trail.origin()
        mention = findings.next_mention(origin, step, entity=entity.id)
        wrapped = mention is None
        if mention is None:
            mention = findings.next_mention(-1 if step > 0 else 1 << 62, step, entity=entity.id)
        if cursor.mention is not None and mention is not None and mention.start == origin:
            self._telling.say("It is named only here")
            return
        self._go(mention, "It is not named in this article", step if wrapped else 0)

    def _go(self, mention: NamedMention | None, otherwise: str, wrapped: int) -> None:
        if mention is None:
            self._telling.say_none(otherwise)
            return
        self.go_to(mention)
        self._telling.say(round_from(wrapped))

    def go_to(self, mention: NamedMention) -> None:
        """Make a mention current and show it; a quotation stays current while one is inside it."""
        findings, quotation = self._view.findings, self._view.cursor.quotation
        inside = findings.quotation_at(mention.start) if findings else None
        speaker = quotation.speaker if quotation else None
        speaks = speaker is not None and speaker.start <= mention.start < speaker.end
        self._trail.go(mention, quotation if speaks else inside, mention.start, mention.end)

    def go_to_entity(self, entity: Entity, mention: int | None = None) -> None:
        """Go to the mention at an offset; without one to the nearest from the top of the screen on."""
        findings = self._view.findings
        if findings is None:
            return
        top = self._view.first_shown - 1
        found = (findings.mention_at(mention) if mention is not None else None) or (
            findings.next_mention(top, 1, entity=entity.id) or findings.next_mention(-1, 1, entity=entity.id)
        )
        if found is not None:
            self.go_to(found)


def round_from(step: int) -> str:
    """What to say when the search for a next thing began again at the other end; nothing for 0."""
    if not step:
        return ""
    return "continued from the beginning" if step > 0 else "continued from the end"
