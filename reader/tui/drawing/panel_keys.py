"""The words of the panel: its keys for footer and help, and what its tabs say when they are empty."""

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


_OWN = {
    "quotations": (
        KeyHint("s", "by speaker", "group"),
        KeyHint("a", "doubtful", "doubtful"),
        KeyHint("f", "fragments", "fragments"),
    ),
    "people": (KeyHint("n", "mention", "mention(1)"),),
    "places": (KeyHint("n", "mention", "mention(1)"),),
    "organisations": (KeyHint("n", "mention", "mention(1)"),),
    "removed": (KeyHint("u", "put back", "restore"),),
}


def hints(tab: str, *, filtered: bool = False) -> tuple[KeyHint, ...]:
    """Return the keys for the footer while a tab of the panel has the focus."""
    return (
        KeyHint("Enter", "go there" if tab != "removed" else "unfold, go there", "choose"),
        KeyHint("Esc", "end the filter", "clear_filter") if filtered else KeyHint("Esc", "article", "leave"),
        *([KeyHint("/", "filter", "filter")] if tab != "article" else []),
        *([KeyHint("Space", "card", "card")] if tab != "removed" else []),
        *_OWN.get(tab, ()),
        KeyHint("← →", "tab", "next_tab(1)"),
    )


FILTER_HINTS = (
    KeyHint("Enter", "to the list", "to_list"),
    KeyHint("Esc", "end the filter", "clear_filter"),
)
"""The keys for the footer while a filter is typed."""


class PanelKey(NamedTuple):
    """A key that works in the panel, for the help screen."""

    keys: tuple[str, ...]
    help: str


PANEL_KEYS = (
    PanelKey(("up", "down", "k", "j"), "Select; the article follows."),
    PanelKey(("enter",), "Go there in the article; unfold a run of removed lines."),
    PanelKey(("space",), "Open the card of the selected quotation or name."),
    PanelKey(("left", "right"), "The tab before or after."),
    PanelKey(("slash",), "Filter the list as you type; Esc ends the filter."),
    PanelKey(("s",), "Quotations in order, or by speaker."),
    PanelKey(("a",), "Only the doubtful quotations, or all."),
    PanelKey(("f",), "Show or fold fragments: a few words that nothing introduces."),
    PanelKey(("n", "N"), "Next or previous mention of the selected name."),
    PanelKey(("u", "U"), "Put back the selected removed line or run of lines, or all."),
)
"""The keys that work in the panel."""

MOUSE = (
    ("click", "Make a name or a quotation current; on what is current, open its card."),
    ("drag", "Select text. A double click selects a word, a triple click a paragraph."),
    ("ctrl+click", "Open a link in the browser."),
    ("wheel", "Scroll. A click in the thin column goes to that place or mark."),
    ("double click", "In the panel: open the card of a quotation or a name."),
)
"""What the mouse does, for the help screen."""
