"""Exporting the article: choose a format, see what it looks like, name the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from reader.export.options import Options
from reader.export.registry import FORMATS, Format, render
from reader.export.writing import file_stem, write_file
from reader.model.errors import ReaderError
from reader.tui.drawing.export_preview import preview
from reader.tui.drawing.rows import Line, Piece
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.screens.results import Exported
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.settings.theme import Theme

# What a proposed name ends with: an export never takes the place of what it was made from.
_OWN = "-onrecord"


class _FormatRows:
    """The formats that most readers know, then the others."""

    def __init__(self, formats: Iterable[Format]) -> None:
        formats = tuple(formats)
        usual = [format_ for format_ in formats if format_.usual]
        others = [format_ for format_ in formats if not format_.usual]
        self._rows: list[Format | str] = ["Usual", *usual, "All others", *others]
        self.keys = [row if isinstance(row, str) else row.name for row in self._rows]

    def heights(self, width: int) -> Sequence[int]:
        return [2 if isinstance(row, str) and number else 1 for number, row in enumerate(self._rows)]

    def selectable(self, index: int) -> bool:
        return not isinstance(self._rows[index], str)

    def draw(self, index: int, width: int) -> list[Line]:
        row = self._rows[index]
        if isinstance(row, str):
            return [[], [Piece(row, "accent")]] if index else [[Piece(row, "accent")]]
        return [[Piece(row.title)]]


class ExportDialog(Dialog[Exported]):
    """The dialog. It writes the file itself and answers with what was written."""

    HEADING = "Export"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "write", "Write", show=False),
        Binding("ctrl+d", "scroll_preview(8)", "Further in the preview", show=False),
        Binding("ctrl+u", "scroll_preview(-8)", "Back in the preview", show=False),
    ]
    DEFAULT_CSS = """
    ExportDialog {
        & > #dialog { width: 100; height: 100%; max-height: 40; }
        & #export-parts { height: 1fr; }
        & RowList { width: 24; height: 1fr; }
        & #export-preview {
            width: 1fr; height: 1fr; padding: 0 1; border-left: solid $border-blurred;
            background: $background; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
            & > Static { padding: 0; }
        }
        & #export-about { height: auto; max-height: 2; color: $muted-text; margin-top: 1; }
        & Input {
            height: 1; margin: 0 1; border: none; padding: 0;
            background: $quotation-background; color: $foreground;
            &:focus { background-tint: transparent; }
        }
        & #export-problem { color: $warning; display: none; max-height: 3; }
    }
    """

    def __init__(
        self,
        article: Article,
        analysis: Analysis,
        *,
        theme: Theme | None = None,
        selection: tuple[int, int] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Offer to export an article, or a selection of its text, into a folder (the current one)."""
        super().__init__()
        self._article = article
        self._analysis = analysis
        self._options = Options(theme=theme, selection=selection)
        self._folder = folder
        self._format = next(iter(FORMATS.values()))
        self._overwrite: Path | None = None

    @property
    def heading(self) -> str:
        """What is exported."""
        return "Export the selection" if self._options.selection else "Export the article"

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys of what has the focus."""
        if self.is_mounted and self.query_one(Input).has_focus:
            return (
                KeyHint("Enter", "write", "write"),
                KeyHint("Tab", "formats", "app.focus_next"),
                KeyHint("Esc", "close", "close"),
            )
        return (
            KeyHint("Enter", "name the file", "app.focus_next"),
            KeyHint("ctrl+s", "write", "write"),
            KeyHint("↑↓", "format", "format"),
            KeyHint("ctrl+d", "preview", "scroll_preview(8)"),
            KeyHint("Esc", "close", "close"),
        )

    def content(self) -> ComposeResult:
        """Yield the list, the preview and the field."""
        with Horizontal(id="export-parts"):
            yield RowList()
            with VerticalScroll(id="export-preview", can_focus=False):
                yield Static(id="export-text")
        yield Static(id="export-about")
        yield Input(compact=True)
        yield Static(id="export-problem")

    def on_mount(self) -> None:
        """Fill the list and show the first format."""
        rows = self.query_one(RowList)
        rows.replace(_FormatRows(FORMATS.values()), keep=False)
        rows.select(self._format.name)
        rows.focus()
        self._choose(self._format)

    def _choose(self, format_: Format) -> None:
        field = self.query_one(Input)
        stem = file_stem(replace(self._article, source="")) + _OWN
        suggested = (self._folder / stem if self._folder else Path(stem)).as_posix()
        if not field.value:
            field.value = suggested + format_.suffix
        elif field.value.endswith(self._format.suffix):
            field.value = field.value.removesuffix(self._format.suffix) + format_.suffix
        self._format = format_
        unit = f" Positions count {format_.offset_unit}s." if format_.offset_unit else ""
        about = f"{format_.description[:1].upper()}{format_.description[1:]}.{unit}"
        self.query_one("#export-about", Static).update(Content(about))
        self._say(None)
        self.call_after_refresh(self._preview, format_)  # as wide as it is by then

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, format_: Format) -> None:
        """Render in a thread: a format may need an import or a long article some time."""
        width = max(20, self.query_one("#export-preview").scrollable_content_region.width)
        try:
            content = preview(format_, self._article, self._analysis, self._options, width)
        except ReaderError as error:
            content = Content(str(error))
        self.app.call_from_thread(self._show_preview, format_, content)

    def _show_preview(self, format_: Format, content: Content) -> None:
        if self.is_mounted and format_ is self._format:
            self.query_one("#export-text", Static).update(content)
            self.query_one("#export-preview").scroll_home(animate=False)

    def _say(self, problem: str | None) -> None:
        line = self.query_one("#export-problem", Static)
        line.display = problem is not None
        line.update(Content(problem or ""))
        self._overwrite = None

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Show a format."""
        self._choose(FORMATS[message.key])

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Take a format: a click shows it, Enter goes on to the file name."""
        self._choose(FORMATS[message.key])
        if not message.clicks:
            self.query_one(Input).focus()

    def action_format(self) -> None:
        """Show the next format."""
        self.query_one(RowList).action_move(1)

    def action_scroll_preview(self, lines: int) -> None:
        """Look further into the preview."""
        self.query_one("#export-preview").scroll_relative(y=lines, animate=False)

    @on(Input.Changed)
    def forget_question(self) -> None:
        """Another name is another question."""
        self._say(None)

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Write the file; ask once before replacing one."""
        name = self.query_one(Input).value.strip()
        if not name:
            self._say("Name a file first.")
            return
        path = Path(name).expanduser()
        if path.is_file() and self._overwrite != path:
            self._say("This file is there already. Enter again replaces it.")
            self._overwrite = path
            return
        self._write(path, self._format, path == self._overwrite)

    @work(thread=True, exclusive=True, group="write")
    def _write(self, path: Path, format_: Format, force: bool) -> None:
        try:
            data = render(format_.name, self._article, self._analysis, self._options)
            write_file(path, data, force=force)
        except ReaderError as error:
            self.app.call_from_thread(self._say, str(error))
        else:
            self.app.call_from_thread(self.dismiss, Exported(path, format_.title))
