"""Files that must be whole at any moment, whoever else reads or writes them."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def whole_file(
    path: Path,
    publish: Callable[[Path, Path], object] = Path.replace,
    *,
    mode: int = 0o666,
    durable: bool = True,
) -> Iterator[BinaryIO]:
    """Open a file that appears under its name only when the block has ended without an exception.

    ``publish`` gives the finished file its name; the usual one replaces what had it. With ``durable`` the
    content is on the disk before the name is. Raises :class:`OSError`.
    """
    temporary = path.with_name(f".onrecord-{os.urandom(8).hex()}.part")
    try:
        descriptor = os.open(
            temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode
        )
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        publish(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if durable:
        _sync_folder(path.parent)


def replace_text(path: Path, text: str) -> None:
    """Write a small file that only this user may read; its folder is made if need be.

    Readers see the old content or the new. Raises :class:`OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path, mode=0o600, durable=False) as stream:
        stream.write(text.encode("utf-8"))


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
