"""Who said it: constructions one by one, with the embedded pipeline, with others and with none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from reader.language.analyser import analyse
from reader.language.attribution import attribute
from reader.language.attribution.masking import mask
from reader.language.quotations import QuotedSpan, find_quotations
from reader.language.quotations.finder import paragraphs
from reader.model.analysis import Entity, Mention
from reader.model.article import Article, Block
from tests.counting import calls
from tests.language.said import said as read
from tests.loading import embedded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reader.language.pipeline import Pipeline


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“We will not wait for the court,” Ana Ruiz said on Monday.", "Ana Ruiz", "said"),
        ("“We will not wait for the court,” said Ana Ruiz, the mayor.", "Ana Ruiz", "said"),
        ("Ana Ruiz told reporters: “We will not wait for the court.”", "Ana Ruiz", "told"),
        ("On Monday Ana Ruiz said, “We will not wait for the court.”", "Ana Ruiz", "said"),
        ("According to Ana Ruiz, “nobody is going to wait for the court”.", "Ana Ruiz", "According to"),
        ("“Nobody is going to wait for the court,” according to Ana Ruiz.", "Ana Ruiz", "according to"),
        ("Ana Ruiz called the verdict “a slap in the face of the whole city”.", "Ana Ruiz", "called"),
        ("“We will not wait for the court,” joked Ana Ruiz.", "Ana Ruiz", "joked"),
        ("Ana Ruiz, who chairs the board, said: “We will not wait for it.”", "Ana Ruiz", "said"),
        ("‘We will not wait for the court,’ Ana Ruiz said on Monday.", "Ana Ruiz", "said"),
    ],
)
def test_constructions(text: str, speaker: str, cue: str) -> None:
    (said,) = read(text)
    assert said.speaker is not None
    assert speaker in said.speaker
    assert said.cue == cue
    assert said.raw.confidence > 0.5


def test_a_split_quotation_is_two_with_the_same_speaker() -> None:
    said = read("“We will not wait,” Ana Ruiz said. “The court has had its time.”")
    assert [s.speaker for s in said] == ["Ana Ruiz", "Ana Ruiz"]


def test_a_quotation_that_goes_on_in_the_next_paragraph_keeps_its_speaker() -> None:
    said = read(
        "Ana Ruiz addressed the crowd in Toledo on Monday.\n\n"
        "“We will not wait for the court,” Ruiz said. “It has had its time.\n\n"
        "“Now it is our turn to speak.”",
    )
    assert [s.speaker for s in said] == ["Ruiz", "Ruiz", "Ruiz"]
    assert {s.name for s in said} == {"Ana Ruiz"}


def test_an_unnamed_spokesman_speaks_for_himself() -> None:
    (said,) = read("“We have no plans to close the plant,” a spokesman for the ministry said.")
    assert said.speaker is not None
    assert "spokesman" in said.speaker
    assert said.name is None


def test_a_description_and_the_name_after_it_are_one_speaker() -> None:
    (said,) = read("“The fire is out at last,” its duty officer, Peter Walker, told the radio.")
    assert said.name == "Peter Walker"


def test_pronouns_mean_the_person_in_focus() -> None:
    said = read(
        "Mary Walker runs the harbour with her brother, John Walker.\n\n"
        "Mrs Walker opened the meeting on Monday. “We are full,” she said.\n\n"
        "Mr Walker disagreed. “There is room for ten more boats,” he said.",
    )
    assert [s.name for s in said] == ["Mary Walker", "John Walker"]


def test_evidence_says_why() -> None:
    (said,) = read("“We will not wait for the court,” said Ana Ruiz.")
    assert said.raw.evidence == "named right after it, with 'said'"
    assert 0 < said.raw.confidence <= 1


def test_the_same_input_gives_the_same_output() -> None:
    text = "“We will not wait,” Ana Ruiz said. She called it “a slap in the face of us all”."
    assert read(text) == read(text)


def test_without_a_parse_cue_patterns_decide() -> None:
    text = "“We will not wait,” said Ana Ruiz. “We have waited,” Bo Lee replied."
    entities = (
        Entity("e1", "PERSON", "Ana Ruiz", (), (Mention(25, 33),)),
        Entity("e2", "PERSON", "Bo Lee", (), (Mention(53, 59),)),
    )
    assert [text[e.mentions[0].start : e.mentions[0].end] for e in entities] == ["Ana Ruiz", "Bo Lee"]
    quoted = find_quotations(text, ())
    for parse in (None, spacy.blank("en").pipe):
        said = [q for q in attribute(text, (), quoted, entities, parse) if q is not None]
        assert [q.speaker.name for q in said if q.speaker] == ["Ana Ruiz", "Bo Lee"]
        assert all(0 < q.confidence < 1 for q in said)


def clear_style(texts: Iterable[str]) -> Iterator[Doc]:
    """A parser with the labels of spaCy's own English pipelines, for one sentence."""
    vocab = spacy.blank("en").vocab
    for _ in texts:
        words = ['"', "Yes", ",", '"', "Ana", "Ruiz", "said", "."]
        yield Doc(
            vocab,
            words,
            spaces=[False, False, False, True, True, True, False, False],
            pos=["PUNCT", "INTJ", "PUNCT", "PUNCT", "PROPN", "PROPN", "VERB", "PUNCT"],
            deps=["punct", "ccomp", "punct", "punct", "compound", "nsubj", "ROOT", "punct"],
            heads=[1, 6, 6, 6, 5, 6, 6, 6],
            lemmas=words,
        )


def test_a_foreign_pipeline_with_clear_labels() -> None:
    text = "“We will not wait for the court,” Ana Ruiz said."
    entities = (Entity("e1", "PERSON", "Ana Ruiz", (), (Mention(34, 42),)),)
    (said,) = attribute(text, (), find_quotations(text, ()), entities, clear_style)
    assert said is not None
    assert said.speaker is not None
    assert said.speaker.entity == "e1"


def test_the_caller_may_stop_midway(pipeline: Pipeline) -> None:
    text = "“We will not wait,” Ana Ruiz said. " * 5
    running = attribute(text, (), find_quotations(text, ()), (), pipeline.parse)
    assert next(running) is not None


def test_masking_keeps_offsets() -> None:
    text = "“We will not wait — ever,” said Ana. She’d called it “a long road to nowhere at all”."
    quoted = [QuotedSpan(0, 26, "direct"), QuotedSpan(53, 84, "partial")]
    (masked,) = mask(text, (), quoted)
    assert masked.text.startswith('"Yes," said Ana. She\'d called')
    assert len(masked.text) == len(masked.offsets)
    place = masked.text.index("Ana")
    assert text[masked.offsets[place] : masked.original_end(place + 3)] == "Ana"


def test_names_in_other_letters_are_names_to_the_parser() -> None:
    text = "“Welcome,” said 王伟, and Владимир left."
    (masked,) = mask(text, (), [QuotedSpan(0, 10, "direct")])
    assert masked.text == '"Yes," said To, and Tomnnnnn left.'
    assert len(masked.text) == len(masked.offsets)


@given(st.text(alphabet="ab. ,?\n\"'“”‘’«»—1S", max_size=120))
def test_one_answer_for_every_span_whatever_the_text(text: str) -> None:
    quoted = [QuotedSpan(q.start, q.end, q.kind) for q in find_quotations(text, ())]
    pipeline = embedded()
    for parse in (None, pipeline.parse):
        assert len(list(attribute(text, (), quoted, (), parse))) == len(quoted)


@pytest.mark.parametrize(
    "piece",
    [
        "“We will not wait,” said Bo. ",
        "“We will not wait,” said Bo.\n\n",
        "“We wait.” “We do not.” “Why?” said Bo. ",
        "Bo: “We will not wait.” ",
        "“We will not wait” — Bo. ",
        "“We will not wait”: Bo, who said “never”. ",
        "“We will not wait.”\n\n— Bo Lee\n\n",
        "Bo Lee, 61, baker\n\n“We will not wait.”\n\n",
    ],
)
def test_attribution_takes_linear_time(piece: str) -> None:
    def work(times: int) -> int:
        text = piece * times
        quoted = [QuotedSpan(q.start, q.end, q.kind) for q in find_quotations(text, ())]
        return calls(lambda: list(attribute(text, (), quoted, (), None)))

    work(10)
    # Eight times the text: quadratic work would be sixty-four times as much.
    assert work(800) < 12 * work(100)


def test_ten_thousand_quotations() -> None:
    text = "“We will not wait,” said Bo. " * 10_000
    quoted = [QuotedSpan(q.start, q.end, q.kind) for q in find_quotations(text, ())]
    assert len(list(attribute(text, (), quoted, (), None))) == len(quoted) == 10_000


def test_whoever_signs_an_interview_asks_its_questions(pipeline: Pipeline) -> None:
    text = "Edda Kroll runs it.\n\nQ: Is it old?\n\nA: I think so.\n\nQ: Will it last?\n\nA: I hope so."
    blocks = tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ()))
    analysis = analyse(Article(text, blocks, byline="Ana Ruiz"), pipeline)
    assert [(q.kind, q.speaker.name) for q in analysis.quotations if q.speaker] == [
        ("turn", "Ana Ruiz"),
        ("turn", "Edda Kroll"),
        ("turn", "Ana Ruiz"),
        ("turn", "Edda Kroll"),
    ]
