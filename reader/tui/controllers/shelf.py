"""Several articles: which there are, what is known of each, and going from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from reader.index import Index
from reader.tui.session import Failed, Showing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App

    from reader.model.article import Article
    from reader.tui.controllers.opening import Opening
    from reader.tui.controllers.telling import Telling
    from reader.tui.positions import Positions
    from reader.tui.session import Session, Trouble


class Summary(NamedTuple):
    """What an article is, in one line. ``seen`` is how much of it was on the screen, from 0 to 1."""

    title: str
    site: str | None
    published: str | None
    minutes: int
    words: int
    seen: float | None


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One of several sources.

    ``summary`` is there once it has been read, ``trouble`` when it cannot be, ``quotations`` (how many) once
    it has been analysed, now or when it was read before. ``article`` is kept where reading it again would
    mean fetching it again.
    """

    source: str
    summary: Summary | None = None
    trouble: Trouble | None = None
    quotations: int | None = None
    article: Article | None = None


class Shelf:
    """The sources that were named together, and which of them is open."""

    def __init__(
        self,
        sources: Sequence[str],
        app: App[int],
        session: Session,
        positions: Positions,
        opening: Opening,
        telling: Telling,
    ) -> None:
        self.fill(sources)
        self._app, self._session, self._positions = app, session, positions
        self._opening, self._telling = opening, telling
        self._changed: Callable[[], None] | None = None
        self._skipped = ""
        self._step = 0  # the way in which the reader goes on, over what cannot be read

    def fill(self, sources: Sequence[str]) -> None:
        """Put other sources into it, none of them open."""
        self.entries = [ShelfEntry(source) for source in dict.fromkeys(sources)]
        self.place: int | None = None

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return len(self.entries) > 1

    @property
    def among(self) -> str:
        """Which one is open, as in "2 of 13"; nothing when there is but one."""
        return f"{self.place + 1} of {len(self.entries)}" if self.several and self.place is not None else ""

    @property
    def readable(self) -> bool:
        """Whether any of them may still be read."""
        return not self.entries or any(entry.trouble is None for entry in self.entries)

    def watch(self, changed: Callable[[], None] | None) -> None:
        """Call ``changed`` whenever more is known of an entry; nobody with ``None``."""
        self._changed = changed

    # What is known of each

    def learn(self, source: str, article: Article) -> None:
        """An entry has been read."""
        index = Index(article)
        seen = self._positions.seen(article.id, len(article.text))
        length = index.minutes, article.word_count
        summary = Summary(index.title, index.site, index.published, *length, seen)
        kept = article if "://" in source or source == "-" else None
        self._know(source, summary=summary, trouble=None, article=kept)

    def count(self, source: str, quotations: int | None) -> None:
        """The library knows how many quotations an entry has; ``None`` when it does not."""
        if quotations is not None:
            self._know(source, quotations=quotations)

    def fail(self, source: str, trouble: Trouble) -> None:
        """An entry cannot be read."""
        self._know(source, summary=None, trouble=trouble, article=None)

    def _know(self, source: str, **facts: object) -> None:
        for place, entry in enumerate(self.entries):
            if entry.source == source:
                changed = replace(entry, **facts)  # type: ignore[arg-type]
                if changed != entry:
                    self.entries[place] = changed
                    if self._changed is not None:
                        self._changed()

    def follow(self) -> None:
        """Learn from what is on the screen, and go on over what could not be read."""
        state = self._session.state
        if isinstance(state, Showing):
            self._step = 0
            if self._skipped:
                self._telling.say(f"Skipped: {self._skipped}")
                self._skipped = ""
            source = state.article.source
            self.place = self._place_of(source) if self._place_of(source) is not None else self.place
            if any(entry.source == source and entry.summary is None for entry in self.entries):
                self.learn(source, state.article)
            if state.complete and state.findings is not None:
                self._know(state.article.source, quotations=len(state.findings.quotations))
        elif isinstance(state, Failed) and state.shown is None:
            self.fail(state.source, state.trouble)
            self._skip(state)

    def _skip(self, failed: Failed) -> None:
        step, self._step = self._step, 0
        if step and self._place_of(failed.source) == self.place and self._next_place(step) is not None:
            self._skipped = failed.trouble.title
            self.next(step)

    def _place_of(self, source: str) -> int | None:
        return next((n for n, entry in enumerate(self.entries) if entry.source == source), None)

    # Going from one to another

    def open(self, place: int) -> None:
        """Open one of them."""
        self.place, entry = place, self.entries[place]
        if entry.article is not None:
            self._opening.article(entry.article)
            self._opening.analyse()
        else:
            self._opening.source(entry.source)

    def _next_place(self, step: int) -> int | None:
        place = (-1 if step > 0 else len(self.entries)) if self.place is None else self.place
        place += step
        while 0 <= place < len(self.entries) and self.entries[place].trouble is not None:
            place += step
        return place if 0 <= place < len(self.entries) else None

    def next(self, step: int) -> None:
        """Open the next article (``step`` -1: the one before); those that cannot be read are skipped."""
        if not self.several:
            self._telling.say("There is no other article: several can be named on the command line")
            return
        place = self._next_place(step)
        if place is None:
            self._telling.say("This is the last article" if step > 0 else "This is the first article")
            return
        self._step = step
        self.open(place)

    def list(self) -> bool:
        """Show the list of them. Returns whether there are several."""
        if self.several:
            self._opening.leave()
            if (article := self._session.article) is not None:
                self.learn(article.source, article)  # how far it has been read
            else:
                self._session.close()
            from reader.tui.screens.article_list import ArticleList

            opened = self._session.shown is not None
            self._app.push_screen(ArticleList(self, opened=opened), self._chosen)
        return self.several

    def _chosen(self, place: int | None) -> None:
        if place is not None:
            self.open(place)
        else:
            self._opening.analyse()
