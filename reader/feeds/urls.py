"""Files of addresses, one on each line, as newsboat's ``urls``: address, then tags, ``~Name`` among them.

What newsboat would run or ask of its own store is no address: it is left out, and said so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.feeds.drafts import title_of
from reader.feeds.subscription import MOST, FeedList, Subscription, address_of, folder_of, unique
from reader.ingest.decoding import decode
from reader.text.safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)')
_ESCAPED = re.compile(r"\\(.)")
_MARKS = "!"
_FOREIGN = {
    "exec:": "would run a program",
    "filter:": "would run a program",
    "query:": "is a question to newsboat's own store",
    "file:": "is a file",
}


def read_urls(data: bytes) -> FeedList:
    """Return the feeds of such a file. The first tag is the folder; ``!`` (hidden) is passed over."""
    feeds: list[Subscription] = []
    left_out: list[str] = []
    for line in decode(data, None).text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        words = [bare or _ESCAPED.sub(r"\1", quoted) for quoted, bare in _WORD.findall(line)]
        given, tags = words[0], words[1:]
        why = next((why for scheme, why in _FOREIGN.items() if given.lower().startswith(scheme)), None)
        address = address_of(given) if why is None else None
        if address is None:
            left_out.append(f"{printable(given, 80)} {why or 'is no web address'}")
        elif len(feeds) >= MOST:
            left_out.append(f"{printable(address)} is beyond the first {MOST:,} feeds")
        else:
            names = [tag[1:] for tag in tags if tag.startswith("~")]
            folders = [tag for tag in tags if tag and not tag.startswith(("~", _MARKS))]
            folder = folder_of([name for tag in folders[:1] if (name := title_of(tag))])
            feeds.append(Subscription(address, None, title_of(names[0]) if names else None, folder))
    return FeedList(unique(feeds), tuple(left_out))


def write_urls(feeds: Iterable[Subscription]) -> bytes:
    """Return the feeds as such a file."""
    lines = (" ".join((feed.address, *map(_quoted, _tags(feed)))) for feed in feeds)
    return "".join(f"{line}\n" for line in lines).encode()


def _tags(feed: Subscription) -> list[str]:
    name = feed.name or feed.title
    return [tag for tag in (feed.folder, f"~{name}" if name else "") if tag]


def _quoted(tag: str) -> str:
    return '"' + tag.replace("\\", "\\\\").replace('"', '\\"') + '"'
