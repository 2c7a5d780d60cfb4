"""Standard output, and what is said when it takes no more."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from reader.model.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is said of a pipe that nobody reads, by Windows of the same, and of a stream that was never open.
_CLOSED = (errno.EPIPE, errno.EINVAL, errno.EBADF)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


@contextmanager
def delivered() -> Iterator[None]:
    """Make sure that what is printed in here has left this process when it ends.

    Raises :class:`ExportError` when whoever reads standard output has gone, or has no room for more.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:  # closed by whoever started us
                sys.stdout.flush()
    except OSError as error:
        # Errors about a file name it; this one is about what is open already.
        if error.filename is not None or error.errno not in _CLOSED + _FULL:
            raise
        _discard()
        if error.errno in _CLOSED:
            raise ExportError("The output was closed before all of it was written") from None
        raise ExportError(
            f"The output cannot be written: {os.strerror(error.errno or 0)}", "Part of it is missing"
        ) from None


def _discard() -> None:
    """Send what is still waiting nowhere, or it would be tried, and fail, once more on the way out."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
