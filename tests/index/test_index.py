"""The index: what is where, who said what, and how it is put to people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.index import DOUBTFUL_BELOW, LOOKING, NO_SPEAKER, Doubt, Index, percent
from reader.model.analysis import NOT_LOOKED_FOR, Analysis, Entity, Mention, Quotation, Speaker
from reader.model.article import Article, Block
from tests.tui.scene import ANALYSIS, ARTICLE, TEXT

INDEX = Index(ARTICLE, ANALYSIS)


def quoted(start: int, end: int, speaker: Speaker | None = None, sure: float = 0.9) -> Quotation:
    return Quotation(f"q{start}", "direct", start, end, None, speaker, sure, "evidence")


def test_what_is_where() -> None:
    offset = TEXT.index("Morag Teale")
    mention = INDEX.mention_at(offset + 3)
    assert mention is not None
    assert (mention.entity.name, mention.number) == ("Morag Teale", 0)
    assert INDEX.mention_at(offset - 1) is None
    quotation = INDEX.quotation_at(TEXT.index("good news"))
    assert quotation is not None
    assert quotation.id == "q1"
    assert [q.id for q in INDEX.quotations_in(0, len(TEXT))] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert INDEX.next_quotation(len(TEXT)) is None
    assert INDEX.next_mention(-1, -1) is None


def test_the_next_of_a_type_or_of_an_entity() -> None:
    first = INDEX.next_mention(-1, type="PERSON")
    assert first is not None
    assert first.entity.type == "PERSON"
    last = INDEX.next_mention(len(TEXT), -1, entity=first.entity.id)
    assert last is not None
    assert last.number == len(first.entity.mentions) - 1
    assert INDEX.next_mention(last.start, entity=first.entity.id) is None
    assert INDEX.next_mention(-1, entity="e999") is None


def test_nested_quotations_are_all_found() -> None:
    spans = [(0, 50), (5, 10), (12, 20), (60, 70)]
    index = Index(Article("x" * 80), Analysis((), tuple(quoted(a, b) for a, b in spans)))
    assert [q.id for q in index.quotations_in(30, 40)] == ["q0"]
    assert [q.id for q in index.quotations_in(6, 13)] == ["q0", "q5", "q12"]
    inner = index.quotation_at(7)
    assert inner is not None
    assert inner.id == "q5"


@given(
    st.sets(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12),
    st.integers(0, 45),
    st.integers(0, 45),
)
def test_what_touches_a_stretch_is_what_a_slow_look_finds(
    spans: set[tuple[int, int]], low: int, high: int
) -> None:
    found = [quoted(start, start + length) for start, length in spans]
    index = Index(Article("x" * 50), Analysis((), tuple(found)))
    touching = {(q.start, q.end) for q in found if q.start < high and q.end > low}
    assert {(q.start, q.end) for q in index.quotations_in(low, high)} == touching
    after = [q.start for q in found if q.start > low]
    following = index.next_quotation(low)
    assert (following.start if following else None) == min(after, default=None)
    before = [q.start for q in found if q.start < low]
    preceding = index.next_quotation(low, -1)
    assert (preceding.start if preceding else None) == max(before, default=None)


def test_a_stale_id_leads_to_nothing() -> None:
    grown = Index(ARTICLE, replace(ANALYSIS, entities=ANALYSIS.entities[1:], quotations=()))
    for entity in ANALYSIS.entities[:1]:
        assert grown.entity(entity.id) is None
        assert grown.said_by(entity.id) == ()
    assert all(grown.quotation(quotation.id) is None for quotation in ANALYSIS.quotations)
    assert grown.entity(None) is None
    assert grown.quotation(None) is None


def test_one_wording_for_every_kind_of_speaker() -> None:
    text = "He said “a”. The mayor said “b”."
    mayor = Entity("e13", "PERSON", "Ana Ruiz", ("Ruiz", "Ana Ruiz"), (Mention(13, 22),))
    renamed = Speaker(13, 22, "e13", "Old Name", "the  mayor\x1b")
    he, named, nobody = Speaker(0, 2, None, None), Speaker(0, 2, None, "Bo\tLee"), None
    index = Index(Article(text), Analysis((mayor,), ()))
    for speaker, wording, name in (
        (renamed, "Ana Ruiz", "Ana Ruiz"),
        (he, "“He”", "He"),
        (named, "Bo Lee", "Bo Lee"),
        (nobody, NO_SPEAKER, None),
    ):
        assert index.speaker(quoted(8, 11, speaker)) == wording
        assert index.speaker_name(quoted(8, 11, speaker)) == name
    assert index.role(quoted(8, 11, renamed)) == "the mayor␛"
    assert index.aliases(mayor) == ("Ruiz",)
    early = replace(quoted(8, 11), evidence=NOT_LOOKED_FOR)
    assert index.speaker(early) == LOOKING
    assert index.looking(early)
    assert not index.looking(quoted(8, 11))


@pytest.mark.parametrize(
    ("speaker", "sure", "doubt"),
    [
        (Speaker(0, 2, None, "Bo Lee"), DOUBTFUL_BELOW, Doubt.SURE),
        (Speaker(0, 2, None, "Bo Lee"), DOUBTFUL_BELOW - 0.001, Doubt.DOUBTFUL),
        (Speaker(0, 2, None, None), 0.99, Doubt.UNRESOLVED),
        (Speaker(0, 2, "e9", None), 0.99, Doubt.UNRESOLVED),
        (None, 0.0, Doubt.UNRESOLVED),
    ],
)
def test_how_an_attribution_is_to_be_taken(speaker: Speaker | None, sure: float, doubt: Doubt) -> None:
    assert Index(Article("He said “a”.")).doubt(quoted(8, 11, speaker, sure)) is doubt


@given(st.floats(0, 1))
def test_only_what_is_certain_is_a_hundred_percent(confidence: float) -> None:
    assert (percent(confidence) == "100%") == (confidence == 1)
    assert abs(int(percent(confidence)[:-1]) - 100 * confidence) <= 1


def test_percent_is_what_was_measured() -> None:
    assert [percent(number / 100) for number in range(101)] == [f"{number}%" for number in range(101)]
    assert percent(0.999) == "99%"


def test_paragraphs_count_neither_the_title_nor_what_was_put_back() -> None:
    text = "Title\n\nOne.\n\nBack.\n\nTwo."
    blocks = (
        Block("title", 0, 5),
        Block("paragraph", 7, 11),
        Block("paragraph", 13, 18),
        Block("paragraph", 20, 24),
    )
    index = Index(Article(text, blocks, restored=(13,)))
    assert [index.paragraph(block.start) for block in blocks] == [0, 1, 1, 2]
    assert [index.place(block.start) for block in blocks] == ["title", "¶1", "¶1", "¶2"]
    assert index.paragraphs == 2
    assert Index(Article(text)).place(3) == "¶1"


def test_shares_counts_and_prominence() -> None:
    assert [(share.name, len(share.quotations)) for share in INDEX.shares][-1] == (NO_SPEAKER, 1)
    assert INDEX.shares[0].entity is not None
    assert INDEX.shares[0].words >= INDEX.shares[1].words
    assert INDEX.counts["PERSON"] == 2
    assert [entity.id for entity in INDEX.entities("PERSON")] == ["e4", "e5"]
    assert len(INDEX.entities()) == 5
    assert [INDEX.number(quotation) for quotation in INDEX.quotations] == [1, 2, 3, 4, 5, 6]


def test_facts_about_an_article() -> None:
    assert Index(Article("", published="2024-03")).published == "March 2024"
    assert Index(Article("", published="last week")).published == "last week"
    assert Index(Article("word " * 660)).minutes == 3
    assert Index(Article("")).minutes == 1
    assert Index(Article("A first\tline\n\nand more")).title == "A first line"
    assert Index(Article("")).title == "Untitled article"
    assert Index(Article("x", title="[b]\x1b[2J")).title == "[b]␛[2J"
    assert len(Index(Article("word " * 100)).title) <= 80


@given(st.text(max_size=60), st.integers(0, 59), st.integers(1, 20), st.integers(0, 30))
def test_surroundings_are_one_safe_line(text: str, start: int, length: int, around: int) -> None:
    start = min(start, max(0, len(text) - 1))
    span = Mention(start, min(len(text), start + length))
    index = Index(Article(text, (Block("paragraph", 0, len(text)),)))
    before, words, after = index.context(span, around)
    assert words == index.words(span)
    assert not {"\n", "\x1b", "\r"} & set(before + words + after)


def test_an_index_of_a_book_answers_without_reading_it_again() -> None:
    count = 13_000
    text = "“Yes,” she said. " * count
    found = tuple(
        quoted(17 * n, 17 * n + 6, Speaker(17 * n + 7, 17 * n + 10, "e7", None)) for n in range(count)
    )
    she = Entity("e7", "PERSON", "She", (), tuple(Mention(17 * n + 7, 17 * n + 10) for n in range(count)))
    index = Index(Article(text), Analysis((she,), found))
    assert index.text is text  # nothing in it acts: not even a copy
    assert len(index.said_by("e7")) == count
    assert (
        sum(1 for n in range(count) if index.mention_at(17 * n + 8) and index.quotation_at(17 * n)) == count
    )
