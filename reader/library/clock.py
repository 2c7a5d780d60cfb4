"""The time, as the library writes it."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.net.manners import LONGEST


def now() -> str:
    """Return the time: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def latest() -> str:
    """Return the latest time that anything waits for: a later one was written by a clock that was ahead."""
    return (datetime.now(UTC) + LONGEST).isoformat(timespec="seconds")
