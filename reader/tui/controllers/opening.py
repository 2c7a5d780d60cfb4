"""Opening articles: what is read and analysed in the background, and what becomes of it in the session."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message import Message

from reader.tui.session import Reading, Showing, Trouble
from reader.work import client
from reader.work.messages import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.article import Article
    from reader.tui.controllers.keeping import Keeping
    from reader.tui.controllers.telling import Telling
    from reader.tui.session import Session
    from reader.work.client import Found, Running, Start, Update, Work
    from reader.work.librarian import DatedDecision, Taken
    from reader.work.messages import JobOptions

# A small file is read sooner than this; for more it is better to say that it is being read.
_SECONDS_FOR_THE_FIRST_FRAME = 0.5


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
            and isinstance(self.update, client.Found | client.BytesRead)
            and isinstance(message.update, type(self.update))
        )


class Opening:
    """Starts work in the background, stops it, and tells the session what comes of it."""

    def __init__(
        self,
        session: Session,
        start: Start,
        options: JobOptions,
        post: Callable[[Reported], object],
        keeping: Keeping,
        telling: Telling,
        failed_library: Callable[[str, str], object],
    ) -> None:
        self._session, self._start_work, self._options = session, start, options
        self._post_message = post
        self._keeping, self._telling = keeping, telling
        self._failed_library = failed_library
        self._job: Job | None = None
        self._work: Running | None = None
        self._remembered: tuple[DatedDecision, ...] = ()  # about the article that is being read
        self._known_soon = False  # its analysis comes at once
        self._kept: str | None = None  # when it was read, if the library had it

    # What to open

    def source(self, source: str) -> None:
        """Read a source, then show and analyse it."""
        self.leave()
        self._keeping.release()
        self._session.read(source)
        self._start(Job(source, None, self._options))

    def entry(self, entry: int, source: str, *, own_text: bool) -> None:
        """Open the entry of a feed: its page, or what the feed itself says. ``source`` is what to call it."""
        self.leave()
        self._keeping.release()
        self._session.read(source)
        self._start(Job(source, None, self._options, entry=entry, own_text=own_text))

    def text(self, text: str) -> None:
        """Clean pasted text, then show and analyse it."""
        self.leave()
        self._keeping.release()
        self._session.read("")
        self._start(Job("", None, self._options, text))

    def article(self, article: Article) -> None:
        """Show an article that has been read already."""
        self.leave()
        self._session.show(article)

    def taken(self, taken: Taken) -> None:
        """Show an article out of the library, with what is known of it."""
        self.leave()
        self._keeping.release()
        self._session.show(taken.article, taken.decisions)
        if taken.findings is not None:
            count = len(taken.findings.quotations)
            self._session.find(client.Found("complete", count, count, taken.findings))
        self.analyse()

    def reload(self) -> None:
        """Read the source again and keep the place; what is shown stays until then."""
        source = self._session.source
        if not source or source == "-":
            self._telling.say("This text came from no file or address, so it cannot be read again")
            return
        self.leave()
        self._keeping.hold()
        self._session.read(source, again=True)
        self._start(Job(source, None, self._options._replace(again=True)))

    def take_over(self, work: Work) -> None:
        """Go on with what was begun before there was a screen: in the first frame if it is there already."""
        self._job = job = work.job
        self._work = work
        began: list[Update] = []
        while not _enough(began) and (update := work.first(_SECONDS_FOR_THE_FIRST_FRAME)) is not None:
            began.append(update)
        if not any(isinstance(update, client.ArticleRead) for update in began):
            # Otherwise nobody would see that it is being read, and every style would be worked out twice.
            self._session.read(job.source)
        for update in began:
            self._take(update)
        work.attach(lambda update: self._report(job, update))

    # Analysing

    def analyse(self) -> None:
        """Analyse the article that is shown, unless all is known about it."""
        shown = self._session.shown
        if shown is None or not shown.article.blocks or shown.complete:
            return
        self._session.find_again()
        self._start(Job(shown.article.source, shown.article, self._options))

    def go_on(self) -> None:
        """Let the work that has read the article analyse it, now that it is on the screen."""
        article = self._session.article
        if self._work is None or article is None:
            return
        if article.blocks:
            self._work.go()
        else:
            self._stop()

    # Leaving

    def give_up(self) -> bool:
        """Stop reading and come back to the article before. Returns whether there was one."""
        if not isinstance(self._session.state, Showing):
            self._stop()
            self._keeping.release()
            if self._session.give_up():
                self.analyse()
                return True
        return False

    def leave(self) -> None:
        """Remember where the reader was in the article, and stop working on it."""
        self._stop()
        self._keeping.save()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
        self._work = self._job = None
        self._remembered, self._known_soon, self._kept = (), False, None

    # What comes back

    def _start(self, job: Job) -> None:
        self._stop()
        self._job = job
        self._work = self._start_work(job, lambda update: self._report(job, update))

    def _report(self, job: Job, update: Update) -> None:
        # Called from the listening thread, which may outlive the screen by a moment.
        with suppress(RuntimeError):
            self._post_message(Reported(job, update))

    def report(self, message: Reported) -> bool:
        """Take what has come, unless it comes too late. Returns whether an article is new on the screen."""
        return message.job is self._job and self._take(message.update)

    def _take(self, update: Update) -> bool:
        if isinstance(update, client.BytesRead):
            self._session.progress(update.done, update.total)
        elif isinstance(update, client.Remembered):
            self._remember(update)
        elif isinstance(update, client.NotKept):
            self._failed_library(update.title, update.hint)
        elif isinstance(update, client.ArticleRead):
            self._read(update.article)
            return True
        elif isinstance(update, client.Found):
            self._found(update)
        else:
            self._failed(update)
        return False

    def _read(self, article: Article) -> None:
        self._session.show(article, self._remembered, kept=self._kept)
        if self._session.article is not article and not self._known_soon:
            # With lines put back it is another text than the one that was read: a job of its own.
            if self._kept is None:
                self._keeping.keep(article)
            self.analyse()

    def _found(self, found: Found) -> None:
        if self._session.article is not None:
            if found.complete:
                self._work = None
            self._session.find(found)
            shown, job = self._session.shown, self._job
            unseen = shown is not None and job is not None and job.article is not shown.article
            if found.complete and unseen and not self._complete:
                self.analyse()  # lines were put back that the machine has not seen

    @property
    def _complete(self) -> bool:
        return self._session.shown is not None and self._session.shown.complete

    def _remember(self, known: client.Remembered) -> None:
        from reader.work.librarian import DatedDecision

        self._known_soon, self._kept = known.analysed, known.kept
        self._remembered = tuple(DatedDecision(one.correction, one.made, one.id) for one in known.decisions)
        if self._job is not None and self._job.article is not None and self._remembered:
            self._session.remember(self._remembered)

    def _failed(self, failed: client.JobFailed) -> None:
        self._work = None
        trouble = Trouble(failed.title, failed.hint)
        if isinstance(self._session.state, Reading):
            self._session.fail(self._session.source, trouble)
            self._keeping.release()
            self.analyse()
        else:
            self._session.stop_finding(trouble)


def _enough(updates: list[Update]) -> bool:
    """Whether the first frame can be drawn: the text is there, and the highlights that the library has."""
    known = any(isinstance(update, client.Remembered) and update.analysed for update in updates)
    last = client.Found | client.JobFailed if known else client.ArticleRead | client.JobFailed
    return bool(updates) and isinstance(updates[-1], last)
