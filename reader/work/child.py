"""The process that reads and analyses: it stays warm, does one job after another, and can be killed.

``python -m reader.work.child`` takes orders on standard input and reports on standard output
(:mod:`reader.work.messages`). It ends when whoever started it has gone.
"""

from __future__ import annotations

import gc
import threading
import time
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING

from reader.language.spacy_start import put_off_command_line
from reader.processes import listen, voice, write_frame
from reader.work.memory import Memory
from reader.work.messages import (
    ArticleRead,
    Begin,
    BytesRead,
    Done,
    Findings,
    JobFailed,
    NotKept,
    Prepare,
    Progress,
    Remembered,
    Report,
    Stop,
    failure,
)

if TYPE_CHECKING:
    from reader.language import analyser
    from reader.language.pipeline import Pipeline
    from reader.library.articles import Stored
    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.work.messages import Job, Order

_FINDINGS_PER_FRAME = 500
# A partial result is sent when it is worth a repaint, and sending takes a small part of the time at most.
_SECONDS_BETWEEN_STEPS = 0.3
_SENDING_SHARE = 20
_SECONDS_BETWEEN_LOOKS = 0.05
# spaCy remembers every word that it has seen: this many new ones take some 130 MB.
_MOST_NEW_WORDS = 300_000


class _Stopped(BaseException):
    """The job is not wanted any more. No ``Exception``: nothing on the way may take it for a failure."""


class Pipelines:
    """Loaded pipelines by name. One that has seen too many words is loaded anew, which frees them."""

    def __init__(self, most_new_words: int = _MOST_NEW_WORDS) -> None:
        self._most_new_words = most_new_words
        self._loaded: dict[str | None, tuple[Pipeline, int]] = {}
        self._loading = threading.Lock()

    def get(self, name: str | None) -> Pipeline:
        """Return a pipeline. Raises :class:`reader.model.errors.PipelineError`."""
        with self._loading:
            # Imported by one thread at a time: spaCy does not bear being imported by two.
            from reader.language.pipeline import load_pipeline

            if name in self._loaded:
                pipeline, words = self._loaded[name]
                if len(pipeline.nlp.vocab) - words <= self._most_new_words:
                    return pipeline
                del self._loaded[name], pipeline
                _give_back_memory()
            pipeline = load_pipeline(name)
            self._loaded[name] = pipeline, len(pipeline.nlp.vocab)
            return pipeline

    def prepare(self, name: str | None) -> None:
        """Load a pipeline in a thread; what is wrong with it is said when a job needs it."""
        from reader.model.errors import PipelineError

        def run() -> None:
            with suppress(PipelineError):
                self.get(name)

        threading.Thread(target=run, name="prepare", daemon=True).start()


def _give_back_memory() -> None:
    """Give what was let go of back to the system.

    A pipeline is in cycles, and glibc keeps the memory in pieces that the next one does not fit into.
    """
    import ctypes

    gc.collect()
    with suppress(AttributeError, OSError, TypeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)


class Orders:
    """Orders as they come in: jobs wait their turn, the rest counts at once."""

    def __init__(self, pipelines: Pipelines) -> None:
        self._pipelines = pipelines
        self._jobs: SimpleQueue[Begin] = SimpleQueue()
        self._stopped: set[int] = set()
        self._gone_on: set[int] = set()
        self._changed = threading.Condition()

    def take(self, order: Order) -> None:
        """Heed an order; called from the listening thread."""
        if isinstance(order, Begin):
            self._jobs.put(order)
        elif isinstance(order, Prepare):
            self._pipelines.prepare(order.pipeline)
        else:
            with self._changed:
                (self._stopped if isinstance(order, Stop) else self._gone_on).add(order.number)
                self._changed.notify()

    def next(self) -> Begin:
        """Wait for a job."""
        return self._jobs.get()

    def heed(self, number: int) -> None:
        """Raise if the job is not wanted any more."""
        if number in self._stopped:
            raise _Stopped

    def wait(self, number: int) -> None:
        """Wait until the job may go on."""
        with self._changed:
            self._changed.wait_for(lambda: number in self._gone_on or number in self._stopped)
        self.heed(number)

    def forget(self, number: int) -> None:
        """The job is done: orders about it, and about those before it, need not be kept."""
        with self._changed:
            self._stopped = {other for other in self._stopped if other > number}
            self._gone_on = {other for other in self._gone_on if other > number}


class Worker:
    """Does one job."""

    def __init__(self, number: int, job: Job, orders: Orders, pipelines: Pipelines, out: IO[bytes]) -> None:
        self._number, self._job, self._out = number, job, out
        self._orders, self._pipelines = orders, pipelines
        self._memory = Memory(job.options)
        self._due = 0.0

    def run(self) -> None:
        """Read if need be, analyse, and report."""
        try:
            self._orders.heed(self._number)
            stored = self._stored()
            article = self._job.article or (stored.article if stored is not None else self._read())
            known = self._recall(article, stored.checked if stored is not None else None)
            if self._job.article is None:
                self._tell(ArticleRead(article))
            if known is not None:
                count = len(known.quotations)
                self._send("complete", count, count, known)
            elif self._job.article is None and self._job.staged:
                self._orders.wait(self._number)
            read = self._job.article is None and stored is None and self._job.entry is None
            self._keep(article, known, read=read)
            if known is None:
                self._keep(article, self._analyse(article), read=read)
        except _Stopped:
            pass
        except Exception as error:
            self._tell(failure(self._job.source, error))
        with suppress(Exception):  # said already when it was used
            self._memory.close()
        self._tell(Done())

    def _tell(
        self, content: ArticleRead | Done | JobFailed | Findings | NotKept | BytesRead | Remembered | Progress
    ) -> None:
        write_frame(self._out, Report(self._number, content))

    def _stored(self) -> Stored | None:
        """Return what the library has of the address that is to be read."""
        from reader.model.errors import ReaderError

        job = self._job
        if (job.article, job.text, job.line, job.entry) != (None, None, None, None):
            return None
        try:
            stored = self._memory.stored(job.source)
        except ReaderError:
            return None  # said when the library is asked about the article
        if stored is not None:
            _ = stored.article.id, stored.article.word_count
        return stored

    def _recall(self, article: Article, kept: str | None) -> Analysis | None:
        """Return the analysis that the library has, and tell a screen what it knows.

        ``kept``: the article is the library's own, as it was read then.
        """
        from reader.model.errors import ReaderError

        try:
            known = self._memory.recall(article)
            decisions = self._memory.decisions(article) if self._job.staged else ()
        except ReaderError as error:
            if not self._job.staged:
                raise
            self._tell(NotKept(error.title, error.hint))
            return None
        if kept is not None or (self._job.staged and (known is not None or decisions)):
            self._tell(Remembered(known is not None, decisions, kept))
        return known

    def _keep(self, article: Article, analysis: Analysis | None, *, read: bool) -> None:
        """Let the library keep what a screen shows; ``read``: the article came from its source just now."""
        if not self._job.staged or self._job.options.library is None:
            return
        from reader.model.errors import ReaderError

        try:
            self._memory.keep(article, analysis, read=read)
        except ReaderError as error:
            self._tell(NotKept(error.title, error.hint))

    def _read(self) -> Article:
        from reader.ingest import from_text, read

        job = self._job
        if job.text is not None:
            article = from_text(job.text)
        elif job.line is not None:
            from reader.ingest.archived import article_from_line

            article = article_from_line(job.line, source=job.source, raw=job.options.raw)
        elif job.entry is not None:
            article = self._open(job.entry)
        else:
            article = read(
                job.source,
                raw=job.options.raw,
                progress=self._progress,
                allow_private=job.options.allow_private,
            )
        # Reckoned here, they travel along in the article: over there they would hold up the screen.
        _ = article.id, article.word_count
        return article

    def _open(self, number: int) -> Article:
        """Return what is shown of a feed's entry: its page, or else the feed's text, which then is said."""
        from reader.library.errors import NotInLibrary
        from reader.work.entries import text_of

        library = self._memory.library
        if library is None:
            raise NotInLibrary("There is no library that would have this entry")
        text = text_of(library, library.entries.get(number), self._job.options, own_text=self._job.own_text)
        if not text.page:
            return replace(text.article, notices=(*text.article.notices, text.told))
        # Kept at once, whenever its analysis comes: a page that was fetched must not be lost.
        stored = library.articles.says(text.article)
        document = library.articles.keep(text.article).document if stored is None else stored
        library.entries.opened(number, document)
        return text.article

    def _progress(self, done: int, total: int | None) -> None:
        self._orders.heed(self._number)
        if self._job.staged and (now := time.monotonic()) >= self._due:
            self._due = now + _SECONDS_BETWEEN_STEPS
            self._tell(BytesRead(done, total))

    def _analyse(self, article: Article) -> Analysis | None:
        """Analyse and report; return the complete analysis."""
        options = self._job.options
        complete = None
        stage, due = "", 0.0
        # The pipeline first: whoever gets it has imported spaCy, or waited for the thread that does.
        pipeline = self._pipeline(options.pipeline)
        from reader.language.analyser import steps

        for step in steps(
            article, pipeline, show_groups=options.show_groups, any_language=options.any_language
        ):
            self._orders.heed(self._number)
            started = time.monotonic()
            wanted = self._job.staged and (step.stage != stage or started >= due)
            if not wanted and step.stage != "complete":
                continue
            stage = step.stage
            complete = step.analysis if stage == "complete" else None
            self._send(step.stage, step.done, step.total, step.analysis)
            now = time.monotonic()
            due = now + max(_SECONDS_BETWEEN_STEPS, (now - started) * _SENDING_SHARE)
        return complete

    def _pipeline(self, name: str | None) -> Pipeline:
        """Wait for a pipeline. A job that is stopped meanwhile ends, and the loading goes on for the next."""
        loaded: list[Pipeline | Exception] = []

        def load() -> None:
            try:
                loaded.append(self._pipelines.get(name))
            except Exception as error:  # handed to the thread that waits
                loaded.append(error)

        loading = threading.Thread(target=load, name="load", daemon=True)
        loading.start()
        while loading.is_alive():
            loading.join(_SECONDS_BETWEEN_LOOKS)
            self._orders.heed(self._number)
        if isinstance(loaded[0], Exception):
            raise loaded[0]
        return loaded[0]

    def _send(self, stage: analyser.Stage, done: int, total: int, analysis: Analysis) -> None:
        entities, quotations = analysis.entities, analysis.quotations
        for first in range(0, len(entities), _FINDINGS_PER_FRAME):
            self._tell(Findings(entities=entities[first : first + _FINDINGS_PER_FRAME]))
        for first in range(0, len(quotations), _FINDINGS_PER_FRAME):
            self._tell(Findings(quotations=quotations[first : first + _FINDINGS_PER_FRAME]))
        self._tell(Progress(stage, done, total, analysis.pipeline))


def main() -> None:
    """Do jobs until the parent has gone."""
    put_off_command_line()
    out = voice()
    pipelines = Pipelines()
    orders = Orders(pipelines)
    listen(orders.take)
    while True:
        begin = orders.next()
        with suppress(BrokenPipeError):  # the parent has gone: the listening thread ends us
            Worker(begin.number, begin.job, orders, pipelines, out).run()
        orders.forget(begin.number)


if __name__ == "__main__":
    # Under this name the classes in the frames are the ones that the other process knows.
    from reader.work.child import main as run

    run()
