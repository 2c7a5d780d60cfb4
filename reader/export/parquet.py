"""Parquet: one row per article, its entities and quotations as lists in it, for pandas, DuckDB and others."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from reader.export.view import chosen
from reader.model.errors import ExportError
from reader.model.record import record
from reader.text.safety import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from reader.export.options import Options
    from reader.model.analysis import Analysis
    from reader.model.article import Article

_ROWS = 500  # in one group: what is held in memory, some ten megabytes
_OF_ARTICLE = ("id", "document", "title", "byline", "published", "site", "language", "text")


def write_many(results: Iterable[tuple[Article, Analysis]], stream: BinaryIO, options: Options) -> None:
    """Write one row per article. Raises :class:`ExportError` when pyarrow is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError(
            "Parquet needs the package pyarrow", "Install it with: pip install 'onrecord[parquet]'"
        ) from error
    schema = _schema(pyarrow)
    rows = (_row(article, chosen(analysis, options)) for article, analysis in results)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(rows, _ROWS)):
            writer.write_table(pyarrow.Table.from_pylist(group, schema))


def _row(article: Article, analysis: Analysis) -> dict[str, Any]:
    value = record(article, analysis)
    pipeline = value["pipeline"] or {}
    row = {name: value["article"][name] for name in _OF_ARTICLE}
    row |= {"source": value["source"], "words": article.word_count, "pipeline": pipeline.get("fingerprint")}
    entities = {entity["id"]: entity["type"] for entity in value["entities"]}
    quotations = [
        {
            **{name: quotation[name] for name in ("id", "kind", "start", "end", "confidence", "evidence")},
            "text": article.text[quotation["start"] : quotation["end"]],
            "cue": _words(article, quotation["cue"]),
            "speaker": speaker.get("name"),
            "speaker_entity": speaker.get("entity"),
            "speaker_type": entities.get(speaker.get("entity")),
            "speaker_role": speaker.get("role"),
            "speaker_words": _words(article, speaker),
        }
        for quotation in value["quotations"]
        for speaker in [quotation["speaker"] or {}]
    ]
    safe: dict[str, Any] = _safe({**row, "entities": value["entities"], "quotations": quotations})
    return safe


def _words(article: Article, span: dict[str, Any] | None) -> str | None:
    return article.text[span["start"] : span["end"]] if span else None


def _safe(value: Any) -> Any:
    """The same, with all text safe to show; what acts is replaced one for one, so that offsets stay true."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {name: _safe(each) for name, each in value.items()}
    return [_safe(each) for each in value] if isinstance(value, list) else value


def _schema(pyarrow: Any) -> Any:
    string, number = pyarrow.string(), pyarrow.int32()
    mention = pyarrow.struct([("start", number), ("end", number)])
    entity = [("id", string), ("type", string), ("name", string), ("aliases", pyarrow.list_(string))]
    entity.append(("mentions", pyarrow.list_(mention)))
    quotation = [("id", string), ("kind", string), ("start", number), ("end", number), ("text", string)]
    quotation += [(name, string) for name in ("speaker", "speaker_entity", "speaker_type", "speaker_role")]
    quotation += [(name, string) for name in ("speaker_words", "cue")]
    quotation += [("confidence", pyarrow.float64()), ("evidence", string)]
    return pyarrow.schema(
        [
            ("source", string),
            *((name, string) for name in _OF_ARTICLE),
            ("words", number),
            ("entities", pyarrow.list_(pyarrow.struct(entity))),
            ("quotations", pyarrow.list_(pyarrow.struct(quotation))),
            ("pipeline", string),
        ]
    )
