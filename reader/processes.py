"""Child processes of ours: started, spoken to in frames, and ended with everything that they have started.

Both children (:mod:`reader.work.child` reads and analyses, :mod:`reader.ingest.extraction` takes heavy
documents apart) speak the same way: a frame is an eight-byte length and a pickle of one typed, immutable
message. A pickle is what typed messages need least code for; it passes between two processes of the same
installation that run for the same user, and is never stored.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

_HEADER = struct.Struct(">Q")
_WINDOWS = sys.platform == "win32"


def write_frame(stream: IO[bytes], message: object) -> None:
    """Write one message and flush it. Raises :class:`OSError` when the other side has gone."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


def read_frames(stream: IO[bytes]) -> Iterator[Any]:
    """Yield messages until the other side has gone; a torn frame is none."""
    with suppress(OSError, ValueError):
        while len(header := stream.read(_HEADER.size)) == _HEADER.size:
            (length,) = _HEADER.unpack(header)
            data = stream.read(length)
            if len(data) < length:
                return
            yield pickle.loads(data)  # noqa: S301 -- from a child of our own


class Process:
    """A module of ours running as a program, with frames on its standard input and output.

    One that is ``apart`` leads a session of its own: it hears no ctrl+c, and killing it kills whatever it
    has started too. One that is not belongs to the session of its starter and dies with that.
    """

    def __init__(self, module: str, *, apart: bool = False) -> None:
        self._apart = apart
        # -P keeps the current folder, which may hold a hostile "reader.py", off the import path.
        self._process = subprocess.Popen(  # noqa: S603 -- this Python, and arguments of ours
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=apart and not _WINDOWS,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) if apart else 0,
        )
        self._outbox: SimpleQueue[object | None] = SimpleQueue()
        # Daemons: they may sit in a read or a write when we quit, and nothing they hold needs saving.
        threading.Thread(target=self._write, name=f"to {module}", daemon=True).start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, message: object) -> None:
        """Send a message. Never waits and never fails: that the process has gone, :meth:`messages` tells."""
        self._outbox.put(message)

    def _write(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            while (message := self._outbox.get()) is not None:
                write_frame(self._process.stdin, message)

    def messages(self) -> Generator[Any, None, None]:
        """Yield what the process says until it has ended; closing the iterator ends it."""
        assert self._process.stdout is not None
        try:
            yield from read_frames(self._process.stdout)
        finally:
            # One that has closed its output without ending has nothing more to tell.
            self.kill()
            self._process.wait()
            self._outbox.put(None)

    def kill(self) -> None:
        """End the process, and all that it has started, at once."""
        if self._process.returncode is not None:
            return  # its number may be somebody else's by now
        if self._apart and not _WINDOWS:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()


def listen(handle: Callable[[Any], None]) -> None:
    """In a child: hand over every message that comes, from a thread; end when the parent has gone.

    Whatever this process is doing then, and whatever it has started, has nobody left to do it for.
    """

    def run() -> None:
        for message in read_frames(sys.stdin.buffer):
            handle(message)
        if not _WINDOWS and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=run, name="from parent", daemon=True).start()


def voice() -> IO[bytes]:
    """In a child: where frames are written. Whatever a library prints goes elsewhere from now on."""
    stream = sys.stdout.buffer
    sys.stdout = sys.stderr
    return stream
