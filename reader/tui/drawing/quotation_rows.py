"""Quotations under their speakers: in the order of the text, or by speaker."""

from __future__ import annotations

from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from reader.text.names import folded
from reader.tui.drawing.attribution import place, speaker
from reader.tui.drawing.rows import Line, Piece, plural, spread, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.index import Index, ListedQuotation
    from reader.model.analysis import Quotation

    Utterance = tuple[Quotation, ...]

FRAGMENTS = "fragments"
"""The key of the row that stands for what is folded."""

_HEADING = "speaker "
_INDENT = 2
_BETWEEN_HALVES = " … "
# Lists that are longer than this have one line for every quotation, which needs no measuring.
_MOST_MEASURED = 1000


class Listing(NamedTuple):
    """Which quotations are listed, and how.

    ``fragments``: also the few words that nothing introduces. ``lines``: how many a quotation may take.
    """

    by_speaker: bool = False
    doubtful: bool = False
    fragments: bool = False
    query: str = ""
    lines: int = 3


IN_ORDER = Listing()
"""All of them as they come in the text."""


class QuotationRows:
    """A line with the speaker, below it what they said; quotations of one speaker in a row share the line.

    The keys of quotations are their ids; that of the two halves of a split utterance is the first one's.
    """

    def __init__(self, index: Index, choice: Listing = IN_ORDER) -> None:
        self._index = index
        self._by_speaker = choice.by_speaker
        self._rows: list[Utterance] = []
        self.keys: list[str] = []
        self._folded = 0
        for group in self._grouped(self._listed(choice)):
            said = [one.said for one in group]
            self.keys.append(_HEADING + said[0][0].id)
            self._rows.append(tuple(chain.from_iterable(said)))
            self.keys += [utterance[0].id for utterance in said]
            self._rows += said
        if self._folded:
            self.keys.append(FRAGMENTS)
            self._rows.append(())
        self._lines = choice.lines if len(self.keys) <= _MOST_MEASURED else 1

    def _listed(self, choice: Listing) -> Sequence[ListedQuotation]:
        """Return what is listed, and count what is folded."""
        index, query = self._index, folded(choice.query)
        listed: Sequence[ListedQuotation] = index.listed
        if choice.doubtful:
            doubtful = {quotation.id for quotation in index.doubtful}
            listed = [one for one in listed if any(quotation.id in doubtful for quotation in one.said)]
        if query:
            found = {
                one.said[0].id
                for one, words in zip(index.listed, index.searchable, strict=True)
                if query in words
            }
            listed = [one for one in listed if one.said[0].id in found]
        # What is looked for is found, however short.
        if not (choice.fragments or query or choice.doubtful):
            whole = [one for one in listed if not one.fragment]
            self._folded = len(listed) - len(whole)
            return whole
        return listed

    def _grouped(self, listed: Sequence[ListedQuotation]) -> Iterator[Sequence[ListedQuotation]]:
        if not self._by_speaker:
            for _, group in groupby(listed, itemgetter(1)):
                yield tuple(group)
            return
        by_key: dict[str | None, list[ListedQuotation]] = {}
        for one in listed:
            by_key.setdefault(one.speaker, []).append(one)
        order: dict[str | None, int] = {share.key: at for at, share in enumerate(self._index.shares)}
        yield from (by_key[found] for found in sorted(by_key, key=lambda found: order.get(found, len(order))))

    def key_of(self, quotation_id: str) -> str | None:
        """Return the key of the row that shows a quotation, if it is listed."""
        return self._index.first_halves.get(quotation_id)

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for a speaker, and as many as it takes for a quotation."""
        if self._lines == 1:
            return [1] * len(self.keys)
        return [
            1 if not self.selectable(row) or key == FRAGMENTS else len(self.draw(row, width))
            for row, key in enumerate(self.keys)
        ]

    def selectable(self, index: int) -> bool:
        """Return False for the speakers' lines: they are headings."""
        return not self.keys[index].startswith(_HEADING)

    def draw(self, index: int, width: int) -> list[Line]:
        """Return a speaker's line, or a quotation with its cue and its place at the end."""
        if self.keys[index] == FRAGMENTS:
            return [[Piece(f"+{plural(self._folded, 'fragment')}", "muted")]]
        said = self._rows[index]
        if not self.selectable(index):
            return [self._heading(said, width)]
        end = place(self._index, said[0])
        taken = sum(cell_len(piece.text) for piece in end)
        room = max(1, width - _INDENT)
        if self._lines == 1:
            words = Piece(self._words(said, room), "quotation")
            return [spread([Piece(" " * _INDENT), words], end, width)]
        lines = wrapped(self._words(said, (self._lines + 1) * room), room, self._lines, taken + 2)
        drawn: list[Line] = [[Piece(" " * _INDENT), Piece(line, "quotation")] for line in lines]
        if cell_len(lines[-1]) + 2 + taken <= room:
            return [*drawn[:-1], spread(drawn[-1], end, width)]
        return [*drawn, spread([Piece(" " * _INDENT)], end, width)]

    def _heading(self, said: Utterance, width: int) -> Line:
        line = speaker(self._index, said[0])
        if not self._by_speaker:
            return line
        words = sum(map(self._index.word_count, said))
        counts = f"{plural(len(said), 'quotation')} · {plural(words, 'word')}"
        return spread(line, [Piece(counts, "muted")], width)

    def _words(self, utterance: Utterance, limit: int | None = None) -> str:
        return _BETWEEN_HALVES.join(self._index.words(quotation, limit) for quotation in utterance)
