"""Parquet, read back by pyarrow."""

import io
from typing import Any

import pytest

from reader.export.options import Options
from reader.export.registry import render, write_many
from reader.model.analysis import Analysis
from reader.model.article import Article
from tests.export.test_documentation import TEXT

parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra: pip install 'onrecord[parquet]'")


def read(content: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(content)).to_pylist()
    return rows


def test_the_same_findings_come_back(article: Article, analysis: Analysis) -> None:
    (row,) = read(render("parquet", article, analysis, Options()))
    assert (row["id"], row["text"], row["words"]) == (article.id, article.text, article.word_count)
    assert [(each["id"], each["name"], len(each["mentions"])) for each in row["entities"]] == [
        (each.id, each.name, len(each.mentions)) for each in analysis.entities
    ]
    for found, quotation in zip(row["quotations"], analysis.quotations, strict=True):
        assert (found["id"], found["kind"], found["confidence"]) == (
            quotation.id,
            quotation.kind,
            quotation.confidence,
        )
        assert found["text"] == article.text[found["start"] : found["end"]]
        assert found["speaker"] == (quotation.speaker.name if quotation.speaker else None)
        cue = quotation.cue
        assert found["cue"] == (article.text[cue.start : cue.end] if cue else None)


def test_columns_are_those_that_are_documented(article: Article, analysis: Analysis) -> None:
    columns = " ".join(TEXT.split("## Columns\n")[1].split())
    (row,) = read(render("parquet", article, analysis, Options()))
    assert f"`parquet`: {', '.join(row)} (its fingerprint)." in columns
    assert f"`entities` is a list of ({', '.join(row['entities'][0])})" in columns
    assert f"`quotations` one of ({', '.join(row['quotations'][0])})" in columns


def test_many_groups_of_rows_and_what_acts_on_a_terminal() -> None:
    stream = io.BytesIO()
    write_many(
        "parquet",
        ((Article(f"Number {n} \x1b[2J\u202e\ud800"), Analysis()) for n in range(1100)),
        stream,
        Options(),
    )
    rows = read(stream.getvalue())
    assert [row["text"].split()[1] for row in rows] == [str(n) for n in range(1100)]
    assert not {"\x1b", "\u202e"} & set(rows[0]["text"])
    assert len(rows[0]["text"]) == len("Number 0 \x1b[2J\u202e\ud800")
