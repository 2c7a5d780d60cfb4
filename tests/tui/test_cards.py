"""Cards of entities and quotations: what they show, and what they answer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from reader.export.citation import quotation_citation, today
from reader.index import Index
from reader.model.analysis import NOT_LOOKED_FOR
from reader.tui.screens.dialog import KeyLine
from reader.tui.screens.entity_card import EntityCard
from reader.tui.screens.quotation_card import QuotationCard
from reader.tui.screens.results import (
    Copy,
    GoToMention,
    GoToQuotation,
    GoToSpeaker,
    OpenEntityCard,
    OpenQuotationCard,
)
from reader.tui.widgets.row_list import RowList
from reader.work.client import Found
from tests.tui.conftest import Work, complete
from tests.tui.host import WAITING, screen_text, show
from tests.tui.scene import ANALYSIS, ARTICLE, entity_of, quotation_of

INDEX = Index(ARTICLE, ANALYSIS)
TEALE = partial(EntityCard, INDEX, entity_of(INDEX, "e4"))
# Where Morag Teale is named.
TEALES = [mention.start for mention in ANALYSIS.entities[3].mentions]
ISLAND = partial(EntityCard, INDEX, entity_of(INDEX, "e1"))


def quotation(id: str) -> partial[QuotationCard]:
    return partial(QuotationCard, INDEX, quotation_of(INDEX, id))


async def test_an_entity_card_shows_names_words_and_mentions() -> None:
    async with show(screen=TEALE, size=(100, 36)) as shown:
        text = shown.text
    assert "Person" in text
    assert "Morag Teale  also Teale" in text
    assert "2 quotations · 18 words" in text
    assert "“The ship is forty-one years old.”" in text
    assert "Morag Teale, the board’s chief" in text
    assert "y copy all it said" in text


async def test_a_card_of_something_silent_offers_nothing_about_words() -> None:
    async with show(screen=ISLAND) as shown:
        assert "Said" not in shown.text
        assert "copy all" not in shown.text
        assert "Place" in shown.text
        await shown.press("space", "y")
        assert shown.result is WAITING


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (["enter"], GoToQuotation("q1")),
        (["down", "enter"], GoToQuotation("q2")),
        (["end", "enter"], GoToMention("e4", TEALES[1])),
        (["n"], GoToMention("e4", TEALES[0])),
        (["space"], OpenQuotationCard("q1")),
        (["escape"], None),
        (["q"], None),
    ],
)
async def test_what_an_entity_card_answers(keys: list[str], result: object) -> None:
    async with show(screen=TEALE) as shown:
        await shown.press(*keys)
        assert shown.result == result


async def test_a_card_opens_where_the_reader_came_from() -> None:
    async with show(screen=partial(TEALE, TEALES[1])) as shown:
        assert shown.app.screen.query_one(RowList).selected == f"mention {TEALES[1]}"
        await shown.press("n")
        assert shown.result == GoToMention("e4", TEALES[0])


async def test_all_that_somebody_said_is_copied_with_citations() -> None:
    async with show(screen=TEALE) as shown:
        await shown.press("y")
    assert isinstance(shown.result, Copy)
    assert shown.result.what == "all that Morag Teale said"
    expected = [quotation_citation(INDEX, q, accessed=today()) for q in ANALYSIS.quotations[:2]]
    assert shown.result.text == "\n\n".join(expected)


async def test_every_key_of_the_last_line_can_be_clicked() -> None:
    async with show(screen=TEALE) as shown:
        line = shown.app.screen.query_one(KeyLine)
        text = next(row for row in shown.text.splitlines() if "Enter go there" in row)
        await shown.pilot.click(line, (text.index("n next mention") + 3 - line.region.x, 0))
        await shown.pilot.pause()
        assert shown.result == GoToMention("e4", TEALES[0])


async def test_a_click_beside_the_card_closes_it() -> None:
    async with show(screen=TEALE, size=(100, 40)) as shown:
        await shown.pilot.click(offset=(1, 1))
        await shown.pilot.pause()
        assert shown.result is None


async def test_a_quotation_card_says_who_how_sure_and_why() -> None:
    async with show(screen=quotation("q4")) as shown:
        text = shown.text
    assert "Quotation 4 of 6" in text
    assert "“We feel forgotten, and Teale knows it.”" in text
    assert "Ibrahim Nasser  “He” in the text" in text
    assert "subject of “added”" in text
    assert "46%  doubtful: check it in the text" in text
    assert "whole utterance, 7 words" in text
    assert "¶4" in text


async def test_a_description_that_could_be_anybody_is_greyed_in_quotation_marks() -> None:
    async with show(screen=quotation("q5")) as shown:
        assert "Speaker  “a notice on the pier”" in shown.text
        assert "who that is, the text does not say" in shown.text


async def test_nothing_is_claimed_of_a_speaker_that_has_not_been_looked_for() -> None:
    early = replace(ANALYSIS.quotations[0], cue=None, speaker=None, confidence=0.0, evidence=NOT_LOOKED_FOR)
    index = Index(ARTICLE, replace(ANALYSIS, quotations=(early,)))
    async with show(screen=partial(QuotationCard, index, early)) as shown:
        assert "Speaker  …" in shown.text
        assert "no speaker" not in shown.text
        assert "nothing to be sure of" not in shown.text
        # The card learns what is found while it is open.
        card = shown.app.screen
        assert isinstance(card, QuotationCard)
        card.show(INDEX)
        await shown.pilot.pause()
        assert "Speaker  Morag Teale" in shown.text


async def test_a_card_keeps_its_entity_while_more_is_found() -> None:
    teale = replace(
        ANALYSIS.entities[3], id=f"e{TEALES[1]}", aliases=(), mentions=ANALYSIS.entities[3].mentions[1:]
    )
    early = Index(ARTICLE, replace(ANALYSIS, entities=(teale,), quotations=()))
    async with show(screen=partial(EntityCard, early, teale, TEALES[1]), size=(80, 30)) as shown:
        assert "also" not in shown.text
        card = shown.app.screen
        assert isinstance(card, EntityCard)
        card.show(INDEX)
        await shown.pilot.pause()
        assert "Morag Teale  also Teale" in shown.text
        assert card.query_one(RowList).selected == f"mention {TEALES[1]}"
        await shown.press("n")
        assert shown.result == GoToMention("e4", TEALES[0])


async def test_an_open_card_learns_what_the_analysis_finds(open_reader: Any) -> None:
    early = replace(ANALYSIS, quotations=())
    work = Work(Found("entities", 2, 6, Index(ARTICLE, early)))
    async with open_reader(work=work, size=(120, 40)) as reading:
        await reading.press("p", "enter")
        assert "Said" not in screen_text(reading.app)
        work.report(complete(ARTICLE, ANALYSIS))
        await reading.pilot.pause()
        await reading.pilot.pause()
        assert "2 quotations · 18 words" in screen_text(reading.app)
        await reading.press("n")
        assert reading.current == "Teale"


async def test_at_24_lines_a_card_takes_ten_and_never_covers_what_is_current(open_reader: Any) -> None:
    async with open_reader(size=(80, 24)) as reading:
        for _ in ANALYSIS.quotations:
            await reading.press("right_square_bracket", "enter")
            box = reading.app.screen.query_one("#dialog").region
            view = reading.screen.view
            current = view.cursor.quotation
            rows = {view.index.row_of(current.start), view.index.row_of(current.end - 1)}
            lines = {view.region.y + row - view.scroll_offset.y for row in rows}
            assert box.height <= 10
            assert not any(box.y <= line < box.bottom for line in lines)
            assert all(view.region.y <= line < 24 for line in lines)
            await reading.press("escape")


async def test_a_quotation_without_a_speaker_says_so() -> None:
    async with show(screen=quotation("q6")) as shown:
        assert "no speaker given" in shown.text
        assert "nothing to be sure of" in shown.text
        assert "s speaker" not in shown.text
        await shown.press("s", "space")
        assert shown.result is WAITING


@pytest.mark.parametrize(
    ("id", "keys", "result"),
    [
        ("q1", ["enter"], GoToQuotation("q1")),
        ("q1", ["s"], GoToSpeaker("q1")),
        ("q1", ["space"], OpenEntityCard("e4")),
        ("q1", ["n", "enter"], GoToQuotation("q2")),
        ("q1", ["n", "n", "enter"], GoToQuotation("q1")),
        ("q1", ["N", "enter"], GoToQuotation("q2")),
        ("q5", ["n", "enter"], GoToQuotation("q5")),
        ("q1", ["escape"], None),
    ],
)
async def test_what_a_quotation_card_answers(id: str, keys: list[str], result: object) -> None:
    async with show(screen=quotation(id)) as shown:
        await shown.press(*keys)
        assert shown.result == result


async def test_a_quotation_is_copied_with_its_citation() -> None:
    async with show(screen=quotation("q3")) as shown:
        await shown.press("y")
    assert shown.result == Copy(
        quotation_citation(INDEX, ANALYSIS.quotations[2], accessed=today()),
        "the quotation with its citation",
    )


async def test_a_long_quotation_scrolls_inside_a_small_screen() -> None:
    words = "“" + "never again " * 400 + "”"
    article = replace(ARTICLE, text=words)
    long = replace(ANALYSIS.quotations[5], start=0, end=len(words))
    screen = partial(QuotationCard, Index(article, replace(ANALYSIS, quotations=(long,))), long)
    async with show(screen=screen, size=(80, 24)) as shown:
        assert "Esc close" in shown.text
        await shown.press("pagedown", "down", "k", "up", "j", "pageup", *["pagedown"] * 12)
        assert "nothing to be sure of" in shown.text


async def test_foreign_text_is_never_markup_and_never_acts() -> None:
    text = "[b]\x1b[31mX\x07[/b]"
    article = replace(ARTICLE, text=text)
    entity = replace(ANALYSIS.entities[3], name=text, aliases=(text + "2",), mentions=())
    said = replace(ANALYSIS.quotations[5], start=0, end=len(text), evidence=text)
    analysis = replace(ANALYSIS, entities=(entity,), quotations=(said,))
    for screen in (
        partial(EntityCard, Index(article, analysis), entity),
        partial(QuotationCard, Index(article, analysis), said),
    ):
        async with show(screen=screen) as shown:
            assert "[b]" in shown.text
            assert not {"\x1b", "\x07"} & set(shown.text)
