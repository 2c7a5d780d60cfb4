"""What can be done on a screen of lists: one table for keys, footer, help and palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

from reader.tui.drawing.help_rows import HelpRow, list_entries
from reader.tui.keys import KeyHint, key_label
from reader.tui.screens.help import HelpScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reader.tui.drawing.help_rows import Doable


class Command(NamedTuple):
    """Something that can be done: ``name`` is the action of the widget whose command it is.

    ``keys`` are Textual key names; ``title`` is a few words for the palette, ``help`` a sentence for the
    help. Commands with a ``label``, an even shorter name, are in the footer when there is room.
    """

    name: str
    keys: tuple[str, ...]
    title: str
    group: str
    help: str
    label: str = ""


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return the keys of some commands for a widget."""
    return [Binding(",".join(one.keys), one.name, one.title, show=False) for one in commands if one.keys]


def hints(commands: Iterable[Command], *, screen: bool = False) -> tuple[KeyHint, ...]:
    """Return the footer's keys of some commands; those of a ``screen`` are run by it."""
    return tuple(
        KeyHint(key_label(one.keys[0]), one.label, f"screen.{one.name}" if screen else one.name)
        for one in commands
        if one.label
    )


class CommandHelp(HelpScreen):
    """The keys of a screen of lists. Its result is the command that was picked."""

    def entries(
        self, actions: Sequence[Doable], keys: Mapping[str, Sequence[str]], problems: Sequence[str]
    ) -> list[HelpRow]:
        """Return the commands by group."""
        return list(list_entries(actions))
