"""How the article is set, and what is shown around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.widgets.article_view import NARROWEST, WIDEST

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.tui.controllers.panel_link import PanelLink
    from reader.tui.controllers.telling import Telling
    from reader.tui.widgets.article_view import ArticleView

_MEASURE_STEP = 4


class Viewing:
    """Changes the look of the reading screen."""

    def __init__(self, screen: Screen[None], view: ArticleView, link: PanelLink, telling: Telling) -> None:
        self._screen, self._view, self._link, self._telling = screen, view, link, telling

    def toggle_highlights(self) -> None:
        """Show or hide the highlights."""
        options = self._view.options
        self._view.set_options(options._replace(highlights=not options.highlights))
        hidden = f"Highlights are hidden: {self._telling.key_of('highlights')} shows them"
        self._telling.say(hidden if options.highlights else "")

    def toggle_letters(self) -> None:
        """Show or hide the letters for types."""
        options = self._view.options
        self._view.set_options(options._replace(letters=not options.letters))

    def toggle_numbers(self) -> None:
        """Show or hide paragraph numbers."""
        options = self._view.options
        self._view.set_options(options._replace(numbers=not options.numbers))

    def widen(self, step: int) -> None:
        """Make the lines longer; shorter when ``step`` is -1."""
        # Counted from what is on the screen: beyond what fits nothing would change but the way back.
        measure = self._view.column[2] + step * _MEASURE_STEP
        measure = max(NARROWEST, min(WIDEST, measure))
        self._view.set_options(self._view.options._replace(measure=measure))
        self._telling.say(f"Lines of {self._view.column[2]} characters")

    @property
    def alone(self) -> bool:
        """Whether there is nothing but the text."""
        return self._screen.has_class("-alone")

    def toggle_alone(self) -> None:
        """Hide everything but the text, or show it again."""
        self._screen.set_class(not self.alone, "-alone")
        self._link.catch_up()
        self._view.focus()
