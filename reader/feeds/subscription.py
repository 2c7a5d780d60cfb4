"""One feed as files of feeds list it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.text.safety import web_address

MOST = 20_000
"""Feeds that are taken from one file."""
SEPARATOR = "/"
"""Between a folder and one inside it."""
_NAMED_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}\.?(?::\d+)?(?:[/?#]|$)")


class Subscription(NamedTuple):
    """A feed to follow: its address (http or https), what it calls itself, what the reader calls it.

    ``folder`` is empty for none; ``page`` is that of the site that it belongs to.
    """

    address: str
    title: str | None = None
    name: str | None = None
    folder: str = ""
    page: str | None = None


class FeedList(NamedTuple):
    """What a file lists: the feeds, and a plain sentence about each thing that was left out."""

    feeds: tuple[Subscription, ...]
    left_out: tuple[str, ...] = ()


def address_of(given: str) -> str | None:
    """Return the http(s) address that somebody gives for a feed, or None for what is none.

    ``feed:`` is read over, and a host's name without a scheme is asked over https.
    """
    given = given.strip()
    if given[:5].lower() == "feed:":
        given = given[5:]
    if given.startswith("//") or _NAMED_HOST.match(given):
        given = f"https://{given.removeprefix('//')}"
    try:
        return web_address(given) if urlsplit(given).hostname else None
    except ValueError:  # "http://[broken"
        return None


def folder_of(names: list[str]) -> str:
    """Return the folder that lies inside others; a slash in a name is none between two."""
    return SEPARATOR.join(name for part in names if (name := part.replace(SEPARATOR, "-").strip(" -")))


def unique(feeds: list[Subscription]) -> tuple[Subscription, ...]:
    """Return the feeds without those whose address came before."""
    found: dict[str, Subscription] = {}
    for feed in feeds:
        found.setdefault(feed.address, feed)
    return tuple(found.values())
