"""ANSI text and SVG: wrapping, colours, shape."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rich.cells import cell_len

from reader.export.options import Options
from reader.export.registry import render
from reader.export.view import ExportView
from reader.export.wrapping import lines
from reader.model.analysis import Analysis
from reader.model.article import Article, Block
from reader.settings.theme import load_themes
from reader.text.safety import shown

from .hostile import analysed_articles


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def ansi(article: Article, analysis: Analysis, **options: Any) -> str:
    return render("ansi", article, analysis, Options(**options)).decode()


def test_bars_marks_and_notes(article: Article, analysis: Analysis) -> None:
    text = ansi(article, analysis, width=60)
    assert "  \x1b[4;32mPort Ellery\x1b[0m’s council" in text
    assert "\x1b[33m▌\x1b[0m “It is a gamble,” " in text
    assert "    — Ana Ruiz · said · ¶1 · 98% sure" in text
    assert max(cell_len(line) for line in plain(text).splitlines()) <= 60


def test_a_theme_gives_its_own_colours(article: Article, analysis: Analysis) -> None:
    assert "38;2;130;189;255m" in ansi(article, analysis, theme=load_themes()["dark"])


def test_quotations_alone_and_entities_alone(article: Article, analysis: Analysis) -> None:
    assert plain(ansi(article, analysis, only="quotations")).count("— ") == 5
    assert "  Ana Ruiz 2 mentions" in plain(ansi(article, analysis, only="entities"))


@given(st.text(st.sampled_from("ab日本é \n\t👩‍🚒e\u0301"), max_size=60), st.integers(2, 30))
def test_lines_fit_and_lose_nothing_but_white_space(text: str, width: int) -> None:
    view = ExportView(Article(text, (Block("paragraph", 0, len(text)),)), Analysis(), Options())
    for passage in view.passages:
        wrapped = ["".join(segment.text for segment in line) for line in lines(view, passage, width)]
        assert "".join("".join(wrapped).split()) == "".join(shown(text).split())
        assert all(cell_len(line) <= width for line in wrapped)


def test_svg_text_reads_in_order_and_stays_inside(article: Article, analysis: Analysis) -> None:
    tree = etree.fromstring(render("svg", article, analysis, Options()))
    texts = tree.findall("{*}text")
    assert "".join("".join(t.text.split()) for t in texts).startswith(
        "HARBOURWIREHarbourplan“agamble”,saysmayor"
    )
    width, height = float(tree.get("width")), float(tree.get("height"))
    for text in texts:
        assert float(text.get("x")) + float(text.get("textLength")) <= width
        assert 0 < float(text.get("y")) <= height


@pytest.mark.parametrize("only", ["quotations", "entities"])
def test_svg_of_findings_alone(article: Article, analysis: Analysis, only: Any) -> None:
    text = "".join(etree.fromstring(render("svg", article, analysis, Options(only=only))).itertext())
    assert "council backed" not in text
    assert ("“It is a gamble,”" in text) == (only == "quotations")


def test_svg_is_dark_with_a_dark_theme(article: Article, analysis: Analysis) -> None:
    theme = load_themes()["midnight"]
    assert theme.background in render("svg", article, analysis, Options(theme=theme)).decode()


@given(analysed_articles())
def test_svg_keeps_hostile_text_inside(result: tuple[Article, Analysis]) -> None:
    tree = etree.fromstring(render("svg", *result, Options()))
    for text in tree.findall("{*}text"):
        assert float(text.get("x")) + float(text.get("textLength")) <= float(tree.get("width"))
