"""A tour of the reader in a sample article: each step names a key and goes on when its action is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reader.tui.samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from reader.tui.controllers.opening import Opening
    from reader.tui.session import Session
    from reader.tui.widgets.bars import TourLine


class TourStep(NamedTuple):
    """The action that leads on (the last has none), and what to say, with the keys of actions in braces."""

    action: str | None
    says: str


STEPS = (
    TourStep(
        "next_quotation",
        "On Record finds every quotation and who said it. {next_quotation} goes to the first one.",
    ),
    TourStep(
        "speaker", "The line below says who said it, with a ? where it is in doubt. {speaker} goes there."
    ),
    TourStep("speaker", "Here the text names the speaker. {speaker} once more goes back to the quotation."),
    TourStep(
        "next_mention",
        "People, places and organisations are marked. {next_mention} goes to the next name.",
    ),
    TourStep(
        "next_same", "{next_same} goes to where the same one is named next, whatever the text says there."
    ),
    TourStep("show_people", "{show_people} lists the people, {show_quotations} all quotations by speaker."),
    TourStep("switch_focus", "The list has the keys now. {switch_focus} gives them back to the article."),
    TourStep(
        None,
        "Now you: {open_card} opens the card of a name or quotation, {correct} corrects what is wrong, for "
        "good, {library} lists what you have read, {help} shows all keys. Any key ends the tour.",
    ),
)
_NAMES = frozenset(name for step in STEPS for name in re.findall(r"\{(\w+)\}", step.says))


class Touring:
    """Leads through the steps. Any key but the one asked for ends it, and does what it always does."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        opening: Opening,
        key_of: Callable[[str], str],
    ) -> None:
        self._screen, self._session, self._opening = screen, session, opening
        self._key_of = key_of
        self._at: int | None = None
        self._line: TourLine | None = None

    def begin(self) -> None:
        """Open the sample, unless it is there, and say the first step."""
        sample = str(SAMPLES[0].path)
        shown = self._session.shown
        if shown is None or shown.article.source != sample:
            self._opening.source(sample)
        self._at = 0
        self._say()

    def heed(self, action: str) -> None:
        """An action was done: go on, or end."""
        if self._at is None:
            return
        going = STEPS[self._at].action == action
        self._at = self._at + 1 if going else None
        self._say()

    def _say(self) -> None:
        from reader.tui.widgets.bars import TourLine

        if self._line is None:
            self._line = TourLine()
            self._screen.mount(self._line, before="#status")
        if self._at is None:
            self._line.display = False
            return
        names = {name: self._key_of(name) for name in _NAMES}
        self._line.tell(f"{self._at + 1}/{len(STEPS)}", STEPS[self._at].says, names)
        self._line.display = True
