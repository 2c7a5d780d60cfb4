"""The links of the article: numbered on request, opened in the browser on the reader's own doing alone."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from reader.model.source import is_address
from reader.text.safety import one_line
from reader.tui.programs import start

if TYPE_CHECKING:
    from textual import events
    from textual.app import App

    from reader.model.article import Link
    from reader.settings.settings import Settings
    from reader.tui.controllers.clipboard import Clipboard
    from reader.tui.controllers.telling import Telling
    from reader.tui.widgets.article_view import ArticleView


_NONE = "There are no links in this article"


class Links:
    """Numbers the links on the screen, shows where they lead, opens and copies them."""

    def __init__(
        self,
        app: App[int],
        settings: Settings,
        view: ArticleView,
        clipboard: Clipboard,
        telling: Telling,
    ) -> None:
        self._app, self._view, self._clipboard, self._telling = app, view, clipboard, telling
        self._settings = settings
        self._typed = ""

    # By number

    def number(self) -> None:
        """Put a number on every link on the screen and await one; a link alone needs none."""
        view = self._view
        if view.page is None or not view.page.article.links:
            self._telling.say(_NONE)
            return
        view.cursor.hints = tuple(view.links_in(view.first_shown, view.last_shown))
        if not view.cursor.hints:
            key = self._telling.key_of("list_links")
            self._telling.say(f"There is no link on this screen. {key} lists those of the article")
            return
        self._typed = "1" if len(view.cursor.hints) == 1 else ""
        self._show()

    @property
    def _chosen(self) -> Link | None:
        hints = self._view.cursor.hints
        number = int(self._typed or 0)
        return hints[number - 1] if 0 < number <= len(hints) else None

    def _show(self) -> None:
        link = self._chosen
        if link is not None:
            self._telling.hold(f"{self._typed} {one_line(link.url)}  Enter opens it, y copies it")
        else:
            self._telling.hold(f"Which link? 1 to {len(self._view.cursor.hints)}: {self._typed}")
        self._view.redraw()

    def take(self, event: events.Key) -> bool:
        """Take a key while links have numbers. Returns whether it was taken."""
        hints = self._view.cursor.hints
        if not hints:
            return False
        link, letter = self._chosen, event.character or ""
        if letter.isascii() and letter.isdigit():
            number = int(self._typed + letter)
            self._typed = str(number) if 0 < number <= len(hints) else letter.strip("0")
            self._show()
        elif event.key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
            self._show()
        elif event.key == "enter" and link is not None:
            self.let_go()
            self.open(link.url)
        elif letter == "y" and link is not None:
            self.let_go()
            self.copy(link.url)
        else:
            self.let_go()
            return event.key == "escape"
        return True

    def let_go(self) -> None:
        """Take the numbers away."""
        self._view.cursor.hints = ()
        self._telling.say("")
        self._view.redraw()

    # By pointing, and from the list

    def open_at(self, offset: int) -> bool:
        """Open the link at an offset. Returns whether there is one."""
        link = next(self._view.links_in(offset, offset + 1), None)
        if link is not None:
            self.open(link.url)
        return link is not None

    def list(self) -> None:
        """Show all links of the article."""
        page = self._view.page
        if page is None or not page.article.links:
            self._telling.say(_NONE)
            return
        from reader.tui.screens.link_list import LinkChoice, LinkList

        def act(choice: LinkChoice | None) -> None:
            if choice is not None:
                (self.copy if choice.copies else self.open)(choice.url)

        first = next(self._view.links_in(self._view.first_shown, 1 << 62), None)
        self._app.push_screen(LinkList(page.index, page.article.links, first), act)

    # The article's own address

    def open_page(self) -> None:
        """Open the page that the article came from."""
        if (article := self._view.page.article if self._view.page else None) is not None:
            if is_address(article.source):
                self.open(article.source, article.title or "")
            else:
                self._telling.say("This article came from no web address")

    def share(self) -> None:
        """Give the article's address and title to the user's program."""
        article = self._view.page.article if self._view.page else None
        words = self._settings.share_with
        if article is None or not is_address(article.source) or not article.source.isprintable():
            self._telling.say("This article came from no web address")
        elif not words:
            self._telling.say("The settings name no program to share with: share_with in docs/settings.md")
        else:
            shared = start(words, article.source, article.title or "")
            self._telling.say(shared or f"Gave {one_line(article.source)} to {one_line(words[0])}")

    def copy(self, url: str) -> None:
        """Put an address on the clipboard."""
        self._clipboard.put(url, f"the address {one_line(url)}")

    def open(self, url: str, title: str = "") -> None:
        """Open an address in the user's program, or the browser; where there is none, show and copy it."""
        if not (url.startswith(("http://", "https://")) and url.isprintable()):
            self._telling.say(f"Not an address that can be opened: {one_line(url)}")
        elif self._settings.open_with:
            self._telling.say(start(self._settings.open_with, url, title) or f"Opened {one_line(url)}")
        elif has_browser():
            self._app.open_url(url)
            self._telling.say(f"Opened {one_line(url)}")
        else:
            self._app.copy_to_clipboard(url)
            self._telling.say(f"There is no browser here. Copied {one_line(url)}")


def has_browser() -> bool:
    """Return whether there is a browser that does not take the terminal away from the reader."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    # One that runs in the terminal itself would draw over the reader.
    return not isinstance(found, webbrowser.GenericBrowser) or isinstance(found, webbrowser.BackgroundBrowser)
