"""Text with ANSI colours for a terminal (``cat``, ``less -R``): wrapped, a bar beside quotations.

Without a theme the terminal's own sixteen colours are used, so that it looks right on any background.
Types differ without colour too: people are bold, places underlined, organisations both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.export.plain import attribution, count
from reader.export.view import ExportView
from reader.export.wrapping import fold, lines
from reader.settings.theme import load_themes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.export.options import Options
    from reader.export.view import Run
    from reader.model.analysis import Analysis, Quotation
    from reader.model.article import Article, Block

_BOLD, _ITALIC, _UNDERLINE = "1", "3", "4"
_EMPHASIS = {"PERSON": (_BOLD,), "PLACE": (_UNDERLINE,), "ORG": (_BOLD, _UNDERLINE), "GROUP": (_ITALIC,)}
_PALETTE = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_NARROWEST = 20


def render(article: Article, analysis: Analysis, options: Options) -> str:
    """Return the article, or with ``only`` its quotations or entities. Every escape sequence is ours."""
    view = ExportView(article, analysis, options)
    page = _Page(view)
    return "".join(f"{line}\n" for line in page.lines())


class _Page:
    def __init__(self, view: ExportView) -> None:
        self._view = view
        self._theme = view.options.theme or load_themes()["ansi"]
        self._width = max(_NARROWEST, view.options.width)

    def lines(self) -> Iterator[str]:
        view = self._view
        passages = list(view.passages) if view.options.only is None else []
        if passages and view.opens_with_title:
            title = passages.pop(0)
            yield from self._passage(title)
            yield from self._notes(title)
        else:
            for line in fold(view.index.title, self._width):
                yield self._styled(line, self._colour("accent"), _BOLD)
        for line in fold(" · ".join(view.details), self._width):
            yield self._styled(line, self._colour("muted"))
        yield ""
        if view.options.only == "quotations":
            for quotation in view.analysis.quotations:
                yield from fold(view.index.words(quotation), self._width)
                yield from self._note(quotation)
                yield ""
        elif view.options.only == "entities":
            yield from self._entities()
        for passage in passages:
            yield from self._passage(passage)
            yield from self._notes(passage)
            yield ""

    def _passage(self, passage: Block) -> Iterator[str]:
        lead = "• " if passage.kind == "list_item" else "  " if passage.kind == "block_quotation" else ""
        for number, segments in enumerate(lines(self._view, passage, self._width - 2 - len(lead))):
            quoted = any(segment.run.quotation for segment in segments)
            bar = self._styled("▌", self._colour("quotation")) if quoted else " "
            text = "".join(self._styled(part.text, *self._style(part.run, passage)) for part in segments)
            yield f"{bar} {lead if not number else ' ' * len(lead)}{text}".rstrip()

    def _notes(self, passage: Block) -> Iterator[str]:
        for quotation in self._view.begins(passage):
            yield from self._note(quotation)

    def _note(self, quotation: Quotation) -> Iterator[str]:
        for number, line in enumerate(fold(attribution(self._view, quotation), self._width - 6)):
            yield self._styled(f"    {'  ' if number else '— '}{line}", self._colour("muted"))

    def _entities(self) -> Iterator[str]:
        for display, entities in self._view.entities_by_type():
            yield self._styled(display, _BOLD)
            for entity in entities:
                name = self._styled(self._view.index.name(entity), *self._entity_style(entity.type))
                yield f"  {name} {count(len(entity.mentions), 'mention')}"
            yield ""

    def _style(self, run: Run, passage: Block) -> Iterator[str]:
        if passage.kind in ("title", "heading"):
            yield _BOLD
        elif passage.kind == "caption":
            yield _ITALIC
        if run.mention:
            yield from self._entity_style(run.mention.entity.type)
        elif run.speaker:
            yield self._colour("speaker")
        elif run.cue:
            yield self._colour("cue")
            yield _ITALIC

    def _entity_style(self, kind: str) -> tuple[str, ...]:
        return (*_EMPHASIS[kind], self._colour(kind.lower()))

    def _styled(self, text: str, *codes: str) -> str:
        codes = tuple(filter(None, codes))
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes and text else text

    def _colour(self, role: str) -> str:
        """The code of a role's foreground colour, empty for the terminal's default."""
        colour: str = getattr(self._theme, role)
        if colour.startswith("#"):
            return "38;2;" + ";".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
        name = colour.removeprefix("ansi_")
        bright = name.startswith("bright_")
        name = name.removeprefix("bright_")
        return str((90 if bright else 30) + _PALETTE.index(name)) if name in _PALETTE else ""
