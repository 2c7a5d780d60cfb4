"""Hard-wrapped paragraphs are joined again; verse, lists and tables keep their lines."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.cleaning.hardwraps import read_lines

PARAGRAPHS = [
    "The council voted on Tuesday to rebuild the harbour wall, which a storm had broken in January, after a"
    " debate that lasted until the tide had turned twice and the caretaker had gone home.",
    "“It should have been done ten years ago,” said Ana Ruiz, who sells fish beside the wall every morning."
    " “We told them so. They wrote it down, and the paper is still there.”",
    "The work begins in March and will take two years, the harbour master said in a statement, provided that"
    " the stone arrives from the quarry in time and that nobody asks what it costs.",
]
VERSE = """\
Because the tide had other plans
the boats were tied in twos,
and every man who owned a net
had something left to lose.

We counted them at break of day,
we counted them at noon,
and one had gone the quiet way
that takes you to the moon."""


def _texts(text: str) -> list[str]:
    return [line.text for line in read_lines(text)]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert _texts(wrapped) == PARAGRAPHS


def test_indented_paragraphs_are_told_apart() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 72, initial_indent="   ") for paragraph in PARAGRAPHS)
    assert _texts(wrapped) == PARAGRAPHS


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_long_lines_are_paragraphs(between: str) -> None:
    assert _texts(between.join(PARAGRAPHS)) == PARAGRAPHS


def test_verse_keeps_its_lines() -> None:
    lines = [line for line in VERSE.split("\n") if line]
    assert _texts(VERSE) == lines
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert _texts(f"{wrapped}\n\n{VERSE}") == [*PARAGRAPHS, *lines]


def test_lists_and_tables_keep_their_lines() -> None:
    kept = [
        "- stone from the quarry",
        "- sand",
        "1. A wall",
        "2. A light",
        "2023    12    140",
        "2024    15    122",
    ]
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert _texts(wrapped + "\n\n" + "\n".join(kept)) == [
        *PARAGRAPHS,
        *(" ".join(line.split()) for line in kept),
    ]


def test_short_lines_among_wrapped_ones_stay() -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert _texts(f"Share\nTweet\n3 comments\n\n{wrapped}\n\nShare\nTweet") == [
        "Share", "Tweet", "3 comments", *PARAGRAPHS, "Share", "Tweet",
    ]  # fmt: skip


def test_lines_know_where_they_began() -> None:
    lines = read_lines("one\n\n\ntwo\nthree")
    assert [(line.number, line.text, line.gap) for line in lines] == [
        (1, "one", True),
        (4, "two", True),
        (5, "three", False),
    ]


@given(st.text("ab .\n\t-1", max_size=300))
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(_texts(text)).split() == text.split()


def test_addresses_on_lines_of_their_own_are_never_joined() -> None:
    lines = ["The paper wrote about the wall again"] + [
        f"https://www.paper.example/2024/harbour-wall-{n}.html" for n in range(5)
    ]
    assert [line.text for line in read_lines("\n".join(lines))] == lines
