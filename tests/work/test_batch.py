"""Many articles in one call: in order, and one that kills its process costs only itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.model.errors import PipelineError
from reader.work.batch import Failure, Success, analyse_each, read_each
from reader.work.messages import JobOptions
from tests.observing import alive, children, hold_open, readers, until

if TYPE_CHECKING:
    from reader.model.article import Article

TEXT = "Mayor opens bridge\n\nMary Lee, the mayor, said on Monday: “The bridge number {} will hold.”\n"
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")


def write(folder: Path, count: int) -> list[str]:
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(TEXT.format(number), encoding="utf-8")
    return [str(path) for path in paths]


def test_a_fault_in_one_article_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.language import analyser

    def faulty(article: Article, *arguments: object, **options: object) -> object:
        if "number 1" in article.text:
            raise IndexError("a fault")
        return steps(article, *arguments, **options)  # type: ignore[arg-type]

    steps = analyser.steps
    monkeypatch.setattr(analyser, "steps", faulty)
    first, second, third = analyse_each(write(tmp_path, 3), JobOptions())
    assert isinstance(first, Success)
    assert isinstance(second, Failure)
    assert "1.txt" in second.title
    assert "IndexError" in second.title
    assert isinstance(third, Success)


def test_a_fault_in_reading_costs_one_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.ingest import dispatch

    def faulty(_text: str, **_: object) -> object:
        raise RecursionError("a fault")

    monkeypatch.setattr(dispatch, "from_text", faulty)
    (failure,) = read_each(write(tmp_path, 1), JobOptions())
    assert isinstance(failure, Failure)
    assert "RecursionError" in failure.title


@pytest.mark.parametrize("jobs", [None, 2])
def test_without_a_pipeline_nothing_can_be_analysed(tmp_path: Path, jobs: int | None) -> None:
    with pytest.raises(PipelineError):
        list(analyse_each(write(tmp_path, 3), JobOptions(pipeline="no_such_pipeline"), jobs))


def test_processes_find_the_same(tmp_path: Path) -> None:
    sources = [*write(tmp_path, 5), str(tmp_path / "missing.txt")]
    assert list(analyse_each(sources, JobOptions(), 2)) == list(analyse_each(sources, JobOptions()))


def kill_reader(pipe: Path, parent: int, *, times: int, last: str = "") -> None:
    """Kill the child of a process that reads a pipe, and whoever reads it next; tell the last one a text."""
    killed: set[int] = set()
    held = until(lambda: hold_open(pipe), "a process that reads the pipe")
    for number in range(times + bool(last)):
        (reading,) = until(lambda: set(readers(pipe, children(parent))) - killed)
        if number < times:
            killed.add(reading)
            os.kill(reading, signal.SIGKILL)
    os.write(held, last.encode())
    os.close(held)


@needs_proc
def test_an_article_is_tried_again_by_another_process(tmp_path: Path) -> None:
    """One that is killed from outside is not to blame."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    results: list[Success | Failure] = []
    thread = threading.Thread(target=lambda: results.extend(analyse_each([str(pipe)], JobOptions(), 1)))
    thread.start()
    kill_reader(pipe, os.getpid(), times=1, last="“We stay,” said Ana Ruiz.")
    thread.join(120)
    (result,) = results
    assert isinstance(result, Success)
    assert result.analysis.quotations


@needs_proc
def test_a_killed_process_costs_its_article_alone(tmp_path: Path) -> None:
    sources = write(tmp_path, 14)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    sources.insert(3, str(pipe))
    results: list[Success | Failure] = []

    def collect() -> None:
        results.extend(analyse_each(sources, JobOptions(), 2))

    thread = threading.Thread(target=collect, daemon=True)
    thread.start()
    kill_reader(pipe, os.getpid(), times=2)
    thread.join(120)
    assert not thread.is_alive()
    assert [isinstance(result, Failure) for result in results] == [n == 3 for n in range(15)]
    failure = results[3]
    assert isinstance(failure, Failure)
    assert failure.source == str(pipe)
    assert "was ended" in failure.title
    texts = [result.article.text for result in results if isinstance(result, Success)]
    assert [f"number {n} " in text for n, text in enumerate(texts)] == [True] * 14


@needs_proc
def test_the_command_says_which_article_was_lost(tmp_path: Path) -> None:
    sources = write(tmp_path, 3)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    sources.insert(1, str(pipe))
    call = [sys.executable, "-m", "reader", "analyse", "--format", "jsonl", "--jobs", "1", *sources]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as command:
        kill_reader(pipe, command.pid, times=2)
        output, messages = command.communicate(timeout=90)
    assert command.returncode == 1
    found = [json.loads(line)["source"] for line in output.splitlines()]
    assert found == [source for source in sources if source != str(pipe)]
    assert messages.count("\n") == 1
    assert str(pipe) in messages


@needs_proc
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_ends_all_when_it_is_interrupted(tmp_path: Path, jobs: str) -> None:
    pipes = [tmp_path / "one", tmp_path / "two"]
    for pipe in pipes:
        os.mkfifo(pipe)
    call = [sys.executable, "-m", "reader", "analyse", "--jobs", jobs, *map(str, pipes)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as command:
        held = [until(partial(hold_open, pipe)) for pipe in pipes[: int(jobs)]]
        found = children(command.pid)
        assert len(found) == int(jobs)
        command.send_signal(signal.SIGINT)
        output, messages = command.communicate(timeout=60)
    for opened in held:
        os.close(opened)
    assert command.returncode == 130
    assert output == ""
    assert messages == ""
    until(lambda: not any(alive(pid) for pid in found))
