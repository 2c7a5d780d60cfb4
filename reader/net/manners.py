"""When to ask again: what the headers of an answer want, and what is decent where they say nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Collection, Mapping

INTERVAL = timedelta(hours=1)
"""Between two requests of which nobody said anything."""
LONGEST_FRESH = timedelta(days=1)
"""What is called fresh for longer is asked for again all the same: most often nobody thought of news."""
LONGEST = timedelta(days=31)
"""What a server that asks for patience is given at the most."""
_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)
_EARLY, _LATE = 0.08, 0.1


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return for how long a server asks to be left alone, in seconds or until a date; else nothing."""
    given = headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit():
        return min(timedelta(seconds=int(given[:9])), LONGEST)
    return min(_until(given, now), LONGEST)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return for how long an answer stays good by ``Cache-Control`` or else ``Expires``."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return timedelta()
    if age := _AGE.search(control):
        return timedelta(seconds=int(age[1]))
    # Against the server's own clock, which may be wrong.
    return _until(headers.get("expires", ""), _date(headers.get("date", "")) or now)


def later(
    now: datetime, fresh: timedelta, asked: timedelta, quiet: Collection[int], chance: random.Random
) -> datetime:
    """Return when to ask again: not within the quiet hours (UTC), and not at the same moment as everybody.

    What is asked for is never cut short; our own hour may be, so that a timer that runs every hour finds
    the feed due.
    """
    wait = max(
        INTERVAL * (1 - chance.uniform(0, _EARLY) - 0.02),
        max(min(fresh, LONGEST_FRESH), asked) * (1 + chance.uniform(0, _LATE)),
    )
    again = now + min(wait, LONGEST)
    for _ in range(24):
        if again.astimezone(UTC).hour not in quiet:
            break
        again = again.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return again


def _until(given: str, now: datetime) -> timedelta:
    date = _date(given)
    return max(date - now, timedelta()) if date else timedelta()


def _date(given: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(given) if given else None
    except (ValueError, TypeError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date
