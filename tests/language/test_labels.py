"""Label schemes of other pipelines, mapped to ours."""

import pytest

from reader.language.entities.labels import entity_type, unmapped


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("PERSON", "PERSON"),
        ("PER", "PERSON"),
        ("GPE", "PLACE"),
        ("LOC", "PLACE"),
        ("FAC", "PLACE"),
        ("ORG", "ORG"),
        ("NORP", "GROUP"),
        ("B-PER", "PERSON"),
        ("i-loc", "PLACE"),
        ("Location", "PLACE"),
        ("DATE", None),
        ("WORK_OF_ART", "OTHER"),
        ("MISC", "OTHER"),
        ("", None),
    ],
)
def test_labels_of_every_scheme_have_a_type_or_none(label: str, expected: str | None) -> None:
    assert entity_type(label) == expected


def test_a_recogniser_without_our_types_is_told_apart() -> None:
    assert unmapped(["DATE", "DISEASE"])
    assert unmapped(["NORP", "EVENT"])
    assert not unmapped(["DISEASE", "GPE"])
    assert unmapped([])
