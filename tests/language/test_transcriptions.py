"""Names in other letters than English ones."""

from __future__ import annotations

import pytest

from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from tests.language.marking import marked


def entities(source: str) -> list[tuple[str, str, tuple[str, ...]]]:
    text, spans = marked(source)
    return [(entity.type, entity.name, entity.aliases) for entity in cluster(text, consistent(text, spans))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("李明 ([PERSON Li Ming]) sang. 李明 left.", [("PERSON", "Li Ming", ("李明",))]),
        ("[PERSON Li Ming] ([ORG 李]明) sang.", [("PERSON", "Li Ming", ("李明",))]),
        ("[PLACE Tbilisi] (თბილისი) is far.", [("PLACE", "Tbilisi", ("თბილისი",))]),
        ("the [ORG Free Press] (Вольная пресса) said", [("ORG", "Free Press", ("Вольная пресса",))]),
        ("Yes, said 김민수.", [("PERSON", "김민수", ())]),
        ("محمد سالم said no.", [("PERSON", "محمد سالم", ())]),
        ("The word 自由 (freedom) is old.", []),
        ("[PERSON Li Ming] (born 1970) sang.", [("PERSON", "Li Ming", ())]),
    ],
)
def test_a_name_and_its_form_in_other_letters_are_one(
    source: str, expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    assert entities(source) == expected


def test_two_names_in_brackets_are_two_when_both_are_in_english_letters() -> None:
    found = entities("[PERSON Ada Holt] ([PERSON Una Barr]) sang.")
    assert [name for _, name, _ in found] == ["Ada Holt", "Una Barr"]
