"""The text of a letter: what mail programs do to it (flowed lines, quotation marks, signatures) undone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from reader.ingest.assembly import Draft, Dropped, Metadata
from reader.ingest.cleaning.bylines import date_in
from reader.ingest.cleaning.hardwraps import read_lines
from reader.ingest.cleaning.phrases import Proof, phrase_of
from reader.ingest.formats.text import pieces_from_text
from reader.text.safety import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable

    Items = list[Draft | Dropped]

_QUOTED = re.compile(r"(?:>[ ]?)+")
_SIGNATURE = re.compile(r"--[ \t]?")
_LONGEST_SIGNATURE = 15  # lines
_FORWARDED = re.compile(
    r"\W*(?:(?:begin )?forwarded message|original message|forwarded by .{1,80}|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|message transféré|mensaje reenviado|messaggio inoltrato)\W*",
    re.I,
)
_HEADER = re.compile(
    r"\W*(?P<name>From|Date|Sent|Subject|To|Cc|Reply-To|Von|Datum|Betreff|An)\W*:\s*(?P<value>.*)", re.I
)
_MOST_HEADERS = 8
_ADDRESSED = re.compile(r"(?P<label>\S.{0,100}?)\s*:?\s*[(<\[]?https?://\S+")
_ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.I)


def unflowed(text: str, *, joining: bool = False) -> str:
    """Return text sent as ``format=flowed`` (RFC 3676) with each paragraph on one line.

    A line that ends in a space goes on in the next, as long as both are quoted equally deep. ``joining``
    says that the space is no part of the text (``DelSp=yes``).
    """
    done: list[str] = []
    open_depth: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        content = line[marks:]
        content = content[1:] if content.startswith(" ") else content
        flows = content.endswith(" ") and content != "-- "
        if joining and flows:
            content = content[:-1]
        if open_depth == marks and content != "-- ":
            done[-1] += content
        else:
            done.append(f"{'>' * marks} {content}" if marks else content)
        open_depth = marks if flows else None
    return "\n".join(done)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    text: str
    depth: int


def letter_pieces(text: str) -> tuple[Items, Metadata]:
    """Return the blocks and removed lines of a letter's plain text, and what its beginning says of it.

    Lines that answer marks with ``>`` become block quotations, the signature is removed.
    """
    rows, signature = _rows(sanitise(text))
    lines: list[tuple[int, str]] = []
    for depth, run in groupby(rows, key=lambda row: row.depth):
        group = list(run)
        for line in read_lines("\n".join(row.text for row in group)):
            if line.gap:
                lines.append((0, ""))
            lines.append((group[line.number - 1].number, "> " * bool(depth) + line.text))
        lines.append((0, ""))
    items, metadata = pieces_from_text("\n".join(content for _, content in lines))
    numbered: Items = [_settled(replace(item, line=lines[item.line - 1][0])) for item in items]
    return [*numbered, *(Dropped(row.number, row.text, "signature") for row in signature)], metadata


def _rows(text: str) -> tuple[list[_Row], list[_Row]]:
    """Return the lines of a text without their quotation marks, and those of its signature."""
    rows: list[_Row] = []
    for number, line in enumerate(text.split("\n"), 1):
        quoted = _QUOTED.match(line)
        depth = quoted[0].count(">") if quoted else 0
        rows.append(_Row(number, line[quoted.end() :] if quoted else line, depth))
    for at in range(len(rows) - 1, max(-1, len(rows) - 2 - _LONGEST_SIGNATURE), -1):
        if _SIGNATURE.fullmatch(rows[at].text) and rows[at].depth == 0 and at:
            return rows[:at], [row for row in rows[at + 1 :] if row.text.strip()]
    return rows, []


def _settled(item: Draft | Dropped) -> Draft | Dropped:
    """Return a line as what it is in a letter: a quotation, or a link of the mailing with its address."""
    if not isinstance(item, Draft):
        return item
    if item.text.startswith("> "):
        return Draft("block_quotation", item.text[2:], item.line)
    if addressed := _ADDRESSED.fullmatch(item.text):
        phrase = phrase_of(addressed["label"])
        if phrase and phrase.proof == Proof.SURE:
            return Dropped(item.line, item.text, phrase.reason)
    return item


def without_headers(items: Iterable[Draft | Dropped], subject: str | None) -> tuple[Items, Metadata]:
    """Return a letter's lines without the headers of what it forwards, and what these say.

    A line is the title only when it is the subject's: letters begin with whatever they begin with.
    """
    kept: Items = []
    fields: dict[str, str] = {}
    left = 0
    for item in items:
        header = _HEADER.fullmatch(item.text) if left else None
        if _FORWARDED.fullmatch(item.text):
            left = _MOST_HEADERS
            kept.append(Dropped(item.line, item.text, "forwarded header"))
        elif header:
            left -= 1
            fields.setdefault(header["name"].lower(), header["value"].strip(" *"))
            kept.append(Dropped(item.line, item.text, "forwarded header"))
        else:
            left = 0
            if isinstance(item, Draft) and item.kind == "title" and item.text != subject:
                item = Draft("paragraph", item.text, item.line, item.links)
            kept.append(item)
    origin = fields.get("from") or fields.get("von") or ""
    sender = re.sub(r"\s*[<\[(].*", "", origin).strip("\"' ")
    sent = date_in(fields.get("date") or fields.get("sent") or fields.get("datum") or "")
    title = fields.get("subject") or fields.get("betreff") or ""
    site = re.search(r"@([\w.-]+\.\w+)", origin)
    return kept, Metadata(
        title=bare_subject(title) or None,
        byline=sender or None,
        published=sent[:10] if sent else None,
        site=site[1] if site else None,
    )


def bare_subject(subject: str) -> str:
    """Return a subject without what answering and forwarding put before it."""
    return _ANSWER.sub("", subject, count=1).strip() if _ANSWER.match(subject) else subject
