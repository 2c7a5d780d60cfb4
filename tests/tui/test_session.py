"""One state at a time: what the screen shows, copies and leads to is that of the state, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reader.index import Index
from reader.model.analysis import Analysis, Entity, Mention
from reader.model.anchors import anchor
from reader.model.corrections import NoQuotation
from reader.tui.session import Failed as FailedState
from reader.tui.session import Nothing, Session, Showing, Trouble
from reader.tui.session import Reading as ReadingState
from reader.tui.widgets.bars import StateView
from reader.tui.widgets.row_list import RowList
from reader.work.client import ArticleRead, BytesRead, Found, JobFailed, Remembered
from reader.work.librarian import DatedDecision
from reader.work.messages import Job, JobOptions
from tests.tui.articles import article_of
from tests.tui.conftest import Work, complete
from tests.tui.host import screen_text
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from pathlib import Path

GONE = JobFailed("source", "There is no page at this address (404)", "Check the address")
BAD = JobFailed("source", "two.txt is no text", "Open another file")


def session_of(article: Any = None) -> tuple[Session, list[Any]]:
    """A session, and the states that it was in before each change."""
    before: list[Any] = []
    session = Session(before.append)
    if article is not None:
        session.show(article)
    return session, before


def test_a_session_is_in_one_state_and_tells_each_change() -> None:
    session, before = session_of()
    states = [session.state]
    session.read("a.txt")
    session.progress(3, 9)
    states.append(session.state)
    assert session.article is None
    session.show(ARTICLE)
    states.append(session.state)
    assert states == [Nothing(), ReadingState("a.txt", done=3, total=9), Showing(ARTICLE)]
    assert [type(state).__name__ for state in before] == ["Nothing", "Reading", "Reading"]


def test_what_is_read_anew_hides_the_article_and_what_is_read_again_does_not() -> None:
    session, _ = session_of(ARTICLE)
    session.read("b.txt")
    assert session.shown is None
    assert session.give_up()
    assert session.article is ARTICLE
    session.read(ARTICLE.source, again=True)
    assert session.article is ARTICLE
    session.fail(ARTICLE.source, Trouble("It is gone"))
    assert isinstance(session.state, FailedState)
    assert session.article is ARTICLE
    session.read(ARTICLE.source, again=True)
    session.show(replace(ARTICLE, title="Another"))
    assert isinstance(session.state, Showing)


def test_an_analysis_goes_on_under_a_failed_reload() -> None:
    session, _ = session_of(ARTICLE)
    session.read(ARTICLE.source, again=True)
    session.fail(ARTICLE.source, Trouble("It is gone"))
    found = complete(ARTICLE, ANALYSIS)
    session.find(found)
    assert session.shown is not None
    assert session.shown.found is found
    assert isinstance(session.state, FailedState)


def test_what_comes_for_no_article_changes_nothing() -> None:
    session, before = session_of()
    session.progress(1, 2)
    session.find(complete(ARTICLE, ANALYSIS))
    session.stop_finding(Trouble("no"))
    session.file_changed()
    assert not session.give_up()
    assert before == []


def test_many_quotations_are_corrected_apart_and_what_comes_late_is_not_shown(monkeypatch: Any) -> None:
    monkeypatch.setattr("reader.tui.session._MANY", 2)
    waiting: list[Any] = []
    session = Session(lambda _: None, lambda work, deliver: waiting.append((work, deliver)))
    session.show(ARTICLE)
    session.find(complete(ARTICLE, ANALYSIS))
    assert waiting == []  # nothing is decided yet
    found = session.shown.found if session.shown else None
    places = [anchor(ARTICLE.text, quotation.start, quotation.end) for quotation in ANALYSIS.quotations[:2]]
    decisions = tuple(DatedDecision(NoQuotation(place), "2026-03-01") for place in places)
    session.decide(decisions[:1])
    assert session.shown is not None
    assert session.shown.decisions == decisions[:1]  # it holds, and is seen a moment later
    assert session.shown.found is found
    session.decide(decisions)
    session.file_changed()
    for work, deliver in waiting:
        deliver(work())
    assert session.shown.decisions == decisions
    assert session.shown.changed
    assert session.shown.findings is not None
    assert session.shown.findings.quotations[0].start == ANALYSIS.quotations[2].start
    session.decide(())
    assert len(waiting) == 2
    assert session.shown.findings.analysis == ANALYSIS


async def test_nothing_of_the_article_before_is_there_while_another_is_read(open_reader: Any) -> None:
    async with open_reader() as reading:
        await reading.press("right_square_bracket")
        assert reading.quotation == "q1"
        reading.work.updates = (BytesRead(100, 200),)
        reading.screen.controls.opening.source("https://example.org/slow")
        await reading.pilot.pause()
        await reading.pilot.pause()
        drawn = screen_text(reading.app)
        assert "https://example.org/slow" in drawn
        for old in ("Nobody was hurt", "Morag Teale", "Ferry to Orsay", "Quotations"):
            assert old not in drawn
        for key in ("y", "Y", "right_square_bracket", "s", "enter", "e", "1", "x", "slash"):
            await reading.press(key)
        assert reading.copied == []
        assert reading.app.screen is reading.screen
        assert "no article" in reading.status
        await reading.press("q")
        assert reading.article == ARTICLE
        assert reading.app.is_running


async def test_one_of_several_that_cannot_be_read_stands_alone_and_blocks_nothing(open_reader: Any) -> None:
    first = replace(ARTICLE, source="one.txt")
    third = article_of("The third article.", source="three.txt")
    async with open_reader(first, sources=["one.txt", "two.txt", "three.txt"]) as reading:
        reading.work.updates = (BAD,)
        reading.screen.controls.shelf.open(1)
        await reading.pilot.pause()
        await reading.pilot.pause()
        drawn = screen_text(reading.app)
        assert "two.txt is no text" in drawn
        for old in ("Nobody was hurt", "Morag Teale", "Ferry to Orsay"):
            assert old not in drawn
        reading.work.updates = (ArticleRead(third), complete(third, Analysis()))
        await reading.press("right_parenthesis")
        await reading.pilot.pause()
        assert reading.article == third
        reading.work.updates = (ArticleRead(first), complete(first, ANALYSIS))
        await reading.press("left_parenthesis")
        await reading.pilot.pause()
        assert reading.article == first


async def test_a_deleted_file_keeps_its_article(open_reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    article = replace(ARTICLE, source=str(path))
    async with open_reader(article) as reading:
        await reading.press("right_square_bracket")
        reading.work.updates = (JobFailed("source", f"There is no file {path}", "Check the path"),)
        await reading.press("r")
        await reading.pilot.pause()
        assert reading.article == article
        assert "There is no file" in reading.notice
        assert "stays" in reading.notice
        assert any("Sailings" in row for row in reading.rows)
        await reading.press("y")
        assert reading.copied[0].startswith("“Nobody was hurt")
        await reading.press("right_square_bracket")
        assert reading.quotation == "q2"
        await reading.press("escape", "escape")
        assert "There is no file" not in reading.notice
        assert reading.article == article


async def test_an_article_that_is_read_again_stays_until_it_has_come(open_reader: Any) -> None:
    async with open_reader() as reading:
        reading.work.updates = ()
        await reading.press("r")
        assert any("Sailings" in row for row in reading.rows)
        assert "again" in reading.notice
        await reading.press("right_square_bracket")
        assert reading.quotation == "q1"
        new = replace(ARTICLE, title="Another title")
        reading.work.report(ArticleRead(new))
        await reading.pilot.pause()
        assert reading.article == new
        assert "again" not in reading.notice


class Early(Work):
    """Work that had told so much before there was a screen."""

    def __init__(self, source: str, *told: Any) -> None:
        super().__init__()
        self.job = Job(source, None, JobOptions())
        self._told = list(told)

    def first(self, timeout: float) -> Any:
        return self._told.pop(0) if self._told else None

    def attach(self, deliver: Any) -> None:
        self._deliver = deliver


async def test_an_article_that_is_there_in_time_is_not_announced(
    open_reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words about its being read would have every style worked out twice before the first frame."""
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(StateView, "tell", lambda _, *words: told.append(words))
    early = Early("ferry.txt", ArticleRead(ARTICLE))
    async with open_reader(None, source="ferry.txt", early=early) as reading:
        await reading.pilot.pause()
        assert any("Sailings" in row for row in reading.rows)
    assert told == []


async def test_what_was_not_fetched_says_from_when_it_is(
    open_reader: Any,
) -> None:
    kept = Remembered(True, (), "2026-03-04T12:30:00+00:00")
    work = Work(kept, ArticleRead(ARTICLE), complete(ARTICLE, ANALYSIS))
    async with open_reader(None, source=ARTICLE.source, work=work) as reading:
        assert "As read on 4 March 2026" in reading.notice
        assert "r reads it again" in reading.notice
        work.updates = (ArticleRead(ARTICLE), complete(ARTICLE, ANALYSIS))
        await reading.press("r")
        assert [job.options.again for job in work.jobs] == [False, True]
        assert "As read on" not in reading.notice


@pytest.mark.parametrize("size", [(80, 24), (120, 30)])
async def test_an_address_that_fails_at_once_says_so_on_the_screen(
    open_reader: Any, size: tuple[int, int]
) -> None:
    sources = ["https://example.org/gone"]
    early = Early(sources[0], GONE)
    async with open_reader(None, source=sources[0], early=early, sources=sources, size=size) as reading:
        await reading.pilot.pause()
        drawn = screen_text(reading.app)
        assert "There is no page at this address (404)" in drawn
        assert "Check the address" in drawn
        assert "r tries again" in drawn
        reading.work.updates = (ArticleRead(ARTICLE), complete(ARTICLE, ANALYSIS))
        await reading.press("r")
        await reading.pilot.pause()
        assert any("Sailings" in row for row in reading.rows)


async def test_a_card_that_was_open_when_more_became_known_leads_to_the_same_person(open_reader: Any) -> None:
    teale, others = ANALYSIS.entities[3], [e for e in ANALYSIS.entities if e.id != "e4"]
    early = Analysis((replace(teale, mentions=teale.mentions[1:], id="e4"),))
    work = Work()
    async with open_reader(work=work) as reading:
        work.report(Found("entities", 1, 6, Index(ARTICLE, early)))
        await reading.pilot.pause()
        await reading.press("p", "enter")
        assert type(reading.app.screen).__name__ == "EntityCard"
        # Another person turns out to be named before her, and another mention of hers.
        first = Entity("e0", "PERSON", "Saint Brannoc", (), (Mention(0, 5),))
        work.report(complete(ARTICLE, Analysis((first, *others, teale), ANALYSIS.quotations)))
        await reading.pilot.pause()
        await reading.press("n")
        assert reading.screen.view.cursor.mention.entity.id == "e4"
        assert reading.current in ("Morag Teale", "Teale")


async def test_a_card_of_what_turned_out_to_be_nothing_leads_nowhere(open_reader: Any) -> None:
    ghost = Analysis((Entity("e7", "PERSON", "Sailings", (), (Mention(51, 59),)),))
    work = Work()
    async with open_reader(work=work) as reading:
        work.report(Found("entities", 1, 6, Index(ARTICLE, ghost)))
        await reading.pilot.pause()
        await reading.press("p", "enter")
        work.report(complete(ARTICLE, ANALYSIS))
        await reading.pilot.pause()
        await reading.press("n")
        assert reading.app.screen is reading.screen
        assert reading.current == ""


async def test_the_panel_keeps_its_selection_while_more_becomes_known(open_reader: Any) -> None:
    later = ANALYSIS.quotations[2:]
    work = Work()
    async with open_reader(work=work) as reading:
        work.report(Found("quotations", 1, 6, Index(ARTICLE, Analysis((), later))))
        await reading.pilot.pause()
        await reading.press("1", "down")
        selected = reading.screen.panel.query_one(RowList).selected
        assert selected == later[1].id
        work.report(complete(ARTICLE, ANALYSIS))
        await reading.pilot.pause()
        assert reading.screen.panel.query_one(RowList).selected == selected


async def test_pasted_text_is_cleaned_in_the_background(open_reader: Any) -> None:
    pasted = "A title\n\n" + "A sentence that was pasted. " * 80_000
    async with open_reader() as reading:
        reading.work.updates = ()
        reading.screen.controls.opening.text(pasted)
        await reading.pilot.pause()
        assert reading.work.jobs[-1].text == pasted
        assert reading.article is None
        assert reading.app.screen is reading.screen
        reading.work.report(ArticleRead(replace(ARTICLE, source="")))
        await reading.pilot.pause()
        assert any("Sailings" in row for row in reading.rows)
        assert reading.article == replace(ARTICLE, source="")
