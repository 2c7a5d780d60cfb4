"""Bytes to feeds: every format, every way of being broken, text that acts, identities."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.drafts import fingerprint_of
from reader.feeds.feed import MOST_ENTRIES, FeedError
from reader.feeds.isolation import Parser
from reader.feeds.parsing import parse

WHERE = "https://news.example/dir/feed.xml"
ITEM = (
    "<item><title>Tides</title><link>/tides</link><description>The tide turned at four.</description></item>"
)


def rss(items: str = ITEM, channel: str = "", head: str = '<?xml version="1.0"?>') -> bytes:
    return (
        f'{head}<rss version="2.0"><channel><title>Harbour</title>{channel}{items}</channel></rss>'.encode()
    )


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/base/">
<title type="html">Harbour &lt;b&gt;news&lt;/b&gt;</title><link href="home"/>
<entry><id>tag:x,1</id><title>Tides</title><link rel="alternate" href="t"/>
<author><name>Ana Ruiz</name></author>
<updated>2026-03-04T05:06:07+02:00</updated>
<summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <a href="more">tide</a> turned.</p>
<blockquote><p>At four.</p></blockquote></div></content></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>Harbour</title><link>https://news.example/</link></channel>
<item rdf:about="https://news.example/tides"><title>Tides</title><link>https://news.example/tides</link>
<description>The tide turned at four.</description><dc:date>2026-03-04T05:06:07Z</dc:date></item></rdf:RDF>"""
OLD = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Harbour</title>
<item><title>Tides</title><link>https://news.example/tides</link></item></channel></rss>"""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (rss(), "Tides\n\nThe tide turned at four."),
        (RDF.encode(), "Tides\n\nThe tide turned at four."),
        (OLD.encode(), "Tides"),
        (ATOM.encode(), "Tides\n\nThe tide turned.\n\nAt four."),
        (rss().decode().encode("utf-16"), "Tides\n\nThe tide turned at four."),
    ],
)
def test_every_format(data: bytes, text: str) -> None:
    feed = parse(data, WHERE)
    assert [entry.article.text for entry in feed.entries] == [text]
    assert feed.title in ("Harbour", "Harbour news")


def test_what_an_atom_entry_says() -> None:
    (entry,) = parse(ATOM.encode(), WHERE).entries
    assert (entry.key, entry.link, entry.author) == (
        "name tag:x,1",
        "https://other.example/base/t",
        "Ana Ruiz",
    )
    assert entry.published == "2026-03-04T03:06:07+00:00"
    assert entry.article.links[0].url == "https://other.example/base/more"
    assert [block.kind for block in entry.article.blocks] == ["title", "paragraph", "block_quotation"]
    assert entry.article.byline == "Ana Ruiz"
    assert entry.article.document != "https://other.example/base/t"  # no version of the page


def test_json_feeds() -> None:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour",
        "home_page_url": "https://news.example/",
        "items": [
            {"id": 7, "url": "/a", "title": "Tides", "content_html": "<p>It <b>turned</b>.</p>",
             "date_published": "2026-03-04T05:06:07Z", "authors": [{"name": "Ana"}, {"name": "Bo"}, 3]},
            {"id": "8", "content_text": "Just a note.\n\nAnd more.", "author": {"name": "Bo"}},
            "nonsense",
        ],
    }  # fmt: skip
    first, second = parse(b"\xef\xbb\xbf" + json.dumps(value).encode(), WHERE).entries
    assert (first.key, first.link, first.author) == ("name 7", "https://news.example/a", "Ana, Bo")
    assert first.article.text == "Tides\n\nIt turned."
    assert (second.title, second.link, second.published, second.author) == (None, None, None, "Bo")
    assert second.article.text == "Just a note.\n\nAnd more."


BROKEN = {
    "an ampersand": (rss(ITEM.replace("turned", "& turned")), "& turned"),
    "an entity of HTML": (rss(ITEM.replace("turned", "turned&nbsp;&eacute;")), "é"),
    "a tag never closed": (rss(ITEM.replace("</description></item>", "")), "Tides"),
    "two items never closed": (rss(f"{ITEM[:-7]}{ITEM[:-7]}".replace("/tides", "/x", 1)), "turned"),
    "cut off": (rss(ITEM * 2)[:-120], "turned"),
    "bytes of Latin-1 called UTF-8": (
        rss(ITEM.replace("turned", "café")).decode().encode("latin-1"), "caf",
    ),
    "no declaration, no version": (rss(head="").replace(b' version="2.0"', b""), "turned"),
    "space before the declaration": (b" \n\n" + rss(), "turned"),
    "a control byte": (rss(ITEM.replace("turned", "tur\x01ned")), "turned"),
    "a zero byte": (rss(ITEM.replace("turned", "tur\x00ned")), "ned"),
    "a prefix never declared": (rss(ITEM.replace("<title>", "<media:x/><title>")), "turned"),
    "rubbish behind the end": (rss() + b"<script>alert(1)</script>", "turned"),
    "markup in CDATA never closed": (
        rss(ITEM.replace("The tide turned", "<![CDATA[<p>The tide turned")), "Tides",
    ),
    "two roots": (rss() + rss(), "turned"),
    "the wrong encoding declared": (rss(head='<?xml version="1.0" encoding="utf-99"?>'), "turned"),
    "attributes without marks": (rss(ITEM.replace("<item>", "<item a=b>")), "turned"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_feed_gives_what_can_be_made_out(kind: str) -> None:
    data, words = BROKEN[kind]
    entries = parse(data, WHERE).entries
    assert entries, kind
    assert any(words in entry.article.text for entry in entries)
    assert not any(char < " " and char != "\n" for entry in entries for char in entry.article.text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nothing at this address"),
        (b"<!doctype html><html><body><p>Down for maintenance.", "a web page"),
        (b"just words", "no feed"),
        (b'{"version": "1", "items": []}', "no feed"),
        (b'{"items": [', "damaged"),
        (b"[" * 100_000, "no feed"),
        (b'{"a":' * 100_000, "damaged"),
        (rss(head='<?xml version="1.0"?><!-- <a> --><!DOCTYPE r [<!ENTITY a "b">]>'), "entities"),
        (rss(head='<!DOCTYPE r [<!ENTITY a "b">]>').decode().encode("utf-16"), "entities"),
    ],
)
def test_what_is_no_feed_is_said(data: bytes, said: str) -> None:
    with pytest.raises(FeedError, match=said):
        parse(data, WHERE)


def test_an_article_about_entities_is_read() -> None:
    item = ITEM.replace(
        "The tide turned", "<![CDATA[Write <!DOCTYPE a [<!ENTITY b 'c'>]> there: it turned]]>"
    )
    assert "it turned" in parse(rss(item), WHERE).entries[0].article.text


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("<![CDATA[Tom & Jerry's <em>best</em>]]>", "Tom & Jerry's best"),
        ("AT&amp;amp;T", "AT&T"),
        ("1 &lt; 2 and 3 &gt; 2", "1 < 2 and 3 > 2"),
        ("The &lt;video&gt; tag", "The <video> tag"),
        ("&amp;#8220;Quoted&amp;#8221;\n it", "“Quoted” it"),
    ],
)
def test_titles_are_what_was_meant(title: str, read: str) -> None:
    assert parse(rss(f"<item><title>{title}</title></item>"), WHERE).entries[0].title == read


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>bob@news.example (Bob Hart)</author>", "Bob Hart"),
        ("<author>Bob Hart &lt;bob@news.example&gt;</author>", "Bob Hart"),
        ("<author>bob@news.example</author>", None),
        ("<dc:creator>Bob Hart</dc:creator>", "Bob Hart"),
    ],
)
def test_authors_have_names(author: str, name: str | None) -> None:
    item = f'<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>T</title>{author}</item>'
    assert parse(rss(item), WHERE).entries[0].author == name


def test_plain_text_has_its_paragraphs() -> None:
    item = "<item><description>One line &amp;amp;\nanother.\n\nSecond &lt;3.</description></item>"
    assert parse(rss(item), WHERE).entries[0].article.text == "One line & another.\n\nSecond <3."


def test_text_cannot_act() -> None:
    item = (
        "<item><title>&#x1b;]0;owned&#x7;A &lt;b&gt;bold&lt;/b&gt; 2 &lt; 3 title\u202e</title>"
        "<link>javascript:alert(1)</link><author>\u009b31mRed</author>"
        "<description>&lt;script&gt;x&lt;/script&gt;&lt;p onclick=y&gt;Hi \u202e&lt;a href='file:///etc/passwd'&gt;"
        "there&lt;/a&gt;\u001b[2J&lt;/p&gt;</description></item>"
    )
    (entry,) = parse(rss(item), WHERE).entries
    assert entry.title == "A bold 2 < 3 title"
    assert entry.link is None
    assert entry.article.text == "A bold 2 < 3 title\n\nHi there"
    assert entry.article.links == ()
    assert entry.author is None or entry.author.isprintable()


def test_entries_are_told_apart_whatever_they_are_called() -> None:
    def item(guid: str, link: str, text: str) -> str:
        return f"<item><guid>{guid}</guid><link>{link}</link><description>{text}</description></item>"

    same_names = parse(rss(item("1", "/a", "One.") + item("1", "/b", "Two.")), WHERE).entries
    assert [entry.key for entry in same_names] == [
        "page https://news.example/a",
        "page https://news.example/b",
    ]
    same_links = parse(rss(item("", "/", "One tide.") + item("", "/", "Two tides.")), WHERE).entries
    assert len({entry.key for entry in same_links}) == 2
    assert len(parse(rss(item("1", "/a", "One.") * 3), WHERE).entries) == 1
    (tracked,) = parse(rss(item("", "/a?utm_source=rss&amp;id=3", "One.")), WHERE).entries
    assert tracked.key == "page https://news.example/a?id=3"


@pytest.mark.parametrize(
    ("date", "read"),
    [
        ("Wed, 04 Mar 2026 05:06:07 +0100", "2026-03-04T04:06:07+00:00"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("next Tuesday", None),
        ("31 June", None),
        ("", None),
    ],
)
def test_a_date_that_is_not_plainly_given_is_none(date: str, read: str | None) -> None:
    (entry,) = parse(rss(ITEM.replace("</item>", f"<pubDate>{date}</pubDate></item>")), WHERE).entries
    assert entry.published == read


@pytest.mark.parametrize(
    ("channel", "rest", "quiet"),
    [
        ("<ttl>90</ttl>", 5_400, set()),
        ("<ttl>soon</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours>", 0, {0, 3}),
        ("<skipHours>" + "".join(f"<hour>{h}</hour>" for h in range(24)) + "</skipHours>", 0, set()),
        (
            '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>',
            86_400,
            set(),
        ),
    ],
)
def test_when_a_feed_wants_to_be_left_alone(channel: str, rest: int, quiet: set[int]) -> None:
    feed = parse(rss(channel=channel), WHERE)
    assert (feed.rest, set(feed.quiet)) == (rest, quiet)


def test_more_entries_than_anybody_reads_are_counted() -> None:
    items = "".join(f"<item><guid>{n}</guid></item>" for n in range(MOST_ENTRIES + 3))
    feed = parse(rss(items), WHERE)
    assert (len(feed.entries), feed.left_out) == (MOST_ENTRIES, 3)


def test_a_fingerprint_is_of_the_words() -> None:
    text = "The council fell 300 points behind and won 312 votes on Tuesday, the mayor said."
    same = fingerprint_of(text, "Council (3)")
    assert fingerprint_of(f"{text}\n12 comments\nPoints: 40 [7 replies]", "Other") == same
    assert (
        fingerprint_of(text.replace(" ", "  ").replace(",", "") + " https://x.example/?utm_a=1", None) == same
    )
    assert fingerprint_of(text.replace("312", "313"), "Council (3)") != same
    assert fingerprint_of("", "One") != fingerprint_of("", "Two")


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: rss(ITEM + text)))
def test_whatever_comes_is_a_feed_or_none(data: bytes) -> None:
    try:
        feed = parse(data, WHERE)
    except FeedError:
        return
    for entry in feed.entries:
        assert entry.key
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        assert "\x1b" not in entry.article.text


def test_a_feed_that_takes_too_long_is_lost_alone() -> None:
    parser = Parser(time_limit=0.05)  # less than a process takes to start
    with pytest.raises(FeedError, match="too long"):
        parser.parse(rss(), WHERE)
    parser.close()
    parser = Parser()
    assert parser.parse(rss(), WHERE).title == "Harbour"
    with pytest.raises(FeedError, match="web page"):
        parser.parse(b"<html><body>", WHERE)
    assert len(parser.parse(rss(), WHERE).entries) == 1  # the same process goes on
    parser.close()
    with pytest.raises(FeedError):
        parser.parse(rss(), WHERE)
