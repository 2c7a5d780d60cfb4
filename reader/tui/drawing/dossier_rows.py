"""What the library knows of somebody, as rows: what they said, where they are named, how much, who it is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reader.text.dates import in_words
from reader.text.names import folded
from reader.text.safety import one_line
from reader.tui.drawing.rows import EvenRows, Line, Piece, bar, plural, spread, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library.appearances import Appearance
    from reader.library.dossier import Companion, Maybe, Person
    from reader.library.search import Hit, Where

_LINES = 3  # of a quotation
_BAR = 48
_LABEL = (9, 24)  # columns


class SaidRows:
    """Quotations under headings. Keys: ``before N`` and ``said N``."""

    def __init__(self, before: Sequence[Hit], said: Sequence[Hit], document: int | None) -> None:
        """Show earlier quotations on the subject, then all; ``document`` is the one on the screen."""
        self._document = document
        self._rows: list[Hit | str] = []
        self.keys: list[str] = []
        for name, title, hits in (
            ("before", "Said before on this subject", before),
            ("said", "All that they said", said),
        ):
            if hits and (before or name == "before"):
                self._rows.append(title)
                self.keys.append(f"heading {name}")
            self._rows += hits
            self.keys += [f"{name} {place}" for place in range(len(hits))]

    def heights(self, width: int) -> Sequence[int]:
        """Return the lines of every row."""
        return [len(self.draw(index, width)) for index in range(len(self._rows))]

    def selectable(self, index: int) -> bool:
        """Return whether it is a quotation."""
        return not isinstance(self._rows[index], str)

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        row = self._rows[index]
        if isinstance(row, str):
            return [*([[]] if index else []), [Piece(row, "accent")]]
        words = wrapped(row.text[: (_LINES + 1) * width], max(1, width), _LINES)
        lines: list[Line] = [[Piece(line, "quotation")] for line in words]
        here = row.article.id == self._document
        lines.append([Piece(f"  {'in this article' if here else named(row.article)}", "muted")])
        return lines


class AppearanceRows(EvenRows):
    """Two lines for each article. The key of a row is its place among all of them."""

    HEIGHT = 2

    def __init__(self, articles: Sequence[Appearance], query: str = "") -> None:
        """Show articles; with ``query`` those that have it in title, source or company."""
        self._articles, wanted = articles, folded(query.strip())
        self.keys = [
            str(place)
            for place, one in enumerate(articles)
            if not wanted or wanted in folded(" ".join((named(one.where), one.site, *one.company)))
        ]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        one = self._articles[int(self.keys[index])]
        said = plural(one.quotations, "quotation") if one.quotations else "not quoted"
        first = spread([Piece(one.where.title or one.where.source)], [Piece(said, "muted")], width)
        facts = [one.site, in_words(one.where.published or "")]
        facts += [f"with {', '.join(one.company)}"] if one.company else []
        return [first, [Piece("  " + " · ".join(filter(None, facts)), "muted")]]


class WordRows:
    """Bars: how many words in which month and by which outlet. Keys are places; nothing is selected."""

    def __init__(self, over_time: Sequence[tuple[str, str, int]], query: str = "") -> None:
        months, sites = Counter[str](), Counter[str]()
        wanted = folded(query.strip())
        for month, site, words in over_time:
            if wanted in folded(f"{month} {site}"):
                months[month] += words
                sites[site] += words
        self._rows: list[tuple[str, int, int] | str] = []
        for heading, rows in (
            ("Words by month", sorted(months.items(), reverse=True)),
            ("Words by source", sites.most_common()),
        ):
            most = max((words for _, words in rows), default=1)
            self._rows += [heading, *((label or "No source given", words, most) for label, words in rows)]
        if not over_time or not months:
            self._rows = []
        self.keys = [str(place) for place in range(len(self._rows))]

    def heights(self, width: int) -> Sequence[int]:
        """Return the lines of every row."""
        return [1 + (isinstance(row, str) and bool(place)) for place, row in enumerate(self._rows)]

    def selectable(self, index: int) -> bool:
        """Return False: there is nothing to open."""
        return False

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        row = self._rows[index]
        if isinstance(row, str):
            return [*([[]] if index else []), [Piece(row, "accent")]]
        label, words, most = row
        least, longest = _LABEL
        column = min(longest, max(least, width // 3))
        room = min(_BAR, max(4, width - column - 12))
        full = bar(words / max(1, most), room)
        return [
            [
                Piece(f"{wrapped(one_line(label), column, 1)[0]:<{column}} "),
                Piece(full, "bar"),
                Piece("─" * (room - len(full)), "rest"),
                Piece(f" {words:>8,}", "muted"),
            ]
        ]


class Who(NamedTuple):
    """Who somebody is. ``namesakes`` are others of the name, each with what tells them apart."""

    person: Person
    namesakes: tuple[tuple[Person, str], ...]
    maybe: tuple[Maybe, ...]
    company: tuple[Companion, ...]


class WhoRows:
    """Names, roles, namesakes, doubtful articles, company. Keys: ``person N``, ``maybe N``, ``with N``."""

    def __init__(self, who: Who, query: str = "") -> None:
        self._rows: list[list[Line]] = []
        self.keys: list[str] = []
        person, wanted = who.person, folded(query.strip())
        if person.aliases:
            self._add("Also called", [("", [[Piece(", ".join(person.aliases))]])], wanted)
        if person.roles:
            self._add("As", [("", [[Piece(role)]]) for role in person.roles], wanted)
        others = [(f"person {other.id}", _namesake(other, why)) for other, why in who.namesakes]
        self._add(f"{len(who.namesakes) + 1} people? Kept apart", others, wanted)
        maybe = [
            (f"maybe {place}", [[Piece(one.name, "person"), Piece(f"  {named(one.article)}", "muted")]])
            for place, one in enumerate(who.maybe)
        ]
        self._add("Maybe the same: these articles say too little to tell", maybe, wanted)
        company = [
            (f"with {place}", [[Piece(one.name), Piece(f"  {plural(one.articles, 'article')}", "muted")]])
            for place, one in enumerate(who.company)
        ]
        self._add("Named together with", company, wanted)

    def _add(self, heading: str, rows: Sequence[tuple[str, list[Line]]], wanted: str) -> None:
        rows = [row for row in rows if wanted in folded(" ".join(p.text for line in row[1] for p in line))]
        if rows:
            space: list[Line] = [[]] if self._rows else []
            self._rows.append([*space, [Piece(heading, "accent")]])
            self.keys.append(f"heading {heading}")
            for key, lines in rows:
                self._rows.append([[Piece("  "), *line] for line in lines])
                self.keys.append(key or f"fact {len(self.keys)}")

    def heights(self, width: int) -> Sequence[int]:
        """Return the lines of every row."""
        return [len(lines) for lines in self._rows]

    def selectable(self, index: int) -> bool:
        """Return whether it leads somewhere."""
        return self.keys[index].split()[0] in ("person", "maybe", "with")

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        return self._rows[index]


def _namesake(other: Person, why: str) -> list[Line]:
    facts = [plural(other.quotations, "quotation"), plural(other.articles, "article"), "; ".join(other.roles)]
    return [
        [Piece(other.name, "person"), Piece("  " + " · ".join(filter(None, facts)), "muted")],
        [Piece(f"  {why}", "warning")],
    ]


def named(where: Where) -> str:
    """Return what an article is called, with its date."""
    return " · ".join(filter(None, [where.title or where.source, in_words(where.published or "")]))
