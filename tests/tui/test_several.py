"""Several articles: the list of them, going from one to the next, coming back."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import textual

from reader.index import Index
from reader.language.fingerprint import embedded_identity
from reader.library.library import Library
from reader.library.reading import keep
from reader.tui.app import ReaderApp
from reader.tui.screens.article_list import ArticleList
from reader.work.client import ArticleRead, Found, JobFailed
from reader.work.messages import JobOptions
from tests.tui.articles import LONG
from tests.tui.host import screen_text
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from reader.work.client import Deliver, Update
    from reader.work.messages import Job

FERRY = replace(ARTICLE, source="ferry.txt")
LONG_ONE = replace(LONG, source="long.txt", title="A long one")
BAD = JobFailed("source", "bad.bin is no text", "Open another file")
SOURCES: dict[str, ArticleRead | JobFailed] = {
    "ferry.txt": ArticleRead(FERRY),
    "bad.bin": BAD,
    "long.txt": ArticleRead(LONG_ONE),
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in SOURCES:
        (tmp_path / name).touch()


class Desk:
    """Work that gives each source its own answer; the analysis follows at once."""

    def __init__(self, sources: dict[str, ArticleRead | JobFailed]) -> None:
        self.sources = sources
        self.jobs: list[Job] = []

    def __call__(self, job: Job, deliver: Deliver) -> Desk:
        self.jobs.append(job)
        answer: Update = self.sources[job.source]
        if job.article is None:
            deliver(answer)
        if isinstance(answer, ArticleRead):
            analysis = ANALYSIS if job.source == "ferry.txt" else None
            if analysis is not None:
                deliver(Found("complete", 1, 1, Index(answer.article, analysis)))
        return self

    def go(self) -> None:
        pass

    def cancel(self) -> None:
        pass


@asynccontextmanager
async def several(
    open_reader: Any, size: tuple[int, int] = (100, 30), options: JobOptions | None = None
) -> AsyncIterator[Any]:
    """The reader, opened on several articles."""
    sources = list(SOURCES)
    desk = Desk(SOURCES)
    more = {"options": options} if options else {}
    async with open_reader(
        None,
        source=sources[0],
        sources=sources,
        size=size,
        work=desk,
        start_cataloguing=Desk(SOURCES),
        **more,
    ) as reading:
        for _ in range(4):
            await reading.pilot.pause()
        yield reading


@pytest.mark.skipif(
    textual.__version__ != "8.2.8" or sys.version_info[:2] != (3, 11),
    reason="pictures differ between versions",
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["small", "medium"])
def test_the_list_looks_as_it_should(
    snap_compare: Callable[..., bool], tmp_path: Path, size: tuple[int, int]
) -> None:
    sources = list(SOURCES)
    app = ReaderApp(
        sources[0],
        sources=sources,
        state=tmp_path / "state",
        start_work=Desk(SOURCES),
        start_cataloguing=Desk(SOURCES),
    )

    async def open_one_and_come_back(pilot: Pilot[int]) -> None:
        for key in ("enter", "q"):
            await pilot.press(key)
            await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=open_one_and_come_back)


async def test_several_open_as_a_list_that_says_what_each_is(open_reader: Any) -> None:
    async with several(open_reader) as reading:
        assert isinstance(reading.app.screen, ArticleList)
        text = screen_text(reading.app)
        assert "3 articles" in text
        assert "1 cannot be read" in text
        assert "Ferry to Orsay Island suspended after engine fire" in text
        assert "The Lennox Courier · 17 February 2026 · 1 min · 120 words" in text
        assert "bad.bin" in text
        assert "cannot be read: bad.bin is no text" in text
        assert "2 new" in text


async def test_the_library_knows_how_many_quotations_each_has(open_reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    library = Library(path)
    keep(library, FERRY, replace(ANALYSIS, pipeline=embedded_identity()))
    keep(library, LONG_ONE, None)  # not analysed: nothing is said of its quotations
    library.close()
    async with several(open_reader, options=JobOptions(library=str(path))) as reading:
        for _ in range(500):
            await reading.pilot.pause(0.02)
            if "6 quotations" in screen_text(reading.app):
                break
        assert screen_text(reading.app).count("6 quotations") == 1
        assert screen_text(reading.app).count("quotation") == 1


async def test_from_the_list_to_an_article_and_back(open_reader: Any) -> None:
    async with several(open_reader) as reading:
        await reading.press("enter")
        await reading.pilot.pause()
        assert reading.article == FERRY
        assert "1 of 3 · 1 min" in str(reading.screen.query_one("#title").render())
        assert str(reading.screen.query_one("#keys").render()).rstrip().endswith("q back")
        await reading.press("q")
        assert isinstance(reading.app.screen, ArticleList)
        text = screen_text(reading.app)
        assert "6 quotations" in text
        assert "read" in next(line for line in text.splitlines() if "Ferry" in line)
        await reading.press("escape")
        assert reading.app.screen is reading.screen
        assert reading.article == FERRY
        await reading.press("q", "q")
        await reading.pilot.pause()
        assert reading.app.return_value == 0


async def test_what_cannot_be_read_is_skipped_in_both_directions(open_reader: Any) -> None:
    async with several(open_reader) as reading:
        await reading.press("enter")
        await reading.pilot.pause()
        await reading.press("right_parenthesis")
        await reading.pilot.pause()
        assert reading.article == LONG_ONE
        assert "3 of 3" in str(reading.screen.query_one("#title").render())
        await reading.press("right_parenthesis")
        assert "This is the last article" in reading.status
        await reading.press("left_parenthesis")
        await reading.pilot.pause()
        assert reading.article == FERRY
        await reading.press("left_parenthesis")
        assert "This is the first article" in reading.status


async def test_one_that_turns_out_to_be_unreadable_is_skipped_with_a_word(open_reader: Any) -> None:
    once = ArticleRead(replace(FERRY, source="bad.bin"))
    async with several(open_reader) as reading:
        shelf = reading.screen.controls.shelf
        shelf.learn("bad.bin", once.article)  # it could be read a while ago
        await reading.press("enter")
        await reading.pilot.pause()
        await reading.press("right_parenthesis")
        for _ in range(3):
            await reading.pilot.pause()
        assert reading.article == LONG_ONE
        assert "Skipped: bad.bin is no text" in reading.status


async def test_one_that_cannot_be_read_says_why_when_it_is_chosen(open_reader: Any) -> None:
    async with several(open_reader) as reading:
        await reading.press("down", "enter")
        await reading.pilot.pause()
        drawn = screen_text(reading.app)
        assert "bad.bin is no text" in drawn
        assert "Open another file" in drawn
        assert "q goes back" in drawn
        assert "Ferry" not in drawn
        await reading.press("right_parenthesis")
        await reading.pilot.pause()
        assert reading.article == LONG_ONE


async def test_how_far_it_was_read_is_remembered(open_reader: Any) -> None:
    async with several(open_reader) as reading:
        await reading.press("end", "enter")
        await reading.pilot.pause()
        await reading.press("space", "space", "q")
        line = next(line for line in screen_text(reading.app).splitlines() if "A long one" in line)
        assert "% read" in line
        await reading.press("enter")
        await reading.pilot.pause()
        await reading.press("G", "q")
        line = next(line for line in screen_text(reading.app).splitlines() if "A long one" in line)
        assert line.rstrip().endswith("read")
        assert "%" not in line
