"""Articles with annotated quotations, from JSON lines or from our own corpus.

A line is {"id", "text", "quotations": [{"start", "end", "kind": "full|mixed|scare|turn", "source_head":
[start, end] or null, "source_kind", "entity"}], "entities": [[start, end, type, id]]}; entities and the
quotations' "entity" ids are optional.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from training.corpora import articles, held_out, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """An annotated quoted stretch. ``head`` is the span of the words that speak, None for no source."""

    start: int
    end: int
    kind: str
    head: Span | None
    source_kind: str | None
    entity: str | None


@dataclass(frozen=True)
class GoldArticle:
    """A text with its units; ``names`` are the spans of each entity, where they are annotated."""

    identity: str
    text: str
    units: tuple[Unit, ...]
    names: dict[str, tuple[Span, ...]]
    ours: bool


def from_jsonl(path: Path) -> Iterator[GoldArticle]:
    """Read articles from JSON lines."""
    yield from (_article(record, ours=False) for record in lines(path))


def from_corpus(*, kept_out: bool) -> Iterator[GoldArticle]:
    """Read our own articles: the held-out tenth, or all others."""
    for record in articles():
        if held_out(record) == kept_out:
            yield _article(record, ours=True)


def _article(record: dict[str, Any], *, ours: bool) -> GoldArticle:
    names: dict[str, list[Span]] = {}
    for start, end, _, identity in record.get("entities", ()):
        if identity:
            names.setdefault(identity, []).append((start, end))
    units = tuple(
        Unit(
            unit["start"],
            unit["end"],
            unit["kind"],
            tuple(unit["source_head"]) if unit.get("source_head") else None,
            unit.get("source_kind"),
            unit.get("entity"),
        )
        for unit in record["quotations"]
    )
    return GoldArticle(
        record["id"], record["text"], units, {name: tuple(spans) for name, spans in names.items()}, ours
    )


def matches(units: Sequence[Unit], found: Sequence[Span]) -> tuple[dict[int, Unit], set[int]]:
    """Match found stretches to units as the scorer does: most overlap, over half of the union.

    Also returns the stretches that touch a unit without matching it: they count neither way. Turns of a
    transcript, which have no marks, are matched by none.
    """
    matched: dict[int, Unit] = {}
    for unit in units:
        if unit.kind == "turn":
            continue
        best, share = -1, 0.5
        for index, (start, end) in enumerate(found):
            common = min(unit.end, end) - max(unit.start, start)
            if common <= 0 or index in matched:
                continue
            union = (unit.end - unit.start) + (end - start) - common
            if common / union > share:
                best, share = index, common / union
        if best >= 0:
            matched[best] = unit
    touching = {
        index
        for index, (start, end) in enumerate(found)
        if index not in matched and any(start < unit.end and unit.start < end for unit in units)
    }
    return matched, touching
