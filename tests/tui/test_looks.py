"""Pictures of every theme and every dialog, compared with those that were looked at and found good.

After a change that is meant: ``pytest tests/tui/test_looks.py --snapshot-update``, then look at them.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import textual
from textual.containers import Horizontal
from textual.widgets import Input

from reader.index import Index
from reader.tui.actions import ACTIONS
from reader.tui.samples import SAMPLES
from reader.tui.screens.entity_card import EntityCard
from reader.tui.screens.help import HelpScreen, Palette
from reader.tui.screens.home import HomeScreen, Recent
from reader.tui.screens.quotation_card import QuotationCard
from reader.tui.screens.theme_picker import ThemePicker
from reader.tui.theming import Themes
from reader.tui.widgets.panel import Panel
from tests.tui.host import Host
from tests.tui.scene import ANALYSIS, ARTICLE, entity_of, quotation_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

pytestmark = pytest.mark.skipif(
    textual.__version__ != "8.2.8" or sys.version_info[:2] != (3, 11),
    reason="pictures differ between versions",
)

INDEX = Index(ARTICLE, ANALYSIS)
TABS = ("quotations", "people", "removed", "article")


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input, "cursor_blink", False)


def panels() -> Horizontal:
    """Four panels side by side, each with another tab open."""
    made = []
    for tab in TABS:
        panel = Panel(id=tab)
        panel.show(Index(ARTICLE, ANALYSIS), busy="Looking for speakers…" if tab == "people" else None)
        panel.open_tab(tab)
        panel.select_quotation("q2")
        made.append(panel)
    return Horizontal(*made)


@pytest.mark.parametrize("theme", Themes().available)
def test_themes(snap_compare: Callable[..., bool], theme: str) -> None:
    assert snap_compare(Host(panels(), theme=theme), terminal_size=(192, 24))


DIALOGS: dict[str, tuple[Callable[[], Screen[Any]], list[str]]] = {
    "entity-card": (partial(EntityCard, INDEX, entity_of(INDEX, "e4")), []),
    "quotation-card": (partial(QuotationCard, INDEX, quotation_of(INDEX, "q4")), []),
    "help": (partial(HelpScreen, ACTIONS[:20], None, ["The key n is claimed by two actions"]), ["down"]),
    "help-nothing": (partial(HelpScreen, ACTIONS), ["slash", *"zzz"]),
    "palette": (partial(Palette, ACTIONS), [*"next"]),
    "theme-picker": (lambda: ThemePicker(Themes(), "dark"), ["down"]),
    "home": (partial(HomeScreen, [Recent("Ferry to Orsay Island", "ferry.txt", "yesterday")], SAMPLES), []),
    "home-writing": (partial(HomeScreen, (), SAMPLES, "nothing.txt: no such file."), ["ctrl+t"]),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])
@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(snap_compare: Callable[..., bool], name: str, size: tuple[int, int]) -> None:
    screen, keys = DIALOGS[name]
    assert snap_compare(Host(screen=screen), press=keys, terminal_size=size)
