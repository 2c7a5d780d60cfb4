"""Looking again at articles that may say something else by now: asked, read, compared, kept.

Nobody watches, so robots.txt is respected, and hosts are asked as feeds are: each in turn, with its own
conditions, left alone when they say so.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.library.errors import NotInLibrary
from reader.model.errors import FetchError, ReaderError
from reader.net.hosts import host_of, in_turns
from reader.net.manners import INTERVAL
from reader.work.batch import Analyst, Success
from reader.work.messages import failure
from reader.work.unattended import Busy, Unattended

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library.changes import Change
    from reader.library.library import Library
    from reader.library.listing import ListedArticle
    from reader.library.rechecks import Due
    from reader.model.article import Article
    from reader.net.fetching import Fetched, Validators
    from reader.work.messages import JobOptions

Status = Literal["unchanged", "changed", "failed", "postponed"]

LEAST_WORDS = 60
"""An article of fewer words may shrink to half without being suspected."""

_SHRUNK = "It says less than half of what it said: this may be a paywall or an error page"


class Rechecked(NamedTuple):
    """What came of looking at an article again.

    ``changes`` are those that the version before and the one now differ in; one that differs in nothing that
    a reader would notice is unchanged. ``error`` says in a plain sentence why it could not be read again.
    """

    entry: ListedArticle
    status: Status
    changes: tuple[Change, ...] = ()
    error: str | None = None


class _Same(NamedTuple):
    validators: Validators


class _Read(NamedTuple):
    article: Article
    validators: Validators


_Said = _Same | _Read | Busy | ReaderError


def recheck(library: Library, wanted: Sequence[Due], options: JobOptions) -> Iterator[Rechecked]:
    """Look at articles again and keep what they say now; yield what comes of each, as it comes.

    Raises an error of :mod:`reader.library.errors` when the library cannot be written to, and
    :class:`PipelineError`. Closing the iterator ends it: what was kept stays, the rest is still due.
    """
    asking = _Asking(library.feeds.patience(), allow_private=options.allow_private)
    analyst = Analyst(options)
    unreachable: list[tuple[Due, FetchError]] = []
    online = False
    try:
        for due, said in in_turns(wanted, lambda due: due.source, asking.ask, gap=asking.gap):
            if isinstance(said, FetchError) and said.unreachable:
                unreachable.append((due, said))
                continue
            online = True
            with suppress(NotInLibrary):  # it was forgotten while it was asked for
                yield _keep(library, analyst, due, said)
        # Where nobody at all could be reached the articles are not to blame.
        for due, error in unreachable:
            if online:
                yield _keep(library, analyst, due, error)
            else:
                library.rechecks.postponed(due, datetime.now(UTC) + INTERVAL)
                told = f"{error.title}; nobody else could be reached either"
                yield Rechecked(library.articles.get(str(due.document)), "postponed", error=told)
    finally:
        analyst.close()


class _Asking:
    """Fetching and reading, in several threads; nothing is written here."""

    def __init__(self, patience: dict[str, str], *, allow_private: bool) -> None:
        self._unattended = Unattended(patience, allow_private=allow_private)
        self.gap = self._unattended.gap

    def ask(self, due: Due) -> _Said:
        """Return what came of asking for an article."""
        from reader.net.fetching import Validators

        known = Validators(due.etag, due.last_modified)
        try:
            fetched = self._unattended.fetch(due.source, unless=known)
            if isinstance(fetched, Busy):
                return fetched
            return _Same(known) if fetched.unchanged else _Read(_article(due, fetched), fetched.validators)
        except FetchError as error:
            return error
        except Exception as error:  # one page must not cost the others
            failed = failure(due.source, error)
            return ReaderError(failed.title, failed.hint)


def _article(due: Due, fetched: Fetched) -> Article:
    from reader.ingest.dispatch import article_from

    return article_from(
        fetched.data, source=due.source, name=fetched.address, content_type=fetched.content_type
    )


def _keep(library: Library, analyst: Analyst, due: Due, said: _Said) -> Rechecked:
    entry = library.articles.get(str(due.document))
    if isinstance(said, Busy):
        library.feeds.have_patience(host_of(due.source), said.written)
        library.rechecks.postponed(due, said.until)
        return Rechecked(entry, "postponed", error=said.title)
    if isinstance(said, ReaderError):
        library.rechecks.looked(due, missing=said.title)
        return Rechecked(entry, "failed", error=said.title)
    if isinstance(said, _Read):
        before = library.articles.load(due.version)
        if before.word_count >= LEAST_WORDS and said.article.word_count * 2 < before.word_count:
            library.rechecks.looked(due, missing=_SHRUNK)
            return Rechecked(entry, "failed", error=_SHRUNK)
        if said.article.id != before.id:
            return _changed(library, analyst, due, said)
    library.rechecks.looked(due, etag=said.validators.etag, last_modified=said.validators.last_modified)
    return Rechecked(entry, "unchanged")


def _changed(library: Library, analyst: Analyst, due: Due, read: _Read) -> Rechecked:
    """Keep another version of an article and tell what it says otherwise; of one that comes back nothing."""
    from reader.library.changes import changes
    from reader.library.reading import learn, version

    kept = library.articles.keep(read.article)
    done = analyst.analyse(read.article)
    if isinstance(done, Success):
        learn(library, due.document, read.article, done.analysis)
    told: list[Change] = []
    if kept.new_version:
        older, newer = (version(library, due.document, number) for number in (due.version, kept.version))
        told = changes(older, newer)
    library.rechecks.looked(
        due, changed=bool(told), etag=read.validators.etag, last_modified=read.validators.last_modified
    )
    entry = library.articles.get(str(due.document))
    return Rechecked(entry, "changed" if told else "unchanged", tuple(told))
