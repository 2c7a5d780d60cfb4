"""The articles of the library, the newest first; or what a search finds in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.content import Content
from textual.widgets import Static

from reader.text.safety import one_line
from reader.tui.drawing.library_rows import HitRows, ListedArticleRows
from reader.tui.drawing.rows import plural
from reader.tui.keys import KeyHint
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.field_dialogs import LineDialog
from reader.tui.screens.library_dialogs import FilterDialog, narrowed, parts
from reader.tui.screens.results import OpenKept
from reader.tui.screens.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from reader.library.library import Library
    from reader.library.listing import ListedArticle
    from reader.library.search import Hit
    from reader.tui.screens.library_dialogs import Narrowing
    from reader.tui.screens.view import Ask, Left
    from reader.tui.widgets.row_list import RowList

_PAGE = 60
_TALL = 25
_PREVIEW = 600  # code points

_GROUP = "Articles"
COMMANDS = (
    Command("go", ("enter",), "Open", _GROUP, "Open the article, at the place that was found.", "open"),
    Command(
        "filter", ("f",), "Filter", _GROUP, "List only articles of a state, date, tag or source.", "filter"
    ),
    Command("tag", ("t",), "Tags", _GROUP, "Change the tags of the selected article.", "tags"),
    Command(
        "later", ("l",), "Read later", _GROUP, "Keep the selected article for later, or no longer.", "later"
    ),
    Command("delete", ("d", "delete"), "Delete", _GROUP, "Delete the selected article.", "delete"),
    Command(
        "undelete", ("u",), "Bring back", _GROUP, "Bring back what was deleted, until you leave the library."
    ),
)


class ArticlesPage(NamedTuple):
    """A page of the list, or why there is none. ``total`` counts all, ``muted`` those that are hidden."""

    entries: list[ListedArticle]
    lengths: dict[int, int]
    hits: list[Hit]
    searched: bool
    total: int
    muted: int = 0
    problem: str = ""


class ArticlesView(View[ArticlesPage]):
    """The view."""

    NAME = "articles"
    TITLE = "Articles"
    PLACEHOLDER = "Search what you have read"
    COMMANDS = COMMANDS
    FIELD_HINTS = (KeyHint("by: source: since: tag: is:", "narrow", "search_here"),)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS[1:])
    DEFAULT_CSS = """
    ArticlesView > #library-preview {
        height: 5; max-width: 124; padding: 0 2; border-top: solid $frame; color: $muted-text; display: none;
    }
    ArticlesView.-tall > #library-preview { display: block; }
    """

    def __init__(self, ask: Ask, left: Left) -> None:
        super().__init__(ask, left)
        self._entries: list[ListedArticle] = []
        self._lengths: dict[int, int] = {}
        self._hits: list[Hit] = []
        self._searched = False
        self._total: int | None = None
        self._muted = 0
        self.deleted: list[int] = []

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        yield from super().compose()
        yield Static(id="library-preview", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Show how an article begins where there is room for it."""
        self.set_class(event.size.height >= _TALL, "-tall")

    @property
    def title(self) -> str:
        """What was found."""
        if not self.left.words.strip() or self._total is None:
            return ""
        found = len(self._hits) if self._searched else len(self._shown)
        return f"{found:,}{'+' if self.more else ''} found"

    @property
    def count(self) -> int:
        """How many articles there are."""
        return (self._total or 0) - len(self.deleted)

    @property
    def counts(self) -> str:
        """How many articles there are, and what was deleted."""
        if self._total is None:
            return ""
        gone = f"{len(self.deleted)} deleted: u brings it back · " if self.deleted else ""
        hidden = f"{self._muted:,} muted · " if self._muted else ""
        return gone + hidden + plural(self._total - len(self.deleted), "article")

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something for what is selected."""
        found = super().hints
        if self._entry is None:
            own = ("go", "filter") if self.list.rows.keys else ("filter",)
            found = tuple(hint for hint in found if hint.action in own)
        if self.deleted:
            found = (*found, KeyHint("u", "bring back", "undelete"))
        return found

    # What is shown

    @property
    def _shown(self) -> list[ListedArticle]:
        return [entry for entry in self._entries if entry.id not in self.deleted]

    def question(self, *, more: bool) -> Callable[[Library], ArticlesPage]:
        """Ask for the first page, or for the next."""
        words = self.left.words.strip()
        before = None
        if more and self._searched and self._hits:
            before = self._hits[-1].key
        elif more and not self._searched and self._entries:
            before = self._entries[-1].version
        return lambda library: _page(library, words, before)

    def show(self, answer: ArticlesPage, *, more: bool) -> None:
        """Show a page, below those before if it is one more."""
        if not more:
            self._entries, self._hits, self._lengths = [], [], {}
        self._entries += answer.entries
        self._hits += [hit for hit in answer.hits if hit.article.id not in self.deleted]
        self._lengths |= answer.lengths
        self._searched, self._total, self._muted = answer.searched, answer.total, answer.muted
        self.more = len(answer.entries) == _PAGE or bool(answer.hits)
        self._draw(keep=more, problem=answer.problem)

    def _draw(self, *, keep: bool = True, problem: str = "") -> None:
        rows = HitRows(self._hits) if self._searched else ListedArticleRows(self._shown, self._lengths)
        if self._searched:
            empty = "Nothing in the library has these words. Esc shows all articles."
        elif self.left.words.strip():
            empty = "No article is like that. Esc shows all articles."
        elif self.deleted:
            empty = "Every article is deleted: u brings back the last one."
        else:
            empty = "The library is empty: i opens an article, and what you open is kept here."
        self.fill(rows, keep=keep, empty=problem or empty)
        if not rows.keys:
            self._preview()

    @property
    def _entry(self) -> ListedArticle | None:
        key = self.list.selected if self.is_mounted else None
        if key is None or self._searched:
            return None
        return next((entry for entry in self._entries if str(entry.id) == key), None)

    def _preview(self) -> None:
        """Show how the selected article begins, or all of what was found."""
        preview, key, entry = self.query_one("#library-preview", Static), self.list.selected, self._entry
        if entry is None:
            preview.update(Content(self._hits[int(key)].text if key and self._searched else ""))
            return
        version = entry.version

        def show(text: str) -> None:
            if self.is_mounted and (now := self._entry) is not None and now.version == version:
                preview.update(Content(one_line(text)))

        self._ask(lambda library: library.articles.opening(version, _PREVIEW), show)

    # What happens

    def selection_moved(self) -> None:
        """Show how the selected one begins, too."""
        super().selection_moved()
        self._preview()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        message.stop()
        self.left.selected = message.key
        if self._searched:
            hit = self._hits[int(message.key)]
            self.screen.dismiss(OpenKept(hit.article.id, (hit.start, hit.end)))
        else:
            self.screen.dismiss(OpenKept(int(message.key)))

    async def action_search_here(self) -> None:
        """Type what to search for."""
        await self.run_action("screen.search")

    def action_filter(self) -> None:
        """Choose which articles are listed."""
        ask_for_part(self, self._ask)

    def action_tag(self) -> None:
        """Change the tags of the selected article."""
        entry = self._entry
        if entry is None:
            return

        def tagged(line: str | None) -> None:
            if line is not None:
                typed = (name.strip().lstrip("#") for name in line.split(","))
                names = tuple(dict.fromkeys(filter(None, typed)))
                gone = [name for name in entry.tags if name not in names]
                self._ask(lambda library: library.articles.tag(entry.id, names, gone), self._again)

        dialog = LineDialog("Tags", "Separated by commas.", ", ".join(entry.tags), "economy, to cite")
        self.app.push_screen(dialog, tagged)

    def action_later(self) -> None:
        """Keep the selected article to be read later, or no longer."""
        entry = self._entry
        if entry is not None:
            self._ask(lambda library: library.articles.keep_for_later(entry.id, not entry.later), self._again)

    def _again(self, _: object = None) -> None:
        if self.is_mounted:
            self.look()

    def action_delete(self) -> None:
        """Take the selected article away; it is deleted for good when the library is left."""
        entry = self._entry
        if entry is not None:
            keys = list(self.list.rows.keys)
            place = keys.index(str(entry.id))
            self.deleted.append(entry.id)
            following = keys[place + 1 : place + 2] or keys[max(0, place - 1) : place]
            self.left.selected = following[0] if following else ""
            self._draw()
            self.post_message(self.Told())

    def action_undelete(self) -> None:
        """Bring back what was taken away last."""
        if self.deleted:
            self.left.selected = str(self.deleted.pop())
            self._draw()
            self.list.select(self.left.selected, centre=True)
            self.post_message(self.Told())


def ask_for_part(view: View[Any], ask: Ask) -> None:
    """Ask what is to narrow a view down, and let it be typed into the field."""

    def choose(part: Narrowing | None) -> None:
        if part is not None:
            view.post_message(View.Typed(narrowed(view.left.words, part)))

    def offer(found: tuple[list[tuple[str, int]], list[tuple[str, int]]]) -> None:
        if view.is_mounted:
            view.app.push_screen(FilterDialog(parts(*found), view.left.words), choose)

    ask(lambda library: (library.articles.tags(), library.articles.sites()), offer)


def _page(library: Library, words: str, before: int | None) -> ArticlesPage:
    """Ask the library; called in its thread."""
    from reader.library.queries import QueryError, parse

    total, muted = library.articles.count(), library.articles.muted()
    try:
        query = parse(words, typing=True)
    except QueryError as error:
        problem = f"{error.title}. {error.hint}." if error.hint else str(error)
        return ArticlesPage([], {}, [], False, total, muted, problem)
    if not query.empty and not query.narrows:
        return ArticlesPage([], {}, library.search(query, before=before, limit=_PAGE), True, total, muted)
    # Whoever asks for something finds it, muted or not.
    hidden = False if query.empty else None
    entries = library.articles.entries(before=before, limit=_PAGE, query=query, muted=hidden)
    begun = [entry.version for entry in entries if entry.state == "begun"]
    return ArticlesPage(entries, library.articles.lengths(begun) if begun else {}, [], False, total, muted)
