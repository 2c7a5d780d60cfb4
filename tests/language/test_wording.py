"""A speaker is shown as the text words it, complements included."""

import pytest

from reader.language.analyser import analyse
from reader.language.pipeline import Pipeline
from reader.model.article import Article, Block


def speaker(text: str, pipeline: Pipeline) -> str:
    article = Article(text, (Block("paragraph", 0, len(text)),))
    (quotation,) = analyse(article, pipeline).quotations
    assert quotation.speaker is not None
    return text[quotation.speaker.start : quotation.speaker.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We have nothing to add,” said a spokesman for the ministry of defence, who asked for patience.",
            "a spokesman for the ministry of defence",
        ),
        ("“The pumps are running,” an official at the plant told reporters.", "an official at the plant"),
        ("“The pumps are running,” said the engineer, a woman of few words.", "the engineer"),
        ("“The pumps are running,” Ana Ruiz of the water board said on Monday.", "Ana Ruiz"),
        ("“The pumps are running,” she said of the flooded plant.", "she"),
    ],
)
def test_wording(text: str, expected: str, pipeline: Pipeline) -> None:
    assert speaker(text, pipeline) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "“The pumps are running,” said the minister for rural affairs, Osric Vane.",
            "minister for rural affairs",
        ),
        (
            "“The pumps are running,” said Osric Vane, the minister for rural affairs.",
            "minister for rural affairs",
        ),
        ("“The pumps are running,” economist Ana Ruiz said.", "economist"),
        ("“The pumps are running,” said its duty officer, Ana Ruiz, on Monday.", "its duty officer"),
        ("Its lawyer, Ana Ruiz, said: “The pumps are running.”", "its lawyer"),
        ("“The pumps are running,” said Ana Ruiz, who heads the water board.", "who heads the water board"),
        ("“The pumps are running,” said Ana Ruiz, who wore a hat.", None),
        ("“The pumps are running,” Ana Ruiz said.", None),
        ("“The pumps are running,” said the minister, whose deputy, Ana Ruiz, had left.", None),
    ],
)
def test_the_description_beside_a_name_is_the_role(text: str, role: str | None, pipeline: Pipeline) -> None:
    article = Article(text, (Block("paragraph", 0, len(text)),))
    (quotation,) = analyse(article, pipeline).quotations
    assert quotation.speaker is not None
    assert quotation.speaker.role == role
