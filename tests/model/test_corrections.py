"""Corrections: what each does, that the later one holds, and that they come back from JSON as they were."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.index import Index
from reader.model.analysis import Analysis, Cue, Entity, Mention, Quotation, Speaker
from reader.model.anchors import Anchor, anchor
from reader.model.article import Article, Block, RemovedLine
from reader.model.corrected import apply
from reader.model.corrections import (
    AddMention,
    AddQuotation,
    ConfirmSpeaker,
    Correction,
    MergeEntities,
    NoQuotation,
    RemoveEntity,
    RemoveMention,
    RenameEntity,
    RestoreLine,
    RetypeEntity,
    SetSpeaker,
    SplitEntity,
    from_data,
    to_data,
)
from reader.model.errors import RecordError
from reader.model.working_copy import BY_THE_READER, CONFIRMED
from tests.model.articles import analysed

if TYPE_CHECKING:
    from collections.abc import Sequence

_Span = TypeVar("_Span", Mention, Quotation)

TEXT = (
    "Ana Ruiz spoke to Bo Lee of the port. “It is late,” she said.\n\n"
    "Ruiz left. “We heard nothing,” Lee told reporters. A sign says “Closed” in red."
)


def at(words: str, number: int = 0) -> Anchor:
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(words, start + 1)
    return anchor(TEXT, start, start + len(words))


def span(words: str, number: int = 0) -> tuple[int, int]:
    found = at(words, number)
    return found.start, found.end


def entity(name: str, *mentions: tuple[str, int]) -> Entity:
    places = tuple(Mention(*span(*mention)) for mention in mentions)
    aliases = tuple(dict.fromkeys(words for words, _ in mentions if words != name))
    return Entity(f"e{places[0].start}", "PERSON", name, aliases, places)


RUIZ = entity("Ana Ruiz", ("Ana Ruiz", 0), ("Ruiz", 1))
LEE = entity("Bo Lee", ("Bo Lee", 0), ("Lee", 1))
LATE, NOTHING, CLOSED = "“It is late,”", "“We heard nothing,”", "“Closed”"
ARTICLE = Article(
    TEXT,
    (Block("paragraph", 0, TEXT.index("\n")), Block("paragraph", TEXT.index("Ruiz left"), len(TEXT))),
    removed=(RemovedLine(2, "More from the port", "link list", TEXT.index("Ruiz left")),),
)
ANALYSIS = Analysis(
    (RUIZ, LEE),
    (
        Quotation(
            "q0", "direct", *span(LATE), Cue(*span("said")), Speaker(*span("she"), LEE.id, "Bo Lee"), 0.6, "x"
        ),
        Quotation(
            "q1",
            "direct",
            *span(NOTHING),
            Cue(*span("told")),
            Speaker(*span("Lee", 1), LEE.id, "Bo Lee"),
            0.9,
            "x",
        ),
        Quotation("q2", "direct", *span(CLOSED), None, None, 0.0, "no speaker found"),
    ),
)


def corrected(*corrections: Correction) -> Index:
    done = apply(ARTICLE, ANALYSIS, corrections)
    assert done.stale == ()
    return Index(done.article, done.analysis)


def said(index: Index, words: str) -> tuple[str, str | None]:
    quotation = next(q for q in index.quotations if index.article.text[q.start : q.end] == words)
    return index.speaker(quotation), index.speaker_words(quotation)


def test_without_corrections_nothing_changes() -> None:
    assert apply(ARTICLE, ANALYSIS, ()).analysis is ANALYSIS


def test_a_speaker_is_set_to_an_entity_a_name_or_nobody() -> None:
    index = corrected(SetSpeaker(at(LATE), at("Ana Ruiz")))
    assert said(index, LATE) == ("Ana Ruiz", "she")
    quotation = index.quotations[0]
    assert (quotation.confidence, quotation.evidence) == (1.0, BY_THE_READER)
    assert said(corrected(SetSpeaker(at(CLOSED), at("Ana Ruiz"))), CLOSED) == ("Ana Ruiz", "Ruiz")
    assert said(corrected(SetSpeaker(at(NOTHING), at("Ana Ruiz"))), NOTHING) == ("Ana Ruiz", "Ruiz")
    assert said(corrected(SetSpeaker(at(CLOSED), name="The harbour master")), CLOSED) == (
        "The harbour master",
        None,
    )
    assert said(corrected(SetSpeaker(at(NOTHING))), NOTHING) == ("no speaker given", None)


def test_a_confirmed_speaker_stays_as_it_is_and_is_sure() -> None:
    for words, wording, mention, name in (
        (LATE, at("she"), at("Bo Lee"), "Bo Lee"),
        (NOTHING, at("Lee", 1), at("Bo Lee"), "Bo Lee"),
        (CLOSED, None, None, None),
    ):
        before = next(q for q in Index(ARTICLE, ANALYSIS).quotations if q.start == at(words).start)
        index = corrected(ConfirmSpeaker(at(words), wording, mention, name))
        after = next(q for q in index.quotations if q.start == before.start)
        assert after == replace(before, id=after.id, confidence=1.0, evidence=CONFIRMED)


def test_a_confirmed_speaker_outlasts_what_is_found_later() -> None:
    confirmed = ConfirmSpeaker(at(LATE), at("she"), at("Bo Lee"), "Bo Lee")
    index = corrected(SetSpeaker(at(LATE), at("Ana Ruiz")), confirmed)
    assert said(index, LATE) == ("Bo Lee", "she")
    nobody = corrected(SetSpeaker(at(LATE), at("Ana Ruiz")), ConfirmSpeaker(at(LATE)))
    assert said(nobody, LATE) == ("no speaker given", None)
    worded = corrected(SetSpeaker(at(NOTHING)), ConfirmSpeaker(at(NOTHING), at("Lee", 1)))
    assert said(worded, NOTHING) == ("“Lee”", "Lee")


def test_the_later_correction_holds() -> None:
    one, other = SetSpeaker(at(LATE), at("Ana Ruiz")), SetSpeaker(at(LATE), name="Cy Dow")
    assert corrected(one, other).analysis == corrected(other).analysis
    assert corrected(other, one).analysis == corrected(one).analysis
    assert corrected(SetSpeaker(at(LATE)), one).analysis == corrected(one).analysis


def test_quotations_are_taken_out_and_marked() -> None:
    assert len(corrected(NoQuotation(at(CLOSED))).quotations) == 2
    index = corrected(AddQuotation(at("Ruiz left."), "turn"))
    assert [q.kind for q in index.quotations] == ["direct", "turn", "direct", "direct"]
    assert said(index, "Ruiz left.") == ("no speaker given", None)
    crossing = corrected(AddQuotation(at("late,” she")))
    assert next(crossing.words(q) for q in crossing.quotations) == "late,” she"
    assert len(crossing.quotations) == 3
    again = corrected(NoQuotation(at(CLOSED)), AddQuotation(at(CLOSED)))
    assert len(again.quotations) == 3


def test_entities_are_merged_split_renamed_and_retyped() -> None:
    index = corrected(MergeEntities(at("Bo Lee"), at("Ana Ruiz")))
    assert [(e.name, e.aliases, len(e.mentions)) for e in index.analysis.entities] == [
        ("Ana Ruiz", ("Ruiz", "Bo Lee", "Lee"), 4)
    ]
    assert said(index, NOTHING) == ("Ana Ruiz", "Lee")
    index = corrected(SplitEntity((at("Lee", 1),)))
    assert [(e.name, e.aliases) for e in index.analysis.entities] == [
        ("Ana Ruiz", ("Ruiz",)),
        ("Bo Lee", ()),
        ("Lee", ()),
    ]
    assert said(index, NOTHING) == ("Lee", "Lee")
    assert said(index, LATE) == ("Bo Lee", "she")
    index = corrected(RenameEntity(at("Lee", 1), "Bo Lee Jr"), RetypeEntity(at("Bo Lee"), "ORG"))
    assert [(e.name, e.type, e.aliases) for e in index.analysis.entities][1] == (
        "Bo Lee Jr",
        "ORG",
        ("Bo Lee", "Lee"),
    )
    assert said(index, NOTHING)[0] == "Bo Lee Jr"


def test_mentions_and_entities_are_removed_and_added() -> None:
    index = corrected(RemoveMention(at("Ana Ruiz")))
    assert [(e.id, e.name, e.aliases) for e in index.analysis.entities][1] == (
        f"e{span('Ruiz', 1)[0]}",
        "Ruiz",
        (),
    )
    index = corrected(RemoveEntity(at("Bo Lee")))
    assert [e.name for e in index.analysis.entities] == ["Ana Ruiz"]
    assert said(index, LATE) == ("“she”", "she")
    index = corrected(AddMention(at("the port"), "PLACE"))
    assert [e.name for e in index.entities("PLACE")] == ["the port"]
    index = corrected(AddMention(at("she"), "PERSON", at("Ana Ruiz")))
    assert next(e.aliases for e in index.analysis.entities) == ("Ruiz", "she")
    wider = corrected(AddMention(at("Bo Lee of the port"), "ORG"))
    assert [e.name for e in wider.analysis.entities] == ["Ana Ruiz", "Bo Lee of the port", "Lee"]


def test_a_line_is_put_back_and_everything_moves_along() -> None:
    done = apply(
        ARTICLE, ANALYSIS, (RestoreLine(2, "More from the port"), SetSpeaker(at(NOTHING), at("Ana Ruiz")))
    )
    assert done.stale == ()
    assert done.article.text[done.article.restored[0] :].startswith("More from the port\n\nRuiz left")
    index = Index(done.article, done.analysis)
    assert said(index, NOTHING) == ("Ana Ruiz", "Ruiz")
    assert [index.words(m) for m in index.mentions] == ["Ana Ruiz", "Bo Lee", "Ruiz", "Lee"]
    assert [index.paragraph(q.start) for q in index.quotations] == [1, 2, 2]


def test_what_is_not_there_any_more_is_stale_and_does_nothing() -> None:
    gone = anchor("Some other text altogether, with a “quotation” of its own.", 35, 46)
    corrections: Sequence[Correction] = (
        SetSpeaker(gone, name="X"),
        SetSpeaker(at("spoke to"), name="X"),
        ConfirmSpeaker(gone),
        ConfirmSpeaker(at(LATE), wording=gone),
        NoQuotation(gone),
        AddQuotation(gone),
        MergeEntities(gone, at("Ana Ruiz")),
        SplitEntity((gone,)),
        RenameEntity(gone, "X"),
        RestoreLine(7, "No such line"),
    )
    done = apply(ARTICLE, ANALYSIS, corrections)
    assert done.stale == tuple(corrections)
    assert [e.name for e in done.analysis.entities] == ["Ana Ruiz", "Bo Lee"]
    assert len(done.analysis.quotations) == 3


def test_they_hold_in_a_later_version_of_the_text() -> None:
    added = "The ferry was cancelled on Monday.\n\n"
    later = Article(added + TEXT)

    def moved(span: _Span) -> _Span:
        return replace(span, start=span.start + len(added), end=span.end + len(added))

    analysis = Analysis(
        tuple(
            replace(e, id=f"e{e.mentions[0].start + len(added)}", mentions=tuple(map(moved, e.mentions)))
            for e in ANALYSIS.entities
        ),
        tuple(replace(moved(q), cue=None, speaker=None) for q in ANALYSIS.quotations),
    )
    done = apply(
        later, analysis, (SetSpeaker(at(LATE), at("Ana Ruiz")), RenameEntity(at("Lee", 1), "B. Lee"))
    )
    assert done.stale == ()
    index = Index(done.article, done.analysis)
    assert said(index, LATE)[0] == "Ana Ruiz"
    assert [e.name for e in done.analysis.entities] == ["Ana Ruiz", "B. Lee"]


@st.composite
def decided(draw: st.DrawFn) -> tuple[Article, Analysis, list[Correction]]:
    article, analysis = draw(analysed())
    text = article.text
    spans = [(m.start, m.end) for e in analysis.entities for m in e.mentions]
    quoted = [(q.start, q.end) for q in analysis.quotations]
    anywhere = st.tuples(st.integers(0, max(0, len(text) - 1)), st.integers(1, 6)).map(
        lambda pair: (pair[0], min(len(text), sum(pair)))
    )

    def anchors(known: list[tuple[int, int]]) -> st.SearchStrategy[Anchor]:
        places = st.sampled_from(known) | anywhere if known else anywhere
        return places.filter(lambda p: p[0] < p[1] <= len(text)).map(lambda p: anchor(text, *p))

    if not text:
        return article, analysis, []
    mention, quotation = anchors(spans), anchors(quoted)
    types = st.sampled_from(("PERSON", "PLACE", "ORG"))
    names = st.sampled_from(("Ana", "a", "b"))
    lines = [st.just(RestoreLine(line.line, line.text)) for line in article.removed]
    one = st.one_of(
        st.builds(SetSpeaker, quotation, st.none() | mention, st.none() | names),
        st.builds(ConfirmSpeaker, quotation, st.none() | mention, st.none() | mention, st.none() | names),
        st.builds(NoQuotation, quotation),
        st.builds(AddQuotation, quotation, st.sampled_from(("direct", "turn"))),
        st.builds(MergeEntities, mention, mention),
        st.builds(SplitEntity, st.lists(mention, min_size=1, max_size=3).map(tuple)),
        st.builds(RenameEntity, mention, names),
        st.builds(RetypeEntity, mention, types),
        st.builds(RemoveMention, mention),
        st.builds(RemoveEntity, mention),
        st.builds(AddMention, mention, types, st.none() | mention),
        *lines,
    )
    return article, analysis, draw(st.lists(one, max_size=5))


def well_formed(article: Article, analysis: Analysis) -> None:
    text, ids = article.text, [entity.id for entity in analysis.entities]
    assert len(set(ids)) == len(ids)
    mentions = sorted((m.start, m.end) for entity in analysis.entities for m in entity.mentions)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(mentions))
    for entity in analysis.entities:
        assert entity.id == f"e{entity.mentions[0].start}"
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda m: m.start)
        assert entity.name not in entity.aliases
    starts = [quotation.start for quotation in analysis.quotations]
    assert starts == sorted(set(starts))
    for quotation in analysis.quotations:
        assert 0 <= quotation.start < quotation.end <= len(text)
        if quotation.speaker and quotation.speaker.entity:
            assert quotation.speaker.entity in ids
            assert quotation.speaker.name == analysis.entities[ids.index(quotation.speaker.entity)].name


@given(decided())
def test_any_corrections_give_a_well_formed_analysis(
    case: tuple[Article, Analysis, list[Correction]],
) -> None:
    article, analysis, corrections = case
    done = apply(article, analysis, corrections)
    assert done == apply(article, analysis, corrections)
    assert set(done.stale) <= set(corrections)
    if corrections:
        well_formed(done.article, done.analysis)


@given(decided())
def test_deciding_the_same_again_changes_nothing(case: tuple[Article, Analysis, list[Correction]]) -> None:
    article, analysis, corrections = case
    for correction in corrections:
        once = apply(article, analysis, [correction])
        twice = apply(once.article, once.analysis, [correction])
        assert twice.article == once.article
        assert twice.analysis == once.analysis
        assert apply(article, analysis, [correction, correction]).analysis == once.analysis


@given(decided())
def test_corrections_come_back_from_json(case: tuple[Article, Analysis, list[Correction]]) -> None:
    for correction in case[2]:
        assert from_data(json.loads(json.dumps(to_data(correction)))) == correction


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"correct": "everything"},
        {"correct": "rename", "mention": None, "name": "x"},
        {
            "correct": "rename",
            "mention": {"start": 3, "end": 1, "exact": "", "prefix": "", "suffix": ""},
            "name": "x",
        },
        {"correct": "restore", "line": "1", "text": ""},
        {"correct": "retype", "mention": to_data(RemoveMention(at("Ana Ruiz")))["mention"], "type": "ANIMAL"},
    ],
)
def test_what_is_no_correction_is_refused(data: object) -> None:
    with pytest.raises(RecordError):
        from_data(data)
