"""From name to name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.analysis import Entity, EntityType
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.highlights import Stop
    from reader.tui.widgets.article_view import ArticleView


class Names:
    """Moves from mention to mention."""

    def __init__(self, view: ArticleView, trail: Trail, telling: Telling) -> None:
        self._view, self._trail, self._telling = view, trail, telling

    def next(self, step: int, type_: EntityType | None = None) -> None:
        """Go to the next mention (``step`` -1: the one before), of a type if one is given."""
        highlights = self._view.highlights
        if highlights is None:
            self._telling.say("Names are not known yet")
            return
        stop = highlights.next_stop(self._trail.origin(), step, type_=type_)
        wrapped = stop is None
        if stop is None:
            stop = highlights.next_stop(-1 if step > 0 else 1 << 62, step, type_=type_)
        self._go(stop, "There is none in this article", step if wrapped else 0)

    def next_same(self, step: int) -> None:
        """Go to the next mention of the entity that is current, or that speaks the current quotation."""
        highlights, cursor = self._view.highlights, self._view.cursor
        if highlights is None:
            self._telling.say("Names are not known yet")
            return
        quotation = cursor.quotation
        if cursor.mention is None and quotation is not None and quotation.speaker is not None:
            entity = highlights.entity(quotation.speaker.entity)
        else:
            entity = cursor.mention.entity if cursor.mention else None
        if entity is None:
            self._telling.say(f"Go to a name first: {self._telling.key_of('next_mention')}")
            return
        origin = cursor.mention.start if cursor.mention else self._trail.origin()
        stop = highlights.next_stop(origin, step, entity_id=entity.id)
        wrapped = stop is None
        if stop is None:
            stop = highlights.next_stop(-1 if step > 0 else 1 << 62, step, entity_id=entity.id)
        self._go(stop, "It is not named in this article", step if wrapped else 0)

    def _go(self, stop: Stop | None, otherwise: str, wrapped: int) -> None:
        if stop is None:
            self._telling.say(otherwise)
            return
        self.go_to(stop)
        self._telling.say(round_from(wrapped))

    def go_to(self, stop: Stop) -> None:
        """Make a mention current and show it; a quotation stays current while one is inside it."""
        highlights, quotation = self._view.highlights, self._view.cursor.quotation
        inside = highlights.quotation_at(stop.start) if highlights else None
        speaks = (
            quotation and quotation.speaker and quotation.speaker.start <= stop.start < quotation.speaker.end
        )
        self._trail.go(stop, quotation if speaks else inside, stop.start, stop.end)

    def go_to_entity(self, entity: Entity, mention: int | None = None) -> None:
        """Go to the mention at an offset; without one to the nearest from the top of the screen on."""
        highlights = self._view.highlights
        if highlights is None:
            return
        top = self._view.first_shown - 1
        stop = (highlights.stop_at(mention) if mention is not None else None) or (
            highlights.next_stop(top, 1, entity_id=entity.id)
            or highlights.next_stop(-1, 1, entity_id=entity.id)
        )
        if stop is not None:
            self.go_to(stop)


def round_from(step: int) -> str:
    """What to say when the search for a next thing began again at the other end; nothing for 0."""
    if not step:
        return ""
    return "continued from the beginning" if step > 0 else "continued from the end"
