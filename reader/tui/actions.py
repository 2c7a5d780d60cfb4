"""The one table of what the reader can do. It feeds bindings, help, the command palette and the footer.

Every action is a method ``action_<name>`` of the reading screen. Settings can remap keys, by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Group = Literal["Move", "Entities", "Quotations", "Search", "View", "Article"]

GROUPS: tuple[Group, ...] = ("Move", "Entities", "Quotations", "Search", "View", "Article")


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can do.

    ``keys`` are Textual key names; ``title`` is a few words for the palette and the footer, ``help`` a
    sentence for the help screen; ``footer`` says whether the footer shows it when there is room;
    ``label`` is its even shorter name there.
    """

    name: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: Group
    footer: bool = False
    label: str = ""


ACTIONS: tuple[Action, ...] = (
    # Move
    Action("line_down", ("j", "down"), "Line down", "Scroll one line down.", "Move"),
    Action("line_up", ("k", "up"), "Line up", "Scroll one line up.", "Move"),
    Action("page_down", ("space", "pagedown", "ctrl+f"), "Page down", "Scroll one page down.", "Move"),
    Action("page_up", ("b", "pageup", "ctrl+b"), "Page up", "Scroll one page up.", "Move"),
    Action("half_page_down", ("ctrl+d",), "Half a page down", "Scroll half a page down.", "Move"),
    Action("half_page_up", ("ctrl+u",), "Half a page up", "Scroll half a page up.", "Move"),
    Action("top", ("g", "home"), "Beginning", "Go to the beginning of the article.", "Move"),
    Action("bottom", ("G", "end"), "End", "Go to the end of the article.", "Move"),
    Action(
        "next_paragraph",
        ("right_curly_bracket",),
        "Next paragraph",
        "Bring the next paragraph to the top.",
        "Move",
    ),
    Action(
        "previous_paragraph",
        ("left_curly_bracket",),
        "Previous paragraph",
        "Bring the paragraph before to the top.",
        "Move",
    ),
    Action(
        "back",
        ("ctrl+o", "alt+left", "less_than_sign"),
        "Back",
        "Go back to where you were before the last jump.",
        "Move",
    ),
    Action(
        "forward",
        ("ctrl+i", "alt+right", "greater_than_sign"),
        "Forward",
        "Go forward again. Most terminals send Tab for ctrl+i: use > or alt+right there.",
        "Move",
    ),
    Action("set_mark", ("m",), "Set a mark", "Then a letter: remember this place under it.", "Move"),
    Action(
        "go_to_mark",
        ("apostrophe",),
        "Go to a mark",
        "Then a letter: go to its mark; ' again: to where you were.",
        "Move",
    ),
    # Entities
    Action("next_mention", ("tab",), "Next name", "Go to the next mention.", "Entities", True, "name"),
    Action("previous_mention", ("shift+tab",), "Previous name", "Go to the mention before.", "Entities"),
    Action("next_person", ("p",), "Next person", "Go to the next mention of a person.", "Entities"),
    Action("previous_person", ("P",), "Previous person", "Go to the mention of a person before.", "Entities"),
    Action("next_place", ("l",), "Next place", "Go to the next mention of a place.", "Entities"),
    Action("previous_place", ("L",), "Previous place", "Go to the mention of a place before.", "Entities"),
    Action("next_organisation", ("o",), "Next organisation", "Go to the next organisation.", "Entities"),
    Action(
        "previous_organisation", ("O",), "Previous organisation", "Go to the organisation before.", "Entities"
    ),
    Action(
        "next_same",
        ("asterisk",),
        "Next mention of the same",
        "Go to the next mention of the same entity.",
        "Entities",
    ),
    Action(
        "previous_same",
        ("number_sign",),
        "Previous mention of the same",
        "Go to the mention of the same entity before.",
        "Entities",
    ),
    Action(
        "open_card",
        ("enter",),
        "Card",
        "Open the card of the current name or quotation: aliases, mentions, what it said.",
        "Entities",
        True,
        "card",
    ),
    # Quotations
    Action(
        "next_quotation",
        ("right_square_bracket",),
        "Next quotation",
        "Go to the next quotation.",
        "Quotations",
        True,
        "quotation",
    ),
    Action(
        "previous_quotation",
        ("left_square_bracket",),
        "Previous quotation",
        "Go to the quotation before.",
        "Quotations",
    ),
    Action(
        "speaker",
        ("s",),
        "Speaker and back",
        "Go from a quotation to its speaker, and back.",
        "Quotations",
        True,
        "speaker",
    ),
    # Search
    Action(
        "search",
        ("slash",),
        "Search",
        "Search in the article; lower case finds both cases, ctrl+r in the field takes regular expressions.",
        "Search",
        True,
        "search",
    ),
    Action("next_match", ("n",), "Next match", "Go to the next match.", "Search"),
    Action("previous_match", ("N",), "Previous match", "Go to the match before.", "Search"),
    Action(
        "escape",
        ("escape",),
        "Let go",
        "Clear the selection, the search, then the current name or quotation; return to the article.",
        "Search",
    ),
    # View
    Action(
        "toggle_panel",
        ("v", "backslash"),
        "Panel",
        "Show or hide the panel beside the article.",
        "View",
        True,
        "panel",
    ),
    Action(
        "switch_focus",
        ("ctrl+w", "f6"),
        "Article or panel",
        "Move the keys between article and panel.",
        "View",
    ),
    Action("show_quotations", ("1",), "Quotations", "Show the quotations in the panel.", "View"),
    Action("show_people", ("2",), "People", "Show the people in the panel.", "View"),
    Action("show_places", ("3",), "Places", "Show the places in the panel.", "View"),
    Action("show_organisations", ("4",), "Organisations", "Show the organisations in the panel.", "View"),
    Action("show_removed", ("5",), "Removed lines", "Show in the panel what cleaning removed.", "View"),
    Action("show_about", ("6",), "About the article", "Show metadata and the balance of sources.", "View"),
    Action("focus_mode", ("z",), "Focus mode", "Hide everything but the text.", "View"),
    Action("highlights", ("h",), "Highlights", "Show or hide the highlights in the text.", "View"),
    Action("type_letters", ("c",), "Letters for types", "Show P, L, O in the margin beside names.", "View"),
    Action("paragraph_numbers", ("d",), "Paragraph numbers", "Number the paragraphs.", "View"),
    Action("wider", ("plus", "equals_sign"), "Wider text", "Make the lines longer.", "View"),
    Action("narrower", ("minus",), "Narrower text", "Make the lines shorter.", "View"),
    Action("theme", ("t",), "Theme", "Choose a theme.", "View"),
    Action("help", ("question_mark", "f1"), "Help", "Show all keys.", "View", True, "help"),
    Action("palette", ("colon",), "Commands", "Find a command by its name.", "View"),
    # Article
    Action(
        "removed", ("x",), "Removed lines in place", "Show what cleaning removed, where it stood.", "Article"
    ),
    Action("next_removed", ("J",), "Next removed line", "Go to the next removed line.", "Article"),
    Action("previous_removed", ("K",), "Previous removed line", "Go to the removed line before.", "Article"),
    Action("put_back", ("u",), "Put back", "Put the current removed line back into the article.", "Article"),
    Action("keep_everything", ("U",), "Keep everything", "Put back all that cleaning removed.", "Article"),
    Action("export", ("e",), "Export", "Export the article with its highlights.", "Article", True, "export"),
    Action(
        "copy",
        ("y", "ctrl+c"),
        "Copy",
        "Copy the selection; without one the current quotation with its citation; else the whole article.",
        "Article",
        True,
        "copy",
    ),
    Action("copy_citation", ("Y",), "Copy citation", "Copy the citation of the article.", "Article"),
    Action("open_link", ("w",), "Open link", "Open the next link on the screen in the browser.", "Article"),
    Action("reload", ("r",), "Reload", "Read the source again and keep the place.", "Article"),
    Action(
        "next_article",
        ("right_parenthesis",),
        "Next article",
        "Open the next of several articles.",
        "Article",
    ),
    Action(
        "previous_article",
        ("left_parenthesis",),
        "Previous article",
        "Open the article before, of several.",
        "Article",
    ),
    Action("open", ("i",), "Open another", "Open another article: paste, file or address.", "Article"),
    Action("quit", ("q",), "Back or quit", "Close what is open on top, else quit.", "Article", True, "quit"),
)


class Conflict(NamedTuple):
    """A key that two actions claim; ``kept`` has it, ``lost`` has not."""

    key: str
    kept: str
    lost: str


class Resolution(NamedTuple):
    """The keys of every action after remapping, and what could not be had."""

    keys: dict[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...]
    unknown: tuple[str, ...]


def resolve(actions: Iterable[Action], remaps: Mapping[str, Sequence[str]]) -> Resolution:
    """Give each action its keys: the remapped ones where there are any, else its own.

    A remapped key wins over an action's own key, and an earlier action over a later one. ``unknown``
    names remapped actions that do not exist.
    """
    table = tuple(actions)
    names = {action.name for action in table}
    owner: dict[str, str] = {}
    conflicts: list[Conflict] = []
    wanted = [(action.name, tuple(remaps[action.name])) for action in table if action.name in remaps]
    wanted += [(action.name, action.keys) for action in table if action.name not in remaps]
    for name, keys in wanted:
        for key in dict.fromkeys(keys):
            if (kept := owner.setdefault(key, name)) != name:
                conflicts.append(Conflict(key, kept, name))
    resolved = {
        action.name: tuple(
            dict.fromkeys(k for k in remaps.get(action.name, action.keys) if owner[k] == action.name)
        )
        for action in table
    }
    return Resolution(resolved, tuple(conflicts), tuple(name for name in remaps if name not in names))


_SYMBOLS = {
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "home": "Home",
    "end": "End",
    "apostrophe": "'",
    "asterisk": "*",
    "backslash": "\\",
    "colon": ":",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "left_curly_bracket": "{",
    "left_parenthesis": "(",
    "left_square_bracket": "[",
    "less_than_sign": "<",
    "minus": "-",
    "number_sign": "#",
    "plus": "+",
    "question_mark": "?",
    "right_curly_bracket": "}",
    "right_parenthesis": ")",
    "right_square_bracket": "]",
    "slash": "/",
}


def key_label(key: str) -> str:
    """How a key is written for people: ``slash`` is "/", ``shift+tab`` is "shift+Tab"."""
    *modifiers, last = key.split("+")
    return "+".join(
        [
            *modifiers,
            _SYMBOLS.get(last, last.upper() if last.startswith("f") and last[1:].isdigit() else last),
        ]
    )


_NAMES = {symbol: name for name, symbol in _SYMBOLS.items() if len(symbol) == 1 and name.isidentifier()}


def key_name(key: str) -> str:
    """The Textual name of a key as people write it in the settings: "/" is ``slash``; names stay."""
    return _NAMES.get(key, key)
