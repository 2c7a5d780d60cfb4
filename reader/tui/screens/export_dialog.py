"""Exporting the article: choose a format, see what it looks like, name the file."""

from __future__ import annotations

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
from reader.text.safety import shown
from reader.tui.drawing.rows import Line, Piece
from reader.tui.screens.dialog import Dialog, Hint
from reader.tui.screens.results import Exported
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult

    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.settings.theme import Theme

_PURPOSES = {"read": "To read", "compute": "To compute", "cite": "To cite"}
_PREVIEW_LINES = 200
_PREVIEW_WIDTH = 300


class _FormatRows:
    """The formats by what they are for."""

    def __init__(self, formats: Iterable[Format]) -> None:
        self._rows: list[Format | str] = []
        for format_ in formats:
            heading = _PURPOSES[format_.purpose]
            if heading not in self._rows:
                self._rows.append(heading)
            self._rows.append(format_)
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
    HINTS = (
        Hint("Tab", "list or file name", "app.focus_next"),
        Hint("Enter", "write", "write"),
        Hint("Esc", "close", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "write", "Write", show=False)]
    DEFAULT_CSS = """
    ExportDialog {
        & > #dialog { width: 100; height: 100%; max-height: 40; }
        & #export-parts { height: 1fr; }
        & RowList { width: 24; height: 1fr; }
        & #export-preview {
            width: 1fr; height: 1fr; padding: 0 1; border-left: solid $border-blurred;
            background: $background; scrollbar-size-vertical: 1;
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
        stem = file_stem(self._article)
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
        self._preview(format_)

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, format_: Format) -> None:
        """Render in a thread: a format may need an import or a long article some time."""
        try:
            data = render(format_.name, self._article, self._analysis, self._options)
        except ReaderError as error:
            text = str(error)
        else:
            if format_.binary:
                text = f"{len(data):,} bytes that are not text: nothing to show here."
            else:
                lines = data[: _PREVIEW_LINES * _PREVIEW_WIDTH].decode("utf-8", "replace").splitlines()
                cut = (line[:_PREVIEW_WIDTH] for line in lines[:_PREVIEW_LINES])
                text = "\n".join(shown(line) for line in cut)
        self.app.call_from_thread(self._show_preview, format_, text)

    def _show_preview(self, format_: Format, text: str) -> None:
        if self.is_mounted and format_ is self._format:
            self.query_one("#export-text", Static).update(Content(text))
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
