"""spaCy comes without its command line into our programs, and is whole for whoever asks."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_PUT_OFF = "from reader.language.spacy_start import put_off_command_line; put_off_command_line();"
_COMMAND_LINE = {"spacy.cli._util", "spacy.cli.download", "weasel", "typer", "requests", "jinja2"}


def _printed(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_command_line_is_left_until_it_is_asked_for() -> None:
    found = _printed(f"{_PUT_OFF} import sys, spacy; print(*sys.modules)").split()
    assert "spacy.language" in found
    assert not _COMMAND_LINE & set(found)


@pytest.mark.parametrize(
    "code",
    [
        "import spacy; print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)",
        "import spacy; print(spacy.cli.download.__module__ == 'spacy.cli.download')",
        "import spacy; from spacy.cli import app; print(type(app).__name__ == 'Typer')",
        "import spacy, spacy.cli.convert; print(callable(spacy.cli.convert))",
        "import spacy; print(not hasattr(spacy.cli, 'no such thing'))",
        "from spacy.cli.info import info; print(info(silent=True)['spacy_version'] != '')",
        "import spacy.cli; print(callable(spacy.cli.info))",
    ],
)
def test_it_is_there_for_whoever_asks(code: str) -> None:
    assert _printed(f"{_PUT_OFF} {code}") == "True"


def test_a_spacy_that_is_there_already_is_left_alone() -> None:
    code = f"import sys, spacy; before = list(sys.meta_path); {_PUT_OFF} print(sys.meta_path == before)"
    assert _printed(code) == "True"


def test_our_programs_do_without_it(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("A harbour closes\n\n“It is closed,” said Ana Ruiz.\n")
    command = (
        "import sys, contextlib, io; sys.argv = ['onrecord', 'analyse', sys.argv[1]]\n"
        "from reader.__main__ import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
        "    main()\n"
        "print(*sys.modules)"
    )
    child = (
        "import sys; from reader.work import child\n"
        "child.voice = child.listen = lambda *_: None\n"
        "def next(self):\n"
        "    import spacy; print(*sys.modules); sys.exit()\n"
        "child.Orders.next = next\n"
        "child.main()"
    )
    for code in (command, child):
        found = _printed(code, str(article)).split()
        assert "spacy.language" in found
        assert not _COMMAND_LINE & set(found)
