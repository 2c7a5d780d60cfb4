"""Articles and passages in other languages: quotations at most, names and speakers only on request."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from reader.language.analyser import OTHER_LANGUAGE, analyse
from reader.language.passages import foreign_passages
from reader.model.article import Article, Block

if TYPE_CHECKING:
    from reader.language.pipeline import Pipeline

SPANISH = (
    "Sevilla abre un museo del río\n\nLa ciudad de Sevilla abrió el lunes un museo sobre el río, dijo la "
    "alcaldesa, Carmen Robledo. “No es un museo más, es la memoria de todos”, añadió Robledo ayer."
)


def article(text: str) -> Article:
    spans = (match.span() for match in re.finditer(r"[^\n]+", text))
    return Article(text, tuple(Block("paragraph", *span) for span in spans))


def passages(text: str) -> list[str]:
    blocks = article(text).blocks
    found = foreign_passages(text, blocks, {"en"})
    return [text[start:end] for start, end in found]


def test_an_article_in_another_language_has_quotations_without_speakers(pipeline: Pipeline) -> None:
    analysis = analyse(article(SPANISH), pipeline)
    assert analysis.entities == ()
    assert [quotation.evidence for quotation in analysis.quotations] == [OTHER_LANGUAGE]
    assert [quotation.speaker for quotation in analysis.quotations] == [None]


def test_names_of_another_language_are_shown_on_request(pipeline: Pipeline) -> None:
    analysis = analyse(article(SPANISH), pipeline, any_language=True)
    assert "Carmen Robledo" in {entity.name for entity in analysis.entities}


def test_a_foreign_paragraph_gives_no_names_and_its_names_are_not_filled_in_later(pipeline: Pipeline) -> None:
    text = (
        "Seville opened its museum on Monday, the mayor, Carmen Robledo, said. Robledo cut the ribbon.\n\n"
        "Robledo dijo que el museo es de todos y que no es una casa más, según la prensa de Granada.\n\n"
        "Carmen Robledo was born in Cordoba."
    )
    start = text.index("Robledo dijo")
    end = text.index("\n\nCarmen")
    analysis = analyse(article(text), pipeline)
    mentions = [mention for entity in analysis.entities for mention in entity.mentions]
    assert any(text[m.start : m.end] == "Carmen Robledo" and m.start > end for m in mentions)
    assert not [text[m.start : m.end] for m in mentions if start <= m.start < end]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (
            "The choir sang. El coro de la ciudad cantó para los vecinos. Then it rained.",
            ["El coro de la ciudad cantó para los vecinos."],
        ),
        ("He read it out. Peter Klein und der Rat der Stadt.", ["Peter Klein und der Rat der Stadt."]),
        ("“Спасибо,” answered the envoy.", ["Спасибо,"]),
        ("“Мы вернёмся завтра утром” was the answer.", ["Мы вернёмся завтра утром"]),
        ("Владимир Орлов, the envoy, met 王伟 in Tbilisi on the day after.", []),
        ("“Спасибо,” answered Владимир Орлов. “Нет.”", ["Спасибо,", "Нет."]),
        ("Владимир Орлов", []),
        ("He wrote for El País, the Diario de los Andes and the Revista de la Universidad.", []),
        ("Ludwig van der Berg", []),
    ],
)
def test_foreign_sentences_and_quotations_are_passages_and_foreign_names_are_none(
    text: str, foreign: list[str]
) -> None:
    assert passages(text) == foreign


def test_passages_are_sorted_and_apart() -> None:
    text = "“No es de ellos. Es de la ciudad y de todos,” she said.\n\nIl est à la ville et pas aux autres."
    blocks = article(text).blocks
    found = foreign_passages(text, blocks, {"en"})
    assert found == sorted(found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert foreign_passages(text, blocks, {"en", "es", "fr"}) == []
