"""Word: headings and lists as such, a character style for each kind of mark, a comment per quotation.

Change a style ("On Record Person") and every such mark in the document changes with it.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reader.export.palette import colours, schemes
from reader.export.plain import attribution, count, speaker
from reader.export.view import ExportView
from reader.index import percent
from reader.model.errors import ExportError
from reader.text.safety import one_line

if TYPE_CHECKING:
    from reader.export.options import Options
    from reader.export.view import Run
    from reader.model.analysis import Analysis, Quotation
    from reader.model.article import Article, Block

_PARAGRAPHS = {
    "title": "Title",
    "heading": "Heading 1",
    "paragraph": "Normal",
    "list_item": "List Bullet",
    "block_quotation": "Quote",
    "caption": "Caption",
    "code": "macro",
}
# Character styles: role, name, Word's underline, bold, italic. Types differ by their underline too.
_STYLES = (
    ("person", "On Record Person", "SINGLE", False, False),
    ("place", "On Record Place", "DOTTED", False, False),
    ("org", "On Record Organisation", "DASH", False, False),
    ("group", "On Record Group", "DOUBLE", False, False),
    ("quotation", "On Record Quotation", None, False, False),
    ("speaker", "On Record Speaker", None, True, False),
    ("cue", "On Record Cue", None, False, True),
)
_NAMES = {role: name for role, name, *_ in _STYLES}
_COLUMNS = (7.8, 3.6, 2.4, 1.7)  # centimetres: quotation, speaker, cue, confidence
_LONGEST_PROPERTY = 255  # characters, a limit of the format


def render(article: Article, analysis: Analysis, options: Options) -> bytes:
    """Return a document. Raises :class:`ExportError` when python-docx is not installed."""
    try:
        import docx
    except ImportError as error:
        raise ExportError(
            "Word documents need the package python-docx", "Install it with: pip install 'onrecord[docx]'"
        ) from error
    view = ExportView(article, analysis, options)
    document = _Document(view, docx.Document())
    document.write()
    buffer = BytesIO()
    document.word.save(buffer)
    return buffer.getvalue()


class _Document:
    def __init__(self, view: ExportView, word: Any) -> None:
        self.word = word
        self._view = view
        self._end = word.element.body.sectPr  # what describes the pages comes last
        self._commented: dict[str, list[Any]] = {}
        self._properties()
        self._styles()
        # Looked up once: python-docx searches all styles each time that one is given by name.
        self._ids = {style.name: style.style_id for style in word.styles}

    def write(self) -> None:
        view = self._view
        passages = list(view.passages) if view.options.only is None else []
        if passages and view.opens_with_title:
            self._passage(passages.pop(0))
        else:
            self._paragraph("Title", view.index.title)
        if view.details:
            self._paragraph("Subtitle", " · ".join(view.details))
        for passage in passages:
            self._passage(passage)
        self._comments()
        if view.options.only != "entities" and view.analysis.quotations:
            self._quotations()
        if view.options.only != "quotations":
            self._entities()

    def _paragraph(self, style: str, text: str = "") -> Any:
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph

        # Not by add_paragraph, which looks through all that is there for the place.
        element = OxmlElement("w:p")
        self._end.addprevious(element)
        element.style = self._ids[style]
        paragraph = Paragraph(element, self.word._body)
        if text:
            paragraph.add_run(text)
        return paragraph

    def _run(self, paragraph: Any, text: str, style: str | None) -> Any:
        run = paragraph.add_run(text)
        if style:
            run._r.style = self._ids[style]
        return run

    def _passage(self, passage: Block) -> None:
        paragraph = self._paragraph(_PARAGRAPHS[passage.kind])
        for run in self._view.runs(passage):
            text = self._view.text[run.start : run.end]
            if passage.kind != "code":
                text = text.replace("\n", " ")
            written = self._run(paragraph, text, _style(run))
            if run.quotation:
                self._commented.setdefault(run.quotation.id, []).append(written)

    def _comments(self) -> None:
        """Mark who speaks at every quotation.

        All but the first are copies: python-docx looks through all comments for a number that is free.
        """
        empty: Any = None
        for number, quotation in enumerate(self._view.analysis.quotations):
            runs = self._commented.get(quotation.id)
            if not runs:
                continue
            if empty is None:
                empty = self.word.comments.add_comment("", "On Record", "OR")._comment_elm
                parent = empty.getparent()
                parent.remove(empty)
            element = deepcopy(empty)
            element.id = number
            parent.append(element)
            element.p_lst[0].add_r().text = self._note(quotation)
            runs[0].mark_comment_range(runs[-1], number)

    def _note(self, quotation: Quotation) -> str:
        evidence = one_line(quotation.evidence)
        return attribution(self._view, quotation) + (f" · {evidence}" if evidence else "")

    def _quotations(self) -> None:
        view = self._view
        self._paragraph("Heading 1", "Quotations")
        from docx.oxml import OxmlElement
        from docx.shared import Cm

        table = self.word.add_table(rows=1, cols=4, style="Light Shading")
        table.autofit = False
        for column, width in zip(table.columns, _COLUMNS, strict=True):
            column.width = Cm(width)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on every page
        rows = [("Quotation", "Speaker", "Cue", "Sure"), *map(self._row, view.analysis.quotations)]
        for number, words in enumerate(rows):
            row = table.add_row() if number else table.rows[0]
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text, width in zip(row.cells, words, _COLUMNS, strict=True):
                cell.width = Cm(width)
                cell.paragraphs[0].add_run(text).bold = not number

    def _row(self, quotation: Quotation) -> tuple[str, str, str, str]:
        view = self._view
        return (
            view.index.words(quotation),
            speaker(view, quotation),
            view.index.words(quotation.cue) if quotation.cue else "",
            percent(quotation.confidence) if quotation.speaker else "",
        )

    def _entities(self) -> None:
        for display, entities in self._view.entities_by_type():
            self._paragraph("Heading 1", display)
            for entity in entities:
                paragraph = self._paragraph("List Bullet")
                self._run(paragraph, self._view.index.name(entity), _NAMES[entity.type.lower()])
                aliases = "; ".join(self._view.index.aliases(entity))
                also = f", also {aliases}" if aliases else ""
                paragraph.add_run(f"{also}: {count(len(entity.mentions), 'mention')}")

    def _properties(self) -> None:
        properties = self.word.core_properties
        properties.title = self._view.index.title[:_LONGEST_PROPERTY]
        properties.author = (self._view.index.byline or "")[:_LONGEST_PROPERTY]
        properties.comments = "Marked by On Record"
        properties.language = one_line(self._view.article.language or "")[:_LONGEST_PROPERTY]
        # The same article gives the same properties: no time of writing.
        properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.text import WD_UNDERLINE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        shades = colours(schemes(self._view.options.theme)[0])  # paper is light
        for role, name, underline, bold, italic in _STYLES:
            style = self.word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
            style.quick_style = True
            style.font.bold, style.font.italic = bold or None, italic or None
            if underline:
                style.font.underline = WD_UNDERLINE[underline]
            properties = style.element.get_or_add_rPr()
            if role in ("speaker", "cue"):
                style.font.color.rgb = RGBColor.from_string(shades[role].removeprefix("#").upper())
                continue
            if underline:
                line = properties.find(qn("w:u"))
                line.set(qn("w:color"), shades[role].removeprefix("#").upper())
            shading = OxmlElement("w:shd")
            shading.set(qn("w:val"), "clear")
            shading.set(qn("w:color"), "auto")
            shading.set(qn("w:fill"), shades[f"{role}-tint"].removeprefix("#").upper())
            properties.append(shading)


def _style(run: Run) -> str | None:
    """A run has one character style: the name's, else the quotation's, else the speaker's or cue's."""
    if run.mention:
        return _NAMES[run.mention.entity.type.lower()]
    for role, mark in (("quotation", run.quotation), ("speaker", run.speaker), ("cue", run.cue)):
        if mark:
            return _NAMES[role]
    return None
