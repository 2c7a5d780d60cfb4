"""Every hostile input through every way out: nothing of it acts, nothing of it is lost, everything ends.

`make hostile` runs this with the full sizes (ONRECORD_HOSTILE=full), which takes minutes.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner

from reader.commands.group import main
from reader.export.options import Options
from reader.export.registry import FORMATS, render
from reader.ingest import expand
from reader.library.library import Library
from reader.library.reading import keep
from reader.model.errors import ReaderError
from reader.text.safety import ACTING
from reader.work import batch
from reader.work.messages import JobOptions
from tests.hostile.inputs import LISTS, Input, write
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.analysis import Analysis
    from reader.model.article import Article

FULL = os.environ.get("ONRECORD_HOSTILE") == "full"
_SECONDS = 1_800 if FULL else 10  # of the processor, for one input on one way
_MEMORY = 3_000_000 if FULL else 900_000  # kB at the most, Python and the pipeline included
_OURS = {"ansi": "\x1b", "csv": "\r", "csv-entities": "\r", "csv-mentions": "\r", "edges": "\r"}
_ACTS = re.compile(f"[{ACTING}]")


class Read(NamedTuple):
    """An input as it was read; ``error`` is what was said instead."""

    input: Input
    path: Path
    article: Article | None
    analysis: Analysis | None
    error: str


@contextmanager
def limited(what: str) -> Iterator[None]:
    """Fail what takes more of the processor than a reader would wait for."""

    def over(*_: object) -> None:
        raise AssertionError(f"{what} takes more than {_SECONDS} s")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inputs")


@pytest.fixture(scope="module")
def written(folder: Path) -> list[tuple[Input, Path]]:
    return write(folder, full=FULL)


@pytest.fixture(scope="module")
def read(written: list[tuple[Input, Path]]) -> list[Read]:
    """All inputs, read and analysed as `analyse` does it."""
    found = []
    results = batch.analyse_each((str(path) for _, path in written), JobOptions())
    for one, path in written:
        with limited(f"analysing {path.name!r}"):
            result = next(results)
        if isinstance(result, batch.Failure):
            found.append(Read(one, path, None, None, f"{result.title}. {result.hint}"))
        else:
            found.append(Read(one, path, result.article, result.analysis, ""))
    return found


def acts(text: str, ours: str = "") -> set[str]:
    return set(_ACTS.findall(text)) - set(ours)


def lost(one: Input, text: str) -> list[str]:
    """The words that must be readable and are not."""
    spaced = " ".join(text.split())
    return [word for word in one.keeps or () if word not in spaced]


def test_reading_keeps_the_text_and_refuses_what_is_none(read: list[Read]) -> None:
    wrong = []
    for one in read:
        if one.article is None:
            if one.input.keeps is not None or acts(one.error) or "fault in On Record" in one.error:
                wrong.append((one.path.name, one.error))
            continue
        text = " ".join([one.article.text, *(line.text for line in one.article.removed)])
        if one.input.keeps is None:
            wrong.append((one.path.name, "was read"))
        elif missing := lost(one.input, text):
            wrong.append((one.path.name, f"lost {missing}"))
        elif found := acts(text):
            wrong.append((one.path.name, f"acts: {found}"))
    assert not wrong


def test_memory_stays_bounded(read: list[Read]) -> None:
    assert read
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < _MEMORY


def test_clean_prints_nothing_that_acts(read: list[Read]) -> None:
    wrong = []
    for one in read:
        with limited(f"cleaning {one.path.name!r}"):
            done = CliRunner().invoke(main, ["clean", "--", str(one.path)])
        status = 3 if one.input.keeps is None else 0
        removed = " ".join(line.text for line in one.article.removed) if one.article is not None else ""
        if done.exit_code != status or acts(done.output):
            wrong.append((one.path.name, f"{done.exit_code} {acts(done.output)} {done.stderr[-300:]}"))
        elif status == 0 and (missing := lost(one.input, f"{done.stdout} {removed}")):
            wrong.append((one.path.name, f"lost {missing}"))
    assert not wrong


@pytest.mark.parametrize("name", FORMATS)
def test_no_export_holds_anything_that_acts(read: list[Read], name: str) -> None:
    wrong = []
    # What is written by others' libraries takes long: a test run looks at some.
    slow = name in ("docx", "docbin")
    for one in read[:: 6 if slow and not FULL else 1]:
        if slow and not FULL and one.input.group == "sizes":
            continue
        if one.article is None or one.analysis is None:
            continue
        try:
            with limited(f"exporting {one.path.name!r} as {name}"):
                content = render(name, one.article, one.analysis, Options())
        except ReaderError as error:
            wrong.append((one.path.name, str(error)))
            continue
        if FORMATS[name].binary:
            continue
        if found := acts(content.decode(), _OURS.get(name, "")):
            wrong.append((one.path.name, f"acts: {found}"))
        elif name in ("text", "markdown", "html") and one.input.group not in ("markup", "sizes"):
            # What cleaning took out is not in an export.
            kept = one.input._replace(
                keeps=tuple(set(one.input.keeps or ()) - set(lost(one.input, one.article.text)))
            )
            wrong += [(one.path.name, f"lost {word}") for word in lost(kept, content.decode())]
    assert not wrong


@pytest.fixture(scope="module")
def library(read: list[Read], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that could be read, kept as the reader and `library import` keep it."""
    path = tmp_path_factory.mktemp("library") / "library.db"
    with Library(path) as library:
        for one in read:
            if one.article is not None:
                with limited(f"keeping {one.path.name!r}"):
                    keep(library, one.article, one.analysis)
    return path


def test_what_is_printed_linearly_holds_all_and_nothing_acts(read: list[Read], library: Path) -> None:
    """`--plain`, with a library that knows the article: no pipeline is loaded for each."""
    wrong = []
    for one in read:
        if one.article is None:
            continue
        with limited(f"printing {one.path.name!r}"):
            done = CliRunner().invoke(main, ["--plain", "--library", str(library), "--", str(one.path)])
        # What cleaning took out is counted there, not shown.
        shown_words = f"{done.stdout} {' '.join(line.text for line in one.article.removed)}"
        if done.exit_code or acts(done.output):
            wrong.append((one.path.name, f"{done.exit_code} {acts(done.output)} {done.stderr[-300:]}"))
        elif missing := lost(one.input, shown_words):
            wrong.append((one.path.name, f"lost {missing}"))
    assert not wrong


@pytest.mark.parametrize(
    "call",
    [
        ["library", "list"],
        ["library", "list", "--format", "json"],
        ["library", "check"],
        ["search", "harbour"],
        ["search", "harbour", "--format", "json"],
        ["search", '"quoted AND NOT ( *'],
        ["who", "Ana Ruiz"],
        ["who", "\x1b[31mevil\u202e"],
        ["balance"],
    ],
    ids=" ".join,
)
def test_the_library_says_nothing_that_acts(library: Path, call: list[str]) -> None:
    done = CliRunner().invoke(main, [*call, "--library", str(library)])
    assert done.exit_code in (0, 1, 2, 3), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not acts(done.output, "\r")
    if "json" in call:
        json.loads(done.stdout)


def test_the_import_takes_all_that_can_be_read(
    read: list[Read], library: Path, folder: Path, tmp_path: Path
) -> None:
    """Known articles need no pipeline; the real import of the folder is a part of `make hostile`."""
    target = tmp_path / "library.db" if FULL else library
    done = CliRunner().invoke(main, ["library", "import", str(folder), "--library", str(target)])
    assert done.exit_code == 1, done.output  # some cannot be read
    assert not acts(done.output)
    listed = json.loads(
        CliRunner().invoke(main, ["library", "list", "--format", "json", "--library", str(target)]).stdout
    )
    sources = {row["source"] for row in listed}
    # What does not look like an article by its name is read when it is named, not with its folder.
    offered = set(expand([str(folder)]))
    readable = {str(one.path) for one in read if one.article is not None}
    assert [Path(path).suffix for path in readable - offered] == [".exe"]
    assert readable & offered <= sources


_SEQUENCE = re.compile(
    rb"\x1b\[[?>=<]?[0-9;:]*\$?[mHhlupKABCD]|\x1b\]8;[^\x1b\x07]*\x1b\\|\x1b\]22;[a-z-]*\x07"
)


def test_the_screen_shows_all_of_them_and_nothing_acts(
    read: list[Read], library: Path, tmp_path: Path
) -> None:
    sources = [str(one.path) for one in read if one.article is not None]
    terminal = Terminal("--library", str(library), "--", *sources, state=tmp_path)
    try:
        terminal.until(f"{len(sources)} articles".encode())
        for number in range(1, len(sources) + 1):
            terminal.type(b"\r" if number == 1 else b")")
            terminal.until(f"{number} of {len(sources)}".encode())
            terminal.type(b"G")
        terminal.type(b"?")
        terminal.until(b"Keys")
        terminal.type(b"\x11")
        assert terminal.end() == 0
        assert terminal.given_back()
        drawn = _SEQUENCE.sub(b"", terminal.output)
        assert b"\x1b" not in drawn, drawn[max(0, drawn.index(b"\x1b") - 80) : drawn.index(b"\x1b") + 40]
        assert not acts(drawn.decode(errors="ignore"), "\r")
        for payload in (b"\x1b[31;5;8m", b"\x1b]52", b"\x1b]0;", b"javascript:"):
            assert payload not in terminal.output
    finally:
        terminal.close()


def test_lists_of_feeds_run_nothing_and_say_nothing_that_acts(tmp_path: Path) -> None:
    library = str(tmp_path / "library.db")
    for name, content in LISTS.items():
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        done = CliRunner().invoke(main, ["feeds", "import", str(path), "--library", library])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert not acts(done.output)
    listed = CliRunner().invoke(main, ["feeds", "list", "--library", library])
    assert not acts(listed.output)
    exported = CliRunner().invoke(main, ["feeds", "export", "--library", library])
    assert not acts(exported.output)
    assert "news.example/feed" in exported.output
    assert "news.example/other" in exported.output
    for refused in ("exec:", "filter:", "file:", "|sh", "passwd"):
        assert refused not in exported.output


def test_what_is_no_file_ends_with_a_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    (tmp_path / "folder.txt").mkdir()
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    vanished = tmp_path / "vanished.txt"
    sources = [loop, tmp_path / "folder.txt", vanished, Path("/dev/zero"), Path("/proc/self/mem")]
    if os.geteuid() != 0:
        unreadable = tmp_path / "unreadable.txt"
        unreadable.write_text("text")
        unreadable.chmod(0)
        sources.append(unreadable)
    for source in sources:
        with limited(f"reading {source}"):
            done = CliRunner().invoke(main, ["clean", str(source)])
        assert done.exit_code == 3, (source, done.output)
        assert done.stderr.count("\n") == 1, done.stderr
        assert "Traceback" not in done.output
    writer = threading.Thread(target=lambda: pipe.write_text("Visitors came.\n\nThe keeper wrote it down.\n"))
    writer.start()
    assert "The keeper" in CliRunner().invoke(main, ["clean", str(pipe)]).stdout
    writer.join()


def test_a_library_of_somebody_else_cannot_act(library: Path, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "foreign.db"
    path.write_bytes(library.read_bytes())
    payload = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202eevil"
    with sqlite3.connect(path) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            columns = [
                row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"
            ]
            for column in columns:
                if column in (
                    "title",
                    "byline",
                    "site",
                    "name",
                    "source",
                    "note",
                    "folder",
                    "canonical",
                    "label",
                ):
                    try:
                        connection.execute(f"UPDATE {table} SET {column} = {column} || ?", (payload,))
                    except sqlite3.DatabaseError:
                        continue
    for call in (
        ["library", "list"],
        ["search", "harbour"],
        ["who", "Ana Ruiz"],
        ["balance"],
        ["library", "check"],
    ):
        done = CliRunner().invoke(main, [*call, "--library", str(path)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert not acts(done.output), call
    for content in (b"", b"SQLite format 3\0" + os.urandom(4_000), b"no library"):
        path.write_bytes(content)
        done = CliRunner().invoke(main, ["library", "list", "--library", str(path)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        assert not acts(done.output)
