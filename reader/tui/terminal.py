"""The terminal that the reader is drawn on: taken, lent back, and lost.

Textual's driver does the drawing. What it leaves open is done here: a terminal that has vanished ends the
reader instead of keeping it busy, signals that ask it to end are obeyed in good order, and a process that
was stopped from outside takes the terminal anew when it goes on.
"""

from __future__ import annotations

import select
import signal
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

if TYPE_CHECKING:
    from typing import IO

_SIGNALLED = 128  # shells report a program that a signal has ended with this and the signal's number
_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


class TerminalEnded(Message):
    """The reader has to end: there is no terminal any more, or somebody asked by a signal."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status


class TakenAgain(Message):
    """The terminal is the reader's again, and empty."""


class _Output:
    """What is drawn on. What a terminal does not take is lost: the thread that draws must outlive it, or
    the reader would wait for it for ever."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.fileno = file.fileno

    def write(self, text: str) -> None:
        """Write as far as anybody takes it."""
        with suppress(OSError, ValueError):
            self._file.write(text)

    def flush(self) -> None:
        """Write what has waited."""
        with suppress(OSError, ValueError):
            self._file.flush()


class Terminal(LinuxDriver):
    """Textual's driver, for terminals that come and go."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._file = _Output(self._file)  # type: ignore[assignment,arg-type]
        self._taken = self._watched = False
        # In the loop, not wherever the signal comes: it may come while a lock is held that giving the
        # terminal back needs. The end of a terminal is told by SIGHUP and SIGCONT, for instance.
        self._loop.add_signal_handler(signal.SIGTSTP, self._sigtstp_application)
        self._loop.add_signal_handler(signal.SIGCONT, self._sigcont_application)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._taken = True
        if self._watched:
            self.send_message(TakenAgain())
        else:
            self._watched = True
            for number in _SIGNALS:
                # One that is ignored (nohup) stays so.
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._loop.add_signal_handler(number, self._end, _SIGNALLED + number)
            threading.Thread(target=self._watch, name="terminal", daemon=True).start()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        super().stop_application_mode()
        self._taken = False

    def _sigcont_application(self, *_: object) -> None:
        # After a stop that nobody announced (kill -STOP) the shell has had the terminal, in its own state.
        if self._auto_restart and self._taken:
            self.suspend_application_mode()
        super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Pass on what is typed, until there is nobody left to type."""
        with suppress(OSError):
            super().run_input_thread()

    def _watch(self) -> None:
        """Wait until the terminal has gone: its end is no input, but reading from it never waits again."""
        gone = select.poll()
        gone.register(self.fileno, 0)
        with suppress(OSError):
            ((_, event),) = gone.poll()
            if event & (select.POLLHUP | select.POLLERR):
                self._end(_SIGNALLED + signal.SIGHUP)

    def _end(self, status: int) -> None:
        self.send_message(TerminalEnded(status))
