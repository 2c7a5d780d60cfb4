"""The parts of names."""

import pytest

from reader.language.entities.names import is_acronym, is_acronym_of, is_title, key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vladimir Putin", "vladimir putin"),
        ("VLADIMIR  PUTIN", "vladimir putin"),
        ("U.S.", "us"),
        ("Émile Zola,", "emile zola"),
        ("O’Brien", "o'brien"),
        ("“Skip” Purvis", "skip purvis"),
        ("…", "…"),
        ("", ""),
    ],
)
def test_key_forgets_case_accents_and_marks(name: str, expected: str) -> None:
    assert key(name) == expected


def test_titles_with_and_without_full_stop() -> None:
    assert is_title("Mr.")
    assert is_title("Sheikh")
    assert not is_title("Vladimir")


@pytest.mark.parametrize("name", ["EU", "U.N.", "NATO", "G20", "PoS"])
def test_acronyms(name: str) -> None:
    assert is_acronym(name)


@pytest.mark.parametrize("name", ["Eu", "a", "European Union", "X", "2024"])
def test_no_acronyms(name: str) -> None:
    assert not is_acronym(name)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("EU", "European Union"),
        ("NAN", "News Agency of Nigeria"),
        ("U.S.", "United States"),
        ("WWF", "World Wide Fund for Nature"),
        ("LSE", "London School of Economics"),
    ],
)
def test_initials_stand_for_a_name(short: str, long: str) -> None:
    assert is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long"), [("EU", "Europe"), ("UN", "Union Nations Fund"), ("AU", "Australia")]
)
def test_initials_of_another_name(short: str, long: str) -> None:
    assert not is_acronym_of(short, long)
