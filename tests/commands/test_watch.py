"""`onrecord watch` as scripts and people use it."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.library.library import Library
from reader.library.reading import keep
from tests.library.namesakes import marked

if TYPE_CHECKING:
    from pathlib import Path

RUIZ = "“Rates will fall soon,”^p1 said [Ana Ruiz=p1] on Monday."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def put(path: Path, number: int, text: str) -> None:
    library = Library(path)
    keep(library, *marked(f'{{"published": "2026-03-01", "text": "{text}"}}', number)[:2])
    library.close()


def watch(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["watch", *arguments, "--library", str(path)])


def test_what_is_new_is_told_once(path: Path) -> None:
    assert watch(path, "add", "rates", "by:ruiz", "rates").stdout == "rates: by:ruiz rates\n"
    assert watch(path, "--new", "--quiet").exit_code == 1
    put(path, 1, RUIZ)
    assert watch(path).stdout == "       1 new  rates: by:ruiz rates\n"
    (listed,) = json.loads(watch(path, "list", "-f", "json").stdout)
    assert (listed["name"], listed["query"], listed["mute"], listed["new"]) == (
        "rates",
        "by:ruiz rates",
        False,
        1,
    )
    assert watch(path, "rates", "--new", "-q").exit_code == 0
    assert len(json.loads(watch(path, "--new", "--keep", "--format", "json").stdout)) == 1
    (hit,) = json.loads(watch(path, "--new", "--format", "json").stdout)
    assert (hit["watch"], hit["kind"], hit["speaker"], hit["article"]["source"]) == (
        "rates",
        "quotation",
        "Ana Ruiz",
        "https://example.org/1",
    )
    assert json.loads(watch(path, "--new", "--format", "json").stdout) == []
    (row,) = csv.DictReader(io.StringIO(watch(path, "rates", "-f", "csv").stdout))
    assert (row["watch"], row["text"]) == ("rates", "“Rates will fall soon,”")
    put(path, 1, RUIZ.replace("soon", "very soon"))
    told = watch(path, "--new").stdout
    assert told.startswith(
        "rates\nAna Ruiz: “Rates will fall very soon,”\n    https://example.org/1, 2026-03-01\n"
    )


def test_changes_are_told_with_what_stood_there(path: Path) -> None:
    put(path, 1, RUIZ)
    watch(path, "add", "rewritten", "has:change")
    put(path, 1, RUIZ.replace("soon", "very soon"))
    assert watch(path, "rewritten", "--new").stdout.splitlines()[:3] == [
        "Quotation changed",
        "  - Ana Ruiz: “Rates will fall soon,”",
        "  + Ana Ruiz: “Rates will fall very soon,”",
    ]


def test_what_is_muted_is_not_listed_and_that_is_said(path: Path) -> None:
    put(path, 1, RUIZ)
    put(path, 2, RUIZ.replace("Rates", "Football"))
    told = "ball: football, which hides 1 article and 0 entries of feeds\n"
    assert watch(path, "add", "ball", "football", "--mute").stdout == told
    assert "1 muted  ball: football" in watch(path).stdout
    library = ("--library", str(path))
    done = CliRunner().invoke(main, ["library", "list", *library])
    assert done.stdout.count("\n") == 1
    assert done.stderr == "onrecord: 1 muted article not listed: --muted lists them.\n"
    assert CliRunner().invoke(main, ["library", "list", "--muted", *library]).stdout.count("\n") == 1
    assert watch(path, "remove", "ball").exit_code == 0
    assert "You watch for nothing yet" in watch(path, "list").stderr
    assert CliRunner().invoke(main, ["library", "list", *library]).stdout.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("nothing",), 1, "There is no watch nothing"),
        (("remove", "nothing"), 1, "There is no watch nothing"),
        (("add", "x", "has:all"), 2, "There are has:quote and has:change"),
        (("add", "x", "-"), 1, "asks for nothing"),
        (("add", "x"), 2, "Missing argument"),
    ],
)
def test_mistakes_are_said(path: Path, arguments: tuple[str, ...], status: int, says: str) -> None:
    done = watch(path, *arguments)
    assert done.exit_code == status
    assert says in done.stderr
