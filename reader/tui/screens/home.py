"""The first screen when no article was given: what to open, samples, and the way to the feeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from reader.model.source import is_address
from reader.text.safety import one_line, sanitise
from reader.tui.drawing.rows import Line, Piece, fit, spread
from reader.tui.keys import KeyHint
from reader.tui.samples import SAMPLES
from reader.tui.screens.dialog import KeyLine
from reader.tui.screens.results import HomeResult, OpenFeeds, OpenSource, OpenText, TakeTour
from reader.tui.widgets.row_list import RowList
from reader.tui.widgets.source_input import SourceInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.samples import Sample

# A longer paste is opened at once: to look at it first, and to make it safe to look at, would take too long.
_LONGEST_SHOWN = 200_000
_TOUR, _FEEDS = "\0tour", "\0feeds"  # the keys of their rows: no paths and no addresses


class Recent(NamedTuple):
    """An article that was opened before: what to call it, where it is, and when that was, in words."""

    title: str
    source: str
    when: str = ""


class _HomeRows:
    """Recent articles, samples, feeds. The key of a row is what to open."""

    def __init__(self, recent: Sequence[Recent], samples: Sequence[Sample], *, feeds: bool) -> None:
        self._rows: list[tuple[str, str, str]] = []
        if recent:
            self._rows.append(("", "Go on reading", ""))
            self._rows += [(r.source, one_line(r.title) or one_line(r.source), r.when) for r in recent]
        self._rows.append(("", "Try a sample", ""))
        self._rows.append((_TOUR, "Take the tour", "two minutes, in the first sample"))
        self._rows += [(str(s.path), s.title, s.about) for s in samples]
        if feeds:
            self._rows.append(("", "Follow the news", ""))
            self._rows.append((_FEEDS, "Feeds", "of the sites that you choose, read here"))
        self.keys = [source or f"heading {number}" for number, (source, _, _) in enumerate(self._rows)]

    def heights(self, width: int) -> Sequence[int]:
        return [1 if source or not number else 2 for number, (source, _, _) in enumerate(self._rows)]

    def selectable(self, index: int) -> bool:
        return bool(self._rows[index][0])

    def draw(self, index: int, width: int) -> list[Line]:
        source, title, about = self._rows[index]
        if not source:
            return [[], [Piece(title, "accent")]] if index else [[Piece(title, "accent")]]
        if not about:
            about = one_line(source)
        right = fit([Piece(about, "muted")], max(width // 2, width - cell_len(title) - 4))
        return [spread([Piece("  "), Piece(title)], right, width)]


class ArticleInput(TextArea):
    """The field for a whole article. What is pasted is made safe to draw before it is drawn."""

    class TextPasted(Message):
        """So much was pasted that it is not to be shown here."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if len(event.text) > _LONGEST_SHOWN:
            self.post_message(self.TextPasted(self.text + event.text))
        else:
            self.insert_text(event.text)

    def insert_text(self, text: str) -> None:
        """Put foreign text where the cursor is."""
        self.insert(sanitise(text))


class HomeScreen(Screen[HomeResult]):
    """The screen. Its result says what to open; None means to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        Binding("ctrl+o", "read", "Read the text", show=False, priority=True),
        Binding("ctrl+t", "write", "Paste or write", show=False),
    ]
    DEFAULT_CSS = """
    HomeScreen {
        align: center top; background: $background;
        & > #home { width: 84; max-width: 100%; height: 100%; padding: 0 2; }
        & #brand { height: auto; padding: 1 1 0 1; }
        & SourceInput {
            margin-top: 1; border: round $border-blurred; background: $background; color: $foreground;
            &:focus { border: round $border; background-tint: transparent; }
        }
        & #problem { height: auto; max-height: 4; padding: 0 1; color: $error; display: none; }
        & RowList { height: 1fr; margin-top: 1; background: $background; }
        & ArticleInput {
            height: 1fr; display: none; border: round $border; background: $background; color: $foreground;
            &:focus { border: round $border; background-tint: transparent; }
            & .text-area--cursor-line { background: $background; }
        }
        & KeyLine { background: $background; margin: 1 0 0 0; }
        &.-writing RowList { display: none; }
        &.-writing ArticleInput { display: block; }
    }
    """
    _FIELD_HINTS = (
        KeyHint("Enter", "open", "go"),
        KeyHint("Tab", "complete, or list", "complete"),
        KeyHint("ctrl+t", "paste or write", "write"),
        KeyHint("Esc", "leave", "back"),
    )
    _LIST_HINTS = (
        KeyHint("Enter", "open", "go"),
        KeyHint("Tab", "field", "app.focus_next"),
        KeyHint("ctrl+t", "paste or write", "write"),
        KeyHint("Esc", "leave", "back"),
    )
    _TEXT_HINTS = (
        KeyHint("ctrl+o", "read this text", "read"),
        KeyHint("Esc", "back to the list", "back"),
    )

    def __init__(
        self,
        recent: Iterable[Recent] = (),
        samples: Iterable[Sample] = SAMPLES,
        problem: str | None = None,
        source: str = "",
        *,
        feeds: bool = True,
    ) -> None:
        """Offer recent articles and samples, and ``feeds`` where a library keeps them.

        ``problem`` says why the last one could not be opened, and ``source`` what was typed for it.
        """
        super().__init__()
        self._rows = _HomeRows(tuple(recent), tuple(samples), feeds=feeds)
        self._problem = problem
        self._source = one_line(source)

    def compose(self) -> ComposeResult:
        """Put the parts together."""
        with Vertical(id="home"):
            yield Static(
                Content.assemble(
                    ("“", "bold $quotation-bar"),
                    ("On Record", "bold $accent"),
                    ("”", "bold $quotation-bar"),
                    ("   Read the news in your terminal and see who said what.", "$muted-text"),
                ),
                id="brand",
            )
            yield SourceInput("A file, a folder, a web address – or paste an article here", self._source)
            yield Static(id="problem")
            yield RowList()
            yield ArticleInput(
                soft_wrap=True,
                show_line_numbers=False,
                highlight_cursor_line=False,
                placeholder="Paste or write an article here.",
            )
            yield KeyLine(self._FIELD_HINTS)

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(self._rows, keep=False)
        rows.action_move(1)
        self.query_one(SourceInput).focus()
        if self._problem:
            self.complain(self._problem)

    def complain(self, problem: str) -> None:
        """Say why something could not be opened."""
        line = self.query_one("#problem", Static)
        line.display = True
        line.update(Content(one_line(problem)))

    @property
    def writing(self) -> bool:
        """Whether the text field is open."""
        return self.has_class("-writing")

    def _write(self, text: str | None) -> None:
        area = self.query_one(ArticleInput)
        self.set_class(text is not None, "-writing")
        if text is None:
            self.query_one(SourceInput).focus()
        else:
            if text:
                area.insert_text(text)
                area.move_cursor((0, 0))
            area.focus()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        if self.writing:
            hints: tuple[KeyHint, ...] = self._TEXT_HINTS
        else:
            hints = self._FIELD_HINTS if self.query_one(SourceInput).has_focus else self._LIST_HINTS
        self.query_one(KeyLine).update(hints)

    def action_complete(self) -> None:
        """Complete what was typed."""
        self.query_one(SourceInput).action_complete()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Read the text only while it is being written."""
        return self.writing if action == "read" else True

    def action_write(self) -> None:
        """Open the text field."""
        self._write("")

    def action_read(self) -> None:
        """Open what was pasted or written."""
        text = self.query_one(ArticleInput).text
        if text.strip():
            self.dismiss(OpenText(text))
        else:
            self.complain("There is no text yet: paste or write an article first.")

    def action_back(self) -> None:
        """Leave the text field, else the screen."""
        if self.writing:
            self._write(None)
        else:
            self.dismiss(None)

    def action_go(self) -> None:
        """Open what the field names, else what is selected."""
        source = self.query_one(SourceInput).value.strip()
        if not source or self.query_one(RowList).has_focus:
            self.query_one(RowList).action_choose()
        elif problem := _missing(source):
            self.complain(problem)
        else:
            self.dismiss(OpenSource(source))

    def on_source_input_text_pasted(self, message: SourceInput.TextPasted) -> None:
        """Show a pasted article, to be looked at before it is opened."""
        if len(message.text) > _LONGEST_SHOWN:
            self.dismiss(OpenText(message.text))
        else:
            self._write(message.text)

    def on_article_input_text_pasted(self, message: ArticleInput.TextPasted) -> None:
        """Open a long article at once."""
        self.dismiss(OpenText(message.text))

    def on_input_changed(self) -> None:
        """What was wrong before may be right now."""
        if self._problem is None:
            self.query_one("#problem", Static).display = False
        self._problem = None

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Open what the field names."""
        self.action_go()

    def on_key(self, event: events.Key) -> None:
        """Go from the field into the list with the arrow."""
        if event.key == "down" and self.query_one(SourceInput).has_focus:
            event.stop()
            self.query_one(RowList).focus()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted while the list has the keys."""
        if not self.writing and not self.query_one(SourceInput).has_focus:
            self.query_one(SourceInput).focus()
            self.query_one(SourceInput).post_message(event)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open a recent article or a sample, take the tour, or show the feeds."""
        ways: dict[str, HomeResult] = {_TOUR: TakeTour(), _FEEDS: OpenFeeds()}
        self.dismiss(ways.get(message.key) or OpenSource(message.key))


def _missing(source: str) -> str | None:
    """Return why a path cannot be opened, as far as a glance tells; addresses are tried."""
    if is_address(source):
        return None
    shown = one_line(source)
    try:
        path = Path(source).expanduser()
        if path.is_dir():
            return None if any(path.iterdir()) else f"{shown} is an empty folder."
        if not path.exists():
            return f"There is no file or folder {shown}. A web address begins with https://."
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        return f"{shown} cannot be opened: {reason}."
    return None
