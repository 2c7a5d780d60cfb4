"""Opening articles in the reading screen: reading, analysing, changes on disk, lines put back."""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from reader.model.errors import EXIT_NOTHING_READABLE, ReaderError
from reader.tui.background import ArticleRead, Failed, Found, Reading
from reader.tui.findings import Findings, one_line
from reader.tui.page import Page
from reader.tui.positions import Position
from reader.tui.widgets.bars import KeyBar, StateView
from reader.tui.widgets.overview import Overview
from reader.work.child import Job

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.tui.background import Update, WorkerProcess
    from reader.tui.screens.reading_base import ReadingBase as _Base
else:
    # A group of actions, not a screen: Textual works long on every class of a screen.
    _Base = object

_SECONDS_BETWEEN_LOOKS = 2.0
# A small file is read sooner than this; for more it is better to say that it is being read.
_SECONDS_FOR_THE_FIRST_FRAME = 0.5
# How much of the text around the reader's place is looked for again after a reload.
_CONTEXT = 60


def _again(source: str) -> str:
    """Return what opens an article again from anywhere; nothing for one that was pasted or piped in."""
    if source.startswith(("http://", "https://")):
        return source
    path = Path(source)
    return str(path.absolute()) if source not in ("", "-") and path.is_file() else ""


class Stamp(NamedTuple):
    """What tells one version of a file from another."""

    modified: int
    size: int


class Reported(Message):
    """The work in the background has come further."""

    def __init__(self, job: Job, update: Update) -> None:
        super().__init__()
        self.job = job
        self.update = update

    def can_replace(self, message: Message) -> bool:
        """Only the latest partial result is worth showing."""
        return (
            isinstance(message, Reported)
            and message.job is self.job
            and isinstance(self.update, Found | Reading)
            and isinstance(message.update, type(self.update))
        )


class Opening(_Base):
    """Actions that open articles, and what happens while they are read and analysed."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._marks: dict[str, int] = {}
        self._keep: tuple[int, str] | None = None  # the place to come back to after a reload
        self._stamp: Stamp | None = None
        self.unreadable = False

    def watch_file(self) -> None:
        """Look from time to time whether the file has changed."""
        self.set_interval(_SECONDS_BETWEEN_LOOKS, self.look_at_file)

    # Reading and analysing

    def open_source(self, source: str) -> None:
        """Read a source in the background; the screen says so meanwhile."""
        self.leave_article()
        self.article = None
        self.add_class("-no-article")
        self._tell("Reading", one_line(source), "q stops")
        self._start(Job(source, None, self.reader.options))

    def open_article(self, article: Article, *, analyse: bool = True) -> None:
        """Show an article at the place where it was left, then analyse it."""
        self.leave_article()
        self._show(article)
        if analyse:
            self.call_after_refresh(self.analyse)

    def _show(self, article: Article) -> None:
        self.article, self.found, self.failure, self.unreadable = article, None, "", False
        self.findings = None
        self.navigation.jumps.clear()
        position = self.reader.positions.get(article.id) if self.reader.resumes else Position()
        self._marks = position.marks
        offset = position.offset
        if self._keep is not None:
            offset = _find_again(article.text, *self._keep)
            self._keep = None
        self._stamp = stamp(article.source)
        page = Page(article, raw=self.reader.options.raw)
        self.set_class(not page.blocks, "-no-article")
        if not page.blocks:
            self._tell("There is no text in this", one_line(article.source), "i opens another · q quits")
        self.view.show(page, min(offset, len(article.text)))
        self.update_title()
        self.query_one(KeyBar).refresh()
        self.tell(" ".join(one_line(notice) for notice in article.notices))
        if offset:
            self.say("Continued where you left it. g goes to the beginning")
        self.update_panel()
        self.update_status()

    def analyse(self) -> None:
        """Analyse the article in the background."""
        if self.article is not None and self.article.blocks:
            self.failure = ""
            self._start(Job(self.article.source, self.article, self.reader.options))
            self.update_panel()

    def go_on(self) -> None:
        """Let the work that has read the article analyse it, now that it is on the screen."""
        if self.work is None or self.article is None:
            return
        if self.article.blocks:
            self.work.go()
            self.update_panel()
        else:
            self.stop_work()

    def _start(self, job: Job) -> None:
        self.stop_work()
        self._job = job
        self.work = self.reader.start_work(job, lambda update: self._post(job, update))
        self.update_status()

    def take_over(self, work: WorkerProcess) -> None:
        """Go on with what was begun before there was a screen: in the first frame if it is there already."""
        self._job = job = work.job
        self.work = work
        update = work.first(_SECONDS_FOR_THE_FIRST_FRAME)
        if isinstance(update, Failed):
            self._show_failure(update)
            return
        if isinstance(update, ArticleRead):
            self._show(update.article)
        else:
            self.add_class("-no-article")
            self._tell("Reading", one_line(job.source), "q stops")
        work.attach(lambda update: self._post(job, update))

    def _post(self, job: Job, update: Update) -> None:
        # Called from the listening thread, which may outlive the screen by a moment.
        with suppress(RuntimeError):
            self.post_message(Reported(job, update))

    def stop_work(self) -> None:
        """Stop what is being done in the background, at once."""
        if self.work is not None:
            self.work.cancel()
        self.work = None

    def on_reported(self, message: Reported) -> None:
        """Show what has come from the background, unless it comes too late."""
        message.stop()
        if message.job is not self._job:
            return
        update = message.update
        if isinstance(update, Reading):
            of = f" of {update.total:,}" if update.total else ""
            self._tell("Reading", one_line(message.job.source), f"{update.done:,}{of} bytes · q stops")
        elif isinstance(update, ArticleRead):
            self._show(update.article)
            self.view.focus()
            self.call_after_refresh(self.go_on)
        elif isinstance(update, Found):
            self._show_found(update)
        else:
            self._show_failure(update)

    def _show_found(self, found: Found) -> None:
        if self.article is None:
            return
        self.found = found
        self.findings = Findings(self.article, found.highlights.analysis)
        if found.complete:
            self.work = None
        self.view.show_highlights(found.highlights)
        self.update_status()
        self.query_one(Overview).refresh()
        # The panel has a turn of the loop of its own: together they would hold up a key.
        self.call_after_refresh(self._panel_catches_up)

    def _panel_catches_up(self) -> None:
        self.update_panel()
        if self.found is not None and self.found.complete:
            self.panel_follows()
            gc.freeze()  # as in ReaderApp.settled: all this stays as long as the article does

    def _show_failure(self, failed: Failed) -> None:
        self.work = None
        if self.article is None:
            self.unreadable = True
            early = self.reader.early
            if early is not None and self._job is early.job and "://" not in early.job.source:
                # A file named on the command line: standard error says it better than a screen. A page
                # may be there at the next attempt.
                self.reader.unreadable = failed
                self.app.exit(EXIT_NOTHING_READABLE)
                return
            self._tell(failed.title, failed.hint, "r tries again · i opens another · q quits")
            self.say("")
            return
        self.failure = failed.title
        self.tell(f"{failed.title}. {failed.hint}", error=True)
        self.update_panel()
        self.update_status()

    def _tell(self, title: str, detail: str, keys: str) -> None:
        self.query_one(StateView).tell(title, detail, keys)
        self.query_one(KeyBar).refresh()

    # The place in the article

    def leave_article(self) -> None:
        """Remember where the reader was, and stop working on the article."""
        self.stop_work()
        if self.article is not None and self.article.blocks:
            self.save_position()

    def save_position(self) -> None:
        """Write down place and marks."""
        if self.article is None:
            return
        source = _again(self.article.source)
        if source or self.view.place or self._marks or self._known():
            title = self.article.title or ""
            position = Position(self.view.place, self._marks)
            self.reader.positions.save(self.article.id, position, title, source)

    def _known(self) -> bool:
        assert self.article is not None
        return self.reader.positions.get(self.article.id) != Position()

    # Changes

    def look_at_file(self) -> None:
        """Offer to reload a file that has changed."""
        if self.article is None or self._stamp is None:
            return
        now = stamp(self.article.source)
        if now is not None and now != self._stamp:
            key = self.reader.key_of("reload")
            self.tell(f"This file has changed. {key} reads it again and keeps your place")

    def action_reload(self) -> None:
        """Read the source again and keep the place."""
        job, article = self._job, self.article
        source = article.source if article is not None else job.source if job is not None else ""
        if not source or source == "-":
            self.say("This text came from no file or address, so it cannot be read again")
            return
        if article is not None:
            top = self.view.place
            self._keep = (top, article.text[top : top + _CONTEXT])
        self.open_source(source)

    def restore_lines(self, lines: tuple[int, ...]) -> None:
        """Put removed lines back into the text, by their numbers in the source, and analyse again."""
        if self.article is None or not lines:
            return
        from reader.ingest import restore

        top = self.view.place
        self._keep = (top, self.article.text[top : top + _CONTEXT])
        restored = restore(self.article, lines)
        self.stop_work()
        self._show(restored)
        self.analyse()
        self.say("1 line put back" if len(lines) == 1 else f"{len(lines)} lines put back")

    def action_put_back(self) -> None:
        """Put the current removed line back."""
        number = self.view.removed_line
        if self.article is None or number is None:
            self.say(f"Go to a removed line first: {self.reader.key_of('next_removed')}")
            return
        self.restore_lines((self.article.removed[number].line,))

    def action_keep_everything(self) -> None:
        """Put all removed lines back."""
        if self.article is None or not self.article.removed:
            self.say("Nothing was removed from this article")
            return
        self.restore_lines(tuple(line.line for line in self.article.removed))

    def open_text(self, text: str) -> None:
        """Open pasted text."""
        from reader.ingest import from_text

        try:
            article = from_text(text)
        except ReaderError as error:
            self.say(str(error))
            return
        self.open_article(article)


def stamp(source: str) -> Stamp | None:
    """What a file looks like now; ``None`` when the source is no file."""
    if not source or source == "-" or "://" in source:
        return None
    try:
        status = Path(source).stat()
    except (OSError, ValueError):
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


def _find_again(text: str, offset: int, context: str) -> int:
    """Where the words that stood at an offset stand in another version of the text."""
    if not offset or not context:
        return 0
    found = [text.find(context, offset), text.rfind(context, 0, offset + len(context))]
    near = [place for place in found if place >= 0]
    return min(near, key=lambda place: abs(place - offset)) if near else min(offset, len(text))
