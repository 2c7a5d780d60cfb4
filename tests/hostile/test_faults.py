"""What goes wrong around the reader: a sentence, the terminal as it was, a file for a report, nobody left."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from reader.commands.group import main
from reader.commands.inputs import Inputs
from reader.ingest.formats.text import from_text
from reader.language.fingerprint import embedded_identity
from reader.library.library import Library
from reader.library.reading import keep
from reader.model.analysis import Analysis
from reader.model.errors import lacks_memory
from reader.settings import crashes
from tests.observing import alive, children, until
from tests.terminal import FOLDERS, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


_SENTENCES = "The harbour stayed closed on Tuesday, and nobody would say for how long it would be. "
_TEXT = "A harbour closes\n\n" + "\n\n".join(f"Part {n}. " + _SENTENCES * 3 for n in range(1, 40))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that knows the article: what is tested here need not wait for the pipeline."""
    path = tmp_path_factory.mktemp("known") / "library.db"
    with Library(path) as library:
        keep(library, from_text(_TEXT), Analysis((), (), embedded_identity()))
    return path


@pytest.fixture
def article(tmp_path: Path, library: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(_TEXT)
    (tmp_path / "onrecord").mkdir()
    shutil.copy(library, tmp_path / "onrecord" / "library.db")
    return path


@pytest.fixture
def opened(tmp_path: Path, article: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the article in the reader, in a terminal, and waits until it is there."""
    terminals = []

    def opening(*arguments: str, **options: object) -> Terminal:
        terminal = Terminal(*(arguments or (str(article),)), state=tmp_path, **options)  # type: ignore[arg-type]
        terminals.append(terminal)
        if not arguments:
            terminal.until(b"harbour")
        return terminal

    yield opening
    for terminal in terminals:
        terminal.close()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_end_is_obeyed_in_good_order(
    opened: Callable[..., Terminal], tmp_path: Path, number: signal.Signals
) -> None:
    terminal = opened()
    terminal.type(b"G")
    terminal.until(b"100 %")
    (child,) = until(lambda: children(terminal.pid), "the child")
    os.kill(terminal.pid, number)
    assert terminal.end() == 128 + number
    assert terminal.given_back()
    assert b"Traceback" not in terminal.output
    assert list((tmp_path / "onrecord" / "articles").glob("*.json")), "the place is remembered"
    until(lambda: not alive(child), "the end of the child")


@pytest.mark.parametrize("ignored", [[], [signal.SIGHUP]], ids=["told", "nohup"])
def test_a_vanished_terminal_ends_the_reader(
    opened: Callable[..., Terminal], tmp_path: Path, ignored: list[int]
) -> None:
    terminal = opened(ignored=ignored)
    (child,) = until(lambda: children(terminal.pid), "the child")
    terminal.hang_up()
    assert terminal.end() == 128 + signal.SIGHUP
    until(lambda: not alive(child), "the end of the child")
    assert list((tmp_path / "onrecord" / "articles").glob("*.json"))
    assert not (tmp_path / "onrecord" / "crash.log").exists()


def test_a_reader_that_was_stopped_from_outside_goes_on_and_gives_the_terminal_back(
    opened: Callable[..., Terminal],
) -> None:
    terminal = opened()
    for number in (signal.SIGSTOP, signal.SIGTSTP):
        os.kill(terminal.pid, number)
        terminal.until_stopped()
        before = len(terminal.output)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(b"\x1b[?1049h")
        terminal.until(b"harbour")
        assert len(terminal.output) > before
    terminal.type(b"G")
    terminal.until(b"100 %")
    terminal.type(b"q")
    assert terminal.end() == 0
    assert terminal.given_back()


def test_a_storm_of_sizes_leaves_it_reading(opened: Callable[..., Terminal]) -> None:
    terminal = opened()
    chance = random.Random(3)
    for _ in range(200):
        terminal.resize(chance.choice([0, 1, 2, 5, 24, 60, 300]), chance.choice([0, 1, 2, 9, 40, 80, 500]))
    terminal.resize(24, 80)
    terminal.type(b"G")
    terminal.until(b"100 %")
    terminal.type(b"g")
    terminal.until("¶1/39 · 0 %".encode())
    terminal.type(b"q")
    assert terminal.end() == 0
    assert terminal.given_back()


def test_a_killed_child_is_told_and_replaced(opened: Callable[..., Terminal], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    terminal = opened(str(pipe))
    terminal.until(b"Reading")
    (child,) = until(lambda: children(terminal.pid), "the child")
    os.kill(child, signal.SIGKILL)
    terminal.until(b"stopped unexpectedly")
    terminal.type(b"q")
    terminal.end()
    assert terminal.given_back()
    assert b"Traceback" not in terminal.output


def test_keys_come_from_the_terminal_when_standard_input_is_none(
    article: Path, opened: Callable[..., Terminal]
) -> None:
    script = f"exec {sys.executable} -m reader {article} </dev/null"
    terminal = opened("-c", script, program="/bin/sh")
    terminal.until(b"harbour")
    terminal.type(b"q")
    assert terminal.end() == 0


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reader", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/nonexistent", **dict.fromkeys(FOLDERS, "/nonexistent/x")},
        {"HOME": "", **dict.fromkeys(FOLDERS, "")},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii", "TZ": "Nowhere/Land", "TERM": "", "COLUMNS": "x"},
    ],
    ids=["read-only home", "no home", "locale C", "ascii"],
)
def test_commands_work_whatever_surrounds_them(tmp_path: Path, environment: dict[str, str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Größe\n\n„Ja“, said Maria Teixeira, “it will work – surely”.\n", encoding="utf-8")
    done = _run("clean", str(path), **environment)
    assert done.returncode == 0, done.stderr
    assert "it will work – surely" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [(1,), (0, 1), (0, 1, 2)], ids=str)
def test_closed_streams_are_told_and_nothing_is_written_in_their_places(
    article: Path, closed: tuple[int, ...]
) -> None:
    closing = " ".join(f"{number}>&-" for number in closed)
    script = f"{sys.executable} -m reader clean {article} {closing}"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    expected = "" if 2 in closed else "onrecord: The output was closed before all of it was written.\n"
    assert done.stderr == expected


# With some more, libraries in C may be the first to run out of it, and say so in their own words.
def test_too_little_memory_is_a_sentence(article: Path) -> None:
    script = f"ulimit -v 60000; exec {sys.executable} -m reader --plain {article}"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1


# The pipeline is loaded, and then there is hardly any memory left to use it with.
_SCARCE = """
import resource, sys
from pathlib import Path
from reader.language import pipeline
load = pipeline.load_pipeline
def scarce(name):
    loaded = load(name)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (1 << 20), used + (1 << 20)))
    return loaded
pipeline.load_pipeline = scarce
from reader.__main__ import main
main()
"""


def test_an_analysis_without_memory_is_a_sentence(article: Path, tmp_path: Path) -> None:
    article.write_text(_TEXT * 3 + "“It was too much,” said Ana Ruiz of the Harbour Trust in Lisbon.\n" * 200)
    done = subprocess.run(
        [sys.executable, "-c", _SCARCE, "analyse", str(article)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | dict.fromkeys(FOLDERS, str(tmp_path)),
    )
    assert done.returncode == 3, done.stderr
    assert (
        done.stderr
        == f"onrecord: {article} needs more memory than there is. Close something, or read a part.\n"
    )
    assert not (tmp_path / "onrecord" / "crash.log").exists()


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("onnxruntime.so: failed to map segment from shared object"),
        RuntimeError("[ONNXRuntimeError] : 1 : FAIL : Exception during loading: std::bad_alloc"),
        RuntimeError("Failed to allocate memory for requested buffer of size 12345"),
        RuntimeError("can't start new thread"),
    ],
    ids=str,
)
def test_want_of_memory_is_seen_behind_other_errors(error: Exception) -> None:
    behind = ImportError("it may be broken")
    behind.__cause__ = error
    for one in (error, behind):
        assert lacks_memory(one)
        assert "memory" in crashes.told(one).title
    error.__cause__ = behind  # a circle ends
    assert lacks_memory(behind)
    assert not lacks_memory(ValueError("a fault"))


_SECRET = "a line of the article"
_BROKEN = f"""
import sys
from reader.tui.widgets import article_view
def broken(self, *arguments):
    text = {_SECRET!r} + chr(27) + "]52;c;ZXZpbA==" + chr(7)
    raise RuntimeError(text)
article_view.ArticleView.render_line = broken
sys.argv = ["onrecord", sys.argv[1]]
from reader.__main__ import main
main()
"""


def test_a_fault_of_our_own_is_one_line_and_a_file_for_the_report(
    opened: Callable[..., Terminal], article: Path, tmp_path: Path
) -> None:
    terminal = opened("-c", _BROKEN, str(article), program=sys.executable)
    assert terminal.end() == 70
    assert terminal.given_back()
    assert b"onrecord: On Record stopped because of a fault of its own (RuntimeError)" in terminal.output
    assert b"Traceback" not in terminal.output
    assert _SECRET.encode() not in terminal.output
    log = (tmp_path / "onrecord" / "crash.log").read_text(encoding="utf-8")
    assert "in broken" in log
    assert "\x1b" not in log


def test_a_fault_in_a_command_is_one_line(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(Inputs, "articles", broken)
    done = CliRunner().invoke(main, ["clean", str(article)])
    assert done.exit_code == 70
    assert "fault of its own (ZeroDivisionError)" in done.stderr
    assert (tmp_path / "onrecord" / "crash.log").exists()


def test_the_crash_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = crashes.crash_log()
    assert crashes.written(ValueError("of old")) == path
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("x" * 300_000)
    crashes.written(ValueError("first"))
    crashes.written(ValueError("second"))
    text = path.read_text()
    assert "first" in text
    assert "second" in text
    assert len(text) < 3_000
