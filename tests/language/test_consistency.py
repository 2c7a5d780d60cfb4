"""What the whole article corrects in the mentions of its paragraphs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.entities.consistency import consistent
from reader.language.entities.labels import TypedSpan
from tests.language.marking import TYPES, marked

if TYPE_CHECKING:
    from reader.language.entities.labels import MentionType


def found(source: str) -> list[tuple[str, str]]:
    """The corrected mentions as (name, type)."""
    text, spans = marked(source)
    return [(text[span.start : span.end], span.type) for span in consistent(text, spans)]


def test_most_mentions_of_a_name_decide_its_type() -> None:
    source = "[ORG Sana] spoke. [ORG Sana] left, and [PLACE Sana] returned."
    assert found(source) == [("Sana", "ORG")] * 3


def test_other_names_have_a_vote_and_are_not_shown() -> None:
    source = "[OTHER KORUS] began. [ORG KORUS] grew and [OTHER KORUS] ended in [PLACE Seoul]."
    assert found(source) == [("Seoul", "PLACE")]


def test_a_sure_mention_outweighs_an_unsure_one() -> None:
    assert found("[PLACE:0.4 Conaie] spoke. [ORG:0.9 Conaie] left.") == [("Conaie", "ORG")] * 2


def test_an_office_alone_is_nobody_unless_it_is_a_last_name() -> None:
    assert found("The [PERSON President] met [PERSON Ada Okoro].") == [("Ada Okoro", "PERSON")]
    assert found("[PERSON Alma King] spoke. [PERSON King] left.") == [
        ("Alma King", "PERSON"),
        ("King", "PERSON"),
    ]


def test_the_family_name_of_a_person_is_that_person() -> None:
    source = "[PERSON Somchai Prawit] spoke. [PLACE:0.6 Prawit] left."
    assert found(source) == [("Somchai Prawit", "PERSON"), ("Prawit", "PERSON")]


def test_initials_in_brackets_take_the_type_of_the_name_and_later_mentions_follow() -> None:
    source = "The [ORG Saudi Fund for Development] ([PLACE SFD]) paid. The [PLACE SFD] and the SFD paid."
    assert found(source) == [("Saudi Fund for Development", "ORG"), *[("SFD", "ORG")] * 3]


def test_initials_in_brackets_are_found_when_the_recogniser_missed_them() -> None:
    assert found("The [ORG African Union] (AU) met.") == [("African Union", "ORG"), ("AU", "ORG")]


def test_other_words_in_brackets_are_left_alone() -> None:
    assert found("[ORG African Union] (Monday) met.") == [("African Union", "ORG")]


def test_a_name_found_twice_is_found_the_third_time() -> None:
    assert found("[PLACE Tonga] and [PLACE Tonga]. From Tonga.") == [("Tonga", "PLACE")] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US President Holt met the UK minister.", ["US", "UK"]),
        ("The U.S. Senate; tickets are US$164; the US-led talks.", ["U.S."]),
        ("GIVE US BREAD", []),
        ("Give us bread.", []),
    ],
)
def test_two_countries_are_never_missed(text: str, expected: list[str]) -> None:
    assert found(text) == [(name, "PLACE") for name in expected]


def test_a_word_that_is_all_of_its_sentence_is_nobody_unless_named_again() -> None:
    assert found("What came? [PERSON Lilies]. “[PERSON Stonewall],” he said.") == []
    source = "Who left? [PERSON Pell]. So [PERSON Siv Pell] said."
    assert found(source) == [("Pell", "PERSON"), ("Siv Pell", "PERSON")]
    assert found("Who left? [PERSON Anna].") == [("Anna", "PERSON")]


def test_a_month_is_nobody_s_family_name() -> None:
    assert found("[PERSON Theresa May] spoke. Since May she waits.") == [("Theresa May", "PERSON")]


@pytest.mark.parametrize(
    "other", ["Tonga Airways flew.", "New Tonga-Bank.", "tonga is low.", "Tongans met.", "@Tonga"]
)
def test_a_longer_or_other_word_is_not_that_name(other: str) -> None:
    assert found(f"[PLACE Tonga] and [PLACE Tonga]. {other}") == [("Tonga", "PLACE")] * 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[PERSON President Putin] spoke", "Putin"),
        ("[PERSON Mr. Putin] spoke", "Putin"),
        ("[PERSON Putin’s] speech", "Putin"),
        ("[ORG “Reuters”] said", "Reuters"),
        ("[PLACE U.S.] said", "U.S."),
        ("[ORG the United Nations] said", "United Nations"),
        ("[PLACE The Hague] said", "The Hague"),
        ("[PERSON Moon Jae]-in said", "Moon Jae-in"),
        ("[PERSON Narendra Modi]-led talks", "Narendra Modi"),
        ("[PLACE The United States] said", "United States"),
        ("[ORG NGO Doctors for Peace] said", "Doctors for Peace"),
        ("Rep. Ada Holt, [PERSON D-Minn.], said", "Minn."),
        ("a pupil of [ORG St Paul’s].", "St Paul’s"),
        ("the pupils of [ORG St Paul’s] choir.", "St Paul"),
        ("the [PERSON Presidents Okoro] and", "Okoro"),
        ("[PERSON Rupert Holt KC], for the county", "Rupert Holt"),
        ("the mediator, Per [PERSON Olav Stang], said", "Per Olav Stang"),
        ("Will [PERSON Olav Stang] resign?", "Olav Stang"),
        ("“Yes.” [PERSON Said Pell] rose.", "Pell"),
        ("[PERSON Said Pell]: “Yes.”", "Pell"),
        ("[PERSON Said Khoury] rose.", "Said Khoury"),
        ("[PERSON Said] [PERSON Pell]: “Yes.”", "Pell"),
        ("[PERSON Says Pell]: “Yes.”", "Pell"),
        ("Judge Ma. [PERSON Teresa Odran] held", "Ma. Teresa Odran"),
        ("[ORG Retailer Odran] gained", "Odran"),
        ("the [ORG federal Odran Agency] said", "Odran Agency"),
        ("[ORG al Jazeera] said", "al Jazeera"),
        ("[ORG The S.E.C.] said", "S.E.C."),
        ("[PERSON Ada Holt MSP] said", "Ada Holt"),
    ],
)
def test_titles_possessives_and_marks_stand_outside(source: str, expected: str) -> None:
    assert found(source) == [(expected, found(source)[0][1])]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The [ORG White] [ORG House] said", [("White House", "ORG")]),
        ("[PERSON U] [PERSON Aung Thein] wrote", [("U Aung Thein", "PERSON")]),
        ("[ORG Kent] [ORG Department of Health] said", [("Kent Department of Health", "ORG")]),
        ("The [PLACE White] [ORG House] said", [("White House", "ORG")]),
        ("[PERSON President] [PERSON Ada Holt] said", [("Ada Holt", "PERSON")]),
        ("[PERSON Kell] & [ORG Sohn] sold it", [("Kell & Sohn", "ORG")]),
        ("[PERSON Kell] & Sons sold it", [("Kell & Sons", "ORG")]),
        ("[PERSON Ada Holt] & [PERSON Una Barr] sang", [("Ada Holt", "PERSON"), ("Una Barr", "PERSON")]),
        ("[ORG Kell & Barr and Marks & Holt] rose", [("Kell & Barr", "ORG"), ("Marks & Holt", "ORG")]),
        ("supplies [ORG Odran, Kell & Barr] and", [("Odran", "ORG"), ("Kell & Barr", "ORG")]),
        ("for [ORG Odran, Kell & Partners] and", [("Odran, Kell & Partners", "ORG")]),
        ("the ([ORG UN) General Assembly] met", [("UN", "ORG"), ("General Assembly", "ORG")]),
        ("[ORG Odran Q2] profit", [("Odran", "ORG")]),
        ("[PERSON J. P.] [ORG Odran & Co.] sold", [("J. P. Odran & Co.", "ORG")]),
        ("the [ORG Office] of the [ORG Odran Attorney] said", [("Office of the Odran Attorney", "ORG")]),
        ("the [ORG Embassy] of [PLACE Odran] said", [("Embassy of Odran", "ORG")]),
        ("the [ORG Odran Group] of [PLACE Tarn] said", [("Odran Group", "ORG"), ("Tarn", "PLACE")]),
        ("near [PLACE Ft.] Odran and", [("Ft. Odran", "PLACE")]),
        ("asked [PERSON Tom]’s Guide.", [("Tom’s Guide", "ORG")]),
        ("The [ORG Lima daily El Tarn] wrote", [("Lima", "ORG"), ("El Tarn", "ORG")]),
        ("[PLACE HERAT - Five] men", [("HERAT", "PLACE"), ("Five", "PLACE")]),
        ("[PERSON Bedoni], [PERSON G.], and", [("Bedoni, G.", "PERSON")]),
        ("in Orange County, [PLACE Calif]., and", [("Calif.", "PLACE")]),
        ("by [ORG Odran. Marks Co.] and", [("Odran", "ORG"), ("Marks Co.", "ORG")]),
        ("[PERSON Tom]’s Guide tested it", [("Tom’s Guide", "ORG")]),
        ("[PERSON Holt]’s Guide tested it", [("Holt", "PERSON")]),
        ("in [PLACE Toledo] [PLACE Ohio] and", [("Toledo", "PLACE"), ("Ohio", "PLACE")]),
        ("[PERSON Ann Bell] [ORG Reuters] said", [("Ann Bell", "PERSON"), ("Reuters", "ORG")]),
    ],
)
def test_halves_of_one_name_come_together(source: str, expected: list[tuple[str, str]]) -> None:
    assert found(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[PERSON Ada Holt] High School sang", ("Ada Holt High School", "ORG")),
        ("[PERSON Ada Holt High School] sang", ("Ada Holt High School", "ORG")),
        ("[PERSON Ada Holt Jr.] Boulevard is closed", ("Ada Holt Jr. Boulevard", "PLACE")),
        ("[PLACE Kent] Charity paid", ("Kent Charity", "ORG")),
        ("[PERSON A.B.] [PLACE Holt Road] is long", ("A.B. Holt Road", "PLACE")),
        ("[PERSON Annie Hall] sang", ("Annie Hall", "PERSON")),
        ("[PLACE U.S.] District Judge Bell said", ("U.S.", "PLACE")),
        ("The [GROUP Georgian] Foreign Ministry of Trade", None),
        ("[PERSON Ada Holt] said", ("Ada Holt", "PERSON")),
    ],
)
def test_the_word_behind_a_name_tells_its_kind(source: str, expected: tuple[str, str] | None) -> None:
    assert [pair for pair in found(source) if pair[1] != "GROUP"] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[ORG Uganda] voted", "PLACE"),
        ("([PLACE Reuters]) -", "ORG"),
        ("They told [PERSON:0.5 Odran] so", "ORG"),
        ("They live in [PERSON:0.5 Odran]", "PLACE"),
        ("the magazine “[PERSON Odran]” wrote", "ORG"),
        ("[PERSON:0.8 Odran], the distributor, left", "ORG"),
        ("[PERSON Odran], the company chairman, left", "PERSON"),
        ("[PERSON Odran], the owner of the company, left", "PERSON"),
        ("[PERSON Odran], a large regional airline, left", "ORG"),
        ("They told the newspaper [PERSON John Odran] had left", "PERSON"),
        ("Photograph: [ORG Ada Holt]/", "PERSON"),
        ("(HERAT, Oct. 8 ([PLACE Odran]) --", "ORG"),
        ("a study published in [OTHER:0.6 Odran Case Notes]", "ORG"),
        ("made by [PERSON Odran et Tarn]", "ORG"),
    ],
)
def test_what_stands_around_a_name_speaks_too(source: str, expected: str) -> None:
    assert [kind for _, kind in found(source)] == [expected]


def test_a_word_of_an_organisation_and_of_nobody_s_name_is_no_person() -> None:
    source = "[ORG Odran Casablanca] won. [PERSON Odran] are happy."
    assert found(source) == [("Odran Casablanca", "ORG"), ("Odran", "ORG")]


def test_a_firm_and_its_founder_are_told_apart_sentence_by_sentence() -> None:
    source = (
        "[ORG Corran Holdings] was founded by [PERSON Dale Corran]. [ORG:0.8 Corran] fell 3 per cent. "
        "[PERSON Corran] smiled. Ms [PERSON:0.5 Corran] did not."
    )
    assert [kind for _, kind in found(source)] == ["ORG", "PERSON", "ORG", "PERSON", "PERSON"]


def test_until_the_founder_is_named_the_bare_name_is_the_firm() -> None:
    source = (
        "[PERSON Corran] cuts jobs. [ORG Corran Robotics] said so. [PERSON Corran] declined to say more. "
        "Its founder [PERSON Dale Corran] did not. [PERSON Corran] smiled."
    )
    assert [kind for _, kind in found(source)] == ["PERSON", "ORG", "ORG", "PERSON", "PERSON"]


def test_an_ombudsman_is_a_body_with_its_name_and_nobody_without() -> None:
    source = (
        "The [ORG Local Government] Ombudsman upheld it. The [PERSON Ombudsman] wrote to [PERSON Ana Ruiz]."
    )
    assert found(source) == [("Local Government Ombudsman", "ORG"), ("Ana Ruiz", "PERSON")]


def test_the_family_name_may_stand_first() -> None:
    source = "[PERSON Moon Jae-in] spoke. [ORG:0.7 Moon] left."
    assert found(source) == [("Moon Jae-in", "PERSON"), ("Moon", "PERSON")]


def test_a_full_name_goes_with_the_family_name_alone() -> None:
    source = "A committee under [ORG:0.7 Zeno Odran] met. [PERSON Odran] left."
    assert [kind for _, kind in found(source)] == ["PERSON", "PERSON"]


def test_what_a_university_is_of_is_a_place() -> None:
    source = "The [ORG University of Odran]. She lives near [ORG:0.4 Odran]."
    assert [kind for _, kind in found(source)] == ["ORG", "PLACE"]


SPORT = "The coach saw the goal, the match, the league, the penalty and the derby. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("[PLACE Lincoln] sinks [PLACE Lincoln] again.", ["ORG", "ORG"]),
        ("The [PLACE Lincoln] striker was born in [PLACE Lincoln].", ["ORG", "PLACE"]),
        ("They flew home from [PLACE Lincoln].", ["PLACE"]),
        ("[PLACE France] beat [PLACE Croatia].", ["PLACE", "PLACE"]),
    ],
)
def test_a_city_that_plays_is_its_club(sentence: str, expected: list[str]) -> None:
    assert [kind for _, kind in found(SPORT + sentence)] == expected
    assert [kind for _, kind in found(sentence)] == ["PLACE"] * len(expected)


@pytest.mark.parametrize(
    "source",
    [
        "the chief election commissioner ([ORG CEC]) spoke",
        "“non-fungible tokens” and closed-circuit television ([ORG CCTV])",
        "illegal, unreported and unregulated ([ORG IUU]) fishing",
        "the outgoing [ORG CFO] smiled",
        "home for [PERSON Diwali]",
        "it answers like [ORG ChatGPT]",
        "SEN. HOLT ([PLACE R]-OHIO)",
        "the [OTHER:0.9 Odran Tarn Agreement] ([ORG OTA]); the [ORG OTA] and the [ORG OTA]",
        "the [PLACE U.] and the [ORG W]",
        "she wrote on [ORG Facebook] that",
        "his [ORG Twitter] account is closed",
        "posted on [ORG X.]",
        "the new [ORG Google Tarn] and [ORG Amazon Odran Video]",
        "[ORG Uber] Tarn is new.",
    ],
)
def test_terms_offices_and_places_to_write_on_are_nobody(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "[ORG Facebook] fired him.",
        "[ORG Uber] President Tarn rose, and [ORG Uber] fell.",
        "[ORG Amazon Web Services] and [ORG Odran Tarn]",
        "[ORG Google LLC] and [ORG Odran]",
        "the special investigation team ([ORG SIT]) spoke",
        "the [ORG Royal Police Academy] (RPA) and the [ORG PR]",
        "the [ORG Indonesian Red Cross] ([ORG PMI]) came",
    ],
)
def test_organisations_stay_organisations(source: str) -> None:
    assert found(source)[0][1] == "ORG"
    assert found(source)[-1][1] == "ORG" or "PR" in source


def test_a_span_of_marks_alone_is_dropped() -> None:
    assert found("[ORG —] and [ORG “”]") == []


def test_of_overlapping_mentions_the_longer_stays() -> None:
    text = "Bank of England said"
    spans = [TypedSpan(8, 15, "PLACE"), TypedSpan(0, 15, "ORG")]
    assert consistent(text, spans) == [TypedSpan(0, 15, "ORG")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Putin", "Vladimir Putin", "EU", "European Union", "Sana", "said", "(EU)", ".\n"]
            ),
            st.sampled_from([*TYPES, None]),
            st.one_of(st.none(), st.floats(0, 1)),
        ),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_any_article(words: list[tuple[str, MentionType | None, float | None]], chance) -> None:  # type: ignore[no-untyped-def]
    text, spans = "", []
    for word, kind, score in words:
        if kind:
            spans.append(TypedSpan(len(text), len(text) + len(word), kind, score))
        text += word + " "
    result = consistent(text, spans)
    assert result == sorted(result, key=lambda span: span.start)
    for before, after in pairwise(result):
        assert before.end <= after.start
    for span in result:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
    shuffled = list(spans)
    chance.shuffle(shuffled)
    assert consistent(text, shuffled) == result
