import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import reader
from reader.commands.group import main
from reader.model.analysis import Analysis, PipelineInfo

TEXT = "Mayor speaks\n\n“The bridge will open in May,” said Mayor Ana Ruiz of Toledo.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shelf" / "library.db"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_what_is_imported_is_listed_searched_and_not_imported_twice(file: Path, path: Path) -> None:
    done = run("library", "import", str(file), "--library", str(path))
    assert done.stdout == "1 article kept, 0 known already.\n"
    done = run("library", "import", str(file), "--library", str(path))
    assert done.stdout == "0 articles kept, 1 known already.\n"
    (entry,) = json.loads(run("library", "list", "--format", "json", "--library", str(path)).stdout)
    assert (entry["title"], entry["state"], entry["quotations"]) == ("Mayor speaks", "new", 1)
    (hit,) = json.loads(run("search", "bridge", "--format", "json", "--library", str(path)).stdout)
    assert (hit["kind"], hit["speaker"], hit["article"]["source"]) == ("quotation", "Ana Ruiz", str(file))


def test_every_way_out_shows_the_corrected_analysis_unless_told_not_to(file: Path, path: Path) -> None:
    library = ("--library", str(path))
    run("correct", str(file), "speaker", "the bridge will open", "Jo Lund", *library)
    for command in (("quotations",), ("export", "--format", "text"), ("analyse",)):
        assert "Jo Lund" in run(*command, str(file), *library).stdout
        assert "Jo Lund" not in run(*command, str(file), "--no-library").stdout
    assert "Jo Lund" not in run("analyse", "--raw", str(file), *library).stdout


@pytest.mark.parametrize("command", ["quotations", "analyse", "read"])
def test_a_library_that_cannot_be_used_keeps_no_article_from_being_read(
    file: Path, path: Path, command: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"another program's file " * 99)
    done = run(command, str(file), "--library", str(path))
    assert "Ana Ruiz" in done.stdout
    assert "is not a library of On Record" in done.stderr
    assert "Corrections are left out" in done.stderr
    assert done.exit_code == 1
    assert path.read_bytes() == b"another program's file " * 99
    assert run("correct", str(file), "list", "--library", str(path)).stdout == ""


def test_a_known_text_is_shown_without_the_language_model(file: Path, path: Path) -> None:
    run("library", "import", str(file), "--library", str(path))
    code = (
        "import sys\nfrom reader.commands.group import main\n"
        f"main(['quotations', {str(file)!r}, '--library', {str(path)!r}], standalone_mode=False)\n"
        "assert not {'spacy', 'onnxruntime', 'numpy'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ana Ruiz" in done.stdout


def test_reading_makes_no_library(file: Path, path: Path) -> None:
    assert run("quotations", str(file), "--library", str(path)).exit_code == 0
    assert not path.exists()


def test_tags_and_the_list_for_later(file: Path, path: Path) -> None:
    library = ("--library", str(path))
    run("library", "import", str(file), *library)
    assert run("tag", str(file), "#bridges", "toledo", *library).exit_code == 0
    assert run("tag", str(file), *library).stdout == "bridges\ntoledo\n"
    run("tag", str(file), "toledo", "--remove", *library)
    assert json.loads(run("search", "tag:bridges", "-f", "json", *library).stdout)
    assert json.loads(run("search", "tag:toledo", "-f", "json", *library).stdout) == []
    run("later", str(file), *library)
    assert "Mayor speaks" in run("later", *library).stdout
    run("later", str(file), "--done", *library)
    assert run("later", *library).stdout == ""


def test_forgetting_what_is_not_there_is_said(path: Path) -> None:
    done = run("library", "forget", "nothing.txt", "--library", str(path))
    assert done.exit_code == 1
    assert "has no article" in done.stderr


def test_the_versions_of_a_changed_file(file: Path, path: Path) -> None:
    library = ("--library", str(path))
    run("library", "import", str(file), *library)
    only = json.loads(run("versions", str(file), "-f", "json", *library).stdout)
    assert (len(only["versions"]), only["changes"]) == (1, [])
    file.write_text(TEXT.replace("in May", "in June"), encoding="utf-8")
    run("library", "import", str(file), *library)
    both = json.loads(run("versions", str(file), "-f", "json", *library).stdout)
    assert len(both["versions"]) == 2
    (change,) = both["changes"]
    assert change["kind"] == "quotation changed"
    assert "in June" in change["after"]
    assert "Quotation changed" in run("versions", str(file), *library).stdout


def test_our_own_records_come_with_their_analyses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TEXT, encoding="utf-8")
    run("library", "import", "story.txt", "--library", "one.db")
    lines = run("analyse", "--format", "jsonl", "story.txt", "--library", "one.db").stdout
    other = json.dumps({"text": "Too short to be a record.", "title": "Other"})
    Path("found.jsonl").write_text(f"{lines}\nno article\n{other}\n", encoding="utf-8")
    result = run("library", "import", "found.jsonl", "--library", "two.db")
    assert result.exit_code == 1
    assert "2 articles kept" in result.stdout
    assert "found.jsonl:3 is no JSON" in result.stderr
    hits = [
        json.loads(run("search", "has:quote", "--format", "json", "--library", name).stdout)
        for name in ("one.db", "two.db")
    ]
    assert hits[0][0]["text"] == hits[1][0]["text"]
    assert hits[0][0]["speaker"] == hits[1][0]["speaker"] is not None


def test_a_record_is_not_analysed_again_when_it_is_imported(tmp_path: Path) -> None:
    found = reader.from_text("“We will rebuild it,” said nobody in particular.")
    analysis = Analysis((), (), PipelineInfo("another", "1", "x"))
    path = tmp_path / "a.JSONL"
    path.write_text(json.dumps(reader.record(found, analysis)), encoding="utf-8")
    assert run("library", "import", str(path), "--library", str(tmp_path / "x.db")).exit_code == 0
    with reader.Library(tmp_path / "x.db") as library:
        entry = library.articles.get("1")
        assert library.analyses.find(library.articles.load(entry.version)) == analysis
