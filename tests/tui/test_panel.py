"""The panel: what it shows, what it says, and that it stays where the reader put it."""

from __future__ import annotations

from dataclasses import replace

from reader.index import DOUBTFUL_BELOW, Index
from reader.model.analysis import NOT_LOOKED_FOR, Analysis, Cue, Entity, Mention, Quotation, Speaker
from reader.model.article import Article, Block, RemovedLine
from reader.text.names import folded
from reader.tui.drawing.about_rows import AboutRows
from reader.tui.drawing.entity_rows import EntityRows
from reader.tui.drawing.quotation_rows import Listing, QuotationRows
from reader.tui.drawing.removed_rows import RemovedRows
from reader.tui.drawing.rows import bar, wrapped
from reader.tui.keys import KeyHint
from reader.tui.widgets.panel import Panel
from reader.tui.widgets.panel_messages import (
    CardRequested,
    EntityChosen,
    QuotationChosen,
    RemovedChosen,
    RestoreRequested,
)
from reader.tui.widgets.panel_tabs import TABS
from reader.tui.widgets.row_list import RowList
from tests.tui.host import show
from tests.tui.scene import ANALYSIS, ARTICLE, TEXT

FINDINGS = Index(ARTICLE, ANALYSIS)


def drawn(rows: object, width: int = 60) -> list[str]:
    count = len(rows.keys)  # type: ignore[attr-defined]
    lines = [line for i in range(count) for line in rows.draw(i, width)]  # type: ignore[attr-defined]
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def test_quotations_in_order_under_their_speakers_with_cue_and_paragraph() -> None:
    assert drawn(QuotationRows(FINDINGS)) == [
        "Morag Teale",
        "  “Nobody was hurt, and that is the only good news I have,”",
        "  … “The ship is forty-one years old.”             told · ¶2",
        "Ibrahim Nasser",
        "  “a disaster on rails”                          ? said · ¶4",
        "  “We feel forgotten, and Teale knows it.”      ? added · ¶4",
        "“a notice on the pier”",
        "  “A replacement is being sought,”         according to · ¶5",
        "+1 fragment",
    ]


def test_quotations_by_speaker_with_counts_and_words() -> None:
    rows = QuotationRows(FINDINGS, Listing(by_speaker=True, fragments=True))
    lines = drawn(rows)
    assert lines[0] == "Morag Teale" + " " * 26 + "2 quotations · 18 words"
    assert lines[3] == "Ibrahim Nasser" + " " * 23 + "2 quotations · 11 words"
    assert lines[-2].startswith("no speaker given")
    assert [rows.selectable(i) for i in range(3)] == [False, True, False]
    assert sum(rows.heights(60)) == len(lines)


def test_only_the_doubtful_ones() -> None:
    assert QuotationRows(FINDINGS, Listing(doubtful=True)).keys == [
        "speaker q3",
        "q3",
        "q4",
        "speaker q5",
        "q5",
        "speaker q6",
        "q6",
    ]


def test_the_halves_of_a_split_utterance_are_one_row() -> None:
    rows = QuotationRows(FINDINGS)
    assert rows.key_of("q1") == rows.key_of("q2") == "q1"
    assert "q2" not in rows.keys


def test_nothing_is_said_of_speakers_until_they_have_been_looked_for() -> None:
    looking = tuple(
        replace(quotation, cue=None, speaker=None, confidence=0.0, evidence=NOT_LOOKED_FOR)
        for quotation in ANALYSIS.quotations
    )
    rows = QuotationRows(Index(ARTICLE, replace(ANALYSIS, quotations=looking)))
    lines = drawn(rows)
    assert lines[0] == "…"
    assert len([key for key in rows.keys if key.startswith("speaker ")]) == 1
    assert not any("no speaker" in line or "fragment" in line or "?" in line for line in lines)


def test_a_quotation_takes_three_lines_where_there_is_room() -> None:
    text = "He said: “" + "word after word " * 20 + "ends.”"
    start = text.index("“")
    said = Quotation("q", "direct", start, len(text), Cue(3, 7), Speaker(0, 2, None, None), 0.9, "")
    found = Index(Article(text, (Block("paragraph", 0, len(text)),)), Analysis((), (said,)))
    high = drawn(QuotationRows(found), 40)
    assert high[0] == "“He”"
    assert len(high) == 4
    assert " word… " in high[3] or " after… " in high[3]
    assert high[3].endswith("  said · ¶1")
    low = drawn(QuotationRows(found, Listing(lines=1)), 40)
    assert low[1].endswith("…  said · ¶1") or low[1].endswith("… said · ¶1")
    assert len(low) == 2


def test_the_role_stands_beside_the_name_and_turns_say_so() -> None:
    first = ANALYSIS.quotations[0]
    assert first.speaker is not None
    told = replace(first, kind="turn", cue=None, speaker=replace(first.speaker, role="chief executive"))
    lines = drawn(QuotationRows(Index(ARTICLE, replace(ANALYSIS, quotations=(told,)))))
    assert lines[0] == "Morag Teale  chief executive"
    assert lines[-1].endswith("turn · ¶2")


def test_entities_most_prominent_first_with_aliases_and_counts() -> None:
    assert drawn(EntityRows(FINDINGS, ("PERSON",)), 40) == [
        "Morag Teale  Teale              2      2",
        "Ibrahim Nasser                  2      1",
    ]
    assert EntityRows(FINDINGS, ("PLACE",)).keys == ["e1", "e2"]


def test_whose_words_fill_how_much() -> None:
    lines = drawn(AboutRows(FINDINGS, ["No pipeline."]), 40)
    assert "By         Catriona Vale" in lines
    assert "Length     120 words · about 1 min" in lines
    assert "Part of the page could not be read." in lines
    assert "No pipeline." in lines
    at = lines.index("Morag Teale               18 words · 15%")
    assert lines[at - 1] == "Whose words                   30% quoted"
    assert lines[at + 1] == "━" * 40
    assert lines[at + 3].startswith("━" * 24)
    rows = AboutRows(FINDINGS)
    shares = [rows.draw(rows.keys.index(key), 40)[0][0] for key in rows.keys if key.startswith("share ")]
    assert [(piece.text, piece.role) for piece in shares] == [
        ("Morag Teale", "person"),
        ("Ibrahim Nasser", "person"),
        ("“a notice on the pier”", "muted"),
        ("no speaker given", "muted"),
    ]
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
    assert QuotationRows(FINDINGS, Listing(query="FORGOTTEN")).keys == ["speaker q4", "q4"]
    assert QuotationRows(FINDINGS, Listing(query="teale")).keys == ["speaker q1", "q1", "speaker q4", "q4"]
    assert QuotationRows(FINDINGS, Listing(query="everyone")).keys == ["speaker q6", "q6"]
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
        heard = [(m.id, m.final) for m in shown.heard(QuotationChosen)]
        assert heard == [("q1", False), ("q3", False), ("q3", True)]
        made.select_quotation("q5")
        await shown.pilot.pause()
        assert made.query_one(RowList).selected == "q5"
        assert shown.heard(QuotationChosen) == []


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
        await shown.pilot.click("PanelTabs", (14, 0))
        assert made.tab == "people"
        assert "Quotes 6" in shown.text
        assert "Removed 3" in shown.text


async def test_tabs_have_the_same_titles_at_every_width() -> None:
    made = await panel()
    async with show(made, size=(56, 24)) as shown:
        assert shown.text.splitlines()[0] == " Quotes 6  People 2  Places 2  Orgs 1  Removed 3  About"
        for width in (46, 42, 40):
            await shown.pilot.resize_terminal(width, 24)
            await shown.pilot.pause()
            assert [word for word in shown.text.splitlines()[0].split() if not word.isdigit()] == [
                tab.title for tab in TABS
            ]
        await shown.pilot.resize_terminal(30, 24)
        await shown.pilot.pause()
        assert shown.text.splitlines()[0].startswith(" Quotes People Places")
        made.open_tab("article")
        await shown.pilot.pause()
        assert shown.text.splitlines()[0].endswith("Removed About")
        await shown.pilot.click("PanelTabs", (20, 0))
        assert made.tab == "removed"


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
        assert shown.heard(QuotationChosen, EntityChosen) == []


async def test_filtering_as_one_types() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        made.focus_list()
        await shown.press("slash", *"nass")
        assert made.query_one(RowList).rows.keys == ["speaker q3", "q3", "q4"]
        await shown.press("enter")
        assert [m.id for m in shown.heard(QuotationChosen)][-1] == "q3"
        await shown.press("escape")
        assert len(made.query_one(RowList).rows.keys) == 8
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
        assert made.query_one(RowList).selected == "fragments"
        assert "2 quotations" in shown.text
        await shown.pilot.click("#panel-modes", (3, 0))
        assert not made.by_speaker


async def test_the_doubtful_ones_alone_until_the_filter_ends() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        assert "In order · By speaker · Doubtful 4" in shown.text
        made.focus_list()
        await shown.press("a")
        assert "Nobody was hurt" not in shown.text
        assert KeyHint("Esc", "end the filter", "clear_filter") in made.hints
        await shown.press("escape")
        assert "Nobody was hurt" in shown.text
        await shown.pilot.click("#panel-modes", (28, 0))
        assert "Nobody was hurt" not in shown.text


async def test_fragments_are_folded_until_they_are_asked_for() -> None:
    made = await panel()
    async with show(made, size=(48, 24)) as shown:
        made.focus_list()
        assert "+1 fragment" in shown.text
        assert "Everyone out" not in shown.text
        await shown.press("f")
        assert "Everyone out" in shown.text
        await shown.press("f", "end", "enter")
        assert "Everyone out" in shown.text
        assert [m.id for m in shown.heard(QuotationChosen)] == ["q1"]


async def test_eight_lines_hold_three_quotations_and_their_speakers() -> None:
    made = await panel()
    async with show(made, size=(80, 8)) as shown:
        lines = shown.text.splitlines()
        assert lines[0].startswith(" Quotes 6  People 2")
        assert lines[1] == " In order · By speaker · Doubtful 4"
        assert lines[2] == " Morag Teale"
        assert lines[3].startswith("   “Nobody was hurt")
        assert lines[3].endswith("told · ¶2")
        assert "? added · ¶4" in lines[6]


async def test_cards_mentions_and_double_clicks() -> None:
    made = await panel()
    async with show(made, size=(60, 24)) as shown:
        made.focus_list()
        await shown.press("space")
        made.open_tab("people")
        await shown.press("down", "n", "n", "N", "space")
        chosen = [(m.id, m.mention, m.final) for m in shown.heard(EntityChosen)]
        first, second = (mention.start for mention in ANALYSIS.entities[3].mentions)
        assert chosen == [
            ("e4", None, False),
            ("e4", second, False),
            ("e4", first, False),
            ("e4", second, False),
        ]
        await shown.pilot.double_click(RowList, (3, 1))
        cards = [(m.kind, m.id) for m in shown.heard(CardRequested)]
        assert cards == [("quotation", "q1"), ("entity", "e4"), ("entity", "e5")]


async def test_the_balance_leads_to_the_entity() -> None:
    made = await panel()
    async with show(made, size=(60, 24)) as shown:
        made.open_tab("article")
        made.focus_list()
        await shown.press("end", "space", "home", "enter", "space")
        assert [m.id for m in shown.heard(EntityChosen)] == ["e4", "e4", "e4"]
        assert [m.id for m in shown.heard(CardRequested)] == ["e4"]


async def test_removed_lines_are_shown_chosen_and_put_back() -> None:
    made = await panel()
    async with show(made, size=(60, 24)) as shown:
        made.open_tab("removed")
        made.focus_list()
        assert "Home News" in shown.text
        assert "page footer · 2 lines" in shown.text
        assert "Subscribe to our newsletter" not in shown.text
        await shown.press("down")
        assert shown.heard(RemovedChosen) == []
        await shown.press("u", "enter", "down", "enter", "u", "U")
        assert "Subscribe to our newsletter" in shown.text
        assert [m.line for m in shown.heard(RemovedChosen)] == [14]
        assert [m.lines for m in shown.heard(RestoreRequested)] == [(14, 15), (14,), (1, 14, 15)]


def test_runs_of_removed_lines_are_one_row() -> None:
    lines = [RemovedLine(n, f"Link {n}", "site navigation", 0) for n in range(1, 41)]
    article = replace(ARTICLE, removed=(*lines, RemovedLine(60, "0 Comments", "comment widget", 9)))
    assert drawn(RemovedRows(article), 40) == [
        "▸ page header · 40 lines      lines 1–40",
        "  site navigation",
        "  0 Comments",
        "  line 60 · comment widget",
    ]
    rows = RemovedRows(article, unfolded={"run 1"})
    assert len(rows.keys) == 42
    assert sum(rows.heights(40)) == len(drawn(rows, 40))
    assert rows.lines("run 1") == tuple(range(1, 41))
    assert RemovedRows(article, "link 7").keys == ["7"]


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
        assert made.query_one(RowList).selected == "fragments"
        assert made.query_one(RowList).scroll_offset == place


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
        assert "about 1 min" in shown.text


async def test_another_article_starts_afresh() -> None:
    made = await panel()
    async with show(made, size=(60, 12)) as shown:
        made.focus_list()
        await shown.press("end", "slash", *"out")
        made.show(Index(Article(text=TEXT + "!", blocks=ARTICLE.blocks), ANALYSIS))
        await shown.pilot.pause()
        assert made.query_one(RowList).selected is None
        assert made.query_one(RowList).scroll_offset.y == 0
        assert len(made.query_one(RowList).rows.keys) == 8


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
        assert ("? told" in "".join(drawn(QuotationRows(found)))) is marked
