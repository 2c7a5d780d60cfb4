"""The reading screen's parts and state, shared by the groups of its actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from reader.tui.actions import ACTIONS
from reader.tui.findings import TYPE_TITLES, WORDS_PER_MINUTE, Findings, one_line
from reader.tui.navigation import Navigation
from reader.tui.widgets.article_view import ArticleView, Options
from reader.tui.widgets.bars import Bar, KeyBar, StateView, gauge
from reader.tui.widgets.overview import Overview

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from reader.model.analysis import Analysis
    from reader.model.article import Article
    from reader.tui.app import ReaderApp
    from reader.tui.background import Found, Work
    from reader.tui.navigation import Moved
    from reader.tui.widgets.panel import Panel

# From this width on the panel stands beside the article; below it lies over it.
WIDE = 100
_SECONDS_OF_A_MESSAGE = 5.0
_STAGES = {
    "quotations": "Looking for names",
    "entities": "Looking for names",
    "speakers": "Looking for speakers",
}


class ReadingBase(Screen[None]):
    """What is on the screen, and what is known about the article on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(action.keys), action.name, action.title, show=False, id=action.name)
        for action in ACTIONS
    ]
    AUTO_FOCUS = "#article"
    DEFAULT_CSS = """
    ReadingBase {
        layers: base overlay; background: $background;
        & > #title { text-style: bold; }
        & > #notice { display: none; color: $warning; }
        & > #notice.-shown { display: block; }
        & > #notice.-error { color: $error; }
        & > #body { height: 1fr; }
        & #page { width: 1fr; height: 1fr; }
        & #state { display: none; }
        & #side { width: 38%; min-width: 36; max-width: 60; height: 1fr; background: $surface; }
        &.-narrow #side {
            layer: overlay; dock: right; width: 88%; max-width: 64; border-left: solid $frame;
        }
        &.-panel-hidden #side { display: none; }
        & > #search { display: none; }
        &.-searching > #search { display: block; }
        &.-searching > #status { display: none; }
        &.-alone {
            & > #title, & > #notice.-shown, & > #status, & > #keys, & #side, & #overview { display: none; }
        }
        &.-no-article #article, &.-no-article #overview { display: none; }
        &.-no-article #state { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.article: Article | None = None
        self.findings: Findings | None = None
        self.found: Found | None = None  # the analysis so far
        self.failure = ""  # why there is none
        self.work: Work | None = None
        self.panel: Panel | None = None
        self.view = ArticleView(id="article", osc8=self.reader.osc8)
        self.navigation = Navigation(self.view)
        self._panel_behind = False
        self._message = ""
        self._message_timer: Timer | None = None

    @property
    def reader(self) -> ReaderApp:
        """The application, as what it is."""
        from reader.tui.app import ReaderApp

        assert isinstance(self.app, ReaderApp)
        return self.app

    def compose(self) -> ComposeResult:
        """Put the parts together; the panel follows when the text is on the screen."""
        yield Bar(id="title")
        yield Bar(id="notice")
        with Horizontal(id="body"):
            with Horizontal(id="page"):
                yield StateView(id="state")
                yield self.view
                yield Overview(self.view, id="overview")
            yield Horizontal(id="side")
        yield Bar(id="status")
        yield KeyBar(self.reader.keys, id="keys")

    def bar(self, name: str) -> Bar:
        """One of the lines: "title", "notice" or "status"."""
        return self.query_one(f"#{name}", Bar)

    def tell(self, notice: str, *, error: bool = False) -> None:
        """Show a notice above the article; an empty one goes away."""
        bar = self.bar("notice")
        bar.update(notice)
        bar.set_class(bool(notice), "-shown")
        bar.set_class(error, "-error")

    # What is said

    @property
    def analysis(self) -> Analysis | None:
        """The analysis so far."""
        return self.found.highlights.analysis if self.found else None

    @property
    def busy(self) -> str | None:
        """What is being done, for the panel and the status line."""
        if self.work is None or (self.found and self.found.complete) or self.article is None:
            return None
        if self.found is None:
            return "Getting ready to look for names and quotations"
        return _STAGES.get(self.found.stage, "Analysing")

    def say(self, message: str) -> None:
        """Tell the reader something for a few seconds."""
        if self._message_timer is not None:
            self._message_timer.stop()
        self._message = message
        if message:
            self._message_timer = self.set_timer(_SECONDS_OF_A_MESSAGE, lambda: self.say(""))
        self.update_status()

    def moved(self, moved: Moved) -> None:
        """After a move: say what there is to say, and let the panel follow."""
        self.say(moved.message)
        self.panel_follows()
        self.query_one(Overview).refresh()

    def update_title(self) -> None:
        """Show title, length and reading time."""
        article = self.article
        if article is None:
            self.bar("title").update("On Record")
            return
        title = one_line(article.title or article.source or "Untitled")
        words = article.word_count
        minutes = max(1, round(words / WORDS_PER_MINUTE))
        self.bar("title").update(title, f"{minutes} min · {words:,} words")

    def update_status(self) -> None:
        """Show where the reader is, what is current, what is being done."""
        left = [part for part in (self._where(), self._message or self._current()) if part]
        self.bar("status").update("  ".join(left), self._progress())

    def _where(self) -> str:
        view = self.view
        if view.page is None or not view.page.blocks:
            return ""
        count = len(view.page.blocks)
        paragraph = view.page.paragraph_of(view.first_shown)
        scrollable = max(1, view.index.height - view.size.height)
        if view.index.height <= view.size.height:
            place = "all"
        else:
            place = f"{min(100, round(100 * view.scroll_offset.y / scrollable))} %"
        return f"¶{paragraph}/{count} · {place}"

    def _current(self) -> str:
        view, findings = self.view, self.findings
        if findings is None or view.highlights is None:
            return ""
        if view.current is not None:
            entity = view.current.entity
            kind = TYPE_TITLES[entity.type].lower()
            count = len(entity.mentions)
            place = f" · {view.current.number + 1} of {count}" if view.current.number >= 0 else ""
            return f"{one_line(entity.name)} · {kind}{place}"
        if view.quotation is not None:
            number = view.highlights.quotation_number(view.quotation.id)
            speaker = findings.speaker_name(view.quotation) or "speaker unknown"
            return f"Quotation {number} of {len(view.highlights.quotations)} · {speaker}"
        return ""

    def _progress(self) -> str:
        matches = self.view.matches
        if len(matches):
            place = f"{matches.current + 1:,} of " if matches.current is not None else ""
            return f"{place}{len(matches):,} found"
        if busy := self.busy:
            return f"{busy} {gauge(self.found.done, self.found.total)}" if self.found else busy
        return self.failure

    def set_options(self, **changes: Any) -> Options:
        """Set the article differently."""
        options = self.view.options._replace(**changes)
        self.view.set_options(options)
        return options

    # The panel

    @property
    def narrow(self) -> bool:
        """Whether the panel lies over the article instead of beside it."""
        return self.has_class("-narrow")

    @property
    def panel_shown(self) -> bool:
        """Whether the panel is on the screen."""
        return not self.has_class("-panel-hidden") and not self.has_class("-alone")

    def show_panel(self, shown: bool = True) -> None:
        """Show or hide the panel; hiding it gives the keys back to the article."""
        self.set_class(not shown, "-panel-hidden")
        if shown and self._panel_behind:
            self.update_panel()
            self.panel_follows()
        if not shown:
            self.view.focus()

    def update_panel(self) -> None:
        """Show in the panel what is known now, or when it is shown next."""
        self._panel_behind = not self.panel_shown
        if self.panel is not None and self.article is not None and self.panel_shown:
            self.panel.show(self.article, self.analysis, self.busy, self.failure or None)

    def panel_follows(self) -> None:
        """Select in the panel what is current in the article, or the first quotation on the screen."""
        panel, view = self.panel, self.view
        if panel is None or view.highlights is None or panel.has_focus_within:
            return
        if view.current is not None:
            panel.select_entity(view.current.entity.id or None)
        quotation = view.quotation
        if quotation is None and view.current is None:
            quotation = next(view.highlights.quotations_in(view.first_shown, view.last_shown), None)
        if quotation is not None:
            panel.select_quotation(quotation.id)
