"""Finding quotations: marks of every kind, apostrophes told apart, nothing that is not somebody's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.quotations import find_quotations, find_turns
from reader.language.quotations.marks import quoted_stretches
from reader.model.article import Block
from tests.counting import calls


def stretches(text: str) -> list[str]:
    """The quoted stretches of a one-paragraph text, whatever they are for."""
    return [text[found.start : found.end] for found in quoted_stretches(text, 0, len(text))]


def found(text: str) -> list[tuple[str, str]]:
    """The quotations of a text with their kinds."""
    return [(text[q.start : q.end], q.kind) for q in find_quotations(text, ())]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"We will not wait," said Ana.', ['"We will not wait,"']),
        ("“We will not wait,” said Ana.", ["“We will not wait,”"]),
        ("‘We will not wait,’ said Ana.", ["‘We will not wait,’"]),
        ("'We will not wait,' said Ana.", ["'We will not wait,'"]),
        ("''We will not wait,'' said Ana.", ["''We will not wait,''"]),
        ("„Wir warten nicht“, said Ana.", ["„Wir warten nicht“"]),
        ("«Nous n’attendrons pas», said Ana.", ["«Nous n’attendrons pas»"]),
        ("»Vi venter ikke«, said Ana.", ["»Vi venter ikke«"]),
        ("”We will not wait,” said Ana.", ["”We will not wait,”"]),
        ("“We will not wait,“ said Ana.", ["“We will not wait,“"]),
    ],
    ids=[
        "straight",
        "curly",
        "single",
        "typewriter",
        "doubled",
        "low-high",
        "angle",
        "reversed",
        "closing",
        "opening",
    ],
)
def test_every_kind_of_mark(text: str, wanted: list[str]) -> None:
    assert stretches(text) == wanted


def test_quotations_within_quotations_are_not_taken_apart() -> None:
    text = "“He said ‘no’ and left,” she said. ‘They call it “the box”,’ he said."
    assert stretches(text) == ["“He said ‘no’ and left,”", "‘They call it “the box”,’"]


@pytest.mark.parametrize(
    "text",
    [
        "The teachers’ strike and the dogs' dinners",
        "It was the '90s, 'tis true, rock 'n' roll",
        "O'Brien and D’Angelo don’t",
        "She is 5'11\" tall",
        "a 6-by-4' room",
        "James' brother and the bosses' cars",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert stretches(text) == []


def test_a_possessive_does_not_end_a_single_quotation() -> None:
    text = "‘The teachers’ strike goes on,’ said Bo. ‘My sons’ he added, ‘are in.’"
    assert stretches(text) == ["‘The teachers’ strike goes on,’", "‘My sons’", "‘are in.’"]


def test_a_word_in_n_ends_a_single_quotation_but_a_dropped_g_does_not() -> None:
    text = "She apologised 'without reservation' to the families. 'We were goin' to tell them,' she said."
    assert stretches(text) == ["'without reservation'", "'We were goin' to tell them,'"]


def test_a_quotation_over_several_paragraphs_gives_one_span_in_each() -> None:
    text = "“One thing is clear.\n\n“Another is not.\n\n“We will see,” she said."
    assert [words for words, _ in found(text)] == [
        "“One thing is clear.",
        "“Another is not.",
        "“We will see,”",
    ]


def test_a_single_mark_that_runs_on_into_the_next_paragraph() -> None:
    text = "She said: ‘I employ eleven people.\n\n‘Six of them sing,’ she said."
    assert [words for words, _ in found(text)] == ["‘I employ eleven people.", "‘Six of them sing,’"]


def test_direct_and_partial() -> None:
    text = "“We have had enough of this,” said the mayor, who called the plan “a monument to bad arithmetic”."
    assert [kind for _, kind in found(text)] == ["direct", "partial"]


@pytest.mark.parametrize(
    "text",
    [
        "The star of the reality show “The Bakers” came late to the gala at the hotel.",
        'The old man, known to everybody in the village as "Rusty", sold his car on Monday.',
        "He wore the hat of the so-called “Band of Nine” at the parade on Saturday.",
        '<tweet id="1234567890" author="@someone">',
    ],
)
def test_titles_nicknames_and_markup_are_no_quotations(text: str) -> None:
    assert found(text) == []


def test_blocks_are_paragraphs() -> None:
    text = "“One two three,” he said. “Four five\nsix seven,” he said."
    cut = text.index("\n")
    assert len(find_quotations(text, (Block("paragraph", 0, len(text)),))) == 2
    assert [
        (q.start, q.end)
        for q in find_quotations(text, (Block("paragraph", 0, cut), Block("paragraph", cut + 1, len(text))))
    ][:1] == [(0, 16)]


@given(st.text(alphabet="ab. ,?\n\"'“”‘’«»„‚`*:—1S", max_size=300))
def test_spans_are_in_order_and_inside_the_text_whatever_the_marks(text: str) -> None:
    position = 0
    for quotation in find_quotations(text, ()):
        assert position <= quotation.start < quotation.end <= len(text)
        assert "\n" not in text[quotation.start : quotation.end]
        position = quotation.end


@pytest.mark.parametrize(
    "piece",
    [
        "“Yes,” he said. ",
        "‘a ’b ",
        '"a. ',
        "\"'as' ",
        "«a «b »",
        "''",
        "‘",
        "”",
        '"a\n\n',
        "’’",
        "‘‘a",
        "› » ",
        "“a, said he. “",
        "“a.’ ‘b.” ",
        "“a.” ",
        "‘a’ and ",
        "“a.”\n— B\n",
    ],
)
def test_the_work_is_linear_in_the_text(piece: str) -> None:
    def work(times: int) -> int:
        text = piece * times
        return calls(lambda: find_quotations(text, ()))

    work(10)
    # Eight times the text: quadratic work would be sixty-four times as much.
    assert work(3_200) < 12 * work(400)


def test_one_mark_at_the_end_of_a_megabyte() -> None:
    for mark in "\"'“‘«":
        assert len(find_quotations("word " * 200_000 + mark, ())) <= 1


@given(st.text(alphabet='QAaIy: .?\n"“’L', max_size=200))
def test_turns_are_in_order_and_inside_their_paragraphs(text: str) -> None:
    position = 0
    for turn in find_turns(text, ()):
        assert position <= turn.start < turn.end <= len(text)
        assert "\n" not in text[turn.start : turn.end]
        position = turn.end


@pytest.mark.parametrize(
    "piece",
    [
        "Q: And you?\n\nA: I went.\n\n",
        "LANE: We went.\n\nDORA LANE: I stayed.\n\n",
        "Do you?\n\nI do.\n\n",
        "A: ",
        "I: I ",
    ],
)
def test_finding_turns_is_linear_in_the_text(piece: str) -> None:
    def work(times: int) -> int:
        text = piece * times
        return calls(lambda: find_turns(text, ()))

    work(10)
    # Eight times the text: quadratic work would be sixty-four times as much.
    assert work(3_200) < 12 * work(400)
