"""Letting watches look at what is new, and asking what they found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.library.queries import Term, parse
from reader.library.search import pattern
from reader.library.watches import key
from reader.text.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.entries import Entry
    from reader.library.library import Library
    from reader.library.queries import Query
    from reader.library.search import Hit
    from reader.library.watches import Watch

_BATCH = 200  # articles, or ten times as many entries of feeds, that are looked at in one go
_ALL = 1 << 30
_UNREAD = 1000
"""Unread entries, of the newest, that are looked at for what a watch may be looking for."""


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
    meant = _meant(parse(watch.query)) or _nothing
    last, size = watch.entries, 10 * _BATCH
    while entries := library.watches.entries(last, size):
        last = entries[-1][0]
        library.watches.mute(watch, [one for one, title, text in entries if meant(title, text)], last)


def worth_fetching(library: Library, most: int) -> list[Entry]:
    """Return unread entries, the newest first, whose pages a watch may be looking for, by their own words.

    They are those of :meth:`reader.library.entries.Entries.unfetched` whose title or text names who is to
    speak, or has the words that are looked for. Who speaks, and of what, tells only the page itself.
    """
    watches = [watch for watch in library.watches.all() if not watch.mute]
    likely = [words for watch in watches if (words := _likely(parse(watch.query)))]
    found: list[Entry] = []
    for entry in library.entries.unfetched(_UNREAD) if likely else ():
        text = library.entries.article(entry.id).text
        if any(one(entry.title or "", text) for one in likely):
            found.append(entry)
            if len(found) == most:
                break
    return found


def _meant(query: Query) -> _Words | None:
    """What the words of an entry must be so that a query means it.

    Nobody knows who speaks in it, and it has no tags: a query that asks for more than words means none.
    """
    more = replace(query, terms=(), about=(), without=())
    return _Words(query.terms + query.about, query.without) if more.empty else None


def _likely(query: Query) -> _Words | None:
    """What the words of an entry must be so that a query may find something on its page.

    A page that is read for the first time has no changes, tags or state, and for what asks for no words at
    all every page would have to be fetched.
    """
    surnames = tuple(Term(name.split()[-1]) for name in query.by)
    wanted = surnames or query.terms + query.about
    if not wanted or query.changes or query.tags or query.state or query.later:
        return None
    return _Words(wanted, query.without)


def _nothing(_title: str, _text: str) -> bool:
    return False


class _Words:
    """Whether an entry has all of some words, and none of others."""

    def __init__(self, wanted: Sequence[Term], without: Sequence[Term]) -> None:
        self._wanted = [pattern(term) for term in wanted]
        self._without = [pattern(term) for term in without]

    def __call__(self, title: str, text: str) -> bool:
        words = folded(f"{title}\n{text}")
        return all(one.search(words) for one in self._wanted) and not any(
            one.search(words) for one in self._without
        )
