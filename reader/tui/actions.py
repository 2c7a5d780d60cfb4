"""The one table of what the reader can do. It feeds bindings, help, the command palette and the footer.

Each row holds the function that does it, called with the :class:`~reader.tui.controls.Controls`. Settings
can remap keys, by the rows' names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reader.tui.controls import Controls

Group = Literal["Move", "Entities", "Quotations", "Search", "View", "Article"]

GROUPS: tuple[Group, ...] = ("Move", "Entities", "Quotations", "Search", "View", "Article")


class Action(NamedTuple):
    """Something the reader can do.

    ``keys`` are Textual key names; ``title`` is a few words for the palette, ``help`` a sentence for the
    help screen. Actions with a ``label``, an even shorter name, are in the footer when there is room.
    ``needs_article``: without one on the screen ``run`` is not called.
    """

    name: str
    keys: tuple[str, ...]
    title: str
    group: Group
    run: Callable[[Controls], Awaitable[None] | None]
    help: str
    label: str = ""
    needs_article: bool = True


# fmt: off
ACTIONS: tuple[Action, ...] = (
    # Move
    Action("line_down", ("j", "down"), "Line down", "Move", lambda at: at.moving.rows(1),
           "Scroll one line down."),
    Action("line_up", ("k", "up"), "Line up", "Move", lambda at: at.moving.rows(-1),
           "Scroll one line up."),
    Action("page_down", ("space", "pagedown", "ctrl+f"), "Page down", "Move", lambda at: at.moving.page(1),
           "Scroll one page down."),
    Action("page_up", ("b", "pageup", "ctrl+b"), "Page up", "Move", lambda at: at.moving.page(-1),
           "Scroll one page up."),
    Action("half_page_down", ("ctrl+d",), "Half a page down", "Move", lambda at: at.moving.half_page(1),
           "Scroll half a page down."),
    Action("half_page_up", ("ctrl+u",), "Half a page up", "Move", lambda at: at.moving.half_page(-1),
           "Scroll half a page up."),
    Action("top", ("g", "home"), "Beginning", "Move", lambda at: at.moving.top(),
           "Go to the beginning of the article."),
    Action("bottom", ("G", "end"), "End", "Move", lambda at: at.moving.bottom(),
           "Go to the end of the article."),
    Action("next_paragraph", ("right_curly_bracket",), "Next paragraph", "Move",
           lambda at: at.moving.paragraph(1), "Bring the next paragraph to the top."),
    Action("previous_paragraph", ("left_curly_bracket",), "Previous paragraph", "Move",
           lambda at: at.moving.paragraph(-1), "Bring the paragraph before to the top."),
    Action("back", ("ctrl+o", "alt+left", "less_than_sign"), "Back", "Move", lambda at: at.moving.back(),
           "Go back to where you were before the last jump."),
    Action("forward", ("ctrl+i", "alt+right", "greater_than_sign"), "Forward", "Move",
           lambda at: at.moving.forward(),
           "Go forward again. Most terminals send Tab for ctrl+i: use > or alt+right there."),
    Action("set_mark", ("m",), "Set a mark", "Move", lambda at: at.marks.await_mark(),
           "Then a letter: remember this place under it."),
    Action("go_to_mark", ("apostrophe",), "Go to a mark", "Move", lambda at: at.marks.await_go(),
           "Then a letter: go to its mark; ' again: to where you were."),
    # Entities
    Action("next_mention", ("tab",), "Next name", "Entities", lambda at: at.names.next(1),
           "Go to the next mention.", label="name"),
    Action("previous_mention", ("shift+tab",), "Previous name", "Entities", lambda at: at.names.next(-1),
           "Go to the mention before."),
    Action("next_person", ("p",), "Next person", "Entities", lambda at: at.names.next(1, "PERSON"),
           "Go to the next mention of a person."),
    Action("previous_person", ("P",), "Previous person", "Entities", lambda at: at.names.next(-1, "PERSON"),
           "Go to the mention of a person before."),
    Action("next_place", ("l",), "Next place", "Entities", lambda at: at.names.next(1, "PLACE"),
           "Go to the next mention of a place."),
    Action("previous_place", ("L",), "Previous place", "Entities", lambda at: at.names.next(-1, "PLACE"),
           "Go to the mention of a place before."),
    Action("next_organisation", ("o",), "Next organisation", "Entities", lambda at: at.names.next(1, "ORG"),
           "Go to the next organisation."),
    Action("previous_organisation", ("O",), "Previous organisation", "Entities",
           lambda at: at.names.next(-1, "ORG"), "Go to the organisation before."),
    Action("next_same", ("asterisk",), "Next mention of the same", "Entities",
           lambda at: at.names.next_same(1), "Go to the next mention of the same entity."),
    Action("previous_same", ("number_sign",), "Previous mention of the same", "Entities",
           lambda at: at.names.next_same(-1), "Go to the mention of the same entity before."),
    Action("open_card", ("enter",), "Card", "Entities", lambda at: at.dialogs.open_card(),
           "Open the card of the current name or quotation: aliases, mentions, what it said.", label="card"),
    Action("dossier", ("S",), "Said elsewhere", "Entities", lambda at: at.dossiers.open(),
           "Show what the library knows of the current name or speaker: what they said in other articles."),
    # Quotations
    Action("next_quotation", ("right_square_bracket",), "Next quotation", "Quotations",
           lambda at: at.quotations.next(1), "Go to the next quotation.", label="quotation"),
    Action("previous_quotation", ("left_square_bracket",), "Previous quotation", "Quotations",
           lambda at: at.quotations.next(-1), "Go to the quotation before."),
    Action("next_doubtful", ("a",), "Next doubtful", "Quotations", lambda at: at.quotations.next_doubtful(1),
           "Go to the next quotation whose speaker is doubtful or not known."),
    Action("previous_doubtful", ("A",), "Previous doubtful", "Quotations",
           lambda at: at.quotations.next_doubtful(-1), "Go to the doubtful quotation before."),
    Action("speaker", ("s",), "Speaker and back", "Quotations", lambda at: at.quotations.speaker(),
           "Go from a quotation to its speaker, and back.", label="speaker"),
    # Search
    Action("search", ("slash",), "Search", "Search", lambda at: at.searching.open(),
           "Search; lower case finds both cases, ctrl+r in the field takes regular expressions.",
           label="search"),
    Action("next_match", ("n",), "Next match", "Search", lambda at: at.searching.next(1),
           "Go to the next match."),
    Action("previous_match", ("N",), "Previous match", "Search", lambda at: at.searching.next(-1),
           "Go to the match before."),
    Action("escape", ("escape",), "Let go", "Search", lambda at: at.leaving.let_go(),
           "Clear the selection, the search, then the current name or quotation; return to the article.",
           needs_article=False),
    # View
    Action("toggle_panel", ("v", "backslash"), "Panel", "View", lambda at: at.link.toggle(),
           "Show or hide the panel beside the article.", label="panel"),
    Action("switch_focus", ("ctrl+w", "f6"), "Article or panel", "View", lambda at: at.link.switch_focus(),
           "Move the keys between article and panel."),
    Action("show_quotations", ("1",), "Quotations", "View", lambda at: at.link.open_tab("quotations"),
           "Show the quotations in the panel."),
    Action("show_people", ("2",), "People", "View", lambda at: at.link.open_tab("people"),
           "Show the people in the panel."),
    Action("show_places", ("3",), "Places", "View", lambda at: at.link.open_tab("places"),
           "Show the places in the panel."),
    Action("show_organisations", ("4",), "Organisations", "View",
           lambda at: at.link.open_tab("organisations"), "Show the organisations in the panel."),
    Action("show_removed", ("5",), "Removed lines", "View", lambda at: at.link.open_tab("removed"),
           "Show in the panel what cleaning removed."),
    Action("show_about", ("6",), "About the article", "View", lambda at: at.link.open_tab("article"),
           "Show metadata and the balance of sources."),
    Action("focus_mode", ("z",), "Focus mode", "View", lambda at: at.viewing.toggle_alone(),
           "Hide everything but the text."),
    Action("highlights", ("h",), "Highlights", "View", lambda at: at.viewing.toggle_highlights(),
           "Show or hide the highlights in the text."),
    Action("type_letters", ("T",), "Letters for types", "View", lambda at: at.viewing.toggle_letters(),
           "Show P, L, O in the margin beside names."),
    Action("paragraph_numbers", ("d",), "Paragraph numbers", "View", lambda at: at.viewing.toggle_numbers(),
           "Number the paragraphs."),
    Action("wider", ("plus", "equals_sign"), "Wider text", "View", lambda at: at.viewing.widen(1),
           "Make the lines longer."),
    Action("narrower", ("minus",), "Narrower text", "View", lambda at: at.viewing.widen(-1),
           "Make the lines shorter."),
    Action("theme", ("t",), "Theme", "View", lambda at: at.dialogs.theme(),
           "Choose a theme.", needs_article=False),
    Action("help", ("question_mark", "f1"), "Help", "View", lambda at: at.help(),
           "Show all keys.", label="help", needs_article=False),
    Action("tour", ("f2",), "Tour", "View", lambda at: at.touring.begin(),
           "Two minutes in a sample article: the keys that matter most. Any other key ends it.",
           needs_article=False),
    Action("palette", ("colon",), "Commands", "View", lambda at: at.palette(),
           "Find a command by its name.", needs_article=False),
    # Article
    Action("removed", ("x",), "Removed lines in place", "Article", lambda at: at.removed.toggle(),
           "Show what cleaning removed, where it stood."),
    Action("next_removed", ("J",), "Next removed line", "Article", lambda at: at.removed.next(1),
           "Go to the next removed line."),
    Action("previous_removed", ("K",), "Previous removed line", "Article", lambda at: at.removed.next(-1),
           "Go to the removed line before."),
    Action("put_back", ("u",), "Put back", "Article", lambda at: at.removed.put_back(),
           "Put the current removed line back into the article."),
    Action("keep_everything", ("U",), "Keep everything", "Article", lambda at: at.removed.keep_everything(),
           "Put back all that cleaning removed."),
    Action("correct", ("c",), "Correct", "Article", lambda at: at.correcting.open(),
           "Correct the selection, the current name or quotation: who speaks, what is a name.",
           label="correct"),
    Action("confirm", ("R",), "The speaker is right", "Article", lambda at: at.correcting.confirm(),
           "Say that the speaker of the current quotation is right: that lasts, as a correction does."),
    Action("undo_correction", ("Z",), "Take a correction back", "Article", lambda at: at.correcting.undo(),
           "Take the last correction of this article back."),
    Action("list_corrections", ("D",), "Corrections", "Article", lambda at: at.correcting.list(),
           "List the corrections of this article; each can be taken back."),
    Action("export", ("e",), "Export", "Article", lambda at: at.dialogs.export(),
           "Export the article with its highlights.", label="export"),
    Action("copy", ("y", "ctrl+c"), "Copy", "Article", lambda at: at.clipboard.copy(),
           "Copy the selection, the name, the quotation with its citation; else the paragraph at the top.",
           label="copy"),
    Action("copy_article", ("Y",), "Copy the article", "Article", lambda at: at.clipboard.copy_article(),
           "Copy the whole article with its title."),
    Action("copy_citation", ("C",), "Copy citation", "Article", lambda at: at.clipboard.copy_citation(),
           "Copy the citation of the article."),
    Action("open_link", ("w",), "Open link", "Article", lambda at: at.links.number(),
           "Number the links on the screen; a number shows where it leads, Enter opens it, y copies it."),
    Action("list_links", ("W",), "Links", "Article", lambda at: at.links.list(),
           "List the links of the article with their addresses."),
    Action("open_page", ("E",), "Open in the browser", "Article", lambda at: at.links.open_page(),
           "Open the page that the article came from in the browser."),
    Action("share", ("M",), "Share", "Article", lambda at: at.links.share(),
           "Give the article's address and title to the program that the settings name."),
    Action("save", ("ctrl+s",), "Save", "Article", lambda at: at.collection.save(),
           "Save the article: it is looked at again for changes. Once more: no longer."),
    Action("reload", ("r",), "Reload", "Article", lambda at: at.opening.reload(),
           "Read the source again and keep the place.", needs_article=False),
    Action("next_article", ("right_parenthesis",), "Next article", "Article", lambda at: at.next_article(1),
           "Open the next of several articles, or of the news.", needs_article=False),
    Action("previous_article", ("left_parenthesis",), "Previous article", "Article",
           lambda at: at.next_article(-1), "Open the article before, of several or of the news.",
           needs_article=False),
    Action("changes", ("V",), "What changed", "Article", lambda at: at.versions.open(),
           "Show what changed since the version that was read before: quotations, numbers, names, wording."),
    Action("library", ("I",), "Library", "Article", lambda at: at.collection.list(),
           "Show the library: what you have read, to be searched.", needs_article=False),
    Action("balance", ("B",), "Balance", "Article", lambda at: at.collection.balance(),
           "Show who is quoted with how many words: in this article, or in all that you have read.",
           needs_article=False),
    Action("feeds", ("F",), "Feeds", "Article", lambda at: at.collection.feeds(),
           "Show the feeds that you follow, what they say, and what your watches found.",
           needs_article=False),
    Action("open", ("i",), "Open another", "Article", lambda at: at.dialogs.home(),
           "Open another article: paste, file or address.", needs_article=False),
    Action("suspend", ("ctrl+z",), "Suspend", "Article", lambda at: at.suspend(),
           "Go back to the shell; fg brings the reader back.", needs_article=False),
    Action("quit", ("q",), "Back or quit", "Article", lambda at: at.leaving.quit(),
           "Close what is open on top, else go back to the list or library, else quit.",
           label="quit", needs_article=False),
)
# fmt: on

BY_NAME = {action.name: action for action in ACTIONS}
