"""Whether a file has changed since it was read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Watched(NamedTuple):
    """A file as it was when it was read. The empty path stands for what is no file."""

    path: str = ""
    modified: int = 0
    size: int = 0

    @classmethod
    def of(cls, source: str) -> Watched:
        """Return what the file of a source looks like now."""
        if not source or source == "-" or "://" in source:
            return cls()
        try:
            status = Path(source).stat()
        except (OSError, ValueError):
            return cls()
        return cls(source, status.st_mtime_ns, status.st_size)

    def changed(self) -> bool:
        """Return whether the file is another by now; one that is gone has not changed."""
        now = Watched.of(self.path)
        return bool(now.path) and now != self
