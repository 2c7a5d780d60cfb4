"""The card of a quotation: its words, its speaker, and why we think so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.index import KIND_NAMES, STILL_LOOKING, Doubt, percent
from reader.text.safety import one_line
from reader.tui.drawing.attribution import NOT_YET, speaker
from reader.tui.drawing.rows import bar, plural
from reader.tui.keys import KeyHint
from reader.tui.roles import TYPE_ROLES
from reader.tui.screens.card import Card
from reader.tui.screens.dialog import KeyLine
from reader.tui.screens.results import Confirm, Copy, GoToQuotation, GoToSpeaker, OpenEntityCard

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.index import Index
    from reader.model.analysis import Quotation

_Part = Content | str | tuple[str, str]

_LONGEST = 20_000
_NAMES = ("speaker", *TYPE_ROLES.values())
_BAR_WIDTH = 20


class QuotationCard(Card):
    """The card."""

    SCROLLS = "#card-scroll"
    REST = 5
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Go there", show=False),
        Binding("s", "speaker", "Speaker", show=False),
        Binding("n", "next(1)", "Next by this speaker", show=False),
        Binding("N", "next(-1)", "Previous by this speaker", show=False),
        Binding("space", "entity", "Speaker's card", show=False),
        Binding("R", "confirm", "The speaker is right", show=False),
        Binding("y", "copy", "Copy with citation", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown", "scroll(8)", "Page down", show=False),
        Binding("pageup", "scroll(-8)", "Page up", show=False),
    ]
    DEFAULT_CSS = """
    QuotationCard {
        & #card-scroll {
            height: auto; scrollbar-size-vertical: 1; background: $surface;
        }
        & #card-words { margin-left: 1; border-left: outer $quotation-bar; margin-bottom: 1; }
        &.-low #card-words { margin-bottom: 0; max-height: 2; }
    }
    """

    def __init__(self, index: Index, quotation: Quotation, *, above: bool = False) -> None:
        super().__init__(index, above=above)
        self._quotation = quotation

    def show(self, index: Index) -> None:
        """Show what is known of the same quotation now."""
        quotation = index.quotation(self._quotation.id)
        if quotation is not None:
            self._index, self._quotation = index, quotation
            self._fill()

    @property
    def heading(self) -> str:
        """Which quotation this is."""
        number, count = self._index.number(self._quotation), len(self._index.quotations)
        return f"Quotation {number} of {count}"

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that mean something for this quotation."""
        hints = [KeyHint("Enter", "go there", "go")]
        if self._quotation.speaker:
            hints.append(KeyHint("s", "speaker", "speaker"))
        if self._index.speaker_entity(self._quotation):
            hints.append(KeyHint("Space", "card", "entity"))
        if len(self._same_speaker()) > 1:
            hints.append(KeyHint("n", "next", "next(1)"))
        if not self._index.looking(self._quotation):
            hints.append(KeyHint("R", "right", "confirm"))
        return (*hints, KeyHint("y", "copy", "copy"), KeyHint("Esc", "close", "close"))

    def content(self) -> ComposeResult:
        """Yield the words and the facts."""
        with VerticalScroll(id="card-scroll"):
            yield Static(id="card-words")
            yield Static(id="card-facts")

    def on_mount(self) -> None:
        """Fill the card."""
        self._fill()
        self.query_one("#card-scroll").focus()

    def _fill(self) -> None:
        self.query_one("#dialog").border_title = Content(self.heading)
        self.query_one("#card-words", Static).update(Content(self._index.words(self._quotation, _LONGEST)))
        self.query_one("#card-facts", Static).update(self._facts(self._quotation))
        self.query_one(KeyLine).update(self.hints)

    def _facts(self, quotation: Quotation) -> Content:
        index = self._index
        kind = KIND_NAMES[quotation.kind]
        words = plural(index.word_count(quotation), "word")
        looking = index.looking(quotation)
        evidence = STILL_LOOKING if looking else one_line(quotation.evidence) or "no evidence given"
        cue = index.cue(quotation) or (NOT_YET if looking else "none")
        rows: list[tuple[str, list[_Part]]] = [
            ("Speaker", self._who(quotation)),
            ("Cue", [(cue, "$cue" if quotation.cue else "$muted-text")]),
            ("Because", [evidence]),
            ("Sure", self._sure(quotation)),
            ("Kind", [f"{kind}, {words} · {index.place(quotation.start)}"]),
        ]
        lines = [Content.assemble((f"{label:<9}", "$muted-text"), *parts) for label, parts in rows]
        return Content("\n").join(lines)

    def _who(self, quotation: Quotation) -> list[_Part]:
        index = self._index
        parts: list[_Part] = [
            (piece.text, f"bold ${piece.role}" if piece.role in _NAMES else "$muted-text")
            for piece in speaker(index, quotation)
        ]
        name, worded = index.resolved_name(quotation), index.speaker_words(quotation)
        if name and worded and worded != name:
            parts.append((f"  “{worded}” in the text", "$muted-text"))
        return parts

    def _sure(self, quotation: Quotation) -> list[_Part]:
        if self._index.looking(quotation):
            return [(NOT_YET, "$muted-text")]
        if quotation.speaker is None:
            return [("nothing to be sure of", "$muted-text")]
        doubt = self._index.doubt(quotation)
        full = bar(quotation.confidence, _BAR_WIDTH)
        remark = {
            Doubt.SURE: "",
            Doubt.DOUBTFUL: "  doubtful: check it in the text",
            Doubt.UNRESOLVED: "  who that is, the text does not say",
        }
        return [
            (full, "$success" if doubt is Doubt.SURE else "$warning"),
            ("─" * (_BAR_WIDTH - len(full)), "$frame"),
            f" {percent(quotation.confidence)}",
            (remark[doubt], "$warning" if doubt is Doubt.DOUBTFUL else "$muted-text"),
        ]

    def _same_speaker(self) -> tuple[Quotation, ...]:
        if entity := self._index.speaker_entity(self._quotation):
            return self._index.said_by(entity.id)
        return (self._quotation,)

    def action_scroll(self, lines: int) -> None:
        """Scroll a quotation that is longer than the card."""
        self.query_one("#card-scroll").scroll_relative(y=lines, animate=False)

    def action_go(self) -> None:
        """Go to the quotation."""
        self.dismiss(GoToQuotation(self._quotation.id))

    def action_speaker(self) -> None:
        """Go to the words that name the speaker."""
        if self._quotation.speaker:
            self.dismiss(GoToSpeaker(self._quotation.id))

    def action_next(self, by: int) -> None:
        """Show another quotation of the same speaker in this card."""
        said = self._same_speaker()
        ids = [quotation.id for quotation in said]
        self._quotation = said[(ids.index(self._quotation.id) + by) % len(said)]
        self._fill()

    def action_entity(self) -> None:
        """Show the speaker's card."""
        if entity := self._index.speaker_entity(self._quotation):
            self.dismiss(OpenEntityCard(entity.id))

    def action_confirm(self) -> None:
        """Say that the speaker is right."""
        if not self._index.looking(self._quotation):
            self.dismiss(Confirm(self._quotation.id))

    def action_copy(self) -> None:
        """Copy the quotation with its speaker and citation."""
        from reader.export.citation import quotation_citation, today

        text = quotation_citation(self._index, self._quotation, accessed=today())
        self.dismiss(Copy(text, "the quotation with its citation"))
