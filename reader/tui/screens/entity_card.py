"""The card of an entity: its names, what it said, where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reader.index import TYPE_NAMES
from reader.tui.drawing.card_rows import CardRows
from reader.tui.keys import KeyHint
from reader.tui.roles import TYPE_ROLES
from reader.tui.screens.card import Card
from reader.tui.screens.dialog import KeyLine
from reader.tui.screens.results import (
    Copy,
    GoToMention,
    GoToQuotation,
    OpenQuotationCard,
)
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.index import Index
    from reader.model.analysis import Entity


class EntityCard(Card):
    """The card."""

    HINTS = (
        KeyHint("Enter", "go there", "go"),
        KeyHint("n", "next mention", "next"),
        KeyHint("Space", "open", "quotation"),
        KeyHint("y", "copy all it said", "copy"),
        KeyHint("Esc", "close", "close"),
    )
    SCROLLS = "RowList"
    REST = 6
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Next mention", show=False),
        Binding("space", "quotation", "Quotation", show=False),
        Binding("y", "copy", "Copy", show=False),
    ]
    DEFAULT_CSS = """
    EntityCard {
        & #card-names { color: $muted-text; margin-bottom: 1; max-height: 3; }
        &.-low #card-names { margin-bottom: 0; max-height: 1; }
        & RowList { height: auto; }
    }
    """

    def __init__(
        self, index: Index, entity: Entity, mention: int | None = None, *, above: bool = False
    ) -> None:
        """Show an entity; ``mention`` is where the one starts that the reader came from."""
        super().__init__(index, above=above)
        self._entity = entity
        self._mention = mention

    def show(self, index: Index) -> None:
        """Show what is known of the same entity now."""
        # Another first mention gives it another id, but what it is named by stays its own.
        named = index.mention_at(self._entity.mentions[0].start) if self._entity.mentions else None
        entity = index.entity(self._entity.id) or (named.entity if named else None)
        if entity is None:
            return
        self._index, self._entity = index, entity
        self.query_one("#dialog").border_title = Content(self.heading)
        self.query_one("#card-names", Static).update(self._names())
        self.query_one(KeyLine).update(self.hints)
        self.query_one(RowList).replace(CardRows(index, entity))

    @property
    def heading(self) -> str:
        """The entity's type."""
        return TYPE_NAMES[self._entity.type][0].capitalize()

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys, without those for quotations when it said nothing."""
        silent = not self._index.said_by(self._entity.id)
        return tuple(hint for hint in self.HINTS if not (silent and hint.action in ("quotation", "copy")))

    def content(self) -> ComposeResult:
        """Yield the names and the list."""
        yield Static(self._names(), id="card-names")
        yield RowList()

    def _names(self) -> Content:
        names = self._index.aliases(self._entity)
        role = TYPE_ROLES[self._entity.type]
        return Content.assemble(
            (self._index.name(self._entity), f"bold ${role}"),
            "  also " + ", ".join(names) if names else "",
        )

    def on_mount(self) -> None:
        """Fill the list and select where the reader came from."""
        rows = self.query_one(RowList)
        rows.replace(CardRows(self._index, self._entity), keep=False)
        rows.focus()
        if self._mention is None or not rows.select(f"mention {self._mention}", centre=True):
            rows.action_move(1)

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Go to what was chosen."""
        kind, _, id = message.key.partition(" ")
        self.dismiss(GoToQuotation(id) if kind == "quotation" else GoToMention(self._entity.id, int(id)))

    def action_go(self) -> None:
        """Go to what is selected."""
        self.query_one(RowList).action_choose()

    def action_next(self) -> None:
        """Go to the mention after the one the reader came from."""
        starts = [mention.start for mention in self._entity.mentions]
        at = -1 if self._mention is None else self._mention
        following = next((start for start in starts if start > at), starts[0] if starts else None)
        self.dismiss(GoToMention(self._entity.id, following))

    def action_quotation(self) -> None:
        """Show the card of the selected quotation."""
        kind, _, id = (self.query_one(RowList).selected or "").partition(" ")
        if kind == "quotation":
            self.dismiss(OpenQuotationCard(id))

    def action_copy(self) -> None:
        """Copy everything it said."""
        from reader.export.citation import quotation_citation, today

        said = self._index.said_by(self._entity.id)
        if said:
            texts = [quotation_citation(self._index, quotation, accessed=today()) for quotation in said]
            self.dismiss(Copy("\n\n".join(texts), f"all that {self._index.name(self._entity)} said"))
