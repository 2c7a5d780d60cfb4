"""Saving addresses, and opening again what was saved: from a real server into a real library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.library.library import Library
from tests.pages import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pages import Pages

BRIDGE = (
    "“The bridge will open in May,” said Mayor Ana Ruiz of Toledo on Tuesday.",
    "The council had voted for it in the spring, after a long debate about its cost.",
    "Nobody else spoke at the meeting, which ended before noon.",
)


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    with served() as pages:
        pages.article("/bridge", "The bridge of Toledo", *BRIDGE)
        pages.article("/harbour", "The harbour", *(line.replace("bridge", "harbour") for line in BRIDGE))
        yield pages


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def run(path: Path, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--library", str(path)], input=stdin)


def save(path: Path, *arguments: str, stdin: str | None = None) -> Result:
    return run(path, "save", "--allow-private", *arguments, stdin=stdin)


def test_what_is_saved_is_kept_analysed_and_not_fetched_twice(pages: Pages, path: Path) -> None:
    bridge, harbour = pages.address + "/bridge", pages.address + "/harbour"
    missing = pages.address + "/missing"
    pages.asked.clear()
    done = save(
        path, "-", bridge, "story.txt", "--later", "--tag", "#towns", stdin=f"{harbour}\n\n{missing}\n"
    )
    assert done.exit_code == 1  # two of the four cannot be saved
    assert "The bridge of Toledo" in done.stdout
    assert "The harbour" in done.stdout
    assert "story.txt is not a web address" in done.stderr
    assert "/missing does not exist (404)" in done.stderr
    assert sorted(pages.asked) == ["/bridge", "/harbour", "/missing"]
    entries = json.loads(run(path, "later", "-f", "json").stdout)
    assert [(e["quotations"], e["tags"]) for e in entries] == [(1, ["towns"])] * 2

    # Known addresses are answered by the library, whatever way they are asked for.
    pages.asked.clear()
    again = save(path, bridge + "?utm_source=x", "--format", "json")
    assert [entry["title"] for entry in json.loads(again.stdout)] == ["The bridge of Toledo"]
    told = run(path, "quotations", bridge, harbour)
    assert told.stdout.count("Ana Ruiz") >= 2
    assert f"{bridge} as it was read on " in told.stderr
    assert "--again fetches it anew" in told.stderr
    assert pages.asked == []

    assert run(path, "quotations", bridge, "--again", "--allow-private").stderr == ""
    assert pages.asked == ["/bridge"]
    assert run(path, "quotations", bridge, "--again").exit_code == 3  # loopback, without leave
    assert run(path, "later", "--done", bridge, "99").exit_code == 1
    assert [entry["title"] for entry in json.loads(run(path, "later", "-f", "json").stdout)] == [
        "The harbour"
    ]
    library = Library(path)
    assert library.articles.get(bridge).saved
    assert len(library.articles.versions(library.articles.get(bridge).id)) == 1
    library.close()


def test_nothing_that_can_be_saved_is_said(pages: Pages, path: Path) -> None:
    done = save(path, pages.address + "/missing")
    assert (done.exit_code, done.stdout) == (3, "")
    done = save(path, "-", stdin="\n")
    assert done.exit_code == 3
    assert "no addresses" in done.stderr
