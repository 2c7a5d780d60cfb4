"""The public JSON: written and read back without loss, older lines included, broken ones refused."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import RecordError
from reader.model.record import from_record, parse, record
from reader.text.jsontext import dumps
from tests.model.articles import analysed
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from reader.model.analysis import Analysis
    from reader.model.article import Article


@given(analysed())
def test_a_record_is_read_back_without_loss(result: tuple[Article, Analysis]) -> None:
    line = dumps(record(*result))
    assert line.splitlines() == [line]
    assert parse(line) == result
    assert parse(line.encode()) == result
    assert record(*parse(line)) == json.loads(line)


def test_a_line_of_the_first_version_still_loads() -> None:
    shape = record(ARTICLE, ANALYSIS)
    for key in ("document", "notices", "links", "restored"):
        del shape["article"][key]
    for line in shape["article"]["removed"]:
        del line["position"]
    for quotation in shape["quotations"]:
        if quotation["speaker"]:
            del quotation["speaker"]["role"]
    del shape["pipeline"]["fingerprint"]
    article, analysis = from_record(json.loads(json.dumps(shape)))
    assert analysis == ANALYSIS
    assert article.text == ARTICLE.text
    assert article.document == "https://courier.example/ferry"
    assert {line.position for line in article.removed} == {len(article.text)}


def test_fields_that_are_not_known_are_ignored() -> None:
    shape = record(ARTICLE, ANALYSIS)
    shape["topics"] = shape["article"]["mood"] = shape["entities"][0]["wikidata"] = ["x"]
    assert from_record(shape) == (ARTICLE, ANALYSIS)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, item in items for inner in _paths(item, (*path, key)))]


_SHAPE = json.loads(dumps(record(ARTICLE, ANALYSIS)))


@given(
    st.sampled_from(_paths(_SHAPE)),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()) | st.just({}),
)
def test_whatever_is_wrong_is_an_error_of_one_kind(path: tuple[Any, ...], value: object) -> None:
    shape = copy.deepcopy(_SHAPE)
    if path:
        parent = shape
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = value
    else:
        shape = value
    try:
        article, analysis = from_record(shape)
    except RecordError:
        return
    assert from_record(json.loads(dumps(record(article, analysis)))) == (article, analysis)


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "null", '{"schema": "onrecord/2"}', "[" * 100_000, b"\xff\xfe{", "NaN"]
)
def test_what_is_no_record_is_refused(line: str | bytes) -> None:
    with pytest.raises(RecordError):
        parse(line)


def test_an_error_names_the_field() -> None:
    shape = copy.deepcopy(_SHAPE)
    shape["quotations"][2]["end"] = 10**9
    with pytest.raises(RecordError, match=r"quotations\[2\]\.end"):
        from_record(shape)
    del shape["article"]["text"]
    with pytest.raises(RecordError, match=r"lacks article\.text"):
        from_record(shape)
