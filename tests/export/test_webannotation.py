"""Web Annotation output, held against the W3C model and expanded by an independent JSON-LD processor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from pyld import jsonld

from reader.export.options import Options
from reader.export.registry import render
from reader.text.safety import shown

from .hostile import analysed_articles

if TYPE_CHECKING:
    from reader.model.analysis import Analysis
    from reader.model.article import Article

OA, RDF, AS = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/ns/activitystreams#",
)
DC, DCTYPES = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/dcmitype/"
# What the vocabulary says of the terms that we use; the published context says the same and more.
CONTEXT = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector")},
    "TextPositionSelector": OA + "TextPositionSelector",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "Text": DCTYPES + "Text",
    **{
        name: {"@id": OA + iri, "@type": "@id"}
        for name, iri in {
            "body": "hasBody",
            "target": "hasTarget",
            "source": "hasSource",
            "selector": "hasSelector",
            "via": "via",
        }.items()
    },
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    **{
        name: OA + name
        for name in ("describing", "identifying", "classifying", "tagging", "linking", "commenting")
    },
    "exact": OA + "exact",
    "prefix": OA + "prefix",
    "suffix": OA + "suffix",
    "start": OA + "start",
    "end": OA + "end",
    "value": RDF + "value",
    "format": DC + "format",
    "language": DC + "language",
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
}


@pytest.fixture
def page(article: Article, analysis: Analysis) -> Any:
    return json.loads(render("webannotation", article, analysis, Options()))


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def check(page: dict[str, Any]) -> str:
    """Assert what the model demands of every annotation; return the text that the page is about."""
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    whole = page["items"][0]
    text, address = whole["body"]["value"], whole["target"]["id"]
    identifiers = [page["id"], address, *(item["id"] for item in page["items"])]
    assert len(identifiers) == len(set(identifiers))
    assert all(identifier.startswith("urn:uuid:") for identifier in identifiers)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in CONTEXT
        for resource in (*_as_list(item["body"]), *_as_list(item["target"])):
            if resource["type"] == "TextualBody":
                assert isinstance(resource["value"], str)
                assert resource["purpose"] in CONTEXT
            elif "selector" in resource:
                assert resource["type"] == "SpecificResource"
                assert resource["source"] == address
                quote, position = resource["selector"]
                start, end = position["start"], position["end"]
                assert text[start:end] == quote["exact"]
                assert text[:start].endswith(quote["prefix"])
                assert text[end:].startswith(quote["suffix"])
    assert isinstance(text, str)
    return text


def _spans(page: Any, motivation: str) -> Any:
    found = []
    for item in page["items"]:
        if item["motivation"] == motivation and "selector" in item["target"]:
            position = item["target"]["selector"][1]
            found.append((position["start"], position["end"]))
    return found


def test_the_same_spans_come_back(page: Any, article: Article, analysis: Analysis) -> None:
    assert check(page) == article.text
    assert _spans(page, "classifying") == [(q.start, q.end) for q in analysis.quotations]
    assert _spans(page, "identifying") == [(m.start, m.end) for e in analysis.entities for m in e.mentions]


def test_quotations_are_linked_with_speakers(page: Any) -> None:
    links = [item for item in page["items"] if item["motivation"] == "linking"]
    first = links[0]
    assert first["target"]["selector"][0]["exact"] == "“It is a gamble,”"
    assert first["body"][0]["selector"][0]["exact"] == "Mayor Ana Ruiz"
    named = [body["value"] for body in first["body"] if body.get("purpose") in ("tagging", "commenting")]
    assert named == ["Ana Ruiz", "subject of cue"]
    assert first["confidence"] == 0.981
    identities = {
        b["source"]
        for item in page["items"]
        for b in _as_list(item["body"])
        if b.get("purpose") == "identifying"
    }
    assert first["body"][1]["source"] in identities


def test_a_json_ld_processor_understands_every_term(page: Any) -> None:
    page["@context"][0] = CONTEXT
    (expanded,) = jsonld.expand(page)
    assert expanded["@type"] == [AS + "OrderedCollectionPage"]
    (items,) = expanded[AS + "items"]
    assert len(items["@list"]) == len(page["items"])
    quads = jsonld.to_rdf(page)["@default"]
    predicates = {quad["predicate"]["value"] for quad in quads}
    assert {
        OA + "hasBody",
        OA + "hasTarget",
        OA + "exact",
        OA + "start",
        "http://www.w3.org/2005/11/its/rdf#taConfidence",
    } <= predicates
    # Nothing that was written is dropped as unknown: each leaf of the JSON is a value in the graph.
    values = {quad["object"]["value"] for quad in quads}
    exact = {item["target"]["selector"][0]["exact"] for item in page["items"] if "selector" in item["target"]}
    assert exact <= values


@given(analysed_articles())
def test_hostile_text_stays_a_valid_page(result: tuple[Article, Analysis]) -> None:
    page = json.loads(render("webannotation", *result, Options()))
    assert check(page) == shown(result[0].text)
