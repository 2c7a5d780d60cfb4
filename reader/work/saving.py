"""Saving articles for good: fetched politely from many hosts at once, cleaned, analysed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.model.source import is_address
from reader.text.safety import printable
from reader.work.batch import Analyst, Failure
from reader.work.messages import failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.library.library import Library
    from reader.library.listing import ListedArticle
    from reader.model.article import Article
    from reader.work.messages import JobOptions


class Saved(NamedTuple):
    """An article that is saved. ``fetched``: now; else the library had it."""

    entry: ListedArticle
    fetched: bool


def save_each(
    addresses: Sequence[str], options: JobOptions, *, later: bool = False, tags: Sequence[str] = ()
) -> Iterator[Saved | Failure]:
    """Save articles, as they come; ``later`` puts them on the list to be read, ``tags`` are added.

    What the library has is not fetched, unless the options say ``again``. Raises :class:`PipelineError`, and
    an error of :mod:`reader.library.errors`. Closing the iterator ends the fetching; what was saved stays.
    """
    from reader.library.library import Library
    from reader.library.reading import learn

    assert options.library is not None
    library = Library(Path(options.library))
    analyst = Analyst(options)
    try:
        for read in _read_each(dict.fromkeys(addresses), library, options):
            if isinstance(read, Failure):
                yield read
                continue
            article, fetched = read
            document = library.articles.keep(article).document if fetched else library.articles.says(article)
            assert document is not None
            # Before the analysis: one that fails, or is interrupted, must not cost the article.
            library.articles.save(document)
            library.articles.tag(document, tags)
            if later:
                library.articles.keep_for_later(document)
            done = analyst.analyse(article)
            if isinstance(done, Failure):
                yield done
                continue
            learn(library, document, article, done.analysis)
            yield Saved(library.articles.get(str(document)), fetched)
    finally:
        analyst.close()
        library.close()


def _read_each(
    addresses: Iterable[str], library: Library, options: JobOptions
) -> Iterator[tuple[Article, bool] | Failure]:
    """Yield what each address leads to: first what the library has, then what is fetched, as it comes."""
    from reader.ingest import read
    from reader.net.hosts import in_turns

    def fetch(address: str) -> tuple[Article, bool] | Failure:
        try:
            return read(address, allow_private=options.allow_private), True
        except Exception as error:  # one page must not cost the others
            failed = failure(address, error)
            return Failure(address, failed.title, failed.hint)

    unknown = []
    for address in addresses:
        if not is_address(address):
            hint = "`onrecord library import` keeps files"
            yield Failure(address, f"{printable(address)} is not a web address", hint)
        elif not options.again and (stored := library.articles.stored(address)) is not None:
            yield stored.article, False
        else:
            unknown.append(address)
    for _, result in in_turns(unknown, str, fetch):
        yield result
