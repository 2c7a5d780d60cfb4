"""CSV tables and the edge list."""

from __future__ import annotations

import csv
import io
from typing import Any

from reader.export.options import Options
from reader.export.registry import render, write_many
from reader.export.table import line
from reader.model.analysis import Analysis, Entity, Mention, Quotation, Speaker
from reader.model.article import Article


def rows(name: str, article: Article, analysis: Analysis, **options: Any) -> list[dict[str, str]]:
    text = render(name, article, analysis, Options(**options)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_quotations(article: Article, analysis: Analysis) -> None:
    found = rows("csv", article, analysis)
    first = found[1]
    assert article.text[int(first["start"]) : int(first["end"])] == first["quotation"] == "“It is a gamble,”"
    assert first["speaker"] == "Ana Ruiz"
    assert first["speaker_words"] == "Mayor Ana Ruiz"
    assert first["speaker_entity"] == "e2"
    assert article.text[int(first["cue_start"]) : int(first["cue_end"])] == first["cue"] == "said"
    assert (first["confidence"], first["evidence"], first["paragraph"]) == ("0.981", "subject of cue", "1")
    assert found[0]["speaker"] == ""


def test_entities(article: Article, analysis: Analysis) -> None:
    found = rows("csv-entities", article, analysis)
    assert [(r["name"], r["type"], r["aliases"], r["mentions"], r["quotations"]) for r in found[:2]] == [
        ("Port Ellery", "PLACE", "", "1", "0"),
        ("Ana Ruiz", "PERSON", "Ruiz", "2", "2"),
    ]


def test_mentions_in_text_order_with_their_surroundings(article: Article, analysis: Analysis) -> None:
    found = rows("csv-mentions", article, analysis)
    assert [r["mention"] for r in found] == ["Port Ellery", "Ana Ruiz", "Harbour Trust", "fisherman", "Ruiz"]
    assert all(article.text[int(r["start"]) : int(r["end"])] == r["mention"] for r in found)
    assert found[1]["before"].endswith("Mayor")
    assert found[1]["after"].startswith("said.")


def test_a_selection_keeps_offsets_into_the_whole_text(article: Article, analysis: Analysis) -> None:
    quotation = analysis.quotations[2]
    found = rows("csv", article, analysis, selection=(quotation.start, quotation.end))
    assert [(int(r["start"]), r["speaker"]) for r in found] == [(quotation.start, "Ana Ruiz")]


def test_no_cell_is_a_formula() -> None:
    words = ["=1+1", "+1", "-1", "@a", "\t=1", "\r\n-1", "＝1", "fine=1"]
    (row,) = csv.reader(io.StringIO(line([*words, -1, 0.5, None]).decode(), newline=""))
    assert row == ["'=1+1", "'+1", "'-1", "'@a", "'=1", "'-1", "'＝1", "fine=1", "-1", "0.5", ""]


def test_several_articles_share_one_header(article: Article, analysis: Analysis) -> None:
    stream = io.BytesIO()
    write_many("csv", [(article, analysis)] * 3, stream, Options())
    assert stream.getvalue().count(b"source,article_id") == 1
    assert stream.getvalue().count(b"\r\n") == 1 + 3 * 5


def test_edges(article: Article, analysis: Analysis) -> None:
    found = rows("edges", article, analysis)
    assert [(r["Source"], r["Relation"], r["Target"], r["Weight"], r["Confidence"]) for r in found] == [
        ("Harbour Wire", "quotes", "Ana Ruiz", "2", "0.941"),
        ("Harbour Wire", "quotes", "The Harbour Trust", "1", "0.8"),
    ]


def test_edges_from_speakers_to_those_whom_they_mention() -> None:
    text = "“Bo met Cy and Bo,” said Al."
    entities = (
        Entity("e1", "PERSON", "Bo", (), (Mention(1, 3), Mention(15, 17))),
        Entity("e2", "PERSON", "Cy", (), (Mention(8, 10),)),
        Entity("e3", "PERSON", "Al", (), (Mention(25, 27),)),
    )
    quotation = Quotation("q1", "direct", 0, 19, None, Speaker(25, 27, "e3", "Al"), 0.9, "")
    for only in (None, "quotations"):
        found = rows("edges", Article(text, source="a.txt"), Analysis(entities, (quotation,)), only=only)
        assert [(r["Source"], r["Relation"], r["Target"], r["Weight"]) for r in found] == [
            ("a.txt", "quotes", "Al", "1"),
            ("Al", "mentions", "Bo", "2"),
            ("Al", "mentions", "Cy", "1"),
        ]
