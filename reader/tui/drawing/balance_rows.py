"""Whose words fill what was read: each group with how much of it has a name, and its voices with bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.index import NO_SPEAKER
from reader.library.balance import heading
from reader.text.names import folded
from reader.tui.drawing.rows import Line, Piece, bar, fit, plural, spread

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reader.library.balance import Balance, Grouping, Voice

TOP = 10
"""So many voices of a group are listed until it is unfolded."""

_NAME, _COUNTS = (16, 36), 20  # columns
_LONGEST_BAR = 60


class BalanceRows:
    """Headings with their voices. Keys: ``group N``, ``voice N M``, and ``rest N`` for what is folded."""

    def __init__(
        self,
        found: Sequence[Balance],
        by: Grouping,
        unfolded: Collection[int] = (),
        names: Sequence[str] = (),
    ) -> None:
        """Show groups, divided ``by`` something; of ``names``, folded, every voice that is listed has all."""
        if names:
            found = [one for one in found if _named(one, names)]
        self._found, self._by = found, by
        self._voices = [_named(one, names) for one in found]
        self._rows: list[tuple[int, int | None]] = []  # a group and a voice of it: none for its heading
        self.keys: list[str] = []
        for number in range(len(found)):
            self._rows.append((number, None))
            self.keys.append(f"group {number}")
            voices = len(self._voices[number])
            listed = voices if number in unfolded or voices <= TOP + 1 else TOP
            for place in range(listed):
                self._rows.append((number, place))
                self.keys.append(f"voice {number} {place}")
            if listed < voices:
                self._rows.append((number, listed))
                self.keys.append(f"rest {number}")

    def voice(self, key: str) -> Voice | None:
        """Return the voice that a row stands for."""
        kind, *numbers = key.split()
        if kind != "voice":
            return None
        group, place = map(int, numbers)
        return self._voices[group][place]

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for a voice; a heading has a bar below it and a blank line above."""
        return [
            1 if place is not None else 2 + bool(row) if self._found[group].words else 1 + bool(row)
            for row, (group, place) in enumerate(self._rows)
        ]

    def selectable(self, index: int) -> bool:
        """Return whether the row is a voice, or stands for more of them."""
        return self._rows[index][1] is not None

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        group, place = self._rows[index]
        one = self._found[group]
        if place is None:
            return [*([[]] if index else []), *_heading(one, heading(one, self._by), width)]
        if self.keys[index].startswith("rest"):
            others = self._voices[group][place:]
            counts = _counts(sum(voice.words for voice in others), one.words)
            return [_columns([Piece(f"+ {plural(len(others), 'other')}", "muted")], None, counts, width)]
        voice = self._voices[group][place]
        role = "person" if voice.named else "muted"
        most = max(voice.words for voice in one.voices)
        name = [Piece(voice.name or NO_SPEAKER, role)]
        return [_columns(name, voice.words / max(1, most), _counts(voice.words, one.words), width)]


def _named(one: Balance, names: Sequence[str]) -> tuple[Voice, ...]:
    return tuple(voice for voice in one.voices if all(name in folded(voice.name) for name in names))


def _heading(one: Balance, called: str, width: int) -> list[Line]:
    articles = plural(one.articles, "article")
    right = (
        f"{articles} · {plural(one.words, 'word')} quoted" if one.words else f"{articles} · nobody is quoted"
    )
    first = spread([Piece(called, "accent")], [Piece(right, "muted")], width)
    if not one.words:
        return [first]
    named = one.named_words / one.words
    words = Piece("by people and bodies with a name ", "muted")
    room = min(_LONGEST_BAR, max(8, width - cell_len(words.text) - _COUNTS))
    full = bar(named, room) if named else ""
    drawn = [words, Piece(full, "bar"), Piece("─" * (room - len(full)), "rest")]
    return [first, spread(drawn, [Piece(f"{named:.0%}", "muted")], width)]


def _counts(words: int, all_: int) -> Piece:
    noun = "word " if words == 1 else "words"
    return Piece(f"{words:>8,} {noun} {words / max(1, all_):>5.0%}", "muted")


def _columns(name: Line, part: float | None, counts: Piece, width: int) -> Line:
    """A name, a bar, counts at the right border."""
    least, most = _NAME
    column = min(most, max(least, width // 3))
    left = fit(name, column)
    left.append(Piece(" " * (column - sum(cell_len(piece.text) for piece in left) + 1)))
    if part is not None:
        room = min(_LONGEST_BAR, max(4, width - column - _COUNTS - 3))
        left.append(Piece(bar(part, room), "bar"))
    return spread(left, [counts], width)
