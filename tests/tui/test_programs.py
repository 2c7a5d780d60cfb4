"""Programs of the user's: they get what is in a title as one argument, whatever that is."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reader.settings.settings import Settings, parse
from reader.tui.programs import arguments, start
from tests.observing import until
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://courier.example/a?b='c'&d=$(touch x);`id`|e"
HOSTILE = [
    "; rm -rf ~",
    "$(touch pwned) `id` | cat & x",
    "' \" \\ \n > out < in",
    "--exec=sh",
    "-­- --output=/etc/passwd",
    "{url} {title} %s !! *",
    "\x1b]52;c;cHduZWQ=\x07\u202ebidi\x00",
]


def program(out: Path) -> tuple[str, ...]:
    """A program that writes down its arguments."""
    code = "import json, sys, pathlib; pathlib.Path(sys.argv[1]).write_text(json.dumps(sys.argv[2:]))"
    return sys.executable, "-I", "-S", "-c", code, str(out)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_one_argument_and_no_option(title: str) -> None:
    words = arguments(("tool", "--subject", "{title}", "{url}", "x{url}"), URL, title)
    assert words[:2] + words[3:] == ["tool", "--subject", URL, "x{url}"]
    assert words[2]
    assert not words[2].startswith("-")
    assert words[2].isprintable()


def test_no_shell_reads_what_a_program_gets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "said.json"
    assert start((*program(out), "{title}", "{url}", ""), URL, HOSTILE[1]) == ""
    until(lambda: out.exists() and out.read_text())
    assert json.loads(out.read_text()) == [HOSTILE[1], URL, ""]
    assert [path.name for path in tmp_path.iterdir()] == ["said.json"]


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be started: No such file" in start((str(tmp_path / "none"), "{url}"), URL, "")


@pytest.mark.parametrize(
    "value",
    ['"firefox {url}"', '["firefox"]', '["firefox", "{url} &"]', '["{url}"]', '["x", 1, "{url}"]',
     '["x", "--t={title}", "{url}"]', '["open.bat", "{url}"]', '["a\\u001b", "{url}"]'],
)  # fmt: skip
def test_what_is_no_list_of_words_is_a_mistake(value: str) -> None:
    with pytest.raises(ValueError, match="line 1: 'open_with' must be a list of words"):
        parse(f"open_with = {value}")
    assert parse('open_with = ["firefox", "--new-tab", "{url}"]').open_with == (
        "firefox",
        "--new-tab",
        "{url}",
    )
    assert parse("share_with = []").share_with == ()


async def test_the_page_is_opened_and_shared(open_reader: Any, tmp_path: Path) -> None:
    opened, shared = tmp_path / "opened.json", tmp_path / "shared.json"
    settings = Settings(
        open_with=(*program(opened), "{url}"), share_with=(*program(shared), "{url}", "{title}")
    )
    article = replace(ARTICLE, title="--help ‘Ferry’ $(id)")
    async with open_reader(article, ANALYSIS, settings=settings) as reading:
        await reading.press("E", "M")
        until(lambda: shared.exists() and shared.read_text())
        until(lambda: opened.exists() and opened.read_text())
    assert json.loads(opened.read_text()) == [ARTICLE.source]
    assert json.loads(shared.read_text()) == [ARTICLE.source, "help ‘Ferry’ $(id)"]


async def test_without_programs_it_is_the_browser_or_said(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("E")
        assert reading.opened == [ARTICLE.source] or reading.copied == [ARTICLE.source]
        await reading.press("M")
        assert "name no program to share with" in reading.status
    async with open_reader(replace(ARTICLE, source="story.txt"), ANALYSIS) as reading:
        await reading.press("E")
        assert "no web address" in reading.status
