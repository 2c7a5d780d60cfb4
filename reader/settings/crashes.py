"""Errors that nobody foresaw: what is known of them goes into a file, and one line says so.

The file holds what a report needs (versions, the terminal, the way through our code) and nothing of an
article: no values of variables, and of the error's own words only what is safe to show.
"""

from __future__ import annotations

import os
import platform
import time
import traceback
from typing import TYPE_CHECKING

from reader.model.errors import InternalError, ReaderError, lacks_memory
from reader.settings.settings import state_folder
from reader.text.safety import printable, shown

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 256 * 1024  # bytes; a larger file is begun anew
_LONGEST_MESSAGE = 200


def crash_log() -> Path:
    """Return the file that tells of errors of our own."""
    return state_folder() / "crash.log"


def told(error: BaseException) -> ReaderError:
    """Write down what is known of an error and return what the user is told of it.

    Want of memory is no fault of ours, and nothing is written down of it.
    """
    if lacks_memory(error):
        return InternalError("There is not enough memory", "Close something, or open a shorter text")
    name = type(error).__name__
    title = f"On Record stopped because of a fault of its own ({name})"
    path = written(error)
    if path is None:
        return InternalError(title, f"Please report it. It happened in {_place(error)}")
    return InternalError(title, f"Please report it with {printable(str(path))}")


def written(error: BaseException) -> Path | None:
    """Write down what is known of an error and return the file; None where nothing can be written."""
    try:
        path = crash_log()
        path.parent.mkdir(parents=True, exist_ok=True)
        anew = path.exists() and path.stat().st_size > _LARGEST
        flags = os.O_CREAT | os.O_WRONLY | (os.O_TRUNC if anew else os.O_APPEND)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="replace") as file:
            file.write(_report(error))
    except (OSError, RuntimeError):  # the second: no home folder is known
        return None
    return path


def _report(error: BaseException) -> str:
    frames = traceback.format_tb(error.__traceback__)
    lines = [
        f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} onrecord {_version()}",
        f"Python {platform.python_version()} on {platform.platform()}, TERM={os.environ.get('TERM', '')}",
        *(line.rstrip("\n") for line in frames),
        f"{type(error).__name__}: {str(error)[:_LONGEST_MESSAGE]!r}",
    ]
    return shown("\n".join(lines)) + "\n\n"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "of an unknown version"


def _place(error: BaseException) -> str:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return "an unknown place"
    return printable(f"{last.tb_frame.f_code.co_filename}, line {last.tb_lineno}")
