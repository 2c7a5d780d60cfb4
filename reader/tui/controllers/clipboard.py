"""What is put on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.safety import one_line

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.tui.controllers.telling import Telling
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView

# Terminals drop a longer OSC 52 without a word.
_LONGEST_COPY = 70_000


class Clipboard:
    """Copies what is current."""

    def __init__(self, screen: Screen[None], session: Session, view: ArticleView, telling: Telling) -> None:
        self._screen, self._session, self._view, self._telling = screen, session, view, telling

    def put(self, text: str, what: str) -> None:
        """Put text on the clipboard and say so."""
        self._screen.app.copy_to_clipboard(text)
        if len(text) > _LONGEST_COPY:
            self._telling.say(f"Copied {what}: {len(text):,} characters, more than some terminals take")
        else:
            self._telling.say(f"Copied {what}")

    def copy(self) -> None:
        """Copy what is current: the selection, a name, a quotation; else the paragraph at the top."""
        view, shown, cursor = self._view, self._session.shown, self._view.cursor
        if (selected := view.selected_text) is not None:
            self.put(selected, "the selection")
        elif (elsewhere := self._screen.get_selected_text()) is not None:
            self.put(one_line(elsewhere) if "\n" not in elsewhere else elsewhere, "the selection")
        elif shown is None or view.page is None:
            self._telling.say("There is nothing to copy")
        elif cursor.mention is not None:
            self.put(one_line(cursor.mention.entity.name), "the name")
        elif shown.findings is not None and cursor.quotation is not None:
            from reader.export.citation import quotation_citation, today

            text = quotation_citation(shown.findings, cursor.quotation, accessed=today())
            self.put(text, "the quotation with its citation")
        else:
            start, end = view.page.paragraph_span(view.first_shown)
            number = view.page.index.paragraph(start)
            self.put(view.words(start, end), f"paragraph {number}" if number else "the title")

    def copy_article(self) -> None:
        """Copy the whole article with its title."""
        page = self._view.page
        if page is not None:
            texts = [page.text[block.start : block.end] for block in page.blocks]
            titled = any(block.kind == "title" for block in page.blocks)
            title = [] if titled or not page.article.title else [one_line(page.article.title)]
            self.put("\n\n".join(title + texts), "the whole article")

    def copy_citation(self) -> None:
        """Copy the citation of the article."""
        if (article := self._session.article) is not None:
            from reader.export.citation import article_citation, today

            self.put(article_citation(article, accessed=today()), "the citation")
