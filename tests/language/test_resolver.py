"""Whom pronouns and descriptions mean, and what an article says about a person's gender."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reader.language.analyser import analyse
from reader.language.attribution.gender import genders
from reader.language.quotations.finder import paragraphs
from reader.language.stems import stem
from reader.model.analysis import Entity, Mention
from reader.model.article import Article, Block

if TYPE_CHECKING:
    from reader.language.pipeline import Pipeline


def named(text: str, pipeline: Pipeline) -> list[str | None]:
    """The names of a text's speakers."""
    blocks = tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ()))
    quotations = analyse(Article(text, blocks), pipeline).quotations
    return [q.speaker.name if q.speaker else None for q in quotations]


def person(text: str, name: str) -> Entity:
    places = tuple(Mention(m.start(), m.end()) for m in re.finditer(re.escape(name), text))
    return Entity("e", "PERSON", name, (), places)


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("Mrs Okonkwo-Bello spoke first.", "Okonkwo-Bello", -1),
        ("Mr Okonkwo-Bello spoke first.", "Okonkwo-Bello", 1),
        ("Xanthe Quarles, a spokeswoman for the port, declined.", "Xanthe Quarles", -1),
        ("His brother Quarles declined.", "Quarles", 1),
        ("Quarles said she was tired.", "Quarles", -1),
        ("Mary Quarles spoke.", "Mary Quarles", -1),
        ("Quarles spoke at noon.", "Quarles", 0),
    ],
)
def test_gender_evidence(text: str, name: str, sign: int) -> None:
    (score,) = genders(text, [person(text, name)])
    assert (score > 0) - (score < 0) == sign


def test_the_text_outweighs_the_given_name() -> None:
    text = "Mr Mary Quarles, a councilman, said he would go."
    (score,) = genders(text, [person(text, "Mary Quarles")])
    assert score > 0


def test_chains_of_pronouns_keep_their_person(pipeline: Pipeline) -> None:
    text = (
        "Peter Walker bought the mill in 2011. He opened a bakery in it two years later.\n\n"
        "“The roof leaked for a year,” he said. He had no money left. “We baked in boots,” he said."
    )
    assert named(text, pipeline) == ["Peter Walker", "Peter Walker"]


def test_a_pronoun_does_not_take_the_object_for_the_subject(pipeline: Pipeline) -> None:
    text = (
        "Peter Walker has never met James Turner, the minister.\n\n"
        "Walker wrote to Turner twice last year. “I got a form letter,” he said."
    )
    assert named(text, pipeline) == ["Peter Walker"]


def test_he_is_the_man_of_whom_a_woman_spoke(pipeline: Pipeline) -> None:
    text = (
        "Anna Odanfo climbed with a friend, Peter Walker. Their agent was James Brill of Aldane Treks.\n\n"
        "She remembers the moment at which she understood:\n\n“Peter looked back. Then he fell.”\n\n"
        "He was not gone. “I wanted to say goodbye,” he said."
    )
    assert named(text, pipeline) == ["Anna Odanfo", "Peter Walker"]


def test_an_unnamed_woman_is_not_given_the_name_of_a_man(pipeline: Pipeline) -> None:
    text = "Mr Walker left at noon.\n\n“Nobody asked me,” a woman in the front row said."
    assert named(text, pipeline) == [None]


@pytest.mark.parametrize(
    ("form", "same"),
    [("said", "say"), ("says", "say"), ("wrote", "writing"), ("told", "tell"), ("quipped", "quips")],
)
def test_forms_of_a_verb_share_a_stem(form: str, same: str) -> None:
    assert stem(form) == stem(same)
