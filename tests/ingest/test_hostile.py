"""Hostile documents end soon, with text or a clear sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.ingest import dispatch, isolation, read
from reader.ingest.isolation import TooHeavy, isolated
from reader.model.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = (
    "<p>The harbour wall will be rebuilt by 2026, the council said on Tuesday, after a storm broke it.</p>"
)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    f"<html><body>{PARAGRAPH * 3}<p>&d;</p></body></html>"
)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 50_000 + PARAGRAPH * 3 + "</div>" * 50_000,
        "<html><body>" + "<table><tr><td>" * 5_000 + PARAGRAPH * 3,
        "<html><body>" + PARAGRAPH + "<script>" * 20_000,
        "<html><body>" + PARAGRAPH + "<!--" * 50_000,
        "<html><body><p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">" + PARAGRAPH,
        "<html><body>" + "<" * 200_000 + PARAGRAPH,
        BOMB,
    ],
    ids=["nested", "tables", "scripts", "comments", "attributes", "brackets", "entities"],
)
def test_a_hostile_page_still_gives_its_text(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page)
    article = read(str(path))
    assert "The harbour wall will be rebuilt by 2026" in article.text
    assert len(article.text) < 10_000 or "<" in page[200:400]


def test_a_page_that_takes_too_long_is_shown_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "LIGHT_CHARACTERS", 100)
    monkeypatch.setattr(isolation, "TIME_LIMIT", 0.0)
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><nav>Home</nav>{PARAGRAPH * 3}</body></html>")
    article = read(str(path))
    assert article.text.count("The harbour wall") == 3
    assert article.notices == (dispatch.TOO_HEAVY,)


def test_a_page_of_too_many_tags_is_shown_as_text_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("taken apart")

    monkeypatch.setattr(isolation, "isolated", never)
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{PARAGRAPH * 3}{'<br>' * dispatch.MOST_TAGS}</body></html>")
    article = read(str(path))
    assert article.text.count("The harbour wall") == 3
    assert article.notices == (dispatch.TOO_HEAVY,)


def test_a_heavy_page_is_read_in_its_own_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Walls</title></head><body><article>"
        f"{PARAGRAPH * 3}<p>See <a href='https://a.example/'>this place</a> and what else is there today.</p>"
        "</article></body></html>"
    )
    light = read(str(path))
    monkeypatch.setattr(dispatch, "LIGHT_CHARACTERS", 100)
    assert read(str(path)) == light
    assert light.links


def test_a_process_that_fails_is_no_more_than_too_heavy() -> None:
    with pytest.raises(TooHeavy):
        isolated("text", b"nothing to take apart")


def test_an_error_in_the_process_comes_back(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(SourceError, match=r"a\.pdf: the PDF is damaged"):
        read(str(path))


@pytest.mark.parametrize(
    "text", ["> " * 5_000 + "text", "[" * 20_000, "*a_" * 20_000, "# a\n" * 5_000, "`" * 20_001 + "a"]
)
def test_hostile_markdown_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(isolation, "TIME_LIMIT", 3.0)
    path = tmp_path / "a.md"
    path.write_text(text + "\n\nThe end.")
    assert "The end." in read(str(path)).text


def test_a_very_long_text_is_read_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Share\nThe council voted on Tuesday to rebuild the harbour wall, it said.\n" * 4_000)
    assert read(str(path)).text.count("The council voted") == 4_000
