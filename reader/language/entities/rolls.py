"""Lists of people with the family name first: "Dower, John" under "Lagerholm, Per"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.language.entities.labels import TypedSpan
from reader.language.entities.names import GIVEN_NAMES, folded, words_in_order
from reader.language.entities.overlaps import inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Entries stand on lines of their own or between semicolons, after a colon perhaps.
_PIECE = re.compile(r"[^\n;]+")
_LEAD = re.compile(r"\s*(?:.*:\s+|(?:[-–—•*·]|\d{1,3}[.)])\s+|(?:and|or)\s+)?", re.S)
_CAPITAL = r"(?:[^\W\d_a-z]\.|[^\W\d_a-z][\w’'-]*)"
_ENTRY = re.compile(
    rf"((?:(?:{_CAPITAL}|de|del|della|van|von|der|den|la|le|di|da|al|bin) ){{0,3}}{_CAPITAL}"
    rf"(?: Jr\.?| Sr\.?)?, {_CAPITAL}"
    rf"(?: {_CAPITAL}){{0,2}}(?: Jr\.?| Sr\.?| I{{2,3}})?)"
    r"(?:,? \(?\d{1,3}\)?| \([^()\n]{1,40}\))?[.,]?\s*"
)
_FEWEST = 2


def with_rolls(text: str, spans: Sequence[TypedSpan]) -> list[TypedSpan]:
    """The spans, sorted, with every entry of a list of people as one mention of a person.

    Two entries in a row are a list, when at least half of them are people by their given name or by what was
    recognised, and more than are places ("Toledo, Ohio"); a single one needs the name in its usual order too.
    """
    if ", " not in text:
        return list(spans)
    full = {
        tuple(map(folded, words_in_order(text[span.start : span.end])))
        for span in spans
        if span.type == "PERSON"
    }
    entries: list[tuple[int, int]] = []
    for run in _runs(text):
        people = sum(_is_person(text, entry, spans) for entry in run)
        places = sum(_is_place(entry, spans) for entry in run)
        if len(run) >= _FEWEST and people * 2 >= len(run) and people > places:
            entries += run
        else:
            entries += (
                entry
                for entry in run
                if tuple(map(folded, words_in_order(text[entry[0] : entry[1]]))) in full
            )
    dropped = {span for entry in entries for span in inside(spans, entry)}
    kept = [span for span in spans if span not in dropped]
    return sorted(kept + [TypedSpan(start, end, "PERSON", None) for start, end in entries], key=_place)


def _place(span: TypedSpan) -> tuple[int, int]:
    return span[:2]


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """The entries that follow one another with nothing between them."""
    run: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        if not piece.group().strip():
            continue
        lead = _LEAD.match(text, piece.start(), piece.end())
        start = lead.end() if lead else piece.start()
        entry = _ENTRY.fullmatch(text, start, piece.end())
        if entry:
            run.append(entry.span(1))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_person(text: str, entry: tuple[int, int], spans: Sequence[TypedSpan]) -> bool:
    given = words_in_order(text[entry[0] : entry[1]])[0]
    return folded(given) in GIVEN_NAMES or any(span.type == "PERSON" for span in inside(spans, entry))


def _is_place(entry: tuple[int, int], spans: Sequence[TypedSpan]) -> bool:
    return any(span.type == "PLACE" for span in inside(spans, entry))
