"""The reader with hand-made findings instead of a language pipeline."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from reader.index import Index
from reader.settings.settings import Settings
from reader.tui.app import ReaderApp
from reader.work.client import Found
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.tui.reading import ReadingScreen
    from reader.work.client import Deliver, Update
    from reader.work.messages import Job


def complete(article: Article, analysis: Analysis) -> Found:
    """The whole analysis, as the background reports it."""
    return Found("complete", 1, 1, Index(article, analysis))


class Work:
    """Background work that reports what a test gives it, when it is started and whenever told."""

    def __init__(self, *updates: Update) -> None:
        self.updates = updates
        self.jobs: list[Job] = []
        self.cancelled = self.gone = 0
        self._deliver: Deliver | None = None

    def __call__(self, job: Job, deliver: Deliver) -> Work:
        self.jobs.append(job)
        self._deliver = deliver
        for update in self.updates:
            deliver(update)
        return self

    def go(self) -> None:
        self.gone += 1

    def cancel(self) -> None:
        self.cancelled += 1

    def report(self, update: Update) -> None:
        """Report something more."""
        assert self._deliver is not None
        self._deliver(update)


class Reading:
    """A running reader, for tests that drive it by keys."""

    def __init__(self, app: ReaderApp, pilot: Pilot[int], work: Work) -> None:
        self.app, self.pilot, self.work = app, pilot, work
        self.copied: list[str] = []
        self.opened: list[str] = []
        app.copy_to_clipboard = self.copied.append  # type: ignore[method-assign, assignment]
        app.open_url = lambda url, **_: self.opened.append(url)  # type: ignore[method-assign]

    @property
    def screen(self) -> ReadingScreen:
        return self.app.reading

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def status(self) -> str:
        """The status line as it is drawn."""
        return str(self.screen.query_one("#status").render())

    @property
    def notice(self) -> str:
        """The notice line as it is drawn; empty when it is hidden."""
        bar = self.screen.query_one("#notice")
        return str(bar.render()) if bar.display else ""

    @property
    def rows(self) -> list[str]:
        """The article's rows as they are drawn."""
        view = self.screen.view
        return ["".join(s.text for s in view.render_line(y)).rstrip() for y in range(view.size.height)]

    @property
    def current(self) -> str:
        """The words of the current mention."""
        stop = self.screen.view.cursor.mention
        return self.screen.view.words(stop.start, stop.end) if stop else ""

    @property
    def article(self) -> Article | None:
        """The article on the screen."""
        return self.screen.session.article

    @property
    def quotation(self) -> str | None:
        """The id of the current quotation."""
        quotation = self.screen.view.cursor.quotation
        return quotation.id if quotation else None


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames come every 2 ms, not every 17, and Pilot looks whether the reader is idle every 4, not every 20.

    Most of the time of these tests went to waiting for these two.
    """
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1 / 500)
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 1 / 250)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 1 / 5000)


@pytest.fixture(autouse=True)
def _many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever terminal the tests run in, theirs has all colours."""
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def open_reader(tmp_path: Path) -> Callable[..., Any]:
    """Open the reader on an article: ``async with open_reader() as reading``."""

    @asynccontextmanager
    async def opened(
        article: Article | None = ARTICLE,
        analysis: Analysis | None = ANALYSIS,
        *,
        size: tuple[int, int] = (120, 30),
        work: Work | None = None,
        settings: Settings | None = None,
        **arguments: Any,
    ) -> AsyncIterator[Reading]:
        if work is None:
            work = Work(complete(article, analysis)) if article and analysis is not None else Work()
        arguments.setdefault("start_cataloguing", Work())
        arguments.setdefault("state", tmp_path / "state")
        app = ReaderApp(article=article, start_work=work, settings=settings or Settings(), **arguments)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            yield Reading(app, pilot, work)

    return opened
