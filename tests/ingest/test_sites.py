"""Rules for single sites: the user says where the article is, and the page is read that way."""

# ruff: noqa: E501 - markup reads best on one line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from reader.commands.group import main
from reader.ingest import read
from reader.settings.settings import sites_folder

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<html lang="en"><head><title>Tide tables</title><link rel="canonical" href="https://www.tideline.example/a">
</head><body><h1>Tide tables</h1><div class="who">Ana Ruiz</div><i class="when">12 March 2024</i>
<ul class="tides"><li>High at four</li><li>Low at ten</li><li class="ad">Buy a boat</li></ul>
<div class="essay"><p>The harbour wall will be rebuilt by 2026, the council said on Tuesday, after a storm.</p>
<p>The work will cost 12 million, most of it borrowed from the bank, said the mayor in a statement.</p></div>
</body></html>"""
RULES = 'body = "ul.tides"\nremove = [".ad"]\nauthor = ".who"\ndate = "i.when"\n'


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    sites_folder().mkdir(parents=True)
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return str(path)


def _texts(page: str) -> list[str]:
    article = read(page)
    return [article.text[block.start : block.end] for block in article.blocks]


@pytest.mark.parametrize("name", ["www.tideline.example.toml", "tideline.example.toml"])
def test_the_rules_of_a_site_say_what_its_article_is(page: str, name: str) -> None:
    (sites_folder() / name).write_text(RULES)
    article = read(page)
    assert _texts(page) == ["Tide tables", "High at four", "Low at ten"]
    assert (article.title, article.byline, article.published) == ("Tide tables", "Ana Ruiz", "2024-03-12")
    assert ("Buy a boat", "rule for this site") in [(line.text, line.reason) for line in article.removed]
    assert article.notices == ()


def test_rules_of_another_site_do_not_count(page: str) -> None:
    (sites_folder() / "other.example.toml").write_text(RULES)
    assert any("harbour wall" in text for text in _texts(page))


def test_what_the_rules_remove_is_gone_without_a_body_too(page: str) -> None:
    (sites_folder() / "tideline.example.toml").write_text('remove = ".essay p:first-child"')
    assert not any("harbour wall" in text for text in _texts(page))
    assert any("The work will cost" in text for text in _texts(page))


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("body = ", "cannot be used"),
        ('body = "p:::"', "no CSS selector"),
        ("body = 3", "must be a CSS selector"),
        ('bodies = "p"', "'bodies' is no rule"),
        ('body = ".no-such"', "find no article on this page"),
    ],
)
def test_rules_that_cannot_be_followed_are_a_notice(page: str, rules: str, says: str) -> None:
    (sites_folder() / "tideline.example.toml").write_text(rules)
    article = read(page)
    assert any(says in notice for notice in article.notices)
    assert "The harbour wall will be rebuilt" in article.text


def test_rules_are_tried_on_the_command_line(page: str) -> None:
    run = CliRunner().invoke(main, ["clean", "--site-rules", page])
    assert run.output.startswith("No rules for www.tideline.example. They would be in ")
    (sites_folder() / "tideline.example.toml").write_text(RULES)
    lines = CliRunner().invoke(main, ["clean", "--site-rules", page]).output.splitlines()
    assert lines[0].startswith("Rules for www.tideline.example: ")
    assert lines[1] == "body: ul.tides: 1 found: High at fourLow at tenBuy a boat"
    assert lines[3] == "author: .who: 1 found: Ana Ruiz"


def test_what_is_no_page_cannot_be_tried(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    run = CliRunner().invoke(main, ["clean", "--site-rules", str(tmp_path / "a.txt")])
    assert run.exit_code == 3
    assert "is no web page" in run.output
