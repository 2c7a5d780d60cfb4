"""The feeds of a page: those that it names, else links that look like feeds. To choose from, not guessed."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.feeds.drafts import link_of, title_of
from reader.ingest import markup
from reader.ingest.decoding import decode

TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RDF",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON Feed",
    "text/xml": "XML",
}
"""What a page may say that a feed is."""
_PLAUSIBLE = re.compile(
    r"(?:^|/)(?:feeds?|rss2?|atom|index\.(?:xml|rss|rdf)|feed\.json|(?:rss|atom|feed)\.(?:xml|json|php))/?$"
    r"|\.(?:rss|atom|rdf)$",
    re.I,
)
_NOT_FEEDS = re.compile(r"/wp-json/|oembed", re.I)
_MOST = 50


class NamedFeed(NamedTuple):
    """A feed that a page names: its address, what the page calls it, its kind ("RSS", "link")."""

    address: str
    title: str | None
    kind: str


def discover(data: bytes, address: str) -> list[NamedFeed]:
    """Return the feeds of a page that came from an address, in the order of the page, each once."""
    tree = markup.parse(markup.harmless(decode(data, markup.declared_charset(data)).text))
    if tree is None:
        return []
    bases = tree.xpath(".//base/@href")
    base = link_of(str(bases[0]), address) if bases else None
    named: list[NamedFeed] = []
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        target = link_of(link.get("href"), base or address)
        relations = (link.get("rel") or "").lower().split()
        if target and kind in TYPES and "alternate" in relations and not _NOT_FEEDS.search(target):
            named.append(NamedFeed(target, title_of(link.get("title")), TYPES[kind]))
    found: dict[str, NamedFeed] = {}
    for one in named or _links(tree, base or address):
        found.setdefault(one.address, one)
    return list(found.values())[:_MOST]


def _links(tree: markup.Element, base: str) -> list[NamedFeed]:
    """Return the links of a page whose addresses look like a feed's."""
    return [
        NamedFeed(target, title_of(link.text_content()), "link")
        for link in tree.iter("a")
        if (target := link_of(link.get("href"), base)) and _PLAUSIBLE.search(target.partition("?")[0])
    ]
