"""What the screen is about, in exactly one state at a time. Everything that it shows is derived from this.

States change only through :class:`Session`; who draws them is told both the old one and the new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from reader.tui.decisions import over, restores

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.index import Index
    from reader.model.article import Article
    from reader.work.client import Found
    from reader.work.librarian import DatedDecision


_MANY = 1_500  # quotations that one turn of the loop corrects without holding up a key


class Apart(Protocol):
    """Does something in a thread, and then something with what came of it where the screen lives."""

    def __call__(self, work: Callable[[], Showing], deliver: Callable[[Showing], None]) -> None:
        """Begin."""
        ...


class Trouble(NamedTuple):
    """What went wrong, and what to do about it, each a sentence without its full stop."""

    title: str
    hint: str = ""


class Showing(NamedTuple):
    """An article, with what is known of it so far.

    ``found`` is the analysis so far, ``None`` until there is any. ``trouble`` says why there is no more of
    it. ``changed``: its file has changed since. Article and analysis are as the reader's ``decisions`` have
    them; ``original`` is the article as it was read, where that is another, and ``machine`` what the machine
    found. ``stale`` are decisions whose words are not there any more. ``kept``: nothing was fetched, this is
    what the library has from then (UTC, ISO 8601).
    """

    article: Article
    found: Found | None = None
    trouble: Trouble | None = None
    changed: bool = False
    decisions: tuple[DatedDecision, ...] = ()
    original: Article | None = None
    machine: Found | None = None
    stale: tuple[DatedDecision, ...] = ()
    kept: str | None = None

    @property
    def read(self) -> Article:
        """The article as it was read."""
        return self.original or self.article

    def corrected(self, decisions: tuple[DatedDecision, ...], machine: Found | None) -> Showing:
        """Return itself with these decisions over what the machine found."""
        article, found, machine, stale = over(self.read, machine, decisions)
        if article == self.article:
            article = self.article
        return self._replace(
            article=article,
            found=found,
            decisions=decisions,
            original=self.read if article is not self.read else None,
            machine=machine,
            stale=stale,
        )

    @property
    def findings(self) -> Index | None:
        """What answers questions about the article; ``None`` until something is known of it."""
        return self.found.findings if self.found else None

    @property
    def shown(self) -> Showing:
        """Itself."""
        return self

    @property
    def complete(self) -> bool:
        """Whether everything is known."""
        return self.found is not None and self.found.complete


class Nothing(NamedTuple):
    """No article has been asked for."""

    @property
    def shown(self) -> None:
        """There is none."""


class Reading(NamedTuple):
    """A source is being read: ``done`` bytes of ``total``, where that is known.

    ``before`` is the article that was on the screen; it stays there when the same is read ``again``, and
    is what the reader comes back to when the reading is given up.
    """

    source: str
    before: Showing | None = None
    again: bool = False
    done: int = 0
    total: int | None = None

    @property
    def shown(self) -> Showing | None:
        """The article that is read again, as it was."""
        return self.before if self.again else None


class Failed(NamedTuple):
    """A source could not be read. ``before`` and ``again`` are those of :class:`Reading`."""

    source: str
    trouble: Trouble
    before: Showing | None = None
    again: bool = False

    @property
    def shown(self) -> Showing | None:
        """The article that could not be read again, as it was."""
        return self.before if self.again else None


State = Nothing | Reading | Showing | Failed


class Session:
    """Holds the state. ``changed`` is called after every change, with the state before it.

    Decisions about an article with very many quotations are put over them ``apart``: that does something in
    a thread and delivers what comes of it here. Until then what was found stays as it was.
    """

    def __init__(self, changed: Callable[[State], None], apart: Apart | None = None) -> None:
        self.state: State = Nothing()
        self._changed, self._apart = changed, apart
        self._decided: dict[str, tuple[DatedDecision, ...]] = {}  # by document, as long as the reader runs

    @property
    def shown(self) -> Showing | None:
        """The article on the screen with what is known of it; ``None`` while there is none."""
        return self.state.shown

    @property
    def article(self) -> Article | None:
        """The article on the screen."""
        return self.state.shown.article if self.state.shown else None

    @property
    def source(self) -> str:
        """The path or address that the state is about; nothing for pasted text."""
        state = self.state
        if isinstance(state, Showing):
            return state.article.source
        return "" if isinstance(state, Nothing) else state.source

    def read(self, source: str, *, again: bool = False) -> None:
        """A source is going to be read; ``again`` when it is the one that is shown."""
        state = self.state
        before = state.before if isinstance(state, Reading | Failed) else state.shown
        self._become(Reading(source, before, again and state.shown is not None))

    def progress(self, done: int, total: int | None) -> None:
        """So much has been read."""
        if isinstance(self.state, Reading):
            self._become(self.state._replace(done=done, total=total))

    def show(
        self, article: Article, decisions: tuple[DatedDecision, ...] = (), *, kept: str | None = None
    ) -> None:
        """An article has been read, about which there are ``decisions`` from before.

        ``kept``: not now but then, and the library had it.
        """
        decisions = self._decided.get(article.document, decisions)
        self._become(Showing(article, kept=kept).corrected(decisions, None))

    def find(self, found: Found) -> None:
        """More is known about the article that is shown."""
        if (shown := self.shown) is not None:
            self._correct(shown, shown.decisions, found)

    def decide(self, decisions: tuple[DatedDecision, ...]) -> None:
        """These decisions hold about the article that is shown, and no others."""
        if (shown := self.shown) is not None:
            self._decided[shown.read.document] = decisions
            self._correct(shown, decisions, shown.machine)

    def remember(self, decisions: tuple[DatedDecision, ...]) -> None:
        """There are decisions from before, unless the reader has made others meanwhile."""
        if (shown := self.shown) is not None and shown.read.document not in self._decided:
            self._correct(shown, decisions, shown.machine)

    def stop_finding(self, trouble: Trouble) -> None:
        """No more will be known about the article that is shown."""
        if (shown := self.shown) is not None:
            self._update(shown._replace(trouble=trouble))

    def find_again(self) -> None:
        """The article that is shown is analysed once more: what kept it from that is past."""
        if (shown := self.shown) is not None and shown.trouble is not None:
            self._update(shown._replace(trouble=None))

    def file_changed(self) -> None:
        """The file of the article that is shown is another by now."""
        if (shown := self.shown) is not None and not shown.changed:
            self._update(shown._replace(changed=True))

    def fail(self, source: str, trouble: Trouble) -> None:
        """The source cannot be read."""
        state = self.state
        if isinstance(state, Reading):
            self._become(Failed(source, trouble, state.before, state.again))
        else:
            self._become(Failed(source, trouble, state.shown))

    def give_up(self) -> bool:
        """Come back to the article before. Returns whether there was one to come back to."""
        state = self.state
        if not isinstance(state, Reading | Failed) or state.before is None:
            return False
        self._become(state.before)
        return True

    def close(self) -> None:
        """Nothing is shown any more."""
        self._become(Nothing())

    def _correct(self, shown: Showing, decisions: tuple[DatedDecision, ...], machine: Found | None) -> None:
        """Put decisions over what the machine found: here, or apart where that takes a while."""
        many = machine is not None and len(machine.findings.analysis.quotations) > _MANY
        if self._apart is None or not many or not decisions or restores(decisions):
            self._update(shown.corrected(decisions, machine))
            return
        self._update(shown._replace(decisions=decisions, machine=machine))

        def work() -> Showing:
            corrected = shown.corrected(decisions, machine)
            if corrected.findings is not None:
                corrected.findings.prepare()
            return corrected

        def deliver(corrected: Showing) -> None:
            now = self.shown
            # Something else may have been decided or found meanwhile.
            if now is not None and now.decisions is decisions and now.machine is machine:
                self._update(corrected._replace(trouble=now.trouble, changed=now.changed))

        self._apart(work, deliver)

    def _update(self, shown: Showing) -> None:
        state = self.state
        self._become(state._replace(before=shown) if isinstance(state, Reading | Failed) else shown)

    def _become(self, state: State) -> None:
        before, self.state = self.state, state
        self._changed(before)
