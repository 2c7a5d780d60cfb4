"""What tests of real processes wait for: conditions, never times."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_LONGEST = 90.0  # seconds until a condition counts as never coming true


def until(condition: Callable[[], T | None], what: str = "") -> T:
    """Wait until a condition holds and return its value."""
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.01)
    raise AssertionError(f"never came true: {what or condition}")


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended but was not waited for does not."""
    try:
        return _fields(pid)[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """The processes that a process has started and that run."""
    found = []
    for number in [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]:
        try:
            if int(_fields(number)[1]) == pid and alive(number):
                found.append(number)
        except OSError:
            continue  # it has ended meanwhile
    return found


def readers(pipe: Path, pids: list[int]) -> list[int]:
    """Those of some processes that have a named pipe open."""
    found = []
    for pid in pids:
        try:
            if any(os.path.realpath(fd) == str(pipe) for fd in Path(f"/proc/{pid}/fd").iterdir()):
                found.append(pid)
        except OSError:
            continue
    return found


def hold_open(pipe: Path) -> int | None:
    """Open a named pipe for writing if somebody reads it, who then waits until it is closed."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def _fields(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
