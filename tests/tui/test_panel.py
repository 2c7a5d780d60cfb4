"""The panel: what it shows, what it says, and that it stays where the reader put it."""

from __future__ import annotations

from dataclasses import replace

from reader.index import DOUBTFUL_BELOW, Index
from reader.model.analysis import Analysis, Entity, Mention, Quotation
from reader.model.article import Article, Block, RemovedLine
from reader.text.names import folded
from reader.tui.widgets.panel import Panel
from reader.tui.widgets.panel_rows import AboutRows, EntityRows, QuotationRows, SpeakerRows, bar, wrapped
from reader.tui.widgets.panel_tabs import TABS
from reader.tui.widgets.row_list import RowList
from tests.tui.host import show
from tests.tui.scene import ANALYSIS, ARTICLE, TEXT

FINDINGS = Index(ARTICLE, ANALYSIS)


def drawn(rows: object, width: int = 60) -> list[str]:
    count = len(rows.keys)  # type: ignore[attr-defined]
    lines = [line for i in range(count) for line in rows.draw(i, width)]  # type: ignore[attr-defined]
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def test_quotations_in_order_with_speaker_cue_and_paragraph() -> None:
    assert drawn(QuotationRows(FINDINGS)) == [
        "“Nobody was hurt, and that is the only good news I have,”",
        "  — Morag Teale · told · ¶2",
        "“The ship is forty-one years old.”",
        "  — Morag Teale · told · ¶2",
        "“a disaster on rails”",
        "  — Ibrahim Nasser ? · said · ¶4",
        "“We feel forgotten, and Teale knows it.”",
        "  — Ibrahim Nasser ? · added · ¶4",
        "“A replacement is being sought,”",
        "  — “a notice on the pier” · according to · ¶5",
        "“Everyone out!”",
        "  — no speaker given · ¶5",
    ]


def test_quotations_by_speaker_with_counts_and_words() -> None:
    lines = drawn(SpeakerRows(FINDINGS))
    assert lines[0] == "Morag Teale" + " " * 26 + "2 quotations · 18 words"
    assert lines[1:3] == [
        "  “Nobody was hurt, and that is the only good news I have,”",
        "  told · ¶2",
    ]
    assert "  ? added · ¶4" in lines
    assert lines[-3].startswith("no speaker given")
    rows = SpeakerRows(FINDINGS)
    assert [rows.selectable(i) for i in range(3)] == [False, True, True]
    assert sum(rows.heights(60)) == len(lines)


def test_entities_most_prominent_first_with_aliases_and_counts() -> None:
    assert drawn(EntityRows(FINDINGS, ("PERSON",)), 40) == [
        "Morag Teale  Teale              2      2",
        "Ibrahim Nasser                  2      1",
    ]
    assert EntityRows(FINDINGS, ("PLACE",)).keys == ["e1", "e2"]


def test_whose_words_fill_how_much() -> None:
    lines = drawn(AboutRows(FINDINGS, ["No pipeline."]), 40)
    assert "By         Catriona Vale" in lines
    assert "Length     120 words · about 1 minute" in lines
    assert "Part of the page could not be read." in lines
    assert "No pipeline." in lines
    at = lines.index("Morag Teale               18 words · 15%")
    assert lines[at - 1] == "Whose words                   30% quoted"
    assert lines[at + 1] == "━" * 40
    assert lines[at + 3].startswith("━" * 24)
    rows = AboutRows(FINDINGS)
    assert sum(rows.heights(40)) == len(drawn(rows, 40))


def test_bars_are_never_nothing_and_never_too_long() -> None:
    assert bar(0, 10) == "╸"
    assert bar(0.55, 10) == "━━━━━╸"
    assert bar(1, 10) == bar(2, 10) == "━" * 10


def test_text_is_wrapped_by_columns() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("漢字漢字漢字", 4) == ["漢字", "漢字", "漢字"]
    assert wrapped("", 9) == [""]


def test_filters_ignore_case_and_accents() -> None:
    assert folded("Đorđević ŠEŠELJ İ") == folded("đordevic seselj i".replace("d", "đ", 1)).replace(
        "đordevic", "đorđevic"
    )
    assert QuotationRows(FINDINGS, "FORGOTTEN").keys == ["q4"]
    assert QuotationRows(FINDINGS, "teale").keys == ["q1", "q2", "q4"]
    assert SpeakerRows(FINDINGS, "nasser").keys == ["speaker e5", "q3", "q4"]
    assert SpeakerRows(FINDINGS, "ship").keys == ["speaker e4", "q2"]
    assert EntityRows(FINDINGS, ("PERSON",), "tea").keys == ["e4"]


async def panel(**arguments: object) -> Panel:
    made = Panel()
    made.show(Index(ARTICLE, ANALYSIS), **arguments)  # type: ignore[arg-type]
    return made


async def test_moving_tells_choosing_tells_finally_and_selecting_tells_nothing() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        made.focus_list()
        await shown.press("down", "enter")
        heard = [(m.id, m.final) for m in shown.heard(Panel.QuotationChosen)]
        assert heard == [("q1", False), ("q2", False), ("q2", True)]
        made.select_quotation("q5")
        await shown.pilot.pause()
        assert made.query_one(RowList).selected == "q5"
        assert shown.heard(Panel.QuotationChosen) == []


async def test_tabs_by_key_and_by_mouse() -> None:
    made = await panel()
    async with show(made, size=(70, 24)) as shown:
        made.focus_list()
        order = []
        for _ in TABS:
            order.append(made.tab)
            await shown.press("right")
        assert order == [tab.name for tab in TABS]
        await shown.press("left")
        assert made.tab == "article"
        await shown.pilot.click("PanelTabs", (20, 0))
        assert made.tab == "people"
        assert "Quotations 6" in shown.text
        assert "Removed 3" in shown.text


async def test_tabs_shorten_with_the_width() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        assert shown.text.splitlines()[0] == " Quotes 6 People 2 Places 2 Orgs 1 Cut 3 About"
        await shown.pilot.resize_terminal(40, 24)
        await shown.pilot.pause()
        assert shown.text.splitlines()[0] == " Quotes 6 People Places Orgs Cut About"
        await shown.pilot.resize_terminal(36, 24)
        await shown.pilot.pause()
        assert shown.text.splitlines()[0] == " Quotes People Places Orgs Cut About"
        await shown.pilot.resize_terminal(30, 24)
        await shown.pilot.pause()
        assert shown.text.splitlines()[0].split() == ["Quotes", "2", "3", "4", "5", "6"]
        await shown.pilot.click("PanelTabs", (9, 0))
        assert made.tab == "people"


async def test_what_is_current_in_the_article_is_selected_when_its_tab_opens() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        made.select_entity("e5")
        assert made.tab == "quotations"
        made.open_tab("people")
        assert made.query_one(RowList).selected == "e5"
        made.select_quotation("q3")
        assert made.query_one(RowList).selected == "e5"
        made.open_tab("quotations")
        assert made.query_one(RowList).selected == "q3"
        assert shown.heard(Panel.QuotationChosen, Panel.EntityChosen) == []


async def test_filtering_as_one_types() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        made.focus_list()
        await shown.press("slash", *"nass")
        assert made.query_one(RowList).rows.keys == ["q3", "q4"]
        await shown.press("enter")
        assert [m.id for m in shown.heard(Panel.QuotationChosen)][-1] == "q3"
        await shown.press("escape")
        assert len(made.query_one(RowList).rows.keys) == 6
        await shown.press("slash", *"zzz")
        assert "Nothing here contains “zzz”" in shown.text
        await shown.press("escape", "slash", "down")
        assert made.query_one(RowList).has_focus


async def test_grouping_by_speaker_keeps_the_selection() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        made.focus_list()
        await shown.press("end", "s")
        assert made.by_speaker
        assert made.query_one(RowList).selected == "q6"
        assert "2 quotations" in shown.text
        await shown.pilot.click("#panel-mode", (3, 0))
        assert not made.by_speaker


async def test_cards_mentions_and_double_clicks() -> None:
    made = await panel()
    async with show(made, size=(60, 24)) as shown:
        made.focus_list()
        await shown.press("space")
        made.open_tab("people")
        await shown.press("down", "n", "n", "N", "space")
        chosen = [(m.id, m.mention, m.final) for m in shown.heard(Panel.EntityChosen)]
        first, second = (mention.start for mention in ANALYSIS.entities[3].mentions)
        assert chosen == [
            ("e4", None, False),
            ("e4", second, False),
            ("e4", first, False),
            ("e4", second, False),
        ]
        await shown.pilot.double_click(RowList, (3, 1))
        cards = [(m.kind, m.id) for m in shown.heard(Panel.CardRequested)]
        assert cards == [("quotation", "q1"), ("entity", "e4"), ("entity", "e5")]


async def test_the_balance_leads_to_the_entity() -> None:
    made = await panel()
    async with show(made, size=(60, 24)) as shown:
        made.open_tab("article")
        made.focus_list()
        await shown.press("end", "space", "home", "enter", "space")
        assert [m.id for m in shown.heard(Panel.EntityChosen)] == ["e4", "e4", "e4"]
        assert [m.id for m in shown.heard(Panel.CardRequested)] == ["e4"]


async def test_removed_lines_are_shown_chosen_and_put_back() -> None:
    made = await panel()
    async with show(made, size=(60, 24)) as shown:
        made.open_tab("removed")
        made.focus_list()
        assert "Subscribe to our newsletter" in shown.text
        await shown.press("down", "enter", "u", "U")
        assert [(m.line, m.final) for m in shown.heard(Panel.RemovedChosen)] == [
            (1, False),
            (14, False),
            (14, True),
        ]
        assert [m.lines for m in shown.heard(Panel.RestoreRequested)] == [(14,), (1, 14, 15)]


async def test_partial_results_do_not_move_what_the_reader_looks_at() -> None:
    made = Panel()
    made.show(Index(ARTICLE), busy="Looking for quotations…")
    async with show(made, size=(48, 12)) as shown:
        assert "Looking for quotations…" in shown.text
        made.show(Index(ARTICLE, replace(ANALYSIS, entities=())), busy="Looking for names…")
        made.focus_list()
        await shown.press("end")
        place = made.query_one(RowList).scroll_offset
        made.show(Index(ARTICLE, ANALYSIS), busy="Looking for speakers…")
        await shown.pilot.pause()
        assert made.query_one(RowList).selected == "q6"
        assert made.query_one(RowList).scroll_offset == place
        assert "Looking for speakers…" in shown.text
        made.show(Index(ARTICLE, ANALYSIS))
        await shown.pilot.pause()
        assert "Looking for" not in shown.text


async def test_states_without_findings_say_so() -> None:
    made = Panel()
    bare = Article(text="Nothing happened.", blocks=(Block("paragraph", 0, 17),))
    async with show(made, size=(60, 12)) as shown:
        made.show(Index(bare))
        await shown.pilot.pause()
        assert "Not analysed yet." in shown.text
        made.show(Index(bare), failed="The pipeline is missing. Install it again.")
        await shown.pilot.pause()
        assert "The pipeline is missing. Install it again." in shown.text
        made.show(Index(bare, Analysis()))
        for tab, words in (
            ("quotations", "quotes nobody"),
            ("people", "No people"),
            ("places", "No places"),
            ("organisations", "No organisations"),
            ("removed", "Nothing was removed"),
        ):
            made.open_tab(tab)
            await shown.pilot.pause()
            assert words in shown.text
        await shown.press("slash", "space", "s", "n", "u", "U")
        made.open_tab("article")
        await shown.pilot.pause()
        assert "about 1 minute" in shown.text


async def test_another_article_starts_afresh() -> None:
    made = await panel()
    async with show(made, size=(60, 12)) as shown:
        made.focus_list()
        await shown.press("end", "slash", *"out")
        made.show(Index(Article(text=TEXT + "!", blocks=ARTICLE.blocks), ANALYSIS))
        await shown.pilot.pause()
        assert made.query_one(RowList).selected is None
        assert made.query_one(RowList).scroll_offset.y == 0
        assert len(made.query_one(RowList).rows.keys) == 6


async def test_foreign_text_is_never_markup_and_never_acts() -> None:
    text = "[bold red]Mayor[/] \x1b[31mEvil\x07 said \u202e“boo [link=x]”"
    start = text.index("“")
    evil = Article(
        text=text,
        blocks=(Block("paragraph", 0, len(text)),),
        title="[b]\x1b]0;x\x07",
        removed=(RemovedLine(1, "[red]\x1b[2J", "[i]", 0),),
    )
    name = Entity("e1", "PERSON", "[u]\x1b[31mEvil", ("[x]\x9b",), (Mention(0, 17),))
    quotation = Quotation("q1", "direct", start, len(text), None, None, 0.1, "[b]\x1b")
    made = Panel()
    made.show(Index(evil, Analysis((name,), (quotation,))), busy="[b]busy", failed="[i]failed")
    async with show(made, size=(70, 20)) as shown:
        for tab in TABS:
            made.open_tab(tab.name)
            await shown.pilot.pause()
            assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown.text)
        made.open_tab("people")
        await shown.pilot.pause()
        assert "[u]" in shown.text


def test_the_threshold_decides_about_the_question_mark() -> None:
    sure = replace(ANALYSIS.quotations[0], confidence=DOUBTFUL_BELOW)
    unsure = replace(ANALYSIS.quotations[0], confidence=DOUBTFUL_BELOW - 0.01)
    for quotation, marked in ((sure, False), (unsure, True)):
        found = Index(ARTICLE, replace(ANALYSIS, quotations=(quotation,)))
        assert (" ? " in drawn(QuotationRows(found))[1]) is marked
