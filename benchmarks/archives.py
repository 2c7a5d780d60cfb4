"""Many articles: what another process or worker brings, and what memory they take.

    python -m benchmarks.archives [scaling|memory|growth] [--articles N]

Articles are those of our own corpus, as lines of one file. Processor time counts all processes; on a machine
with other work it tells what N articles cost, and the clock tells little.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.figures import Figure, Skipped, children, corpus, resident, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
# Seconds: often enough to see a process's largest size, and too rarely to slow it down.
_BETWEEN_LOOKS = 0.2


class Cost(NamedTuple):
    """What a command and everything that it started took. Memory is the largest process's, in MB."""

    clock: float
    processor: float
    command_memory: float
    child_memory: float


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command and everything that it starts to its end."""
    if sys.platform != "linux":
        raise Skipped("processes are counted on Linux alone")
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # those whose parent has gone are ours to count
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    others = set(children(os.getpid()))  # which what was measured before may have left
    started = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    sizes = _Sizes(running.pid)
    processor = clock = 0.0
    while set(children(os.getpid())) - others:
        number, status, usage = os.wait4(-1, 0)
        if number in others:
            continue
        processor += usage.ru_utime + usage.ru_stime
        if number == running.pid:
            running.returncode = os.waitstatus_to_exitcode(status)
            clock = time.perf_counter() - started
    if running.returncode:
        raise RuntimeError(f"{command} ended with {running.returncode}")
    return Cost(clock, processor, sizes.command, sizes.child)


class _Sizes(threading.Thread):
    """Looks at the memory of a process and of its children while they are there."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.command = self.child = 0.0
        self.start()

    def run(self) -> None:
        with suppress(OSError):  # it has ended
            while True:
                for child in children(self._pid):
                    with suppress(OSError):
                        self.child = max(self.child, resident(child))
                self.command = max(self.command, resident(self._pid))
                time.sleep(_BETWEEN_LOOKS)


def archive(path: Path, articles: int, paragraphs: int | None = None) -> int:
    """Write an archive of so many articles, or of their first paragraphs, and return its words."""
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, article in enumerate(islice(cycle(list(corpus())), articles)):
            text = "\n\n".join([f"{article[0]} ({number})", *article[1:paragraphs]])
            words += len(text.split())
            stream.write(json.dumps({"text": text}) + "\n")
    return words


def scaling(articles: int = 240) -> Iterator[Figure]:
    """Words per second with one and two processes, and with one and two workers of a scheduler."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        words = archive(folder / "archive.jsonl", articles)
        for jobs in (1, 2):
            took = cost(_analyse(folder, f"pool-{jobs}", "--jobs", str(jobs)), folder)
            yield Figure(f"{jobs} process{'es' * (jobs > 1)}", words / took.clock, "words/s")
            yield Figure(
                f"{jobs} process{'es' * (jobs > 1)}, a second of processor", words / took.processor, "words/s"
            )
        if find_spec("distributed") is None:
            raise Skipped("no scheduler is installed: pip install 'onrecord[cluster]'")
        for workers in (1, 2):
            took = cost(
                [sys.executable, "-m", "benchmarks.archives", "cluster", str(folder), str(workers)], folder
            )
            yield Figure(f"{workers} Dask worker{'s' * (workers > 1)}", words / took.clock, "words/s")
            yield Figure(
                f"{workers} Dask worker{'s' * (workers > 1)}, a second of processor",
                words / took.processor,
                "words/s",
            )


def memory(articles: int = 10_000) -> Iterator[Figure]:
    """The largest memory of the command and of the processes that analyse, for few articles and for many."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for count in (articles // 100, articles):
            archive(folder / "archive.jsonl", count, paragraphs=2)
            took = cost(_analyse(folder, f"memory-{count}", "--jobs", "2"), folder)
            yield Figure(f"memory of the command, {count:,} articles", took.command_memory, "MB")
            yield Figure(f"memory of a process that analyses, {count:,} articles", took.child_memory, "MB")
            yield Figure(f"processor time, {count:,} articles", took.processor, "s")


def growth() -> Iterator[Figure]:
    """How the cost of an article grows with its words, and with its quotations."""
    from reader.language.analyser import analyse
    from reader.language.pipeline import load_pipeline
    from reader.model.article import Article, Block

    pipeline = load_pipeline()
    paragraphs = [paragraph for article in corpus() for paragraph in article[1:]]
    quoting = [paragraph for paragraph in paragraphs if "“" in paragraph]
    plain = [paragraph for paragraph in paragraphs if not set(paragraph) & set('“”"‘')]

    def spent(some: list[str], words: int) -> float:
        """Milliseconds of processor for a thousand words."""
        blocks, text = [], ""
        for paragraph in cycle(some):
            if text.count(" ") >= words:
                break
            blocks.append(Block("paragraph", len(text), len(text) + len(paragraph)))
            text += f"{paragraph}\n\n"
        started = time.process_time()
        analyse(Article(text, tuple(blocks)), pipeline)
        return (time.process_time() - started) * 1e6 / len(text.split())

    spent(paragraphs, 500)
    for words in (500, 2_000, 8_000, 32_000):
        yield Figure(f"a thousand words of an article, {words:,} words", spent(paragraphs, words), "ms")
    yield Figure("a thousand words without quotations", spent(plain, 4_000), "ms")
    yield Figure("a thousand words in paragraphs that quote", spent(quoting, 4_000), "ms")


def _analyse(folder: Path, name: str, *options: str) -> list[str]:
    output = ["--output", f"{folder / name}/"]
    command = [sys.executable, "-m", "reader", "analyse", "--format", "jsonl"]
    return [*command, *options, *output, str(folder / "archive.jsonl")]


def _cluster(folder: Path, workers: int) -> None:
    """Analyse with a scheduler and workers of its own."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
        command = _analyse(folder, f"dask-{workers}", "--scheduler", cluster.scheduler_address)
        subprocess.run(command, check=True)


MEASURES: dict[str, Callable[..., Iterator[Figure]]] = {
    "scaling": scaling,
    "memory": memory,
    "growth": growth,
}


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=[*MEASURES, "cluster"])
    parser.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int)
    options = parser.parse_args()
    if options.what == "cluster":
        _cluster(Path(options.rest[0]), int(options.rest[1]))
        return
    measure = MEASURES[options.what]
    show(measure(options.articles) if options.articles else measure())


if __name__ == "__main__":
    main()
