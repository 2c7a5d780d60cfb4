"""Pasted and scraped text to an article: lines, then what is furniture, then blocks and metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.ingest.assembly import Dropped, Metadata, Piece, assemble
from reader.ingest.furniture import judge
from reader.ingest.sanitise import sanitise
from reader.ingest.wrapping import read_lines

if TYPE_CHECKING:
    from reader.article import Article, BlockKind
    from reader.ingest.features import Features
    from reader.ingest.furniture import Judgement

EVERYTHING_KEPT = "Everything here looks like page furniture, so nothing was removed."
_BULLET = re.compile(r"(?:[-–—*•·▪■●◦⁃]\s+|\(?\d{1,3}[.)]\s+|\(?[a-zA-Z][.)]\s+)\S")


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
    kept = [index for index, reason in enumerate(judged.reasons) if reason is None]
    title = _title(judged, kept)
    items: list[Piece | Dropped] = []
    for index, line in enumerate(lines):
        if reason := judged.reasons[index]:
            items.append(Dropped(line.number, line.text, reason))
        else:
            kind = "title" if index == title else _kind(judged.seen, index, kept)
            items.append(Piece(kind, line.text, line.number))
    metadata = Metadata(
        title=lines[title].text if title is not None else None,
        byline=judged.byline,
        published=judged.published,
        site=judged.site,
    )
    return assemble(items, metadata, source=source, notices=notices)


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
    first, second = (judged.seen[index] for index in kept[:2])
    if first.quoted or first.caption or not 2 <= first.words <= 26:
        return None
    shorter = first.words * 3 <= second.words * 2
    return kept[0] if not first.stops or (shorter and first.words <= 18) else None


def _kind(seen: list[Features], index: int, kept: list[int]) -> BlockKind:
    line = seen[index]
    if line.caption:
        return "caption"
    if _BULLET.match(line.text):
        return "list_item"
    if line.text.startswith("> "):
        return "block_quotation"
    position = kept.index(index)
    if not line.stops and not line.quoted and 1 <= line.words <= 12 and not line.text.endswith((",", ";", ":", "–", "—", "-")):
        after = seen[kept[position + 1]] if position + 1 < len(kept) else None
        before = seen[kept[position - 1]] if position else None
        if after and after.prose and (before is None or before.stops or before.prose):
            return "heading"
    return "paragraph"
