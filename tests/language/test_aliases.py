"""Mentions gathered into entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.entities.aliases import cluster
from reader.language.entities.consistency import consistent
from reader.language.entities.labels import TypedSpan
from tests.language.marking import TYPES, marked

if TYPE_CHECKING:
    from reader.language.entities.labels import MentionType


def gathered(source: str, *, show_groups: bool = False) -> list[tuple[str, tuple[str, ...], int]]:
    """The entities of a marked source as (name, aliases, number of mentions)."""
    text, spans = marked(source)
    entities = cluster(text, spans, show_groups=show_groups)
    return [(entity.name, entity.aliases, len(entity.mentions)) for entity in entities]


def test_one_entity_per_person_under_the_fullest_name() -> None:
    source = (
        "[PERSON Putin] met. [PERSON Vladimir Putin] spoke. Mr [PERSON Putin] left; [PERSON Vladimir] too."
    )
    assert gathered(source) == [("Vladimir Putin", ("Putin", "Vladimir"), 4)]


def test_two_people_of_one_family_name_stay_apart_by_what_was_said_last() -> None:
    source = (
        "[PERSON Bill Clinton] spoke; [PERSON Clinton] left. "
        "[PERSON Hillary Clinton] spoke; [PERSON Clinton] left."
    )
    assert gathered(source) == [("Bill Clinton", ("Clinton",), 2), ("Hillary Clinton", ("Clinton",), 2)]


def test_a_title_tells_two_of_one_family_name_apart() -> None:
    source = (
        "Mr [PERSON Bill Clinton] met Mrs [PERSON Hillary Clinton]. Mr [PERSON Clinton] smiled, "
        "Mrs [PERSON Clinton] too."
    )
    assert gathered(source) == [("Bill Clinton", ("Clinton",), 2), ("Hillary Clinton", ("Clinton",), 2)]


def test_father_and_son() -> None:
    source = "[PERSON Lyle Dunleavy Sr.] spoke. [PERSON Lyle Dunleavy Jr.] left."
    assert [name for name, _, _ in gathered(source)] == ["Lyle Dunleavy Sr.", "Lyle Dunleavy Jr."]


@pytest.mark.parametrize(
    ("full", "part"),
    [
        ("Catalina Fuenzalida Riquelme", "Fuenzalida"),
        ("Catalina Fuenzalida Riquelme", "Fuenzalida Riquelme"),
        ("Xi Jinping", "Xi"),
        ("Bashar al-Assad", "Assad"),
        ("Bashar al-Assad", "AL-ASSAD"),
        ("Donald John Trump", "Donald J. Trump"),
        ("J. K. Rowling", "Rowling"),
        ("Émile Zola", "Zola"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Robert “Bobby” Kyagulanyi", "Bobby"),
    ],
)
def test_parts_of_a_name(full: str, part: str) -> None:
    assert [count for _, _, count in gathered(f"[PERSON {full}] spoke. [PERSON {part}] left.")] == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ingrid Halvorsen", "Tor Halvorsen"), ("Bashar al-Assad", "Omar al-Bashir"), ("Anna Lee", "Bruce Lee")],
)
def test_different_people(one: str, other: str) -> None:
    assert len(gathered(f"[PERSON {one}] spoke. [PERSON {other}] left.")) == 2


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("European Union", "EU"),
        ("United Nations", "U.N."),
        ("Halvorsen Minerals", "Halvorsen"),
        ("Boeing Co.", "Boeing"),
        ("Ministry of Justice", "Justice Ministry"),
        ("Office of the Norvale District Attorney", "Norvale District Attorney’s Office"),
        ("Mamelodi Sundowns", "Sundowns"),
        ("World Wide Fund for Nature", "WWF"),
    ],
)
def test_short_names_of_organisations(full: str, short: str) -> None:
    ((name, aliases, count),) = gathered(f"The [ORG {full}] said. The [ORG {short}] agreed.")
    assert (name, aliases, count) == (full, (short,), 2)


def test_initials_in_brackets_need_not_match() -> None:
    ((name, aliases, _),) = gathered("The [ORG Kurdistan Workers’ Party] ([ORG PKK]) said. [ORG PKK] left.")
    assert (name, aliases) == ("Kurdistan Workers’ Party", ("PKK",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ECOWAS", "ECOWAS Commission"),
        ("Bank of England", "Bank of Japan"),
        ("Volkswagen", "Volkswagen Foundation"),
    ],
)
def test_different_organisations(one: str, other: str) -> None:
    assert len(gathered(f"The [ORG {one}] said. The [ORG {other}] agreed.")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.S.", "United States"), ("US", "USA"), ("Britain", "United Kingdom"), ("Jonglei", "Jonglei State")],
)
def test_names_of_one_place(one: str, other: str) -> None:
    assert len(gathered(f"[PLACE {one}] and [PLACE {other}]")) == 1


def test_different_places() -> None:
    assert (
        len(gathered("[PLACE Mexico] and [PLACE Mexico City], [PLACE North Korea] and [PLACE South Korea]"))
        == 4
    )


def test_types_do_not_mix_and_groups_are_shown_on_request() -> None:
    source = "[PLACE Lincoln] and [PERSON Lincoln], the [GROUP Russian] and [ORG Lincoln]"
    assert len(gathered(source)) == 3
    assert [name for name, _, _ in gathered(source, show_groups=True)] == [
        "Lincoln",
        "Lincoln",
        "Russian",
        "Lincoln",
    ]


def test_aliases_differ_by_more_than_case() -> None:
    assert gathered("[PLACE ABUJA] — [PLACE Abuja] and [PLACE Abuja]") == [("Abuja", (), 3)]


NAMES = [
    "Bill Clinton",
    "Hillary Clinton",
    "Clinton",
    "EU",
    "European Union",
    "Congo",
    "A",
    "al",
    "’",
    "Xi Jinping",
]


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES)), max_size=16),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_any_mentions(items: list[tuple[str, MentionType]], groups: bool, chance) -> None:  # type: ignore[no-untyped-def]
    text, spans = "", []
    for name, kind in items:
        spans.append(TypedSpan(len(text), len(text) + len(name), kind))
        text += f"{name} and Mrs "
    entities = cluster(text, spans, show_groups=groups)
    placed = [(m.start, m.end, entity.type) for entity in entities for m in entity.mentions]
    hidden = {"OTHER"} if groups else {"OTHER", "GROUP"}
    expected = [(s.start, s.end, s.type) for s in spans if s.type not in hidden]
    assert sorted(placed) == expected
    assert [entity.id for entity in entities] == [f"e{entity.mentions[0].start}" for entity in entities]
    firsts = [entity.mentions[0].start for entity in entities]
    assert firsts == sorted(firsts)
    for entity in entities:
        forms = [text[m.start : m.end] for m in entity.mentions]
        assert entity.name in forms
        assert set(entity.aliases) <= set(forms) - {entity.name}
    chance.shuffle(spans)
    assert cluster(text, spans, show_groups=groups) == entities


def test_an_article_as_long_as_a_book() -> None:
    text, spans = "", []
    parts: list[str] = []
    position = 0
    for number in range(6000):
        first, last = f"A{number % 97}x", f"Bor{number % 89}"
        name = (f"{first} {last}", last, f"{last} Union")[number % 3]
        kind: MentionType = "ORG" if number % 3 == 2 else "PERSON"
        spans.append(TypedSpan(position, position + len(name), kind))
        parts.append(f"{name} and ")
        position += len(parts[-1])
    text = "".join(parts)
    entities = cluster(text, consistent(text, spans))
    assert sum(len(entity.mentions) for entity in entities) == len(spans)


def test_a_title_of_the_other_sex_is_another_person_of_that_family() -> None:
    source = (
        "[PERSON Denise Hart] drowned. Mrs [PERSON Hart] was 54. Mr [PERSON Hart] wept. [PERSON Hart] left."
    )
    text, spans = marked(source)
    found = [[mention.start for mention in entity.mentions] for entity in cluster(text, spans)]
    assert found == [[0, 25], [41, 52]]


def test_a_university_and_the_city_it_is_of_are_two() -> None:
    text, spans = marked("The [ORG University of Odran] is in [ORG Odran].")
    assert [entity.name for entity in cluster(text, spans)] == ["University of Odran", "Odran"]


def test_an_initial_is_no_other_family_name() -> None:
    text, spans = marked("[PERSON Michael M. Gryn] met [PERSON Michael McFaul]. [PERSON M. Gryn] left.")
    found = [(entity.name, len(entity.mentions)) for entity in cluster(text, spans)]
    assert found == [("Michael M. Gryn", 2), ("Michael McFaul", 1)]


def test_the_house_is_not_the_white_house() -> None:
    text, spans = marked("The [ORG White House] asked the [ORG House].")
    assert len(cluster(text, spans)) == 2
