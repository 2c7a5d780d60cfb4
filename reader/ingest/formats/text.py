"""Pasted and scraped text to an article: lines, then what is furniture, then blocks and metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.assembly import Draft, Dropped, Metadata, assemble
from reader.ingest.cleaning.bylines import date_in
from reader.ingest.cleaning.furniture import judge
from reader.ingest.cleaning.hardwraps import read_lines
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.ingest.cleaning.hardwraps import Line
    from reader.ingest.cleaning.judgement import Judgement
    from reader.ingest.cleaning.lines import Features
    from reader.model.article import Article, BlockKind

_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,40}[,(/ ].{0,60}?(?: [-–—]|[–—]) ")
EVERYTHING_KEPT = "Everything here looks like page furniture, so nothing was removed."


def from_text(text: str, *, source: str = "", notices: tuple[str, ...] = ()) -> Article:
    """Return pasted text as a clean article.

    Hard-wrapped lines are joined, page furniture is removed (each line with a reason, so that it can be
    put back), and title, byline and date become metadata. When nearly everything looks like furniture,
    everything stays and a notice says so.
    """
    lines = read_lines(sanitise(text))
    judged = judge([line.text for line in lines])
    if _nothing_left(judged):
        judged.reasons = [None] * len(lines)
        notices = (*notices, EVERYTHING_KEPT)
    items, metadata = _items(lines, judged)
    return assemble(items, metadata, source=source, notices=notices)


def pieces_from_text(text: str) -> tuple[list[Draft | Dropped], Metadata]:
    """Return the blocks, removed lines and metadata of plain text, for those who assemble it themselves."""
    lines = read_lines(sanitise(text))
    judged = judge([line.text for line in lines])
    if _nothing_left(judged):
        judged.reasons = [None] * len(lines)
    return _items(lines, judged)


def _items(lines: list[Line], judged: Judgement) -> tuple[list[Draft | Dropped], Metadata]:
    kept = [index for index, reason in enumerate(judged.reasons) if reason is None]
    title = _title(judged, kept)
    kinds = dict(zip(kept, _kinds([judged.seen[index] for index in kept]), strict=True))
    items: list[Draft | Dropped] = []
    for index, line in enumerate(lines):
        if reason := judged.reasons[index]:
            items.append(Dropped(line.number, line.text, reason))
        else:
            items.append(Draft("title" if index == title else kinds[index], line.text, line.number))
    return items, Metadata(
        title=lines[title].text if title is not None else None,
        byline=judged.byline,
        published=judged.published or _dateline_date(judged, kept),
        site=judged.site,
    )


def _dateline_date(judged: Judgement, kept: list[int]) -> str | None:
    """Return the date in the dateline of the first paragraph ("ABUJA, Jun 22 2022 (IPS) - "), if any."""
    first = next((judged.seen[index].text for index in kept if judged.seen[index].prose), "")
    match = _DATELINE.match(first)
    return date_in(match[0]) if match else None


def _nothing_left(judged: Judgement) -> bool:
    """Whether cleaning removed so much that it must have misjudged the text."""
    kept = [line for line, reason in zip(judged.seen, judged.reasons, strict=True) if reason is None]
    if len(kept) == len(judged.seen):
        return False
    if not kept:
        return True
    if any(line.prose for line in kept):
        return False
    return sum(line.words for line in kept) * 2 < sum(line.words for line in judged.seen)


def _title(judged: Judgement, kept: list[int]) -> int | None:
    """Return the index of the title: the one found in the head, or a first line that reads like one."""
    if judged.title is not None and judged.reasons[judged.title] is None:
        return judged.title
    if len(kept) < 2:
        return None
    first, *others = (judged.seen[index] for index in kept[:4])
    if (first.quoted and first.stops) or first.caption or not 2 <= first.words <= 26:
        return None
    shorter = first.words < max(line.words for line in others)
    return kept[0] if not first.stops or (shorter and first.words <= 18) else None


def _kinds(seen: list[Features]) -> Iterator[BlockKind]:
    """Yield what each line that stays is."""
    for before, line, after in zip([None, *seen], seen, [*seen[1:], None], strict=False):
        if line.caption:
            yield "caption"
        elif line.item:
            yield "list_item"
        elif line.text.startswith("> "):
            yield "block_quotation"
        elif _subhead(line) and after and after.prose and (before is None or before.stops or before.prose):
            yield "heading"
        else:
            yield "paragraph"


def _subhead(line: Features) -> bool:
    open_end = line.text.endswith((",", ";", ":", "–", "—", "-"))
    return not (line.stops or line.quoted or open_end) and 1 <= line.words <= 12
