"""Lists of feeds in files, and the feeds of a page."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.discovery import discover
from reader.feeds.feed import FeedError
from reader.feeds.opml import read_opml, write_opml
from reader.feeds.subscription import Subscription, address_of, folder_of
from reader.feeds.urls import read_urls, write_urls
from reader.text.safety import sanitise

_NAMES = st.text(max_size=30).map(lambda text: " ".join(sanitise(text).split())).filter(
    lambda text: text and "<" not in text and "&" not in text and not text.startswith(("~", "!"))
)  # fmt: skip
_ADDRESSES = st.from_regex(
    r"https?://[a-z]{1,9}\.example(/[a-z0-9._~-]{0,9}){0,3}(\?[a-z]=[0-9])?", fullmatch=True
)
_FEEDS = st.lists(
    st.builds(
        Subscription,
        _ADDRESSES,
        title=st.none() | _NAMES,
        name=st.none() | _NAMES,
        folder=st.lists(_NAMES, max_size=3).map(folder_of),
        page=st.none() | _ADDRESSES,
    ),
    max_size=8,
    unique_by=lambda feed: feed.address,
)


@given(_FEEDS)
def test_opml_comes_back_as_it_was_written(feeds: list[Subscription]) -> None:
    # Without a title the name does for one, as far as anybody else can tell.
    written = [
        feed._replace(title=feed.title or feed.name, name=None)
        if feed.name in (None, feed.title) or not feed.title
        else feed
        for feed in feeds
    ]
    read = read_opml(write_opml(written))
    assert set(read.feeds) == set(written)
    assert read.left_out == ()


@given(_FEEDS)
def test_a_file_of_addresses_comes_back_as_it_was_written(feeds: list[Subscription]) -> None:
    flat = [
        feed._replace(title=None, page=None, folder=folder_of([feed.folder.replace("/", " ")]))
        for feed in feeds
    ]
    assert read_urls(write_urls(flat)).feeds == tuple(flat)


@given(st.binary(max_size=400))
def test_whatever_comes_is_a_list_or_none(data: bytes) -> None:
    read_urls(data)
    with suppress(FeedError):
        read_opml(b"<opml><body>" + data + b"</body></opml>")


OPML = b"""<?xml version="1.0" encoding="utf8"?><OPML Version="1.0"><head/><Body>
<outline TEXT="World"><outline text="Europe / East"><outline title="Vltava" XMLURL="https://a.example/f"
 HtmlUrl="https://a.example/"/></outline>
<outline text="shell" xmlUrl="|rm -rf ~"/><outline text="file" xmlUrl="file:///etc/passwd"/>
<outline text="exec" xmlUrl="exec:~/evil" filtercmd="rm -rf ~"/></outline>
<outline text="&lt;b&gt;Bold&lt;/b&gt; &#27;[31m" xmlUrl="http://b.example/f"/><outline xmlUrl="http://b.example/f"/>
<outline text="Filed" category="/News/Local,other" xmlUrl="http://c.example/f"/>
</Body></OPML>"""


def test_opml_of_other_programs() -> None:
    listed = read_opml(OPML)
    assert listed.feeds == (
        Subscription("https://a.example/f", "Vltava", None, "World/Europe - East", "https://a.example/"),
        Subscription("http://b.example/f", "Bold", None, "", None),
        Subscription("http://c.example/f", "Filed", None, "News/Local", None),
    )
    assert len(listed.left_out) == 3
    assert all("no web address" in why for why in listed.left_out)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body/></html>",
        b"not xml",
        b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>',
        b'<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml><body/></opml>',
    ],
)
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    with pytest.raises(FeedError):
        read_opml(data)


def test_outlines_may_be_nested_to_no_end() -> None:
    deep = b"<opml><body>" + b'<outline text="x">' * 200 + b'<outline xmlUrl="http://a.example/"/>'
    (feed,) = read_opml(deep + b"</outline>" * 200 + b"</body></opml>").feeds
    assert feed.folder.count("x") == 20


def test_newsboats_file() -> None:
    listed = read_urls(
        b'# mine\nhttps://a.example/f world "~My \\"A\\"" !hidden\n\n'
        b'"query:Unread:unread = \\"yes\\"" x\nexec:~/bin/feed\nfilter:~/x:https://b.example/\nfile:///tmp/f\n'
        b"https://c.example/f\n"
    )
    assert listed.feeds == (
        Subscription("https://a.example/f", None, 'My "A"', "world"),
        Subscription("https://c.example/f"),
    )
    assert "newsboat's own store" in listed.left_out[0]
    assert "run a program" in listed.left_out[1]
    assert "run a program" in listed.left_out[2]
    assert "is a file" in listed.left_out[3]


def test_the_feeds_that_a_page_names() -> None:
    page = b"""<html><head><base href="/sub/"><link rel="stylesheet" type="application/rss+xml" href="no">
    <link rel="Alternate" type="application/rss+xml; charset=utf-8" title="All &amp; more" href="all.xml">
    <link rel="alternate" type="application/feed+json" href="https://cdn.example/f.json">
    <link rel="alternate" type="application/json" href="/wp-json/posts/1">
    <link rel="alternate" type="application/atom+xml" href="javascript:x">
    <link rel="alternate" type="application/rss+xml" href="all.xml"></head><body><a href="/feed">F</a>"""
    assert discover(page, "https://news.example/a/b") == [
        ("https://news.example/sub/all.xml", "All & more", "RSS"),
        ("https://cdn.example/f.json", None, "JSON Feed"),
    ]


def test_links_that_look_like_feeds_when_a_page_names_none() -> None:
    links = ("feed/", "/rss", "/rss.xml?all=1", "/about", "/feeding", "/x/index.xml", "/atom.xml", "/feed")
    page = "".join(f"<a href='{link}'>L</a>" for link in links).encode()
    assert [found.address for found in discover(page, "https://news.example/")] == [
        "https://news.example/feed/",
        "https://news.example/rss",
        "https://news.example/rss.xml?all=1",
        "https://news.example/x/index.xml",
        "https://news.example/atom.xml",
        "https://news.example/feed",
    ]
    assert discover(b"", "https://news.example/") == []


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("feed:https://a.example/f", "https://a.example/f"),
        ("feed://a.example/f", "https://a.example/f"),
        (" a.example/f?x=1 ", "https://a.example/f?x=1"),
        ("a.example:8080", "https://a.example:8080"),
        ("HTTP://a.example/f", "HTTP://a.example/f"),
        ("http://127.0.0.1:8000/f", "http://127.0.0.1:8000/f"),
        ("http://[broken/f", None),
        ("http:///f", None),
        ("word", None),
        ("./feeds.xml", None),
        ("two words.example/f", None),
        ("exec:a.example/f", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_addresses_are_taken_as_people_give_them(given: str, address: str | None) -> None:
    assert address_of(given) == address
    listed = read_urls(given.strip().replace(" ", "\t").encode())
    assert [feed.address for feed in listed.feeds] == [address] * (address is not None)
