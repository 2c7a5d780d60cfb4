"""What a feed says, once its bytes are read: the feed, its entries, and why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model.errors import SourceError

if TYPE_CHECKING:
    from reader.model.article import Article

MOST_ENTRIES = 5_000
"""Entries of one document that are read: the first so many."""


class FeedError(SourceError):
    """These bytes are no feed, or none that can be read within the limits."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    ``key`` names it among the entries of its feed: what the feed calls it, else its link, else its text.
    ``page`` is the canonical name of what its link leads to, without tracking parameters. ``published`` is
    UTC, ISO 8601, None where the feed does not plainly say it. ``article`` is what the feed itself says, and
    ``fingerprint`` stands for its words: it stays when counters, spaces or links change.
    """

    key: str
    page: str | None
    link: str | None
    title: str | None
    author: str | None
    published: str | None
    fingerprint: str
    article: Article


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it stands: what it calls itself, the page that it belongs to, its entries, the newest first.

    ``rest`` is for how many seconds it asks to be left alone, ``quiet`` the hours (UTC) in which it does
    not change. ``left_out`` counts the entries beyond the limit.
    """

    title: str | None
    page: str | None
    entries: tuple[Entry, ...]
    rest: int = 0
    quiet: frozenset[int] = frozenset()
    left_out: int = 0
