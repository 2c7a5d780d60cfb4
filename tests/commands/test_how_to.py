"""Everything that the how-to pages show is run, in order, on the sample articles."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main

_ROOT = Path(__file__).parents[2]
_PAGES = sorted((_ROOT / "docs" / "how-to").glob("*.md"))
_ARTICLES = ("harbour-wire.txt", "museum-page.html", "reservoir-pasted.txt")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that knows the analyses of the articles, so that each is made once for all pages."""
    folder = tmp_path_factory.mktemp("prepared")
    for name in _ARTICLES:
        shutil.copy(_ROOT / "sample_articles" / name, folder)
    library = folder / "library.db"
    _typed(f"library import {shlex.quote(str(folder))} --library {shlex.quote(str(library))}")
    return library


def _typed(line: str) -> Result:
    result = CliRunner().invoke(main, shlex.split(line, comments=True))
    assert result.exit_code == 0, f"{line}\n{result.output}"
    return result


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_what_a_page_shows_works(
    page: Path, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    (tmp_path / "DATA" / "onrecord").mkdir(parents=True)
    shutil.copy(prepared, tmp_path / "DATA" / "onrecord")
    shutil.copytree(prepared.parent, tmp_path / "articles", ignore=shutil.ignore_patterns("library.db*"))
    monkeypatch.chdir(tmp_path)
    for kind, block in re.findall(r"^```(\w+)\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        if kind == "python":
            exec(block, {})
        for line in re.findall(r"^\$ onrecord (.+)$", block, re.MULTILINE):
            typed, _, file = line.partition(" > ")
            result = _typed(typed)
            assert result.output or "--output" in typed, line
            if file:
                Path(file).write_bytes(result.stdout_bytes)
