"""The lists of a dossier: what somebody said, where they are named, how much they said, who it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual.message import Message

from reader.tui.drawing.dossier_rows import AppearanceRows, SaidRows, Who, WhoRows, WordRows
from reader.tui.screens.commands import Command, bindings
from reader.tui.screens.people_dialogs import Somebody, make_one
from reader.tui.screens.results import OpenKept
from reader.tui.screens.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from reader.library.appearances import Appearance
    from reader.library.library import Library
    from reader.library.search import Hit
    from reader.tui.screens.view import Ask
    from reader.tui.widgets.row_list import RowList

P = TypeVar("P")

_PAGE = 60
_COMPANY = 30


@dataclass(slots=True)
class DossierSubject:
    """Whom a dossier is about, and where it was opened: at a version's ``quotation``, in a ``document``."""

    person: int
    name: str = ""
    version: int | None = None
    quotation: str | None = None
    document: int | None = None


_GROUP = "Dossier"
OPEN = Command("go", ("enter",), "Open", _GROUP, "Open the article there.", "open")
PART = Command("part", ("x",), "Somebody else", _GROUP, "That article means somebody else.", "not them")
SILENT = Command("silent", ("h",), "Not quoted", _GROUP, "List where they are not quoted.", "not quoted")
WHO = Command("go", ("enter",), "Show", _GROUP, "Show the selected person, or article.", "show")
UNITE = Command("unite", ("m",), "The same", _GROUP, "The selected one is the same; else choose who is.")


class Changed(Message):
    """Something was decided about somebody: the dossier is about ``person`` from now on."""

    def __init__(self, person: int) -> None:
        super().__init__()
        self.person = person


class PlacesView(View[P]):
    """A list whose rows lead to articles."""

    def __init__(self, ask: Ask, subject: DossierSubject) -> None:
        super().__init__(ask)
        self._subject = subject

    def place(self, key: str) -> OpenKept | None:
        """Return where a row leads."""
        raise NotImplementedError

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open it."""
        message.stop()
        self.screen.dismiss(self.place(message.key))

    def action_part(self) -> None:
        """Decide that the selected article means somebody else."""
        place = self.place(self.list.selected) if self.list.selected is not None else None
        if place is None:
            return
        person, name, document = self._subject.person, self._subject.name, place.document

        def parted(_: object) -> None:
            if self.is_mounted:
                self.notify(f"That article means another {name}. D lists what you decided.", markup=False)
                self.post_message(Changed(person))

        self._ask(lambda library: library.people.part(person, document), parted)


class SaidPage(NamedTuple):
    """A page of quotations, after those said before on the subject; or why there is none."""

    before: list[Hit]
    said: list[Hit]
    problem: str = ""


class SaidView(PlacesView[SaidPage]):
    """What somebody said: before on the subject of the quotation that one came from, then everything."""

    NAME = "said"
    TITLE = "Said"
    PLACEHOLDER = "Search what they said"
    COMMANDS = (OPEN, PART)
    BINDINGS: ClassVar[list[BindingType]] = bindings((PART,))

    def __init__(self, ask: Ask, subject: DossierSubject) -> None:
        super().__init__(ask, subject)
        self._before: list[Hit] = []
        self._said: list[Hit] = []

    @property
    def title(self) -> str:
        """What was found."""
        more = "+" if self.more else ""
        return f"{len(self._said):,}{more} found" if self.left.words.strip() else ""

    def question(self, *, more: bool) -> Callable[[Library], SaidPage]:
        """Ask for the newest, or for those that have the words."""
        subject, words = replace(self._subject), self.left.words.strip()
        before = self._said[-1].key if more and self._said else None
        return lambda library: _said(library, subject, words, before)

    def show(self, answer: SaidPage, *, more: bool) -> None:
        """Show what they said."""
        self._before = self._before if more else answer.before
        self._said = [*self._said, *answer.said] if more else answer.said
        self.more = len(answer.said) >= _PAGE
        if self.left.words.strip():
            empty = "They said nothing with these words in what you have read. Esc shows everything."
        else:
            empty = "No article that you have read quotes them. The next list has those that name them."
        rows = SaidRows(self._before, self._said, self._subject.document)
        self.fill(rows, keep=more, empty=answer.problem or empty)

    def place(self, key: str) -> OpenKept | None:
        """Return the quotation of a row."""
        name, _, number = key.partition(" ")
        hits = {"before": self._before, "said": self._said}.get(name)
        if hits is None:
            return None
        hit = hits[int(number)]
        return OpenKept(hit.article.id, (hit.start, hit.end))


class NamedView(PlacesView["list[Appearance]"]):
    """The articles that name somebody."""

    NAME = "named"
    TITLE = "Named in"
    PLACEHOLDER = "Find a title, a source or somebody who is named there too"
    COMMANDS = (OPEN, PART, SILENT)
    BINDINGS: ClassVar[list[BindingType]] = bindings((PART, SILENT))

    def __init__(self, ask: Ask, subject: DossierSubject) -> None:
        super().__init__(ask, subject)
        self._articles: list[Appearance] = []
        self._silent = False

    @property
    def title(self) -> str:
        """Which articles these are."""
        return "named but not quoted" if self._silent else "where they are named"

    def question(self, *, more: bool) -> Callable[[Library], list[Appearance]]:
        """Ask for the newest, or for those that do not quote them."""
        person, silent = self._subject.person, self._silent
        before = self._articles[-1].key if more and self._articles else None
        return lambda library: _appearances(library, person, silent, before)

    def show(self, answer: list[Appearance], *, more: bool) -> None:
        """Show the articles."""
        self._articles = [*self._articles, *answer] if more else answer
        self.more = len(answer) >= _PAGE
        if self.left.words.strip():
            empty = "No article here has these words in its title, source or names. Esc shows all."
        else:
            empty = "Every article that names them quotes them." if self._silent else "No article names them."
        self.fill(AppearanceRows(self._articles, self.left.words), keep=more, empty=empty)
        if self.more and self.left.words.strip():
            self.look(more=True)  # what is looked for may stand in any of them

    def place(self, key: str) -> OpenKept | None:
        """Return the article of a row."""
        return OpenKept(self._articles[int(key)].where.id)

    def back(self) -> bool:
        """From those that do not quote them to all."""
        if not self._silent:
            return False
        self.action_silent()
        return True

    def action_silent(self) -> None:
        """List the articles that do not quote them alone, or all."""
        self._silent = not self._silent
        self.left.selected = ""
        self.look()


class WordsView(View["list[tuple[str, str, int]]"]):
    """How the words of somebody divide over time and outlets."""

    NAME = "words"
    TITLE = "Words"
    PLACEHOLDER = "Find a month or a source"

    def __init__(self, ask: Ask, subject: DossierSubject) -> None:
        super().__init__(ask)
        self._subject = subject

    @property
    def title(self) -> str:
        """What this is."""
        return "how many of their words are quoted"

    def question(self, *, more: bool) -> Callable[[Library], list[tuple[str, str, int]]]:
        """Ask for the words."""
        person = self._subject.person
        return lambda library: library.dossiers.over_time(person)

    def show(self, answer: list[tuple[str, str, int]], *, more: bool) -> None:
        """Draw the bars."""
        empty = "No month or source is like that." if self.left.words.strip() else "Nobody quotes them."
        self.fill(WordRows(answer, self.left.words), empty=empty)


class WhoView(View[Who]):
    """Who somebody is: names, roles, namesakes, company."""

    NAME = "who"
    TITLE = "Who that is"
    PLACEHOLDER = "Find a name"
    COMMANDS = (WHO, UNITE)
    BINDINGS: ClassVar[list[BindingType]] = bindings((UNITE,))

    def __init__(self, ask: Ask, subject: DossierSubject) -> None:
        super().__init__(ask)
        self._subject = subject
        self._who: Who | None = None

    @property
    def title(self) -> str:
        """What is doubtful."""
        others = len(self._who.namesakes) if self._who is not None else 0
        return f"{others + 1} people?" if others else ""

    def question(self, *, more: bool) -> Callable[[Library], Who]:
        """Ask who it is."""
        person = self._subject.person
        return lambda library: who(library, person)

    def show(self, answer: Who, *, more: bool) -> None:
        """Show who it is."""
        self._who = answer
        if self.left.words.strip():
            empty = "Nothing here is called so. Esc shows everything."
        else:
            empty = "The articles give one name, no role and no company."
        self.fill(WhoRows(answer, self.left.words), empty=empty)

    def _selected(self, kind: str) -> int | None:
        """The number of the selected row, if it is of a kind."""
        found, _, number = (self.list.selected or "").partition(" ")
        return int(number) if found == kind else None

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show the other one, or the article that says too little."""
        message.stop()
        assert self._who is not None
        if (number := self._selected("maybe")) is not None:
            self.screen.dismiss(OpenKept(self._who.maybe[number].article.id))
        elif (number := self._selected("person")) is not None:
            self.post_message(Changed(number))
        elif (number := self._selected("with")) is not None:
            other = self._who.company[number]
            if other.person is None:
                self.notify(f"Who “{other.name}” is across articles, nothing tells.", markup=False)
            else:
                self.post_message(Changed(other.person))

    async def action_unite(self) -> None:
        """Decide that the selected one is the same; else ask who is."""
        one, shown = Somebody(self._subject.person, self._subject.name), self._who

        def changed(person: int) -> None:
            if self.is_mounted:
                self.post_message(Changed(person))

        if (number := self._selected("person")) is not None and shown is not None:
            other = next(person for person, _ in shown.namesakes if person.id == number)
            make_one(self, self._ask, one, Somebody(other.id, other.name), changed)
        elif (number := self._selected("maybe")) is not None and shown is not None:
            doubtful = shown.maybe[number]

            def recognised(_: object) -> None:
                if self.is_mounted:
                    self.notify(f"In that article it is {one.name}. D lists what you decided.", markup=False)
                    changed(one.id)

            self._ask(
                lambda library: library.people.recognise(one.id, doubtful.name, doubtful.article.id),
                recognised,
            )
        else:
            await self.run_action("screen.unite")


def who(library: Library, person: int) -> Who:
    """Ask the library who somebody is; called in its thread."""
    dossiers = library.dossiers
    found = dossiers.get(person)
    return Who(
        found,
        tuple((dossiers.get(id), why) for id, why in found.others),
        tuple(dossiers.maybe(found.name)),
        tuple(dossiers.company(person, limit=_COMPANY)),
    )


def _said(library: Library, subject: DossierSubject, words: str, before: int | None) -> SaidPage:
    from reader.library.queries import QueryError, parse

    try:
        terms = parse(words, typing=True).terms
    except QueryError as error:
        return SaidPage([], [], f"{error.title}. {error.hint}.")
    earlier = []
    if not terms and before is None and subject.version is not None and subject.quotation:
        earlier = library.dossiers.said_before(subject.version, subject.quotation)
    return SaidPage(earlier, library.dossiers.said(subject.person, words=terms, before=before, limit=_PAGE))


def _appearances(library: Library, person: int, silent: bool, before: int | None) -> list[Appearance]:
    from reader.library.appearances import appearances

    return appearances(library.database, person, before=before, limit=_PAGE, silent=silent)
