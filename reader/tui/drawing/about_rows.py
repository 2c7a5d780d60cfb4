"""The article's metadata, and whose words fill how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.index import duration
from reader.text.safety import one_line
from reader.tui.drawing.rows import Line, Piece, bar, plural, spread, wrapped
from reader.tui.roles import TYPE_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.index import Index, Share


def _share_role(findings: Index, share: Share) -> str:
    if share.entity:
        return TYPE_ROLES[share.entity.type]
    return "speaker" if findings.resolved_name(share.quotations[0]) else "muted"


class AboutRows:
    """The article's metadata, and whose words fill how much of it."""

    def __init__(self, findings: Index, notes: Sequence[str] = ()) -> None:
        self._findings = findings
        self._facts = list(_facts(findings))
        self._notes = [one_line(note) for note in (*findings.article.notices, *notes)]
        self._shares = findings.shares
        self.keys = [f"fact {number}" for number in range(len(self._facts))]
        self.keys += [f"note {number}" for number in range(len(self._notes))]
        self.keys += ["balance"] if self._shares else []
        self.keys += [f"share {share.key}" for share in self._shares]
        self._total = max(1, findings.article.word_count)
        self._largest = max((share.words for share in self._shares), default=1) or 1

    def heights(self, width: int) -> Sequence[int]:
        """Return the lines of every row at a width."""
        few = len(self.keys) - len(self._shares)
        return [*(len(self.draw(index, width)) for index in range(few)), *[2] * len(self._shares)]

    def selectable(self, index: int) -> bool:
        """Return whether the row is a source's."""
        return self.keys[index].startswith("share ")

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the lines of a row."""
        kind = self.keys[index].split(" ")[0]
        if kind == "fact":
            label, text = self._facts[index]
            lines = wrapped(text, max(10, width - 11))
            return [
                [Piece(f"{label if not number else '':<11}", "muted"), Piece(line)]
                for number, line in enumerate(lines)
            ]
        index -= len(self._facts)
        if kind == "note":
            return [[Piece(line, "warning")] for line in wrapped(self._notes[index], width)]
        if kind == "balance":
            quoted = sum(share.words for share in self._shares)
            percent = f"{quoted / self._total:.0%} quoted"
            return [[], spread([Piece("Whose words", "accent")], [Piece(percent, "muted")], width)]
        share = self._shares[index - len(self._notes) - 1]
        part = share.words / self._total
        counts = f"{plural(share.words, 'word')} · {part:.0%}"
        full = bar(share.words / self._largest, width)
        return [
            spread([Piece(share.name, _share_role(self._findings, share))], [Piece(counts, "muted")], width),
            [Piece(full, "bar"), Piece("─" * (width - len(full)), "rest")],
        ]


def _facts(findings: Index) -> list[tuple[str, str]]:
    article = findings.article
    pipeline = findings.analysis.pipeline
    facts = [
        ("Title", article.title),
        ("By", article.byline),
        ("Published", findings.published),
        ("Site", article.site),
        ("Language", article.language),
        ("Source", article.source),
        ("Length", f"{plural(article.word_count, 'word')} · about {duration(findings.minutes)}"),
        ("Removed", plural(len(article.removed), "line") if article.removed else None),
        ("Links", f"{len(article.links):,}" if article.links else None),
        ("Pipeline", f"{pipeline.name} {pipeline.version}" if pipeline else None),
    ]
    return [(label, line) for label, text in facts if text and (line := one_line(text))]
