"""The public JSON shape of an analysed article, schema ``onrecord/1``: written, and read back without loss.

Offsets are Unicode code points into ``article.text``, end exclusive. Fields may be added to the shape; none
changes its meaning. Reading ignores fields that it does not know, and gives those that an older record lacks
their usual value.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from reader.model.analysis import (
    Analysis,
    Cue,
    Entity,
    EntityType,
    Mention,
    PipelineInfo,
    Quotation,
    QuotationKind,
    Speaker,
)
from reader.model.article import Article, Block, BlockKind, Link, RemovedLine
from reader.model.errors import RecordError
from reader.model.fields import Fields, offset, refuse

SCHEMA = "onrecord/1"

_HINT = "A record is a line that “onrecord analyse --format jsonl” prints"


def record(article: Article, analysis: Analysis) -> dict[str, Any]:
    """Return the article and its analysis as plain data for JSON."""
    return {
        "schema": SCHEMA,
        "source": article.source,
        "article": {
            "id": article.id,
            "document": article.document,
            "title": article.title,
            "byline": article.byline,
            "published": article.published,
            "site": article.site,
            "language": article.language,
            "text": article.text,
            "notices": list(article.notices),
            "links": [asdict(link) for link in article.links],
            "blocks": [asdict(block) for block in article.blocks],
            "removed": [asdict(line) for line in article.removed],
            "restored": list(article.restored),
        },
        "entities": [_lists(asdict(entity)) for entity in analysis.entities],
        "quotations": [asdict(quotation) for quotation in analysis.quotations],
        "pipeline": asdict(analysis.pipeline) if analysis.pipeline else None,
    }


def parse(line: str | bytes) -> tuple[Article, Analysis]:
    """Return the article and the analysis that a line of JSON holds; see :func:`from_record`."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordError("This is not JSON", _HINT) from error
    return from_record(value)


def from_record(value: object) -> tuple[Article, Analysis]:
    """Return the article and the analysis that plain data of the shape holds.

    Raises :class:`RecordError` that names the field when the data is not of the shape, or when an offset
    lies outside of the text.
    """
    top = Fields(value, "record", _HINT)
    schema = top.text("schema")
    if schema != SCHEMA:
        raise RecordError("This record has another schema than onrecord/1", "Update On Record to read it")
    fields = Fields(top.value("article"), "article", _HINT)
    text = fields.text("text")
    size = len(text)
    article = Article(
        text=text,
        blocks=fields.each("blocks", lambda f: Block(f.one_of("kind", BlockKind), *f.span(size))),
        title=fields.text_or_none("title"),
        byline=fields.text_or_none("byline"),
        published=fields.text_or_none("published"),
        site=fields.text_or_none("site"),
        language=fields.text_or_none("language"),
        source=top.text("source"),
        removed=fields.each(
            "removed",
            lambda f: RemovedLine(
                f.number("line", 0), f.text("text"), f.text("reason"), f.number("position", 0, size, size)
            ),
        ),
        links=fields.each("links", lambda f: Link(*f.span(size), f.text("url"))),
        notices=fields.texts("notices"),
        restored=tuple(
            offset(number, "article.restored", _HINT, 0, size) for number in fields.list("restored")
        ),
        document=fields.text_or_none("document") or "",
    )
    analysis = Analysis(
        top.each("entities", lambda f: _entity(f, size)),
        top.each("quotations", lambda f: _quotation(f, size)),
        top.maybe("pipeline", _pipeline),
    )
    return article, analysis


def _entity(fields: Fields, size: int) -> Entity:
    return Entity(
        fields.text("id"),
        fields.one_of("type", EntityType),
        fields.text("name"),
        fields.texts("aliases"),
        fields.each("mentions", lambda f: Mention(*f.span(size))),
    )


def _quotation(fields: Fields, size: int) -> Quotation:
    confidence = fields.value("confidence")
    if not isinstance(confidence, int | float) or isinstance(confidence, bool) or not 0 <= confidence <= 1:
        refuse(f"{fields.name}.confidence", "a number from 0 to 1", _HINT)
    return Quotation(
        fields.text("id"),
        fields.one_of("kind", QuotationKind),
        *fields.span(size),
        fields.maybe("cue", lambda f: Cue(*f.span(size))),
        fields.maybe(
            "speaker",
            lambda f: Speaker(
                *f.span(size), f.text_or_none("entity"), f.text_or_none("name"), f.text_or_none("role")
            ),
        ),
        confidence,
        fields.text("evidence"),
    )


def _pipeline(fields: Fields) -> PipelineInfo:
    return PipelineInfo(fields.text("name"), fields.text("version"), fields.text_or_none("fingerprint") or "")


def _lists(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape as JSON reads it back: arrays, not tuples."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in shape.items()}
