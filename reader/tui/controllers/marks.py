"""Marks: places that the reader gave a letter, and the letter that is awaited after the key for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from textual import events

    from reader.tui.controllers.keeping import Keeping
    from reader.tui.controllers.moving import Moving
    from reader.tui.controllers.telling import Telling
    from reader.tui.controllers.trail import Trail
    from reader.tui.widgets.article_view import ArticleView


class Marks:
    """Sets marks and goes to them."""

    def __init__(
        self, view: ArticleView, trail: Trail, moving: Moving, keeping: Keeping, telling: Telling
    ) -> None:
        self._view, self._trail, self._moving = view, trail, moving
        self._keeping, self._telling = keeping, telling
        self._pending: Literal["", "mark", "go"] = ""

    def await_mark(self) -> None:
        """The next key names this place."""
        self._pending = "mark"
        self._telling.say("Mark this place: type a letter")

    def await_go(self) -> None:
        """The next key names the mark to go to."""
        self._pending = "go"
        known = " ".join(sorted(self._keeping.marks))
        self._telling.say(
            f"Go to a mark: type its letter ({known or 'none set yet'}), or ' for the last place"
        )

    def take(self, event: events.Key) -> bool:
        """Take the key that was awaited. Returns whether one was."""
        if not self._pending:
            return False
        pending, self._pending = self._pending, ""
        letter = event.character or ""
        marks = self._keeping.marks
        if pending == "go" and event.key == "apostrophe":
            self._moving.back()
        elif not (len(letter) == 1 and letter.isascii() and letter.isalpha()):
            self._telling.say("No mark: its name is a letter")
        elif pending == "mark":
            self._keeping.mark(letter)
            self._telling.say(f"Marked as {letter}")
        elif letter in marks:
            self._trail.go_to_offset(marks[letter])
            self._telling.say("")
        else:
            self._telling.say(f"There is no mark {letter}")
        return True
