import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.library.library import Library
from tests.library.namesakes import filled
from tests.library.test_people import BOB, COACH, MINISTER, ROBERT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    library = Library(path)
    filled(library, [BOB, ROBERT, COACH, MINISTER])
    library.close()
    return path


def run(path: Path, *arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(main, ["who", *arguments, "--library", str(path)], input=input)


def test_who_somebody_is(path: Path) -> None:
    (bob,) = json.loads(run(path, "bob", "ruiz", "-f", "json").stdout)["people"]
    assert (bob["name"], bob["roles"], len(bob["articles"])) == ("Bob Ruiz", [], 1)
    (hit,) = bob["quotations"]
    assert (hit["text"], hit["speaker"]) == ("“I am Bob,”", "Bob Ruiz")
    assert bob["words"] == [{"month": "2026-01", "site": "", "words": 3}]
    assert bob["unheard"] == []
    text = run(path, "Bob Ruiz").stdout
    assert "“I am Bob,”" in text
    assert "2026-01                         3 ████" in text
    assert "“I am Bob,”" in run(path, "Ruiz", "-f", "csv").stdout
    assert "Nobody in the library is called so" in run(path, "Nobody Else").stderr


def test_possible_namesakes_are_two_people(path: Path) -> None:
    found = json.loads(run(path, "David Miller", "-f", "json").stdout)["people"]
    assert [person["roles"] for person in found] == [["coach"], ["minister"]]
    assert "2 people?" in run(path, "David Miller").stdout
    numbers = [str(person["id"]) for person in found]
    assert run(path, "--same", *numbers).exit_code == 0
    assert len(json.loads(run(path, "David Miller", "-f", "json").stdout)["people"]) == 1


def test_decisions_are_listed_and_taken_back(path: Path) -> None:
    run(path, "--same", "Bob Ruiz", "Robert Ruiz", "--note", "passport")
    run(path, "--call", "Bob Ruiz", "Bob")
    first, second = json.loads(run(path, "--decisions", "-f", "json").stdout)
    assert (first["kind"], first["first"], first["note"]) == ("same", "bob ruiz", "passport")
    assert "bob ruiz · robert ruiz (passport)" in run(path, "--decisions").stdout
    (bob,) = json.loads(run(path, "Robert Ruiz", "-f", "json").stdout)["people"]
    assert bob["name"] == "Bob"
    table = run(path, "--aliases").stdout
    assert "Bob\tRobert Ruiz\tPERSON\t" in table
    for one in (first, second):
        assert run(path, "--undo", str(one["id"])).exit_code == 0
    assert run(path, "--decisions").stdout == ""
    assert run(path, "--take-aliases", "-", input=table).stdout == "2 new aliases.\n"


def test_what_cannot_be_asked_is_said(path: Path) -> None:
    assert run(path).exit_code == 2
    done = run(path, "--same", "Bob Ruiz", "Somebody Else")
    assert done.exit_code == 1
    assert "Nobody in the library is called" in done.stderr
    assert run(path, "--undo", "99").exit_code == 1
    assert run(path, "--same", "999", "Bob Ruiz").exit_code == 1


def test_a_library_from_somebody_else_cannot_act_on_the_terminal(path: Path) -> None:
    evil = "\x1b]0;gone\x07\u202eBob\x9b2J\nRuiz"
    run(path, "--same", "Bob Ruiz", "Robert Ruiz")
    other = sqlite3.connect(path)
    other.execute("UPDATE person SET name = ?", (evil,))
    other.execute("UPDATE named SET name = ?, aliases = ?, evidence = ?", (evil, "[[", '{"no": "evidence"}'))
    other.execute("UPDATE person_decision SET note = ?", (evil,))
    other.execute("UPDATE version SET title = ?, published = ?, site = ?", (evil, evil, evil))
    other.execute("UPDATE quotation SET speaker = ?, text = ?", (evil, evil))
    other.commit()
    other.close()
    asked = (
        ("who", "Bob Ruiz"),
        ("who", "Bob Ruiz", "-f", "json"),
        ("who", "Bob Ruiz", "-f", "csv"),
        ("who", "Robert Ruiz"),
        ("who", "--aliases"),
        ("who", "--decisions"),
        ("search", "has:quote"),
        ("library", "list"),
        ("balance", "--by", "article"),
        ("balance", "--by", "source", "-f", "csv"),
        ("balance", "--by", "month", "-f", "json"),
    )
    for arguments in asked:
        done = CliRunner().invoke(main, [*arguments, "--library", str(path)])
        assert done.exit_code == 0, (arguments, done.output)
        assert not set(done.output) & set("\x1b\x07\x9b\u202e"), arguments
