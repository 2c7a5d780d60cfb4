"""Telling the reader: messages that pass, and the lines around the article that are kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.index import STILL_LOOKING
from reader.tui.drawing import footer, lines
from reader.tui.keys import Hinted
from reader.tui.widgets.bars import Bar, KeyBar, NoticeBar, StateView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.screen import Screen
    from textual.timer import Timer

    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView

_SECONDS_OF_A_MESSAGE = 5.0


class Telling:
    """Writes title, notice, status, and what stands where the article would be."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        view: ArticleView,
        keys: Mapping[str, Sequence[str]],
        key_of: Callable[[str], str],
        among: Callable[[], str],
        leads_back: Callable[[], bool],
    ) -> None:
        self._screen, self._session, self._view = screen, session, view
        self._keys = keys
        self.key_of = key_of
        self._among, self._leads_back = among, leads_back
        self._message = ""
        self._timer: Timer | None = None

    def say(self, message: str) -> None:
        """Tell the reader something for a few seconds; nothing takes back what was said."""
        self.hold(message)
        if message:
            self._timer = self._screen.set_timer(_SECONDS_OF_A_MESSAGE, lambda: self.say(""))

    def say_none(self, message: str) -> None:
        """Tell the reader that there is none of something, or that none is known yet."""
        self.say(f"None so far: {STILL_LOOKING}" if lines.busy(self._session.state) else message)

    def say_unknown(self, what: str) -> None:
        """Tell the reader that nothing is known of something ("Names"): not yet, or not at all."""
        busy = lines.busy(self._session.state)
        self.say(f"{what} are {STILL_LOOKING}" if busy else f"{what} are not known in this text")

    def hold(self, message: str) -> None:
        """Tell the reader something until something else is said."""
        if self._timer is not None:
            self._timer.stop()
        self._message = message
        self.update_status()

    def update(self) -> None:
        """Write everything anew: the session has changed."""
        state = self._session.state
        self._bar("title").update(*lines.title(state, self._among()))
        notice = lines.notice(state, self.key_of)
        self._screen.query_one(NoticeBar).tell(notice.text, error=notice.error)
        words = lines.words(state, self.key_of, back=self._leads_back())
        self._screen.set_class(words is not None, "-no-article")
        if words is not None:
            self._screen.query_one(StateView).tell(*words)
        self.update_status()
        self.update_keys()

    def update_keys(self) -> None:
        """Show the keys of what has the focus."""
        bar, widget = self._screen.query_one(KeyBar), self.hinted
        if widget is not None:
            bar.show(widget.hints)
        elif lines.words(self._session.state, self.key_of) is None:
            bar.show(footer.article_keys(self._keys, back=self._leads_back()), stay=len(footer.STAY))
        else:
            bar.show(footer.other_keys(self._keys, back=self._leads_back()), stay=len(footer.STAY))

    @property
    def hinted(self) -> Hinted | None:
        """What has the focus, when it has keys of its own."""
        focused = self._screen.focused
        for widget in focused.ancestors_with_self if focused is not None else ():
            if isinstance(widget, Hinted):
                return widget
        return None

    def update_status(self) -> None:
        """Show where the reader is, what is current, what is being done."""
        state, shown, view = self._session.state, self._session.shown, self._view
        if shown is None or view.page is None:
            self._bar("status").update(self._message)
            return
        parts = [self._where(), self._message or lines.current(shown, view.cursor)]
        left = "  ".join(part for part in parts if part)
        right = lines.found(view.cursor) or lines.progress(state)
        if self._message and cell_len(left) + cell_len(right) + 4 > self._screen.size.width:
            right = ""  # a message passes; what it hides comes back
        self._bar("status").update(left, right)

    def _where(self) -> str:
        view = self._view
        if view.page is None or not view.page.blocks:
            return ""
        index = view.page.index
        paragraph, last = (max(1, number) for number in (index.paragraph(view.first_shown), index.paragraphs))
        if view.index.height <= view.size.height:
            place = "all"
        else:
            scrollable = max(1, view.index.height - view.size.height)
            place = f"{min(100, round(100 * view.scroll_offset.y / scrollable))} %"
        return f"¶{paragraph}/{last} · {place}"

    def _bar(self, name: str) -> Bar:
        return self._screen.query_one(f"#{name}", Bar)
