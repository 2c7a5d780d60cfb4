"""Moving through what is highlighted: to names, quotations and speakers, back and forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.tui.jumps import Jumps, Place

if TYPE_CHECKING:
    from reader.model.analysis import Entity, EntityType, Quotation
    from reader.tui.highlights import Stop
    from reader.tui.widgets.article_view import ArticleView


class Moved(NamedTuple):
    """Whether a move led anywhere, and what to tell the reader when there is something to tell."""

    done: bool
    message: str = ""


class Navigation:
    """Moves an article view and keeps what is current in it. Every move returns what to say about it."""

    def __init__(self, view: ArticleView) -> None:
        self.view = view
        self.jumps = Jumps()

    @property
    def here(self) -> Place:
        """Where the reader is."""
        stop = self.view.current or self.view.quotation
        return Place(self.view.place, stop.start if stop else None, self.view.blank_above)

    def _origin(self, *, quotations: bool = False) -> int:
        """Where "next" counts from: what is current if it is on the screen, else the top of the screen."""
        view = self.view
        nearest = (view.quotation, view.current) if quotations else (view.current, view.quotation)
        for thing in nearest:
            if thing is not None and view.is_shown(thing.start):
                return thing.start
        return view.first_shown - 1

    def _go(self, stop: Stop | None, quotation: Quotation | None, start: int, end: int) -> None:
        self.jumps.leave(self.here)
        self.view.current, self.view.quotation = stop, quotation
        self.view.reveal(start, end)
        self.view.redraw()

    # Names

    def next_stop(self, step: int, type_: EntityType | None = None) -> Moved:
        """Go to the next mention (``step`` -1: the one before), of a type if one is given."""
        highlights = self.view.highlights
        if highlights is None:
            return Moved(False, "Names are not known yet")
        stop = highlights.next_stop(self._origin(), step, type_=type_)
        wrapped = stop is None
        if stop is None:
            stop = highlights.next_stop(-1 if step > 0 else 1 << 62, step, type_=type_)
        if stop is None:
            return Moved(False, "There is none in this article")
        self.go_to_stop(stop)
        return Moved(True, _wrapped(step) if wrapped else "")

    def next_same(self, step: int) -> Moved:
        """Go to the next mention of the entity that is current, or that speaks the current quotation."""
        highlights, current = self.view.highlights, self.view.current
        if highlights is None:
            return Moved(False, "Names are not known yet")
        quotation = self.view.quotation
        if current is None and quotation is not None and quotation.speaker is not None:
            entity = highlights.entity(quotation.speaker.entity)
        else:
            entity = current.entity if current else None
        if entity is None:
            return Moved(False, "Go to a name first: Tab")
        origin = current.start if current else self._origin()
        stop = highlights.next_stop(origin, step, entity_id=entity.id)
        wrapped = stop is None
        if stop is None:
            stop = highlights.next_stop(-1 if step > 0 else 1 << 62, step, entity_id=entity.id)
        if stop is None:
            return Moved(False, "It is not named in this article")
        self.go_to_stop(stop)
        return Moved(True, _wrapped(step) if wrapped else "")

    def go_to_stop(self, stop: Stop) -> None:
        """Make a mention current and show it; a quotation stays current while one is inside it."""
        highlights, quotation = self.view.highlights, self.view.quotation
        inside = highlights.quotation_at(stop.start) if highlights else None
        speaks = (
            quotation and quotation.speaker and quotation.speaker.start <= stop.start < quotation.speaker.end
        )
        self._go(stop, quotation if speaks else inside, stop.start, stop.end)

    def go_to_entity(self, entity: Entity, number: int | None = None) -> None:
        """Go to a mention of an entity; without a number to the nearest from the top of the screen on."""
        highlights = self.view.highlights
        if highlights is None or not entity.mentions:
            return
        if number is not None:
            stop = highlights.stop_at(entity.mentions[number % len(entity.mentions)].start)
        else:
            top = self.view.first_shown - 1
            stop = highlights.next_stop(top, 1, entity_id=entity.id) or highlights.next_stop(
                -1, 1, entity_id=entity.id
            )
        if stop is not None:
            self.go_to_stop(stop)

    # Quotations

    def next_quotation(self, step: int) -> Moved:
        """Go to the next quotation (``step`` -1: the one before)."""
        highlights = self.view.highlights
        if highlights is None:
            return Moved(False, "Quotations are not known yet")
        quotation = highlights.next_quotation(self._origin(quotations=True), step)
        wrapped = quotation is None
        if quotation is None:
            quotation = highlights.next_quotation(-1 if step > 0 else 1 << 62, step)
        if quotation is None:
            return Moved(False, "This article quotes nobody")
        self.go_to_quotation(quotation)
        return Moved(True, _wrapped(step) if wrapped else "")

    def go_to_quotation(self, quotation: Quotation) -> None:
        """Make a quotation current and show it."""
        self._go(None, quotation, quotation.start, quotation.end)

    def speaker(self) -> Moved:
        """From the current quotation to its speaker, from the speaker back, from a name to what it said."""
        view, highlights = self.view, self.view.highlights
        if highlights is None:
            return Moved(False, "Speakers are not known yet")
        quotation, current = view.quotation, view.current
        if quotation is None and current is not None:
            said = [q for q in highlights.quotations if q.speaker and q.speaker.entity == current.entity.id]
            if not said:
                return Moved(False, "It is not quoted in this article")
            here = [q for q in said if q.speaker and q.speaker.start <= current.start < q.speaker.end]
            after = [q for q in said if q.start >= current.start]
            self.go_to_quotation((here or after or said)[0])
            return Moved(True)
        if quotation is None:
            return self.next_quotation(1)
        speaker = quotation.speaker
        if current is not None and not (quotation.start <= current.start < quotation.end):
            self.go_to_quotation(quotation)
            return Moved(True)
        if speaker is None:
            return Moved(False, "The text names no speaker for this quotation")
        stop = highlights.stop_at(speaker.start) or next(
            highlights.stops_in(speaker.start, speaker.end), None
        )
        if stop is None:
            from reader.model.analysis import Entity, Mention
            from reader.tui.highlights import Stop

            # "He", "a spokesman": no mention of its own, but a place to stand on and to return from.
            name = speaker.name or view.page_text(speaker.start, speaker.end)
            known = highlights.entity(speaker.entity)
            entity = known or Entity("", "PERSON", name, (), (Mention(speaker.start, speaker.end),))
            stop = Stop(speaker.start, speaker.end, entity, -1)
        self._go(stop, quotation, speaker.start, speaker.end)
        return Moved(True)

    # Jumps

    def jump(self, offset: int) -> None:
        """Go to an offset, remembering where the reader was."""
        self.jumps.leave(self.here)
        self.view.reveal(offset)

    def jump_rows(self, row: int) -> None:
        """Bring a row to the top, remembering where the reader was."""
        self.jumps.leave(self.here)
        self.view.scroll_to(y=row, animate=False)

    def back(self) -> Moved:
        """Back to where the last jump began."""
        return self._return(self.jumps.back(self.here), "This is the oldest place")

    def forward(self) -> Moved:
        """Forward again."""
        return self._return(self.jumps.forward(self.here), "This is the latest place")

    def _return(self, place: Place | None, otherwise: str) -> Moved:
        if place is None:
            return Moved(False, otherwise)
        self.go_to_place(place)
        return Moved(True)

    def go_to_place(self, place: Place) -> None:
        """Show a place again as it was."""
        view, highlights = self.view, self.view.highlights
        view.current = view.quotation = None
        if place.stop is not None and highlights is not None:
            stop = highlights.stop_at(place.stop)
            view.current = stop if stop is not None and stop.start == place.stop else None
            view.quotation = highlights.quotation_at(place.stop)
        view.scroll_to(y=view.index.row_of(place.top) - place.blank if place.top else 0, animate=False)
        view.redraw()

    def let_go(self) -> bool:
        """Make nothing current. Returns whether anything was."""
        had = self.view.current is not None or self.view.quotation is not None
        self.view.current = self.view.quotation = None
        if had:
            self.view.redraw()
        return had


def _wrapped(step: int) -> str:
    return "continued from the beginning" if step > 0 else "continued from the end"
