"""Dates as articles give them, and as people write them: as exact as they are known."""

from __future__ import annotations

import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_parts(given: str) -> tuple[int, ...]:
    """Year, month and day of an ISO 8601 date, as far as they are given and possible; else nothing."""
    match = _DATE.match(given)
    if match is None or match[1] == "0000":
        return ()
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not 1 <= month <= 12:
        return (year,)
    return (year, month, day) if 1 <= day <= 31 else (year, month)


def long_date(date: tuple[int, ...]) -> str:
    """A date in words: ``4 March 2024``, ``March 2024``, ``2024``."""
    year, *rest = date
    if not rest:
        return str(year)
    month = MONTHS[rest[0] - 1]
    return f"{rest[1]} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def moment_in_words(moment: str) -> str:
    """A moment (ISO 8601, UTC) in words, by the clock of this computer: ``4 March 2024, 09:30``."""
    from datetime import datetime

    try:
        local = datetime.fromisoformat(moment).astimezone()
    except (ValueError, OverflowError):
        return in_words(moment)
    return f"{long_date((local.year, local.month, local.day))}, {local:%H:%M}"


def in_words(given: str) -> str:
    """A date in words, or as it was given when it is no ISO 8601 date."""
    date = date_parts(given)
    return long_date(date) if date else given
