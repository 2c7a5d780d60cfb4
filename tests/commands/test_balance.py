import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from reader.commands.balance import bar
from reader.commands.group import main
from reader.library.library import Library
from reader.model.record import parse
from tests.library.namesakes import filled
from tests.library.test_dossier import SAID

FIRST = "https://example.org/0"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    library = Library(path)
    filled(library, SAID)
    library.close()
    return path


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--library", str(path)])


def test_balance_as_text_json_and_csv(path: Path) -> None:
    text = run(path, "balance").stdout
    assert text.startswith("Everything: 4 articles, 24 words quoted, 100% of them named\n  Ana Ruiz")
    assert "█" in text
    (one,) = json.loads(run(path, "balance", FIRST, "-f", "json").stdout)
    assert (one["words"], one["speakers"][0]["name"]) == (7, "Ana Ruiz")
    rows = list(csv.DictReader(io.StringIO(run(path, "balance", "--by", "month", "-f", "csv").stdout)))
    assert [(row["group"], row["name"], row["words"]) for row in rows] == [
        ("2026-01", "Ana Ruiz", "12"),
        ("2026-02", "Ana Ruiz", "7"),
        ("2026-02", "Jo Lund", "5"),
    ]
    assert run(path, "balance", "--since", "soon").exit_code == 2


def test_what_was_corrected_goes_out_as_corrected(path: Path, tmp_path: Path) -> None:
    assert "nothing yet" in run(path, "library", "accuracy").stdout
    assert run(path, "library", "export-corrections").stdout == ""
    run(path, "correct", FIRST, "speaker", "harbour tunnel", "Jo Lund")
    article, analysis = parse(run(path, "library", "export-corrections").stdout)
    assert article.source == FIRST
    assert [said.speaker and said.speaker.name for said in analysis.quotations] == ["Jo Lund"]
    for format_ in ("docbin", "brat"):
        target = tmp_path / format_
        done = run(path, "library", "export-corrections", "-f", format_, "-o", str(target))
        assert done.exit_code == 0, done.output
        assert target.exists()
    assert any(found.suffix == ".ann" for found in (tmp_path / "brat").iterdir())
    assert run(path, "library", "export-corrections", "-f", "brat").exit_code == 2
    assert "0 of 1" in run(path, "library", "accuracy").stdout
    told = json.loads(run(path, "library", "accuracy", "-f", "json").stdout)
    assert (told["articles"], told["scores"][0]["right"]) == (1, 0)


@given(st.floats(0, 1))
def test_bars_grow_with_what_they_show(share: float) -> None:
    assert len(bar(share)) <= 24
    assert bool(bar(share)) == (share > 0)
    assert len(bar(share)) <= len(bar(min(1.0, share + 0.1)))
