"""The public JSON shape of an analysed article, schema ``onrecord/1``: written, and read back without loss.

Offsets are Unicode code points into ``article.text``, end exclusive. Fields may be added to the shape; none
changes its meaning. Reading ignores fields that it does not know, and gives those that an older record lacks
their usual value.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast, get_args

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

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = "onrecord/1"

_HINT = "A record is a line that “onrecord analyse --format jsonl” prints"

T = TypeVar("T")


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
    top = _Fields(value, "the record")
    schema = top.text("schema")
    if schema != SCHEMA:
        raise RecordError("This record has another schema than onrecord/1", "Update On Record to read it")
    fields = _Fields(top.value("article"), "article")
    text = fields.text("text")
    size = len(text)
    article = Article(
        text=text,
        blocks=fields.each("blocks", lambda f: Block(_kind(f, "kind", BlockKind), *f.span(size))),
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
        restored=tuple(_offset(number, "restored", 0, size) for number in fields.list("restored")),
        document=fields.text_or_none("document") or "",
    )
    analysis = Analysis(
        top.each("entities", lambda f: _entity(f, size)),
        top.each("quotations", lambda f: _quotation(f, size)),
        top.maybe("pipeline", _pipeline),
    )
    return article, analysis


def _entity(fields: _Fields, size: int) -> Entity:
    return Entity(
        fields.text("id"),
        _kind(fields, "type", EntityType),
        fields.text("name"),
        fields.texts("aliases"),
        fields.each("mentions", lambda f: Mention(*f.span(size))),
    )


def _quotation(fields: _Fields, size: int) -> Quotation:
    confidence = fields.value("confidence")
    if not isinstance(confidence, int | float) or isinstance(confidence, bool) or not 0 <= confidence <= 1:
        _refuse(f"{fields.name}.confidence", "a number from 0 to 1")
    return Quotation(
        fields.text("id"),
        _kind(fields, "kind", QuotationKind),
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


def _pipeline(fields: _Fields) -> PipelineInfo:
    return PipelineInfo(fields.text("name"), fields.text("version"), fields.text_or_none("fingerprint") or "")


class _Fields:
    """The fields of an object, asked for by name and type."""

    def __init__(self, value: object, name: str) -> None:
        self.name = name
        if not isinstance(value, dict):
            _refuse(name, "an object")
        self._fields = cast("dict[str, object]", value)

    def value(self, key: str) -> object:
        if key not in self._fields:
            raise RecordError(f"The record lacks {self.name}.{key}", _HINT)
        return self._fields[key]

    def text(self, key: str) -> str:
        value = self.value(key)
        if not isinstance(value, str):
            _refuse(f"{self.name}.{key}", "text")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self._fields.get(key) is None else self.text(key)

    def number(self, key: str, least: int, most: int | None = None, usual: int | None = None) -> int:
        value = self._fields.get(key, usual) if usual is not None else self.value(key)
        return _offset(value, f"{self.name}.{key}", least, most)

    def span(self, size: int) -> tuple[int, int]:
        start = self.number("start", 0, size)
        return start, self.number("end", start, size)

    def list(self, key: str) -> list[object]:
        value = self._fields.get(key, [])
        if not isinstance(value, list):
            _refuse(f"{self.name}.{key}", "an array")
        return cast("list[object]", value)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.list(key)
        if not all(isinstance(value, str) for value in values):
            _refuse(f"{self.name}.{key}", "an array of texts")
        return tuple(cast("list[str]", values))

    def each(self, key: str, read: Callable[[_Fields], T]) -> tuple[T, ...]:
        return tuple(read(_Fields(value, f"{key}[{number}]")) for number, value in enumerate(self.list(key)))

    def maybe(self, key: str, read: Callable[[_Fields], T]) -> T | None:
        value = self._fields.get(key)
        return None if value is None else read(_Fields(value, f"{self.name}.{key}"))


def _kind(fields: _Fields, key: str, literal: Any) -> Any:
    value = fields.text(key)
    if value not in get_args(literal):
        _refuse(f"{fields.name}.{key}", f"one of {', '.join(get_args(literal))}")
    return value


def _offset(value: object, name: str, least: int, most: int | None) -> int:
    if (
        not isinstance(value, int)
        or isinstance(value, bool)
        or value < least
        or (most is not None and value > most)
    ):
        _refuse(name, f"a whole number from {least}" + (f" to {most}" if most is not None else ""))
    return value


def _refuse(name: str, wanted: str) -> NoReturn:
    raise RecordError(f"In the record, {name} is not {wanted}", _HINT)


def _lists(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape as JSON reads it back: arrays, not tuples."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in shape.items()}
