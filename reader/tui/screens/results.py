"""What dialogs answer with. The reading screen acts on it; None means that nothing is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class GoToMention:
    """Go to the mention of an entity at an offset; None goes to the one nearest to where the reader is."""

    entity: str
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class GoToQuotation:
    """Go to a quotation."""

    quotation: str


@dataclass(frozen=True, slots=True)
class GoToSpeaker:
    """Go to the words that name the speaker of a quotation."""

    quotation: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """The speaker of a quotation is right."""

    quotation: str


@dataclass(frozen=True, slots=True)
class OpenEntityCard:
    """Show the card of an entity instead."""

    entity: str


@dataclass(frozen=True, slots=True)
class OpenQuotationCard:
    """Show the card of a quotation instead."""

    quotation: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Put text on the clipboard. ``what`` names it for the message, as in "Copied the quotation"."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Exported:
    """An export was written."""

    path: Path
    title: str


@dataclass(frozen=True, slots=True)
class OpenSource:
    """Open a file, folder or address."""

    source: str


@dataclass(frozen=True, slots=True)
class OpenText:
    """Open pasted text."""

    text: str


@dataclass(frozen=True, slots=True)
class TakeTour:
    """Lead through the reader in a sample article."""


@dataclass(frozen=True, slots=True)
class OpenFeeds:
    """Show the feeds, to follow the first or to read what they say."""


@dataclass(frozen=True, slots=True)
class OpenKept:
    """Open a document of the library, at a span of its text if one is given."""

    document: int
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Open the entry of a feed: its page, or the feed's own text. ``source`` is what it is called."""

    entry: int
    source: str
    own_text: bool = False


@dataclass(frozen=True, slots=True)
class OpenOther:
    """Open something that is not in the library."""


CardResult = GoToMention | GoToQuotation | GoToSpeaker | Confirm | OpenEntityCard | OpenQuotationCard | Copy
HomeResult = OpenSource | OpenText | TakeTour | OpenFeeds
