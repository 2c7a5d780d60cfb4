"""Parts of an archive analysed by the workers of a Dask scheduler (extra ``cluster``).

Tasks may run more than once, and a scheduler that dies forgets everything: what is done is what is in the
folder. Workers run whatever their scheduler is given: it belongs into a network that is trusted.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import Client
from distributed.scheduler import KilledWorker

from reader.model.errors import ArchiveError
from reader.text.safety import printable
from reader.work import parts
from reader.work.children import Children
from reader.work.identity import identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from reader.work.archive import Piece
    from reader.work.identity import Identity
    from reader.work.messages import JobOptions
    from reader.work.parts import Written
    from reader.work.plan import Input, Part

_PATIENCE = 5  # seconds to wait for a scheduler
_DESERTED = (
    "The scheduler has no workers left; waiting for one. ctrl+c stops, and the same command goes on later."
)


class Cluster:
    """The workers of a scheduler. Each of their threads has a process that reads and analyses."""

    def __init__(
        self,
        client: Client,
        options: JobOptions,
        mine: Identity,
        tell: Callable[[str], None],
        *,
        collect: bool,
    ) -> None:
        self._client, self._options, self._mine, self._tell = client, options, mine, tell
        self.collect = collect
        self._deserted = False
        threads: dict[str, int] = client.nthreads()
        if not threads:
            raise ArchiveError("The scheduler has no workers", "Start some: dask worker ADDRESS")
        self.workers = sum(threads.values())
        self._executor = client.get_executor(pure=False, retries=0)

    def compare(self) -> None:
        """Make sure that all workers find the same. Raises :class:`ArchiveError` that says who does not."""
        for worker, differing in self._everywhere(_differences, self._mine, self._options.pipeline).items():
            if differing:
                raise ArchiveError(
                    f"The worker {worker} has not what this machine has: {differing}",
                    "Install the same there, or end it",
                )

    def probe(self, first: Input, folder: Path) -> None:
        """Make sure that all workers reach the inputs and the folder. Raises :class:`ArchiveError`."""
        for worker, sees in self._everywhere(_sees, first).items():
            if sees is not True:
                raise ArchiveError(
                    f"The worker {worker} does not find {printable(first.path)} as it is here",
                    "All workers need the inputs under the same path",
                )
        if self.collect:
            return
        token = folder / f".probe-{os.urandom(8).hex()}"
        token.write_bytes(b"here")
        try:
            for worker, writes in self._everywhere(_writes, str(token)).items():
                if writes is not True:
                    raise ArchiveError(
                        f"The worker {worker} cannot write into {printable(str(folder))}",
                        "Share the folder with all workers under the same path, or add --collect",
                    )
        finally:
            token.unlink(missing_ok=True)

    def submit(self, part: Part, folder: Path | None, piece: Piece | None) -> Future[Written]:
        """Begin with a part, or with a piece of one."""
        future: Future[Written] = self._executor.submit(
            _analyse, part, self._options, self._mine, folder, piece
        )
        return future

    def died(self, error: BaseException) -> bool:
        """Whether several workers died of a part."""
        return isinstance(error, KilledWorker)

    def look(self) -> None:
        """Say, once, that there are no workers left, and when there are some again."""
        deserted = not self._client.nthreads()
        if deserted != self._deserted:
            self._tell(_DESERTED if deserted else "There are workers again.")
        self._deserted = deserted

    def _everywhere(self, function: Callable[..., object], *arguments: object) -> dict[str, object]:
        """Run a function on every worker. What it raises, or that it is not there, is said as text."""
        try:
            found = self._client.run(function, *arguments, on_error="return")
        except Exception as error:
            raise _lost(error) from error
        return {
            printable(worker): printable(f"{type(result).__name__}: {result}")
            if isinstance(result, BaseException)
            else result
            for worker, result in found.items()
        }

    def leave(self) -> None:
        """Let go of what has not begun; what is running goes on and is written whole."""
        self._executor.shutdown(wait=False)


@contextmanager
def connected(
    address: str, options: JobOptions, mine: Identity, tell: Callable[[str], None], *, collect: bool
) -> Iterator[Cluster]:
    """Open the workers of a scheduler; ``tell`` is told in a sentence what one may want to know meanwhile.

    Raises :class:`ArchiveError` when it cannot be reached.
    """
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters is said by us
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ArchiveError(
            f"No scheduler answers at {printable(address)}", "Start one: dask scheduler"
        ) from error
    with client:
        cluster = Cluster(client, options, mine, tell, collect=collect)
        try:
            yield cluster
        finally:
            cluster.leave()


def _lost(error: Exception) -> ArchiveError:
    return ArchiveError(
        f"The scheduler does not answer ({type(error).__name__})",
        "What is done is kept: the same command goes on with the rest",
    )


# What runs on workers: found there by its name, in their installation of On Record.


@cache
def _children() -> Children:
    return Children()


def _analyse(
    part: Part, options: JobOptions, theirs: Identity, folder: Path | None, piece: Piece | None
) -> Written:
    # Workers may come at any time: those that were not there to be compared are compared here.
    if differing := _differences(theirs, options.pipeline):
        raise ArchiveError(f"A worker has not what the machine has that began the archive: {differing}")
    return parts.analyse_part(part, options, _children().result, folder, piece)


def _differences(theirs: Identity, pipeline: str | None) -> str:
    return ", ".join(identity(pipeline).differences(theirs))


def _sees(first: Input) -> bool:
    return first.unchanged()


def _writes(token: str) -> bool:
    """Whether a file that was written elsewhere is here, and one can be written beside it."""
    own = Path(f"{token}-{os.urandom(8).hex()}")
    try:
        seen = Path(token).read_bytes() == b"here"
        own.write_bytes(b"")
        own.unlink()
    except OSError:
        return False
    return seen
