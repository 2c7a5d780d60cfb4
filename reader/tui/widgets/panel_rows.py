"""The rows of the panel's tabs. They are built from offsets and drawn only when they come into view."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reader.index import Doubt, Index, Share
from reader.text.names import folded
from reader.text.safety import one_line
from reader.tui.drawing.wrap import breaks
from reader.tui.roles import TYPE_ROLES
from reader.tui.widgets.row_list import Line, Piece, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.analysis import EntityType, Quotation
    from reader.model.article import RemovedLine

# The columns of counts beside an entity: its quotations, its mentions.
SAID_COLUMN, NAMED_COLUMN = 5, 7


def _share_role(share: Share) -> str:
    if share.entity:
        return TYPE_ROLES[share.entity.type]
    return "speaker" if share.key else "muted"


def plural(number: int, noun: str) -> str:
    """Return "1 word", "2 words"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def attribution(findings: Index, quotation: Quotation, *, name: bool = True) -> Line:
    """Return "— Vladimir Putin · told · ¶6", with a question mark where that is unsure."""
    line: Line = []
    if name:
        line.append(Piece("— ", "muted"))
        entity = findings.speaker_entity(quotation)
        role = TYPE_ROLES[entity.type] if entity else "speaker" if quotation.speaker else "muted"
        line.append(Piece(findings.speaker(quotation), role))
        if findings.doubt(quotation) is Doubt.DOUBTFUL:
            line.append(Piece(" ?", "warning"))
        line.append(Piece(" · ", "muted"))
    elif findings.doubt(quotation) is Doubt.DOUBTFUL:
        line.append(Piece("? ", "warning"))
    if cue := findings.cue(quotation):
        line += [Piece(cue, "cue"), Piece(" · ", "muted")]
    line.append(Piece(findings.place(quotation.start), "muted"))
    return line


def _matches(query: str, *texts: str | None) -> bool:
    return any(query in folded(text) for text in texts if text)


class QuotationRows:
    """Quotations in order: the words, and below them who said them."""

    def __init__(self, findings: Index, query: str = "") -> None:
        self._findings = findings
        query = folded(query)
        self._quotations: Sequence[Quotation] = findings.quotations
        if query:
            self._quotations = [
                quotation
                for quotation in self._quotations
                if _matches(query, findings.words(quotation), findings.speaker(quotation))
            ]
        self.keys = [quotation.id for quotation in self._quotations]

    def heights(self, width: int) -> Sequence[int]:
        """Return two lines for every row."""
        return [2] * len(self.keys)

    def selectable(self, index: int) -> bool:
        """Return True."""
        return True

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the two lines of a quotation."""
        quotation = self._quotations[index]
        return [
            [Piece(self._findings.words(quotation, width + 1), "quotation")],
            [Piece("  "), *attribution(self._findings, quotation)],
        ]


class SpeakerRows:
    """Quotations by speaker: a line with the speaker's counts, then the quotations."""

    def __init__(self, findings: Index, query: str = "") -> None:
        self._findings = findings
        self._rows: list[Share | Quotation] = []
        self.keys: list[str] = []
        query = folded(query)
        for share in findings.shares:
            said = share.quotations
            if query and not _matches(query, share.name):
                said = tuple(quotation for quotation in said if _matches(query, findings.words(quotation)))
            if said:
                self._rows += [share, *said]
                self.keys += [f"speaker {share.key}", *(quotation.id for quotation in said)]

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for a speaker, two for a quotation."""
        return [1 if key.startswith("speaker ") else 2 for key in self.keys]

    def selectable(self, index: int) -> bool:
        """Return False for the speakers' lines: they are headings."""
        return not self.keys[index].startswith("speaker ")

    def draw(self, index: int, width: int) -> list[Line]:
        """Return a speaker's line or a quotation's two."""
        row = self._rows[index]
        if isinstance(row, Share):
            counts = f"{plural(len(row.quotations), 'quotation')} · {plural(row.words, 'word')}"
            role = _share_role(row)
            return [spread([Piece(row.name, role)], [Piece(counts, "muted")], width)]
        words = self._findings.words(row, width)
        line = [Piece("  "), *attribution(self._findings, row, name=False)]
        return [[Piece("  "), Piece(words, "quotation")], line]


class EntityRows:
    """Entities of some types, the most prominent first, with their aliases and counts."""

    def __init__(self, findings: Index, types: tuple[EntityType, ...], query: str = "") -> None:
        self._findings = findings
        query = folded(query)
        self._entities = findings.entities(*types)
        if query:
            self._entities = [e for e in self._entities if _matches(query, e.name, *e.aliases)]
        self.keys = [entity.id for entity in self._entities]

    def heights(self, width: int) -> Sequence[int]:
        """Return one line for every row."""
        return [1] * len(self.keys)

    def selectable(self, index: int) -> bool:
        """Return True."""
        return True

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line of an entity."""
        entity = self._entities[index]
        said = len(self._findings.said_by(entity.id))
        counts = [
            Piece(f"{said or '':>{SAID_COLUMN}}", "cue"),
            Piece(f"{len(entity.mentions):>{NAMED_COLUMN}}", "muted"),
        ]
        left = [Piece(self._findings.name(entity), TYPE_ROLES[entity.type])]
        if aliases := ", ".join(self._findings.aliases(entity)[:6]):
            left += [Piece("  "), Piece(aliases, "muted")]
        return [spread(left, counts, width)]


class RemovedRows:
    """The lines that cleaning took out, each with its reason."""

    def __init__(self, removed: Sequence[RemovedLine], query: str = "") -> None:
        query = folded(query)
        self._removed = [line for line in removed if _matches(query, line.text, line.reason) or not query]
        self.keys = [str(line.line) for line in self._removed]

    def heights(self, width: int) -> Sequence[int]:
        """Return two lines for every row."""
        return [2] * len(self.keys)

    def selectable(self, index: int) -> bool:
        """Return True."""
        return True

    def draw(self, index: int, width: int) -> list[Line]:
        """Return the line and why it was removed."""
        line = self._removed[index]
        text = one_line(line.text[: 4 * width]) or "(empty line)"
        return [[Piece(text)], [Piece("  "), Piece(f"line {line.line:,} · {one_line(line.reason)}", "muted")]]


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
            spread([Piece(share.name, _share_role(share))], [Piece(counts, "muted")], width),
            [Piece(full, "bar"), Piece("─" * (width - len(full)), "rest")],
        ]


def bar(part: float, width: int) -> str:
    """Return a bar that fills a part (0 to 1) of a width, to half a column; never nothing."""
    halves = min(2 * width, max(1, round(part * width * 2)))
    return "━" * (halves // 2) + "╸" * (halves % 2)


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
        ("Length", f"{plural(article.word_count, 'word')} · about {plural(findings.minutes, 'minute')}"),
        ("Removed", plural(len(article.removed), "line") if article.removed else None),
        ("Links", f"{len(article.links):,}" if article.links else None),
        ("Pipeline", f"{pipeline.name} {pipeline.version}" if pipeline else None),
    ]
    return [(label, line) for label, text in facts if text and (line := one_line(text))]


def wrapped(text: str, width: int) -> list[str]:
    """Return one-line text set in lines of at most ``width`` columns, long words broken."""
    cuts = [0, *breaks(text, 0, len(text), width), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(cuts)]
