"""Correcting what was found: the reader's decisions, shown at once, kept in the library, taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

    from reader.model.corrections import Correction
    from reader.tui.controllers.keeping import Keeping
    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.telling import Telling
    from reader.tui.corrections import Choice
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView
    from reader.work.librarian import DatedDecision, Librarian


class Correcting:
    """Makes decisions about the article on the screen. Without a library they last until the reader ends."""

    def __init__(
        self,
        app: App[int],
        session: Session,
        view: ArticleView,
        keeping: Keeping,
        opening: Opening,
        librarian: Librarian,
        telling: Telling,
    ) -> None:
        self._app, self._session, self._view = app, session, view
        self._keeping, self._opening = keeping, opening
        self._librarian, self._telling = librarian, telling

    def open(self) -> None:
        """Ask what is right about the selection, or else about the current name or quotation."""
        findings, cursor = self._view.findings, self._view.cursor
        if findings is None:
            self._telling.say("Nothing has been found yet that could be corrected")
            return
        from reader.tui.corrections import Subject
        from reader.tui.screens.correction import CorrectionDialog

        mention = cursor.mention
        named = mention if mention is not None and mention.entity.id and mention.number >= 0 else None
        subject = Subject(findings, cursor.quotation, named, cursor.selection)
        if not subject:
            keys = [self._telling.key_of(name) for name in ("next_mention", "next_quotation")]
            self._telling.say(f"Go to a name ({keys[0]}) or a quotation ({keys[1]}) first, or select words")
            return
        self._app.push_screen(CorrectionDialog(subject), self._chosen)

    def _chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self._view.select(0, 0)
            self.decide(choice.corrections)
            self._telling.say(f"{choice.done}. {self._telling.key_of('undo_correction')} takes it back")

    def confirm(self, quotation_id: str | None = None) -> None:
        """Say that the speaker of a quotation, or else of the current one, is right."""
        findings, current = self._view.findings, self._view.cursor.quotation
        quotation = (
            current if quotation_id is None else findings.quotation(quotation_id) if findings else None
        )
        if findings is None or quotation is None:
            self._telling.say(f"Go to a quotation first: {self._telling.key_of('next_quotation')}")
        elif findings.looking(quotation):
            self._telling.say("The speaker is still being looked for")
        else:
            from reader.tui.corrections import Subject

            self._chosen(Subject(findings, quotation).confirmed(quotation))

    def decide(self, corrections: Sequence[Correction]) -> None:
        """Let corrections hold from now on."""
        from reader.work.librarian import DatedDecision

        shown = self._session.shown
        if shown is None:
            return
        made = datetime.now(UTC).isoformat(timespec="seconds")
        decided = [DatedDecision(correction, made) for correction in corrections]
        self._hold((*shown.decisions, *decided))
        self._librarian.correct(shown.read, decided)

    def restore(self, lines: Sequence[int]) -> None:
        """Put removed lines back by their numbers in the source."""
        from reader.model.corrections import RestoreLine

        shown = self._session.shown
        if shown is not None:
            texts = {line.line: line.text for line in shown.article.removed}
            self.decide([RestoreLine(line, texts[line]) for line in lines if line in texts])

    def undo(self) -> None:
        """Take the last decision back."""
        shown = self._session.shown
        if shown is None or not shown.decisions:
            self._telling.say("Nothing has been corrected in this article")
            return
        last = shown.decisions[-1]
        self.take_back(last)
        from reader.tui.corrections import told

        left = len(shown.decisions) - 1
        more = f" · {left} more" if left else ""
        self._telling.say(f"Taken back: {told(last.correction)}{more}")

    def take_back(self, decided: DatedDecision) -> None:
        """Let a decision hold no longer."""
        shown = self._session.shown
        if shown is not None and decided in shown.decisions:
            self._hold(tuple(one for one in shown.decisions if one is not decided))
            self._librarian.undo(shown.read, decided)

    def list(self) -> None:
        """Show all decisions about the article, each to be taken back."""
        shown = self._session.shown
        if shown is None or not shown.decisions:
            key = self._telling.key_of("correct")
            self._telling.say(f"Nothing has been corrected in this article: {key} corrects what is current")
            return
        from reader.tui.screens.decision_list import DecisionList

        self._app.push_screen(DecisionList(self._session, self.take_back))

    def _hold(self, decisions: tuple[DatedDecision, ...]) -> None:
        self._keeping.hold()
        self._session.decide(decisions)
        self._keeping.release()
        self._opening.analyse()
