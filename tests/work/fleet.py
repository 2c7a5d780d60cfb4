"""A Dask scheduler and its workers as processes of their own, started and killed by tests.

Run as a program it imports everything once and forks: a worker costs hundredths of a second, not seconds.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


class Fleet:
    """Scheduler and workers; numbers are those of their processes."""

    def __init__(self, folder: Path, package: Path = REPOSITORY) -> None:
        # The package stands first on the path: a worker of another installation is one with another package.
        environment = {**os.environ, "PYTHONPATH": str(package), "DASK_TEMPORARY_DIRECTORY": str(folder)}
        environment |= {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        environment |= {"DASK_LOGGING__DISTRIBUTED": "critical"}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=folder,
        )
        self.workers: list[int] = []

    def scheduler(self) -> tuple[int, str]:
        """Start a scheduler and return its process and address."""
        number, address = self._ask("scheduler")
        return int(number), address

    def worker(self, address: str) -> int:
        """Start a worker and return its process once the scheduler knows it."""
        (number,) = self._ask("worker", address)
        self.workers.append(int(number))
        return int(number)

    def kill(self, number: int) -> None:
        """Kill a process as if the power had failed."""
        self.workers = [other for other in self.workers if other != number]
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)

    def end(self) -> None:
        """Kill all."""
        for number in self.workers:
            self.kill(number)
        self._process.communicate("")

    def _ask(self, *words: str) -> list[str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().split()


def _serve() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those who have died are no zombies
    started: list[int] = []
    for line in sys.stdin:
        kind, *arguments = line.split()
        reading, writing = os.pipe()
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run((_scheduler if kind == "scheduler" else _worker)(writing, *arguments))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as stream:
            print(number, stream.readline().strip(), flush=True)
        started.append(number)
    for number in started:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


async def _scheduler(ready: int) -> None:
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard=False, dashboard_address=":0") as scheduler:
        os.write(ready, f"{scheduler.address}\n".encode())
        await scheduler.finished()


async def _worker(ready: int, address: str) -> None:
    from distributed import Worker

    async with Worker(address, nthreads=1, dashboard=False) as worker:
        os.write(ready, b"\n")
        await worker.finished()


if __name__ == "__main__":
    import reader.work.cluster  # noqa: F401

    _serve()
