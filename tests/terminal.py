"""A command in a real pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LIMIT = 60.0
_MODES = [  # what the reader turns on, and what turns it off again
    (b"\x1b[?1049h", b"\x1b[?1049l"),
    (b"\x1b[?25l", b"\x1b[?25h"),
    (b"\x1b[?1000h", b"\x1b[?1000l"),
    (b"\x1b[?1003h", b"\x1b[?1003l"),
    (b"\x1b[?2004h", b"\x1b[?2004l"),
    (b"\x1b[?1004h", b"\x1b[?1004l"),
    (b"\x1b[?7l", b"\x1b[?7h"),
]
FOLDERS = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")


class Terminal:
    """A command in a pseudo-terminal of 80 columns and 24 rows."""

    def __init__(
        self, *arguments: str, state: Path, ignored: Sequence[int] = (), program: str = "", **environment: str
    ) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have it ignored: nohup
            for number in ignored:
                signal.signal(number, signal.SIG_IGN)
            for name in ("NO_COLOR", "COLUMNS", "LINES"):
                os.environ.pop(name, None)
            os.environ.update(dict.fromkeys(FOLDERS, str(state)) | {"TERM": "xterm-256color"} | environment)
            call = [program] if program else [sys.executable, "-m", "reader"]
            os.execv(call[0], [*call, *arguments])
        self.resize(24, 80)
        self.before = termios.tcgetattr(self.fd)
        self.output = b""

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size; whoever is in front is told by a signal."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """The terminal vanishes, as when its window is closed or its line breaks."""
        os.close(self.fd)
        self.fd = -1

    def given_back(self) -> bool:
        """Whether the terminal is as it was: its screen, cursor, mouse, pasting, line wrap, and its modes."""
        for on, off in _MODES:
            if on in self.output and self.output.rfind(off) < self.output.rfind(on):
                return False
        return termios.tcgetattr(self.fd)[:4] == self.before[:4]

    def until(self, expected: bytes) -> None:
        """Read until something is written."""
        start = len(self.output)
        end = time.monotonic() + _LIMIT
        while expected not in self.output[max(0, start - len(expected)) :]:
            assert time.monotonic() < end, self.output[-2000:]
            self._read(0.2)

    def _read(self, timeout: float) -> bool:
        if select.select([self.fd], [], [], timeout)[0]:
            with contextlib.suppress(OSError):
                data = os.read(self.fd, 1 << 16)
                self.output += data
                return bool(data)
            return False
        return True

    def until_stopped(self) -> None:
        """Wait until the process stands still."""
        pid, status = os.waitpid(self.pid, os.WUNTRACED)
        assert pid == self.pid
        assert os.WIFSTOPPED(status)

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.fd, keys)

    def end(self) -> int:
        """Wait for the end; the exit status."""
        end = time.monotonic() + _LIMIT
        while time.monotonic() < end:
            alive = self.fd >= 0 and self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                while alive and select.select([self.fd], [], [], 0)[0] and self._read(0):
                    pass
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("did not end")

    def close(self) -> None:
        if self.pid:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)
