"""The application: one reading screen, themes, keys, and the worker process behind it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual._styles_cache import StylesCache
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import ANSIToTruecolor

from reader.model.errors import EXIT_NOTHING_READABLE
from reader.settings import settings as user_settings
from reader.settings.theme_choice import ThemeChoice
from reader.tui.actions import ACTIONS
from reader.tui.colourless import WithoutColour
from reader.tui.keys import key_label, key_name, resolve
from reader.tui.positions import Positions
from reader.tui.reading import ReadingScreen
from reader.tui.theming import Themes, apply, convert, usual_theme
from reader.work.client import Client
from reader.work.librarian import Librarian
from reader.work.messages import JobOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.await_complete import AwaitComplete
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen

    from reader.model.article import Article
    from reader.model.errors import ReaderError
    from reader.settings.settings import Settings
    from reader.settings.theme import Theme
    from reader.tui.actions import Action
    from reader.tui.session import Failed, Trouble
    from reader.tui.terminal import TerminalEnded
    from reader.work.client import Start, Work

_SECONDS_BETWEEN_THEME_CHECKS = 1.5
# Terminals that would print hyperlinks as rubbish, or nothing at all.
_NO_HYPERLINKS = ("dumb", "linux", "vt100", "vt220")


class ReaderApp(App[int]):
    """Shows one article at a time.

    ``article`` is one that has been read already, ``source`` one to be read, ``early`` the work that has
    begun to read it; none of them opens the home screen. ``state`` is the folder of what the reader
    remembers. ``start_work`` does the reading and analysing;
    tests give their own. ``when_settled`` is called once everything is on the screen.
    """

    TITLE = "On Record"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True, id="suspend"),
    ]

    def __init__(
        self,
        source: str | None = None,
        *,
        article: Article | None = None,
        early: Work | None = None,
        sources: Sequence[str] = (),
        options: JobOptions | None = None,
        settings: Settings | None = None,
        theme: str | None = None,
        state: Path | None = None,
        start_work: Start | None = None,
        start_cataloguing: Start | None = None,
        when_settled: Callable[[], None] | None = None,
    ) -> None:
        self.source = source
        self.article = article
        self.early = early
        self.unreadable: Trouble | None = None
        self.fault: BaseException | None = None
        """The error of our own that ended the reader, if one did."""
        self.sources = tuple(sources)
        self.settings = settings or user_settings.Settings()
        self.options = options or JobOptions(show_groups=self.settings.show_groups)
        state = state or user_settings.state_folder()
        self.positions = Positions(state / "articles")
        self.librarian = Librarian(self.options, self._tell_library_failed)
        self._library_troubles: set[str] = set()
        self._theme_choice = ThemeChoice(state)
        self.start_work = start_work or Client().start
        self.start_cataloguing = start_cataloguing or Client().start
        self._when_settled = when_settled
        remaps = {name: [key_name(key) for key in keys] for name, keys in self.settings.keys.items()}
        resolution = resolve(ACTIONS, remaps)
        self.keys = resolution.keys
        self.themes = Themes(user_settings.themes_folder())
        self._problems = list(self.settings.warnings)
        self.key_problems = [
            f"The key {key_label(c.key)} is claimed by {c.kept} and {c.lost}; {c.kept} has it"
            for c in resolution.conflicts
        ]
        self.key_problems += [
            f"The settings give keys to {name!r}, which is no action" for name in resolution.unknown
        ]
        self._problems += self.key_problems
        self._wanted_theme = theme or self.settings.theme or self._theme_choice.get() or usual_theme()
        chosen = self.themes.choose(self._wanted_theme)
        self.chosen_theme = chosen.theme
        super().__init__(driver_class=_driver())
        self._remapped = {
            name: ",".join(self.keys[name]) for name in self.keys if self.keys[name] != _OWN[name]
        }
        self._colourless = WithoutColour(chosen.theme)
        if chosen.problem:
            self._problems.append(chosen.problem)
        # Not through the property: that would compute all styles a second time before the first frame.
        converted = convert(chosen.theme)
        self.register_theme(converted)
        self.set_reactive(App.theme, converted.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_keymap(self._remapped)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key for suspending to a field that can undo with it."""
        return action != "suspend_process" or not hasattr(self.focused, "undo")

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions with the keys that they have here."""
        return tuple(action._replace(keys=self.keys[action.name]) for action in ACTIONS)

    @property
    def resumes(self) -> bool:
        """Whether articles open where they were left."""
        return self.settings.resume

    @property
    def osc8(self) -> bool:
        """Whether the terminal may receive hyperlinks."""
        return os.environ.get("TERM", "") not in _NO_HYPERLINKS

    def key_of(self, name: str) -> str:
        """How the first key of an action is written."""
        keys = self.keys.get(name)
        return key_label(keys[0]) if keys else f"the command “{name}”"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours for themes that lack ours, so that no theme can keep the reader from starting."""
        return convert(self.chosen_theme).variables

    def get_default_screen(self) -> Screen[None]:
        """The reading screen is the only one beneath the dialogs."""
        return ReadingScreen(self)

    @property
    def reading(self) -> ReadingScreen:
        """The reading screen."""
        screen = self.screen_stack[0]
        assert isinstance(screen, ReadingScreen)
        return screen

    def pop_screen(self) -> AwaitComplete:
        """Leave what lies on top, and let go of how it looked."""
        # A cache of Textual's that is about two colours keeps the drawn lines of 1,024 dismissed widgets.
        StylesCache.get_inner_outer.cache_clear()
        return super().pop_screen()

    def settled(self) -> None:
        """Everything is on the screen: say what was wrong, and begin to look after the themes."""
        # What has been made until now stays: the collector need not look through it again and again,
        # which would hold up a key now and then. It was off (reader.tui.start) for the same reason. Only
        # here: what is frozen is never let go of, so what comes later, articles and screens, must not be.
        gc.freeze()
        gc.enable()
        for problem in self._problems:
            self.notify(problem, severity="warning", timeout=12, markup=False)
        self._problems = []
        self.set_interval(_SECONDS_BETWEEN_THEME_CHECKS, self.look_at_themes)
        if self._when_settled is not None:
            self._when_settled()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Take out all colour where none is wanted, and leave the terminal's own where a theme uses them.

        Textual keeps shades of grey, and made up its mind about the theme before it had one.
        """
        if self.no_color:
            return [self._colourless]
        native = self.native_ansi_color
        return [f for f in super().get_line_filters() if not (native and isinstance(f, ANSIToTruecolor))]

    def look_at_themes(self) -> None:
        """Apply a theme file again that has changed."""
        if self.themes.changed():
            chosen = self.themes.choose(self._wanted_theme)
            if chosen.problem:
                self.notify(chosen.problem, severity="warning", timeout=12, markup=False)
            self._keep_theme(chosen.theme)
            apply(self, chosen.theme)

    def _keep_theme(self, theme: Theme) -> None:
        self.chosen_theme = theme
        self._colourless = WithoutColour(theme)

    def choose_theme(self) -> None:
        """Open the theme picker."""
        from reader.tui.screens.theme_picker import ThemePicker

        def keep(name: str | None) -> None:
            if name is not None:
                self._wanted_theme = name
                self._keep_theme(self.themes.choose(name).theme)
                self._theme_choice.keep(name)

        self.push_screen(ThemePicker(self.themes, self.chosen_theme.name), keep)

    def speaks_of(self, failed: Failed) -> bool:
        """Whether a failure is left to standard error, and the reader ends.

        It is for a file that was named alone on the command line: that needs no screen. A page may be
        there at the next attempt, and beside other articles there is something to go on with.
        """
        early = self.early
        if early is None or failed.before is not None or len(self.sources) > 1:
            return False
        if failed.source != early.job.source or "://" in failed.source:
            return False
        self.unreadable = failed.trouble
        self.exit(EXIT_NOTHING_READABLE)
        return True

    def library_failed(self, title: str, hint: str) -> None:
        """Say once why the library cannot be used; reading goes on without it."""
        if title not in self._library_troubles:
            self._library_troubles.add(title)
            message = ". ".join(part.rstrip(".") for part in (title, hint) if part)
            self.notify(message, severity="warning", timeout=12, markup=False)

    def _tell_library_failed(self, error: ReaderError) -> None:
        # Called from the library's thread, which may outlive the screen by a moment.
        with suppress(RuntimeError):
            self.call_later(self.library_failed, error.title, error.hint)

    def on_unmount(self) -> None:
        """Let the library finish what it was asked to keep."""
        self.librarian.close()

    async def action_quit(self) -> None:
        """Leave the reader from anywhere."""
        self.reading.controls.leaving.leave()

    def on_terminal_ended(self, message: TerminalEnded) -> None:
        """Leave in good order, with the status that tells why."""
        self.reading.controls.leaving.leave(message.status)

    def on_taken_again(self) -> None:
        """Draw everything anew: a size that is what it was before draws nothing by itself."""
        self.refresh(layout=True)

    def _fatal_error(self) -> None:
        # Textual would print the way through the code, with what variables hold: an article's text.
        # What goes wrong on the way out (a panel that is being mounted has lost its place) is no fault.
        if not self._exit:
            self.fault = sys.exc_info()[1]
        self._close_messages_no_wait()

    def action_help_quit(self) -> None:
        """Copying found nothing to copy: ctrl+c never quits."""
        self.reading.controls.telling.say(f"Nothing is selected. {self.key_of('quit')} quits")


def _driver() -> type[Driver] | None:
    """What draws on the terminal; Textual's own choice where there is no such terminal."""
    if sys.platform == "win32":
        return None
    from reader.tui.terminal import Terminal

    return Terminal


_OWN = {action.name: action.keys for action in ACTIONS}
