"""The people named by labels before turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.entities.turns import with_labels
from tests.language.marking import marked


def entities(source: str) -> list[tuple[str, str, int]]:
    text, spans = marked(source)
    return [(e.type, e.name, len(e.mentions)) for e in cluster(text, consistent(text, spans))]


def test_initials_before_turns_are_the_one_person_who_has_them() -> None:
    source = "[PERSON Nell Harkness] on debt\n\nPV: Why?\n\nNH: Because.\n\n[ORG NH]: So."
    assert entities(source) == [("PERSON", "Nell Harkness", 3)]


def test_initials_of_two_people_are_nobody_s() -> None:
    assert entities("[PERSON Nell Harkness] met [PERSON Nora Hall].\n\nNH: Yes.") == [
        ("PERSON", "Nell Harkness", 1),
        ("PERSON", "Nora Hall", 1),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("MS. MARCHBANK: Cod.", [("PERSON", "MARCHBANK", 1)]),
        ("SEN. [ORG MARCHBANK] (R-OHIO): Cod.", [("PERSON", "MARCHBANK", 1)]),
        ("[PLACE HELENA] STRAND: Thanks.\n\nSTRAND: Yes.", [("PERSON", "HELENA STRAND", 2)]),
        ("[PERSON Dora Lane] spoke.\n\n[PLACE LANE], HOST: Good evening.", [("PERSON", "Dora Lane", 2)]),
        ("[ORG HOST]: Good evening.\n\n[ORG CROSSTALK]\n\nQ: And?", []),
        ("LONDON: It rained.", []),
        ("NOTE: It rained.\n\nUPDATE: It stopped.", []),
        ("[PLACE LONDON]: It rained.", [("PLACE", "LONDON", 1)]),
    ],
)
def test_labels(source: str, expected: list[tuple[str, str, int]]) -> None:
    assert entities(source) == expected


@given(st.text(alphabet="ABn .:,()\n", max_size=100))
def test_any_text(text: str) -> None:
    found, _ = with_labels(text, [])
    assert all(0 <= span.start < span.end <= len(text) for span in found)
