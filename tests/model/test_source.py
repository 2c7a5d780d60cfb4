"""One document, however it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reader.model.article import Article
from reader.model.source import document

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "source",
    [
        "https://Wire.Example/a/story?id=7",
        "https://wire.example:443/a/story?id=7#comments",
        "HTTPS://wire.example/a/story?utm_source=feed&id=7&utm_medium=rss",
        "https://user:secret@wire.example./a//story?id=7&fbclid=abc",
    ],
)
def test_addresses_of_one_document(source: str) -> None:
    assert document(source, "text") == "https://wire.example/a/story?id=7"


def test_what_differs_stays_apart() -> None:
    addresses = [
        "http://a.example/",
        "https://a.example/",
        "https://a.example/?a=1",
        "https://a.example/?a=2",
    ]
    assert len({document(address, "") for address in addresses}) == len(addresses)
    assert document("https://a.example", "") == "https://a.example/"
    assert document("http://[broken", "") == "http://[broken"


def test_files_by_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        document("a.txt", "") == document(str(tmp_path / "b" / ".." / "a.txt"), "") == str(tmp_path / "a.txt")
    )


def test_pastes_by_their_text() -> None:
    assert document("", "one") == document("-", "one") != document("", "two")
    assert Article("one").document == document("", "one")


def test_an_article_keeps_its_name_when_its_text_changes() -> None:
    from dataclasses import replace

    article = Article("one")
    assert replace(article, text="two").document == article.document
