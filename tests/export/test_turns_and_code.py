"""Turns of interviews, blocks of code and speakers' roles, in every format that shows them."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from reader.export.options import Options
from reader.export.registry import FORMATS, render
from reader.model.analysis import Analysis, Entity, Mention, Quotation, Speaker
from reader.model.article import Article, Block

CODE = "    if closed:\n        return  # </pre> ``` *x*"
TEXT = f"Ana Ruiz: We wait for the ferry.\n\n{CODE}"
ARTICLE = Article(TEXT, (Block("paragraph", 0, 32), Block("code", 34, len(TEXT))), title="An interview")
ANALYSIS = Analysis(
    (Entity("e0", "PERSON", "Ana Ruiz", (), (Mention(0, 8),)),),
    (
        Quotation(
            "q10",
            "turn",
            10,
            32,
            None,
            Speaker(0, 8, "e0", "Ana Ruiz", "the mayor"),
            0.97,
            "label of a turn",
        ),
    ),
)


def rendered(name: str) -> str:
    return render(name, ARTICLE, ANALYSIS, Options()).decode("utf-8", "replace")


@pytest.mark.parametrize("name", ["html", "markdown", "ansi", "text"])
def test_code_keeps_its_lines_and_its_indentation(name: str) -> None:
    text = rendered(name).replace("&lt;", "<").replace("&gt;", ">")
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if "if closed:" in line)
    inner, outer = lines[first + 1], lines[first].replace('<pre class="text"><code>', "")
    assert inner.index("return  # </pre> ``` *x*") - outer.index("if closed:") == 4 or name == "html"


def test_nothing_in_code_ends_it() -> None:
    assert "````\n    if closed:" in rendered("markdown")
    assert "# &lt;/pre&gt; ```" in rendered("html")


def test_a_turn_says_that_it_is_one() -> None:
    assert json.loads(rendered("json"))["quotations"][0]["kind"] == "turn"
    assert next(csv.DictReader(io.StringIO(rendered("csv"))))["kind"] == "turn"
    archive = zipfile.ZipFile(io.BytesIO(render("brat", ARTICLE, ANALYSIS, Options())))
    assert "direct|partial|turn" in archive.read("annotation.conf").decode()
    assert "turn quotation" in rendered("webannotation")


@pytest.mark.parametrize("name", ["html", "markdown", "ansi", "svg", "json", "jsonl", "csv", "webannotation"])
def test_the_role_stands_beside_the_speaker(name: str) -> None:
    assert "the mayor" in rendered(name)


def test_every_format_takes_them() -> None:
    for name in FORMATS:
        assert render(name, ARTICLE, ANALYSIS, Options())


def test_most_formats_are_not_for_most_readers() -> None:
    usual = [format_ for format_ in FORMATS.values() if format_.usual]
    assert {format_.purpose for format_ in usual} == {"read", "compute", "cite"}
    assert len(usual) < len(FORMATS) / 2
