"""Lists of people with the family name first."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.entities.rolls import with_rolls
from tests.language.marking import marked


def people(source: str) -> list[str]:
    text, spans = marked(source)
    return [text[span.start : span.end] for span in with_rolls(text, spans) if span.type == "PERSON"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Adair, Mary\nBrandvold, Anna\nKiss, Zsolt", ["Adair, Mary", "Brandvold, Anna", "Kiss, Zsolt"]),
        (
            "• Adair, Mary L.\n\n• van der Berg, Anna, 34\n\n• Kiss, Peter (51)",
            ["Adair, Mary L.", "van der Berg, Anna", "Kiss, Peter"],
        ),
        (
            "6-10. See below: Adair, Mary (Irvine); Kiss, Peter Jr. (Toledo).",
            ["Adair, Mary", "Kiss, Peter Jr."],
        ),
        ("Smith Jr., Robert\nde Souza, Paulo", ["Smith Jr., Robert", "de Souza, Paulo"]),
        ("1. Adair, Mary\n2. Kiss, Peter", ["Adair, Mary", "Kiss, Peter"]),
        (
            "The winners: Adair, Mary; Kiss, Peter; and Brandvold, Anna.",
            ["Adair, Mary", "Kiss, Peter", "Brandvold, Anna"],
        ),
        ("[PERSON Odran], [PERSON Wexel]\n[ORG Tarn], [PERSON Ulm]", ["Odran, Wexel", "Tarn, Ulm"]),
        ("Adair, Mary\n\n[PERSON Mary Adair] won.", ["Adair, Mary", "Mary Adair"]),
    ],
)
def test_entries_are_people(source: str, expected: list[str]) -> None:
    assert people(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "[PLACE Toledo], [PLACE Ohio]\n[PLACE Augusta], [PLACE Georgia]\n[PLACE Paris], [PLACE Texas]",
        "Adair, Mary",
        "Bread, Cheese\nSalt, Pepper",
        "However, Mary said so.\nIndeed, Peter did not.",
        "Smith, Jr.\nAdair, Sr.",
    ],
)
def test_other_pairs_are_none(source: str) -> None:
    assert people(source) == []


def test_the_entry_and_the_name_in_its_usual_order_are_one_person() -> None:
    text, spans = marked("Adair, Mary\nKiss, Peter\n\n[PERSON Mary Adair] is 34. [PERSON Adair] sings.")
    entities = cluster(text, consistent(text, spans))
    assert [(entity.name, entity.aliases) for entity in entities] == [
        ("Mary Adair", ("Adair, Mary", "Adair")),
        ("Kiss, Peter", ()),
    ]


def test_the_name_in_its_usual_order_is_shown() -> None:
    text, spans = marked("Adair, Mary Ann\nKiss, Peter\n\n[PERSON Mary Adair] won.")
    assert cluster(text, consistent(text, spans))[0].name == "Mary Adair"


@given(st.text(alphabet="Aab ,;:\n.•1", max_size=120))
def test_any_text(text: str) -> None:
    found = with_rolls(text, [])
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
