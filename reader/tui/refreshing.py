"""Asking feeds and fetching pages while the reader goes on, in a thread that can be stopped at any moment."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.model.errors import ReaderError
from reader.text.safety import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.app import App

    from reader.feeds.subscription import Subscription
    from reader.library.entries import Entry
    from reader.library.feeds import Feed
    from reader.library.library import Library
    from reader.library.rechecks import Due
    from reader.work.messages import JobOptions

    Steps = Callable[[Library], tuple[int, Iterator[str | None]]]
    """What is done: how many steps there are, and the steps, each with what went wrong in it."""


_MOST_TOLD = 3  # problems that are told in full


class RefreshProgress(NamedTuple):
    """How far it is: ``label`` says what is done, ``done`` of ``total`` steps; ``ended`` when it is over.

    ``problems`` are plain sentences, one for each step that failed.
    """

    label: str = ""
    done: int = 0
    total: int = 0
    ended: bool = True
    problems: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The progress in a few words; once it is over, how much of it failed."""
        if not self.ended:
            return f"{self.label} {self.done:,} of {self.total:,}" if self.total else self.label
        return f"{len(self.problems):,} could not be had" if self.problems else ""

    @property
    def trouble(self) -> str:
        """What failed, once it is over: the first few of them, in full."""
        if not self.ended:
            return ""
        more = len(self.problems) - _MOST_TOLD
        rest = [f"… and {more:,} more"] if more > 0 else []
        return "\n".join([*self.problems[:_MOST_TOLD], *rest])


class Refreshing:
    """Does one thing at a time; views watch how far it is."""

    def __init__(self, app: App[int], options: JobOptions) -> None:
        self._app, self._options = app, options
        self.progress = RefreshProgress()
        self._stop = threading.Event()
        self._cancel: Callable[[], None] = self._stop.set
        self._watching: dict[object, Callable[[], None]] = {}

    def watch(self, who: object, changed: Callable[[], None] | None) -> None:
        """Call ``changed`` whenever it has come further; nobody with ``None``."""
        if changed is None:
            self._watching.pop(who, None)
        else:
            self._watching[who] = changed

    def ask(self, feeds: Sequence[Feed] | None) -> None:
        """Ask feeds what is new; without any named those that are due, and saved articles that are."""

        def steps(library: Library) -> tuple[int, Iterator[str | None]]:
            from reader.updating import Update, due

            chosen = due(library) if feeds is None else feeds
            again = library.rechecks.due() if feeds is None else []
            update = Update(library, chosen, allow_private=self._options.allow_private)
            self._cancel = update.cancel

            def each() -> Iterator[str | None]:
                with library.asking():
                    for outcome in update:
                        yield f"{one_line(outcome.feed.shown)}: {outcome.error}" if outcome.error else None
                    self._cancel = self._stop.set
                    if again:
                        yield from _looked_at_again(library, again, self._options)

            return len(chosen) + len(again), each()

        self._start("Asking what is new", steps)

    def prefetch(self, entries: Sequence[Entry]) -> None:
        """Fetch the pages of entries, to be read without a network."""

        def steps(library: Library) -> tuple[int, Iterator[str | None]]:
            from reader.work.batch import Failure
            from reader.work.entries import prefetch

            def each() -> Iterator[str | None]:
                for result in prefetch(library, entries, self._options):
                    yield result.title if isinstance(result, Failure) else None

            return len(entries), each()

        self._start("Fetching pages", steps)

    def find(self, address: str, found: Callable[[list[Subscription], str], None]) -> None:
        """Look for the feeds of an address; ``found`` gets them, or why there are none."""

        def work() -> None:
            from reader.updating import look

            try:
                feeds, problem = look(address, allow_private=self._options.allow_private), ""
            except ReaderError as error:
                feeds, problem = [], str(error)
            self._later(lambda: found(feeds, problem))

        threading.Thread(target=work, name="find feeds", daemon=True).start()

    def stop(self) -> None:
        """Stop what is done; what came stays."""
        if not self.progress.ended:
            self._stop.set()
            self._cancel()
            self._become(self.progress._replace(ended=True))

    def _start(self, label: str, steps: Steps) -> None:
        if not self.progress.ended or self._options.library is None:
            return
        self._stop = stop = threading.Event()
        self._cancel = stop.set
        self._become(RefreshProgress(label, ended=False))
        arguments = (Path(self._options.library), label, steps, stop)
        threading.Thread(target=self._run, args=arguments, name="refresh", daemon=True).start()

    def _run(self, path: Path, label: str, steps: Steps, stop: threading.Event) -> None:
        from reader.library.library import Library
        from reader.library.watching import look

        problems: list[str] = []
        done = total = 0
        try:
            with Library(path) as library:
                total, each = steps(library)
                for problem in _until(stop, each):
                    done += 1
                    problems += [problem] if problem else []
                    self._tell(stop, RefreshProgress(label, done, total, False, tuple(problems)))
                look(library)
        except ReaderError as error:
            problems.append(str(error))
        self._tell(stop, RefreshProgress(label, done, total, True, tuple(problems)))

    def _tell(self, stop: threading.Event, progress: RefreshProgress) -> None:
        def tell() -> None:
            if not stop.is_set():  # the screen was told that it is over
                self._become(progress)

        self._later(tell)

    def _later(self, do: Callable[[], object]) -> None:
        # Called from other threads, which may outlive the screen by a moment.
        with suppress(RuntimeError):
            self._app.call_later(do)

    def _become(self, progress: RefreshProgress) -> None:
        self.progress = progress
        for changed in list(self._watching.values()):
            changed()


def _looked_at_again(library: Library, due: Sequence[Due], options: JobOptions) -> Iterator[str | None]:
    """Look again at articles that may have changed, as `onrecord update` does; yield what went wrong."""
    from reader.work.rechecking import recheck

    for one in recheck(library, due, options):
        title = one_line(one.entry.title or one.entry.source)
        yield f"{title} could not be read again: {one.error}" if one.error else None


def _until(stop: threading.Event, steps: Iterable[str | None]) -> Iterator[str | None]:
    """Yield steps until somebody stops them."""
    for step in steps:
        if stop.is_set():
            return
        yield step
