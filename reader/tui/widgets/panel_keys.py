"""The words of the panel: its keys for the help screen, and what its tabs say when they are empty."""

from __future__ import annotations

from typing import NamedTuple

from reader.tui.keys import KeyHint

EMPTY = {
    "quotations": "This article quotes nobody.",
    "people": "No people are named in this article.",
    "places": "No places are named in this article.",
    "organisations": "No organisations are named in this article.",
    "removed": "Nothing was removed from this article.",
    "article": "",
}


def hints(tab: str) -> tuple[KeyHint, ...]:
    """Return the keys for the footer while a tab of the panel has the focus."""
    own = {
        "quotations": KeyHint("s", "by speaker", "group"),
        "people": KeyHint("n", "mention", "mention(1)"),
        "places": KeyHint("n", "mention", "mention(1)"),
        "organisations": KeyHint("n", "mention", "mention(1)"),
        "removed": KeyHint("u", "put back", "restore"),
    }
    return (
        KeyHint("Enter", "go there", "choose"),
        KeyHint("Esc", "article", "leave"),
        KeyHint("/", "filter", "filter"),
        KeyHint("Space", "card", "card"),
        *([own[tab]] if tab in own else []),
        KeyHint("← →", "tab", "next_tab(1)"),
    )


class PanelKey(NamedTuple):
    """A key that works in the panel, for the help screen."""

    keys: tuple[str, ...]
    help: str


PANEL_KEYS = (
    PanelKey(("up", "down", "k", "j"), "Select; the article follows."),
    PanelKey(("enter",), "Go there in the article."),
    PanelKey(("space",), "Open the card of the selected quotation or name."),
    PanelKey(("left", "right"), "The tab before or after."),
    PanelKey(("slash",), "Filter the list as you type; Esc clears it."),
    PanelKey(("s",), "Quotations in order, or by speaker."),
    PanelKey(("n", "N"), "Next or previous mention of the selected name."),
    PanelKey(("u", "U"), "Put back the selected removed line, or all."),
)
