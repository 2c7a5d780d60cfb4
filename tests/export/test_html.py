"""The web page: structure, links, policy. What it looks like in a browser: benchmarks/export_page.py."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html as lxml_html

from reader.export.options import Options
from reader.export.palette import colours
from reader.export.registry import render
from reader.model.analysis import Analysis, Cue, Entity, Mention, Quotation, Speaker
from reader.model.article import Article, Block
from reader.settings.colour import contrast
from reader.settings.theme import Theme, load_themes


def page(article: Article, analysis: Analysis, **options: Any) -> Any:
    return lxml_html.document_fromstring(render("html", article, analysis, Options(**options)))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_link_in_the_page_leads_somewhere(article: Article, analysis: Analysis) -> None:
    tree = page(article, analysis)
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    targets = [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")]
    assert set(targets) <= set(identifiers)
    assert {f"q{number}" for number in range(1, 6)} <= set(targets)


def test_the_policy_allows_our_style_and_script_by_hash_alone(article: Article, analysis: Analysis) -> None:
    content = render("html", article, analysis, Options()).decode()
    policy = lxml_html.document_fromstring(content).xpath(
        '//meta[@http-equiv="Content-Security-Policy"]/@content'
    )
    for tag in ("style", "script"):
        (inner,) = re.findall(f"<{tag}>(.*?)</{tag}>", content, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[0]
    assert "default-src 'none'" in policy[0]
    assert " style=" not in content.split("</style>")[1]
    assert not re.search(r"\son\w+=", content.split("</style>")[1].split("<script>")[0])
    assert not re.search(r"(src|srcset|@import|url\()", content.replace("-src", ""))


def test_marks_and_notes(article: Article, analysis: Analysis) -> None:
    tree = page(article, analysis)
    (first,) = tree.xpath('//*[@id="q2"]')
    assert words(first) == "“It is a gamble,”"
    (note,) = tree.xpath('//*[@id="n2"]')
    assert words(note) == "2Ana Ruiz said 98% sure · subject of cue"
    assert note.xpath('.//a[text()="Ana Ruiz"]/@href') == ["#e2"]
    names = [(element.get("class"), words(element)) for element in tree.xpath("//article//a[@title]")]
    assert ("person", "Ana Ruiz") in names
    assert ("place", "Port Ellery") in names
    assert tree.xpath('//article//a[text()="harbour plan on"]/@href') == ["https://wire.example/plan"]


def test_the_kinds_of_block_are_elements(article: Article, analysis: Analysis) -> None:
    tree = page(article, analysis)
    assert words(tree.xpath("//h1")[0]).startswith("Harbour plan “a gamble”")
    assert words(tree.xpath("//article//h2")[0]) == "What comes next"
    assert tree.xpath("//article//ul/li")
    assert tree.xpath("//article//blockquote/p")
    assert words(tree.xpath("//article//figcaption")[0]) == "Ruiz at the quay, 2024"
    assert tree.xpath("//time/@datetime") == ["2024-03-04T09:30:00Z"]


def test_the_words_that_name_a_speaker_are_given_where_they_say_more() -> None:
    text = "“Yes,” she said. Ana Ruiz left."
    entity = Entity("e1", "PERSON", "Ana Ruiz", (), (Mention(17, 25),))
    quotation = Quotation("q1", "direct", 0, 6, Cue(11, 15), Speaker(7, 10, "e1", "Ana Ruiz"), 0.9, "pronoun")
    tree = page(Article(text), Analysis((entity,), (quotation,)))
    assert words(tree.xpath('//*[@id="n1"]')[0]) == "1Ana Ruiz “she” said 90% sure · pronoun"


def test_list_items_that_follow_each_other_are_one_list() -> None:
    text = "one\ntwo\nthree"
    blocks = (Block("list_item", 0, 3), Block("list_item", 4, 7), Block("paragraph", 8, 13))
    tree = page(Article(text, blocks), Analysis())
    assert [len(items) for items in tree.xpath("//ul[contains(@class, 'items')]")] == [2]


def test_a_quotation_over_paragraphs_has_one_identifier_one_note_and_one_number() -> None:
    text = "“One.\n\n“Two.”"
    quotation = Quotation("q1", "direct", 0, len(text), None, None, 0.5, "none")
    article = Article(text, (Block("paragraph", 0, 5), Block("paragraph", 7, len(text))))
    tree = page(article, Analysis((), (quotation,)))
    assert len(tree.xpath("//article//q[@data-n='1']")) == 2
    assert len(tree.xpath("//*[@id='q1']")) == len(tree.xpath("//*[@id='n1']")) == 1
    assert len(tree.xpath("//a[@class='ref']")) == 1


def test_quotations_alone_and_entities_alone(article: Article, analysis: Analysis) -> None:
    tree = page(article, analysis, only="quotations")
    assert len(tree.xpath("//figure[@class='quote']")) == 5
    assert "council backed" not in words(tree)
    tree = page(article, analysis, only="entities")
    assert not tree.xpath("//q")
    assert "Ana Ruiz" in words(tree.xpath("//nav")[0])


def test_a_selection(article: Article, analysis: Analysis) -> None:
    start = article.text.index("The Harbour")
    tree = page(article, analysis, selection=(start, start + 40))
    text = words(tree.xpath("//main")[0])
    assert "reckless" in text
    assert "Port Ellery" not in text


def test_an_article_without_anything() -> None:
    tree = page(Article(""), Analysis())
    assert words(tree.xpath("//h1")[0]) == "Untitled article"
    assert not tree.xpath("//nav")


def test_the_title_from_outside_the_text_is_set_once(article: Article) -> None:
    without = replace(article, text="Some words.", blocks=(), links=())
    tree = page(without, Analysis())
    assert [words(heading) for heading in tree.xpath("//h1")] == [article.title]


@pytest.mark.parametrize(
    ("name", "light", "dark"),
    [
        (None, "light", "dark"),
        ("dark", "light", "dark"),
        ("sepia", "sepia", "dark"),
        ("colour-safe-dark", "colour-safe-light", "colour-safe-dark"),
    ],
)
def test_a_theme_colours_one_scheme_and_its_counterpart_the_other(
    article: Article, analysis: Analysis, name: str, light: str, dark: str
) -> None:
    themes = load_themes()
    style = page(article, analysis, theme=themes[name] if name else None).xpath("//style")[0].text
    day, night = style.split("@media (prefers-color-scheme: dark)")
    assert f"--person:{themes[light].hex('person')};" in day
    assert f"--person:{themes[dark].hex('person')};" in night.split("@media print")[0]


@pytest.mark.parametrize(
    "theme", [theme for theme in load_themes().values() if not theme.ansi], ids=lambda t: t.name
)
def test_text_is_legible_on_every_shade_behind_it(theme: Theme) -> None:
    shades = colours(theme)
    least = 7.0 if theme.high_contrast else 4.5
    for role in shades:
        if role.endswith(("-tint", "-strong")) or role == "background":
            assert contrast(shades["text"], shades[role]) >= least, role
    for role in ("muted", "accent", "speaker", "cue"):
        assert contrast(shades[role], shades["background"]) >= least, role
    for role in ("accent", "speaker", "cue"):  # a number or a speaker beside or inside a quotation
        assert contrast(shades[role], shades["quotation-tint"]) >= 3.0, role


def test_a_short_first_line_is_the_title_of_an_article_without_one() -> None:
    text = "A plan for the quay\n\nIt is long."
    tree = page(Article(text), Analysis())
    assert [words(heading) for heading in tree.xpath("//h1")] == ["A plan for the quay"]
    assert [words(paragraph) for paragraph in tree.xpath("//article//p[@dir]")] == ["It is long."]
    tree = page(Article("It is long.\n\nIt goes on."), Analysis())
    assert [words(paragraph) for paragraph in tree.xpath("//article//p[@dir]")] == [
        "It is long.",
        "It goes on.",
    ]
