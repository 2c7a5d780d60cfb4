import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reader.commands.group import main
from reader.library.library import Library
from reader.library.reading import keep
from tests.library.test_articles import analysis, article

ADDRESS = "https://example.org/a"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    library = Library(path)
    keep(library, article(), analysis())
    library.close()
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def said_by(path: Path, name: str) -> list[dict[str, str]]:
    found = run("search", f'by:"{name}"', "--format", "json", "--library", str(path))
    return json.loads(found.stdout)  # type: ignore[no-any-return]


def test_a_corrected_speaker_is_found_at_once_and_taken_back(path: Path) -> None:
    done = run("correct", ADDRESS, "speaker", "prices will fall", "Jo Lund", "--library", str(path))
    assert done.exit_code == 0, done.output
    assert [hit["speaker"] for hit in said_by(path, "jo lund")] == ["Jo Lund"]
    assert said_by(path, "ana ruiz") == []
    (decision,) = json.loads(run("correct", ADDRESS, "list", "-f", "json", "--library", str(path)).stdout)
    assert decision["found"]
    run("correct", ADDRESS, "undo", str(decision["id"]), "--library", str(path))
    assert [hit["speaker"] for hit in said_by(path, "ana ruiz")] == ["Ana Ruiz"]
    assert json.loads(run("correct", ADDRESS, "list", "-f", "json", "--library", str(path)).stdout) == []


def test_a_speaker_is_confirmed_and_counts(path: Path) -> None:
    done = run("correct", ADDRESS, "confirm", "prices will fall", "--library", str(path))
    assert done.exit_code == 0, done.output
    assert "confirm · ““Prices will fall" in done.stdout
    assert [hit["speaker"] for hit in said_by(path, "ana ruiz")] == ["Ana Ruiz"]
    told = run("library", "accuracy", "--library", str(path)).stdout
    first, second = told.split("Of everything in 1 article, what you left alone taken to be right:\n")
    assert first.startswith("Of what you confirmed or corrected:\n  speakers that are right")
    assert "1 of 1" in first
    assert "quotations that were found" in second


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("speaker", "words of nobody", "Ana Ruiz"), "no quotation with the words"),
        (("rename", "Nobody", "Somebody"), "is called"),
        (("retype", "Ana Ruiz", "RIVER"), "PERSON, PLACE or ORG"),
        (("merge", "Ana Ruiz"), "takes"),
        (("undo", "99"), "no correction 99"),
        (("restore", "88"), "No such line"),
    ],
)
def test_what_cannot_be_corrected_is_said(path: Path, words: tuple[str, ...], message: str) -> None:
    done = run("correct", ADDRESS, *words, "--library", str(path))
    assert done.exit_code != 0
    assert message in done.stderr


def test_decisions_outlast_another_analysis_and_another_text(path: Path) -> None:
    run("correct", ADDRESS, "rename", "Ana Ruiz", "Ana María Ruiz", "--library", str(path))
    library = Library(path)
    longer = article("Rates rise again\n\n" + article().text.partition("\n\n")[2] + " More soon.")
    keep(library, longer, analysis(longer.text))
    library.close()
    assert [hit["speaker"] for hit in said_by(path, "maría")] == ["Ana María Ruiz"]
