"""Archives: exactly one result for each input, whoever is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from reader.commands.group import main
from reader.model.errors import ArchiveError
from reader.work import archive, parts, plan
from reader.work.children import Failure
from reader.work.identity import identity
from reader.work.messages import JobOptions
from tests.observing import alive, children, hold_open, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

OPTIONS = JobOptions()
TEXT = "Mayor opens bridge\n\nMary Lee, the mayor, said on Monday: “The bridge number {} will hold.”\n"
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


def write(folder: Path, count: int = 4) -> Path:
    """An archive of so many lines that each make a part, and a blank one."""
    folder.mkdir(exist_ok=True)
    path = folder / "archive.jsonl"
    lines = [json.dumps({"text": TEXT.format(n), "pad": "x" * plan.PART_BYTES}) for n in range(count)]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def planned(*sources: Path) -> plan.Plan:
    return plan.Plan(identity(None), OPTIONS, tuple(plan.make(map(str, sources))))


def sources_in(folder: Path) -> list[str]:
    """What the parts in a folder are of, in order, whatever else lies there."""
    found = sorted(folder.glob("part-*.jsonl"))
    return [json.loads(line)["source"] for path in found for line in path.read_bytes().splitlines()]


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if not path.name.startswith(("part-", "plan.json"))]


def run(made: plan.Plan, folder: Path, pool: archive.Pool) -> list[parts.Written]:
    return list(archive.run(archive.settle(made, folder), OPTIONS, folder, pool))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(scope="module")
def pool() -> Iterator[archive.LocalPool]:
    with archive.LocalPool(1, OPTIONS) as pool:
        yield pool


def test_every_input_has_one_result_in_order(tmp_path: Path, pool: archive.LocalPool) -> None:
    lines, missing = write(tmp_path / "in"), tmp_path / "in" / "missing.txt"
    story, folder = tmp_path / "in" / "story.txt", tmp_path / "out"
    story.write_text(TEXT.format(9), encoding="utf-8")
    written = run(planned(lines, missing, story), folder, pool)
    assert [failure.source for each in written for failure in each.failures] == [str(missing)]
    names = [f"{lines}:{number}" for number in (1, 3, 5, 7)]
    assert sources_in(folder) == [*names, str(missing), str(story)]
    assert leftovers(folder) == []

    joined = call("join", folder)
    assert joined.exit_code == 1
    assert joined.stderr.count("\n") == 1
    assert "missing.txt does not exist" in joined.stderr
    *_, last = joined.stdout.splitlines()
    alone = call("analyse", "--no-library", "--format", "jsonl", story)
    assert json.loads(last) == json.loads(alone.stdout)
    assert len(joined.stdout.splitlines()) == 5

    table = call("join", folder, "--format", "csv", "--output", tmp_path / "table.csv")
    assert table.exit_code == 1
    assert (tmp_path / "table.csv").read_text(encoding="utf-8").count("The bridge number") == 5


def test_only_what_is_not_there_is_done(tmp_path: Path, pool: archive.LocalPool) -> None:
    made, folder = planned(write(tmp_path / "in")), tmp_path / "out"
    run(made, folder, pool)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    gone = parts.path_of(folder, 2)
    gone.unlink()
    incomplete = call("join", folder)
    assert incomplete.exit_code == 2
    assert "1 of 4 parts are not there yet" in incomplete.stderr
    assert [part.number for part in archive.settle(made, folder)] == [2]
    assert len(run(made, folder, pool)) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_another_plan_is_refused_until_told_to_begin_anew(tmp_path: Path, pool: archive.LocalPool) -> None:
    path, folder = write(tmp_path / "in"), tmp_path / "out"
    run(planned(path), folder, pool)
    before = sorted(each.name for each in folder.iterdir())
    path.write_text(json.dumps({"text": TEXT}) + "\n", encoding="utf-8")
    refused = call("analyse", "--format", "jsonl", "--output", folder, path)
    assert refused.exit_code == 2
    assert "archive.jsonl is changed" in refused.stderr
    assert sorted(each.name for each in folder.iterdir()) == before
    archive.settle(planned(path), folder, restart=True)
    assert sorted(each.name for each in folder.iterdir()) == ["plan.json"]
    (folder / "plan.json").unlink()
    parts.write(folder, 0, b"{}\n")
    with pytest.raises(ArchiveError, match="parts but no plan"):
        archive.settle(planned(path), folder)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[1]\n", b"no JSON\n", b'{"source": "other"}\n'])
def test_a_part_that_holds_something_else_is_told(tmp_path: Path, content: bytes) -> None:
    made, folder = planned(write(tmp_path / "in", 1)), tmp_path / "out"
    archive.settle(made, folder)
    parts.write(folder, 0, content)
    told = call("join", folder)
    assert told.exit_code == 2
    assert "part-00000.jsonl does not hold one line for each of its inputs" in told.stderr


def test_a_line_twice_is_told(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text('{"text": "one"}\n{"text": "two"}\n', encoding="utf-8")
    archive.settle(planned(path), folder)
    line = parts.line_of_failure(Failure(f"{path}:1", "It failed", ""))
    parts.write(folder, 0, line * 2)
    assert "does not hold one line" in call("join", folder).stderr


def test_an_archive_needs_a_folder_and_files(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    out = f"{tmp_path / 'out'}/"
    for arguments in (
        ["--scheduler", "tcp://127.0.0.1:1", story],
        ["--restart", story],
        ["--format", "jsonl", "--output", out, "--force", story],
        ["--format", "jsonl", "--output", out, "--collect", story],
        ["--format", "jsonl", "--output", out, "-"],
    ):
        assert call("analyse", *arguments).exit_code == 2, arguments
    nothing = call("analyse", "--format", "jsonl", "--output", out, tmp_path / "out")
    assert nothing.exit_code == 3
    assert call("join", tmp_path).exit_code == 2
    assert call("join", tmp_path, "--format", "html").exit_code == 2


@pytest.mark.parametrize(
    ("package", "ours", "arguments"),
    [
        ("distributed", "reader.work.cluster", ["analyse", "--scheduler", "tcp://127.0.0.1:1", "story.txt"]),
        ("pyarrow", "reader.export.parquet", ["join", "out", "--format", "parquet"]),
    ],
)
def test_an_extra_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, ours: str, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TEXT, encoding="utf-8")
    archive.settle(planned(Path("story.txt")), tmp_path / "out")
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, ours, raising=False)
    output = "table" if arguments[0] == "join" else "out"
    told = call(*arguments, "--output", output)
    assert told.exit_code in (1, 2)
    assert "pip install 'onrecord[" in told.stderr
    assert not Path("table").exists()


@needs_proc
def test_what_was_interrupted_is_no_result(tmp_path: Path) -> None:
    path, folder, pipe = write(tmp_path / "in", 2), tmp_path / "out", tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    made = planned(path, pipe)
    command = [sys.executable, "-m", "reader", "analyse", "--format", "jsonl", "--output", f"{folder}/"]
    with subprocess.Popen([*command, path, pipe], stderr=subprocess.PIPE, text=True) as running:
        held = until(lambda: hold_open(pipe))
        found = children(running.pid)
        running.send_signal(signal.SIGINT)
        _, messages = running.communicate(timeout=60)
    os.close(held)
    assert running.returncode == 130
    assert messages == ""
    until(lambda: not any(map(alive, found)))
    assert leftovers(folder) == []
    (last,) = [part for part in archive.settle(made, folder) if part.number == 2]
    assert last.inputs[0].path == str(pipe)
