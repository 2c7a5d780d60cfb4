"""The themes, tried on as one moves through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reader.tui.drawing.rows import EvenRows, Line, Piece, spread, wrapped
from reader.tui.keys import KeyHint
from reader.tui.screens.dialog import Dialog
from reader.tui.theming import apply
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from reader.settings.theme import Theme
    from reader.tui.theming import Themes


class _ThemeRows(EvenRows):
    def __init__(self, themes: Sequence[Theme]) -> None:
        self._themes = themes
        self.keys = [theme.name for theme in themes]

    def draw(self, index: int, width: int) -> list[Line]:
        theme = self._themes[index]
        kind = "your terminal’s" if theme.ansi else "dark" if theme.dark else "light"
        return [spread([Piece(theme.label)], [Piece(kind, "muted")], width)]


class ThemePicker(Dialog[str]):
    """The picker. Its result is the chosen theme's name; closing it brings the old theme back."""

    HEADING = "Theme"
    HINTS = (
        KeyHint("↑↓", "try", "try"),
        KeyHint("Enter", "keep", "go"),
        KeyHint("Esc", "as before", "close"),
    )
    SCROLLS = "RowList"
    REST = 13
    BINDINGS: ClassVar[list[BindingType]] = [Binding("t", "close", "Close", show=False)]
    DEFAULT_CSS = """
    ThemePicker {
        align: right top; background: transparent;
        & > #dialog { width: 40; margin: 1 2; }
        & RowList { height: auto; }
        & #sample { margin-top: 1; padding: 0 1; }
        & #remarks { color: $warning; padding: 0 1; max-height: 4; display: none; }
    }
    """

    def __init__(self, themes: Themes, current: str) -> None:
        """Show the themes; ``current`` is the name of the one that is shown now."""
        super().__init__()
        self._themes = themes
        self._current = current

    def content(self) -> ComposeResult:
        """Yield the list, a line in the theme's colours, and what is wrong with broken themes."""
        yield RowList()
        yield Static(
            Content.assemble(
                ("Person", "bold $person"),
                "  ",
                ("Place", "underline $place"),
                "  ",
                ("Organisation", "italic $org"),
                "  ",
                ("cue", "$cue"),
                "\n",
                ("▎", "$quotation-bar"),
                ("“A quotation,”", "$foreground"),
                " ",
                (" current ", "$current-text on $current-background"),
                " ",
                (" found ", "$match-text on $match-background"),
            ),
            id="sample",
        )
        yield Static(id="remarks")

    def on_mount(self) -> None:
        """Fill the list."""
        rows = self.query_one(RowList)
        rows.replace(_ThemeRows(list(self._themes.available.values())), keep=False)
        rows.select(self._current)
        rows.focus()
        if self._themes.problems:
            remarks = self.query_one("#remarks", Static)
            remarks.display = True
            remarks.update(Content("\n".join(line for p in self._themes.problems for line in wrapped(p, 36))))

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Try a theme on."""
        apply(self.app, self._themes.available[message.key])

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Try on with one click, keep with Enter or a second click."""
        apply(self.app, self._themes.available[message.key])
        if message.clicks != 1:
            self.dismiss(message.key)

    def action_try(self) -> None:
        """Try the next theme on."""
        self.query_one(RowList).action_move(1)

    def action_go(self) -> None:
        """Keep the selected theme."""
        self.dismiss(self.query_one(RowList).selected)

    def action_close(self) -> None:
        """Go back to the theme from before."""
        apply(self.app, self._themes.choose(self._current).theme)
        self.dismiss(None)
