"""Whom pronouns and descriptions mean, and what an article says about a person's gender."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reader.index import Index
from reader.language.analyser import analyse
from reader.language.attribution.gender import genders
from reader.language.quotations.finder import paragraphs
from reader.language.stems import stem
from reader.model.analysis import Entity, Mention
from reader.model.article import Article, Block
from tests.loading import embedded

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


def worded(text: str) -> list[tuple[str, str | None]]:
    """Who speaks, for people, and the words beside each quotation."""
    article = Article(text, tuple(Block("paragraph", start, end) for start, end in paragraphs(text, ())))
    index = Index(article, analyse(article, embedded()))
    return [(index.speaker(said), index.words(said.speaker)) for said in index.quotations if said.speaker]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("A neighbour said there was shouting. “It went on for hours,” she said.", "“a neighbour”"),
        ("A spokesman said the council would listen. “We always do,” he said.", "“a spokesman”"),
        ("Her lawyer said the case was weak.\n\n“It will collapse,” he said.", "“her lawyer”"),
        ("The bank’s economist said rates would fall. “Soon,” he said.", "“the bank’s economist”"),
        ("A woman said it was loud. “It hurt,” she said. “I wept,” she added.", "“a woman”"),
        # Somebody else may be meant.
        ("The baker said the oven was cold. “It needs wood,” she said.", "Ana Ruiz"),
        ("A reporter asked whether it was sold. “It never will be,” she said.", "Ana Ruiz"),
        ("A policeman told Ruiz to leave. “I was here first,” she said.", "Ana Ruiz"),
        ("A spokesman said the council would listen. “They never do,” she said.", "Ana Ruiz"),
        ("A friend bought bread. “It is the best,” she said.", "Ana Ruiz"),
    ],
)
def test_who_speaks_without_a_name_is_the_one_who_goes_on(said: str, who: str) -> None:
    found = worded(f"Ana Ruiz has run the bakery since 1999.\n\n{said}")
    assert {speaker for speaker, _ in found} == {who}
    # The words that stand beside the quotation stay those of the text.
    assert {words for _, words in found} <= {"he", "she"}


def test_who_asks_is_not_the_one_who_answers(pipeline: Pipeline) -> None:
    text = (
        "Mrs Roth wept before the court. “I thought of the kitchen,” she said.\n\n"
        "Asked by Imogen Hale what she had replied, she said: “Come home.”"
    )
    assert named(text, pipeline) == ["Roth", "Roth"]


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
