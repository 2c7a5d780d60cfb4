"""What an export will look like: set and coloured for people, the beginning of the file for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content

from reader.export.registry import render
from reader.text.safety import shown

if TYPE_CHECKING:
    from reader.export.options import Options
    from reader.export.registry import Format
    from reader.model.analysis import Analysis
    from reader.model.article import Article

_LINES = 200
_WIDTH = 1_000
# Of a long article the beginning is enough.
_CHARACTERS = 12_000


def preview(format_: Format, article: Article, analysis: Analysis, options: Options, width: int) -> Content:
    """Return what a format looks like in ``width`` columns. Raises :class:`ReaderError`."""
    if format_.purpose == "read" and format_.name != "text":
        options = replace(options, width=width)
        if options.selection is None and len(article.text) > _CHARACTERS:
            options = replace(options, selection=(0, _CHARACTERS))
        set_text = render("ansi", article, analysis, options).decode()
        return Content.from_rich_text(Text.from_ansi("\n".join(set_text.splitlines()[:_LINES])))
    if format_.binary:  # made only when it is written: what it needs, Arrow or spaCy, takes 60 MB for good
        return Content("This format is not text: nothing to show here.")
    data = render(format_.name, article, analysis, options)
    lines = data[: _LINES * _WIDTH].decode("utf-8", "replace").splitlines()[:_LINES]
    return Content("\n".join(shown(line[:_WIDTH]) + ("…" if len(line) > _WIDTH else "") for line in lines))
