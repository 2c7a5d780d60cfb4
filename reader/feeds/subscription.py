"""One feed as files of feeds list it."""

from __future__ import annotations

from typing import NamedTuple

MOST = 20_000
"""Feeds that are taken from one file."""
SEPARATOR = "/"
"""Between a folder and one inside it."""


class Subscription(NamedTuple):
    """A feed to follow: its address (http or https), what it calls itself, what the reader calls it.

    ``folder`` is empty for none; ``page`` is that of the site that it belongs to.
    """

    address: str
    title: str | None = None
    name: str | None = None
    folder: str = ""
    page: str | None = None


class Listed(NamedTuple):
    """What a file lists: the feeds, and a plain sentence about each thing that was left out."""

    feeds: tuple[Subscription, ...]
    left_out: tuple[str, ...] = ()


def folder_of(names: list[str]) -> str:
    """Return the folder that lies inside others; a slash in a name is none between two."""
    return SEPARATOR.join(name for part in names if (name := part.replace(SEPARATOR, "-").strip(" -")))


def unique(feeds: list[Subscription]) -> tuple[Subscription, ...]:
    """Return the feeds without those whose address came before."""
    found: dict[str, Subscription] = {}
    for feed in feeds:
        found.setdefault(feed.address, feed)
    return tuple(found.values())
