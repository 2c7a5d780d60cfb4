"""Anchors find their span again, or say that it is gone; never another one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reader.model.anchors import anchor

TEXT = (
    "“We heard nothing,” said Ana Ruiz, the mayor of Sena. The council met at noon. “We heard nothing,” "
    "said Bo Lee of the port, who had been waiting since the morning for a word from the ferry company."
)
FIRST = TEXT.index("“We heard")
SECOND = TEXT.index("“We heard", 1)
QUOTED = len("“We heard nothing,”")


def test_in_the_same_text_a_span_is_where_it_was() -> None:
    for start in (FIRST, SECOND):
        assert anchor(TEXT, start, start + QUOTED).find(TEXT) == (start, start + QUOTED)


def test_text_before_it_moves_it() -> None:
    changed = "Correction: this article was changed.\n\n" + TEXT
    for start in (FIRST, SECOND):
        found = anchor(TEXT, start, start + QUOTED).find(changed)
        assert found == (start + 39, start + 39 + QUOTED)


def test_of_the_same_words_the_one_in_its_surroundings_is_meant() -> None:
    changed = TEXT[SECOND:] + " " + TEXT[:SECOND]
    found = anchor(TEXT, FIRST, FIRST + QUOTED).find(changed)
    assert found is not None
    assert found[0] == changed.index("“We heard", 1)


def test_words_that_are_gone_or_stand_among_others_are_not_found() -> None:
    span = anchor(TEXT, SECOND, SECOND + QUOTED)
    assert span.find(TEXT.replace("nothing", "little")) is None
    assert span.find("") is None
    assert span.find("In another story, a man called out “We heard nothing,” and laughed.") is None


def test_two_places_that_are_alike_are_neither_of_them() -> None:
    once = "The mayor of Sena said “No” and left the hall at once."
    span = anchor(once, once.index("“No”"), once.index("“No”") + 4)
    assert span.find(f"Again. {once} {once}") is None


def test_a_long_text_of_the_same_words_takes_linear_time() -> None:
    text = "a" * 400_000
    assert anchor(text, 0, 200_000).find("b" + text) is not None
    assert anchor("x" * 40 + "a" + "y" * 40, 40, 41).find(text) is None


@given(st.text("ab “”\n", min_size=1, max_size=80), st.data(), st.text("ab “”\n", max_size=40))
@example("a", None, "a")
def test_what_is_found_has_the_words(text: str, data: st.DataObject | None, other: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else 1
    span = anchor(text, start, end)
    assert span.find(text) == (start, end)
    found = span.find(other)
    assert found is None or other[found[0] : found[1]] == text[start:end]
    moved = span.find(other + text)
    assert moved is None or (other + text)[moved[0] : moved[1]] == text[start:end]
