"""Letting watches look at what is new, and asking what they found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.library.queries import parse
from reader.library.search import pattern
from reader.library.watches import key
from reader.text.names import folded

if TYPE_CHECKING:
    from reader.library.library import Library
    from reader.library.queries import Query
    from reader.library.search import Hit
    from reader.library.watches import Watch

_BATCH = 200  # articles, or ten times as many entries of feeds, that are looked at in one go
_ALL = 1 << 30


def look(library: Library) -> int:
    """Let every watch look at what it has not looked at yet; return how many hits are new."""
    watches = library.watches.all()
    new = 0
    for watch in watches:
        new += _look_at_articles(library, watch)
        if watch.mute:
            _look_at_entries(library, watch)
    return new


def new_hits(library: Library, watch: Watch, *, see: bool) -> list[Hit]:
    """Return what a watch found that has not been seen, the newest article first.

    With ``see`` it counts as seen from now on, with what is not found any more when one looks again.
    """
    versions, wanted = library.watches.new(watch)
    hits = library.search(parse(watch.query), among=versions, limit=_ALL) if versions else []
    if see:
        library.watches.see(watch, wanted)
    return [hit for hit in hits if (hit.article.id, key(hit)) in wanted]


def _look_at_articles(library: Library, watch: Watch) -> int:
    query = parse(watch.query)
    looked, new = watch.looked, 0
    while revised := library.watches.revised(looked, _BATCH):
        hits = library.search(query, among=[one.version for one in revised], limit=_ALL)
        new += library.watches.take(watch, revised, hits)
        looked = revised[-1].number
    return new


def _look_at_entries(library: Library, watch: Watch) -> None:
    """Hide entries of feeds, as far as their own text tells whether they are meant."""
    meant = _Meant(parse(watch.query))
    last, size = watch.entries, 10 * _BATCH
    while entries := library.watches.entries(last, size):
        last = entries[-1][0]
        library.watches.mute(watch, [one for one, title, text in entries if meant(title, text)], last)


class _Meant:
    """Whether the words of an entry are those that a query asks for.

    Nobody knows who speaks in it, and it has no tags: a query that asks for more than words means none.
    """

    def __init__(self, query: Query) -> None:
        self._all = [pattern(term) for term in query.terms + query.about]
        self._none = [pattern(term) for term in query.without]
        more = replace(query, terms=(), about=(), without=())
        self._tells = more.empty

    def __call__(self, title: str, text: str) -> bool:
        words = folded(f"{title}\n{text}") if self._tells else ""
        return (
            self._tells
            and all(one.search(words) for one in self._all)
            and not any(one.search(words) for one in self._none)
        )
