"""The tabs of the panel."""

from __future__ import annotations

from reader.tui.widgets.tab_row import Tab, TabRow

TABS = (
    Tab("quotations", "Quotes"),
    Tab("people", "People"),
    Tab("places", "Places"),
    Tab("organisations", "Orgs"),
    Tab("removed", "Removed"),
    Tab("article", "About"),
)


class PanelTabs(TabRow):
    """The tabs. A click posts :class:`TabRow.Chosen`."""

    def __init__(self) -> None:
        super().__init__(TABS)
