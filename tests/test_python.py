"""The public Python names do what docs/python.md shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import reader

if TYPE_CHECKING:
    import pytest

_ROOT = Path(__file__).parents[1]
_PAGE = (_ROOT / "docs" / "python.md").read_text("utf-8")


def test_what_the_page_shows_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(_ROOT / "sample_articles" / "harbour-wire.txt", tmp_path / "story.txt")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL):
        exec(block, names)
    printed = capsys.readouterr().out
    assert "PERSON" in printed
    assert "no such file.txt does not exist" in printed
    article, analysis = reader.from_record(reader.record(*_result(names)))
    assert (article, analysis) == _result(names)
    assert "<html" in Path("story.html").read_text("utf-8")
    assert printed.count("%,") == len(analysis.quotations) > 5


def _result(names: dict[str, object]) -> tuple[reader.Article, reader.Analysis]:
    article, analysis = names["article"], names["analysis"]
    assert isinstance(article, reader.Article)
    assert isinstance(analysis, reader.Analysis)
    return article, analysis


def test_every_public_name_is_on_the_page_and_says_what_it_is() -> None:
    for name in set(reader.__all__) - {"__version__"}:
        assert re.search(rf"`{name}\b", _PAGE), name
        assert getattr(reader, name).__doc__
