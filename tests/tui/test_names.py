"""From name to name, from quotation to speaker and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reader.index import Index
from reader.model.analysis import NOT_LOOKED_FOR, Analysis
from reader.work.client import Found
from tests.tui.conftest import Work, complete
from tests.tui.scene import ANALYSIS, ARTICLE, TEXT


async def test_mentions_one_after_the_other_and_round(open_reader: Any) -> None:
    async with open_reader() as reading:
        seen = []
        for _ in range(9):
            await reading.press("tab")
            seen.append(reading.current)
        order = sorted((m.start, TEXT[m.start : m.end]) for e in ANALYSIS.entities for m in e.mentions)
        assert seen[: len(order)] == [name for _, name in order][: len(seen)]
        await reading.press("escape", "shift+tab")
        assert reading.current == order[-1][1]
        assert "continued from the end" in reading.status
        await reading.press("tab")
        assert reading.current == order[0][1]
        assert "continued from the beginning" in reading.status


@pytest.mark.parametrize(
    ("keys", "first"), [("pP", "Morag Teale"), ("lL", "Orsay Island"), ("oO", "Northern Ferries Board")]
)
async def test_mentions_of_a_type(open_reader: Any, keys: str, first: str) -> None:
    async with open_reader() as reading:
        await reading.press(keys[0])
        assert reading.current == first
        types = {reading.screen.view.cursor.mention.entity.type}
        for _ in range(4):
            await reading.press(keys[0])
            types.add(reading.screen.view.cursor.mention.entity.type)
        assert len(types) == 1
        await reading.press("escape", "g", keys[1])
        assert {reading.screen.view.cursor.mention.entity.type} == types


async def test_the_same_entity_onwards_and_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("p")
        assert reading.current == "Morag Teale"
        assert "Morag Teale · person · 1 of 2" in reading.status
        await reading.press("asterisk")
        assert reading.current == "Teale"
        await reading.press("number_sign")
        assert reading.current == "Morag Teale"
        await reading.press("escape", "asterisk")
        assert "Go to a name first" in reading.status


async def test_who_is_named_once_is_said_to_be(open_reader: Any) -> None:
    (once, *_) = [entity for entity in ANALYSIS.entities if len(entity.mentions) == 1]
    async with open_reader() as reading:
        while not reading.current or reading.screen.view.cursor.mention.entity.id != once.id:
            await reading.press("tab")
        await reading.press("asterisk")
        assert "It is named only here" in reading.status


async def test_quotations_in_order_and_round(open_reader: Any) -> None:
    async with open_reader() as reading:
        seen = []
        for _ in range(6):
            await reading.press("right_square_bracket")
            seen.append(reading.quotation)
        assert seen == ["q1", "q2", "q3", "q4", "q5", "q6"]
        assert "Quotation 6 of 6 · no speaker given" in reading.status
        await reading.press("right_square_bracket")
        assert reading.quotation == "q1"
        await reading.press("left_square_bracket")
        assert reading.quotation == "q6"


async def test_from_quotation_to_speaker_and_back(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("right_square_bracket", "s")
        assert (reading.current, reading.quotation) == ("Morag Teale", "q1")
        await reading.press("s")
        assert (reading.current, reading.quotation) == ("", "q1")
        # A pronoun is no mention, but it is where the speaker stands in the text.
        for _ in range(3):
            await reading.press("right_square_bracket")
        await reading.press("s")
        assert (reading.current, reading.quotation) == ("He", "q4")
        await reading.press("s")
        assert (reading.current, reading.quotation) == ("", "q4")


async def test_from_a_name_to_what_it_said(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("p", "asterisk", "asterisk", "s")
        assert reading.quotation == "q1"
        await reading.press("escape", "o", "s")
        assert "not quoted" in reading.status


async def test_a_quotation_without_speaker_says_so(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("left_square_bracket", "s")
        assert reading.quotation == "q6"
        assert "No speaker given" in reading.status


async def test_cards_open_and_lead_on(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("enter")
        assert "first" in reading.status
        await reading.press("p", "enter")
        assert type(reading.app.screen).__name__ == "EntityCard"
        await reading.press("escape")
        await reading.press("escape", "right_square_bracket", "enter")
        assert type(reading.app.screen).__name__ == "QuotationCard"
        await reading.press("escape")
        assert reading.app.screen is reading.screen


async def test_names_before_the_analysis_is_there(open_reader: Any) -> None:
    async with open_reader(analysis=None) as reading:
        for key in ("tab", "right_square_bracket", "s", "asterisk"):
            await reading.press(key)
            assert "still being looked for" in reading.status
        assert "Getting ready" in str(reading.status)


async def test_nothing_found(open_reader: Any) -> None:
    async with open_reader(analysis=Analysis()) as reading:
        await reading.press("right_square_bracket")
        assert "quotes nobody" in reading.status
        await reading.press("tab")
        assert "none" in reading.status


async def test_partial_results_are_shown_and_what_is_current_stays(open_reader: Any) -> None:
    work = Work()
    async with open_reader(work=work) as reading:
        partial = Analysis(ANALYSIS.entities[3:4])
        work.report(Found("entities", 2, 6, Index(ARTICLE, partial)))
        await reading.pilot.pause()
        assert "Looking for names" in reading.status
        await reading.press("p")
        assert reading.current == "Morag Teale"
        work.report(complete(ARTICLE, ANALYSIS))
        await reading.pilot.pause()
        assert reading.current == "Morag Teale"
        assert "Looking" not in reading.status


async def test_from_one_doubtful_quotation_to_the_next(open_reader: Any) -> None:
    async with open_reader() as reading:
        seen = []
        for _ in range(5):
            await reading.press("a")
            seen.append(reading.quotation)
        # q3 and q4 are less than sure, q5 has a description for a speaker, q6 none.
        assert seen == ["q3", "q4", "q5", "q6", "q3"]
        assert "continued from the beginning" in reading.status
        await reading.press("A")
        assert reading.quotation == "q6"


async def test_the_margin_tells_how_sure_a_speaker_is(open_reader: Any) -> None:
    async with open_reader() as reading:
        margin = {row[8:].strip()[:20]: row[4:8] for row in reading.rows}
        marks = {words: mark.strip() for words, mark in margin.items() if words}
        assert marks["“Nobody was hurt, an"] == "▎"
        assert "?" in next(mark for words, mark in marks.items() if words.startswith("Councillor"))
        assert any(mark.startswith("┊") for mark in marks.values())


async def test_nobody_is_said_to_be_silent_before_speakers_were_looked_for(open_reader: Any) -> None:
    unknown = [
        replace(quotation, speaker=None, evidence=NOT_LOOKED_FOR, confidence=0.0)
        for quotation in ANALYSIS.quotations
    ]
    work = Work()
    async with open_reader(work=work) as reading:
        index = Index(ARTICLE, Analysis(ANALYSIS.entities, tuple(unknown)))
        work.report(Found("quotations", 1, 6, index))
        await reading.pilot.pause()
        await reading.press("right_square_bracket", "s")
        assert "still being looked for" in reading.status
        assert "no speaker" not in reading.status
        assert not any("┊" in row or "?▎" in row for row in reading.rows)
        await reading.press("escape", "a")
        assert "still being looked for" in reading.status
