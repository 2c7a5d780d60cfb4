import io
import json

from hypothesis import given
from hypothesis import strategies as st

from reader.export.options import Options
from reader.export.registry import render, write_many
from reader.model.analysis import Analysis
from reader.model.article import Article
from reader.model.record import record
from reader.text.jsontext import dumps


def test_every_key_of_the_schema(article: Article, analysis: Analysis) -> None:
    shape = json.loads(render("jsonl", article, analysis, Options()))
    assert list(shape) == ["schema", "source", "article", "entities", "quotations", "pipeline"]
    assert shape == json.loads(json.dumps(record(article, analysis)))
    first = shape["quotations"][1]
    text = shape["article"]["text"]
    assert text[first["start"] : first["end"]] == "“It is a gamble,”"
    assert text[first["cue"]["start"] : first["cue"]["end"]] == "said"
    assert first["speaker"]["name"] == "Ana Ruiz"
    assert first["confidence"] == 0.981
    assert shape["article"]["removed"] == [
        {"line": 9, "text": "Subscribe now", "reason": "newsletter prompt", "position": len(text)}
    ]


@given(st.text(st.characters(codec=None)))
def test_any_text_comes_back_and_nothing_in_it_acts(text: str) -> None:
    line = dumps({"text": text})
    assert json.loads(line) == {"text": text}
    line.encode()
    assert line.splitlines() == [line]
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066" for c in line)


def test_only_quotations_keeps_the_entities_that_speak(article: Article, analysis: Analysis) -> None:
    shape = json.loads(render("json", article, analysis, Options(only="quotations")))
    assert [entity["id"] for entity in shape["entities"]] == ["e2", "e3"]
    shape = json.loads(render("json", article, analysis, Options(only="entities")))
    assert shape["quotations"] == []
    assert len(shape["entities"]) == 4


def test_json_of_none_of_one_and_of_several_articles(article: Article, analysis: Analysis) -> None:
    found = []
    for number in range(4):
        stream = io.BytesIO()
        write_many("json", [(article, analysis)] * number, stream, Options())
        found.append(stream.getvalue())
    assert found[0] == b""
    assert json.loads(found[1]) == json.loads(render("jsonl", article, analysis, Options()))
    assert [len(json.loads(content)) for content in found[2:]] == [2, 3]
