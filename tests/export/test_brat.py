"""brat output, read back by a parser written from brat's description of its format."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from hypothesis import given

from reader.export.options import Options
from reader.export.registry import companions, parts, render
from reader.model.analysis import Analysis, Mention, Quotation
from reader.model.analysis import Entity as OnRecordEntity
from reader.model.article import Article, Block

from .hostile import analysed_articles


class Bound(NamedTuple):
    kind: str
    start: int
    end: int
    words: str


@dataclass
class Standoff:
    bound: dict[str, Bound] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    equivalent: list[set[str]] = field(default_factory=list)


def read(text: str, annotations: str) -> Standoff:
    standoff = Standoff()
    seen = set()
    assert annotations == "" or annotations.endswith("\n")
    for line in annotations.split("\n")[:-1]:
        identifier, rest = line.split("\t", 1)
        assert identifier == "*" or (identifier not in seen and re.fullmatch(r"[TRA#][1-9]\d*", identifier))
        seen.add(identifier)
        if identifier[0] == "T":
            head, words = rest.split("\t")
            kind, offsets = head.split(" ", 1)
            fragments = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
            assert fragments == sorted(fragments)
            assert words == " ".join(text[a:b] for a, b in fragments)
            assert all(a < b and "\n" not in text[a:b] for a, b in fragments)
            standoff.bound[identifier] = Bound(kind, fragments[0][0], fragments[-1][1], words)
        elif identifier[0] == "R":
            kind, first, second = rest.split(" ")
            standoff.relations.append((kind, first.removeprefix("Arg1:"), second.removeprefix("Arg2:")))
        elif identifier[0] == "A":
            kind, target, value = rest.split(" ")
            standoff.attributes[target] = (kind, value)
        elif identifier[0] == "#":
            head, note = rest.split("\t")
            assert head.startswith("AnnotatorNotes ")
            standoff.notes[head.removeprefix("AnnotatorNotes ")] = note
        else:
            kind, *members = rest.split(" ")
            assert kind == "Equiv"
            standoff.equivalent.append(set(members))
    targets = (
        {t for _, *ends in standoff.relations for t in ends} | set(standoff.notes) | set(standoff.attributes)
    )
    assert targets | set().union(*standoff.equivalent) <= set(standoff.bound)
    return standoff


def exported(article: Article, analysis: Analysis) -> tuple[str, Standoff]:
    files = parts("brat", article, analysis, Options())
    text = files[".txt"].decode()
    return text, read(text, files[".ann"].decode())


def test_the_same_spans_come_back(article: Article, analysis: Analysis) -> None:
    text, standoff = exported(article, analysis)
    assert text == article.text
    found = {(b.kind, b.start, b.end) for b in standoff.bound.values()}
    names = {"PERSON": "Person", "PLACE": "Place", "ORG": "Organisation", "GROUP": "Group"}
    expected = {(names[e.type], m.start, m.end) for e in analysis.entities for m in e.mentions}
    for quotation in analysis.quotations:
        expected.add(("Quotation", quotation.start, quotation.end))
        if quotation.cue:
            expected.add(("Cue", quotation.cue.start, quotation.cue.end))
        if quotation.speaker:
            expected.add(("Speaker", quotation.speaker.start, quotation.speaker.end))
    assert found == expected


def test_speakers_are_relations_and_mentions_of_one_entity_equivalent(
    article: Article, analysis: Analysis
) -> None:
    _, standoff = exported(article, analysis)
    words = {name: bound.words for name, bound in standoff.bound.items()}
    relations = {(kind, words[first], words[second]) for kind, first, second in standoff.relations}
    assert ("SpokenBy", "“It is a gamble,”", "Mayor Ana Ruiz") in relations
    assert ("SpokenBy", "“But we 🚢 must.”", "Mayor Ana Ruiz") in relations
    assert ("CuedBy", "“reckless”", "called") in relations
    assert ("RefersTo", "Mayor Ana Ruiz", "Ana Ruiz") in relations
    assert [{words[name] for name in group} for group in standoff.equivalent] == [{"Ana Ruiz", "Ruiz"}]
    kinds = {words[name]: value for name, value in standoff.attributes.items()}
    assert kinds["“reckless”"] == ("Kind", "partial")
    notes = {words[name]: note for name, note in standoff.notes.items()}
    assert notes["“reckless”"] == "The Harbour Trust; confidence 0.800; subject of cue"
    assert notes["Ruiz"] == "Ana Ruiz"


def test_a_quotation_over_paragraphs_is_cut_at_line_ends() -> None:
    text = "“One.\n\n  Two.”"
    quotation = Quotation("q1", "direct", 0, len(text), None, None, 0.5, "")
    article = Article(text, (Block("paragraph", 0, 5), Block("paragraph", 7, len(text))))
    content = parts("brat", article, Analysis((), (quotation,)), Options())[".ann"].decode()
    assert content.startswith("T1\tQuotation 0 5;9 14\t“One. Two.”\n")


@given(analysed_articles())
def test_hostile_text_forges_no_annotation(result: tuple[Article, Analysis]) -> None:
    article, analysis = result
    text, standoff = exported(article, analysis)
    assert len(text) == len(article.text)
    expected = set()
    for entity in analysis.entities:
        for mention in entity.mentions:
            words = text[mention.start : mention.end]
            if words.strip():
                start = mention.start + len(words) - len(words.lstrip())
                expected.add((start, start + len(words.strip())))
    kinds = ("Person", "Place", "Organisation", "Group")
    assert {(b.start, b.end) for b in standoff.bound.values() if b.kind in kinds} == expected


def test_the_archive_holds_what_brat_needs(article: Article, analysis: Analysis) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render("brat", article, analysis, Options())))
    assert archive.namelist() == ["article.txt", "article.ann", "annotation.conf"]
    assert archive.testzip() is None
    configuration = companions("brat")["annotation.conf"].decode()
    assert archive.read("annotation.conf").decode() == configuration
    assert re.findall(r"^\[(\w+)\]$", configuration, re.MULTILINE) == [
        "entities",
        "relations",
        "events",
        "attributes",
    ]


def test_a_mention_of_white_space_is_left_out() -> None:
    entity = OnRecordEntity("e1", "PERSON", "x", (), (Mention(1, 2),))
    _, standoff = exported(Article("a b"), Analysis((entity,)))
    assert standoff.bound == {}
