"""The time, as the library writes it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the time: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
