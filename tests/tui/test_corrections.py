"""Correcting what was found: at once, in every way out, taken back, kept in the library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reader.index import Index
from reader.library import reading as kept
from reader.library.library import Library
from reader.model.analysis import Analysis
from reader.model.anchors import anchor
from reader.model.corrections import ConfirmSpeaker, NoQuotation, SetSpeaker
from reader.tui.corrections import Subject
from reader.work.client import ArticleRead, Remembered
from reader.work.messages import JobOptions
from tests.tui.conftest import Work, complete
from tests.tui.host import screen_text
from tests.tui.scene import ANALYSIS, ARTICLE, TEXT

if TYPE_CHECKING:
    from pathlib import Path

FORGOTTEN = "“We feel forgotten, and Teale knows it.”"
INDEX = Index(ARTICLE, ANALYSIS)


def said_by(reading: Any, words: str) -> str:
    index = reading.screen.session.shown.findings
    return str(index.speaker(next(q for q in index.quotations if index.words(q) == words)))


async def stand_on(reading: Any, words: str) -> None:
    while True:
        await reading.press("right_square_bracket")
        quotation = reading.screen.view.cursor.quotation
        if reading.screen.view.words(quotation.start, quotation.end) == words:
            return


async def test_another_speaker_is_chosen_by_name(open_reader: Any) -> None:
    async with open_reader() as reading:
        await stand_on(reading, FORGOTTEN)
        top = reading.screen.view.place
        await reading.press("c", *"teale")
        assert "Morag Teale" in screen_text(reading.app)
        await reading.press("enter")
        assert said_by(reading, FORGOTTEN) == "Morag Teale"
        assert reading.screen.view.cursor.quotation is not None
        assert reading.screen.view.place == top
        assert "Said by Morag Teale. Z takes it back" in reading.status
        assert len(reading.work.jobs) == 1  # no model ran again
        await reading.press("y")
        assert "Teale" in reading.copied[0]
        await reading.press("Z")
        assert said_by(reading, FORGOTTEN) == "Ibrahim Nasser"


async def test_a_speaker_is_confirmed_and_the_list_says_so(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("R")
        assert "Go to a quotation first" in reading.status
        await stand_on(reading, FORGOTTEN)
        await reading.press("R")
        assert "Said by Ibrahim Nasser: you say that this is right. Z takes it back" in reading.status
        await reading.press("D")
        assert f"{FORGOTTEN} is by Ibrahim Nasser, as found" in screen_text(reading.app)
        await reading.press("d")
        assert reading.screen.session.shown.decisions == ()
        await reading.press("enter", "R")  # on its card
        assert reading.app.screen is reading.screen
        await reading.press("Z", "c")
        assert "▌  Ibrahim Nasser (this is right)" in screen_text(reading.app)
        await reading.press("enter")
        (decided,) = reading.screen.session.shown.decisions
        assert isinstance(decided.correction, ConfirmSpeaker)


async def test_somebody_whom_the_article_does_not_name(open_reader: Any) -> None:
    async with open_reader() as reading:
        await stand_on(reading, "“Everyone out!”")
        await reading.press("c", *"A child", "enter")
        assert said_by(reading, "“Everyone out!”") == "A child"


async def test_no_quotation_and_the_panel_knows(open_reader: Any) -> None:
    async with open_reader() as reading:
        await stand_on(reading, "“Everyone out!”")
        await reading.press("c", *"is none", "enter")
        assert len(reading.screen.session.shown.findings.quotations) == 5
        await reading.pilot.pause()
        assert reading.screen.panel is not None
        assert f"q{TEXT.index('“Everyone out!”')}" not in reading.screen.panel._list.rows.keys
        assert f"q{TEXT.index(FORGOTTEN)}" in reading.screen.panel._list.rows.keys


async def test_a_name_is_merged_renamed_and_removed(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("p")
        assert reading.current == "Morag Teale"
        await reading.press("c", *"Dame Morag Teale", "enter")
        await reading.press("c", *"nasser", "enter")
        names = [entity.name for entity in reading.screen.session.shown.findings.analysis.entities]
        assert "Dame Morag Teale" not in names
        assert "Ibrahim Nasser" in names
        await reading.press("Z", "Z", "Z")
        assert reading.screen.session.shown.findings.analysis == ANALYSIS
        await reading.press("Z")
        assert "Nothing has been corrected" in reading.status


async def test_a_selection_becomes_a_quotation_or_a_name(open_reader: Any) -> None:
    async with open_reader() as reading:
        start = TEXT.index("Saint Brannoc")
        reading.screen.view.select(start, start + len("Saint Brannoc"))
        await reading.press("c", *"organisation", "enter")
        names = [entity.name for entity in reading.screen.session.shown.findings.analysis.entities]
        assert "Saint Brannoc" in names
        assert reading.screen.view.cursor.selection is None


async def test_nothing_is_current(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("c")
        assert "Go to a name (Tab) or a quotation (]) first" in reading.status
        await reading.press("D")
        assert "Nothing has been corrected" in reading.status


async def test_the_list_takes_back_any_of_them_and_shows_what_is_stale(open_reader: Any) -> None:
    async with open_reader() as reading:
        correcting = reading.screen.controls.correcting
        lost = replace(anchor("It was late, she said.", 0, 11), exact="Words that are gone")
        start = TEXT.index(FORGOTTEN)
        correcting.decide([NoQuotation(lost), SetSpeaker(anchor(TEXT, start, start + len(FORGOTTEN)))])
        await reading.press("D")
        text = screen_text(reading.app)
        assert "Words that are gone is no quotation" in text
        assert "its words are not in the text any more" in text
        await reading.press("j", "d")
        await reading.press("escape")
        (left,) = reading.screen.session.shown.decisions
        assert isinstance(left.correction, SetSpeaker)


async def test_decisions_last_in_the_library(open_reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    options = JobOptions(library=str(path))
    async with open_reader(options=options) as reading:
        await stand_on(reading, FORGOTTEN)
        await reading.press("c", *"nobody", "enter")
        await reading.press("c", *"A child", "enter")
        await reading.press("Z", "q")
    library = Library(path)
    entry = library.articles.get(ARTICLE.source)
    assert entry.state == "read"  # all of it was on the screen
    (decision,) = library.corrections.of(entry.id)
    assert decision.correction == SetSpeaker(
        anchor(TEXT, TEXT.index(FORGOTTEN), TEXT.index(FORGOTTEN) + len(FORGOTTEN))
    )
    kept.keep(library, ARTICLE, ANALYSIS)
    assert kept.read(library, entry.id).analysis.quotations[3].speaker is None
    library.close()


async def test_remembered_decisions_are_over_what_is_found(open_reader: Any) -> None:
    from reader.library.corrections import Decision

    start = TEXT.index("“Everyone out!”")
    known = Decision(7, "2026-01-02T03:04:05", NoQuotation(anchor(TEXT, start, start + 15)))
    work = Work(Remembered(True, (known,)), ArticleRead(ARTICLE), complete(ARTICLE, ANALYSIS))
    async with open_reader(None, source=ARTICLE.source, work=work) as reading:
        assert len(reading.screen.session.shown.findings.quotations) == 5
        (decided,) = reading.screen.session.shown.decisions
        assert decided.number == 7


async def test_lines_put_back_are_decisions_and_are_analysed(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("U")
        assert reading.article.text.startswith("Home  News")
        assert not reading.screen.session.shown.complete
        assert reading.work.jobs[-1].article is reading.article
        assert said_by(reading, FORGOTTEN) == "Ibrahim Nasser"  # what was known is still shown
        reading.work.report(complete(reading.article, Analysis()))
        await reading.pilot.pause()
        assert reading.screen.session.shown.complete
        await reading.press("Z", "Z", "Z")
        assert reading.article.text == TEXT
        assert reading.screen.session.shown.decisions == ()


@pytest.mark.parametrize("broken", ["folder", "foreign"])
async def test_a_library_that_cannot_be_used_costs_one_notice(
    open_reader: Any, tmp_path: Path, broken: str
) -> None:
    path = tmp_path / "library.db"
    if broken == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"no database at all" * 100)
    async with open_reader(options=JobOptions(library=str(path))) as reading:
        await stand_on(reading, FORGOTTEN)
        await reading.press("c", *"nobody", "enter")
        await reading.press("c", *"A child", "enter")
        reading.app.librarian.close()
        await reading.pilot.pause()
        assert said_by(reading, FORGOTTEN) == "A child"
        assert len(reading.app._notifications) == 1


def test_choices_of_a_quotation_begin_with_who_speaks() -> None:
    choices = Subject(INDEX, INDEX.quotations[3]).choices()
    assert [choice.label for choice in choices][:3] == [
        "Ibrahim Nasser (this is right)",
        "Morag Teale",
        "Northern Ferries Board",
    ]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("nobody", ["nobody", "“nobody”"]),
        ("eale", ["“eale”", "Morag Teale"]),
        ("Tea", ["Morag Teale", "“Tea”"]),
        ("Ann", ["“Ann”"]),
    ],
)
def test_a_name_that_was_typed_comes_behind_what_begins_so(typed: str, labels: list[str]) -> None:
    found = Subject(INDEX, INDEX.quotations[3]).choices(typed)
    assert [choice.label for choice in found] == labels
