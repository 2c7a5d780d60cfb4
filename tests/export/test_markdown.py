"""Markdown output, read by an independent CommonMark parser with the usual extensions."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from reader.export.options import Options
from reader.export.registry import render
from reader.export.view import ExportView
from reader.model.analysis import Analysis, Entity, Mention
from reader.model.article import Article, Block
from reader.text.safety import web_address

from .hostile import analysed_articles

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


def exported(article: Article, analysis: Analysis, **options: Any) -> str:
    return render("markdown", article, analysis, Options(**options)).decode()


def test_marks_notes_and_blocks(article: Article, analysis: Analysis) -> None:
    text = exported(article, analysis)
    assert text.startswith("# Harbour plan “a gamble”[^1], says mayor\n\nJo Lind · 4 March 2024")
    assert (
        "==Port Ellery==’s council backed the [harbour plan on](<https://wire.example/plan>) Monday." in text
    )
    assert "\n\n- The ==Harbour Trust== called it “reckless”[^4].\n\n> “Nobody" in text
    assert "[^2]: Ana Ruiz · said · ¶1 · 98% sure · subject of cue\n" in text
    assert "## People\n\n- **Ana Ruiz** (also Ruiz): 2 mentions" in text
    assert "**Port Ellery**’s council" in exported(article, analysis, marks="bold")


def test_a_parser_finds_the_footnotes(article: Article, analysis: Analysis) -> None:
    page = PARSER.render(exported(article, analysis))
    assert page.count('class="footnote-item"') == 5
    assert page.count('class="footnote-ref"') == 5


def test_quotations_alone(article: Article, analysis: Analysis) -> None:
    text = exported(article, analysis, only="quotations")
    assert "> “It is a gamble,”\n>\n> — Ana Ruiz · said · ¶1 · 98% sure\n" in text
    assert "council backed" not in text


def test_entities_alone(article: Article, analysis: Analysis) -> None:
    text = exported(article, analysis, only="entities")
    assert "## Organisations\n\n- **The Harbour Trust** (also Harbour Trust): 1 mention\n" in text
    assert "gamble,”" not in text


def test_bold_that_no_parser_would_see_is_not_written() -> None:
    entity = Entity("e1", "PLACE", "the U.S.", (), (Mention(1, 5),))
    text = exported(Article("xU.S.y"), Analysis((entity,)), marks="bold")
    assert "\n\nxU.S.y\n" in text


def _words(tokens: Any) -> list[str]:
    """Every text that a reader would see, and no link target that is not ours."""
    found = []
    for token in tokens:
        assert token.type not in (
            "html_block",
            "html_inline",
            "image",
            "code_block",
            "code_inline",
            "table_open",
            "hr",
        )
        if token.type == "fence":  # a block of code
            found.append(token.content)
        if token.type == "link_open":
            assert web_address(token.attrs["href"]), token.attrs
        if token.type == "text":
            found.append(token.content)
        elif token.type == "softbreak":
            found.append(" ")
        found += _words(token.children or ())
    return found


@given(analysed_articles())
def test_hostile_text_reads_as_itself(result: tuple[Article, Analysis]) -> None:
    article, analysis = result
    view = ExportView(article, analysis, Options())
    tokens = PARSER.parse(exported(article, analysis, marks="bold"))
    seen = "".join("".join(_words(tokens)).split())
    for passage in view.passages:
        for run in view.runs(passage):
            assert "".join(view.text[run.start : run.end].split()) in seen


@given(analysed_articles())
def test_hostile_text_makes_no_heading_or_list(result: tuple[Article, Analysis]) -> None:
    article, _ = result
    flat = Article(article.text, tuple(Block("paragraph", b.start, b.end) for b in article.blocks))
    tokens = PARSER.parse(exported(flat, Analysis()))
    assert [token.type for token in tokens].count("heading_open") == 1
    assert not {"bullet_list_open", "ordered_list_open", "blockquote_open"} & {token.type for token in tokens}
