"""Where articles come from: files, folders, standard input; and what goes wrong with them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.ingest import expand, read, sources
from reader.model.errors import SourceError

TEXT = "A wall for the harbour\n\nThe council voted on Tuesday to rebuild the harbour wall, it said.\n"


def test_a_folder_becomes_its_readable_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.HTML", "c.png", ".hidden.txt", "sub/d.md", ".git/e.txt", "sub/.f.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = [str(Path(source).relative_to(tmp_path)) for source in expand([str(tmp_path)])]
    assert found == ["a.HTML", "b.txt", "sub/d.md"]


def test_what_is_no_folder_passes_through(tmp_path: Path) -> None:
    (tmp_path / "odd.png").write_text("x")
    named = ["-", "https://example.org/a", "missing.txt", str(tmp_path / "odd.png")]
    assert list(expand(named)) == named


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    assert [Path(source).name for source in expand([str(tmp_path)])] == ["one.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_listed_is_reported(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert list(expand([str(tmp_path)])) == [str(closed)]
    with pytest.raises(SourceError):
        read(str(closed))


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    article = read("-")
    assert (article.title, article.source) == ("A wall for the harbour", "-")


def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({TEXT!r})"])
    assert read(str(pipe)).title == "A wall for the harbour"
    assert writer.wait() == 0


def test_progress_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    seen: list[tuple[int, int | None]] = []
    read(str(tmp_path / "a.txt"), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(TEXT), len(TEXT))


def test_what_progress_raises_ends_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    def stop(_done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(str(tmp_path / "a.txt"), progress=stop)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.txt", "does not exist"),
        (".", "is a folder"),
        ("bad\0name", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("ftp://example.org/a", "cannot be read"),
        ("miss\x1b]52;c;aa\x07ing\u202e.txt", "missing.txt does not exist"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_safe_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SourceError) as caught:
        read(name)
    message = str(caught.value)
    assert says in message
    assert caught.value.hint
    assert message.isprintable()
    assert len(message) < 400


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 1000)
    (tmp_path / "a.txt").write_text("x" * 2000)
    with pytest.raises(SourceError, match="larger than"):
        read(str(tmp_path / "a.txt"))
    with pytest.raises(SourceError, match="larger than"):
        read("/dev/zero")


def test_reading_text_imports_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    heavy = [
        "trafilatura",
        "lxml",
        "httpx",
        "charset_normalizer",
        "ftfy",
        "readability",
        "markdown_it",
        "email",
        "spacy",
        "textual",
    ]
    code = (
        "import sys; from reader.ingest import read; read(sys.argv[1]);"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt")], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
