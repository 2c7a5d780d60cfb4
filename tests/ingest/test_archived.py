"""One article per line, as archives hold them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.archived import article_from_line
from reader.model.errors import SourceError

TEXT = "Mary Lee, the mayor, said on Monday: “The bridge will hold.” Nobody asked for how long.\n\n" * 3


def test_text_with_what_is_known_of_it() -> None:
    article = article_from_line(
        json.dumps(
            {
                "text": TEXT,
                "title": "Mayor opens bridge",
                "byline": "Ana Ruiz",
                "published": "2024-03-05T10:00:00Z",
                "site": "The \u202eHerald",
                "url": "https://news.example/bridge?utm_source=x",
                "id": 17,
            }
        ).encode(),
        source="a.jsonl:7",
    )
    assert article.text.startswith("Mayor opens bridge\n\nMary Lee")
    assert (article.title, article.byline, article.site) == ("Mayor opens bridge", "Ana Ruiz", "The Herald")
    assert article.published is not None
    assert article.published.startswith("2024-03-05")
    assert (article.source, article.document) == ("a.jsonl:7", "https://news.example/bridge")


def test_a_title_that_the_text_begins_with_stands_there_once() -> None:
    article = article_from_line(
        json.dumps({"text": f"Mayor  opens bridge\n\n{TEXT}", "title": "Mayor opens bridge"}).encode(),
        source="x",
    )
    assert article.text.count("opens bridge") == 1


def test_raw_text_is_kept_character_for_character() -> None:
    text = "  Two\tspaces \n\n\n“Said” he. "
    line = json.dumps({"text": text, "title": "A title"}).encode()
    assert article_from_line(line, source="x", raw=True).text == text


def test_pages_are_read_as_pages() -> None:
    body = "".join(f"<p>{line} It was said in paragraph {n}.</p>" for n, line in enumerate([TEXT[:80]] * 6))
    html = f"<html><body><nav>Home</nav><article><h1>Mayor opens bridge</h1>{body}</article></body></html>"
    article = article_from_line(json.dumps({"html": html}).encode(), source="x")
    assert "Mary Lee" in article.text
    assert "<p>" not in article.text


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"{}",
        b'{"text": 3}',
        b'{"text": " "}',
        b'{"html": ""}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_line_without_an_article_says_so(line: bytes) -> None:
    with pytest.raises(SourceError, match=r"a.jsonl:7 (is no JSON|holds no text)"):
        article_from_line(line, source="a.jsonl:7")


@given(
    st.dictionaries(
        st.sampled_from("text html title byline published site url".split()),
        st.none() | st.text("aZ9 <>/p&;:\n\x1b\u202e\ud800“”", max_size=40),
    )
)
def test_whatever_a_line_holds_it_is_an_article_or_none(fields: dict[str, str | None]) -> None:
    try:
        article = article_from_line(json.dumps(fields).encode(), source="a.jsonl:7")
    except SourceError:
        return
    assert article.source == "a.jsonl:7"
    assert all(0 <= block.start <= block.end <= len(article.text) for block in article.blocks)
