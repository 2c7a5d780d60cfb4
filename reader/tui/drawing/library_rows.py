"""How articles and passages of the library look in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.dates import in_words
from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece, plural, spread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.library.listing import ListedArticle
    from reader.library.search import Hit


class ListedArticleRows(EvenRows):
    """Two lines for each article. The key of a row is the document's number."""

    HEIGHT = 2

    def __init__(self, entries: Sequence[ListedArticle], lengths: Mapping[int, int]) -> None:
        """Show entries; ``lengths`` are the lengths of the texts that were begun, by version."""
        self._entries, self._lengths = list(entries), lengths
        self.keys = [str(entry.id) for entry in entries]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        entry = self._entries[index]
        title = one_line(entry.title or "") or one_line(entry.source)
        new = entry.state == "new"
        right = [Piece("later  ", "accent")] if entry.later else []
        right.append(Piece(self._state(entry), "accent" if new else "muted"))
        published, added = one_line(entry.published or ""), one_line(entry.added)
        facts = [
            one_line(entry.site or ""),
            in_words(published) if published else f"added {in_words(added)}",
            plural(entry.words, "word"),
            plural(entry.quotations, "quotation"),
        ]
        about: Line = [Piece("  " + " · ".join(filter(None, facts)), "muted")]
        about += [Piece(f"  #{one_line(tag)}", "accent") for tag in entry.tags]
        return [spread([Piece(title, "strong" if new else "text")], right, width), about]

    def _state(self, entry: ListedArticle) -> str:
        length = self._lengths.get(entry.version)
        if entry.state == "begun" and length and (part := 100 * entry.place // length):
            return f"{min(99, part)} % read"
        return entry.state


class HitRows(EvenRows):
    """Two lines for what a search found. The key of a row is its place in the list."""

    HEIGHT = 2

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = list(hits)
        self.keys = [str(place) for place in range(len(hits))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        hit = self._hits[index]
        where = hit.article
        facts = [where.title or where.source, in_words(where.published or "")]
        said: Line = []
        if hit.kind == "quotation":
            said = [Piece(hit.speaker or "nobody named", "speaker" if hit.speaker else "muted"), Piece("  ")]
        elif hit.kind != "passage":
            said = [Piece(hit.kind.capitalize(), "warning"), Piece("  ")]
        about = [*said, Piece(one_line(" · ".join(filter(None, facts))), "muted")]
        return [
            [Piece(one_line(hit.text), "quotation" if hit.kind == "quotation" else "text")],
            [Piece("  "), *about],
        ]
