"""The list of formats and what every one of them keeps to."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from reader.export.options import Options
from reader.export.registry import FORMATS, companions, find, parts, render, write_many
from reader.model.analysis import Analysis
from reader.model.article import Article
from reader.model.errors import ExportError


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_a_full_and_an_empty_article(
    name: str, article: Article, analysis: Analysis
) -> None:
    assert render(name, article, analysis, Options())
    assert isinstance(render(name, Article(""), Analysis(), Options()), bytes)
    format_ = FORMATS[name]
    assert format_.name == name
    assert format_.suffix.startswith(".")
    if not format_.binary:
        render(name, article, analysis, Options()).decode()


@pytest.mark.parametrize("name", [name for name, format_ in FORMATS.items() if format_.many])
def test_formats_for_many_hold_none_one_and_several(name: str, article: Article, analysis: Analysis) -> None:
    sizes = []
    for number in range(3):
        stream = io.BytesIO()
        write_many(name, [(article, analysis)] * number, stream, Options())
        sizes.append(len(stream.getvalue()))
    assert sizes[0] < sizes[1] < sizes[2]


def test_an_unknown_format_is_answered_with_those_there_are() -> None:
    with pytest.raises(ExportError) as error:
        find("htlm")
    assert "Did you mean html?" in error.value.hint
    assert "docbin" in error.value.hint


def test_a_format_for_one_article_refuses_many(article: Article, analysis: Analysis) -> None:
    with pytest.raises(ExportError) as error:
        write_many("html", [(article, analysis)], io.BytesIO(), Options())
    assert "jsonl" in error.value.hint


def test_parts_and_companions(article: Article, analysis: Analysis) -> None:
    assert set(parts("brat", article, analysis, Options())) == {".txt", ".ann"}
    assert set(parts("html", article, analysis, Options())) == {".html"}
    assert set(companions("brat")) == {"annotation.conf"}
    assert companions("html") == {}


def test_listing_the_formats_imports_none_of_them() -> None:
    code = (
        "import sys, reader.export.registry\n"
        "heavy = {'spacy', 'docx', 'textual', 'rich', 'reader.export.html', 'reader.settings.theme'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"
