"""The encoder component: pieces, packing, decoding, and what spaCy asks of a component."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from reader.language.encoder.component import PACK_PIECES, Encoder, stretches
from reader.language.encoder.paths import best_path, spans_of
from reader.language.encoder.wordpieces import (
    CASELESS,
    LOWER,
    MIXED,
    SINGLE,
    TITLE,
    UNCASED,
    UPPER,
    pieces,
    word_case,
)
from reader.language.pipeline import load_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    component = load_pipeline().nlp.get_pipe("onrecord_encoder")
    assert isinstance(component, Encoder)
    return component


def names(text: str, encoder: Encoder) -> list[tuple[str, str]]:
    (found,) = encoder.spans([text])
    return [(text[span.start : span.end], span.type) for span in found]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("paris", LOWER),
        ("Paris", TITLE),
        ("NATO", UPPER),
        ("A", SINGLE),
        ("iPhone", MIXED),
        ("McDonald", MIXED),
        ("2024", UNCASED),
        ("北京", LOWER),  # a script without case
    ],
)
def test_case_classes(word: str, case: int) -> None:
    assert word_case(word) == case


def test_words_stand_where_the_text_has_them(encoder: Encoder) -> None:
    text = "Mr O’Brien’s naïve co-op  (İstanbul) 北京 🙂 e\u0301tude"
    assert encoder.tokenizer is not None
    (found,) = pieces(encoder.tokenizer, [text])
    assert len(found.first) == len(found.words)
    assert len(found.ids) == len(found.cases)
    for before, after in itertools.pairwise(found.words):
        assert before[1] <= after[0]
    shown = [text[start:end] for start, end in found.words]
    assert shown[:6] == ["Mr", "O", "’", "Brien", "’", "s"]


def test_text_without_difference_of_case_reads_the_same(encoder: Encoder) -> None:
    assert encoder.tokenizer is not None
    upper, lower = pieces(encoder.tokenizer, ["NATO MET IN PARIS.", "nato met in paris."])
    assert upper.ids == lower.ids
    assert upper.cases == lower.cases
    assert upper.cases[0] == CASELESS


def test_curly_and_straight_marks_read_the_same(encoder: Encoder) -> None:
    assert encoder.tokenizer is not None
    curly, straight = pieces(encoder.tokenizer, ["“It’s Rosa’s,”", "\"It's Rosa's,\""])
    assert curly == straight


@given(st.integers(1, 60), st.integers(3, 40))
def test_long_paragraphs_are_cut_into_stretches_without_loss(words: int, limit: int) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"a": 0, ".": 1, "[UNK]": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    text = " ".join("a." if number % 7 == 6 else "a" for number in range(words))
    (whole,) = pieces(tokenizer, [text])
    parts = list(stretches(whole, text, limit))
    assert [span for part in parts for span in part.words] == whole.words
    assert [piece for part in parts for piece in part.ids] == whole.ids
    assert all(len(part.ids) <= limit for part in parts)


@given(st.lists(st.lists(st.floats(-5, 5), min_size=5, max_size=5), max_size=5))
def test_the_best_path_is_the_best_well_formed_one(rows: list[list[float]]) -> None:
    scores = np.array(rows, np.float32).reshape(-1, len(LABELS))

    def formed(path: tuple[int, ...]) -> bool:
        previous = "O"
        for number in path:
            label = LABELS[number]
            if label.startswith("I-") and previous[2:] != label[2:]:
                return False
            previous = label
        return True

    path, certainty = best_path(scores, LABELS)
    assert formed(tuple(path))
    assert len(path) == len(certainty) == len(rows)
    assert all(0 <= value <= 1.0001 for value in certainty)
    if rows:
        value = sum(scores[number, label] for number, label in enumerate(path))
        choices = itertools.product(range(len(LABELS)), repeat=len(rows))
        best = max(sum(scores[n, label] for n, label in enumerate(c)) for c in choices if formed(c))
        assert value == pytest.approx(best, abs=1e-3)


def test_spans_of_labels() -> None:
    words = [(0, 2), (3, 5), (6, 9), (10, 12), (13, 15)]
    labels = ["B-ORG", "I-ORG", "B-PERSON", "O", "B-ORG"]
    found = spans_of(words, labels, np.array([0.5, 1.0, 0.25, 1.0, 0.75], np.float32))
    assert found == [(0, 5, "ORG", 0.75), (6, 9, "PERSON", 0.25), (13, 15, "ORG", 0.75)]


def test_names_are_found(encoder: Encoder) -> None:
    found = names(
        "President Vladimir Putin told reporters in Moscow that the European Union had asked.", encoder
    )
    assert ("Vladimir Putin", "PERSON") in found
    assert ("Moscow", "PLACE") in found
    assert ("European Union", "ORG") in found


def test_capitals_are_read(encoder: Encoder) -> None:
    assert ("MOSCOW", "PLACE") in names("PRESIDENT VLADIMIR PUTIN SPOKE IN MOSCOW ON MONDAY", encoder)


def test_every_text_has_an_answer_and_in_order(encoder: Encoder) -> None:
    texts = ["", "Rosa Parks spoke in Lagos.", " \n ", "…", "Lagos. " * 300, "x" * 5000, "Nairobi waits."]
    found = list(encoder.spans(texts))
    assert len(found) == len(texts)
    for text, spans in zip(texts, found, strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert found[0] == found[2] == found[3] == []
    assert len(found[4]) > 250
    assert [texts[6][span.start : span.end] for span in found[6]] == ["Nairobi"]


def test_answers_come_as_they_are_asked_for(encoder: Encoder) -> None:
    taken = 0

    def stream() -> Iterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield f"Paragraph {number} is about Lagos and about nothing else that matters here at all."

    next(encoder.spans(stream()))
    assert taken < PACK_PIECES


@given(texts=st.lists(st.text(max_size=80), max_size=4))
def test_any_text(encoder: Encoder, texts: list[str]) -> None:
    found = list(encoder.spans(texts))
    assert len(found) == len(texts)
    for text, spans in zip(texts, found, strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_entities_of_a_doc(encoder: Encoder) -> None:
    doc = encoder(spacy.blank("en")("Rosa Parks was in Montgomery-on-sea, Alabama."))
    assert ("Rosa Parks", "PERSON") in [(entity.text, entity.label_) for entity in doc.ents]
    assert doc.has_annotation("ENT_IOB")


def test_bytes_and_disk_keep_the_component(encoder: Encoder, tmp_path: Path) -> None:
    text = "Rosa Parks spoke in Lagos."
    encoder.to_disk(tmp_path / "encoder")
    assert names(text, Encoder().from_disk(tmp_path / "encoder")) == names(text, encoder)
    assert names(text, Encoder().from_bytes(encoder.to_bytes())) == names(text, encoder)


def test_without_weights_it_says_so() -> None:
    with pytest.raises(ValueError, match="no weights"):
        list(Encoder().spans(["Lagos"]))


def test_spacy_finds_the_factory_by_its_entry_point() -> None:
    assert isinstance(spacy.blank("en").add_pipe("onrecord_encoder"), Encoder)
