"""SVG: the article as a picture in the theme's colours, its text still text.

Letters stand on a grid (every segment says how long it is), so that the picture keeps its shape
whichever fixed-width font is there to draw it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.export.palette import colours, schemes
from reader.export.plain import count, speaker
from reader.export.view import ExportView
from reader.export.wrapping import fold, lines
from reader.index import percent
from reader.model.article import Block

if TYPE_CHECKING:
    from reader.export.options import Options
    from reader.export.wrapping import Segment
    from reader.model.analysis import Analysis, Quotation
    from reader.model.article import Article

_FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
_CELL, _LINE, _SIZE = 9.0, 25, 15  # pixels: a column, a line, the letters
_LEFT, _TOP = 56, 60
_TEXT, _NOTE = 68, 26  # columns: the text, the notes beside it
_NOTES_AT = _LEFT + _TEXT * _CELL + 36
_WIDTH = round(_NOTES_AT + _NOTE * _CELL * 0.87 + 40)
_UNDERLINES = {"PERSON": "", "PLACE": "1.5 2.5", "ORG": "5 2.5", "GROUP": "8 2 1.5 2"}


def render(article: Article, analysis: Analysis, options: Options) -> str:
    """Return one picture as long as the article. It is light unless the theme is dark."""
    view = ExportView(article, analysis, options)
    light, dark = schemes(options.theme)
    picture = _Picture(view, colours(dark if options.theme and options.theme.dark else light))
    picture.draw()
    return picture.document()


class _Picture:
    def __init__(self, view: ExportView, shades: dict[str, str]) -> None:
        self._view = view
        self._shades = shades
        self._y = float(_TOP)
        self._notes_until = 0.0
        self._shapes: list[str] = []

    def document(self) -> str:
        height = round(max(self._y, self._notes_until) + _TOP / 2)
        body = "\n".join(self._shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
            f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="t" font-family="{_FONT}" '
            f'font-size="{_SIZE}" fill="{self._shades["text"]}">\n'
            f'<title id="t">{escape(self._view.index.title)}</title>\n'
            f'<rect width="{_WIDTH}" height="{height}" fill="{self._shades["background"]}"/>\n'
            f"{body}\n</svg>\n"
        )

    def draw(self) -> None:
        view = self._view
        passages = list(view.passages) if view.options.only is None else []
        if passages and view.opens_with_title:
            passages.pop(0)
        if view.index.site:
            for line in fold(view.index.site.upper(), _TEXT):
                self._text(_LEFT, line, "accent", size=12, bold=True)
                self._y += 17
            self._y += 17
        for line in fold(view.index.title, round(_TEXT / 1.75)):
            self._text(_LEFT, line, "text", size=26, bold=True)
            self._y += 34
        if view.details:
            for line in fold(" · ".join(view.details), _TEXT):
                self._text(_LEFT, line, "muted", size=13)
                self._y += 20
        self._y += 20
        for passage in passages:
            self._passage(passage)
        if view.options.only == "quotations":
            for quotation in view.analysis.quotations:
                self._passage(Block("paragraph", quotation.start, quotation.end))
        elif view.options.only == "entities":
            self._entities()

    def _passage(self, passage: Block) -> None:
        indent = 2 if passage.kind in ("list_item", "block_quotation") else 0
        left = _LEFT + indent * _CELL
        if passage.kind == "list_item":
            self._text(_LEFT, "•", "muted")
        self._y += 12 if passage.kind == "heading" else 0
        begins = self._view.begins(passage)
        top, found = self._y, False
        for segments in lines(self._view, passage, _TEXT - indent):
            if any(segment.run.quotation for segment in segments):
                self._rect(_LEFT - 20, self._y - 17, 4, _LINE, "quotation")
            self._line(segments, left, passage)
            if begins and not found and any(segment.run.quotation is begins[0] for segment in segments):
                top, found = self._y, True  # the notes begin beside the first quotation
            self._y += _LINE
        self._notes(begins, top)
        self._y += 14

    def _line(self, segments: list[Segment], left: float, passage: Block) -> None:
        x = left
        bold = passage.kind in ("title", "heading")
        for text, run in segments:
            wide = cell_len(text) * _CELL
            kind = run.mention.entity.type if run.mention else None
            if run.quotation and not kind:
                self._rect(x, self._y - 17, wide, 23, "quotation-tint")
            if kind:
                self._rect(x, self._y - 17, wide, 23, f"{kind.lower()}-tint")
                dashes = f' stroke-dasharray="{_UNDERLINES[kind]}"' if _UNDERLINES[kind] else ""
                self._shapes.append(
                    f'<path d="M{x:g} {self._y + 6:g}h{wide:g}" stroke="{self._shades[kind.lower()]}" '
                    f'stroke-width="2"{dashes}/>'
                )
            role = "muted" if passage.kind == "caption" else "text"
            if run.speaker and not kind:
                role = "speaker"
            elif run.cue and not kind:
                role = "cue"
            self._text(x, text, role, bold=bold or run.speaker is not None, italic=role == "cue")
            x += wide

    def _notes(self, quotations: list[Quotation], top: float) -> None:
        y = max(top, self._notes_until)
        view = self._view
        for quotation in quotations:
            name = speaker(view, quotation)
            basis = [view.index.words(quotation.cue)] if quotation.cue else []
            basis += [f"{percent(quotation.confidence)} sure"] if quotation.speaker else []
            for number, line in enumerate((*fold(name, _NOTE), *fold(" · ".join(basis), _NOTE))):
                named = number < len(list(fold(name, _NOTE)))
                self._text(_NOTES_AT, line, "speaker" if named else "muted", size=13, bold=named, y=y)
                y += 18
            y += 8
        if quotations:
            self._notes_until = y

    def _entities(self) -> None:
        for display, entities in self._view.entities_by_type():
            self._text(_LEFT, display, "muted", bold=True)
            self._y += _LINE
            for entity in entities:
                line = f"{self._view.index.name(entity)}, {count(len(entity.mentions), 'mention')}"
                for part in fold(line, _TEXT - 2):
                    self._text(_LEFT + 2 * _CELL, part, entity.type.lower())
                    self._y += _LINE
            self._y += 14

    def _text(
        self,
        x: float,
        text: str,
        role: str,
        *,
        size: int = _SIZE,
        bold: bool = False,
        italic: bool = False,
        y: float | None = None,
    ) -> None:
        if not text.strip():
            return
        wide = cell_len(text) * _CELL * size / _SIZE
        attributes = f' font-size="{size}"' if size != _SIZE else ""
        attributes += ' font-weight="bold"' if bold else ""
        attributes += ' font-style="italic"' if italic else ""
        attributes += f' fill="{self._shades[role]}"' if role != "text" else ""
        self._shapes.append(
            f'<text x="{x:g}" y="{self._y if y is None else y:g}" textLength="{wide:g}" '
            f'lengthAdjust="spacingAndGlyphs" xml:space="preserve"{attributes}>'
            f"{escape(text, quote=False)}</text>"
        )

    def _rect(self, x: float, y: float, width: float, height: float, role: str) -> None:
        self._shapes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{self._shades[role]}"/>'
        )
