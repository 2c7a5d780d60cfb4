"""How people across articles, and the decisions about them, look in a list."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reader.text.safety import one_line, printable
from reader.tui.drawing.rows import EvenRows, Line, Piece, plural, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.library.people import Told, Whom
    from reader.library.roster import ListedPerson


_TITLE = 28  # of an article in the line of a decision


class PeopleRows(EvenRows):
    """A line for each person or organisation. The key of a row is the person's number."""

    def __init__(self, people: Sequence[ListedPerson]) -> None:
        self._people = list(people)
        self.keys = [str(one.id) for one in people]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of a row."""
        one = self._people[index]
        left = [Piece(one.name, "person" if one.type == "PERSON" else "org")]
        if one.namesakes:
            left += [Piece(f"  {one.namesakes + 1} people?", "warning"), Piece(f"  {one.role}", "muted")]
        said = plural(one.quotations, "quotation") if one.quotations else "not quoted"
        right = f"{said} · {plural(one.articles, 'article')}"
        return [spread(left, [Piece(right, "muted")], width)]


class PersonDecisionRows(EvenRows):
    """Two lines for each decision about people, the newest first. The key of a row is its place.

    Decisions that were made at once about the same one are a row: told apart from many articles, say.
    """

    HEIGHT = 2

    def __init__(self, told: Iterable[Told]) -> None:
        self.groups = [list(group) for _, group in groupby(told, _at_once)][::-1]
        self.keys = [str(place) for place in range(len(self.groups))]

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        group = self.groups[index]
        decision = group[0].decision
        about = f"  {one_line(decision.made)[:16].replace('T', ' ')}"
        if decision.note:
            about += f" · {one_line(decision.note)}"
        return [[Piece(told(group))], [Piece(about, "muted")]]


def told(group: Sequence[Told]) -> str:
    """Return decisions that were made at once in a line."""
    one, more = group[0], len(group) - 1
    first, kind = _called(one.first), one.decision.kind
    if one.second is None:
        return f"{first} is called {one_line(one.decision.second)}"
    second = _called(one.second)
    if kind == "same":
        return f"{second} is the same as {first}"
    return f"{second} is not {first}" + (f", nor in {plural(more, 'other article')}" if more else "")


def _called(whom: Whom) -> str:
    return f"{whom.name} in “{printable(whom.article, _TITLE)}”" if whom.article else whom.name


def _at_once(one: Told) -> tuple[str, str, str]:
    decision = one.decision
    return decision.made, decision.kind, decision.second if decision.kind == "different" else str(decision.id)
