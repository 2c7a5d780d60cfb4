"""A real scheduler and two workers on loopback: nothing lost, nothing twice, whoever is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.model.errors import ArchiveError, ReaderError
from reader.work import archive, parts
from reader.work.identity import identity
from tests.observing import alive, children, hold_open, readers, until
from tests.work.fleet import REPOSITORY, Fleet
from tests.work.test_archive import OPTIONS, TEXT, call, leftovers, planned, sources_in, write

distributed = pytest.importorskip("distributed", reason="needs the extra: pip install 'onrecord[cluster]'")
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")

from reader.work.cluster import connected  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reader.work.plan import Plan


class Cluster:
    """A fleet with one scheduler at a time and two workers."""

    def __init__(self, folder: Path) -> None:
        self.fleet = Fleet(folder)
        self.told: list[str] = []
        self.begin()

    def begin(self) -> None:
        """Start a scheduler, and workers for it."""
        self.scheduler, self.address = self.fleet.scheduler()
        self.complete()

    def complete(self) -> None:
        """Start as many workers as are missing."""
        while len(self.fleet.workers) < 2:
            self.fleet.worker(self.address)

    def run(self, made: Plan, folder: Path, *, collect: bool = False) -> list[parts.Written]:
        """Do what is left of an archive, as the command does."""
        todo = archive.settle(made, folder)
        tell = self.told.append
        with connected(self.address, OPTIONS, identity(None), tell, collect=collect) as workers:
            workers.compare()
            workers.probe(made.parts[0].inputs[0], folder)
            return list(archive.run(todo, OPTIONS, folder, workers))


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("dask"))
    yield cluster
    cluster.fleet.end()


@pytest.fixture
def cluster(everyone: Cluster) -> Cluster:
    everyone.complete()
    return everyone


class Client(threading.Thread):
    """Somebody who waits for an archive."""

    def __init__(self, run: Callable[[], list[parts.Written]]) -> None:
        super().__init__(daemon=True)
        self._run = run
        self.written: list[parts.Written] = []
        self.error: ReaderError | None = None
        self.start()

    def run(self) -> None:
        try:
            self.written = self._run()
        except ReaderError as error:
            self.error = error

    def finish(self) -> list[parts.Written]:
        """Wait for the end."""
        self.join(90)
        assert not self.is_alive()
        return self.written


class Pipe:
    """A file that whoever reads it waits at."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = path
        self._held: int | None = None

    def reader(self, cluster: Cluster, *, but: int | None = None) -> int:
        """The worker whose child waits."""
        if self._held is None:
            self._held = until(lambda: hold_open(self.path), "a reader")
        return until(lambda: self._worker(cluster, but), "a worker that reads")

    def _worker(self, cluster: Cluster, but: int | None) -> int | None:
        workers = [worker for worker in cluster.fleet.workers if worker != but]
        return next((worker for worker in workers if readers(self.path, children(worker))), None)

    def release(self) -> None:
        """Let whoever waits have an article."""
        held = self._held or until(lambda: hold_open(self.path), "a reader")
        os.write(held, TEXT.format(0).encode())
        os.close(held)


def test_two_clients_do_one_archive(tmp_path: Path, cluster: Cluster) -> None:
    made, folder = planned(write(tmp_path / "in", 6)), tmp_path / "out"
    archive.settle(made, folder)
    both = [Client(partial(cluster.run, made, folder, collect=collect)) for collect in (False, True)]
    assert [sum(each.articles for each in client.finish()) for client in both] == [6, 6]
    assert [client.error for client in both] == [None, None]
    assert sources_in(folder) == [f"{tmp_path}/in/archive.jsonl:{n}" for n in (1, 3, 5, 7, 9, 11)]
    assert leftovers(folder) == []


def test_a_client_that_is_killed_goes_on_where_it_was(tmp_path: Path, cluster: Cluster) -> None:
    pipe, folder = Pipe(tmp_path / "pipe.txt"), tmp_path / "out"
    inputs = write(tmp_path / "in", 2)
    command = [sys.executable, "-m", "reader", "analyse", "--scheduler", cluster.address]
    with subprocess.Popen([*command, "--output", folder, inputs, pipe.path]) as running:
        pipe.reader(cluster)
        until(lambda: len(sources_in(folder)) == 2)
        running.send_signal(signal.SIGKILL)
    before = {path.name: path.stat().st_mtime_ns for path in folder.glob("part-*")}
    client = Client(partial(cluster.run, planned(inputs, pipe.path), folder))
    pipe.release()
    client.finish()
    assert client.error is None
    assert len(set(sources_in(folder))) == len(sources_in(folder)) == 3
    assert {name: (folder / name).stat().st_mtime_ns for name in before} == before


def test_workers_that_find_something_else_are_refused(tmp_path: Path, cluster: Cluster) -> None:
    package = tmp_path / "other"
    shutil.copytree(
        REPOSITORY / "reader",
        package / "reader",
        copy_function=os.symlink,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    rules = package / "reader" / "language" / "cues.py"
    changed = rules.read_text(encoding="utf-8") + "\n"
    rules.unlink()
    rules.write_text(changed, encoding="utf-8")
    inputs, folder = write(tmp_path / "in", 1), tmp_path / "out"
    other = Fleet(tmp_path, package)
    try:
        other.worker(cluster.address)
        refused = call("analyse", "--scheduler", cluster.address, "--output", folder, inputs)
        assert refused.exit_code == 2
        assert "has not what this machine has: the rules, word lists and weights" in refused.stderr
        assert sources_in(folder) == []
        # One that comes when the others were compared already is refused when it is given something.
        (part,) = planned(inputs).parts
        theirs = identity(None)._replace(rules="others")
        with connected(cluster.address, OPTIONS, theirs, print, collect=True) as workers:
            assert "A worker has not" in str(workers.submit(part, None, None).exception())
    finally:
        other.end()


def test_what_workers_do_not_share_is_told(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, folder = planned(write(tmp_path / "in", 1)), tmp_path / "out"
    archive.settle(made, folder)
    (first,) = made.parts[0].inputs
    with connected(cluster.address, OPTIONS, identity(None), print, collect=False) as workers:
        workers.probe(first, folder)
        with pytest.raises(ArchiveError, match=r"does not find .*archive.jsonl as it is here"):
            workers.probe(first._replace(size=1), folder)
    monkeypatch.setattr("reader.work.cluster._PATIENCE", 0.2)
    assert call("analyse", "--scheduler", "tcp://127.0.0.1:1", "--output", folder, first.path).exit_code == 2


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path, cluster: Cluster) -> None:
    pipe, folder = Pipe(tmp_path / "pipe.txt"), tmp_path / "out"
    made = planned(write(tmp_path / "in", 1), pipe.path)
    client = Client(partial(cluster.run, made, folder))
    first = pipe.reader(cluster)
    cluster.fleet.kill(first)
    pipe.reader(cluster, but=first)
    pipe.release()
    assert sum(each.articles for each in client.finish()) == 2
    assert not any(each.failures for each in client.written)
    assert sources_in(folder)[-1] == str(pipe.path)
    assert len(set(sources_in(folder))) == len(sources_in(folder)) == 2
    assert leftovers(folder) == []


def test_that_no_worker_is_left_is_told_and_one_that_comes_goes_on(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_A_WHILE", 0.05)
    pipe, folder = Pipe(tmp_path / "pipe.txt"), tmp_path / "out"
    client = Client(partial(cluster.run, planned(pipe.path), folder))
    busy = pipe.reader(cluster)
    cluster.told.clear()
    # An article of which two workers die is given up: the idle one must be known to be gone before.
    with distributed.Client(cluster.address, set_as_default=False) as watcher:
        for worker in set(cluster.fleet.workers) - {busy}:
            cluster.fleet.kill(worker)
        until(lambda: len(watcher.nthreads()) == 1)
        cluster.fleet.kill(busy)
    until(lambda: cluster.told)
    cluster.complete()
    pipe.reader(cluster)
    until(lambda: len(cluster.told) > 1)
    pipe.release()
    assert sum(each.articles for each in client.finish()) == 1
    assert [told[:32] for told in cluster.told] == [
        "The scheduler has no workers lef",
        "There are workers again.",
    ]


def test_a_scheduler_that_is_killed_is_told_and_another_goes_on(tmp_path: Path, cluster: Cluster) -> None:
    pipe, folder = Pipe(tmp_path / "pipe.txt"), tmp_path / "out"
    made = planned(write(tmp_path / "in", 2), pipe.path)
    client = Client(partial(cluster.run, made, folder))
    pipe.reader(cluster)
    until(lambda: len(sources_in(folder)) == 2)
    cluster.fleet.kill(cluster.scheduler)
    client.finish()
    assert isinstance(client.error, ArchiveError)
    assert "The scheduler has gone" in client.error.title
    workers = list(cluster.fleet.workers)
    for worker in workers:
        cluster.fleet.kill(worker)
    until(lambda: not any(map(alive, workers)))
    cluster.begin()
    client = Client(partial(cluster.run, made, folder))
    pipe.reader(cluster)
    pipe.release()
    assert sum(each.articles for each in client.finish()) == 1
    assert len(set(sources_in(folder))) == len(sources_in(folder)) == 3


def test_an_article_that_kills_its_workers_is_found(tmp_path: Path, cluster: Cluster) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    pipe, folder = Pipe(paths[0]), tmp_path / "out"
    for path in paths[1:]:
        path.write_text(TEXT, encoding="utf-8")
    made = planned(*paths)
    assert len(made.parts) == 1
    client = Client(partial(cluster.run, made, folder))
    killed = None
    for _ in range(4):  # two workers die of the whole part, and two of the piece that holds it
        killed = pipe.reader(cluster, but=killed)
        cluster.fleet.kill(killed)
        cluster.complete()
    (written,) = client.finish()
    assert [failure.source for failure in written.failures] == [str(pipe.path)]
    assert "the process that did it was ended" in written.failures[0].title
    assert sources_in(folder) == list(map(str, paths))
    joined = call("join", folder)
    assert joined.exit_code == 1
    assert joined.stdout.count("\n") == 2
