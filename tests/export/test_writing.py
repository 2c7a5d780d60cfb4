"""Files appear whole or not at all, and never over others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.options import Options
from reader.export.writing import file_stem, new_file, save_file, save_folder, write_file
from reader.model.article import Article
from reader.model.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

    from reader.model.analysis import Analysis


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    with pytest.raises(ExportError) as error:
        write_file(path, b"new")
    assert "--force" in error.value.hint
    assert path.read_text() == "mine"
    write_file(path, b"new", force=True)
    assert path.read_text() == "new"
    assert left(tmp_path) == ["a.txt"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    with suppress(RuntimeError), new_file(path, force=True) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert path.read_text() == "mine"
    assert left(tmp_path) == ["a.txt"]


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    stack = ExitStack()
    stack.enter_context(new_file(path)).write(b"new")
    path.write_text("somebody else's")
    with pytest.raises(ExportError):
        stack.close()
    assert path.read_text() == "somebody else's"
    assert left(tmp_path) == ["a.txt"]


def test_a_killed_process_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    code = (
        "import sys, pathlib\nfrom reader.export.writing import new_file\n"
        f"with new_file(pathlib.Path({str(path)!r})) as stream:\n"
        "    stream.write(b'half'); stream.flush(); print('ready', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not path.exists()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with pytest.raises(ExportError):
        write_file(tmp_path / "link.txt", b"new")
    write_file(tmp_path / "link.txt", b"new", force=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    got = []
    thread = threading.Thread(target=lambda: got.append(path.read_bytes()))
    thread.start()
    write_file(path, b"through")
    thread.join()
    assert got == [b"through"]
    assert path.is_fifo()


def test_what_cannot_be_written_is_said_without_control_characters(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="No such file"):
        write_file(tmp_path / "no\x1bfolder" / "a.txt", b"")
    with pytest.raises(ExportError, match="is a folder"):
        write_file(tmp_path, b"", force=True)
    with pytest.raises(ExportError) as error:
        write_file(tmp_path / "x\x1b" / "y", b"")
    assert "\x1b" not in str(error.value)


def test_new_files_have_the_usual_permissions(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_one_file_for_all(tmp_path: Path, article: Article, analysis: Analysis) -> None:
    path = tmp_path / "all.jsonl"
    save_file("jsonl", [(article, analysis)] * 2, path, Options())
    assert path.read_text().count("\n") == 2
    with pytest.raises(ExportError, match="holds one article"):
        save_file("html", [(article, analysis)] * 2, tmp_path / "all.html", Options())
    save_file("html", [(article, analysis)], tmp_path / "one.html", Options())
    assert left(tmp_path) == ["all.jsonl", "one.html"]


def test_a_source_that_fails_midway_leaves_no_file(
    tmp_path: Path, article: Article, analysis: Analysis
) -> None:
    def results() -> Any:
        yield article, analysis
        raise ExportError("broken")

    with pytest.raises(ExportError, match="broken"):
        save_file("csv", results(), tmp_path / "all.csv", Options())
    assert left(tmp_path) == []


def test_existing_output_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "all.csv").touch()

    def results() -> Any:
        raise AssertionError("was read")
        yield

    with pytest.raises(ExportError, match="is there already"):
        save_file("csv", results(), tmp_path / "all.csv", Options())


def test_a_folder_of_articles(tmp_path: Path, article: Article, analysis: Analysis) -> None:
    sources = ["/a/story.txt", "/b/story.txt", "/c/Story.html", "https://wire.example/x?y", "-"]
    results = [(replace(article, source=source), analysis) for source in sources]
    saved = list(save_folder("markdown", results, tmp_path / "out", Options()))
    assert [paths.paths[0].name for paths in saved] == [
        "story.md",
        "story-2.md",
        "Story-3.md",
        "Harbour-plan-a-gamble-says-mayor.md",
        "Harbour-plan-a-gamble-says-mayor-2.md",
    ]
    assert all(one.error is None for one in saved)
    again = list(save_folder("markdown", results, tmp_path / "out", Options()))
    assert all(one.error and not one.paths for one in again)
    forced = list(save_folder("markdown", results, tmp_path / "out", Options(), force=True))
    assert [one.paths for one in forced] == [one.paths for one in saved]
    assert len(left(tmp_path / "out")) == 5


def test_a_folder_for_brat(tmp_path: Path, article: Article, analysis: Analysis) -> None:
    results = [(replace(article, source="a.txt"), analysis), (replace(article, source="b.txt"), analysis)]
    list(save_folder("brat", results, tmp_path, Options()))
    assert left(tmp_path) == ["a.ann", "a.txt", "annotation.conf", "b.ann", "b.txt"]


def test_a_folder_that_is_a_file(tmp_path: Path, article: Article, analysis: Analysis) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(ExportError, match="cannot be written"):
        list(save_folder("text", [(article, analysis)], tmp_path / "out", Options()))


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as told:
        write_file(tmp_path / "no" / "a.html", b"")
    assert str(told.value).endswith("Make the folder, or name one that is there.")


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_file_names_are_safe(source: str, title: str) -> None:
    for source_ in (source, f"https://{source}", "-"):
        stem = file_stem(Article("", source=source_, title=title))
        assert stem
        assert not set(stem) & set('/\\:*?"<>|\0\n\r\x1b ')
        assert not stem.startswith((".", "-"))
        assert len(stem.encode()) <= 101
        assert stem.split(".")[0].lower() not in ("con", "nul", "aux", "prn", "com1")
