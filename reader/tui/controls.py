"""The controllers of the reading screen, put together. Each is made when it is first needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reader.tui.controllers.keeping import Keeping
from reader.tui.controllers.opening import Opening
from reader.tui.controllers.panel_link import PanelLink
from reader.tui.controllers.telling import Telling
from reader.tui.controllers.trail import Trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from reader.tui.app import ReaderApp
    from reader.tui.controllers.cataloguing import Cataloguing
    from reader.tui.controllers.clipboard import Clipboard
    from reader.tui.controllers.collection import Collection
    from reader.tui.controllers.correcting import Correcting
    from reader.tui.controllers.dialogs import Dialogs
    from reader.tui.controllers.dossiers import Dossiers
    from reader.tui.controllers.leaving import Leaving
    from reader.tui.controllers.links import Links
    from reader.tui.controllers.marks import Marks
    from reader.tui.controllers.moving import Moving
    from reader.tui.controllers.names import Names
    from reader.tui.controllers.panel_link import PanelChoices
    from reader.tui.controllers.pointing import Pointing
    from reader.tui.controllers.quotations import Quotations
    from reader.tui.controllers.removed_lines import RemovedLines
    from reader.tui.controllers.searching import Searching
    from reader.tui.controllers.shelf import Shelf
    from reader.tui.controllers.touring import Touring
    from reader.tui.controllers.versions import Versions
    from reader.tui.controllers.viewing import Viewing
    from reader.tui.session import Session
    from reader.tui.widgets.article_view import ArticleView


class Controls:
    """What actions act through. Those that the first sight of the text needs are attributes."""

    def __init__(self, app: ReaderApp, screen: Screen[None], session: Session, view: ArticleView) -> None:
        self._app, self._screen, self._session, self._view = app, screen, session, view
        self.telling = Telling(screen, session, view, app.keys, app.key_of, self._among, self._leads_back)
        self.trail = Trail(view)
        self.keeping = Keeping(session, view, app.positions, app.librarian, resumes=app.resumes)
        self.opening: Opening = Opening(
            session,
            app.start_work,
            app.options,
            screen.post_message,
            self.keeping,
            self.telling,
            app.library_failed,
        )
        self.link: PanelLink = PanelLink(screen, session, view)

    @cached_property
    def moving(self) -> Moving:
        """Scrolling and jumps."""
        from reader.tui.controllers.moving import Moving

        return Moving(self._view, self.trail, self.telling)

    @cached_property
    def marks(self) -> Marks:
        """Marks."""
        from reader.tui.controllers.marks import Marks

        return Marks(self._view, self.trail, self.moving, self.keeping, self.telling)

    @cached_property
    def names(self) -> Names:
        """From name to name."""
        from reader.tui.controllers.names import Names

        return Names(self._view, self.trail, self.telling)

    @cached_property
    def quotations(self) -> Quotations:
        """From quotation to quotation."""
        from reader.tui.controllers.quotations import Quotations

        return Quotations(self._view, self.trail, self.telling)

    @cached_property
    def searching(self) -> Searching:
        """Searching."""
        from reader.tui.controllers.searching import Searching

        return Searching(self._screen, self._view, self.trail, self.telling)

    @cached_property
    def removed(self) -> RemovedLines:
        """Removed lines."""
        from reader.tui.controllers.removed_lines import RemovedLines

        return RemovedLines(self._session, self._view, self.correcting.restore, self.telling)

    @cached_property
    def touring(self) -> Touring:
        """The tour."""
        from reader.tui.controllers.touring import Touring

        return Touring(self._screen, self._session, self.opening, self._app.key_of)

    @cached_property
    def correcting(self) -> Correcting:
        """The reader's decisions."""
        from reader.tui.controllers.correcting import Correcting

        return Correcting(
            self._app,
            self._session,
            self._view,
            self.keeping,
            self.opening,
            self._app.librarian,
            self.telling,
        )

    @cached_property
    def clipboard(self) -> Clipboard:
        """The clipboard."""
        from reader.tui.controllers.clipboard import Clipboard

        return Clipboard(self._screen, self._session, self._view, self.telling)

    @cached_property
    def links(self) -> Links:
        """Links."""
        from reader.tui.controllers.links import Links

        return Links(self._app, self._app.settings, self._view, self.clipboard, self.telling)

    @cached_property
    def viewing(self) -> Viewing:
        """How the article is set."""
        from reader.tui.controllers.viewing import Viewing

        return Viewing(self._screen, self._view, self.link, self.telling)

    @cached_property
    def dialogs(self) -> Dialogs:
        """Cards and dialogs."""
        from reader.tui.controllers.dialogs import Dialogs

        return Dialogs(
            self._app,
            self._session,
            self._view,
            self.names,
            self.quotations,
            self.clipboard,
            self.opening,
            self.open_several,
            lambda quotation: self.correcting.confirm(quotation),
            self.telling,
            lambda: self.touring.begin(),
            lambda: self.collection.feeds(),
        )

    @cached_property
    def pointing(self) -> Pointing:
        """Clicks."""
        from reader.tui.controllers.pointing import Pointing

        return Pointing(
            self._view,
            self.trail,
            self.names,
            self.quotations,
            self.links,
            self.dialogs,
            self.telling,
        )

    @cached_property
    def choices(self) -> PanelChoices:
        """What is chosen in the panel."""
        from reader.tui.controllers.panel_link import PanelChoices

        return PanelChoices(
            self.link, self._view, self.names, self.quotations, self.removed, self.dialogs, self.telling
        )

    @cached_property
    def shelf(self) -> Shelf:
        """Several articles."""
        from reader.tui.controllers.shelf import Shelf

        return Shelf(
            self._app.sources,
            self._app,
            self._session,
            self._app.positions,
            self.opening,
            self.telling,
        )

    @cached_property
    def cataloguing(self) -> Cataloguing:
        """What is known of several articles before they are opened."""
        from reader.tui.controllers.cataloguing import Cataloguing

        return Cataloguing(
            self.shelf,
            self._app.start_cataloguing,
            self._app.options,
            self._screen.post_message,
            self.collection,
        )

    @cached_property
    def collection(self) -> Collection:
        """The library."""
        from reader.tui.controllers.collection import Collection

        return Collection(
            self._app,
            self._session,
            self._view,
            self.trail,
            self.opening,
            self._app.librarian,
            self._app.options,
            self.dialogs.home,
            self.telling,
        )

    @cached_property
    def dossiers(self) -> Dossiers:
        """What the library knows of people."""
        from reader.tui.controllers.dossiers import Dossiers

        return Dossiers(self._session, self._view, self.collection, self.telling)

    @cached_property
    def versions(self) -> Versions:
        """What changed in the article."""
        from reader.tui.controllers.versions import Versions

        return Versions(self._session, self.collection, self.telling)

    @cached_property
    def leaving(self) -> Leaving:
        """Letting go, and the end."""
        from reader.tui.controllers.leaving import Leaving

        return Leaving(
            self._app,
            self._session,
            self._view,
            self.link,
            self.viewing,
            self.removed,
            self.searching,
            self.shelf,
            self.collection,
            self.opening,
            self.telling,
        )

    def open_several(self, sources: Sequence[str]) -> None:
        """Show a list of sources."""
        self._app.sources = tuple(sources)
        self.shelf.fill(sources)
        self.shelf.list()
        self.cataloguing.go_on()

    def next_article(self, step: int) -> None:
        """Open the next entry of the news, or of several articles (``step`` -1: the one before)."""
        if "collection" not in vars(self) or not self.collection.next(step):
            self.shelf.next(step)

    def _among(self) -> str:
        return self.shelf.among if len(self._app.sources) > 1 else ""

    def _leads_back(self) -> bool:
        """Whether the key to quit goes to the list or the library. One not made yet was not come from."""
        return len(self._app.sources) > 1 or ("collection" in vars(self) and self.collection.came_from_there)

    def suspend(self) -> None:
        """Go back to the shell for a while."""
        self._app.action_suspend_process()

    async def help(self) -> None:
        """Show all keys, and do what is picked there."""
        self.dialogs.help(self.act)

    async def palette(self) -> None:
        """Find a command by its name."""
        self.dialogs.palette(self.act)

    async def act(self, name: str) -> None:
        """Do the action of that name, where there is an article for it."""
        from reader.tui.actions import BY_NAME

        action = BY_NAME[name]
        if action.needs_article and self._session.shown is None:
            self.telling.say("There is no article on the screen yet")
            return
        done = action.run(self)
        if done is not None:
            await done
        if name != "tour" and "touring" in self.__dict__:  # nothing to tell a tour that never began
            self.touring.heed(name)
