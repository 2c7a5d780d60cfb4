"""The library: the articles that were read, the newest first, searched as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from reader.text.safety import one_line
from reader.tui.drawing.library_rows import EntryRows, HitRows
from reader.tui.drawing.rows import plural
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import KeyLine
from reader.tui.screens.library_dialogs import ALL, Filter, FilterDialog, TagDialog
from reader.tui.widgets.bars import Bar
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.library.articles import Entry
    from reader.library.library import Library
    from reader.library.search import Hit
    from reader.tui.controllers.collection import Collection

_PAGE = 60
_AHEAD = 20  # rows before the end at which the next page is asked for
_PREVIEW = 600  # code points


class OpenKept(NamedTuple):
    """A document that is to be opened, at a span of its text if one is given."""

    document: int
    span: tuple[int, int] | None = None


class OpenOther(NamedTuple):
    """Something that is not in the library is to be opened."""


class _Page(NamedTuple):
    """A page of the list, or why there is none. ``total`` counts all articles."""

    number: int
    entries: list[Entry]
    lengths: dict[int, int]
    hits: list[Hit]
    total: int
    problem: str = ""


class LibraryScreen(Screen["OpenKept | OpenOther"]):
    """The screen. Its result is what to open; None goes back to the article that is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("q", "leave", "Quit", show=False),
        Binding("slash", "search", "Search", show=False),
        Binding("f", "filter", "Filter", show=False),
        Binding("t", "tag", "Tags", show=False),
        Binding("l", "later", "Read later", show=False),
        Binding("d,delete", "delete", "Delete", show=False),
        Binding("u", "undelete", "Undo", show=False),
        Binding("i", "open", "Open another", show=False),
    ]
    DEFAULT_CSS = """
    LibraryScreen {
        background: $background;
        & > #library-title { text-style: bold; }
        & > Input {
            height: 1; border: none; padding: 0 1; background: $surface; color: $foreground;
            &:focus { border: none; }
        }
        & > RowList { height: 1fr; background: $background; }
        & > #library-empty { height: 1fr; padding: 1 2; color: $muted-text; display: none; }
        & > #library-preview {
            height: 5; padding: 0 2; border-top: solid $frame; color: $muted-text; display: none;
        }
        &.-tall > #library-preview { display: block; }
    }
    """
    _LIST_HINTS = (
        KeyHint("Enter", "open", "go"),
        KeyHint("/", "search", "search"),
        KeyHint("f", "filter", "filter"),
        KeyHint("t", "tags", "tag"),
        KeyHint("l", "later", "later"),
        KeyHint("d", "delete", "delete"),
        KeyHint("i", "other", "open"),
        KeyHint("q", "quit", "leave"),
    )
    _FIELD_HINTS = (
        KeyHint("Enter ↓", "results", "to_list"),
        KeyHint("by: source: since: tag:", "narrow", "search"),
        KeyHint("Esc", "all articles", "back"),
    )

    def __init__(self, collection: Collection, *, opened: bool) -> None:
        """Show what a collection asks of the library; ``opened`` when there is an article to go back to."""
        super().__init__()
        self._collection, self._opened = collection, opened
        self._filter: Filter = ALL
        self._number = 0  # of the latest question: what comes late is not shown
        self._entries: list[Entry] = []
        self._lengths: dict[int, int] = {}
        self._hits: list[Hit] = []
        self._more = False
        self._total = 0
        self._deleted: list[int] = []

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield Bar(id="library-title")
        yield Input(self._collection.query, placeholder="Search what you have read", select_on_focus=False)
        yield RowList()
        yield Static(id="library-empty", markup=False)
        yield Static(id="library-preview", markup=False)
        yield KeyLine(self._LIST_HINTS)

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(RowList).focus()
        self._ask()

    def on_resize(self) -> None:
        """Show how an article begins where there is room for it."""
        self.set_class(self.size.height >= 30, "-tall")

    def on_unmount(self) -> None:
        """What was deleted is gone from now on."""
        self._collection.forget(self._deleted)

    # What is shown

    @property
    def _query(self) -> str:
        return self.query_one(Input).value.strip()

    def _ask(self, *, more: bool = False) -> None:
        """Ask for the first page, or for the next."""
        self._number += 1
        number, query, chosen = self._number, self._query, self._filter
        rows: list[Entry] | list[Hit] = self._hits if query else self._entries
        before = None
        if more and rows:
            before = self._hits[-1].key if query else self._entries[-1].version
        self._more = False

        def work(library: Library) -> _Page | None:
            if number != self._number:
                return None  # something else was typed meanwhile
            return _found(library, query, chosen, before, number)

        self._collection.ask(work, lambda page: self._show(page, more=more))

    def _show(self, page: _Page | None, *, more: bool) -> None:
        if page is None or page.number != self._number or not self.is_mounted:
            return
        if not more:
            self._entries, self._hits, self._lengths = [], [], {}
        self._entries += page.entries
        self._hits += page.hits
        self._lengths |= page.lengths
        self._total = page.total
        self._more = len(page.entries) == _PAGE or (bool(self._query) and bool(page.hits))
        self._draw(keep=more, problem=page.problem)

    def _draw(self, *, keep: bool = True, problem: str = "") -> None:
        rows = self.query_one(RowList)
        if self._query:
            rows.replace(HitRows(self._hits), keep=keep)
            if not keep:
                rows.select(self._collection.hit, centre=True)
        else:
            shown = [entry for entry in self._entries if entry.id not in self._deleted]
            rows.replace(EntryRows(shown, self._lengths), keep=keep)
            if not keep:
                rows.select(self._collection.selected, centre=True)
        if rows.selected is None:
            rows.action_move(1)
        empty = not rows.rows.keys
        none = "Nothing in the library has these words."
        words = problem or (none if self._query else f"No article is {self._filter.label}.")
        self.query_one("#library-empty", Static).update(Content(words))
        self.query_one("#library-empty").display, rows.display = empty, not empty
        self._title()

    def _title(self) -> None:
        count = len(self._hits)
        found = f"{count:,}{'+' if self._more else ''} found" if self._query else ""
        left = " · ".join(filter(None, ["Library", "" if self._query else self._filter.title, found]))
        gone = f"{len(self._deleted)} deleted: u brings it back · " if self._deleted else ""
        right = gone + plural(self._total - len(self._deleted), "article")
        self.query_one("#library-title", Bar).update(left, right)

    @property
    def _selected(self) -> Entry | None:
        key = self.query_one(RowList).selected
        if key is None or self._query:
            return None
        return next((entry for entry in self._entries if str(entry.id) == key), None)

    # What happens

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        typing = self.query_one(Input).has_focus
        self.query_one(KeyLine).update(self._FIELD_HINTS if typing else self._LIST_HINTS)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Search for what is typed so far."""
        message.stop()
        self._collection.query, self._collection.hit = message.value, ""
        self._ask()

    def on_input_submitted(self) -> None:
        """Go to what was found."""
        self.action_to_list()

    def on_key(self, event: object) -> None:
        """Go from the field into the list with the arrow."""
        if getattr(event, "key", "") == "down" and self.query_one(Input).has_focus:
            self.action_to_list()

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Show how it begins, and get more before the end is reached."""
        keys = self.query_one(RowList).rows.keys
        if self._more and message.key in keys[-_AHEAD:]:
            self._ask(more=True)
        entry = self._selected
        preview = self.query_one("#library-preview", Static)
        if entry is None:
            hit = self._hits[int(message.key)] if self._query and self._hits else None
            preview.update(Content(hit.text if hit else ""))
            return
        version = entry.version
        self._collection.ask(
            lambda library: library.articles.opening(version, _PREVIEW),
            lambda text: preview.update(Content(one_line(text))),
        )

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        if self._query:
            self._collection.hit = message.key
            hit = self._hits[int(message.key)]
            self.dismiss(OpenKept(hit.article.id, (hit.start, hit.end)))
        else:
            self._collection.selected = message.key
            self.dismiss(OpenKept(int(message.key)))

    def action_go(self) -> None:
        """Open what is selected."""
        self.query_one(RowList).action_choose()

    def action_to_list(self) -> None:
        """Go from the field into the list."""
        self.query_one(RowList).focus()

    def action_search(self) -> None:
        """Type what to search for."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """From what was searched for to all articles, from a filter to all, then to the article."""
        if self.query_one(Input).has_focus or self._query:
            self.query_one(Input).value = ""
            self.query_one(RowList).focus()
        elif self._filter != ALL:
            self._choose(ALL)
        elif self._opened:
            self.dismiss(None)

    async def action_leave(self) -> None:
        """Leave the reader."""
        await self.app.run_action("quit")

    def action_open(self) -> None:
        """Open something that is not in the library."""
        self.dismiss(OpenOther())

    def action_filter(self) -> None:
        """Choose which articles are listed."""
        self._collection.ask(
            lambda library: library.articles.tags(),
            lambda tags: self.app.push_screen(FilterDialog(tags), self._choose),
        )

    def _choose(self, chosen: Filter | None) -> None:
        if chosen is not None:
            self._filter = chosen
            self.query_one(Input).value = ""
            self._ask()

    def action_tag(self) -> None:
        """Change the tags of the selected article."""
        entry = self._selected
        if entry is None:
            return

        def tagged(names: tuple[str, ...] | None) -> None:
            if names is not None:
                gone = [name for name in entry.tags if name not in names]
                self._collection.ask(lambda library: library.articles.tag(entry.id, names, gone), self._again)

        self.app.push_screen(TagDialog(entry.tags), tagged)

    def action_later(self) -> None:
        """Keep the selected article to be read later, or no longer."""
        entry = self._selected
        if entry is not None:
            self._collection.ask(
                lambda library: library.articles.keep_for_later(entry.id, not entry.later), self._again
            )

    def _again(self, _: object = None) -> None:
        self._collection.selected = self.query_one(RowList).selected or ""
        self._ask()

    def action_delete(self) -> None:
        """Take the selected article away; it is deleted for good when the library is left."""
        entry = self._selected
        if entry is not None:
            rows = self.query_one(RowList)
            keys = list(rows.rows.keys)
            place = keys.index(str(entry.id))
            self._deleted.append(entry.id)
            following = keys[place + 1 : place + 2] or keys[place - 1 : place]
            self._collection.selected = following[0] if following else ""
            self._draw(keep=True)
            rows.select(self._collection.selected)

    def action_undelete(self) -> None:
        """Bring back what was taken away last."""
        if self._deleted:
            back = str(self._deleted.pop())
            self._draw(keep=True)
            self.query_one(RowList).select(back, centre=True)


def _found(library: Library, query: str, chosen: Filter, before: int | None, number: int) -> _Page:
    """Ask the library; called in its thread."""
    from reader.library.queries import QueryError

    total = library.articles.count()
    if query:
        try:
            return _Page(number, [], {}, library.search(query, before=before, limit=_PAGE), total)
        except QueryError as error:
            return _Page(number, [], {}, [], total, str(error))
    entries = library.articles.entries(
        before=before, limit=_PAGE, state=chosen.state, tag=chosen.tag, later=chosen.later
    )
    begun = [entry.version for entry in entries if entry.state == "begun"]
    return _Page(number, entries, library.articles.lengths(begun) if begun else {}, [], total)
