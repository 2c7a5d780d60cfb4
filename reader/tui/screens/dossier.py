"""A dossier: what the library knows of somebody, over all articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widgets import Static

from reader.text.dates import in_words
from reader.text.safety import one_line
from reader.tui.drawing.rows import Line, Piece, bar, plural
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.library import OpenKept
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.library.dossier import Companion, Person
    from reader.library.search import Hit, Where

_BAR = 24
_MONTHS = 6


class Known(NamedTuple):
    """What is known of a person.

    ``before`` are earlier quotations on the subject of the current one, ``unheard`` articles that only name
    them, ``over_time`` months, outlets and how many words; ``document`` is the article on the screen.
    """

    person: Person
    before: tuple[Hit, ...]
    said: tuple[Hit, ...]
    unheard: tuple[Where, ...]
    company: tuple[Companion, ...]
    over_time: tuple[tuple[str, str, int], ...]
    document: int | None


class DossierRows:
    """Quotations and articles under headings. The key of a row is its place."""

    def __init__(self, known: Known) -> None:
        self.opens: list[OpenKept | None] = []
        self._lines: list[list[Line]] = []
        self._add("Said before on this subject", [self._hit(hit, known) for hit in known.before])
        self._add("Said", [self._hit(hit, known) for hit in known.said])
        self._add("Named, and not heard", [self._article(where) for where in known.unheard])
        self._add("Words over time", [(line, None) for line in _months(known.over_time)])
        self.keys = [str(place) for place in range(len(self._lines))]

    def _add(self, heading: str, rows: Sequence[tuple[list[Line], OpenKept | None]]) -> None:
        if rows:
            space: list[Line] = [[]] if self._lines else []
            self._lines.append([*space, [Piece(heading, "accent")]])
            self.opens.append(None)
            for lines, opens in rows:
                self._lines.append(lines)
                self.opens.append(opens)

    def _hit(self, hit: Hit, known: Known) -> tuple[list[Line], OpenKept]:
        here = "in this article" if hit.article.id == known.document else _named(hit.article)
        lines = [[Piece(hit.text, "quotation")], [Piece(f"  {here}", "muted")]]
        return lines, OpenKept(hit.article.id, (hit.start, hit.end))

    def _article(self, where: Where) -> tuple[list[Line], OpenKept]:
        return [[Piece(_named(where))]], OpenKept(where.id)

    def heights(self, width: int) -> Sequence[int]:
        """Return the number of lines of every row."""
        return [len(lines) for lines in self._lines]

    def selectable(self, index: int) -> bool:
        """Return whether it opens something."""
        return self.opens[index] is not None

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        return self._lines[index]


def _named(where: Where) -> str:
    return " · ".join(filter(None, [where.title or where.source, in_words(where.published or "")]))


def _months(over_time: Sequence[tuple[str, str, int]]) -> list[list[Line]]:
    """A bar for each of the latest months."""
    words: Counter[str] = Counter()
    for month, _, count in over_time:
        words[month] += count
    latest = sorted(words)[-_MONTHS:]
    most = max((words[month] for month in latest), default=1)
    return [
        [
            [
                Piece(f"{one_line(month) or 'undated':<8} ", "muted"),
                Piece(bar(words[month] / max(1, most), _BAR), "bar"),
                Piece(f" {words[month]:,}", "muted"),
            ]
        ]
        for month in reversed(latest)
    ]


class DossierDialog(Dialog[OpenKept]):
    """The dialog. Its result is the place to open."""

    SCROLLS = "RowList"
    REST = 9
    HINTS = (KeyHint("Enter", "open that article there", "go"), KeyHint("Esc", "close", "close"))
    DEFAULT_CSS = """
    DossierDialog {
        & #dossier-who { color: $muted-text; max-height: 4; margin-bottom: 1; }
        & RowList { height: auto; }
    }
    """

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known
        self._rows = DossierRows(known)

    @property
    def heading(self) -> str:
        """Who it is."""
        return self._known.person.name

    def content(self) -> ComposeResult:
        """Yield who it is, then the list."""
        person = self._known.person
        facts = [f"{plural(person.quotations, 'quotation')} in {plural(person.articles, 'article')}"]
        facts += [f"also {', '.join(person.aliases)}"] if person.aliases else []
        facts += ["; ".join(person.roles)] if person.roles else []
        if self._known.company:
            facts.append("with " + ", ".join(one.name for one in self._known.company[:4]))
        facts += [f"2 people? {why}" for _, why in person.others[:1]]
        yield Static(Content(" · ".join(facts)), id="dossier-who")
        yield RowList()

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(self._rows, keep=False)
        rows.focus()
        rows.action_move(1)

    def action_go(self) -> None:
        """Open what is selected."""
        self.query_one(RowList).action_choose()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        self.dismiss(self._rows.opens[int(message.key)])
