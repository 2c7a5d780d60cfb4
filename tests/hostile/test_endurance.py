"""Long runs: nothing raises, memory stays flat, files stay small.

A short run here; `make endurance` (ONRECORD_ENDURANCE=full) takes 10,000 actions over 200 articles, and gives
one worker 10,000 articles and ten feeds 1,000 updates.
"""

from __future__ import annotations

import gc
import io
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from reader.commands.group import main
from reader.export.options import Options
from reader.export.registry import FORMATS, render
from reader.feeds.subscription import Subscription
from reader.index import Index
from reader.library.library import Library
from reader.library.reading import keep
from reader.model.article import Block
from reader.settings.settings import Settings
from reader.tui.actions import ACTIONS
from reader.tui.app import ReaderApp
from reader.updating import Update, due
from reader.work.child import Orders, Pipelines, Worker
from reader.work.client import ArticleRead, Found
from reader.work.messages import Job, JobOptions
from tests.feeds.newsroom import Newsroom, item, rss
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model.article import Article
    from reader.work.client import Deliver

FULL = os.environ.get("ONRECORD_ENDURANCE") == "full"
ACTION_COUNT, ARTICLE_COUNT, UPDATES, WORKER_ARTICLES = (
    (10_000, 200, 1_000, 10_000) if FULL else (100, 12, 30, 20)
)
_GROWTH = 1.10 if FULL else 1.35  # of memory, from a fifth of the way to the end; short runs still warm up
_LARGEST_WAL = 64 << 20

_MOST_LEFT = 300  # objects, after a thing was done once more: places to go back to, what is drawn anew

needs_proc = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="looks at /proc")


def memory() -> int:
    """Bytes that this process has in memory, after what can be let go is gone."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def edition(number: int) -> Article:
    """One of many articles, each of its own text and address."""
    more = f"\n\nEdition {number}: the ferry to Port {number} sails at {number % 24}."
    start = len(ARTICLE.text) + 2
    return replace(
        ARTICLE,
        text=ARTICLE.text + more,
        blocks=(*ARTICLE.blocks, Block("paragraph", start, len(ARTICLE.text) + len(more))),
        source=f"https://courier.example/{number}",
        title=f"Edition {number}",
    )


class Shelf:
    """Reads and analyses at once what is asked for."""

    def __init__(self, articles: list[Article]) -> None:
        self._articles = {article.source: article for article in articles}

    def __call__(self, job: Job, deliver: Deliver) -> Shelf:
        article = job.article or self._articles.get(job.source, ARTICLE)
        if job.article is None:
            deliver(ArticleRead(article))
        deliver(Found("complete", 1, 1, Index(article, ANALYSIS)))
        return self

    def go(self) -> None:
        """All has been delivered."""

    def cancel(self) -> None:
        """Nothing is under way."""


# Leaving ends the run, suspending stops the tests, and what is typed into a field is typed by a letter.
_NEVER = {"q", "ctrl+q", "ctrl+z", "ctrl+c"}
_KEYS = sorted({key for action in ACTIONS for key in action.keys} - _NEVER)
_MORE = [*"aeh 1", "enter", "escape", "escape", "tab", "shift+tab", "down", "up", "pagedown", "backspace"]
_MORE += ["right_parenthesis", "left_parenthesis"] * 2
_SIZES = ((80, 24), (40, 10), (200, 50), (120, 30), (20, 5))


def many_articles(tmp_path: Path) -> ReaderApp:
    """The reader with many articles, all of them in its library."""
    articles = [edition(number) for number in range(ARTICLE_COUNT)]
    path = tmp_path / "library.db"
    with Library(path) as library:
        for article in articles:
            keep(library, article, ANALYSIS)
    app = ReaderApp(
        articles[0].source,
        article=articles[0],
        sources=[article.source for article in articles],
        options=JobOptions(library=str(path)),
        settings=Settings(),
        start_work=Shelf(articles),
        start_cataloguing=Shelf(articles),
        state=tmp_path / "state",
    )
    app.copy_to_clipboard = lambda _: None  # type: ignore[method-assign, assignment]
    app.open_url = lambda *_, **__: None  # type: ignore[method-assign]
    return app


def made_to_stay(app: ReaderApp) -> Callable[[int], None]:
    """Whoever chooses to quit, in a list of all that can be done, is not heard; what is returned ends it."""
    leave = app.exit
    app.exit = lambda *_, **__: None  # type: ignore[method-assign]
    return leave


def objects() -> int:
    """How many objects there are that could hold others, those included that are kept from the collector."""
    while gc.collect():
        pass
    return len(gc.get_objects()) + gc.get_freeze_count()


_ROUNDS = {
    "articles": ["right_parenthesis"] * 3,
    "help": ["question_mark", "escape"],
    "card": ["tab", "enter", "escape"],
    "export": ["e", "down", "down", "escape"],
    "library": ["I", "down", "escape"],
}


async def test_what_is_left_is_let_go_of(tmp_path: Path) -> None:
    """Articles, dialogs and the library leave nothing behind: exact where a measure of memory is not."""
    app = many_articles(tmp_path)
    grown: dict[str, int] = {}
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for name, keys in _ROUNDS.items():
            await pilot.press(*keys * 2)
            # What grows does so every time; an answer of the library that is under way does not.
            for _ in range(4):
                before = objects()
                await pilot.press(*keys * 3)
                grown[name] = (objects() - before) // 3
                if grown[name] < _MOST_LEFT:
                    break
        app.exit(0)
    assert all(number < _MOST_LEFT for number in grown.values()), grown


@needs_proc
async def test_random_actions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # exports go to the current folder
    chance = random.Random(7)
    for form in FORMATS.values() if FULL else ():
        render(form.name, ARTICLE, ANALYSIS, Options())  # what an export needs (Arrow, spaCy) stays for good
    app = many_articles(tmp_path)
    leave = made_to_stay(app)
    path = tmp_path / "library.db"
    pressed: list[str] = []
    early = largest_wal = 0
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for number in range(ACTION_COUNT):
            if chance.random() < 0.02:
                await pilot.resize_terminal(*chance.choice(_SIZES))
            key = chance.choice(_KEYS if chance.random() < 0.6 else _MORE)
            pressed.append(key)
            await pilot.press(key)
            assert app.is_running, f"ended after {pressed[-12:]}"
            if number == ACTION_COUNT // 5:
                early = memory()
            wal = path.with_name(path.name + "-wal")
            largest_wal = max(largest_wal, wal.stat().st_size if wal.exists() else 0)
        late = memory()
        leave(0)
    assert app.fault is None
    assert late < early * _GROWTH, f"{early >> 20} MB became {late >> 20} MB"
    assert largest_wal < _LARGEST_WAL
    checked = CliRunner().invoke(main, ["library", "check", "--library", str(path)])
    assert checked.exit_code == 0, checked.output
    print(f"{ACTION_COUNT} actions: {early >> 20} MB, {late >> 20} MB at the end, WAL {largest_wal >> 10} kB")


@needs_proc
@pytest.mark.usefixtures("quick_updates")
def test_feeds_that_always_say_something_new(tmp_path: Path, room: Newsroom) -> None:
    """Ten feeds of thirty entries, of which one is new each time."""
    early = 0
    with Library(tmp_path / "library.db") as library:
        for turn in range(UPDATES // 10):
            said = rss(*(item(str(number), f"Tide number {number}.") for number in range(turn, turn + 30)))
            addresses = [room.says(f"/{number}", said) for number in range(10)]
            if turn == 0:
                library.feeds.add([Subscription(address) for address in addresses])
            outcomes = list(Update(library, due(library, force=True), allow_private=True))
            assert [outcome.status for outcome in outcomes] == ["updated"] * 10
            if turn == UPDATES // 50:
                early = memory()
        late = memory()
        wal = (tmp_path / "library.db-wal").stat().st_size
    assert late < early * _GROWTH, f"{early >> 20} MB became {late >> 20} MB"
    assert wal < _LARGEST_WAL
    print(f"{UPDATES} updates: {early >> 20} MB, {late >> 20} MB at the end, WAL {wal >> 10} kB")


def _invented(chance: random.Random, number: int) -> str:
    """An article of words that nobody has seen before."""
    letters = "bcdfglmnprstv"

    def word() -> str:
        return "".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(chance.randint(2, 5)))

    names = [f"{word().title()} {word().title()}" for _ in range(3)]
    said = [f"“The {word()} of {word()} will {word()},” said {name} in {word().title()}." for name in names]
    spoken = "\n\n".join(said)
    return f"The {word()} number {number}\n\n{spoken}\n"


@needs_proc
def test_a_worker_stays_flat() -> None:
    chance = random.Random(11)
    # An article brings some ten of them. The first loading anew comes after the first measure.
    pipelines = Pipelines(most_new_words=24_000 if FULL else 100)
    orders = Orders(pipelines)
    early = 0
    for number in range(WORKER_ARTICLES):
        out = io.BytesIO()
        job = Job("", None, JobOptions(), _invented(chance, number), staged=False)
        Worker(number, job, orders, pipelines, out).run()
        orders.forget(number)
        assert b"JobFailed" not in out.getvalue()
        if number == WORKER_ARTICLES // 5:
            early = memory()
    late = memory()
    assert late < early * 1.10, f"{early >> 20} MB became {late >> 20} MB"
    print(f"{WORKER_ARTICLES} articles: {early >> 20} MB, {late >> 20} MB at the end")
