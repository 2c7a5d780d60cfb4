"""Who says what: many wordings of each kind, from the tables in tests/data/speakers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reader.index import Index
from reader.ingest.formats.text import from_text
from reader.language.analyser import analyse
from tests.language.said import speakers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.language.pipeline import Pipeline

_TABLES = Path(__file__).parent.parent / "data" / "speakers"


class Case(NamedTuple):
    """A text and the speaker of each of its quotations, None for nobody."""

    text: str
    wanted: list[str | None]


# Right with the convolutional parser, wrong since one encoder parses along: see training/EXPERIMENTS.md.
_OPEN = {
    name: pytest.mark.xfail(reason="the parse that comes with the names is wrong here", strict=True)
    for name in ("shapes-27",)
}


def cases(table: Path) -> Iterator[Case]:
    """The cases of a table: paragraphs, then ``-> `` and the speakers."""
    lines: list[str] = []
    for line in table.read_text("utf-8").splitlines():
        if line.startswith("-> "):
            wanted = [None if who == "nobody" else who for who in line[3:].split(" | ")]
            yield Case("\n\n".join(lines), [] if wanted == ["no quotation"] else wanted)
            lines = []
        elif line and not line.startswith("# ") and line != "#":
            lines.append(line)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{table.stem}-{number}", marks=_OPEN.get(f"{table.stem}-{number}", ()))
        for table in sorted(_TABLES.glob("*.txt"))
        for number, case in enumerate(cases(table), 1)
    ],
)
def test_who_says_what(case: Case) -> None:
    found = speakers(case.text)
    right = len(found) == len(case.wanted) and all(
        not (who or wanted) or bool(who and wanted and wanted in who)
        for who, wanted in zip(found, case.wanted, strict=True)
    )
    assert right, (case.text, found, case.wanted)


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        ("‘I still hear the ice’: survivors mark ten years", "“I still hear the ice,” he says.", "Lindgaard"),
        ("‘I still hear the ice’: survivors mark ten years", "“It was cold,” he says.", "survivors"),
        ("‘I still hear the ice’, says harbour master", "“I still hear the ice,” he says.", "master"),
    ],
)
def test_the_words_of_a_headline_are_whose_they_are_below(
    pipeline: Pipeline, title: str, body: str, wanted: str
) -> None:
    article = from_text(f"{title}\n\nMarko Lindgaard was 19 when he was pulled out. {body}\n")
    analysis = analyse(article, pipeline)
    index = Index(article, analysis)
    assert wanted in (index.speaker(analysis.quotations[0]) or "")
