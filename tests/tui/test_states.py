"""Pictures of the reading screen in each of its states, compared with those that were found good.

After a change that is meant: ``pytest tests/tui/test_states.py --snapshot-update``, then look at them.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import textual
from textual.widgets import Input

from reader.index import Index
from reader.model.analysis import Analysis
from reader.model.article import Article, Block, Link
from reader.settings.settings import Settings
from reader.tui.app import ReaderApp
from reader.work.client import BytesRead, Found, JobFailed
from tests.tui.conftest import Work, complete
from tests.tui.scene import ANALYSIS, ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

pytestmark = pytest.mark.skipif(
    textual.__version__ != "8.2.8" or sys.version_info[:2] != (3, 11),
    reason="pictures differ between versions",
)

SIZES = {"small": (80, 24), "medium": (120, 36), "wide": (200, 50)}

_SCRIPTS = (
    "名古屋で会見した渡辺千尋氏は「問題はない」と述べた。👩‍🚀👍🏽 Emoji and e\u0301 combine.",
    "وقال الوزير «لن نعود إلى الوراء» في مؤتمر صحفي في القاهرة يوم الثلاثاء بعد اجتماع طويل مع المعارضة.",
    "Ordinary words follow, so that the right border can be compared with the rows above it, cell by cell.",
)


def scripts() -> Article:
    """Wide characters, emoji, combining marks and right-to-left text."""
    blocks, at = [], 0
    for text in _SCRIPTS:
        blocks.append(Block("paragraph", at, at + len(text)))
        at += len(text) + 2
    return Article("\n\n".join(_SCRIPTS), tuple(blocks), title="Many scripts", source="scripts.txt")


def kinds() -> Article:
    """Every kind of block."""
    parts: tuple[tuple[Any, str], ...] = (
        (
            "title",
            "A title that is long enough to need a second row when the screen is as small as it can be",
        ),
        ("heading", "A heading"),
        ("paragraph", "A paragraph of ordinary length, which goes on for a while and then comes to its end."),
        ("list_item", "a list item without a mark of its own, long enough to be continued in a second row"),
        ("list_item", "2. a numbered one"),
        (
            "block_quotation",
            "A block quotation is set in from the margin, with a rule beside it in every row.",
        ),
        ("caption", "A caption. Photograph: somebody"),
    )
    blocks, at = [], 0
    for kind, text in parts:
        blocks.append(Block(kind, at, at + len(text)))
        at += len(text) + 2
    return Article("\n\n".join(text for _, text in parts), tuple(blocks), title=parts[0][1])


LINKED = replace(ARTICLE, links=(Link(60, 68, "https://a.example/x"), Link(90, 102, "https://b.example/y")))
FULL = Work(complete(ARTICLE, ANALYSIS))
PARTIAL = Found("entities", 2, 6, Index(ARTICLE, Analysis(ANALYSIS.entities[:3], ANALYSIS.quotations[:2])))
NO_PIPELINE = JobFailed(
    "pipeline", "The pipeline nope is not installed", "Install it, or leave --pipeline out"
)
GONE = JobFailed("source", "There is no page at this address (404)", "Check the address")

# State: article, background work, keys.
STATES: dict[str, tuple[Article | None, Work, tuple[str, ...]]] = {
    "ready": (ARTICLE, FULL, ()),
    "quotation": (ARTICLE, FULL, ("right_square_bracket",)),
    "speaker": (ARTICLE, FULL, ("right_square_bracket",) * 4 + ("s",)),
    "mention": (ARTICLE, FULL, ("p",)),
    "letters": (ARTICLE, FULL, ("T", "d")),
    "search": (ARTICLE, FULL, ("slash", *"the")),
    "found": (ARTICLE, FULL, ("slash", *"the", "enter", "n")),
    "removed": (ARTICLE, FULL, ("x", "J", "J")),
    "focus": (ARTICLE, FULL, ("z",)),
    "panel": (ARTICLE, FULL, ("1",)),
    "reading": (None, Work(BytesRead(120_000, 480_000)), ()),
    "failed": (None, Work(GONE), ()),
    "waiting": (ARTICLE, Work(), ()),
    "analysing": (ARTICLE, Work(PARTIAL), ()),
    "nothing-found": (ARTICLE, Work(complete(ARTICLE, Analysis())), ()),
    "no-pipeline": (ARTICLE, Work(NO_PIPELINE), ()),
    "empty": (Article("", source="empty.txt"), Work(), ()),
    "links": (LINKED, Work(complete(LINKED, Analysis())), ("w", "2")),
    "scripts": (scripts(), Work(complete(scripts(), Analysis())), ()),
    "kinds": (kinds(), Work(complete(kinds(), Analysis())), ()),
}


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input, "cursor_blink", False)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_states(snap_compare: Callable[..., bool], tmp_path: Path, state: str, size: str) -> None:
    if size == "wide" and state not in ("ready", "quotation", "scripts"):
        pytest.skip("as at the medium size")
    article, work, keys = STATES[state]

    async def press(pilot: Pilot[int]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    app = ReaderApp(
        None if article else "https://courier.example/ferry",
        article=article,
        settings=Settings(),
        start_work=work,
        state=tmp_path,
    )
    assert snap_compare(app, terminal_size=SIZES[size], run_before=press)


def test_a_changed_file(snap_compare: Callable[..., bool], tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text("one")

    async def change(pilot: Pilot[int]) -> None:
        await pilot.pause()
        path.write_text("another")
        pilot.app.reading.look_at_file()  # type: ignore[attr-defined]
        await pilot.pause()

    app = ReaderApp(article=replace(ARTICLE, source=str(path)), start_work=FULL, state=tmp_path)
    assert snap_compare(app, terminal_size=SIZES["small"], run_before=change)


def test_without_colour(
    snap_compare: Callable[..., bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReaderApp(article=ARTICLE, start_work=FULL, state=tmp_path)
    assert snap_compare(app, terminal_size=SIZES["medium"], press=["p"])
