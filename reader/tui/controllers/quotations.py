"""From quotation to quotation, to their speakers and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from reader.tui.controllers.names import round_from

if TYPE_CHECKING:
    from reader.index import Index, NamedMention
    from reader.model.analysis import Quotation, Speaker
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.widgets.article_view import ArticleView


class Quotations:
    """Moves from quotation to quotation and to who said it."""

    def __init__(self, view: ArticleView, trail: Trail, telling: Telling) -> None:
        self._view, self._trail, self._telling = view, trail, telling

    def next(self, step: int) -> None:
        """Go to the next quotation (``step`` -1: the one before)."""
        findings = self._view.findings
        if findings is None:
            self._telling.say_unknown("Quotations")
            return
        quotation = findings.next_quotation(self._trail.origin(quotations=True), step)
        wrapped = quotation is None
        if quotation is None:
            quotation = findings.next_quotation(-1 if step > 0 else 1 << 62, step)
        if quotation is None:
            self._telling.say_none("This article quotes nobody")
            return
        self.go_to(quotation)
        self._telling.say(round_from(step) if wrapped else "")

    def next_doubtful(self, step: int) -> None:
        """Go to the next quotation whose speaker is doubtful or not known (``step`` -1: the one before)."""
        findings = self._view.findings
        if findings is None:
            self._telling.say_unknown("Quotations")
            return
        doubtful = findings.doubtful
        if not doubtful:
            self._telling.say_none("No quotation here is doubtful")
            return
        starts = [quotation.start for quotation in doubtful]
        origin = self._trail.origin(quotations=True)
        place = bisect_right(starts, origin) if step > 0 else bisect_left(starts, origin) - 1
        wrapped = not 0 <= place < len(doubtful)
        self.go_to(doubtful[place % len(doubtful)])
        self._telling.say(round_from(step) if wrapped else "")

    def go_to(self, quotation: Quotation) -> None:
        """Make a quotation current and show it."""
        self._trail.go(None, quotation, quotation.start, quotation.end)

    def speaker(self) -> None:
        """From the current quotation to its speaker, from the speaker back, from a name to what it said."""
        findings, cursor = self._view.findings, self._view.cursor
        quotation, current = cursor.quotation, cursor.mention
        if findings is None:
            self._telling.say_unknown("Speakers")
        elif quotation is None and current is not None:
            self._said_by(findings, current)
        elif quotation is None:
            self.next(1)
        elif current is not None and not (quotation.start <= current.start < quotation.end):
            self.go_to(quotation)
            self._telling.say("")
        elif quotation.speaker is None:
            self._telling.say(f"{findings.speaker(quotation)[:1].upper()}{findings.speaker(quotation)[1:]}")
        else:
            self.go_to_speaker(quotation, quotation.speaker)
            self._telling.say("")

    def _said_by(self, findings: Index, mention: NamedMention) -> None:
        said = findings.said_by(mention.entity.id)
        if not said:
            self._telling.say_none("It is not quoted in this article")
            return
        here = [q for q in said if q.speaker and q.speaker.start <= mention.start < q.speaker.end]
        after = [q for q in said if q.start >= mention.start]
        self.go_to((here or after or said)[0])
        self._telling.say("")

    def go_to_speaker(self, quotation: Quotation, speaker: Speaker) -> None:
        """Go to the words that name the speaker."""
        findings = self._view.findings
        if findings is None:
            return
        mention = findings.mention_at(speaker.start) or next(
            findings.mentions_in(speaker.start, speaker.end), None
        )
        if mention is None:
            from reader.index import NamedMention
            from reader.model.analysis import Entity, Mention

            # "He", "a spokesman": no mention of its own, but a place to stand on and to return from.
            name = speaker.name or self._view.words(speaker.start, speaker.end)
            known = findings.entity(speaker.entity)
            entity = known or Entity("", "PERSON", name, (), (Mention(speaker.start, speaker.end),))
            mention = NamedMention(speaker.start, speaker.end, entity, -1)
        self._trail.go(mention, quotation, speaker.start, speaker.end)
