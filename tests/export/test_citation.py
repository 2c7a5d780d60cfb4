"""Citations, CSL-JSON and BibTeX; the last read back by bibtexparser."""

from __future__ import annotations

import io
import json
from typing import Any

import bibtexparser
import pytest
from hypothesis import given

from reader.export.citation import article_citation, citation, quotation_citation
from reader.export.options import Options
from reader.export.registry import render, write_many
from reader.index import Index
from reader.model.analysis import Analysis, Quotation, Speaker
from reader.model.article import Article
from reader.text.dates import long_date

from .hostile import analysed_articles


def test_a_quotation_with_its_citation(article: Article, analysis: Analysis) -> None:
    assert quotation_citation(Index(article, analysis), analysis.quotations[1], accessed="2024-05-06") == (
        "“It is a gamble,”\n"
        "— Ana Ruiz, quoted in Jo Lind, “Harbour plan ‘a gamble’, says mayor”, Harbour Wire, 4 March 2024, "
        "https://wire.example/harbour?id=1&x=%282%29, accessed 6 May 2024."
    )


def test_a_quotation_whose_speaker_is_not_known(article: Article, analysis: Analysis) -> None:
    assert "\n— no speaker given, quoted in " in quotation_citation(
        Index(article, analysis), analysis.quotations[0]
    )


def test_what_is_not_known_is_left_out() -> None:
    assert article_citation(Article("x", source="/tmp/a.txt")) == "“Untitled article”."
    quotation = Quotation("q1", "direct", 0, 1, None, Speaker(0, 1, None, None), 0.5, "")
    text = quotation_citation(Index(Article("x\x1b", title="T"), Analysis((), (quotation,))), quotation)
    assert text == "x\n— “x”, quoted in “T”."


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jo Lind", [("Jo", "Lind")]),
        ("Jo Lind and Max Ode", [("Jo", "Lind"), ("Max", "Ode")]),
        ("Ana de la Cruz, Political Editor", [("Ana", "de la Cruz")]),
        ("Ludwig van Beethoven", [("Ludwig", "van Beethoven")]),
        ("Martin King, Jr; Wu", [("Martin", "King Jr"), ("", "Wu")]),
        ("Harbour Wire Staff", [("", "Harbour Wire Staff")]),
        ("", []),
    ],
)
def test_bylines(byline: str, authors: Any) -> None:
    found = citation(Article("x", byline=byline)).authors
    assert [(author.given, author.family) for author in found] == authors


@pytest.mark.parametrize(
    ("given_", "date", "shown"),
    [
        ("2024-03-04T09:30:00Z", (2024, 3, 4), "4 March 2024"),
        ("2024-03", (2024, 3), "March 2024"),
        ("2024", (2024,), "2024"),
        ("2024-13-01", (2024,), "2024"),
        ("last Monday", (), None),
        ("20240304", (), None),
    ],
)
def test_dates(given_: str, date: tuple[int, ...], shown: str) -> None:
    assert citation(Article("x", published=given_)).date == date
    assert shown is None or long_date(date) == shown


def test_csl(article: Article, analysis: Analysis) -> None:
    (item,) = json.loads(render("csl", article, analysis, Options(accessed="2024-05-06")))
    assert item == {
        "id": "lind2024harbour-" + article.id[:6],
        "type": "article-newspaper",
        "title": "Harbour plan “a gamble”, says mayor",
        "author": [{"family": "Lind", "given": "Jo"}],
        "container-title": "Harbour Wire",
        "issued": {"date-parts": [[2024, 3, 4]]},
        "URL": "https://wire.example/harbour?id=1&x=%282%29",
        "accessed": {"date-parts": [[2024, 5, 6]]},
        "language": "en",
    }


def test_csl_of_none_and_of_several(article: Article, analysis: Analysis) -> None:
    for number in (0, 1, 3):
        stream = io.BytesIO()
        write_many("csl", [(article, analysis)] * number, stream, Options())
        assert len(json.loads(stream.getvalue())) == number


def _parsed(content: bytes) -> list[dict[str, str]]:
    parser = bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False)
    entries: list[dict[str, str]] = bibtexparser.loads(content.decode(), parser).entries
    return entries


def test_bibtex(article: Article, analysis: Analysis) -> None:
    (entry,) = _parsed(render("bibtex", article, analysis, Options(accessed="2024-05-06")))
    assert entry["ENTRYTYPE"] == "online"
    assert entry["title"] == "{Harbour plan “a gamble”, says mayor}"
    assert entry["author"] == "Lind, Jo"
    assert entry["date"] == "2024-03-04"
    assert entry["url"] == "https://wire.example/harbour?id=1&x=%282%29"
    assert entry["urldate"] == "2024-05-06"


@given(analysed_articles())
def test_hostile_metadata_makes_one_entry_with_our_fields(result: tuple[Article, Analysis]) -> None:
    content = render("bibtex", *result, Options())
    (entry,) = _parsed(content)
    known = {"ENTRYTYPE", "ID", "title", "author", "organization", "date", "year", "url", "langid"}
    assert set(entry) <= known
    depth = 0
    for character in content.decode():
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    (item,) = json.loads(render("csl", *result, Options()))
    assert "<" not in json.dumps(item["title"])
