"""How feeds, their entries, and watches look in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.text.dates import in_words
from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.entries import Entry
    from reader.library.feeds import Feed
    from reader.library.watches import Watch

ALL = "all"
"""The key of the row that stands for all feeds."""


class FeedPlace(NamedTuple):
    """What entries may be of: a feed, a folder with those inside it, or everything (neither)."""

    feed: Feed | None = None
    folder: str | None = None

    @property
    def key(self) -> str:
        """What identifies its row."""
        if self.feed is not None:
            return f"feed {self.feed.id}"
        return ALL if self.folder is None else f"folder {self.folder}"

    @property
    def shown(self) -> str:
        """What it is called; nothing for everything."""
        return one_line(self.feed.shown if self.feed is not None else self.folder or "")


def places(feeds: Sequence[Feed]) -> list[FeedPlace]:
    """Return everything, then every folder before the feeds in it; ``feeds`` are by folder and name."""
    found = [FeedPlace()]
    folders: set[str] = set()
    for feed in feeds:
        names = feed.folder.split("/") if feed.folder else []
        for depth in range(len(names)):
            folder = "/".join(names[: depth + 1])
            if folder not in folders:
                folders.add(folder)
                found.append(FeedPlace(folder=folder))
        found.append(FeedPlace(feed))
    return found


class FeedRows(EvenRows):
    """A line for everything, each folder, each feed. The key of a row is the place's."""

    def __init__(self, listed: Sequence[FeedPlace], unread: int) -> None:
        """Show places; ``unread`` counts the stories of all feeds together."""
        self._places, self._unread = list(listed), unread
        self.keys = [place.key for place in listed]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of a row."""
        place = self._places[index]
        feed = place.feed
        if feed is None:
            depth = place.folder.count("/") if place.folder is not None else 0
            unread = self._unread if place.folder is None else self._inside(place.folder)
            name = "All feeds" if place.folder is None else place.folder.rpartition("/")[2]
            return [spread([Piece("  " * depth), Piece(one_line(name), "accent")], _count(unread), width)]
        depth = feed.folder.count("/") + 1 if feed.folder else 0
        left = [Piece("  " * depth), Piece(place.shown, "strong" if feed.unread else "text")]
        if feed.state != "active":
            left.append(Piece(f"  {feed.state}, no longer asked: {one_line(feed.problem or '')}", "error"))
        elif feed.problem:
            what = "failed" if feed.failures else "put off"
            left.append(Piece(f"  {what}: {one_line(feed.problem)}", "warning"))
        elif feed.own_text:
            left.append(Piece("  its own text", "muted"))
        return [spread(left, _count(feed.unread), width)]

    def _inside(self, folder: str) -> int:
        return sum(
            place.feed.unread
            for place in self._places
            if place.feed is not None and f"{place.feed.folder}/".startswith(f"{folder}/")
        )


def _count(unread: int) -> Line:
    return [Piece(f"{unread:,}", "accent" if unread else "muted")]


class EntryRows(EvenRows):
    """Two lines for each entry of a feed. The key of a row is the entry's number."""

    HEIGHT = 2

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        self.keys = [str(entry.id) for entry in entries]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        entry = self._entries[index]
        title = one_line(entry.title or "") or one_line(entry.link or "") or "Untitled"
        state = "new" if entry.read is None else "changed" if entry.changed_since else "read"
        right = [Piece("offline  ", "muted")] if entry.document is not None else []
        right.append(Piece(state, "muted" if state == "read" else "accent"))
        undated = {"missing": "no date, seen ", "future": "dated ahead, seen "}.get(entry.dated, "")
        facts = [
            ", ".join(one_line(source) for source in entry.sources),
            f"{undated}{in_words(entry.moment)}",
            one_line(entry.author or ""),
        ]
        about = Piece("  " + " · ".join(filter(None, facts)), "muted")
        return [spread([Piece(title, "text" if state == "read" else "strong")], right, width), [about]]


class WatchRows(EvenRows):
    """A line for each watch. The key of a row is its name."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        self._watches = list(watches)
        self.keys = [watch.name for watch in watches]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of a row."""
        watch = self._watches[index]
        left = [Piece(one_line(watch.name), "strong" if watch.new else "text")]
        left.append(Piece(f"  {one_line(watch.query)}", "muted"))
        if watch.mute:
            right = Piece(f"hides {watch.found + watch.hidden:,}", "muted")
        else:
            right = Piece(f"{watch.new:,} new", "accent" if watch.new else "muted")
        return [spread(left, [right], width)]
