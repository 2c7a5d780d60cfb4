"""Entries of feeds as articles: the page that one leads to, or else what the feed itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.model.errors import FetchError, ReaderError
from reader.text.safety import printable
from reader.work.batch import Analyst, Failure
from reader.work.messages import failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.library.entries import Entry
    from reader.library.library import Library
    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.work.messages import JobOptions

_FOR_NOW = (429, 500, 502, 503, 504)
OWN_TEXT = "This is the feed's own text"


class Shown(NamedTuple):
    """An entry ready to be read, with the reader's decisions over it.

    ``page`` says whether it is the article of the page; ``told`` says in a plain sentence which it is, and
    why. ``document`` is what the library keeps it as.
    """

    article: Article
    analysis: Analysis
    document: int
    page: bool
    told: str


class _Text(NamedTuple):
    article: Article
    page: bool
    told: str


class _Missed(NamedTuple):
    """A page that could not be had, and whether that may be otherwise the next time."""

    failure: Failure
    for_now: bool


def open_entry(library: Library, entry: int, options: JobOptions, *, own_text: bool = False) -> Shown:
    """Return an entry as an article, analysed and kept in the library.

    That is the article of its page: as the library has it, else fetched now. Where the feed or the reader
    wants its own text, where the page cannot be had, or says less than the feed does, it is the feed's text.
    Raises :class:`reader.library.errors.NotInLibrary`, and :class:`PipelineError`.
    """
    from reader.library.reading import keep, over

    text = text_of(library, library.entries.get(entry), options, own_text=own_text)
    analyst = Analyst(options)
    try:
        done = analyst.analyse(text.article)
    finally:
        analyst.close()
    told = text.told
    analysis = None
    if isinstance(done, Failure):
        told = f"{told} {done.title}."
    else:
        analysis = done.analysis
    document = keep(library, text.article, analysis).document
    if text.page:
        library.entries.opened(entry, document)
    reading = over(library, document, text.article, analysis)
    return Shown(reading.article, reading.analysis, document, text.page, told)


def text_of(library: Library, entry: Entry, options: JobOptions, *, own_text: bool = False) -> _Text:
    """Return what is shown of an entry, and say which text it is. Never fails for want of a page."""
    from reader.ingest import read

    own = library.entries.article(entry.id)
    if entry.link is None:
        return _Text(own, False, f"{OWN_TEXT}: it names no page.")
    if own_text or library.feeds.get(str(entry.feed)).own_text:
        return _Text(own, False, f"{OWN_TEXT}. Its page: {printable(entry.link)}")
    stored = None if options.again else library.articles.stored(entry.link)
    if stored is not None:
        page, told = stored.article, f"This is its page as it was on {stored.checked[:10]}."
    else:
        try:
            page = read(entry.link, allow_private=options.allow_private)
        except Exception as error:
            if not isinstance(error, ReaderError) and not own.text:
                raise
            why = failure(entry.link, error).title
            return _Text(own, False, f"{why}. {OWN_TEXT}.")
        told = "This is its page, fetched now."
    if page.word_count < own.word_count // 2:
        return _Text(own, False, f"{OWN_TEXT}: its page says less.")
    return _Text(page, True, told)


def prefetch(library: Library, entries: Sequence[Entry], options: JobOptions) -> Iterator[Entry | Failure]:
    """Fetch the pages of entries, analyse and keep them, to be read offline; yield each as it comes.

    Nobody watches, so robots.txt is respected. Entries without a link and those of feeds whose own text is
    shown are there already. Raises :class:`PipelineError`, and an error of :mod:`reader.library.errors`.
    Closing the iterator ends the fetching; what was kept stays. What cannot be had is noted, and left out
    by :meth:`reader.library.entries.Entries.unfetched` from then on.
    """
    from reader.library.reading import learn
    from reader.net.hosts import host_of, in_turns
    from reader.work.unattended import Busy, Unattended

    unattended = Unattended(library.feeds.patience(), allow_private=options.allow_private)
    own = {feed.id for feed in library.feeds.all() if feed.own_text}
    wanted: list[Entry] = []
    for entry in entries:
        if entry.link is None or entry.feed in own:
            yield entry
        elif (stored := library.articles.stored(entry.link)) is not None:
            library.entries.opened(entry.id, stored.document)
            yield entry
        else:
            wanted.append(entry)

    def fetch(entry: Entry) -> Article | Busy | _Missed:
        from reader.ingest.dispatch import article_from

        address = entry.link or ""
        try:
            page = unattended.fetch(address)
            if isinstance(page, Busy):
                return page
            kind, name = page.content_type, page.address
            return article_from(page.data, source=address, name=name, content_type=kind)
        except Exception as error:  # one page must not cost the others
            failed = failure(address, error)
            for_now = isinstance(error, FetchError) and (error.unreachable or error.status in _FOR_NOW)
            return _Missed(Failure(address, failed.title, failed.hint), for_now)

    analyst = Analyst(options)
    try:
        for entry, read in in_turns(
            wanted,
            lambda entry: entry.link or "",
            fetch,
            gap=unattended.gap,
        ):
            if isinstance(read, Busy):
                library.feeds.have_patience(host_of(entry.link or ""), read.written)
                yield Failure(entry.link or "", read.title, "Try again later")
                continue
            if isinstance(read, _Missed):
                if not read.for_now:
                    library.entries.missed(entry.id)
                yield read.failure
                continue
            # Before the analysis: one that fails, or is interrupted, must not cost the article.
            document = library.articles.keep(read).document
            library.entries.opened(entry.id, document)
            done = analyst.analyse(read)
            if isinstance(done, Failure):
                yield done
                continue
            learn(library, document, read, done.analysis)
            yield entry
    finally:
        analyst.close()
