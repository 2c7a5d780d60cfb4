"""A process that writes to libraries until it is killed, and says what is done once it is.

python -m tests.library.writer

Each line on standard input, ``TASK<tab>LIBRARY<tab>NUMBER``, is done by a fork: everything is imported
by then. :class:`Writer` is its other end.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from reader.library.errors import LibraryError
from reader.library.library import Library
from reader.library.reading import correct, keep, undo
from reader.model.anchors import anchor
from reader.model.corrections import SetSpeaker
from tests.library.namesakes import lines, marked


def _say(*words: object) -> None:
    # In one piece: a process that is killed leaves no half of a line.
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def import_and_correct(path: Path, first: int) -> None:
    """Keep articles and decide who speaks in them."""
    library = Library(path)
    known = [line for line in lines("written_on.jsonl") if "^" in line]
    for number in count(first):
        article, analysis, _ = marked(known[number % len(known)], number)
        kept = keep(library, article, analysis)
        _say("kept", number)
        quotation = analysis.quotations[0]
        place = anchor(article.text, quotation.start, quotation.end)
        (decision,) = correct(library, kept.document, [SetSpeaker(place, name=f"Somebody {number}")])
        _say("decided", decision.id)
        if number % 3 == 0:
            undo(library, kept.document, decision.id)
            _say("undone", decision.id)


def open_(path: Path, _: int) -> None:
    """Open a library, read and write, or say why not; ``root``, who may do anything, becomes nobody first."""
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        library = Library(path)
        _say("opened", library.articles.count())
        library.articles.tag(1, add=["tried"])
        library.close()
    except LibraryError as error:
        _say("refused", type(error).__name__)


def open_on_full_disk(path: Path, size: int) -> None:
    """Open a library where no file may become larger than so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        Library(path).close()
    except LibraryError as error:
        _say("refused", type(error).__name__)


def migrate(path: Path, _: int) -> None:
    """Open a library of an older schema."""
    Library(path).close()


def rebuild(path: Path, _: int) -> None:
    """Make everything that follows anew."""
    Library(path).rebuild()


TASKS = {
    "import": import_and_correct,
    "migrate": migrate,
    "rebuild": rebuild,
    "open": open_,
    "open on a full disk": open_on_full_disk,
}


class Writer:
    """The process that writes: tasks are begun, watched and killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.library.writer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, task: str, path: Path, number: int = 0) -> int:
        """Begin a task and return its process."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{task}\t{path}\t{number}\n")
        self._process.stdin.flush()
        return int(self.said()[1])

    def said(self) -> tuple[str, str]:
        """Wait for what is said next: a word and a number."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise EOFError("the writer has gone")
        what, _, which = line.strip().partition(" ")
        return what, which

    def rest(self) -> list[tuple[str, str]]:
        """Wait for the end of the task and return what else was said; how it ended comes last."""
        told = [self.said()]
        while told[-1][0] != "ended":
            told.append(self.said())
        return told

    def killed(self, process: int, within: float, after: int = 0) -> list[tuple[str, str]]:
        """Kill a task at some moment of so many seconds; return what it had said, how it ended at last.

        ``after`` says how often it has said something by then.
        """
        told = list[tuple[str, str]]()
        while len(told) < after:
            told.append(self.said())
            if told[-1][0] == "ended":
                return told
        time.sleep(within * random.random())  # whatever it is doing then
        with suppress(ProcessLookupError):  # it was done
            os.kill(process, signal.SIGKILL)
        return told + self.rest()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def main() -> None:
    """Fork for every task, and say how it ended."""
    while line := sys.stdin.readline():
        task, path, number = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            _say("began", os.getpid())
            TASKS[task](Path(path), int(number))
            os._exit(0)
        _say("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
