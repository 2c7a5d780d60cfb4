"""The parse that comes with the reading of names: trees, quotations as one word, hostile input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.language.attribution import Readings, mask
from reader.language.attribution.words import view
from reader.language.encoder.arcs import tree
from reader.language.encoder.parse import Token, parse
from reader.language.quotations import QuotedSpan, find_quotations
from tests.loading import embedded

if TYPE_CHECKING:
    from reader.language.attribution.readings import Pointed
    from reader.language.attribution.words import Paragraph


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_a_tree_has_one_root_and_no_cycle(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype(np.float32)
    heads = tree(scores)
    assert heads.count(-1) == 1
    for unit in range(count):
        steps = 0
        while heads[unit] >= 0:
            unit, steps = heads[unit], steps + 1
            assert steps <= count


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    never = -9.0
    scores = np.array([[-1.0, never, never, never], [never, never, never, -0.1], [never, -0.3, -0.1, never]])
    assert tree(scores.astype(np.float32)) == [-1, 2, 0]


def seen(text: str, quoted: list[QuotedSpan] | None = None) -> tuple[list[Paragraph], dict[int, Pointed]]:
    """The paragraphs of a text as they were read, and whom its quotations point at."""
    pipeline = embedded()
    assert pipeline.tower is not None
    quoted = find_quotations(text, ()) if quoted is None else quoted
    masked = mask(text, (), quoted)
    spans = [(span.start, span.end) for span in quoted]
    readings = Readings(pipeline.nlp.make_doc, pipeline.tower, masked, spans)
    requests = [
        (text[part.start : part.end], readings.questions(number)) for number, part in enumerate(masked)
    ]
    for number, (_, reading) in enumerate(pipeline.read(requests)):
        assert reading is not None
        readings.add(number, reading)
    paragraphs = [view(part, readings.doc(number)) for number, part in enumerate(masked)]
    return paragraphs, readings.pointed(range(len(masked)))


def test_a_quotation_is_one_word_of_the_sentence_around_it() -> None:
    text = "“I wonder whether it will rain. It may,” Ana Ruiz said on Monday."
    (paragraph,), _ = seen(text)
    words = paragraph.words
    assert len({word.sentence for word in words}) == 1
    said = next(word for word in words if word.text == "said")
    subject = next(word for word in words if word.text in ("Ana", "Ruiz") and words[word.head] is said)
    assert subject.dep == "nsubj"
    assert all(word.masked for word in words[: paragraph.spans[0][1] + 1])
    assert not any(word.masked for word in words[paragraph.spans[0][1] + 1 :])


def test_a_quotation_points_at_its_speaker() -> None:
    text = "The council met Tom Bell on Monday.\n\n“We are ready to begin the work,” Ana Ruiz said."
    _, pointed = seen(text)
    start, end, share = pointed[0].best
    assert text[start:end] in ("Ana", "Ruiz")
    assert share > 0.5
    assert pointed[0].genuine > 0.5


@pytest.mark.parametrize(
    "text",
    ["", " ", "a", "“", "“”", "“A” “B” “C”", "YES HE SAID", "x" * 3000, "\u200b\u200b", "“\u200b” he said"],
)
def test_hostile_texts_are_parsed(text: str) -> None:
    for paragraph in seen(text)[0]:
        assert all(0 <= word.head < len(paragraph.words) for word in paragraph.words)


@given(st.text(alphabet="ab .,“”\"'\u200b\né-", max_size=60))
def test_any_text_is_parsed_within_its_bounds(text: str) -> None:
    for paragraph in seen(text)[0]:
        for word in paragraph.words:
            assert paragraph.start <= word.start <= word.end <= paragraph.end
            assert 0 <= word.head < len(paragraph.words)


def test_a_paragraph_longer_than_a_pack_is_parsed_in_stretches() -> None:
    text = "He said “one thing” and went home with the others. " * 60
    (paragraph,), pointed = seen(text)
    assert len(paragraph.words) > 600
    assert pointed


def test_tokens_that_the_encoder_does_not_see_hang_on_the_one_before() -> None:
    tower = embedded().tower
    assert tower is not None
    ((_, reading),) = embedded().read([("Ana left", ())])
    assert reading is not None
    tokens = [Token(0, 3, -1, "Ana"), Token(3, 4, -1, " "), Token(4, 8, -1, "left")]
    parsed = parse(tokens, {}, reading, tower)
    assert parsed.heads[1] == 0
    assert parsed.parts[1] == "SPACE"
