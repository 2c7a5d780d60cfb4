"""Headlines in capitals, read through the names of the text below them."""

from __future__ import annotations

from reader.language.entities.consistency import consistent
from tests.language.marking import marked


def found(source: str) -> list[tuple[str, str]]:
    """The corrected mentions of the first line as (name, type)."""
    text, spans = marked(source)
    end = text.index("\n")
    return [(text[s.start : s.end], s.type) for s in consistent(text, spans) if s.end <= end]


def test_an_office_by_its_other_name() -> None:
    source = "CHOLERA: HEALTH MINISTRY CONFIRMS CASES\n\nThe [ORG Ministry of Health] has opened a centre."
    assert found(source) == [("HEALTH MINISTRY", "ORG")]


def test_two_names_that_were_taken_for_one() -> None:
    source = "[ORG VALDORA SENATE] PASSES BILL\n\n[PLACE Valdora]’s [ORG Senate] passed a law on Wednesday."
    assert found(source) == [("VALDORA", "PLACE"), ("SENATE", "ORG")]


def test_the_text_below_says_the_type() -> None:
    source = "[PLACE HARLOW] QUITS\n\n[PERSON Ada Harlow] left. “I am done,” [PERSON Harlow] said."
    assert found(source) == [("HARLOW", "PERSON")]


def test_an_everyday_word_is_no_name() -> None:
    source = "STORM MAY HIT COAST\n\nThe storm may hit tonight, [PERSON May] said. [PERSON May] is a sailor."
    assert found(source) == []


def test_a_longer_name_is_left_alone() -> None:
    source = "[ORG BANK OF VALDORA] RAISES RATES\n\nIn [PLACE Valdora] prices rose."
    assert found(source) == [("BANK OF VALDORA", "ORG")]


def test_a_line_in_mixed_case_is_left_alone() -> None:
    source = "Health Ministry Confirms Cases\n\nThe [ORG Ministry of Health] has opened a centre."
    assert found(source) == []


def test_a_verb_in_capitals_ends_a_name() -> None:
    source = "[ORG Valdoran Parliament OKs] extra budget\n\nThe vote was close."
    assert found(source) == [("Valdoran Parliament", "ORG")]
