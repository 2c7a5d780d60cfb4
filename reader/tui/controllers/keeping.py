"""Where the reader is in an article, what it marked there, from one opening to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.tui.positions import Position

if TYPE_CHECKING:
    from reader.model.article import Article
    from reader.tui.positions import Positions
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView
    from reader.work.librarian import Librarian

# How much of the text around the reader's place is looked for again after a reload.
_CONTEXT = 60


class Keeping:
    """Remembers place and marks of the article on the screen."""

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        positions: Positions,
        librarian: Librarian,
        *,
        resumes: bool,
    ) -> None:
        self._session, self._view, self._positions = session, view, positions
        self._librarian = librarian
        self._resumes = resumes
        self._held: tuple[int, str] | None = None
        self.marks: dict[str, int] = {}

    def hold(self) -> None:
        """The same article comes again, perhaps with other words in it: keep the place by the words there."""
        if (article := self._session.article) is not None:
            top = self._view.place
            self._held = (top, article.text[top : top + _CONTEXT])

    def release(self) -> None:
        """It does not come again after all."""
        self._held = None

    def arrive(self, article: Article) -> int:
        """Return the offset at which an article is to be opened, and take up its marks."""
        position = self._positions.get(article.id) if self._resumes else Position()
        self.marks = position.marks
        offset = position.offset
        if self._held is not None:
            offset = _find_again(article.text, *self._held)
            self._held = None
        return min(offset, len(article.text))

    def keep(self, article: Article) -> None:
        """Let the library keep an article as it was read."""
        self._librarian.keep(article)

    def mark(self, letter: str) -> None:
        """Remember this place under a letter."""
        self.marks[letter] = self._view.first_shown
        self.save()

    def save(self) -> None:
        """Write down place and marks, in the library too."""
        shown = self._session.shown
        if shown is None or not shown.article.blocks:
            return
        article = shown.article
        self._librarian.leave(shown.read, self._view.place, end=self._view.last_shown >= len(article.text))
        source = _again(article.source)
        known = self._positions.seen(article.id, len(article.text)) is not None
        if source or self._view.place or self.marks or known:
            seen = min(self._view.last_shown, len(article.text))
            position = Position(self._view.place, self.marks, seen)
            self._positions.save(article.id, position, article.title or "", source)


def _again(source: str) -> str:
    """Return what opens an article again from anywhere; nothing for one that was pasted or piped in."""
    if source.startswith(("http://", "https://")):
        return source
    path = Path(source)
    return str(path.absolute()) if source not in ("", "-") and path.is_file() else ""


def _find_again(text: str, offset: int, context: str) -> int:
    """Where the words that stood at an offset stand in another version of the text."""
    if not offset or not context:
        return 0
    found = [text.find(context, offset), text.rfind(context, 0, offset + len(context))]
    near = [place for place in found if place >= 0]
    return min(near, key=lambda place: abs(place - offset)) if near else min(offset, len(text))
