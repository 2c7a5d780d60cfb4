"""The first screen when no article was given: paste one, name one, go on with one, or try a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from reader.text.safety import one_line, printable, sanitise
from reader.tui.drawing.rows import Line, Piece, fit, spread
from reader.tui.samples import SAMPLES
from reader.tui.screens.dialog import Hint, KeyLine
from reader.tui.screens.results import HomeResult, OpenSource, OpenText
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from reader.tui.samples import Sample

_LONGEST_NAME = 2_000


class Recent(NamedTuple):
    """An article that was opened before: what to call it, where it is, and when that was, in words."""

    title: str
    source: str
    when: str = ""


class _HomeRows:
    """Recent articles and samples. The key of a row is what to open."""

    def __init__(self, recent: Sequence[Recent], samples: Sequence[Sample]) -> None:
        self._rows: list[tuple[str, str, str]] = []
        if recent:
            self._rows.append(("", "Go on reading", ""))
            self._rows += [(r.source, one_line(r.title) or one_line(r.source), r.when) for r in recent]
        self._rows.append(("", "Try a sample", ""))
        self._rows += [(str(s.path), s.title, s.about) for s in samples]
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


class SourceInput(Input):
    """The field for a path or an address. Several lines pasted into it are an article, not a name."""

    class TextPasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = event.text.strip()
        if "\n" in text or "\r" in text or len(text) > _LONGEST_NAME:
            self.post_message(self.TextPasted(event.text))
            return
        # A file dragged onto the terminal arrives in quotation marks.
        if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
            text = text[1:-1]
        start, end = self.selection
        self.replace(printable(text, _LONGEST_NAME), start, end)


class ArticleInput(TextArea):
    """The field for a whole article. What is pasted is made safe to draw before it is drawn."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
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
    _LIST_HINTS = (
        Hint("Enter", "open", "go"),
        Hint("Tab", "field or list", "app.focus_next"),
        Hint("ctrl+t", "paste or write an article", "write"),
        Hint("Esc", "leave", "back"),
    )
    _TEXT_HINTS = (
        Hint("ctrl+o", "read this text", "read"),
        Hint("Esc", "back to the list", "back"),
    )

    def __init__(
        self,
        recent: Iterable[Recent] = (),
        samples: Iterable[Sample] = SAMPLES,
        problem: str | None = None,
    ) -> None:
        """Offer recent articles and samples; ``problem`` says why the last one could not be opened."""
        super().__init__()
        self._rows = _HomeRows(tuple(recent), tuple(samples))
        self._problem = problem

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
            yield SourceInput(placeholder="A file, a folder, a web address – or paste an article here")
            yield Static(id="problem")
            yield RowList()
            yield ArticleInput(
                soft_wrap=True,
                show_line_numbers=False,
                highlight_cursor_line=False,
                placeholder="Paste or write an article here.",
            )
            yield KeyLine(self._LIST_HINTS)

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
        self.query_one(KeyLine).update(self._LIST_HINTS if text is None else self._TEXT_HINTS)
        if text is None:
            self.query_one(SourceInput).focus()
        else:
            if text:
                area.insert_text(text)
                area.move_cursor((0, 0))
            area.focus()

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
        field = self.query_one(SourceInput)
        if field.value.strip():
            self.dismiss(OpenSource(field.value.strip()))
        else:
            self.query_one(RowList).action_choose()

    def on_source_input_text_pasted(self, message: SourceInput.TextPasted) -> None:
        """Show a pasted article, to be looked at before it is opened."""
        self._write(message.text)

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
        """Open a recent article or a sample."""
        self.dismiss(OpenSource(message.key))
