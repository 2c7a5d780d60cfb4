"""The library as a screen uses it: in a thread of its own, one thing after another."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.index import Index
    from reader.library.library import Library
    from reader.model.article import Article
    from reader.model.corrections import Correction
    from reader.work.messages import JobOptions

    _Asked = tuple[Callable[[Library], object], Callable[[], object] | None]

T = TypeVar("T")


class Taken(NamedTuple):
    """An article out of the library: as it was read, the machine's analysis if it is known, the decisions."""

    article: Article
    findings: Index | None
    decisions: tuple[DatedDecision, ...]


_SECONDS_TO_FINISH = 10.0


@dataclass(eq=False, slots=True)
class DatedDecision:
    """A decision of the reader: when it was made (UTC, ISO 8601), its number once the library has it."""

    correction: Correction
    made: str
    number: int | None = None


class Librarian:
    """Does what it is asked to, in order, with the library of some options, if they have one.

    ``failed`` is called from the thread with what went wrong; the reader goes on without the library.
    """

    def __init__(self, options: JobOptions, failed: Callable[[ReaderError], object]) -> None:
        self.path = Path(options.library) if options.library is not None and not options.raw else None
        self._options, self._failed = options, failed
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def ask(
        self,
        work: Callable[[Library], T],
        deliver: Callable[[T], object] | None = None,
        otherwise: Callable[[], object] | None = None,
    ) -> None:
        """Have something done with the library; ``deliver`` is called from the thread with what comes of it.

        ``otherwise`` is called when it failed. Without a library nothing is done.
        """
        if self.path is None:
            return

        def do(library: Library) -> None:
            result = work(library)
            if deliver is not None:
                deliver(result)

        self._asked.put((do, otherwise))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, args=(self.path,), name="library", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Finish what was asked; a library that others hold is not waited for any longer than a while."""
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join(_SECONDS_TO_FINISH)
            self._thread = None

    def _run(self, path: Path) -> None:
        library: Library | None = None
        while (asked := self._asked.get()) is not None:
            work, otherwise = asked
            try:
                if library is None:
                    from reader.library.library import Library

                    library = Library(path)
                work(library)
            except ReaderError as error:
                self._failed(error)
                if otherwise is not None:
                    otherwise()
        if library is not None:
            with suppress(ReaderError):
                library.close()

    @property
    def exists(self) -> bool:
        """Whether there is a library to look into."""
        return self.path is not None and self.path.exists()

    def take(self, document: int, deliver: Callable[[Taken], object]) -> None:
        """Take a document's newest version out, ready to be shown."""
        from reader.index import Index
        from reader.library.reading import with_lines
        from reader.work.memory import Memory

        def work(library: Library) -> Taken:
            article = library.articles.load(library.articles.get(str(document)).version)
            decisions = library.corrections.of(document)
            memory, findings = Memory(self._options), None
            try:
                for seen in (with_lines(article, decisions), article):
                    if (known := memory.recall(seen)) is not None:
                        findings = Index(seen, known)
                        findings.prepare()  # here, not where it is drawn
                        break
            finally:
                memory.close()
            return Taken(
                article, findings, tuple(DatedDecision(d.correction, d.made, d.id) for d in decisions)
            )

        self.ask(work, deliver)

    # What the reader does

    def correct(self, article: Article, decided: Sequence[DatedDecision]) -> None:
        """Keep decisions about an article, as it was read; they get their numbers."""
        from reader.library import reading

        def work(library: Library) -> None:
            document = _document(library, article)
            kept = reading.correct(library, document, [one.correction for one in decided])
            for one, decision in zip(decided, kept, strict=True):
                one.number = decision.id

        self.ask(work)

    def undo(self, article: Article, decided: DatedDecision) -> None:
        """Take a decision back."""
        from reader.library import reading

        def work(library: Library) -> None:
            if decided.number is not None:
                reading.undo(library, _document(library, article), decided.number)

        self.ask(work)

    def keep(self, article: Article) -> None:
        """Keep an article that nobody analyses as it was read."""
        from reader.library import reading

        self.ask(lambda library: reading.keep(library, article, None))

    def leave(self, article: Article, place: int, *, end: bool) -> None:
        """Note how far an article was read, in code points, and whether to its end."""
        self.ask(lambda library: library.articles.read(_document(library, article), place, end=end))


def _document(library: Library, article: Article) -> int:
    """The document of an article, which is kept first if the child has not come to it."""
    found = library.articles.of(article)
    return library.articles.keep(article).document if found is None else found
