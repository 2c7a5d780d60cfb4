"""Reading several sources beforehand, one after the other, for what the list says of each."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message import Message

from reader.tui.session import Trouble
from reader.work.client import ArticleRead, JobFailed
from reader.work.messages import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.article import Article
    from reader.tui.controllers.collection import Collection
    from reader.tui.controllers.shelf import Shelf
    from reader.work.client import Running, Start, Update
    from reader.work.messages import JobOptions


class Catalogued(Message):
    """One of several sources has been read, or cannot be."""

    def __init__(self, job: Job, update: Update) -> None:
        super().__init__()
        self.job = job
        self.update = update


class Cataloguing:
    """Reads what nobody has opened yet."""

    def __init__(
        self,
        shelf: Shelf,
        start: Start,
        options: JobOptions,
        post: Callable[[Catalogued], object],
        collection: Collection,
    ) -> None:
        self._shelf, self._start, self._post, self._collection = shelf, start, post, collection
        self._options = options._replace(library=None)  # to look at a list is not to read
        self._job: Job | None = None
        self._work: Running | None = None

    def go_on(self) -> None:
        """Read the next source of which nothing is known, unless one is being read."""
        if self._job is not None:
            return
        source = next(
            (e.source for e in self._shelf.entries if e.summary is None and e.trouble is None), None
        )
        if source is None:
            self.stop()
            return
        self._job = job = Job(source, None, self._options)
        self._work = self._start(job, lambda update: self._report(job, update))

    def _report(self, job: Job, update: Update) -> None:
        # Called from the listening thread, which may outlive the screen by a moment.
        with suppress(RuntimeError):
            self._post(Catalogued(job, update))

    def take(self, message: Catalogued) -> None:
        """Tell the shelf what has come of one, and go on with the next."""
        job, update = message.job, message.update
        if job is not self._job or not isinstance(update, ArticleRead | JobFailed):
            return
        if isinstance(update, ArticleRead):
            self._shelf.learn(job.source, update.article)
            self._ask(job.source, update.article)
        else:
            self._shelf.fail(job.source, Trouble(update.title, update.hint))
        self._job = None
        self.go_on()

    def _ask(self, source: str, article: Article) -> None:
        if self._collection.exists:
            self._collection.ask(
                lambda library: library.articles.quotations(article),
                lambda quotations: self._shelf.count(source, quotations),
            )

    def stop(self) -> None:
        """Read no more."""
        if self._work is not None:
            self._work.cancel()
        self._work = self._job = None
