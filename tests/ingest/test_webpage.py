"""Web pages as content systems write them: the whole article, and nothing of what stands around it."""

# ruff: noqa: E501 - markup reads best on one line

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.ingest.assembly import Draft, Dropped, Metadata
from reader.ingest.formats.html import STUB, extract

if TYPE_CHECKING:
    from reader.model.article import BlockKind

LEAD = "An audit of the island budget has found a hole of nine million kronor, the council said on Sunday."
BODY = (
    "The auditor, Siv Malm, said that the money had been counted twice, once in the harbour fund.",
    "“It is a small mistake with a long tail,” she said at a press conference in the school hall.",
    "The mayor, Halvard Moe, said he had learnt of the matter from the newspaper on Monday morning.",
    "The council will meet on Thursday evening to vote on a supplementary budget for the year.",
)


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _page(inside: str, head: str = "", around: str = "") -> str:
    return (
        f'<html lang="en"><head><title>Audit finds hole</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Audit finds hole</h1>{inside}</article>{around}</body></html>"
    )


def _read(html: str) -> tuple[list[tuple[BlockKind, str]], dict[str, str], Metadata]:
    items, metadata, _ = extract(html)
    blocks = [(item.kind, item.text) for item in items if isinstance(item, Draft)]
    removed = {item.text: item.reason for item in items if isinstance(item, Dropped)}
    return blocks, removed, metadata


def _linked(**fields: object) -> str:
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Audit finds hole",
        **fields,
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_lead_standfirst_and_last_paragraph_outside_the_body_come_back() -> None:
    standfirst = "Nine million kronor were counted twice, says the auditor"
    page = _page(
        f'<p class="article__standfirst">{standfirst}</p><p>{LEAD}</p>'
        f'<div class="article-body">{_paragraphs(*BODY[:3])}</div><p class="last">{BODY[3]}</p>'
        '<div class="tags"><a href="/t">Budget</a></div>',
        around="<footer><p>Contact the newsroom</p></footer>",
    )
    blocks, removed, metadata = _read(page)
    assert blocks == [
        ("title", "Audit finds hole"),
        ("paragraph", standfirst),
        *(("paragraph", text) for text in (LEAD, *BODY)),
    ]
    assert metadata.title == "Audit finds hole"
    assert {"Home", "Budget", "Contact the newsroom"} <= removed.keys()


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        (
            '<aside class="related-stories"><h3>Read more</h3><p><a href="/1">{}</a></p></aside>',
            "related links",
        ),
        ('<div class="newsletter-signup"><h3>The morning letter</h3><p>{}</p></div>', "newsletter prompt"),
        ('<section id="comments"><div class="comment-body"><p>{}</p></div></section>', "comment widget"),
        ('<div class="author-bio"><p>{}</p></div>', "about the author"),
        ('<div class="ad-slot"><p>{}</p></div>', "advertisement"),
        ('<a class="card" href="/1"><h3>Ferry to stop in November</h3><p>{}</p></a>', "related links"),
        (
            '<div class="item"><a href="/1">The old ferry will stop sailing</a><p>{}</p></div>',
            "related links",
        ),
    ],
)
@pytest.mark.parametrize("place", ["middle", "end"])
def test_what_stands_among_the_paragraphs_and_is_not_the_article_stays_out(
    box: str, reason: str, place: str
) -> None:
    junk = "The ferry company will end its winter sailings in November, it said in a letter to its crew."
    box = box.format(junk)
    inside = _paragraphs(LEAD, *BODY[:2]) + (box if place == "middle" else "") + _paragraphs(*BODY[2:])
    blocks, removed, _ = _read(_page(f'<div class="body">{inside}{box if place == "end" else ""}</div>'))
    assert [text for _, text in blocks] == ["Audit finds hole", LEAD, *BODY]
    assert removed[junk] == reason


def test_a_form_around_the_whole_page_hides_nothing() -> None:
    page = f'<html><body><form id="aspnetForm"><h1>Audit</h1><div>{_paragraphs(LEAD, *BODY)}</div></form></body></html>'
    assert [text for _, text in _read(page)[0]] == ["Audit", LEAD, *BODY]


def test_paragraphs_in_divs_are_paragraphs() -> None:
    inside = f"<p>{LEAD}</p>" + "".join(f"<div>{text}</div>" for text in ("Group A", *BODY))
    blocks, _, _ = _read(_page(f'<div class="text">{inside}</div>'))
    assert [text for _, text in blocks] == ["Audit finds hole", LEAD, "Group A", *BODY]


def test_captions_come_back_and_bare_credits_do_not() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>"
    inside = (
        figure.format("Siv Malm on the steps of the school on Sunday evening.")
        + _paragraphs(LEAD, *BODY[:2])
        + figure.format("Photo: Tom Day")
        + _paragraphs(*BODY[2:])
    )
    captions = [text for kind, text in _read(_page(inside))[0] if kind == "caption"]
    assert captions == ["Siv Malm on the steps of the school on Sunday evening."]


def test_a_live_blog_keeps_its_times_as_headings() -> None:
    entries = (
        f'<section><time datetime="2025-05-05T21:10Z">21:10</time><h3>First result</h3><p>{LEAD}</p></section>'
        f"<section><time>20.45 CEST</time><p>{BODY[0]}</p><p>{BODY[1]}</p></section>"
        f'<section><p class="time">8.15pm</p><p>{BODY[2]}</p></section>'
    )
    blocks, _, _ = _read(_page(entries))
    assert [text for kind, text in blocks if kind == "heading"] == [
        "21:10",
        "First result",
        "20.45 CEST",
        "8.15pm",
    ]


def test_one_time_above_an_article_is_no_heading() -> None:
    blocks, _, _ = _read(_page(f"<div>10:30</div>{_paragraphs(LEAD, *BODY)}"))
    assert ("heading", "10:30") not in blocks


def test_a_table_keeps_its_header_and_its_rows_whole() -> None:
    table = (
        "<table><caption>Votes by village</caption><thead><tr><th>Village</th><th>Voters</th></tr></thead>"
        "<tbody><tr><td>Lower Brill</td><td>1,204</td></tr><tr><td>Outer Skarra</td><td>880</td></tr></tbody></table>"
    )
    blocks, _, _ = _read(_page(_paragraphs(LEAD, *BODY[:2]) + table + _paragraphs(*BODY[2:])))
    texts = [text for _, text in blocks]
    at = texts.index("Village | Voters")
    assert texts[at + 1 : at + 3] == ["Lower Brill | 1,204", "Outer Skarra | 880"]


def test_a_table_that_lays_out_a_page_is_read_as_its_blocks() -> None:
    page = (
        "<html><body><table><tr><td><a href='/n'>News</a><br><a href='/s'>Sport</a></td>"
        f"<td><h2>Audit finds hole</h2>{_paragraphs(LEAD, *BODY)}</td>"
        "<td><b>Other stories</b><br><a href='/1'>The ferry will stop in November</a></td></tr></table></body></html>"
    )
    texts = [text for _, text in _read(page)[0]]
    assert texts == ["Audit finds hole", LEAD, *BODY]


def test_lists_keep_level_and_number() -> None:
    lists = (
        "<ol start='3'><li>The harbour fund is counted again<ul><li>by the auditor herself</li></ul></li>"
        "<li>The school fund is closed<ol><li>for the summer</li><li>and for good after it</li></ol></li></ol>"
        "<ul><li>Nobody resigns over it</li></ul>"
    )
    blocks, _, _ = _read(_page(_paragraphs(LEAD, *BODY[:3]) + lists + _paragraphs(BODY[3])))
    assert [text for kind, text in blocks if kind == "list_item"] == [
        "3. The harbour fund is counted again",
        "◦ by the auditor herself",
        "4. The school fund is closed",
        "4.1. for the summer",
        "4.2. and for good after it",
        "Nobody resigns over it",
    ]


def test_code_stays_one_block_with_its_indentation() -> None:
    code = "def count(votes):\n\tif not votes:\n\t    return 0\n\n\treturn len(votes)\n"
    inside = _paragraphs(LEAD, *BODY[:2]) + f"<pre><code>{code}</code></pre>" + _paragraphs(*BODY[2:])
    blocks, _, _ = _read(_page(inside))
    assert [text for kind, text in blocks if kind == "code"] == [
        "def count(votes):\n    if not votes:\n        return 0\n\n    return len(votes)"
    ]


def test_preformatted_prose_is_no_code() -> None:
    blocks, _, _ = _read(_page(f"<pre>{LEAD}\n\n{BODY[0]}\n\n{BODY[2]}</pre>{_paragraphs(*BODY)}"))
    assert ("paragraph", LEAD) in blocks
    assert not [text for kind, text in blocks if kind == "code"]


def test_numbers_of_footnotes_leave_their_words_and_exponents_stay() -> None:
    marked = (
        "“There is no bank,” said Eyvind Straum<sup><a href='#fn1'>1</a></sup>, who keeps a list of all debts.",
        "The rule dates from 1931.<sup>2</sup> Under it, said the skipper Straum<sup>[3]</sup>, nothing is owed.",
        "The harbour is 40 km<sup>2</sup> of water, and 10<sup>6</sup> herring swim in it on a good day, he said.",
    )
    blocks, removed, _ = _read(_page(_paragraphs(LEAD, *marked, BODY[0])))
    texts = [text for _, text in blocks]
    assert texts[2] == "“There is no bank,” said Eyvind Straum, who keeps a list of all debts."
    assert texts[3] == "The rule dates from 1931. Under it, said the skipper Straum, nothing is owed."
    assert texts[4].startswith("The harbour is 40 km2 of water, and 106 herring")
    assert [text for text, reason in removed.items() if reason == "number of a footnote"] == ["1", "2", "[3]"]


@pytest.mark.parametrize(
    "card",
    [
        '<blockquote class="twitter-tweet"><p>We got up at four, minister. The train had not.</p>&mdash; Trains of '
        'Velland (@trains) <a href="https://twitter.com/t/status/1">May 5, 2024</a></blockquote>',
        '<div class="tweet"><a href="https://twitter.com/t/1"><div><span class="tweet-author-name">Trains of Velland'
        "</span><span>@trains</span></div>We got up at four, minister. The train had not.</a></div>",
        '<div class="social-card"><span class="username">Trains of Velland</span><p>We got up at four, minister. '
        "The train had not.</p><span>1,204</span><span>Reply</span></div>",
    ],
)
def test_a_post_is_a_block_quotation_with_its_author(card: str) -> None:
    blocks, _, metadata = _read(_page(_paragraphs(LEAD, *BODY[:2]) + card + _paragraphs(*BODY[2:])))
    quoted = [text for kind, text in blocks if kind == "block_quotation"]
    assert quoted[0] == "We got up at four, minister. The train had not."
    assert quoted[1].startswith("— Trains of Velland")
    assert len(quoted) == 2
    assert metadata.byline is None


def test_a_block_quotation_names_who_is_quoted() -> None:
    quotation = "<blockquote><p>We will pay it back when the fish come back.</p><footer>Halvard Moe, mayor</footer></blockquote>"
    blocks, _, _ = _read(_page(_paragraphs(LEAD, *BODY[:2]) + quotation + _paragraphs(*BODY[2:])))
    assert [text for kind, text in blocks if kind == "block_quotation"] == [
        "We will pay it back when the fish come back.",
        "— Halvard Moe, mayor",
    ]


@pytest.mark.parametrize(
    "pulled",
    [
        '<aside class="pullquote"><p>{}</p></aside>',
        '<blockquote class="pull-quote">{}</blockquote>',
        "<figure><blockquote><p>{}</p></blockquote></figure>",
    ],
)
def test_a_pull_quote_is_read_once(pulled: str) -> None:
    inside = (
        _paragraphs(LEAD, *BODY[:3])
        + pulled.format("It is a small mistake with a long tail")
        + f"<p>{BODY[3]}</p>"
    )
    texts = [text for _, text in _read(_page(inside))[0]]
    assert sum("small mistake with a long tail" in text for text in texts) == 1


def test_linked_data_gives_headline_authors_date_and_publisher() -> None:
    head = _linked(
        datePublished="2024-03-12T23:30:00-05:00",
        dateModified="2024-03-14T08:00:00Z",
        author=[{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Tom Day"}],
        publisher={"@type": "Organization", "name": "The Tideline"},
        articleSection="Islands",
    )
    blocks, _, metadata = _read(_page(f"<p>Islands</p>{_paragraphs(LEAD, *BODY)}", head))
    assert metadata == Metadata(
        "Audit finds hole", "Ana Ruiz and Tom Day", "2024-03-12", "The Tideline", "en"
    )
    assert ("paragraph", "Islands") not in blocks


def test_linked_data_in_a_graph_is_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "The Tideline", "@id": "#site"},
            {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"},
            {
                "@type": ["Article", "BlogPosting"],
                "headline": "Audit finds hole",
                "author": {"@id": "#ana"},
                "publisher": {"@id": "#site"},
                "datePublished": "2024-03-12",
            },
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    metadata = _read(_page(_paragraphs(LEAD, *BODY), head))[2]
    assert (metadata.byline, metadata.published, metadata.site) == ("Ana Ruiz", "2024-03-12", "The Tideline")


@pytest.mark.parametrize(
    "broken", ["{", "[" * 100_000, '{"@type": "NewsArticle", "author": {"name": [[{}]]}}', "null"]
)
def test_broken_linked_data_is_no_matter(broken: str) -> None:
    head = f'<script type="application/ld+json">{broken}</script>'
    blocks, _, metadata = _read(_page(_paragraphs(LEAD, *BODY), head))
    assert len(blocks) == 6
    assert metadata.byline is None


def test_what_a_script_would_write_is_read_from_the_linked_data() -> None:
    head = _linked(articleBody="\n\n".join((LEAD, *BODY)), datePublished="2024-03-12")
    page = f"<html><head><title>Audit finds hole</title>{head}</head><body><h1>Audit finds hole</h1></body></html>"
    assert [text for _, text in _read(page)[0]][-5:] == [LEAD, *BODY]


def test_a_paywalled_stub_says_so() -> None:
    wall = '<div class="paywall"><h2>Subscribe to read on</h2><p>Only €1 for the first month.</p></div>'
    stub = _page(_paragraphs(LEAD, *BODY[:1]) + wall, _linked(isAccessibleForFree="False"))
    assert extract(stub)[2] == (STUB,)
    assert extract(_page(_paragraphs(LEAD, *BODY), _linked(isAccessibleForFree=True)))[2] == ()


@pytest.mark.parametrize(
    ("inside", "around", "published"),
    [
        (_paragraphs(LEAD, "The company was founded on 4 May 1991, the mayor said.", *BODY), "<footer>© 1998-2023 The Courier</footer>", None),
        ("<p>Copyright 12 March 2020 The Courier</p>" + _paragraphs(LEAD, *BODY), "", None),
        ("<h2>The storm of 12 March 1987</h2>" + _paragraphs(LEAD, *BODY), "", None),
        ("<p>Updated 14 March 2024</p>" + _paragraphs(LEAD, *BODY), "", None),
        ("<p>Published 12 March 2024, 10:30 GMT</p>" + _paragraphs(LEAD, *BODY), "", "2024-03-12"),
        ("<p>By Ana Ruiz | 12 March 2024</p>" + _paragraphs(LEAD, *BODY), "", "2024-03-12"),
        ('<time datetime="2024-03-12T10:00">Tuesday</time>' + _paragraphs(LEAD, *BODY), "", "2024-03-12"),
        (_paragraphs(LEAD, *BODY), '<div class="related"><time pubdate datetime="2020-01-01">x</time></div>', None),
    ],
)  # fmt: skip
def test_a_date_is_what_the_page_plainly_gives_or_none(
    inside: str, around: str, published: str | None
) -> None:
    assert _read(_page(inside, around=around))[2].published == published


@pytest.mark.parametrize(
    ("inside", "head", "byline"),
    [
        ('<p class="byline">By Ana Ruiz</p>', "", "Ana Ruiz"),
        ('<a rel="author" href="/a">Ana Ruiz</a>', "", "Ana Ruiz"),
        ("", '<meta name="author" content="Ana Ruiz; Tom Day">', "Ana Ruiz and Tom Day"),
        ("", '<meta name="author" content="admin">', None),
        ("", '<meta name="author" content="https://social.example/ana">', None),
        (
            '<div class="related-card"><h4>Ferry to stop</h4><span class="author">Edda Kroll</span></div>',
            "",
            None,
        ),
        ('<a href="/1"><h4>Ferry to stop</h4><span class="author">Edda Kroll</span></a>', "", None),
    ],
)
def test_an_author_is_what_the_page_plainly_gives_or_none(inside: str, head: str, byline: str | None) -> None:
    assert _read(_page(inside + _paragraphs(LEAD, *BODY), head))[2].byline == byline


def test_links_lead_where_they_stand_also_after_numbers_and_over_blocks() -> None:
    items, _, _ = extract(
        _page(
            _paragraphs(LEAD, *BODY[:2])
            + "<ol><li>The <a href='/fund'>harbour fund</a> is counted again</li></ol>"
            + _paragraphs(*BODY[2:])
        ),
        "https://tideline.example/a",
    )
    item = next(item for item in items if isinstance(item, Draft) and item.kind == "list_item")
    assert [(item.text[link.start : link.end], link.url) for link in item.links] == [
        ("harbour fund", "https://tideline.example/fund")
    ]


def test_code_inside_a_sentence_is_a_word_of_it() -> None:
    inside = _paragraphs(
        LEAD,
        "The <code>first_word</code> function has a parameter of type <code>&amp;String</code>, which it does not own.",
        "It returns the <code>length</code> of the string where there is no <code>space</code> in it at all.",
        *BODY,
    )
    blocks, _, _ = _read(_page(inside))
    assert [text for _, text in blocks[2:4]] == [
        "The first_word function has a parameter of type &String, which it does not own.",
        "It returns the length of the string where there is no space in it at all.",
    ]
    assert len(blocks) == 8


def test_a_heading_keeps_its_words_whatever_its_id_says_and_its_link_to_itself_is_none() -> None:
    heading = (
        '<h2 id="comments"><a class="header" href="#comments">Comments</a><a href="#comments">#</a></h2>'
    )
    blocks, _, _ = _read(_page(_paragraphs(LEAD, *BODY[:2]) + heading + _paragraphs(*BODY[2:])))
    assert ("heading", "Comments") in blocks


@pytest.mark.parametrize(
    ("whole", "heads", "title"),
    [
        (
            "Audit finds hole - The Tideline",
            "<h1>The Tideline</h1><h2>Audit finds hole</h2>",
            "Audit finds hole",
        ),
        (
            "The Tideline - Audit finds hole",
            "<h1>The Tideline</h1><h1>Audit finds hole</h1>",
            "Audit finds hole",
        ),
        ("Audit - The Tideline", "<h1>The Tideline</h1><h1>Audit finds a hole</h1>", "Audit finds a hole"),
        ("Audit finds hole | The Tideline", "", "Audit finds hole"),
        (
            "The Tideline: Audit finds hole",
            "<h1>The Tideline</h1><h3>Audit finds hole</h3>",
            "Audit finds hole",
        ),
    ],
)
def test_the_title_is_the_article_s_and_not_the_site_s(whole: str, heads: str, title: str) -> None:
    page = f"<html><head><title>{whole}</title></head><body>{heads}{_paragraphs(LEAD, *BODY)}</body></html>"
    assert _read(page)[2].title == title


def test_a_header_that_holds_the_title_is_the_article_s() -> None:
    standfirst = "Nine million counted twice"
    page = (
        f"<html><head><title>Audit finds hole</title></head><body><header><a href='/'>The Tideline</a></header>"
        f"<div><header><h1>Audit finds hole</h1><span>{standfirst}</span></header>{_paragraphs(LEAD, *BODY)}</div></body></html>"
    )
    texts = [text for _, text in _read(page)[0]]
    assert texts[0] == "Audit finds hole"
    assert "The Tideline" not in texts


def test_a_caption_without_its_element_is_no_paragraph() -> None:
    picture = '<div class="lead-image"><img src="a.jpg"><div class="image-credit">{}</div></div>'
    credit = "Siv Malm on the steps of the school on Sunday evening, in a picture that Tom Day took for us."
    blocks, _, _ = _read(_page(picture.format(credit) + _paragraphs(LEAD, *BODY)))
    assert ("paragraph", credit) not in blocks


def test_a_list_of_links_that_the_text_leads_up_to_stays() -> None:
    links = "".join(
        f'<li><a href="/{name}">The letter of {name} to the council</a></li>' for name in ("Tolm", "Brill")
    )
    lead = "<p>These are the letters that the board of the harbour has answered so far this year:</p>"
    inside = _paragraphs(LEAD, *BODY[:2]) + f"{lead}<ul>{links}</ul>" + _paragraphs(*BODY[2:])
    blocks, _, _ = _read(_page(inside))
    assert ("list_item", "The letter of Tolm to the council") in blocks
    related = _paragraphs(LEAD, *BODY[:2]) + f"<ul>{links}</ul>" + _paragraphs(*BODY[2:])
    assert ("list_item", "The letter of Tolm to the council") not in _read(_page(related))[0]


_TAGS = ("div", "p", "h1", "h2", "ul", "ol", "li", "blockquote", "cite", "a", "span", "section", "article", "aside",
         "nav", "footer", "header", "figure", "figcaption", "pre", "code", "table", "tr", "td", "th", "form", "b", "sup",
         "time", "main", "br")  # fmt: skip
_CLASSES = (
    "",
    "tweet",
    "related",
    "pull-quote",
    "byline",
    "comments",
    "standfirst",
    "caption",
    "author-name",
)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, name, inner: f'<{tag} class="{name}" href="/x">{" ".join(inner)}</{tag}>',
        st.sampled_from(_TAGS),
        st.sampled_from(_CLASSES),
        st.lists(children, max_size=4),
    )


_WORDS = st.lists(
    st.sampled_from(("W", "W W W W W W W W W W W W.", "W: W", "12:30 W", "@W W")), min_size=1
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.recursive(_WORDS, _element, max_leaves=20), min_size=1, max_size=6))
def test_every_word_of_a_page_is_kept_or_removed_and_links_lie_on_words(parts: list[str]) -> None:
    numbers = iter(range(100_000))
    body = re.sub(r"\bW\b", lambda _: f"word{next(numbers)}x", "".join(parts))
    items, _, _ = extract(f"<html><body>{body}</body></html>", "https://a.example/")
    said = "\n".join(item.text for item in items)
    assert [word for word in re.findall(r"word\d+x", body) if word not in said] == []
    for item in items:
        for link in item.links if isinstance(item, Draft) else ():
            assert 0 <= link.start < link.end <= len(item.text)
            assert item.text[link.start : link.end] == item.text[link.start : link.end].strip()


@pytest.mark.parametrize(
    ("heading", "comments"),
    [
        ("Readers’ comments", True),
        ("12 Comments", True),
        ("Comments (3)", True),
        ("Comments from the mayor", False),
    ],
)
def test_readers_comments_begin_at_their_heading(heading: str, comments: bool) -> None:
    comment = "I have paid for this wall three times over and have yet to see a single stone of it."
    page = f"<html><body><h1>Audit</h1>{_paragraphs(LEAD, *BODY)}<h2>{heading}</h2><div><b>Dave</b> wrote:{_paragraphs(comment)}</div></body></html>"
    texts = [text for _, text in _read(page)[0]]
    assert texts[:6] == ["Audit", LEAD, *BODY]
    assert (comment in texts) is not comments
