"""What the user may choose about an export, the same for every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reader.settings.theme import Theme

Only = Literal["quotations", "entities"]
Marks = Literal["highlight", "bold"]


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for an export; a format ignores those that mean nothing to it.

    ``theme`` colours HTML, SVG, DOCX and ANSI; without one they use On Record's own colours.
    ``only`` leaves out the article's running text in formats for people and the other kind of finding
    in formats for programs. ``selection`` (code points into the article's text, end exclusive) keeps
    the part of the text that it covers and the findings that touch it; offsets in the export still
    refer to the whole text. ``marks`` is how Markdown marks names: ``==name==`` or ``**name**``.
    ``width`` is the measure of ANSI text in columns. ``accessed`` is the ISO 8601 date on which a web
    page was read, for citations. ``continued``: what stands before the selection has been written already,
    the title too.
    """

    theme: Theme | None = None
    only: Only | None = None
    selection: tuple[int, int] | None = None
    marks: Marks = "highlight"
    width: int = 72
    accessed: str | None = None
    continued: bool = False
