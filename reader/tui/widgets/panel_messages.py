"""What the panel says the user chose."""

from __future__ import annotations

from typing import Literal

from textual.message import Message


class KeysChanged(Message, namespace="panel"):
    """Other keys work now: another tab is open, or what it lists is filtered."""


class QuotationChosen(Message, namespace="panel"):
    """The user selected a quotation; ``final`` when by Enter or a click."""

    def __init__(self, id: str, final: bool = True) -> None:
        super().__init__()
        self.id = id
        self.final = final


class EntityChosen(Message, namespace="panel"):
    """The user selected an entity, or one of its mentions by offset (None: whichever is nearest)."""

    def __init__(self, id: str, mention: int | None = None, final: bool = True) -> None:
        super().__init__()
        self.id = id
        self.mention = mention
        self.final = final


class RemovedChosen(Message, namespace="panel"):
    """The user wants to see where a removed line stood, by its number in the source."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class RestoreRequested(Message, namespace="panel"):
    """The user wants removed lines back, by their numbers in the source."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        super().__init__()
        self.lines = lines


class CardRequested(Message, namespace="panel"):
    """The user wants to see the card of a quotation or an entity."""

    def __init__(self, kind: Literal["quotation", "entity"], id: str) -> None:
        super().__init__()
        self.kind = kind
        self.id = id
