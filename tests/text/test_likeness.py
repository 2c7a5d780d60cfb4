"""Agency copy that several outlets print is told from their own reports, and from what one pattern makes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.likeness import FEWEST_WORDS, alike, bands

AGENCY = (
    "ALMERA (Northline) - The harbour of Almera will close for nine days in June while divers raise"
    " the ferry Santa Irene, the port authority said on Monday. “We have looked for a gentler way and"
    " there is none,” said its director, Paula Quint. The ferry sank in 1987 with a cargo of 340"
    " tonnes of cement and has lain across the channel since. Fishermen asked for 4,000 euros a boat"
    " for the days that they will lose; the authority offered half of it. A court in Almera is to"
    " decide on Thursday whether the work may begin."
)
CUT = AGENCY[AGENCY.index("The harbour") : AGENCY.index(" A court")] + " More follows."
TOUCHED = AGENCY.replace("The harbour of Almera", "Almera's harbour").replace("on Monday", "yesterday")
OWN = (
    "For nine days this summer nothing will sail from Almera. Paula Quint, who runs the port"
    " authority, told this newspaper that divers would lift the Santa Irene, the ferry that went down"
    " in 1987, and that boats must stay where they are until it is gone. The fishermen, who want 4,000"
    " euros for each boat, are angry: they were offered 2,000. On Thursday judges will say whether the"
    " divers may start at all."
)


def weather(town: str, most: int, rain: int) -> str:
    return (
        f"The weather in {town} today: clouds in the morning, sun from noon on, and a light wind"
        f" from the west that grows stronger towards the evening. The highest temperature is {most}"
        f" degrees, and up to {rain} millimetres of rain may fall in the night. Tomorrow begins with"
        " fog in the valleys, which lifts before noon, and stays dry until the evening."
    )


def shared(one: str, other: str) -> bool:
    return bool(set(bands(one)) & set(bands(other)))


@pytest.mark.parametrize("other", [AGENCY, CUT, TOUCHED, AGENCY + " Updated at noon."])
def test_one_report_in_nearly_the_same_words(other: str) -> None:
    assert shared(AGENCY, other)
    assert alike(AGENCY, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (AGENCY, OWN),
        (weather("Quint", 21, 4), weather("Almera", 17, 9)),
        (weather("Quint", 21, 4), weather("Quint", 17, 9)),
        ("Read more on our site.", "Read more on our site."),
    ],
)
def test_two_reports(one: str, other: str) -> None:
    assert not (shared(one, other) and alike(one, other))


def test_numbers_are_the_same_everywhere_and_few_are_shared_by_chance() -> None:
    assert bands(AGENCY)[0] == 544392284790081885
    chance = random.Random(3)
    words = AGENCY.split() + OWN.split()
    texts = [" ".join(chance.choices(words, k=90)) for _ in range(60)]
    assert not any(shared(one, other) for n, one in enumerate(texts) for other in texts[:n])


@given(st.text(max_size=400))
def test_any_text_is_like_itself_or_too_short(text: str) -> None:
    numbers = bands(text)
    assert numbers == bands(text)
    if numbers:
        assert alike(text, text)
    else:
        assert len(text.split()) < 2 * FEWEST_WORDS
