"""What is imported when: start-up must stay free of heavy libraries."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "spacy",
    "textual",
    "numpy",
    "onnxruntime",
    "trafilatura",
    "lxml",
    "httpx",
    "rich",
    "distributed",
    "pyarrow",
}


def _loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


def test_import_reader_is_light() -> None:
    assert not HEAVY & _loaded("import reader")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["analyse", "--help"]])
def test_commands_that_only_talk_are_light(arguments: list[str]) -> None:
    code = f"from reader.commands.group import main\ntry: main({arguments!r})\nexcept SystemExit: pass"
    assert not HEAVY & _loaded(code)


def test_reading_a_text_file_is_light() -> None:
    code = (
        "import pathlib, tempfile\nfrom reader.ingest import read\n"
        "path = pathlib.Path(tempfile.mkdtemp(), 'a.txt')\n"
        "path.write_text('A headline\\n\\nThe minister spoke on Monday about the harbour.\\n')\n"
        "assert 'harbour' in read(str(path)).text"
    )
    assert not HEAVY & _loaded(code)


@pytest.mark.parametrize(
    "module",
    [
        "analyse",
        "archive",
        "balance",
        "clean",
        "correct",
        "feeds",
        "library",
        "save",
        "search",
        "tag",
        "update",
        "versions",
        "watch",
        "who",
        "diagnosis",
        "doctor",
        "export",
        "findings",
        "group",
        "inputs",
        "join",
        "read",
        "themes",
    ],
)
def test_no_command_imports_anything_heavy_before_it_runs(module: str) -> None:
    assert not HEAVY & _loaded(f"import reader.commands.{module}")


def test_starting_the_first_job_is_light() -> None:
    """It happens before Textual is imported, in the process that will draw."""
    assert not HEAVY & _loaded("import reader.tui.start")


def test_opening_the_reader_takes_no_colour_arithmetic() -> None:
    code = "import sys, reader.tui.app; assert 'reader.settings.colour' not in sys.modules"
    _loaded(code)


def test_public_names_are_found_lazily() -> None:
    code = "import reader; reader.Article; assert set(reader.__all__) <= set(dir(reader))"
    assert not HEAVY & _loaded(code)


def test_unknown_names_are_attribute_errors() -> None:
    import reader

    with pytest.raises(AttributeError, match="nonsense"):
        reader.nonsense  # noqa: B018


def test_asking_the_library_for_an_article_takes_nothing_about_people(tmp_path: Path) -> None:
    """The child asks before it sends the text."""
    code = (
        "import pathlib, sys\nfrom reader.ingest import from_text\n"
        "from reader.library.library import Library\n"
        f"library = Library(pathlib.Path({str(tmp_path / 'library.db')!r}))\n"
        "article = from_text('A headline\\n\\nThe minister spoke about the harbour.\\n')\n"
        "assert library.analyses.find(article) is None and library.articles.of(article) is None\n"
        "assert not {'reader.library.people', 'reader.library.search'} & set(sys.modules)"
    )
    assert not HEAVY & _loaded(code)
