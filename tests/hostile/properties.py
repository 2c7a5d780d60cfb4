"""What must hold of any bytes, for the tests and for the fuzzer. Each function raises where it does not."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.feeds.discovery import discover
from reader.feeds.opml import read_opml, write_opml
from reader.feeds.parsing import parse
from reader.feeds.urls import read_urls
from reader.ingest import dispatch, sniffing
from reader.language.quotations import find_quotations, find_turns
from reader.model.errors import ReaderError
from reader.text.safety import ACTING, one_line, printable, sanitise, shown, web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from reader.model.article import Article

    class Spanning(Protocol):
        """What has a place in a text."""

        @property
        def start(self) -> int:
            """Where it begins."""

        @property
        def end(self) -> int:
            """Where it has ended."""


ACTS = re.compile(f"[{ACTING}]")
ADDRESS = "https://news.example/dir/feed.xml"


def inert(text: str | None) -> None:
    """Text of which nothing acts on a terminal, and which can be written."""
    if text:
        found = ACTS.search(text)
        assert found is None, (found, text[max(0, found.start() - 40) : found.end() + 40])
        text.encode()


def safety(data: bytes) -> None:
    """Every form of safe text is inert, stays as it is when made safe again, and keeps what it promises."""
    for text in (data.decode("utf-8", "surrogateescape"), data.decode("utf-16-le", "replace")):
        clean, seen = sanitise(text), shown(text)
        for safe in (clean, seen, one_line(text), printable(text)):
            inert(safe)
        assert sanitise(clean) == clean
        assert shown(clean) == clean
        assert len(seen) == len(text)
        assert len(printable(text)) <= 200
        assert not re.search(r"[\n\t]", printable(text) + one_line(text))
        address = web_address(text)
        assert address is None or re.fullmatch(r"[!-~]+", address)


def sound(article: Article) -> None:
    """An article whose parts lie where it says, of which nothing acts."""
    inert(article.text)
    for line in (article.title, article.byline, article.published, article.site, *article.notices):
        inert(line)
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text)
        end = block.end
    for removed in article.removed:
        assert 0 <= removed.position <= len(article.text)
        inert(removed.text)
    for link in article.links:
        assert 0 <= link.start < link.end <= len(article.text)
        assert web_address(link.url) == link.url


def _read(data: bytes, content_type: str = "") -> Article | None:
    if sniffing.document_kind(data) is not None:
        return None  # taken apart in a process of its own, with limits
    with suppress(ReaderError):
        article = dispatch.article_from(data, source="a", content_type=content_type)
        sound(article)
        return article
    return None


def text(data: bytes) -> None:
    """Whatever the bytes, reading gives a sound article or says why not; quotations lie in it, in order."""
    article = _read(data)
    if article is not None:
        _in_order(find_quotations(article.text, article.blocks), article.text)
        _in_order(find_turns(article.text, article.blocks), article.text)


def page(data: bytes) -> None:
    """The same of web pages."""
    _read(b"<html><body>" + data, "text/html")


def _in_order(spans: Sequence[Spanning], text: str) -> None:
    start = -1
    for span in spans:
        assert start <= span.start < span.end <= len(text)
        start = span.start


def quotations(data: bytes) -> None:
    """Quotations and turns of any string lie in it, in order."""
    string = data.decode("utf-8", "replace")
    _in_order(find_quotations(string, ()), string)
    _in_order(find_turns(string, ()), string)


def feeds(data: bytes) -> None:
    """Feeds, lists of feeds and pages that name feeds: sound, web addresses alone, nothing that acts."""
    with suppress(ReaderError):
        feed = parse(data, ADDRESS)
        inert(feed.title)
        for entry in feed.entries:
            sound(entry.article)
            for line in (entry.title, entry.author, entry.published):
                inert(line)
            for link in (entry.link, feed.page):
                assert link is None or web_address(link) == link
    for reading in (read_opml, read_urls):
        with suppress(ReaderError):
            listed = reading(data)
            for one in listed.feeds:
                assert web_address(one.address) == one.address
                for line in (one.title, one.name, one.folder):
                    inert(line)
            for line in listed.left_out:
                inert(line)
            again = read_opml(write_opml(listed.feeds))
            # Feeds of one folder stand together there, wherever they stood before.
            assert sorted(one.address for one in again.feeds) == sorted(one.address for one in listed.feeds)
    for found in discover(data, ADDRESS):
        assert web_address(found.address) == found.address
        inert(found.title)


PROPERTIES: dict[str, Callable[[bytes], None]] = {
    function.__name__: function for function in (safety, text, page, quotations, feeds)
}
