"""The card of an entity: its names, what it said, where it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reader.index import TYPE_NAMES, Index
from reader.tui.drawing.card_rows import CardRows
from reader.tui.roles import TYPE_ROLES
from reader.tui.screens.dialog import Dialog, Hint
from reader.tui.screens.results import (
    CardResult,
    Copy,
    GoToMention,
    GoToQuotation,
    OpenQuotationCard,
)
from reader.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from reader.model.analysis import Entity


class EntityCard(Dialog[CardResult]):
    """The card. Its result says where to go next or what to copy."""

    HINTS = (
        Hint("Enter", "go there", "go"),
        Hint("n", "next mention", "next"),
        Hint("Space", "open", "quotation"),
        Hint("y", "copy all it said", "copy"),
        Hint("Esc", "close", "close"),
    )
    SCROLLS = "RowList"
    REST = 8
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Next mention", show=False),
        Binding("space", "quotation", "Quotation", show=False),
        Binding("y", "copy", "Copy", show=False),
    ]
    DEFAULT_CSS = """
    EntityCard {
        & #card-names { color: $muted-text; margin-bottom: 1; max-height: 3; }
        & RowList { height: auto; }
    }
    """

    def __init__(self, index: Index, entity: Entity, mention: int | None = None) -> None:
        """Show an entity; ``mention`` is where the one starts that the reader came from."""
        super().__init__()
        self._index = index
        self._entity = entity
        self._mention = mention

    @property
    def heading(self) -> str:
        """The entity's type."""
        return TYPE_NAMES[self._entity.type][0].capitalize()

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys, without those for quotations when it said nothing."""
        silent = not self._index.said_by(self._entity.id)
        return tuple(hint for hint in self.HINTS if not (silent and hint.action in ("quotation", "copy")))

    def content(self) -> ComposeResult:
        """Yield the names and the list."""
        names = self._index.aliases(self._entity)
        role = TYPE_ROLES[self._entity.type]
        line = Content.assemble(
            (self._index.name(self._entity), f"bold ${role}"),
            "  also " + ", ".join(names) if names else "",
        )
        yield Static(line, id="card-names")
        yield RowList()

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
