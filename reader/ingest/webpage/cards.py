"""Posts from social networks that a page embeds: what was said, and by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.webpage.regions import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.ingest.markup import Element

_CARD = re.compile(
    r"(?:.*-)?(?:tweet|twitter-tweet|twitter-video|tweet-(?:embed|card|container)|instagram-media|tiktok-embed"
    r"|bluesky-embed|mastodon-embed|fb-post|facebook-post|threads-post|text-post-media|telegram-post"
    r"|reddit-(?:card|embed(?:-bq)?)|social-(?:card|embed|post)|toot)"
)
_NAME = re.compile(r"(?:.*-)?(?:author|author-name|display-name|full-?name|user-?name|name|account-name)")
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z0-9_.]*[A-Za-z0-9_](?:@[\w.-]+\.\w+)?")
_SIGNED = re.compile(r"\s*(?:—|–|&mdash;|--)\s*(?P<name>\S.{0,200})")
_CONTROLS = re.compile(
    r"(?:\d[\d.,]*[KM]?\s*)?(?:like|likes|reply|replies|repl(?:y|ies) to|retweets?|reposts?|quotes?|shares?"
    r"|comments?|follow|following|view(?:s| post| on \w+| this post on \w+| more on \w+)?"
    r"|copy link|read more on \w+"
    r"|a post shared by .+|twitter|instagram|facebook|bluesky|mastodon|translate post)\s*[.:]?|[\d.,KM·•\s]+",
    re.I,
)
_PICTURE = re.compile(r"\s*(?:pic\.twitter\.com|t\.co)/\w+\s*$|\s*https://t\.co/\w+\s*$")


def is_card(element: Element) -> bool:
    """Whether an element is a post of a social network set into the page."""
    return any(_CARD.fullmatch(name) for name in names_of(element))


def card_lines(element: Element, shown: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what a card says, its author last, behind a dash, and what else it shows: buttons, counters.

    ``shown`` is all that the card shows, line by line.
    """
    author = _author(element)
    words: list[str] = []
    left: list[str] = []
    signature = None
    for line in shown:
        handle = _HANDLE.search(line)
        if signed := _SIGNED.fullmatch(line):
            signature = signed["name"]
        elif author and len(line) < len(author) + 40 and author in line:
            if handle:
                signature = f"{author} ({handle[0]})"
        elif handle and handle[0] == line.strip():
            signature = signature or (f"{author} ({line.strip()})" if author else line.strip())
        elif not _CONTROLS.fullmatch(line) and (text := _PICTURE.sub("", line)):
            words.append(text)
        else:
            left.append(line)
    signature = signature or author
    if not words:
        return [], list(shown)
    return [*words, f"— {signature}"] if signature else words, left


def _author(element: Element) -> str | None:
    for inner in element.iter("span", "a", "strong", "b", "div", "p", "cite"):
        if inner is element or not any(_NAME.fullmatch(name) for name in names_of(inner)):
            continue
        text = " ".join(inner.text_content().split())
        if 0 < len(text) <= 80 and not text.startswith("@"):
            return _HANDLE.sub("", text).strip() or None
    return None
